import Glibc
import Testing

@testable import Systemd

@Suite("Sockets from the service manager")
struct ListenDescriptorsTests {
    @Test("a listening socket is found by its name, and its variables are gone")
    func isFound() async {
        await #expect(processExitsWith: .success) {
            let socket = try UnixSocket(.listeningStream)
            let descriptors = try found(afterPassing: socket.descriptor, named: "finetuned")
            let socketFound = try descriptors.listeningSocket(named: "finetuned")
            let missing = try descriptors.listeningSocket(named: "nobody")
            let again = try ListenDescriptors()
            #expect(socketFound?.descriptor == socket.descriptor)
            #expect(missing == nil)
            #expect(!descriptors.isEmpty)
            #expect(getenv("LISTEN_FDS") == nil)
            #expect(again.isEmpty)
        }
    }

    @Test("a socket that does not listen for streams is refused")
    func refused() async {
        await #expect(processExitsWith: .success) {
            let descriptors = try found(afterPassing: UnixSocket(.datagram).descriptor, named: "finetuned")
            let error = #expect(throws: SystemdError.self) { try descriptors.listeningSocket(named: "finetuned") }
            #expect(error?.errorNumber == ENOTSOCK)
        }
    }

    @Test("sockets that are meant for another process are left alone")
    func anotherProcess() async {
        await #expect(processExitsWith: .success) {
            pass(try UnixSocket(.listeningStream).descriptor, named: "finetuned")
            setenv("LISTEN_PID", "1", 1)
            let descriptors = try ListenDescriptors()
            #expect(descriptors.isEmpty)
        }
    }
}

/// What the process finds. Other threads of it may close one of the other descriptors; its number is then filled.
private func found(afterPassing descriptor: Int32, named name: String) throws -> ListenDescriptors {
    for _ in 0..<100 {
        pass(descriptor, named: name)
        do {
            return try ListenDescriptors()
        } catch {
            guard error.errorNumber == EBADF, dup(descriptor) >= 0 else { throw error }
        }
    }
    return try ListenDescriptors()
}

/// Sets the environment as the manager does. All descriptors from 3 on are passed; the others are called `other`.
private func pass(_ descriptor: Int32, named name: String) {
    let count = Int(descriptor) - 2
    let names = [String](repeating: "other", count: count - 1) + [name]
    setenv("LISTEN_PID", "\(getpid())", 1)
    setenv("LISTEN_FDS", "\(count)", 1)
    setenv("LISTEN_FDNAMES", names.joined(separator: ":"), 1)
}
