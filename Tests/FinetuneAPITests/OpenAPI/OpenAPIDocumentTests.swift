import FinetuneAPI
import Testing

@Suite("The OpenAPI document")
struct OpenAPIDocumentTests {
    private let document: JSONValue

    init() throws {
        document = try OpenAPIDocument(version: "1.2.3").json
    }

    private func operation(_ method: String, _ path: String) throws -> JSONValue {
        try #require(document["paths"]?["/api/v1" + path]?[method])
    }

    private func schema(_ name: String) throws -> JSONValue {
        try #require(document["components"]?["schemas"]?[name])
    }

    private func names(_ list: JSONValue?) -> [String] { (list?.array ?? []).compactMap(\.string) }

    @Test("has every route")
    func routes() throws {
        #expect(document["info"]?["version"] == "1.2.3")
        for route in Routes.all {
            let operation = document["paths"]?[route.path.description]?[route.method.rawValue.lowercased()]
            #expect(operation?["x-role"] == .string(route.role.rawValue), "\(route.path.description)")
        }
    }

    @Test("names no schema that it lacks, and none for nothing")
    func references() throws {
        let pieces = document.text.split(separator: "#/components/schemas/", omittingEmptySubsequences: true)
        let mentioned = Set(pieces.dropFirst().map { String($0.prefix { $0 != "\"" }) })
        let schemas = Set(document["components"]?["schemas"]?.object?.members.map(\.name) ?? [])
        #expect(mentioned.isSubset(of: schemas))
        #expect(schemas.subtracting(mentioned) == ["ReplyLine", "RequestLine"])
    }

    @Test("tells what a request may leave out, and that nothing else may be in it")
    func requests() throws {
        let order = try schema("NewFinetuning")
        #expect(order["required"] == ["db_connection_id"])
        #expect(order["additionalProperties"] == false)
        #expect(order["properties"]?["alias"]?["maxLength"] == .number(JSONNumber(FieldLimits.nameLength.upperBound)))
        #expect(order["properties"]?["alias"]?["type"] == ["string", "null"])
    }

    @Test("tells that replies show every key, with null where there is no value")
    func replies() throws {
        let finetuning = try schema("Finetuning")
        let properties = try #require(finetuning["properties"]?.object?.members.map(\.name))
        #expect(names(finetuning["required"]) == properties)
        #expect(finetuning["properties"]?["model_id"]?["type"] == ["string", "null"])
        #expect(try schema("ModelParameters")["required"] == nil)
    }

    @Test("tells a request's form of a type from a reply's")
    func forms() throws {
        #expect(try schema("ColumnInput")["required"] == ["name"])
        #expect(names(try schema("Column")["required"]).count == 7)
    }

    @Test("tells changes, in which null clears")
    func changes() throws {
        let changes = try schema("DatabaseConnectionChanges")
        #expect(changes["required"] == nil)
        #expect(changes["properties"]?["llm_api_key"]?["type"] == ["string", "null"])
        #expect(changes["properties"]?["llm_api_key"]?["description"] == "The new provider key; `null` removes it.")
    }

    @Test("has the limits of pages, and the words of a query")
    func queries() throws {
        let parameters = try #require(try operation("get", "/finetunings")["parameters"]?.array)
        let limit = try #require(parameters.first { $0["name"] == "limit" })
        #expect(limit["schema"]?["maximum"] == .number(JSONNumber(FieldLimits.pageSize.upperBound)))
        #expect(limit["schema"]?["type"] == "integer")
        #expect(names(try schema("FinetuningStatus")["enum"]).contains("validating_files"))
    }

    @Test("has the refusals of each route under their statuses")
    func refusals() throws {
        let responses = try #require(try operation("post", "/finetunings")["responses"])
        let codes = responses["400"]?["content"]?["application/json"]?["schema"]?["allOf"]?.array?.last
        let badInput = names(codes?["properties"]?["error_code"]?["enum"])
        #expect(badInput.contains("not_enough_golden_records"))
        #expect(responses["403"] != nil)
        #expect(try operation("get", "/heartbeat")["responses"]?["403"] == nil)
    }

    @Test("has both kinds of a stream's lines")
    func streams() throws {
        let events = try operation("get", "/finetunings/{id}/events")
        #expect(events["x-stream"] == true)
        let lines = ["206", "200"].map { events["responses"]?[$0]?["content"]?["application/json"]?["schema"] }
        #expect(lines[0] == ["$ref": "#/components/schemas/FinetuningEvent"])
        #expect(lines[1] == ["$ref": "#/components/schemas/EventsEnd"])
    }
}
