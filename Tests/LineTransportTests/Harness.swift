import Glibc
import Testing

@testable import LineTransport

/// A directory with a short path, removed at the end: a socket's path has at most 107 bytes.
func withTemporaryDirectory<Result>(_ body: (String) async throws -> Result) async throws -> Result {
    var template = Array("/tmp/finetune.XXXXXX".utf8CString)
    let path = try #require(mkdtemp(&template).map { String(cString: $0) })
    defer {
        for name in ["socket", "socket.lock", "other"] { unlink("\(path)/\(name)") }
        rmdir(path)
    }
    return try await body(path)
}

/// A listener with a `TestService` on a socket of its own, shut down at the end.
func withListener(
    limits: LineLimits = LineLimits(), eventLoops: Int = 1,
    _ body: (_ path: String, _ service: TestService, _ listener: LineListener) async throws -> Void
) async throws {
    try await withTemporaryDirectory { directory in
        let service = TestService()
        let listener = try await LineListener.start(
            on: .path("\(directory)/socket"), service: service, limits: limits, eventLoops: eventLoops)
        do {
            try await body("\(directory)/socket", service, listener)
        } catch {
            try await listener.shutdown(within: .zero)
            throw error
        }
        try await listener.shutdown(within: .zero)
    }
}
