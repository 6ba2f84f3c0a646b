/// The OpenAPI 3.1 document of the daemon, made from the route table and from the types that decode and encode.
///
/// Nothing in it is written for it alone but the words on the protocol: schemas come from `TypeProbe`, their limits
/// from the types' `refinements`, their descriptions from doc comments, errors from `RouteSignature.refusals`.
public struct OpenAPIDocument {
    /// The document.
    public let json: JSONValue

    /// The document of a daemon of this version.
    public init(version: String, routes: [RouteSignature] = Routes.all) throws {
        let book = SchemaBook()
        let operations = try Self.operations(of: routes, book)
        _ = try book.schema(of: APIError.self, .reply)
        EnvelopeSchemas.add(to: book)
        let lines = ["APIError", "RequestLine", "ReplyLine"].map(SchemaBook.reference)
        let mentioned = book.names(mentionedBy: JSONValue.array(lines + [.object(operations)]).text)
        json = [
            "openapi": "3.1.0",
            "info": [
                "title": "finetuned", "version": .string(version),
                "summary": "Fine-tunes language models for text-to-SQL: a daemon on a Unix socket.",
                "description": .string(Self.description),
                "license": ["name": "Apache-2.0", "identifier": "Apache-2.0"],
            ],
            "servers": [
                [
                    "url": "/",
                    "description": "The daemon's Unix socket, by default /run/finetuned/finetuned.sock.",
                ]
            ],
            "tags": .array(Self.tags(of: routes).map { ["name": .string($0)] }),
            "paths": .object(operations),
            "components": [
                "schemas": .object(book.components.sorted(only: mentioned)),
                "responses": .object(ErrorResponses.shared),
            ],
        ]
    }

    private static func operations(of routes: [RouteSignature], _ book: SchemaBook) throws -> JSONObject {
        // Replies first: where a type stands in both, they keep its name.
        for route in routes {
            _ = try book.schema(of: route.types.response, .reply)
            if let last = route.types.last { _ = try book.schema(of: last, .reply) }
        }
        var paths = JSONObject()
        for route in routes {
            let path = route.path.description
            var methods = paths[path]?.object ?? JSONObject()
            methods[route.method.rawValue.lowercased()] = .object(try OpenAPIOperation(route, book).json)
            paths[path] = .object(methods)
        }
        return paths
    }

    private static func tags(of routes: [RouteSignature]) -> [String] {
        var tags: [String] = []
        for route in routes where !tags.contains(route.tag) { tags.append(route.tag) }
        return tags
    }

    private static let description = """
        Local programs talk to the daemon over a Unix domain socket, one JSON object a line. A request is a line of \
        the form `RequestLine`, a reply one of the form `ReplyLine`; an operation of this document is a method and a \
        path of such a request, a response a status and a body of such a reply. There are no headers.

        Replies to different ids may come in any order, and a client may send many requests before it reads. Where \
        an operation has a response 206, the reply is a stream (`x-stream`): any number of lines with status 206, \
        then one line with another status, which ends it.

        Unknown keys are refused, in bodies and in queries. In a reply every key is there, `null` where it has no \
        value; a newer daemon may show more keys.
        """
}

extension RouteSignature {
    /// The first part of the path, by which operations are grouped.
    var tag: String {
        guard case .literal(let text)? = path.segments.dropFirst(2).first else { return "daemon" }
        return text
    }
}

extension JSONObject {
    fileprivate func sorted(only names: Set<String>) -> JSONObject {
        JSONObject(members: members.filter { names.contains($0.name) }.sorted { $0.name < $1.name })
    }
}
