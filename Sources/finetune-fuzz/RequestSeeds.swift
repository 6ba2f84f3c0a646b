import FinetuneAPI

/// A request in order for each route, put together from the examples of the daemon's own OpenAPI document.
enum RequestSeeds {
    static func all() throws -> [[UInt8]] {
        let paths = try OpenAPIDocument(version: "0").json["paths"]?.object?.members ?? []
        return paths.flatMap { path in
            (path.value.object?.members ?? []).flatMap { method in lines(method.name, path.name, method.value) }
        }
    }

    /// Two lines: one that programs would write, and one with all that a line may have.
    private static func lines(_ method: String, _ path: String, _ operation: JSONValue) -> [[UInt8]] {
        guard let method = Method(rawValue: method.uppercased()) else { return [] }
        let parameters = operation["parameters"]?.array ?? []
        let query = parameters.filter { $0["in"] == "query" }.map { "\($0["name"]?.string ?? "")=\(text($0))" }
        let parameter = parameters.first { $0["in"] == "path" }.map(text) ?? ""
        let bare = path.split(separator: "/").map { $0.hasPrefix("{") ? parameter : String($0) }
        let target = "/" + bare.joined(separator: "/")
        let body = operation["requestBody"]?["content"]?["application/json"]?["example"]
        let full = Request(
            id: .string("é\u{1F989}\"\\\n"), method: method,
            path: query.isEmpty ? target : target + "?" + query.joined(separator: "&"), body: body,
            idempotencyKey: method == .post ? "key" : nil)
        return [Request(id: .integer(7), method: method, path: target, body: body), full].map {
            Array($0.line.dropLast())
        }
    }

    /// A value that a parameter of a path or a query may have.
    private static func text(_ parameter: JSONValue) -> String {
        let schema = parameter["schema"]
        let value = schema?["examples"]?.array?.first ?? schema?["default"] ?? schema?["minimum"]
        return value.map { $0.string ?? $0.text } ?? "6579eb39a1b2c3d4e5f60718"
    }
}
