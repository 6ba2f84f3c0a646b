import FinetuneAPI
import LineTransport
import Logging

/// A request whose answer comes later, and who is told of its end.
struct BegunRequest: Sendable {
    let service: APIService
    let endpoint: Endpoint
    let stream: ReplyStream
    let audited: AuditedRequest

    /// What was asked is done. Returns the line that is still to be sent, if any.
    func isDone(answeredWith body: [UInt8]?) -> LastLine? {
        service.audit.note(endpoint.signature, audited, status: endpoint.status)
        return body.map { LastLine(status: endpoint.status, body: $0) }
    }

    /// Nothing was done. Returns the line that says why.
    func isRefused(with error: any Error) -> LastLine {
        let refusal = APIError(describing: error)
        service.log(refusal, cause: error, of: endpoint.signature, by: audited.caller)
        service.audit.note(endpoint.signature, audited, refusal: refusal)
        return LastLine(status: refusal.code.status, body: refusal.json)
    }

    /// Does in a task what is left of a request that was answered promptly: nothing as a rule, unless the log is told.
    func note(_ end: Result<(@Sendable () async -> Void)?, any Error>, in tasks: RequestTasks) {
        if case .success(nil) = end, !service.audit.isTold { return }
        tasks.start(named: "") {
            switch end {
            case .success(let rest):
                await rest?()
                return isDone(answeredWith: nil)
            case .failure(let error): return isRefused(with: error)
            }
        } then: { last in
            finish(with: last)
        }
    }

    /// Sends the last line, if there still is one.
    func finish(with last: LastLine?) {
        if let last { stream.finish(status: last.status, body: last.body) }
    }
}

/// What a request ends with.
struct LastLine: Sendable {
    let status: Int
    let body: [UInt8]
}

extension APIService {
    /// Tells the log of failures that are ours, not the client's, and of clients that do not read.
    fileprivate func log(_ refusal: APIError, cause: any Error, of route: RouteSignature, by caller: Caller) {
        guard let level = refusal.code.logLevel else { return }
        var metadata: Logger.Metadata = [
            "route": "\(route.name)", "peer_uid": "\(caller.peer.userID)",
            "peer_pid": "\(caller.peer.processID)", "code": "\(refusal.code.rawValue)",
        ]
        // Of an error that nobody foresaw, only its kind: what it holds may be a secret.
        if refusal.code == .internalError { metadata["cause"] = "\(kind(of: cause))" }
        logger.log(level: level, "\(refusal.message)", metadata: metadata)
    }

    private func kind(of error: any Error) -> String {
        let name = Mirror(reflecting: error).children.first?.label
        return String(reflecting: type(of: error)) + (name.map { ".\($0)" } ?? "")
    }
}

extension ErrorCode {
    /// How grave a refusal is for whoever looks after the daemon; nothing where it is the client's own affair.
    fileprivate var logLevel: Logger.Level? {
        if self == .streamLagged { return .info }
        if self == .shuttingDown { return .debug }
        return status >= 500 ? .error : nil
    }
}
