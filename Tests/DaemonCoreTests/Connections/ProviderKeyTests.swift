import Identifiers
import Jobs
import LineTransport
import Testing

@testable import DaemonCore
@testable import FinetuneAPI

@Suite("a connection's own provider key", .timeLimit(.minutes(5)))
struct ProviderKeyTests {
    private let key = "sk-proj-0123456789abcdefWXYZ"

    @Test("the key reads back as its last four characters, and can be replaced and removed")
    func theKeyReadsBackMasked() async throws {
        try await withDaemon { daemon in
            let made = try await daemon.register(key: key)
            #expect(made.llmAPIKey == "…WXYZ")
            let replaced = try await daemon.client.call(
                Routes.changeConnection, made.id,
                body: DatabaseConnectionChanges(llmAPIKey: .set("sk-another-key-9876")))
            #expect(replaced.llmAPIKey == "…9876")
            let renamed = try await daemon.client.call(
                Routes.changeConnection, made.id, body: DatabaseConnectionChanges(alias: "renamed"))
            #expect(renamed.llmAPIKey == "…9876")
            let removed = try await daemon.client.call(
                Routes.changeConnection, made.id, body: DatabaseConnectionChanges(llmAPIKey: .cleared))
            #expect(removed.llmAPIKey == nil)
        }
    }

    @Test("the provider is called with the key of the connection, and with the daemon's where it has none")
    func theKeyIsUsed() async throws {
        for key in [key, nil] {
            try await withDaemon { daemon in
                let library = try await daemon.prepareLibrary(key: key)
                let account = key.map { ProviderAccount.own(Secret($0), of: library.connection.id) } ?? .daemon
                let ordered = try await daemon.order(library.connection.id)
                _ = try await daemon.end(of: ordered.id)
                #expect(await daemon.provider.accounts == [account])
            }
        }
    }

    @Test("the key stands in no reply, no log line and no error")
    func theKeyIsNeverShown() async throws {
        try await withDaemon { daemon in
            let library = try await daemon.prepareLibrary(key: key)
            await daemon.provider.script(.upload, .fail(.down))
            await daemon.provider.script(.createJob, .fail(.badKey))
            let ordered = try await daemon.order(library.connection.id)
            try await daemon.wait(for: "waiting_for_key", of: ordered.id)

            let body: JSONValue = ["alias": "library", "dialect": "sqlite", "llm_api_key": .string(key)]
            var told = try await daemon.everything().map(\.text)
            told.append(try await daemon.send(.post, "/database-connections", body).body.text)
            told.append(
                try await daemon.send(.post, "/database-connections", ["llm_api_key": [.string(key)]]).body.text)
            let unprintable: JSONValue = ["alias": "new", "dialect": "mysql", "llm_api_key": .string(key + " é")]
            told.append(try await daemon.send(.post, "/database-connections", unprintable).body.text)
            told.append(try await daemon.send(.get, "/status").body.text)
            told += try await daemon.events(of: ordered.id).map { "\($0)" }
            told += daemon.log.lines
            #expect(daemon.log.lines.contains { $0.contains("accepted") })
            #expect(!told.contains { $0.contains(key) || $0.contains("0123456789abcdef") })
        }
    }

    @Test("a job whose key is refused waits, and goes on when its connection gets another")
    func aNewKeyLetsTheJobGoOn() async throws {
        try await withDaemon { daemon in
            let library = try await daemon.prepareLibrary(key: key)
            await daemon.provider.script(.upload, .fail(.badKey))
            let ordered = try await daemon.order(library.connection.id)
            try await daemon.wait(for: "waiting_for_key", of: ordered.id)
            let waiting = try await daemon.read(ordered.id)
            #expect(waiting.status == .queued)
            #expect(waiting.obstacle?.contains("Incorrect API key") == true)

            _ = try await daemon.client.call(
                Routes.changeConnection, library.connection.id,
                body: DatabaseConnectionChanges(llmAPIKey: .set("sk-proj-the-new-key")))
            #expect(try await daemon.end(of: ordered.id).status == .succeeded)
            let account = ProviderAccount.own(Secret("sk-proj-the-new-key"), of: library.connection.id)
            #expect(await daemon.provider.accounts.contains(account))
            #expect(await daemon.provider.jobs.count == 1)
        }
    }

    @Test("the daemon's own key is said to be refused in the status; a connection's own says nothing of the provider")
    func theStatusTellsOfTheDaemonsKey() async throws {
        for (key, state) in [(nil, ProviderHealth.State.keyRefused), (key, .unknown)] {
            try await withDaemon { daemon in
                let library = try await daemon.prepareLibrary(key: key)
                await daemon.provider.script(.upload, .fail(.badKey))
                let ordered = try await daemon.order(library.connection.id)
                try await daemon.wait(for: "waiting_for_key", of: ordered.id)
                let status = try await daemon.client.call(Routes.status)
                #expect(status.providers.map(\.name) == ["openai"])
                #expect(status.providers.map(\.state) == [state])
                #expect(status.refusedKeys.map(\.alias) == (key == nil ? [] : ["library"]))
            }
        }
    }

    @Test("a connection's own refused key is told by the connection's name, until it has another")
    func theStatusTellsOfConnectionsKeys() async throws {
        try await withDaemon { daemon in
            let library = try await daemon.prepareLibrary(key: key)
            await daemon.provider.script(.upload, .fail(.badKey))
            let ordered = try await daemon.order(library.connection.id)
            try await daemon.wait(for: "waiting_for_key", of: ordered.id)
            let remedy = "finetunectl connection update library --api-key-stdin"
            let refused = RefusedKey(databaseConnection: library.connection.id, alias: "library", remedy: remedy)
            #expect(try await daemon.client.call(Routes.status).refusedKeys == [refused])
            #expect(
                try await daemon.core.statusText() == "1 job queued; connection library: key refused, \(remedy)")
            _ = try await daemon.client.call(
                Routes.changeConnection, library.connection.id,
                body: DatabaseConnectionChanges(llmAPIKey: .set("sk-proj-the-new-key")))
            #expect(try await daemon.client.call(Routes.status).refusedKeys.isEmpty)
            #expect(try await !daemon.core.statusText().contains("refused"))
        }
    }

    @Test("a connection's own key that is taken again is no longer told to be refused")
    func theKeyIsTakenAgain() async throws {
        try await withDaemon { daemon in
            let library = try await daemon.prepareLibrary(key: key)
            await daemon.provider.script(.upload, .fail(.badKey))
            let ordered = try await daemon.order(library.connection.id)
            try await daemon.wait(for: "waiting_for_key", of: ordered.id)
            try await daemon.core.keysReplaced()
            #expect(try await daemon.end(of: ordered.id).status == .succeeded)
            #expect(try await daemon.client.call(Routes.status).refusedKeys.isEmpty)
        }
    }
}
