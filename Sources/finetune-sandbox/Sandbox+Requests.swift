import FoundationEssentials
import NIOHTTP1

extension Sandbox {
    /// Answers a request that came over a connection, or lets go wrong with it what was ordered to.
    func reply(to request: Request, over connection: ObjectIdentifier) async throws -> Reply {
        let isControl = request.path.hasPrefix("/_sandbox")
        if isControl { return .send(identified(respond(to: request)), .whole) }
        traffic.note(requestOver: connection, after: started.duration(to: .now))
        let reply = try await faulty(request, faults.take(method: request.method, path: request.path))
        log.add(entry(for: request, reply))
        return reply
    }

    /// A connection ended, whatever it was used for.
    func noteEnd(of connection: ObjectIdentifier) {
        traffic.note(endOf: connection)
    }

    private func faulty(_ request: Request, _ fault: Fault?) async throws -> Reply {
        switch fault {
        case nil: return .send(identified(respond(to: request)), .whole)
        case .status(let answer): return .send(identified(answer.response), .whole)
        case .dropBefore: return .reset
        case .dropAfter:
            _ = respond(to: request)
            return .reset
        case .delay(let seconds):
            let response = respond(to: request)
            try await Task.sleep(for: .seconds(seconds))
            return .send(identified(response), .whole)
        case .slowBody(let rate): return .send(identified(respond(to: request)), .slow(bytesPerSecond: rate))
        case .truncate: return .send(identified(respond(to: request)), .truncated)
        case .redirect(let location):
            let response = Response(status: .temporaryRedirect, headers: ["location": location], body: .bytes([]))
            return .send(identified(response), .whole)
        case .answer, .fileError: return .send(identified(respond(to: request, fault)), .whole)
        }
    }

    private func identified(_ response: Response) -> Response {
        var response = response
        response.headers.replaceOrAdd(name: "x-request-id", value: randomIdentifier(prefix: "req_", length: 32))
        return response
    }

    private func entry(for request: Request, _ reply: Reply) -> RequestLog.Entry {
        let status: Int? =
            switch reply {
            case .send(let response, _): Int(response.status.code)
            case .reset: nil
            }
        return RequestLog.Entry(
            method: request.method.rawValue, path: request.uri, status: ExplicitNull(wrappedValue: status))
    }

    private func respond(to request: Request, _ fault: Fault? = nil) -> Response {
        do throws(APIError) {
            return try answer(to: request, fault)
        } catch {
            return error.response
        }
    }

    private func answer(to request: Request, _ fault: Fault?) throws(APIError) -> Response {
        switch try route(of: request) {
        case .control(let route): return try respond(to: request, at: route)
        case .provider(let route):
            guard request.bearerToken == apiKey else { throw .invalidAPIKey }
            switch (fault, route) {
            case (.answer(let text), .chatCompletion):
                return try complete(ChatRequest(request.object()), answering: text)
            case (.fileError(let error), .createFile): return try createFile(request, failing: error)
            case (_, _): return try respond(to: request, at: route)
            }
        }
    }

    private func route(of request: Request) throws(APIError) -> Route {
        do {
            return try Route(method: request.method, path: request.path)
        } catch {
            throw error.error(method: request.method, path: request.path)
        }
    }

    private func respond(to request: Request, at route: ProviderRoute) throws(APIError) -> Response {
        switch route {
        case .createFile: try createFile(request)
        case .listFiles: try listFiles(request.query)
        case .file(let id): .json(FileObject(try file(id)))
        case .deleteFile(let id): try deleteFile(id)
        case .fileContent(let id): try fileContent(id)
        case .createJob: try createJob(request.object())
        case .listJobs: try listJobs(request.query)
        case .job(let id): .json(object(try job(id)))
        case .cancelJob(let id): try cancelJob(id)
        case .pauseJob(let id): try change(id) { (job, time) throws(APIError) in try job.pause(at: time) }
        case .resumeJob(let id): try change(id) { (job, time) throws(APIError) in try job.resume(at: time) }
        case .jobEvents(let id): try listEvents(of: id, request.query)
        case .jobCheckpoints(let id): try listCheckpoints(of: id, request.query)
        case .listModels: .json(ListObject(data: allModels))
        case .model(let id): .json(try model(id))
        case .deleteModel(let id): try deleteModel(id)
        case .chatCompletion: try complete(ChatRequest(request.object()))
        }
    }
}

/// The contract's list without cursors.
struct ListObject<Element: Encodable>: Encodable {
    let object = "list"
    let data: [Element]
}

/// The contract's answer to a deletion.
struct DeletionObject: Encodable {
    let id: String
    let object: String
    let deleted = true
}
