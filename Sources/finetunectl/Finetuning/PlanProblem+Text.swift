import FinetuneAPI
import Identifiers

extension PlanProblem {
    /// What people read of a problem, with the first `limit` records that it is about and what else is known of them.
    func text(on terminal: Terminal, naming limit: Int, reasons: [ObjectID: String] = [:]) -> String {
        let severity = severity.style.applied(to: severity.rawValue, on: terminal)
        let named = records.prefix(limit).map { $0.readable(reasons[$0.goldenRecord]) }
        let more = recordCount > named.count ? ["and \((recordCount - named.count).grouped) more"] : []
        let details = [remedy.onOneLine] + (named.isEmpty ? [] : named + more)
        return (["\(severity): \(message.onOneLine)"] + details.map { "  \($0)" }).map { $0 + "\n" }.joined()
    }
}

extension ConcernedRecord {
    fileprivate func readable(_ reason: String?) -> String {
        let note = earlier.map { "before it \($0)" } ?? reason
        return note.map { "\(goldenRecord)  \($0.onOneLine)" } ?? goldenRecord.description
    }
}

extension PlanProblem.Severity {
    fileprivate var style: Style {
        switch self {
        case .error: .bad
        case .warning: .doubtful
        }
    }
}
