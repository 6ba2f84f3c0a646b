extension Route {
    /// The parts of a request for this route, as `request(_:query:body:)` wrote them. `parameter` is what stands in the
    /// path's place for it. Throws what the request is refused with.
    public static func parts(
        parameter: String?, query: JSONObject, body: JSONValue?
    ) throws(APIError) -> (parameter: Parameter, query: Query, body: Body) {
        (
            try Parameter(pathText: parameter), try WireDecoder(source: .query).decode(from: .object(query)),
            try RouteTypes.body(body)
        )
    }
}

extension RouteSignature {
    /// Reads the parts of a request as `Route.parts` does, for those who do not know their types and need to know only
    /// whether they are right.
    package func checkParts(parameter: String?, query: JSONObject, body: JSONValue?) throws(APIError) {
        _ = try types.parameter.init(pathText: parameter)
        _ = try WireDecoder(source: .query).decode(types.query, from: .object(query))
        try types.checkBody(body)
    }
}

extension RouteTypes {
    fileprivate func checkBody(_ json: JSONValue?) throws(APIError) {
        func check<Body: Decodable>(_ type: Body.Type) throws(APIError) {
            let _: Body = try Self.body(json)
        }
        try check(body)
    }

    // A body that a route does not take may be left out, or be an empty object.
    fileprivate static func body<Body: Decodable>(_ json: JSONValue?) throws(APIError) -> Body {
        if Body.self == Nothing.self { return try WireDecoder().decode(from: json ?? .object(JSONObject())) }
        guard let json else { throw .invalidField("body", "is missing: this route takes one") }
        return try WireDecoder().decode(from: json)
    }
}
