import FinetuneAPI
import LineTransport
import Logging

/// Tells the log who changed what, or wanted to: one line for each request that is a write, with the peer's user and
/// process as the kernel knows them.
struct AuditTrail: Sendable {
    let logger: Logger

    /// Whether the log takes any of it.
    var isTold: Bool { logger.logLevel <= .notice }

    /// A write was answered with this status, after it was done.
    func note(_ route: RouteSignature, _ request: AuditedRequest, status: Int) {
        guard route.isWrite else { return }
        logger.notice("\(route.name) \(status)", metadata: request.metadata(of: route))
    }

    /// A write was refused; nothing was done.
    func note(_ route: RouteSignature, _ request: AuditedRequest, refusal: APIError) {
        guard route.isWrite else { return }
        logger.notice(
            "\(route.name) \(refusal.code.status) \(refusal.code.rawValue)", metadata: request.metadata(of: route))
    }
}

/// What an audit line tells of a request: who, under which id, and on what.
struct AuditedRequest: Sendable {
    let id: RequestID
    let parameter: String?
    let caller: Caller

    fileprivate func metadata(of route: RouteSignature) -> Logger.Metadata {
        var metadata: Logger.Metadata = [
            "request": "\(id.pathText.logText)", "peer_uid": "\(caller.peer.userID)",
            "peer_pid": "\(caller.peer.processID)",
            "role": "\(caller.role.rawValue)",
        ]
        if let parameter {
            metadata[route.isAboutFinetuning ? "job" : "subject"] = "\(parameter.logText)"
        }
        return metadata
    }
}

extension RouteSignature {
    /// `POST /api/v1/golden-records`
    var name: String { "\(method.rawValue) \(path.description)" }

    fileprivate var isAboutFinetuning: Bool { path.segments.contains(.literal("finetunings")) }
}

extension String {
    private static let longestInLog = 128

    /// A client's text without what would break a log's line or hide in it.
    fileprivate var logText: String {
        String(String.UnicodeScalarView(unicodeScalars.prefix(Self.longestInLog).map { $0.isPlain ? $0 : "?" }))
    }
}

extension Unicode.Scalar {
    fileprivate var isPlain: Bool { (0x20..<0x7F).contains(value) }
}
