import Foundation
import Jobs
import Testing

@testable import finetuned

@Suite("Credentials")
struct CredentialsTests {
    private let directory: ScratchDirectory

    init() throws {
        directory = try ScratchDirectory()
    }

    private func credentials(_ environment: [String: String] = [:]) throws(InvalidConfiguration) -> Credentials {
        let environment = environment.merging(["CREDENTIALS_DIRECTORY": directory.path]) { $1 }
        return try load(environment: environment).credentials
    }

    @Test("the provider's key comes from its credential, without the line end")
    func keyFile() throws {
        _ = try directory.file("openai_api_key", "sk-from-file\n")
        #expect(try credentials(["OPENAI_API_KEY": "sk-from-environment"]).keys["openai"] == Secret("sk-from-file"))
    }

    @Test("without the credential the provider's key comes from the environment")
    func keyInEnvironment() throws {
        #expect(
            try credentials(["OPENAI_API_KEY": "sk-from-environment\r\n"]).keys["openai"]
                == Secret("sk-from-environment"))
    }

    @Test("a credential that can be no key stops the start", arguments: ["", "\n", "two words", "schlüssel"])
    func noKey(text: String) throws {
        let path = try directory.file("openai_api_key", text)
        let error = #expect(throws: InvalidConfiguration.self) { try credentials() }
        #expect(error?.problems.first?.origin == path)
    }

    @Test("so does one in the environment", arguments: [" ", "two words", "schlüssel"])
    func noKeyInEnvironment(text: String) throws {
        let error = #expect(throws: InvalidConfiguration.self) { try credentials(["OPENAI_API_KEY": text]) }
        #expect(error?.problems.first?.origin == "OPENAI_API_KEY")
    }

    @Test("the storage key is taken byte for byte")
    func storageKey() throws {
        _ = try directory.file("storage_key", "0123456789abcdef0123456789abcde\n")
        #expect(try credentials().storageKey?.bytes == Array("0123456789abcdef0123456789abcde\n".utf8))
    }

    @Test("a key in the daemon's own directory is read like a credential, if others cannot read it")
    func ownDirectory() throws {
        let path = try ownKey("sk-own\n")
        chmod(path, 0o400)
        let found = try credentials([
            "CONFIGURATION_DIRECTORY": directory.path, "OPENAI_API_KEY": "sk-from-environment",
        ])
        #expect(found.keys["openai"] == Secret("sk-own"))
        chmod(path, 0o440)
        let told = problems { () throws(InvalidConfiguration) in
            try load(environment: ["CONFIGURATION_DIRECTORY": directory.path])
        }
        #expect(told == ["\(path): others than its owner may read it: chmod 400 \(path)"])
    }

    @Test("of a credential and a file of the daemon's own none wins")
    func twoKeys() throws {
        let path = try ownKey("sk-own")
        chmod(path, 0o400)
        _ = try directory.file("openai_api_key", "sk-credential")
        let error = #expect(throws: InvalidConfiguration.self) {
            try credentials(["CONFIGURATION_DIRECTORY": directory.path])
        }
        #expect(error?.problems.first?.description.contains("remove one of them") == true)
    }

    private func ownKey(_ text: String) throws -> String {
        try FileManager.default.createDirectory(
            atPath: directory.path + "/credentials", withIntermediateDirectories: false)
        return try directory.file("credentials/openai_api_key", text)
    }

    @Test(
        "what to do for another key follows from where the key came from, and from who supervises the daemon",
        arguments: [
            (.file(path: "/k"), [:], "replace /k, then: kill -HUP 42"),
            (.credential, ["NOTIFY_SOCKET": "s"], "replace credential x_api_key, then: systemctl restart finetuned"),
            (
                .file(path: "/k"), ["NOTIFY_SOCKET": "/r/s", "XDG_RUNTIME_DIR": "/r"],
                "replace /k, then: systemctl --user reload finetuned"
            ),
            (.environment, [:], "replace X_API_KEY, then: restart the daemon"),
            (nil, [:], "set X_API_KEY, then: restart the daemon"),
            (nil, ["CREDENTIALS_DIRECTORY": "/c"], "put it into /c/x_api_key, then: kill -HUP 42"),
            (
                nil, ["NOTIFY_SOCKET": "s", "CONFIGURATION_DIRECTORY": "/c"],
                "put it into credential x_api_key, then: systemctl restart finetuned"
            ),
            (
                nil, ["NOTIFY_SOCKET": "/r/s", "XDG_RUNTIME_DIR": "/r", "CONFIGURATION_DIRECTORY": "/c"],
                "put it into /c/credentials/x_api_key, then: systemctl --user reload finetuned"
            ),
        ] as [(KeyRemedy.Origin?, [String: String], String)])
    func remedies(origin: KeyRemedy.Origin?, environment: [String: String], text: String) {
        let surroundings = Surroundings(environment: environment, userID: 1_000, processID: 42)
        #expect(KeyRemedy("x_api_key", from: origin, surroundings).description == text)
    }
}
