import Identifiers
import Jobs
import LineTransport
import Testing

@testable import DaemonCore
@testable import FinetuneAPI

@Suite("orders for finetunings", .timeLimit(.minutes(5)))
struct OrderTests {
    @Test("parameters read back as they were sent, and the provider gets numbers with the defaults filled in")
    func parametersReadBack() async throws {
        let cases: [(JSONValue, String, ResolvedParameters)] = [
            (
                ["n_epochs": 1], #"{"n_epochs":"1"}"#,
                ResolvedParameters(epochs: .value(1), batchSize: .value(1), learningRateMultiplier: .auto)
            ),
            ([:], "{}", ResolvedParameters(epochs: .value(3), batchSize: .value(1), learningRateMultiplier: .auto)),
            (
                ["learning_rate_multiplier": "0.30", "n_epochs": "auto", "batch_size": "8"],
                #"{"n_epochs":"auto","batch_size":"8","learning_rate_multiplier":"0.3"}"#,
                ResolvedParameters(epochs: .auto, batchSize: .value(8), learningRateMultiplier: .value(0.3))
            ),
        ]
        for (sent, readBack, resolved) in cases {
            try await withDaemon { daemon in
                let library = try await daemon.prepareLibrary()
                let order = JSONValue.order(of: library.connection.id, base: ["model_parameters": sent])
                let made = try await daemon.send(.post, "/finetunings", order)
                #expect(made.status == 201)
                #expect(made.body["base_llm"]?["model_parameters"]?.text == readBack)
                let id = try made.response(Wire.Finetuning.self).id
                #expect(try await daemon.end(of: id).status == .succeeded)
                let read = try await daemon.send(.get, "/finetunings/\(id)")
                #expect(read.body["base_llm"]?["model_parameters"]?.text == readBack)
                #expect(await daemon.provider.jobs.map(\.request.parameters) == [resolved])
            }
        }
    }

    @Test("a finetuning that names nothing gets the connection's alias with the hour, and the default model")
    func defaultsAreFilledIn() async throws {
        try await withDaemon { daemon in
            let library = try await daemon.prepareLibrary()
            let before = Timestamp.now.compactHour
            let ordered = try await daemon.order(library.connection.id)
            let after = Timestamp.now.compactHour
            #expect(["library_\(before)", "library_\(after)"].contains(ordered.alias))
            #expect(ordered.baseLLM.modelProvider == "openai")
            #expect(ordered.baseLLM.modelName == "gpt-4o-mini")
            let second = try await daemon.refusal(.post, "/finetunings", .order(of: library.connection.id))
            #expect(second.code == .aliasInUse || before != after)
        }
    }

    @Test("a file larger than the provider takes is refused, and the plan says so before")
    func fileTooLarge() async throws {
        try await withDaemon { daemon in
            let library = try await daemon.prepareLibrary()
            try await daemon.boundFiles(byBytes: 1_000)
            let order = JSONValue.order(of: library.connection.id)
            let plan = try await daemon.send(.post, "/finetunings/plan", order).response(FinetuningPlan.self)
            #expect(!plan.ready && plan.problems.first?.code == "training_file_too_large")
            let refusal = try await daemon.refusal(.post, "/finetunings", order)
            #expect(refusal.code == .trainingFileTooLarge && refusal.detail["limit"] == 1_000)
            #expect(refusal.detail["bytes"]?.text == JSONNumber(plan.trainingFileBytes).text)
        }
    }

    @Test("the provider is asked for just what was ordered")
    func theProviderGetsTheOrder() async throws {
        try await withDaemon { daemon in
            let library = try await daemon.prepareLibrary()
            let ordered = try await daemon.order(library.connection.id, alias: "tales")
            let ended = try await daemon.end(of: ordered.id)
            let request = try #require(await daemon.provider.jobs.first?.request)
            #expect(request.finetuning == ordered.id)
            #expect(request.model == "gpt-4o-mini")
            #expect(request.suffix == "tales")
            #expect(request.datasetSHA256 == ended.trainingFile?.sha256)
            #expect(request.trainingFile.rawValue == ended.fileID)
            let file = try #require(await daemon.provider.files.first)
            #expect(file.name == "finetuned-\(ordered.id)-\(request.datasetSHA256.prefix(12)).jsonl")
            #expect(file.byteCount == ended.trainingFile?.bytes)
        }
    }

    @Test("records that are named are trained on alone, in the order of their names")
    func namedRecordsAreTrainedOn() async throws {
        try await withDaemon { daemon in
            let library = try await daemon.prepareLibrary(records: 14)
            let ids = Array(library.records.map(\.id).reversed().prefix(11))
            let made = try await daemon.client.call(
                Routes.createFinetuning,
                body: NewFinetuning(databaseConnection: library.connection.id, goldenRecords: ids))
            #expect(made.goldenRecords == ids)
            #expect(try await daemon.end(of: made.id).trainingFile?.examples == 11)
            let questions = try await daemon.trainingFile(of: made.id).map { $0["messages"]?.array?[1]["content"] }
            #expect(questions.first == .string(library.records[13].promptText))
        }
    }

    @Test("a plan says what an order would train on, and makes nothing")
    func aPlanMakesNothing() async throws {
        try await withDaemon { daemon in
            let library = try await daemon.prepareLibrary()
            let order = NewFinetuning(databaseConnection: library.connection.id, alias: "tales")
            let before = try await daemon.everything()
            let plan = try await daemon.client.call(Routes.planFinetuning, body: order)
            #expect(try await daemon.everything() == before)
            #expect(await daemon.provider.calls.isEmpty)

            let made = try await daemon.client.call(Routes.createFinetuning, body: order)
            let ended = try await daemon.end(of: made.id)
            #expect(plan.ready && plan.alias == "tales" && plan.excludedCount == 0)
            #expect(plan.examples == ended.trainingFile?.examples)
            #expect(plan.trainingFileBytes == ended.trainingFile?.bytes)
            #expect(plan.tables.map(\.name) == ["authors", "books"])
            #expect(plan.tables.map(\.examples) == [0, 12])
            #expect(
                plan.baseLLM.modelParameters
                    == ModelParameters(
                        epochs: "3", batchSize: "1", learningRateMultiplier: "auto"))

            let again = try await daemon.client.call(Routes.planFinetuning, body: order)
            #expect(!again.ready && again.problems.first?.code == "alias_in_use")
        }
    }

    @Test("metadata can be changed while the job goes on, and nothing else can")
    func metadataCanBeChanged() async throws {
        try await withDaemon { daemon in
            await daemon.provider.setPhases(.running)
            let library = try await daemon.prepareLibrary()
            let ordered = try await daemon.order(library.connection.id)
            try await daemon.wait(for: "status_changed", of: ordered.id)
            let changed = try await daemon.client.call(
                Routes.changeFinetuning, ordered.id, body: FinetuningChanges(metadata: .set(["note": "best"])))
            #expect(changed.metadata == ["note": "best"])
            #expect(try await daemon.read(ordered.id).metadata == ["note": "best"])
            let refusal = try await daemon.refusal(.put, "/finetunings/\(ordered.id)", ["alias": "x"])
            #expect(refusal.code == .unknownField)
            let cleared = try await daemon.client.call(
                Routes.changeFinetuning, ordered.id, body: FinetuningChanges(metadata: .cleared))
            #expect(cleared.metadata == nil)
        }
    }

    @Test("the finetunings can be listed by connection, by status and by alias, the connections by alias")
    func finetuningsAreListed() async throws {
        try await withDaemon { daemon in
            let library = try await daemon.prepareLibrary()
            let other = try await daemon.prepareLibrary("other")
            let first = try await daemon.order(library.connection.id, alias: "a")
            let second = try await daemon.order(other.connection.id, alias: "b")
            for id in [first.id, second.id] { _ = try await daemon.end(of: id) }
            await daemon.provider.setPhases(.running)
            let third = try await daemon.order(library.connection.id, alias: "c")
            try await daemon.wait(for: "status_changed", of: third.id)
            let lists: [(FinetuningPaging, [ObjectID])] = [
                (FinetuningPaging(), [first.id, second.id, third.id]),
                (FinetuningPaging(databaseConnection: library.connection.id), [first.id, third.id]),
                (FinetuningPaging(status: .succeeded), [first.id, second.id]),
                (FinetuningPaging(databaseConnection: library.connection.id, status: .running), [third.id]),
                (FinetuningPaging(status: .failed), []),
                (FinetuningPaging(alias: "b"), [second.id]),
                (FinetuningPaging(databaseConnection: library.connection.id, alias: "b"), []),
                (FinetuningPaging(alias: "d"), []),
            ]
            for (query, expected) in lists {
                #expect(try await daemon.client.call(Routes.listFinetunings, query: query).map(\.id) == expected)
            }
            for (alias, expected) in [("other", [other.connection.id]), ("another", [])] {
                let query = AliasPaging(alias: alias)
                #expect(try await daemon.client.call(Routes.listConnections, query: query).map(\.id) == expected)
            }
            let counts = try await daemon.client.call(Routes.status).finetunings
            #expect(counts.succeeded == 2 && counts.running == 1 && counts.queued == 0)
        }
    }

    @Test("a finetuning that is over can be deleted, and its file goes with it")
    func aFinetuningCanBeDeleted() async throws {
        try await withDaemon { daemon in
            let library = try await daemon.prepareLibrary()
            let ordered = try await daemon.order(library.connection.id)
            _ = try await daemon.end(of: ordered.id)
            let file = daemon.workplace.stateDirectory + "/training-files/\(ordered.id).jsonl"
            #expect(try daemon.workplace.text(of: file).isEmpty == false)
            _ = try await daemon.read(ordered.id)
            _ = try await daemon.client.call(Routes.deleteFinetuning, ordered.id, query: FinetuningDeletion())
            #expect(try await daemon.refusal(.get, "/finetunings/\(ordered.id)").code == .finetuningNotFound)
            #expect(throws: (any Error).self) { try daemon.workplace.text(of: file) }
            for record in library.records { _ = try await daemon.client.call(Routes.deleteRecord, record.id) }
            _ = try await daemon.client.call(Routes.deleteConnection, library.connection.id)
        }
    }
}
