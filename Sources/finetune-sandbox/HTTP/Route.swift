import NIOHTTP1

/// Every endpoint of the sandbox.
enum Route: Equatable, Sendable {
    case provider(ProviderRoute)
    case control(ControlRoute)

    /// Why a request has no route.
    enum Refusal: Error, Equatable {
        case unknownURL
        case methodNotAllowed(allowed: [String])
    }

    init(method: HTTPMethod, path: String) throws(Refusal) {
        let segments = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst().map(percentDecoded)
        let routes: [String: Route] =
            switch segments.first {
            case "v1": ProviderRoute.routes(at: Array(segments.dropFirst())).mapValues(Route.provider)
            case "_sandbox": ControlRoute.routes(at: Array(segments.dropFirst())).mapValues(Route.control)
            default: [:]
            }
        guard !routes.isEmpty else { throw .unknownURL }
        guard let route = routes[method.rawValue] else { throw .methodNotAllowed(allowed: routes.keys.sorted()) }
        self = route
    }
}

extension Route.Refusal {
    func error(method: HTTPMethod, path: String) -> APIError {
        switch self {
        case .unknownURL:
            .notFound("Invalid URL (\(method.rawValue) \(path))", code: "unknown_url")
        case .methodNotAllowed(let allowed):
            APIError(
                status: .methodNotAllowed, type: "invalid_request_error", code: "method_not_supported", param: nil,
                message: "Not allowed to \(method.rawValue) on \(path). Allowed: \(allowed.joined(separator: ", ")).")
        }
    }
}

/// The provider's own endpoints, below `/v1`; all of them want the key.
enum ProviderRoute: Equatable, Sendable {
    case createFile, listFiles
    case file(id: String), deleteFile(id: String), fileContent(id: String)
    case createJob, listJobs
    case job(id: String), cancelJob(id: String), pauseJob(id: String), resumeJob(id: String)
    case jobEvents(id: String), jobCheckpoints(id: String)
    case listModels, model(id: String), deleteModel(id: String)
    case chatCompletion

    /// The routes at a path by their methods.
    static func routes(at segments: [String]) -> [String: ProviderRoute] {
        switch (segments.first, segments.count) {
        case ("files", _): fileRoutes(at: segments.dropFirst())
        case ("models", 1): ["GET": .listModels]
        case ("models", 2): ["GET": .model(id: segments[1]), "DELETE": .deleteModel(id: segments[1])]
        case ("fine_tuning", 2...) where segments[1] == "jobs": jobRoutes(at: segments.dropFirst(2))
        case ("chat", 2) where segments[1] == "completions": ["POST": .chatCompletion]
        default: [:]
        }
    }

    private static func fileRoutes(at segments: ArraySlice<String>) -> [String: ProviderRoute] {
        guard let id = segments.first else { return ["GET": .listFiles, "POST": .createFile] }
        return switch Array(segments.dropFirst()) {
        case []: ["GET": .file(id: id), "DELETE": .deleteFile(id: id)]
        case ["content"]: ["GET": .fileContent(id: id)]
        default: [:]
        }
    }

    private static func jobRoutes(at segments: ArraySlice<String>) -> [String: ProviderRoute] {
        guard let id = segments.first else { return ["GET": .listJobs, "POST": .createJob] }
        return switch Array(segments.dropFirst()) {
        case []: ["GET": .job(id: id)]
        case ["cancel"]: ["POST": .cancelJob(id: id)]
        case ["pause"]: ["POST": .pauseJob(id: id)]
        case ["resume"]: ["POST": .resumeJob(id: id)]
        case ["events"]: ["GET": .jobEvents(id: id)]
        case ["checkpoints"]: ["GET": .jobCheckpoints(id: id)]
        default: [:]
        }
    }
}

/// The control of the sandbox, below `/_sandbox`: what to let go wrong, and what has happened. It takes no key, and
/// faults never apply to it.
///
/// - `POST /_sandbox/faults` adds a `FaultRule`: `{"method","path","skip","times","fault":{"type",…}}`; `GET` lists what
///   is left of the rules, `DELETE` forgets them. See `Fault` for what each type does.
/// - `POST /_sandbox/jobs/{id}`: `{"fail":{"code","message"}}` ends a job, `{"status":"word"}` shows a word in place of
///   its status, `{"status":null}` lifts that. `DELETE` makes the job vanish.
/// - `POST /_sandbox/files/{id}`: `{"status":"error"}`.
/// - `PUT /_sandbox/api-key`: `{"api_key"}`, the key accepted from now on. `PUT /_sandbox/speed`: `{"speed"}`.
/// - `GET /_sandbox/status`: counts. `GET /_sandbox/requests`: the last 1,000 requests, never their keys.
enum ControlRoute: Equatable, Sendable {
    case addFault, listFaults, clearFaults
    case changeJob(id: String), removeJob(id: String)
    case changeFile(id: String)
    case setAPIKey, setSpeed
    case status, requests

    static func routes(at segments: [String]) -> [String: ControlRoute] {
        switch (segments.first, segments.count) {
        case ("faults", 1): ["POST": .addFault, "GET": .listFaults, "DELETE": .clearFaults]
        case ("jobs", 2): ["POST": .changeJob(id: segments[1]), "DELETE": .removeJob(id: segments[1])]
        case ("files", 2): ["POST": .changeFile(id: segments[1])]
        case ("api-key", 1): ["PUT": .setAPIKey]
        case ("speed", 1): ["PUT": .setSpeed]
        case ("status", 1): ["GET": .status]
        case ("requests", 1): ["GET": .requests]
        default: [:]
        }
    }
}
