import FoundationEssentials
import NIOCore
import Testing

@testable import Providers

@Suite("Uploads")
struct UploadTests {
    private static func form(_ path: String) -> HTTPRequest.Body {
        .multipart([
            .field(name: "purpose", value: "fine-tune"),
            .file(name: "file", path: path, filename: "training.jsonl", contentType: "application/jsonl"),
        ])
    }

    @Test("a file of several megabytes arrives byte for byte, as one part of a form")
    func largeFile() async throws {
        let content = Data((0..<5_000_003).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) })
        try await withTemporaryFile(content) { path in
            try await withTransport { _ in
                .answer(body: "ok")
            } _: { server, transport in
                _ = try await transport.send(HTTPRequest(.post, server.url("/files"), body: Self.form(path)))
                let received = try #require(server.received.first)
                let form = try #require(MultipartForm(received))
                #expect(form.parts.map(\.name) == ["purpose", "file"])
                #expect(form.parts[0].content == Array("fine-tune".utf8))
                #expect(form.parts[1].filename == "training.jsonl")
                #expect(form.parts[1].content == Array(content))
            }
        }
    }

    @Test("an empty file arrives empty")
    func emptyFile() async throws {
        try await withTemporaryFile(Data()) { path in
            try await withTransport { _ in
                .answer(body: "ok")
            } _: { server, transport in
                _ = try await transport.send(HTTPRequest(.post, server.url("/files"), body: Self.form(path)))
                let received = try #require(server.received.first)
                #expect(MultipartForm(received)?.parts[1].content == [])
            }
        }
    }

    @Test("a file that is missing, or a folder, is named, and nothing is sent", arguments: ["/nonexistent", "/"])
    func unreadableFile(path: String) async throws {
        try await withTransport { _ in
            .answer(body: "ok")
        } _: { server, transport in
            let request = HTTPRequest(.post, server.url("/files"), body: Self.form(path))
            let error = await failure { () async throws(TransportError) in try await transport.send(request) }
            #expect(error == .unreadableFile(path: path))
            #expect(server.received.isEmpty)
        }
    }

    @Test("a file that shrinks while it is read is broken, not short")
    func shrinkingFile() async throws {
        try await withTemporaryFile(Data(repeating: 7, count: 100)) { path in
            let file = try UploadFile(path: path)
            try Data(repeating: 7, count: 10).write(to: URL(filePath: path))
            var buffer = [UInt8](repeating: 0, count: 64)
            #expect(buffer.withUnsafeMutableBytes { file.read(into: $0) } == 10)
            #expect(buffer.withUnsafeMutableBytes { file.read(into: $0) } == nil)
            #expect(file.isBroken)
        }
    }
}
