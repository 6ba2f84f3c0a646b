import FinetuneAPI
import Jobs
import Logging
import Testing

@testable import finetuned

@Suite("Loading the configuration")
struct ConfigurationLoaderTests {
    private let directory: ScratchDirectory

    init() throws {
        directory = try ScratchDirectory()
    }

    @Test("with no file, no environment and no options the defaults hold")
    func defaults() throws {
        let configuration = try load()
        #expect(configuration.limits.lineBytes == 1_048_576)
        #expect(configuration.limits.connectionsPerUser == 256)
        #expect(configuration.access.defaultRole == .operate)
        #expect(configuration.providers.openAI.baseURL == "https://api.openai.com/v1")
        #expect(configuration.providers.openAI.uploadTimeout == .seconds(600))
        #expect(configuration.socket.mode == 0o660)
        #expect(configuration.credentials.keys["openai"] == nil)
    }

    @Test("every kind of value is read from a file")
    func file() throws {
        let path = try directory.file(
            "finetuned.yaml",
            """
            socket: /run/other.sock
            socket_mode: 0600
            allowed_database_paths: [/srv/data, /home/ada/data]
            limits: {nesting: 32}
            access:
              default_role: reader
              users: {ada: admin, grace: agent}
            providers:
              openai:
                poll_shortest: 0.25
                proxy: http://ada:secret@proxy.example:3128
            """)
        let configuration = try load(file: path)
        #expect(configuration.socket == .init(path: "/run/other.sock", mode: 0o600))
        #expect(configuration.allowedDatabasePaths == ["/srv/data", "/home/ada/data"])
        #expect(configuration.limits.nesting == 32)
        #expect(configuration.access.defaultRole == .reader)
        #expect(configuration.access.users == ["ada": .admin, "grace": .agent])
        #expect(configuration.providers.openAI.pollShortest == .milliseconds(250))
        #expect(configuration.providers.openAI.proxy == .address(Secret("http://ada:secret@proxy.example:3128")))
    }

    @Test("an option wins over the environment, and the environment over the file")
    func precedence() throws {
        let path = try directory.file(
            "finetuned.yaml", "socket: /file.sock\nstate_directory: /file\nlog_level: error\n")
        let configuration = try load(
            file: path, options: ["socket": "/option.sock"],
            environment: ["FINETUNED_SOCKET": "/environment.sock", "FINETUNED_STATE_DIRECTORY": "/environment"])
        #expect(configuration.socket.path == "/option.sock")
        #expect(configuration.stateDirectory == "/environment")
        #expect(configuration.logLevel == .error)
    }

    @Test("lists and names with values can stand in the environment")
    func environmentLists() throws {
        let configuration = try load(environment: [
            "FINETUNED_ALLOWED_DATABASE_PATHS": "/srv/a, /srv/b",
            "FINETUNED_ACCESS_GROUPS": "analysts=reader,data=operator",
            "FINETUNED_PROVIDERS_OPENAI_BASE_URL": "http://127.0.0.1:8080/v1/",
        ])
        #expect(configuration.allowedDatabasePaths == ["/srv/a", "/srv/b"])
        #expect(configuration.access.groups == ["analysts": .reader, "data": .operate])
        #expect(configuration.providers.openAI.baseURL == "http://127.0.0.1:8080/v1")
    }

    @Test("an empty variable counts as none, and the build's own variable is not ours")
    func ignoredVariables() throws {
        let configuration = try load(environment: ["FINETUNED_LOG_LEVEL": "", "FINETUNED_WARNINGS_AS_ERRORS": "1"])
        #expect(configuration.logLevel == .info)
    }

    @Test("a section or a file with nothing in it changes nothing", arguments: ["", "# nothing\n", "limits:\n"])
    func emptyFile(text: String) throws {
        #expect(try load(file: directory.file("finetuned.yaml", text)) == load())
    }

    @Test("the file need not be there, unless an option names it")
    func missingFile() {
        #expect(
            problems { () throws(InvalidConfiguration) in try load(file: "/nonexistent/finetuned.yaml") }
                == ["/nonexistent/finetuned.yaml: there is no such file"])
    }

    @Test("what is printed can be loaded, and is the same then")
    func printedConfiguration() throws {
        let configuration = try load(
            file: directory.file(
                "finetuned.yaml",
                """
                socket_mode: "0600"
                allowed_database_paths: ["/srv/Ada's data, 1", /srv/b]
                access: {users: {ada: admin}}
                providers: {openai: {ca_file: /etc/ca.pem, timeout: 0.4, settle_time: 0.5}}
                """))
        #expect(try load(file: directory.file("printed.yaml", configuration.yaml)) == configuration)
    }

    @Test("what is printed holds no secret")
    func printedSecrets() throws {
        let configuration = try load(environment: [
            "OPENAI_API_KEY": "sk-very-secret", "FINETUNED_PROVIDERS_OPENAI_PROXY": "http://ada:hunter2@proxy.example",
        ])
        for text in [configuration.yaml, String(describing: configuration), String(reflecting: configuration)] {
            #expect(!text.contains("very-secret") && !text.contains("hunter2"))
        }
        #expect(configuration.yaml.contains("proxy: http://proxy.example"))
    }
}
