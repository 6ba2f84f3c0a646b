import Evaluations
import Identifiers

/// A finding of a gate as it is stored, in JSON.
struct StoredFinding: Codable {
    private enum Requirement: String, Codable {
        case accuracy, comparison
        case mustPass = "must_pass"
    }

    private let requirement: Requirement
    private var counts: [Int]
    private var minimum: Double?
    private var regressions: [String]?

    init(_ finding: GateFinding) {
        switch finding {
        case .accuracy(let accuracy, let minimum):
            requirement = .accuracy
            counts = [accuracy.right, accuracy.total]
            self.minimum = minimum
        case .comparison(let pairs):
            requirement = .comparison
            counts = [pairs.both, pairs.candidateOnly, pairs.baselineOnly, pairs.neither]
        case .mustPass(let answers):
            requirement = .mustPass
            counts = [answers.asked, answers.unasked]
            regressions = answers.regressions.map(\.description)
        }
    }

    /// What was stored.
    var finding: GateFinding {
        get throws {
            switch requirement {
            case .accuracy:
                let numbers = try numbers(2)
                return .accuracy(MeasuredAccuracy(right: numbers[0], of: numbers[1]), atLeast: minimum)
            case .comparison:
                let numbers = try numbers(4)
                return .comparison(
                    PairedCounts(
                        both: numbers[0], candidateOnly: numbers[1], baselineOnly: numbers[2], neither: numbers[3]))
            case .mustPass:
                let numbers = try numbers(2)
                return .mustPass(
                    MustPassAnswers(
                        asked: numbers[0], unasked: numbers[1],
                        regressions: (regressions ?? []).compactMap { ObjectID($0) }))
            }
        }
    }

    private func numbers(_ count: Int) throws(StoreError) -> [Int] {
        guard counts.count == count, counts.allSatisfy({ $0 >= 0 }) else {
            throw .corrupt(
                place: "served_model_versions.findings", reason: "it holds a value that does not belong there")
        }
        return counts
    }
}
