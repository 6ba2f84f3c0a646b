import Testing

@testable import finetuned

@Suite("A configuration that is not right")
struct InvalidConfigurationTests {
    private let directory: ScratchDirectory

    init() throws {
        directory = try ScratchDirectory()
    }

    @Test(
        "is named by file, line, key and reason",
        arguments: [
            ("limts: {nesting: 3}", "1: limts: there is no such key; did you mean limits?"),
            ("line_bytes: 5", "1: line_bytes: there is no such key; did you mean limits.line_bytes?"),
            (
                "limits:\n  line_byte: 5",
                "2: limits.line_byte: there is no such key; did you mean limits.line_bytes?"
            ),
            ("zzz: 1", "1: zzz: there is no such key"),
            ("limits:\n  nesting: lots", "2: limits.nesting: “lots” is no whole number"),
            ("limits:\n  nesting: 100000", "2: limits.nesting: 100000 is not between 4 and 512"),
            ("limits:\n  nesting:", "2: limits.nesting: has no value"),
            ("limits: 5", "1: limits: holds keys of its own, no value"),
            ("socket: [/a, /b]", "1: socket: must be a single value"),
            ("socket: finetuned.sock", "1: socket: “finetuned.sock” is no absolute path"),
            ("models: /etc/models.yaml", "1: models: must be a list: [value, …]"),
            ("access: {users: [ada]}", "1: access.users: must be names with values: {name: value, …}"),
            (
                "access: {users: {ada: operater}}",
                "1: access.users: “operater” is none of reader, agent, operator, admin; did you mean operator?"
            ),
            ("socket_mode: 0999", "1: socket_mode: “0999” is no file mode; write it in octal, like \"0660\""),
            (
                "providers: {openai: {timeout: soon}}",
                "1: providers.openai.timeout: “soon” is no number of seconds"
            ),
            (
                "providers: {openai: {base_url: api.openai.com}}",
                "1: providers.openai.base_url: must be an address that begins with https:// or http://"
            ),
            ("- socket", "1: must hold keys with values"),
        ])
    func isNamed(text: String, problem: String) throws {
        let path = try directory.file("finetuned.yaml", text)
        #expect(problems { () throws(InvalidConfiguration) in try load(file: path) } == ["\(path):\(problem)"])
    }

    @Test(
        "is named by line when it is no YAML or has a key twice",
        arguments: ["a: [", "socket: /a\nsocket: /b", "\ta: 1"])
    func isNoYAML(text: String) throws {
        let path = try directory.file("finetuned.yaml", text)
        let problems = problems { () throws(InvalidConfiguration) in try load(file: path) }
        #expect(problems.count == 1)
        #expect(problems.first?.hasPrefix(path) == true)
    }

    @Test("is named by variable when it stands in the environment")
    func environment() {
        let environment = ["FINETUNED_LIMITS_NESTNG": "3", "FINETUNED_LIMITS_NESTING": "x"]
        #expect(
            problems { () throws(InvalidConfiguration) in try load(environment: environment) } == [
                "environment: FINETUNED_LIMITS_NESTNG: there is no such key; did you mean FINETUNED_LIMITS_NESTING?",
                "environment: FINETUNED_LIMITS_NESTING: limits.nesting: “x” is no whole number",
            ])
    }

    @Test("is named by option")
    func option() {
        #expect(
            problems { () throws(InvalidConfiguration) in try load(options: ["log_level": "loud"]) } == [
                "--log-level: log_level: “loud” is none of trace, debug, info, notice, warning, error, critical"
            ])
    }

    @Test("is reported whole, not up to the first mistake")
    func everything() throws {
        let path = try directory.file("finetuned.yaml", "sockt: /a\nlimits: {nesting: x, connections: 0}\n")
        #expect(problems { () throws(InvalidConfiguration) in try load(file: path) }.count == 3)
    }

    @Test("is refused when values contradict each other")
    func contradiction() throws {
        let path = try directory.file("finetuned.yaml", "limits: {connections: 10}\n")
        #expect(
            problems { () throws(InvalidConfiguration) in try load(file: path) } == [
                "configuration: limits.connections_per_user: is above limits.connections"
            ])
    }

    @Test(
        "is refused where a request may still be on its way when it is asked for again",
        arguments: [
            ("timeout: 4, settle_time: 5", true), ("timeout: 4, settle_time: 4.9", false), ("timeout: 300", true),
        ])
    func settleTime(settings: String, isAccepted: Bool) throws {
        let path = try directory.file("finetuned.yaml", "providers: {openai: {\(settings)}}")
        let problems = problems { () throws(InvalidConfiguration) in try load(file: path) }
        #expect(problems.isEmpty == isAccepted)
        #expect(problems.allSatisfy { $0.contains("settle_time: is below providers.openai.timeout") })
    }

    @Test("does not give away a proxy's password")
    func proxyPassword() throws {
        let path = try directory.file("finetuned.yaml", "providers: {openai: {proxy: 'gopher://ada:hunter2@x'}}")
        let problems = problems { () throws(InvalidConfiguration) in try load(file: path) }
        #expect(problems.count == 1)
        #expect(!problems.joined().contains("hunter2"))
    }
}
