import FinetuneAPI
import Identifiers

extension FinetuningEvent {
    /// The event on one line: `2023-12-13 17:35:53  status is now running`.
    func line(on terminal: Terminal) -> String {
        "\(createdAt.text(on: terminal))  \(level.style.applied(to: message.onOneLine, on: terminal))"
    }
}

extension HistoryEvent {
    /// The event on one line: `2023-12-13 17:35:53  shop-v2  status is now running`.
    func line(on terminal: Terminal) -> String {
        let message = level.style.applied(to: message.onOneLine, on: terminal)
        return "\(createdAt.text(on: terminal))  \(finetuningAlias.onOneLine)  \(message)"
    }
}

extension Timestamp {
    fileprivate func text(on terminal: Terminal) -> String {
        Style.quiet.applied(to: "\(day) \(clock)", on: terminal)
    }
}

extension FinetuningEvent.Level {
    fileprivate var style: Style {
        switch self {
        case .info: .plain
        case .warning: .doubtful
        case .error: .bad
        }
    }
}
