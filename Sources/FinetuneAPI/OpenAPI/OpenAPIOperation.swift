/// One route as an operation of an OpenAPI document.
struct OpenAPIOperation {
    /// The operation.
    let json: JSONObject

    init(_ route: RouteSignature, _ book: SchemaBook) throws {
        var operation = JSONObject([
            "operationId": .string(route.operationName), "summary": .string(route.summary),
            "tags": [.string(route.tag)], "x-role": .string(route.role.rawValue),
        ])
        let parts = OperationParts(route: route, book: book)
        let parameters = try parts.parameters()
        if !parameters.isEmpty { operation["parameters"] = .array(parameters) }
        let body = try parts.body()
        operation["requestBody"] = body
        let namesIDs = parts.nameIDs(parameters, body)
        operation["responses"] = .object(try parts.responses(errors: route.errors(naming: namesIDs)))
        if case .many = route.replies { operation["x-stream"] = true }
        json = operation
    }
}

/// Makes the parts of an operation.
private struct OperationParts {
    let route: RouteSignature
    let book: SchemaBook

    func parameters() throws -> [JSONValue] {
        var parameters: [JSONValue] = []
        if let name = route.path.parameterName, let type = route.types.parameter as? any Decodable.Type {
            let schema = try book.schema(of: type, .request)
            parameters.append(parameter(name, in: "path", schema, isRequired: true))
        }
        for member in try book.properties(of: route.types.query).members {
            let schema = member.value.object ?? JSONObject()
            parameters.append(parameter(member.name, in: "query", schema.withoutNull, isRequired: false))
        }
        return parameters
    }

    private func parameter(_ name: String, in place: String, _ schema: JSONObject, isRequired: Bool) -> JSONValue {
        var schema = schema
        var parameter = JSONObject(["name": .string(name), "in": .string(place), "required": .bool(isRequired)])
        if schema["$ref"] == nil || schema.members.count > 1 {
            parameter["description"] = schema["description"]
            schema["description"] = nil
        }
        parameter["schema"] = .object(schema)
        return .object(parameter)
    }

    func body() throws -> JSONValue? {
        guard route.takesBody else { return nil }
        let schema = try book.schema(of: route.types.body, .request)
        return ["required": true, "content": content(schema)]
    }

    func responses(errors: [ErrorCode]) throws -> JSONObject {
        var responses = JSONObject()
        let line = content(try book.schema(of: route.types.response, .reply))
        switch route.replies {
        case .one(let status):
            responses[String(status)] = ["description": .string(route.summary), "content": line]
        case .many(let status):
            let last = try route.types.last.map { content(try book.schema(of: $0, .reply)) }
            responses[String(status)] = ["description": "The last line.", "content": last ?? line]
            responses["206"] = ["description": "Any number of lines before the last.", "content": line]
        }
        for response in ErrorResponses(errors).json.members { responses[response.name] = response.value }
        return responses
    }

    /// Whether the request holds ids.
    func nameIDs(_ parameters: [JSONValue], _ body: JSONValue?) -> Bool {
        book.names(mentionedBy: JSONValue.array(parameters + [body].compactMap(\.self)).text).contains("ObjectID")
    }

    private func content(_ schema: JSONObject) -> JSONValue {
        var content = JSONObject(["schema": .object(schema)])
        if let example = SchemaExample(book).value(of: schema) { content["example"] = example }
        return ["application/json": .object(content)]
    }
}

extension RouteSignature {
    /// A name that no other operation has: `get_finetunings_id_events`.
    var operationName: String {
        let parts = path.segments.dropFirst(2).map { segment in
            switch segment {
            case .literal(let text), .parameter(let text): text.split(separator: "-").joined(separator: "_")
            }
        }
        return ([method.rawValue.lowercased()] + parts).joined(separator: "_")
    }
}

extension PathPattern {
    /// The name of the path's parameter.
    var parameterName: String? {
        for case .parameter(let name) in segments { return name }
        return nil
    }
}

extension JSONObject {
    /// The schema of a value that is left out rather than null, as values in a query are.
    fileprivate var withoutNull: JSONObject {
        var schema = self
        if let first = self["anyOf"]?.array?.first?.object {
            schema["anyOf"] = nil
            for member in first.members { schema[member.name] = member.value }
        }
        if let types = self["type"]?.array?.filter({ $0 != "null" }), types.count == 1 { schema["type"] = types[0] }
        return schema
    }
}
