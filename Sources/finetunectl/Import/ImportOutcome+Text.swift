import FinetuneAPI
import Identifiers

extension ImportOutcome {
    /// What people read at the end.
    func text(file: String, skipped: Int) -> String {
        let kinds = RecordCheck.Status.allCases.compactMap { status in
            counts[status].map { "\($0.grouped) \(status.rawValue)" }
        }
        let summary = "imported \(added.counting("golden record")) (\(kinds.joined(separator: ", ")))"
        let leftOut = skipped + refused.count
        let lines = [summary] + (leftOut > 0 ? ["left out \(leftOut.counting("broken record"))"] : [])
        return (lines + invalidLines(file: file)).map { $0 + "\n" }.joined()
    }

    private func invalidLines(file: String) -> [String] {
        guard !invalid.isEmpty else { return [] }
        let shown = invalid.sorted { $0.line < $1.line }.prefix(ImportCheck.namedLimit)
        let named = shown.map { "  \(file):\($0.line): \($0.id): \($0.reason)".onOneLineKeepingIndent }
        let more = invalid.count > shown.count ? ["  and \((invalid.count - shown.count).grouped) more"] : []
        return ["invalid records stay out of training until their SQL is corrected (finetunectl record update):"]
            + named + more
    }

    /// What programs read at the end.
    func json(skipped: Int) -> JSONValue {
        let checks = RecordCheck.Status.allCases.map { status in
            JSONObject.Member(name: status.rawValue, value: .number(JSONNumber(counts[status] ?? 0)))
        }
        let invalid = invalid.sorted { $0.line < $1.line }.map { record -> JSONValue in
            [
                "line": .number(JSONNumber(record.line)), "id": .string(record.id.description),
                "reason": .string(record.reason),
            ]
        }
        return [
            "imported": .number(JSONNumber(added)), "skipped": .number(JSONNumber(skipped + refused.count)),
            "checks": .object(JSONObject(members: checks)), "invalid": .array(invalid),
        ]
    }
}

extension String {
    fileprivate var onOneLineKeepingIndent: String { "  " + onOneLine.drop { $0 == " " } }
}
