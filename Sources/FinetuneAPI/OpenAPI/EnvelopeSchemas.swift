/// The schemas of the protocol's lines, which are read and written by hand and not by a type's coding.
enum EnvelopeSchemas {
    static func add(to book: SchemaBook) {
        book.add("RequestID", requestID)
        book.add("RequestLine", requestLine)
        book.add("ReplyLine", replyLine)
    }

    private static let requestID = JSONObject([
        "type": ["integer", "string", "null"], "maxLength": .number(JSONNumber(RequestID.maximumBytes)),
        "description": "Given by the client, echoed in every line of the reply.",
    ])

    private static let requestLine = JSONObject([
        "type": "object", "description": "A line that a client sends.",
        "properties": [
            "id": ["$ref": "#/components/schemas/RequestID"],
            "method": ["type": "string", "enum": .array(Method.allCases.map { .string($0.rawValue) })],
            "path": [
                "type": "string", "description": "With its query string.",
                "examples": ["/api/v1/golden-records?page=2"],
            ],
            "body": ["type": ["object", "array"]],
            "idempotency_key": [
                "type": "string", "minLength": 1, "maxLength": .number(JSONNumber(Request.maximumIdempotencyKeyBytes)),
                "description": "With POST alone: the same key and request again get the first reply again.",
            ],
        ],
        "required": ["method", "path"], "additionalProperties": false,
    ])

    private static let replyLine = JSONObject([
        "type": "object", "description": "A line that the daemon sends.",
        "properties": [
            "id": ["$ref": "#/components/schemas/RequestID"],
            "status": ["type": "integer", "description": "206 where more lines with the same id follow."],
            "body": JSONValue.object(JSONObject()),
        ],
        "required": ["id", "status", "body"],
    ])
}
