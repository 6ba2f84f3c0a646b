import DaemonCore
import Jobs
import Testing

@testable import finetuned

@Suite("Providers besides OpenAI")
struct ProviderConfigurationTests {
    private let directory: ScratchDirectory

    init() throws {
        directory = try ScratchDirectory()
    }

    private func problems(_ text: String) throws -> [String] {
        let path = try directory.file("finetuned.yaml", text)
        return ConfigurationTests.problems { () throws(InvalidConfiguration) in try load(file: path) }
    }

    @Test("each has a section of its own name, the defaults of all others, and a key of its own")
    func sections() throws {
        let path = try directory.file(
            "finetuned.yaml",
            """
            providers:
              openai: {timeout: 5}
              my-gateway: {base_url: "http://127.0.0.1:8000/v1", requests_per_second: 7, completion_concurrency: 2}
              local: {base_url: "http://127.0.0.1:8001/v1"}
            """)
        let configuration = try load(
            file: path, environment: ["OPENAI_API_KEY": "sk-1", "MY_GATEWAY_API_KEY": "sk-2"])
        #expect(configuration.providers.names == ["openai", "local", "my-gateway"])
        #expect(configuration.providers["openai"].timeout == .seconds(5))
        #expect(configuration.providers["my-gateway"].requestsPerSecond == 7)
        #expect(configuration.providers["my-gateway"].timeout == .seconds(60))
        let pacings = try DaemonSettings(configuration).pacings
        #expect(pacings[ProviderName(rawValue: "my-gateway")].completions.concurrency == 2)
        #expect(pacings[.openAI].completions.concurrency == 64)
        #expect(configuration.providers["local"].baseURL == "http://127.0.0.1:8001/v1")
        #expect(configuration.credentials.keys == ["openai": Secret("sk-1"), "my-gateway": Secret("sk-2")])
    }

    @Test("one can stand in the environment alone, or have parts of its section there")
    func environment() throws {
        let path = try directory.file(
            "finetuned.yaml", "providers: {my-gateway: {base_url: 'http://127.0.0.1:8000/v1'}}")
        let configuration = try load(
            file: path,
            environment: [
                "FINETUNED_PROVIDERS_LOCAL_BASE_URL": "http://127.0.0.1:8001/v1",
                "FINETUNED_PROVIDERS_LOCAL_CONNECT_TIMEOUT": "3",
                "FINETUNED_PROVIDERS_MY_GATEWAY_TIMEOUT": "4",
            ])
        #expect(configuration.providers.names == ["openai", "local", "my-gateway"])
        #expect(configuration.providers["local"].connectTimeout == .seconds(3))
        #expect(configuration.providers["my-gateway"].timeout == .seconds(4))
    }

    @Test("the effective configuration is printed with them, and reads back")
    func printed() throws {
        let path = try directory.file(
            "finetuned.yaml", "providers: {local: {base_url: 'http://127.0.0.1:8001/v1', poll_longest: 9}}")
        let configuration = try load(file: path)
        let again = try load(file: directory.file("printed.yaml", configuration.yaml))
        #expect(again == configuration)
    }

    @Test("one without an address, with a wrong key or a name that cannot be one is refused")
    func mistakes() throws {
        #expect(
            try problems("providers: {local: {timeout: 5}}") == [
                "configuration: providers.local.base_url: is missing: only providers.openai has an address by default"
            ])
        #expect(
            try problems("providers: {local: {base_url: 'http://x/v1', timout: 5}}").first?
                .hasSuffix("providers.local.timout: there is no such key; did you mean providers.local.timeout?")
                == true)
        #expect(try problems("providers: {Local: {base_url: 'http://x/v1'}}").count == 1)
        #expect(try problems("providers: {timeout: 5}").count == 1)
    }
}
