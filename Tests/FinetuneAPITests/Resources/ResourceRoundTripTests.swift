import FinetuneAPI
import Identifiers
import Testing

@Suite("Every resource and request reads back as it was written")
struct ResourceRoundTripTests {
    private func expectRoundTrip<Value: Codable & Equatable>(_ values: Value...) throws {
        for value in values {
            for absent in [WireEncoder.Absent.null, .omitted] {
                let bytes = try WireEncoder(absent: absent).encode(value)
                let back = try WireDecoder().decode(Value.self, from: JSONParser.parse(bytes))
                #expect(back == value)
            }
        }
    }

    @Test func connections() throws {
        try expectRoundTrip(Sample.connection, Sample.bareConnection)
        try expectRoundTrip(
            NewDatabaseConnection(alias: "a"),
            NewDatabaseConnection(
                alias: "a", connectionURI: "sqlite:///a", dialect: "sqlite", schemas: ["x"], llmAPIKey: "k",
                metadata: Sample.notes))
        try expectRoundTrip([Sample.connection, Sample.bareConnection])
        try expectRoundTrip(Deleted(id: Sample.id))
    }

    @Test func tables() throws {
        try expectRoundTrip(Sample.table, Sample.bareTable)
        try expectRoundTrip(
            NewTableDescription(databaseConnection: Sample.id, tableName: "t", tableSchema: "CREATE TABLE t (a)"),
            NewTableDescription(
                databaseConnection: Sample.id, schemaName: "main", tableName: "t", tableSchema: "CREATE TABLE t (a)",
                description: "d", columns: [Sample.column], examples: [["a": 1]], metadata: Sample.notes))
        try expectRoundTrip(
            SchemaSync(databaseConnection: Sample.id),
            SchemaSync(databaseConnection: Sample.id, tableNames: ["a", "b"])
        )
        try expectRoundTrip(TableRefresh(databaseConnection: Sample.id))
    }

    @Test func records() throws {
        try expectRoundTrip(Sample.record, Sample.bareRecord)
        try expectRoundTrip([
            NewGoldenRecord(databaseConnection: Sample.id, promptText: "q", sql: "SELECT 1"),
            NewGoldenRecord(
                databaseConnection: Sample.id, promptText: "q", sql: "SELECT 1", metadata: Sample.notes),
        ])
    }

    @Test func finetunings() throws {
        try expectRoundTrip(Sample.finetuning, Sample.bareFinetuning)
        try expectRoundTrip(Sample.plan)
        try expectRoundTrip(
            NewFinetuning(databaseConnection: Sample.id),
            NewFinetuning(
                databaseConnection: Sample.id, alias: "a", baseLLM: Sample.baseLLM, goldenRecords: [Sample.other],
                schemas: ["main"], metadata: Sample.notes, validationFraction: 0.125,
                planSHA256: String(repeating: "0c", count: 32)),
            NewFinetuning(databaseConnection: Sample.id, validationGoldenRecords: [Sample.other]))
        try expectRoundTrip(Sample.event)
        try expectRoundTrip(EventsEnd(lastSequence: 7, status: .succeeded))
        try expectRoundTrip(Sample.checkpoint)
    }

    @Test func daemon() throws {
        try expectRoundTrip(Heartbeat(nanoseconds: 1_702_488_953_263_485_001))
        try expectRoundTrip(EndedRequest(id: "7"))
        try expectRoundTrip(Sample.status)
        try expectRoundTrip(Sample.error, APIError(.internalError, "m", remedy: "r"))
        try expectRoundTrip(Nothing())
    }

    @Test func queries() throws {
        try expectRoundTrip(Paging(), Paging(page: 2, limit: 50))
        try expectRoundTrip(ConnectionPaging(), ConnectionPaging(databaseConnection: Sample.id, page: 2, limit: 50))
        try expectRoundTrip(AliasPaging(), AliasPaging(alias: "shop", page: 2, limit: 50))
        try expectRoundTrip(
            FinetuningPaging(),
            FinetuningPaging(
                databaseConnection: Sample.id, status: .validatingFiles, alias: "shop-v2", page: 2, limit: 50))
        try expectRoundTrip(EventsQuery(), EventsQuery(after: 12, follow: true))
    }

    @Test("what a daemon of a version before does not tell reads as nothing")
    func keysAddedLater() throws {
        var status = try #require(JSONParser.parse(WireEncoder().encode(Sample.status)).object)
        for name in ["turned_away", "refused_keys"] { status[name] = nil }
        var expected = Sample.status
        expected.turnedAway = TurnedAwayClients()
        #expect(try WireDecoder().decode(DaemonStatus.self, from: .object(status)) == expected)
        #expect(
            try WireDecoder().decode(
                DeletedFinetuning.self, from: ["id": .string(Sample.id.description), "deleted": true]
            ) == DeletedFinetuning(id: Sample.id, providerObjects: []))
        #expect(throws: APIError.self) {
            try WireDecoder().decode(TurnedAwayClients.self, from: ["connections": 1])
        }
    }

    // A change that is left out must not come back as one to null, so these are written as clients write them.
    @Test("and so do changes, which tell a key left out from null")
    func changes() throws {
        try expectChange(DatabaseConnectionChanges(), "{}")
        try expectChange(
            DatabaseConnectionChanges(connectionURI: .cleared, llmAPIKey: .set("k"), metadata: .set(["a": 1])),
            #"{"connection_uri":null,"llm_api_key":"k","metadata":{"a":1}}"#)
        try expectChange(
            TableDescriptionChanges(tableSchema: "CREATE TABLE t (a)", description: .cleared, columns: []),
            #"{"table_schema":"CREATE TABLE t (a)","description":null,"columns":[]}"#)
        try expectChange(
            GoldenRecordChanges(sql: "SELECT 1", metadata: .cleared), #"{"sql":"SELECT 1","metadata":null}"#)
        try expectChange(FinetuningChanges(), "{}")
        try expectChange(FinetuningChanges(metadata: .cleared), #"{"metadata":null}"#)
    }

    private func expectChange<Value: Codable & Equatable>(_ value: Value, _ text: String) throws {
        let bytes = try WireEncoder(absent: .omitted).encode(value)
        #expect(String(decoding: bytes, as: UTF8.self) == text)
        #expect(try WireDecoder().decode(Value.self, from: json(text)) == value)
    }

    @Test(
        "a change applied to what was there",
        arguments: [(Change<String>.unchanged, "old"), (.cleared, nil), (.set("new"), "new")]
            as [(Change<String>, String?)])
    func applied(change: Change<String>, result: String?) {
        #expect(change.applied(to: "old") == result)
    }
}
