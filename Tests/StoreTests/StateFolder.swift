import Foundation
import Store

/// A folder for a test's state, gone when the test is.
final class StateFolder: Sendable {
    let path: String

    init() {
        path = NSTemporaryDirectory() + "store-tests-" + UUID().uuidString
    }

    deinit {
        do { try FileManager.default.removeItem(atPath: path) } catch { print("left behind: \(path)") }
    }

    var database: String { path + "/state.sqlite" }

    func open() async throws -> StateStore {
        try await StateStore.open(directory: path)
    }

    /// The folder as a power cut would leave it now: every file copied while it is in use.
    func copyAfterCrash() throws -> StateFolder {
        let copy = StateFolder()
        try FileManager.default.copyItem(atPath: path, toPath: copy.path)
        return copy
    }

    func bytes(of name: String) throws -> Data {
        try Data(contentsOf: URL(fileURLWithPath: path + "/" + name))
    }

    func permissions(of name: String) throws -> Int? {
        let attributes = try FileManager.default.attributesOfItem(atPath: path + "/" + name)
        return attributes[.posixPermissions] as? Int
    }
}

/// Runs a test with a store that is open and empty.
func withStore(_ test: (StateStore, StateFolder) async throws -> Void) async throws {
    let folder = StateFolder()
    let store = try await folder.open()
    try await test(store, folder)
    try await store.close()
}
