extension Route {
    /// The parts of a request for this route, as `request(_:query:body:)` wrote them. `parameter` is what stands in the
    /// path's place for it. Throws what the request is refused with.
    public static func parts(
        parameter: String?, query: JSONObject, body: JSONValue?
    ) throws(APIError) -> (parameter: Parameter, query: Query, body: Body) {
        (
            try Parameter(pathText: parameter), try WireDecoder(source: .query).decode(from: .object(query)),
            try WireDecoder().decode(from: given(body, isTaken: Body.self != Nothing.self))
        )
    }
}

extension RouteSignature {
    /// Reads the parts of a request as `Route.parts` does, for those who do not know their types and need to know only
    /// whether they are right.
    package func checkParts(parameter: String?, query: JSONObject, body: JSONValue?) throws(APIError) {
        _ = try types.parameter.init(pathText: parameter)
        _ = try WireDecoder(source: .query).decode(types.query, from: .object(query))
        _ = try WireDecoder().decode(types.body, from: given(body, isTaken: takesBody))
    }
}

/// The body of a request. One that a route does not take may be left out, or be an empty object.
private func given(_ body: JSONValue?, isTaken: Bool) throws(APIError) -> JSONValue {
    if let body { return body }
    guard !isTaken else { throw .invalidField("body", "is missing: this route takes one") }
    return .object(JSONObject())
}
