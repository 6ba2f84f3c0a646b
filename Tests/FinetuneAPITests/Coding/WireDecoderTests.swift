import FinetuneAPI
import Identifiers
import Testing

@Suite("The wire decoder")
struct WireDecoderTests {
    /// The refusal that decoding a text as a type ends with.
    private func refusal<Value: Decodable>(
        of text: String, as type: Value.Type, _ decoder: WireDecoder = WireDecoder()
    ) throws -> APIError {
        let value = try json(text)
        return try #require(throws: APIError.self) { try decoder.decode(type, from: value) }
    }

    private static let id = #""6579eb39a1b2c3d4e5f60718""#

    @Test(
        "refuses a key that it does not know, and names the nearest that it does",
        arguments: [
            (#""golden_record":[]"#, "golden_record", "golden_records"), (#""alais":"a""#, "alais", "alias"),
            (#""Alias":"a""#, "Alias", "alias"), (#""base_llm":{"model":"x"}"#, "base_llm.model", "model_name"),
            (
                #""base_llm":{"model_parameters":{"epochs":1}}"#, "base_llm.model_parameters.epochs", "n_epochs"
            ),
            (#""dbconnectionid":1"#, "dbconnectionid", "db_connection_id"),
        ])
    func unknownKeys(member: String, field: String, nearest: String) throws {
        let error = try refusal(of: #"{"db_connection_id":\#(Self.id),\#(member)}"#, as: NewFinetuning.self)
        #expect(error.code == .unknownField)
        #expect(error.detail["field"] == .string(field))
        #expect(error.detail["nearest"] == .string(nearest))
        #expect(error.message.contains(nearest))
    }

    @Test("lists the keys there are where none is near, and never repeats a key of any length")
    func unknownKeyWithoutNearest() throws {
        let error = try refusal(of: #"{"\#(String(repeating: "x", count: 100_000))":1}"#, as: NewFinetuning.self)
        #expect(error.code == .unknownField)
        #expect(error.detail["nearest"] == nil)
        #expect(error.remedy.contains("golden_records"))
        #expect(error.message.utf8.count < 500)
    }

    @Test("refuses an unknown key before it looks at a wrong value")
    func unknownKeyFirst() throws {
        #expect(try refusal(of: #"{"alias":1,"bogus":2}"#, as: NewFinetuning.self).code == .unknownField)
    }

    @Test("ignores unknown keys where a client reads a newer daemon's reply")
    func ignoredKeys() throws {
        let value = try json(#"{"id":\#(Self.id),"deleted":true,"at":"now"}"#)
        let decoded = try WireDecoder(ignoresUnknownKeys: true).decode(Deleted.self, from: value)
        #expect(decoded == Deleted(id: Sample.id))
        #expect(throws: APIError.self) { try WireDecoder().decode(Deleted.self, from: value) }
    }

    @Test(
        "names the field that is wrong, however deep, and what it must be",
        arguments: [
            ("[]", "body", "must be an object, not an array"), ("{}", "db_connection_id", "is missing"),
            (#"{"db_connection_id":null}"#, "db_connection_id", "must be a string, not null"),
            (#"{"db_connection_id":7}"#, "db_connection_id", "must be a string, not a number"),
            (#"{"db_connection_id":ID,"alias":["a"]}"#, "alias", "must be a string, not an array"),
            (#"{"db_connection_id":ID,"golden_records":"x"}"#, "golden_records", "must be an array, not a string"),
            (
                #"{"db_connection_id":ID,"golden_records":[ID,true]}"#, "golden_records.1",
                "must be a string, not a boolean"
            ),
            (#"{"db_connection_id":ID,"base_llm":1}"#, "base_llm", "must be an object, not a number"),
            (
                #"{"db_connection_id":ID,"base_llm":{"model_name":{}}}"#, "base_llm.model_name",
                "must be a string, not an object"
            ),
            (#"{"db_connection_id":ID,"schemas":["a",null]}"#, "schemas.1", "must be a string, not null"),
        ])
    func wrongFields(text: String, field: String, problem: String) throws {
        let text = text.split(separator: "ID", omittingEmptySubsequences: false).joined(separator: Self.id)
        let error = try refusal(of: text, as: NewFinetuning.self)
        #expect(error.code == .invalidField)
        #expect(error.detail["field"] == .string(field))
        #expect(error.message == "\(field): \(problem)")
    }

    @Test("names the element of a list of records")
    func elements() throws {
        let good = #"{"db_connection_id":\#(Self.id),"prompt_text":"q","sql":"s"}"#
        let bad = #"{"db_connection_id":\#(Self.id),"prompt_text":"q"}"#
        #expect(
            try refusal(of: "[\(good),\(good),\(bad)]", as: [NewGoldenRecord].self).detail["field"] == "2.sql")
        #expect(
            try refusal(of: #"[\#(good),{"prompt":1}]"#, as: [NewGoldenRecord].self).detail["field"] == "1.prompt")
        #expect(try refusal(of: good, as: [NewGoldenRecord].self).message == "body: must be an array, not an object")
    }

    @Test("names the columns of a table all the way down")
    func nestedFields() throws {
        let text = #"""
            {"db_connection_id":ID,"table_name":"t","table_schema":"s",
             "columns":[{"name":"a"},{"name":"b","foreign_key":{"field_name":"x","reference_tabel":"y"}}]}
            """#.split(separator: "ID").joined(separator: Self.id)
        let error = try refusal(of: text, as: NewTableDescription.self)
        #expect(error.detail["field"] == "columns.1.foreign_key.reference_tabel")
        #expect(error.detail["nearest"] == "reference_table")
    }

    @Test(
        "refuses what is no id",
        arguments: ["", "1", "6579eb39a1b2c3d4e5f6071", "6579eb39a1b2c3d4e5f6071g", "6579eb39a1b2c3d4e5f607180"])
    func objectIDs(text: String) throws {
        let error = try refusal(of: #"{"db_connection_id":"\#(text)"}"#, as: TableRefresh.self)
        #expect(error.code == .invalidObjectID)
        #expect(error.detail["field"] == "db_connection_id")
    }

    @Test("cuts a long text that is no id")
    func longObjectID() throws {
        let text = String(repeating: "f", count: 100_000)
        #expect(try refusal(of: "\"\(text)\"", as: ObjectID.self).message.utf8.count < 200)
    }

    @Test("lists the values that an enum has")
    func enums() throws {
        let error = try refusal(of: #"{"status":"done"}"#, as: FinetuningPaging.self)
        #expect(error.code == .invalidField)
        #expect(
            error.message
                == "status: must be one of queued, running, succeeded, failed, validating_files, cancelled")
    }

    @Test("refuses a time that is none")
    func times() throws {
        #expect(try refusal(of: #""2023-13-01T00:00:00""#, as: Timestamp.self).message.contains("must be a UTC time"))
    }

    @Test(
        "takes integers that are written as such and fit",
        arguments: ["1.0", "1e2", "9223372036854775808", "\"1\"", "true"])
    func integers(text: String) throws {
        #expect(try refusal(of: #"{"page":\#(text)}"#, as: Paging.self).detail["field"] == "page")
    }

    @Test("refuses a number that is too large for a double")
    func doubles() throws {
        #expect(try WireDecoder().decode(Double.self, from: json("0.5")) == 0.5)
        #expect(try refusal(of: "1e999", as: Double.self).code == .invalidField)
    }

    @Test("takes a model parameter as a number or a string, and keeps its digits")
    func parameters() throws {
        let text = #"{"n_epochs":3,"batch_size":"auto","learning_rate_multiplier":0.50}"#
        let parameters = try WireDecoder().decode(ModelParameters.self, from: json(text))
        #expect(parameters == ModelParameters(epochs: "3", batchSize: "auto", learningRateMultiplier: "0.50"))
        #expect(try refusal(of: #"{"n_epochs":[3]}"#, as: ModelParameters.self).code == .invalidModelParameter)
    }

    @Test("tells a change to null from no change, and names a change that is wrong")
    func changes() throws {
        let decode = { try WireDecoder().decode(DatabaseConnectionChanges.self, from: json($0)) }
        #expect(try decode("{}").llmAPIKey == .unchanged)
        #expect(try decode(#"{"llm_api_key":null}"#).llmAPIKey == .cleared)
        #expect(try decode(#"{"llm_api_key":"k"}"#).llmAPIKey == .set("k"))
        let error = try refusal(of: #"{"llm_api_key":7}"#, as: DatabaseConnectionChanges.self)
        #expect(error.detail["field"] == "llm_api_key")
    }
}

@Suite("The wire decoder, of a query string")
struct QueryDecodingTests {
    private func decode<Value: Decodable>(_ path: String, as type: Value.Type) throws -> Value {
        let target = try RequestTarget(path)
        return try WireDecoder(source: .query).decode(type, from: .object(target.query))
    }

    @Test("reads text as what the field is")
    func scalars() throws {
        #expect(try decode("/x?page=2&limit=50", as: Paging.self) == Paging(page: 2, limit: 50))
        #expect(
            try decode("/x?after=12&follow=true", as: EventsQuery.self) == EventsQuery(after: 12, follow: true))
        #expect(
            try decode("/x?status=running&db_connection_id=6579eb39a1b2c3d4e5f60718", as: FinetuningPaging.self)
                == FinetuningPaging(databaseConnection: Sample.id, status: .running))
        #expect(try decode("/x", as: Paging.self) == Paging())
    }

    @Test(
        "refuses what the field is not",
        arguments: [
            ("/x?page=two", "page"), ("/x?page=1.5", "page"), ("/x?page=", "page"), ("/x?pgae=1", "pgae"),
            ("/x?page=1&page=2", "page"),
        ])
    func refusals(path: String, field: String) throws {
        let error = try #require(throws: APIError.self) { try decode(path, as: Paging.self) }
        #expect(error.detail["field"] == .string(field))
    }

    @Test("takes true and false alone as booleans", arguments: ["1", "yes", "TRUE", ""])
    func booleans(text: String) throws {
        let error = try #require(throws: APIError.self) { try decode("/x?follow=\(text)", as: EventsQuery.self) }
        #expect(error.message == "follow: must be true or false")
    }
}
