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
}
