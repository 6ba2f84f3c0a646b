private import Crypto
private import FoundationEssentials
package import Identifiers
package import Jobs
package import TrainingData

/// Encrypts the provider keys that connections carry, so that neither the database nor a backup of it gives them
/// away to who has not the storage key.
///
/// AES-256-GCM with a random nonce; the connection's id is authenticated with it, so that a ciphertext moved to
/// another connection does not open. The stored form is nonce, ciphertext and tag, one after the other.
package struct SecretBox: Sendable {
    /// The length of a storage key.
    package static let keyByteCount = 32

    private let key: SymmetricKey

    /// Uses a storage key of 32 bytes. Throws `malformedKey` for any other length.
    package init(key: [UInt8]) throws(SecretBoxError) {
        guard key.count == Self.keyByteCount else { throw .malformedKey(byteCount: key.count) }
        self.key = SymmetricKey(data: key)
    }

    /// Encrypts a connection's secret.
    package func seal(_ secret: Secret, for connection: ObjectID) throws(SecretBoxError) -> SealedSecret {
        do {
            let plaintext = Data(secret.revealed.utf8)
            let box = try AES.GCM.seal(plaintext, using: key, authenticating: associatedData(connection))
            guard let bytes = box.combined else { throw SecretBoxError.sealingFailed }
            return SealedSecret(ciphertext: Array(bytes), hint: secret.hint)
        } catch {
            throw .sealingFailed
        }
    }

    /// Decrypts a connection's secret. Throws `wrongKey` if it was sealed with another key or for another
    /// connection, or was changed.
    package func open(_ sealed: SealedSecret, for connection: ObjectID) throws(SecretBoxError) -> Secret {
        do {
            let box = try AES.GCM.SealedBox(combined: sealed.ciphertext)
            let bytes = try AES.GCM.open(box, using: key, authenticating: associatedData(connection))
            return Secret(String(decoding: bytes, as: UTF8.self))
        } catch {
            throw .wrongKey(connection)
        }
    }

    private func associatedData(_ connection: ObjectID) -> Data {
        Data("llm_api_key \(connection)".utf8)
    }
}

/// Why a secret was not sealed or opened.
package enum SecretBoxError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The secret of this connection was not sealed with the storage key that we have.
    case wrongKey(ObjectID)
    /// A storage key has to have 32 bytes.
    case malformedKey(byteCount: Int)
    /// The file of the storage key cannot be read or made.
    case unusableKeyFile(path: String, reason: String)
    /// The cryptographic library failed.
    case sealingFailed

    /// What happened, in one sentence.
    package var description: String {
        switch self {
        case .wrongKey(let id): "the API key of database connection \(id) does not open with the storage key"
        case .malformedKey(let count): "the storage key has \(count) bytes instead of \(SecretBox.keyByteCount)"
        case .unusableKeyFile(let path, let reason): "\(path): \(reason)"
        case .sealingFailed: "a secret could not be encrypted"
        }
    }

    /// What to do about it.
    package var remedy: String {
        switch self {
        case .wrongKey: "Give the daemon the storage key that it had, or set the connection's llm_api_key again."
        case .malformedKey: "Put back the key that the daemon made, or one of 32 random bytes."
        case .unusableKeyFile: "Make the file readable and its directory writable for the daemon's user."
        case .sealingFailed: "Report this as a defect."
        }
    }
}
