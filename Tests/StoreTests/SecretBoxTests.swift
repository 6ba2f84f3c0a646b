import Foundation
import Jobs
import Store
import Testing
import TrainingData

@Suite("Secrets")
struct SecretBoxTests {
    let secret = Secret("sk-proj-a-very-secret-key")

    @Test("a key is nowhere in the state's files, and comes back with the storage key")
    func sealed() async throws {
        let folder = StateFolder()
        let store = try await folder.open()
        let box = try await SecretBox.open(directory: folder.path)
        try await store.insert(connection(1, key: try box.seal(secret, for: id(1))))
        #expect(try folder.permissions(of: "storage.key") == 0o600)
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(names.contains("state.sqlite-wal"))
        for name in names {
            #expect(try folder.bytes(of: name).range(of: Data(secret.revealed.utf8)) == nil)
        }
        try await store.close()

        let again = try await folder.open()
        let sealed = try #require(try await again.connection(id(1)).sealedAPIKey)
        #expect(sealed.hint == "-key")
        #expect(try await SecretBox.open(directory: folder.path).open(sealed, for: id(1)) == secret)
        try await again.close()
    }

    @Test("another storage key, another connection or another ciphertext opens nothing")
    func wrongKey() throws {
        let box = try SecretBox(key: Array(0..<32))
        var sealed = try box.seal(secret, for: id(1))
        #expect(throws: SecretBoxError.wrongKey(id(1))) {
            try SecretBox(key: Array(1..<33)).open(sealed, for: id(1))
        }
        #expect(throws: SecretBoxError.wrongKey(id(2))) { try box.open(sealed, for: id(2)) }
        sealed.ciphertext[20] ^= 1
        #expect(throws: SecretBoxError.wrongKey(id(1))) { try box.open(sealed, for: id(1)) }
        sealed.ciphertext = []
        #expect(throws: SecretBoxError.wrongKey(id(1))) { try box.open(sealed, for: id(1)) }
    }

    @Test("a storage key has 32 bytes", arguments: [0, 16, 31, 33])
    func length(count: Int) async throws {
        let key = [UInt8](repeating: 7, count: count)
        #expect(throws: SecretBoxError.malformedKey(byteCount: count)) { try SecretBox(key: key) }
        let folder = StateFolder()
        try await folder.open().close()
        try Data(key).write(to: URL(fileURLWithPath: folder.path + "/storage.key"))
        await #expect(throws: SecretBoxError.malformedKey(byteCount: count)) {
            try await SecretBox.open(directory: folder.path)
        }
    }
}
