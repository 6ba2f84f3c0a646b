import ArgumentParser
import FinetuneAPI

/// `finetunectl status`
struct StatusCommand: DaemonCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Show how the daemon is.",
        discussion: "Example: finetunectl status")

    @OptionGroup var options: GlobalOptions

    func run(in session: Session) async throws {
        try await session.show(try await session.ask(Routes.status)) { status, terminal in
            FieldList(status, socket: session.socket).text(on: terminal)
        }
    }
}

extension FieldList {
    /// The daemon's status.
    init(_ status: DaemonStatus, socket: String) {
        self.init()
        add("daemon", "finetuned \(status.version)")
        add("socket", socket)
        add("up for", Duration.seconds(status.uptimeSeconds).clock)
        add("your role", status.role.rawValue)
        add("clients", "\(status.connections.grouped) of \(status.limits.connections.grouped)")
        if let turnedAway = status.turnedAway.readable { add("turned away", turnedAway, .doubtful) }
        if let requests = status.limits.requestsPerSecondPerUser {
            add("requests", "\(requests.grouped) a second of one user")
        }
        add("finetunings", status.finetunings.readable)
        add("spent this month", status.budget.readable)
        add("by you", status.budget.readableOfUser)
        for provider in status.providers {
            add("provider \(provider.name)", provider.readable, provider.state.style)
        }
        for key in status.refusedKeys { add("key of \(key.alias)", "refused; \(key.remedy)", .bad) }
        let message = status.storage.message.map { ": \($0)" } ?? ""
        add("storage", status.storage.state.rawValue + message, status.storage.state.style)
    }
}

extension TurnedAwayClients {
    /// Nothing, if there were none.
    fileprivate var readable: String? {
        let counts = [
            (connections, "for want of connections"), (connectionsPerUser, "with too many connections of one user"),
            (fileDescriptors, "for want of file descriptors"), (unreadBytes, "that did not read"),
        ]
        let parts = counts.filter { $0.0 > 0 }.map { "\($0.0.grouped) \($0.1)" }
        return parts.isEmpty ? nil : parts.joined(separator: ", ")
    }
}

extension BudgetStatus {
    fileprivate var readable: String {
        let limit = perMonth.map { " of \($0.amount(currency))" } ?? ""
        let each = perFinetuning.map { ", at most \($0.amount(currency)) a job" } ?? ""
        return spentThisMonth.amount(currency) + limit + each
    }

    fileprivate var readableOfUser: String {
        let limit = perUserPerMonth.map { " of \($0.amount(currency))" } ?? ""
        let today = finetuningsPerUserPerDay.map { ", \(orderedByYouToday) of \($0) finetunings ordered today" } ?? ""
        return spentByYouThisMonth.amount(currency) + limit + today
    }
}

extension FinetuningCounts {
    fileprivate var readable: String {
        let counts = [
            (queued, "queued"), (validatingFiles, "validating files"), (running, "running"),
            (succeeded, "succeeded"), (failed, "failed"), (cancelled, "cancelled"),
        ]
        let parts = counts.filter { $0.0 > 0 }.map { "\($0.0.grouped) \($0.1)" }
        return parts.isEmpty ? "none" : parts.joined(separator: ", ")
    }
}

extension ProviderHealth {
    fileprivate var readable: String {
        guard let message else { return state.readable }
        return switch state {
        case .unknown: "not heard from yet: \(message)"
        case .healthy, .failing, .paused, .keyRefused, .keyMissing: "\(state.readable): \(message)"
        }
    }
}

extension ProviderHealth.State {
    fileprivate var readable: String {
        switch self {
        case .unknown: "not asked yet"
        case .healthy: "healthy"
        case .failing: "calls fail"
        case .paused: "paused after failures"
        case .keyRefused: "refuses the key"
        case .keyMissing: "no key"
        }
    }

    fileprivate var style: Style {
        switch self {
        case .unknown: .plain
        case .healthy: .good
        case .failing, .paused, .keyMissing: .doubtful
        case .keyRefused: .bad
        }
    }
}

extension StorageHealth.State {
    fileprivate var style: Style {
        switch self {
        case .healthy: .good
        case .degraded: .bad
        }
    }
}
