import FinetuneAPI
import Jobs
import Logging
import Testing

@testable import finetuned

@Suite("What a reload changes")
struct ConfigurationChangeTests {
    private let old: DaemonConfiguration

    private let withKey: DaemonConfiguration

    init() throws {
        old = try load()
        withKey = try load(environment: ["OPENAI_API_KEY": "sk-new"])
    }

    @Test("is told by key: what is in effect, and what waits for a restart")
    func keys() {
        var new = withKey
        new.logLevel = .debug
        new.access.users = ["ada": .reader]
        new.limits.nesting = 7
        new.providers.openAI.proxy = .address(Secret("http://user:new@proxy:3128"))
        let change = ConfigurationChange(from: old, to: new, since: old)
        #expect(change.inEffect == ["log_level", "access.users", "credential openai_api_key"])
        #expect(change.afterRestart == ["limits.nesting", "providers.openai.proxy"])
        #expect(!change.sentence.contains("sk-new"))
    }

    @Test("is nothing, if nothing was changed")
    func nothing() {
        #expect(ConfigurationChange(from: old, to: old, since: old).sentence == "nothing has changed")
    }

    @Test("what waits for a restart is told at each reload until then, or until it is as it was")
    func waiting() {
        var new = old
        new.limits.nesting = 7
        #expect(ConfigurationChange(from: new, to: new, since: old).sentence == "after a restart: limits.nesting")
        #expect(ConfigurationChange(from: new, to: old, since: old).sentence == "nothing has changed")
    }

    @Test("a provider that is taken out waits for a restart")
    func removedProvider() throws {
        let local = ["FINETUNED_PROVIDERS_LOCAL_BASE_URL": "http://127.0.0.1:8001/v1"]
        let change = ConfigurationChange(from: old, to: old, since: try load(environment: local))
        #expect(change.inEffect.isEmpty && change.afterRestart == ["providers.local"])
    }
}
