/// What routes refuse with, as responses of an OpenAPI document.
struct ErrorResponses {
    /// Codes by which every route may refuse.
    static let everywhere: [ErrorCode] = [
        .unknownField, .invalidField, .tooManyRequests, .internalError, .storageDegraded, .shuttingDown,
    ]

    /// Responses by status, in the form that operations have them in.
    let json: JSONObject

    /// The responses for these codes.
    init(_ codes: [ErrorCode]) {
        let byStatus = Dictionary(grouping: codes, by: \.status).sorted { $0.key < $1.key }
        json = JSONObject(
            members: byStatus.map { status, codes in
                let name = Self.sharedName(of: codes)
                let isShared = Self.shared[name] != nil
                let response = isShared ? ["$ref": .string("#/components/responses/\(name)")] : Self.response(codes)
                return JSONObject.Member(name: String(status), value: response)
            })
    }

    /// The responses that many routes have, by name.
    static let shared = JSONObject(
        members: [[.forbidden], [.tooManyRequests], [.internalError], [.storageDegraded, .shuttingDown]].map { codes in
            JSONObject.Member(name: sharedName(of: codes), value: response(codes))
        })

    private static func sharedName(of codes: [ErrorCode]) -> String {
        codes.map(\.rawValue).joined(separator: "-or-")
    }

    private static func response(_ codes: [ErrorCode]) -> JSONValue {
        let words = JSONValue.array(codes.map { .string($0.rawValue) })
        return [
            "description": .string(codes.map { "`\($0.rawValue)`" }.joined(separator: ", ")),
            "content": [
                "application/json": [
                    "schema": [
                        "allOf": [
                            ["$ref": "#/components/schemas/APIError"],
                            ["properties": ["error_code": ["enum": words]]],
                        ]
                    ]
                ]
            ],
        ]
    }
}

extension RouteSignature {
    /// Every code that the route may refuse with, for its body, its path and its caller too.
    func errors(naming ids: Bool) -> [ErrorCode] {
        var codes = ErrorResponses.everywhere + refusals
        if ids { codes.append(.invalidObjectID) }
        if role > .reader { codes.append(.forbidden) }
        if method == .post { codes.append(.idempotencyConflict) }
        // In the order of their declaration, each once.
        return ErrorCode.allCases.filter(codes.contains)
    }
}
