import FinetuneAPI
import Foundation
import Identifiers
import LineTransport
import Testing

@Suite("Asking a tuned model", .timeLimit(.minutes(10)))
struct AskingTests {
    @Test("by finetunectl alone: a model is promoted, asked, its SQL is run, and it is rolled back")
    func commandLine() async throws {
        try await withTestHost { host in
            let sandbox = try await host.startSandbox()
            let client = try await host.startDaemon(DaemonOptions(sandbox)).client()
            let connection = try await client.registerSample(on: host, records: 30)
            for alias in ["first", "second"] {
                let order = try await client.order(connection, alias: alias)
                _ = try await client.finishedFinetuning(order.id)
                try await host.finetunectl("model", "promote", "sample-sql", alias)
            }
            let pair = try Sample.pairs[4]
            let asked = try await host.finetunectl(
                "ask", pair.question, "--model", "sample-sql", "--confidence", "--json"
            )
            .json
            #expect(asked["sql"]?.string == pair.sql && asked["status"] == "valid" && asked["model_version"] == 2)
            guard case .number(let confidence)? = asked["confidence_score"] else {
                throw CocoaError(.coderInvalidValue)
            }
            #expect(confidence.double > 0.99 && confidence.double <= 1)

            let run = try await host.finetunectl("ask", pair.question, "--model", "sample-sql", "--run", "--json").json
            #expect(run["result"]?["rows"]?.array?.isEmpty == false)
            let text = try await host.finetunectl("ask", pair.question, "--finetuning", "first", "--run")
            #expect(text.output.contains(pair.sql.split(separator: "\n").first.map(String.init) ?? pair.sql))

            let id = try #require(asked["id"]?.string)
            let csv = try await host.finetunectl("sql", "export", id)
            #expect(csv.output.split(separator: "\r\n").count == 1 + (run["result"]?["rows"]?.array?.count ?? -1))
            let rendered = try await host.finetunectl(
                "prompt", "render", pair.question, "--model", "sample-sql", "--json"
            )
            .json
            let model = try #require(rendered["model_id"]?.string)
            let answer = try await sandbox.answer(of: model, to: try #require(rendered["messages"]?.array))
            #expect(answer == asked["sql"]?.string)

            try await host.finetunectl("model", "rollback", "sample-sql", "--expect", "2")
            let history = try await host.finetunectl("model", "history", "sample-sql", "--json").json
            #expect(history.array?.map { $0["action"] } == ["promoted", "promoted", "rolled_back"])
            let refused = try await host.runClient(["finetuning", "remove", "first"])
            #expect(refused.exitCode == 1 && refused.errorOutput.contains("sample-sql"))
        }
    }

    @Test(
        "whatever a provider answers becomes SQL that can be used, or says why there is none",
        arguments: [
            (["```sql\nSELECT count(*) FROM systems;\n```"], "valid", 0), (["", "SELECT 1"], "valid", 1),
            (["I am sorry, I cannot.", "SELECT 1"], "valid", 1), (["SELECT 1; SELECT 2", "SELECT 1"], "valid", 1),
            (["DROP TABLE systems", "DELETE FROM systems"], "invalid", 1), (["", ""], "invalid", 1),
        ])
    func answers(_ answers: [String], _ status: String, _ steps: Int) async throws {
        try await withTestHost { host in
            let sandbox = try await host.startSandbox()
            let client = try await host.startDaemon(DaemonOptions(sandbox)).client()
            let connection = try await client.registerSample(on: host)
            for streams in [false, true] {
                for answer in answers {
                    let fault: JSONValue = ["type": "answer", "text": .string(answer)]
                    try await sandbox.inject(fault, into: "POST", "/v1/chat/completions")
                }
                let generation = try await client.ask(connection, streams: streams)
                #expect(generation.status.rawValue == status, "\(generation)")
                #expect(generation.intermediateSteps.count == steps)
                #expect(generation.tokensUsed ?? 0 > 0)
            }
        }
    }

    @Test("a provider that breaks answers off is asked again; one that stays away is told as such")
    func faults() async throws {
        try await withTestHost { host in
            let sandbox = try await host.startSandbox()
            let client = try await host.startDaemon(DaemonOptions(sandbox)).client()
            let connection = try await client.registerSample(on: host)
            let path = "/v1/chat/completions"
            for fault in [["type": "truncate"], ["type": "drop_after"], ["type": "status", "status": 503]]
                as [JSONValue]
            {
                try await sandbox.inject(fault, into: "POST", path)
                #expect(try await client.ask(connection, streams: false).status == .valid)
            }
            try await sandbox.inject(["type": "slow_body", "bytes_per_second": 4000], into: "POST", path)
            #expect(try await client.ask(connection, streams: true).status == .valid)
            try await sandbox.inject(
                ["type": "status", "status": 429, "retry_after": 3600], into: "POST", path)
            let error = await #expect(throws: ClientError.self) { try await client.ask(connection, streams: true) }
            guard case .refused(503, let refusal) = error else { throw try #require(error) }
            #expect(refusal.code == .providerUnavailable && refusal.detail["retry_after"] == 3600)
            #expect(try await client.ask(connection, streams: true).status == .valid)
        }
    }
}

extension FinetuneClient {
    /// Asks the base model, whole or in pieces; the pieces of the last attempt are the answer.
    fileprivate func ask(_ connection: ObjectID, streams: Bool) async throws -> SQLGeneration {
        let wish = NewPromptSQLGeneration(
            prompt: NewPrompt(text: "How many systems are there?", databaseConnection: connection),
            llmConfig: LLMConfig(name: "gpt-4o-mini-2024-07-18"), stream: streams)
        let request = try Routes.generatePromptSQL.request(query: Nothing(), body: wish)
        var text: [Int: String] = [:]
        for try await reply in stream(request.method, request.path, body: request.body) {
            guard reply.isPartial else {
                let generation: SQLGeneration = try reply.response()
                if streams, let sql = generation.sql {
                    #expect(text[generation.intermediateSteps.count + 1]?.contains(sql) == true)
                }
                return generation
            }
            let piece: SQLGenerationText = try reply.response()
            text[piece.attempt, default: ""] += piece.text
        }
        throw ClientError.connectionLost
    }
}
