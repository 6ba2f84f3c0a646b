import FinetuneAPI

/// Finds the endpoint of a request.
struct Router: Sendable {
    private var root = Node()

    /// A router of these endpoints, whose routes differ.
    init(_ endpoints: [Endpoint]) {
        for endpoint in endpoints {
            root.insert(endpoint, at: endpoint.signature.path.segments[...])
        }
    }

    /// The endpoint for a method and a path, and the path's parameter.
    func find(_ method: Method, _ target: RequestTarget) throws(APIError) -> (endpoint: Endpoint, parameter: String?) {
        guard let (node, parameter) = root.find(target.segments[...]), !node.endpoints.isEmpty else {
            throw unknownRoute(target)
        }
        guard let endpoint = node.endpoints[method] else {
            throw methodNotAllowed(method, node.endpoints.keys.map(\.rawValue).sorted())
        }
        return (endpoint, parameter)
    }

    private func unknownRoute(_ target: RequestTarget) -> APIError {
        let path = "/" + target.segments.joined(separator: "/")
        let nearest = NearestName.of(path, among: Routes.all.map(\.path.description))
        return APIError(
            .unknownRoute, "there is nothing at \(path.prefix(200))",
            remedy: nearest.map { "Did you mean \($0)?" } ?? "Paths begin with \(PathPattern.prefix)/.",
            detail: ["path": .string(String(path.prefix(200)))])
    }

    private func methodNotAllowed(_ method: Method, _ allowed: [String]) -> APIError {
        APIError(
            .methodNotAllowed, "\(method.rawValue) does not work here",
            remedy: "Use \(allowed.joined(separator: " or ")).",
            detail: ["allowed": .array(allowed.map(JSONValue.string))])
    }
}

/// What follows one part of a path. A literal wins over a parameter.
private struct Node: Sendable {
    var endpoints: [Method: Endpoint] = [:]
    var literals: [String: Node] = [:]
    // An array of at most one, since a struct cannot hold itself.
    var parameter: [Node] = []

    mutating func insert(_ endpoint: Endpoint, at segments: ArraySlice<PathPattern.Segment>) {
        switch segments.first {
        case nil:
            precondition(endpoints[endpoint.signature.method] == nil, "two endpoints for one route")
            endpoints[endpoint.signature.method] = endpoint
        case .literal(let text):
            literals[text, default: Node()].insert(endpoint, at: segments.dropFirst())
        case .parameter:
            if parameter.isEmpty { parameter = [Node()] }
            parameter[0].insert(endpoint, at: segments.dropFirst())
        }
    }

    func find(_ segments: ArraySlice<String>) -> (Node, String?)? {
        guard let segment = segments.first else { return (self, nil) }
        if let next = literals[segment], let found = next.find(segments.dropFirst()) { return found }
        guard let next = parameter.first, let (node, _) = next.find(segments.dropFirst()) else { return nil }
        return (node, segment)
    }
}
