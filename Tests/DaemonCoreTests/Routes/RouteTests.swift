import Identifiers
import LineTransport
import Testing

@testable import DaemonCore
@testable import FinetuneAPI

@Suite("every route", .timeLimit(.minutes(5)))
struct RouteTests {
    @Test("none of the routes goes untested")
    func everyRouteHasACase() {
        let tested = cases.map(\.route)
        #expect(Set(tested).count == tested.count)
        #expect(Set(tested) == Set(Routes.all))
    }

    @Test("a request in order is answered with the documented status, keys and order of keys", arguments: cases)
    func aRequestInOrderSucceeds(_ route: RouteCase) async throws {
        try await withDaemon { daemon in
            try await route.ask(try await Grounds.prepare(daemon))
        }
    }

    @Test("each role may do what its routes allow, and is refused the rest", arguments: Role.allCases)
    func rolesAreHeeded(_ role: Role) async throws {
        try await withDaemon(ScriptedProvider(), Setup(role: role)) { daemon in
            for route in Routes.all {
                let path = route.path.path(ObjectID(seconds: 1, suffix: 1).description)
                let reply = try await daemon.client.send(route.method, path, body: route.takesBody ? [:] : nil)
                let isRefused = reply.body["error_code"] == "forbidden"
                #expect(isRefused == (role < route.role), "\(route.method) \(path)")
                if isRefused { #expect(try reply.refusal().detail["role_needed"]?.string == route.role.rawValue) }
            }
        }
    }
}

private let cases: [RouteCase] =
    daemonCases + connectionCases + tableCases + recordCases + finetuningCases + servedModelCases
    + promptCases + generationCases + evaluationCases

private let daemonCases: [RouteCase] = [
    .one(Routes.heartbeat) { _ in (Nothing(), Nothing(), Nothing()) },
    .one(Routes.backUp) { _ in (Nothing(), BackupOptions(keep: 2), Nothing()) },
    .one(Routes.check) { _ in (Nothing(), Nothing(), Nothing()) },
    .one(Routes.status) { _ in (Nothing(), Nothing(), Nothing()) },
    .one(Routes.openAPI) { _ in (Nothing(), Nothing(), Nothing()) },
    RouteCase(route: Routes.endRequest.signature) { grounds in
        let stream = grounds.daemon.client.stream(
            .get, Routes.finetuningEvents.signature.path.path(grounds.waiting.description) + "?follow=true")
        var lines = stream.makeAsyncIterator()
        let first = try #require(try await lines.next())
        let ended = try await grounds.daemon.client.call(Routes.endRequest, first.id.pathText)
        #expect(ended.ended)
        // Whoever reads no more has the stream ended anyway.
        withExtendedLifetime(lines) {}
    },
]

private let connectionCases: [RouteCase] = [
    .one(Routes.createConnection) { grounds in
        let uri = try grounds.daemon.workplace.database("new.sqlite")
        return (
            Nothing(), Nothing(),
            NewDatabaseConnection(
                alias: "new", connectionURI: uri, dialect: "sqlite", schemas: ["main"], llmAPIKey: "sk-0123456789abcd",
                metadata: ["team": "library"])
        )
    },
    .one(Routes.listConnections) { _ in (Nothing(), AliasPaging(page: 1, limit: 2), Nothing()) },
    .one(Routes.readConnection) { ($0.spare, Nothing(), Nothing()) },
    .one(Routes.changeConnection) { grounds in
        (grounds.spare, Nothing(), DatabaseConnectionChanges(alias: "renamed", metadata: .set(["a": 1])))
    },
    .one(Routes.deleteConnection) { ($0.spare, Nothing(), Nothing()) },
]

private let tableCases: [RouteCase] = [
    .one(Routes.createTable) { grounds in
        (
            Nothing(), Nothing(),
            NewTableDescription(
                databaseConnection: grounds.spare, schemaName: "main", tableName: "loans",
                tableSchema: "CREATE TABLE loans (id INTEGER PRIMARY KEY, book_id INTEGER, kind TEXT)",
                description: "who has which book",
                columns: [
                    Column(name: "id", dataType: "INTEGER", isPrimaryKey: true),
                    Column(
                        name: "book_id", dataType: "INTEGER", description: "the book", isPrimaryKey: false,
                        lowCardinality: false, foreignKey: ForeignKey(fieldName: "id", referenceTable: "books")),
                    Column(name: "kind", dataType: "TEXT", lowCardinality: true, categories: ["home", "reading room"]),
                ],
                examples: [["id": 1, "book_id": 2, "kind": "home"]], metadata: ["source": "hand"])
        )
    },
    .one(Routes.listTables) { grounds in
        (Nothing(), ConnectionPaging(databaseConnection: grounds.library.connection.id), Nothing())
    },
    .one(Routes.readTable) { ($0.library.tables[0].id, Nothing(), Nothing()) },
    .one(Routes.changeTable) { grounds in
        (grounds.library.tables[0].id, Nothing(), TableDescriptionChanges(description: .set("who wrote")))
    },
    .one(Routes.deleteTable) { ($0.library.tables[0].id, Nothing(), Nothing()) },
    .one(Routes.syncSchemas) { grounds in
        (Nothing(), Nothing(), SchemaSync(databaseConnection: grounds.spare, tableNames: ["books"]))
    },
    .one(Routes.refreshTables) { grounds in
        (Nothing(), Nothing(), TableRefresh(databaseConnection: grounds.library.connection.id))
    },
]

private let recordCases: [RouteCase] = [
    .one(Routes.createRecords) { grounds in
        let new = NewGoldenRecord(
            databaseConnection: grounds.library.connection.id, promptText: "How many books?",
            sql: "SELECT count(*) FROM books", metadata: ["level": "easy"])
        return (Nothing(), Nothing(), [new, new])
    },
    .one(Routes.importRecords) { grounds in
        let news = ["SELECT count(*) FROM books", "SELECT no_such FROM books"].map { sql in
            NewGoldenRecord(databaseConnection: grounds.library.connection.id, promptText: "How many?", sql: sql)
        }
        return (Nothing(), Nothing(), news)
    },
    .one(Routes.recordChecks) { ($0.library.connection.id, Nothing(), Nothing()) },
    .one(Routes.listRecords) { grounds in
        (Nothing(), ConnectionPaging(databaseConnection: grounds.library.connection.id, page: 2, limit: 5), Nothing())
    },
    .one(Routes.readRecord) { ($0.library.records[0].id, Nothing(), Nothing()) },
    .one(Routes.changeRecord) { grounds in
        (grounds.library.records[0].id, Nothing(), GoldenRecordChanges(sql: "SELECT no_such FROM books"))
    },
    .one(Routes.deleteRecord) { grounds in
        let record = try await grounds.daemon.addRecord("SELECT 1", to: grounds.library.connection.id)
        return (record.id, Nothing(), Nothing())
    },
]

private let finetuningCases: [RouteCase] = [
    .one(Routes.createFinetuning) { grounds in
        (
            Nothing(), Nothing(),
            NewFinetuning(
                databaseConnection: grounds.library.connection.id, alias: "third",
                baseLLM: BaseLLM(
                    modelProvider: "openai", modelName: "gpt-4o-mini",
                    modelParameters: ModelParameters(epochs: "2", batchSize: "auto", learningRateMultiplier: "0.5")),
                goldenRecords: grounds.library.records.map(\.id), schemas: ["main"], metadata: ["run": 3])
        )
    },
    .one(Routes.planFinetuning) { grounds in
        (Nothing(), Nothing(), NewFinetuning(databaseConnection: grounds.library.connection.id))
    },
    .one(Routes.listFinetunings) { grounds in
        (
            Nothing(),
            FinetuningPaging(databaseConnection: grounds.library.connection.id, status: .succeeded, page: 1, limit: 5),
            Nothing()
        )
    },
    .one(Routes.readFinetuning) { ($0.succeeded, Nothing(), Nothing()) },
    .one(Routes.readFinetuningJob) { ($0.waiting, Nothing(), Nothing()) },
    .one(Routes.changeFinetuning) { ($0.waiting, Nothing(), FinetuningChanges(metadata: .set(["note": "best"]))) },
    .one(Routes.deleteFinetuning) { ($0.succeeded, FinetuningDeletion(remote: true), Nothing()) },
    .one(Routes.listProviderObjects) { (Nothing(), ProviderObjectPaging(finetuning: $0.succeeded), Nothing()) },
    .one(Routes.cancelFinetuning) { ($0.waiting, Nothing(), Nothing()) },
    .many(Routes.finetuningEvents, ending: EventsEnd.self) { ($0.succeeded, EventsQuery(after: 1), Nothing()) },
    .many(Routes.events, ending: HistoryEnd.self) { grounds in
        (Nothing(), HistoryQuery(databaseConnection: grounds.library.connection.id, level: .info), Nothing())
    },
    .one(Routes.finetuningCheckpoints) { ($0.succeeded, Nothing(), Nothing()) },
    .many(Routes.finetuningFile, ending: Wire.TrainingFile.self) { ($0.succeeded, FileQuery(), Nothing()) },
]

private let servedModelCases: [RouteCase] = [
    .one(Routes.listModels) { grounds in
        _ = try await grounds.daemon.promote(grounds.succeeded)
        return (Nothing(), Paging(), Nothing())
    },
    .last(Routes.readModel, Wire.ServedModel.self) { grounds in
        _ = try await grounds.daemon.promote(grounds.succeeded)
        return ("sales", ServedModelQuery(), Nothing())
    },
    .one(Routes.changeModel) { _ in ("sales", Nothing(), ServedModelChanges(metadata: .set(["owner": "sales"]))) },
    .one(Routes.deleteModel) { grounds in
        _ = try await grounds.daemon.promote(grounds.succeeded)
        return ("sales", Nothing(), Nothing())
    },
    .one(Routes.promoteModel) { grounds in
        ("sales", Nothing(), Promotion(finetuning: grounds.succeeded, expectedVersion: 0, note: "better on joins"))
    },
    .one(Routes.rollBackModel) { grounds in
        _ = try await grounds.daemon.promote(grounds.succeeded)
        _ = try await grounds.daemon.promote(grounds.succeeded)
        return ("sales", Nothing(), Rollback(expectedVersion: 2, note: "worse"))
    },
    .one(Routes.modelHistory) { grounds in
        _ = try await grounds.daemon.promote(grounds.succeeded)
        return ("sales", Paging(page: 1, limit: 5), Nothing())
    },
]

private let promptCases: [RouteCase] = [
    .one(Routes.createPrompt) { grounds in
        (
            Nothing(), Nothing(),
            NewPrompt(
                text: "How many books?", databaseConnection: grounds.library.connection.id, schemas: ["main"],
                metadata: ["of": "test"])
        )
    },
    .one(Routes.listPrompts) { grounds in
        _ = try await grounds.daemon.generate(grounds)
        return (Nothing(), ConnectionPaging(databaseConnection: grounds.library.connection.id), Nothing())
    },
    .one(Routes.readPrompt) { (try await $0.daemon.generate($0).prompt, Nothing(), Nothing()) },
    .one(Routes.changePrompt) { grounds in
        (try await grounds.daemon.generate(grounds).prompt, Nothing(), NotesChange(metadata: .set(["a": 1])))
    },
    .one(Routes.renderPrompt) { grounds in
        let request = PromptRenderingRequest(text: "How many \"books\"?\n", finetuning: grounds.succeeded)
        return (Nothing(), Nothing(), request)
    },
]

private let generationCases: [RouteCase] = [
    .last(Routes.generateSQL, Wire.SQLGeneration.self) { grounds in
        let prompt = try await grounds.daemon.generate(grounds).prompt
        return (prompt, Nothing(), NewSQLGeneration(sql: "SELECT 1", metadata: ["by": "hand"]))
    },
    .last(Routes.generatePromptSQL, Wire.SQLGeneration.self) { grounds in
        (Nothing(), Nothing(), .about(grounds.library.connection.id, finetuning: grounds.succeeded))
    },
    .one(Routes.listGenerations) { grounds in
        (Nothing(), SQLGenerationPaging(prompt: try await grounds.daemon.generate(grounds).prompt), Nothing())
    },
    .one(Routes.readGeneration) { (try await $0.daemon.generate($0).id, Nothing(), Nothing()) },
    .one(Routes.changeGeneration) { grounds in
        (try await grounds.daemon.generate(grounds).id, Nothing(), NotesChange(metadata: .set(["a": 1])))
    },
    .one(Routes.executeGeneration) { grounds in
        (try await grounds.daemon.generate(grounds).id, ResultQuery(maximumRows: 1), Nothing())
    },
    .many(Routes.generationCSV, ending: CSVEnd.self) {
        (try await $0.daemon.generate($0).id, ResultQuery(), Nothing())
    },
]

private let evaluationCases: [RouteCase] = [
    .one(Routes.planEvaluation) { grounds in
        let records = grounds.library.records.prefix(2).map(\.id)
        return (grounds.succeeded, Nothing(), NewEvaluation(goldenRecords: records, includeTraining: true))
    },
    .one(Routes.createEvaluation) { grounds in
        let records = grounds.library.records.prefix(2).map(\.id)
        return (
            grounds.succeeded, Nothing(),
            NewEvaluation(
                goldenRecords: records, includeTraining: true, baselineModel: "gpt-4o", maximumTokens: 1_000_000,
                metadata: ["of": "test"])
        )
    },
    .one(Routes.listEvaluations) { grounds in
        _ = try await grounds.daemon.evaluate(grounds)
        return (Nothing(), EvaluationPaging(finetuning: grounds.succeeded, status: .succeeded), Nothing())
    },
    .one(Routes.readEvaluation) { (try await $0.daemon.evaluate($0).id, Nothing(), Nothing()) },
    .one(Routes.deleteEvaluation) { (try await $0.daemon.evaluate($0).id, Nothing(), Nothing()) },
    .one(Routes.cancelEvaluation) { grounds in
        await grounds.daemon.provider.script(.complete, .fail(.downForHours))
        return (try await grounds.daemon.orderEvaluation(grounds).id, Nothing(), Nothing())
    },
    .one(Routes.evaluationAnswers) { grounds in
        (try await grounds.daemon.evaluate(grounds).id, EvaluationAnswersQuery(results: true), Nothing())
    },
    .many(Routes.evaluationEvents, ending: EvaluationEventsEnd.self) { grounds in
        (try await grounds.daemon.evaluate(grounds).id, EventsQuery(after: 1), Nothing())
    },
]
