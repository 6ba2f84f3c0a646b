import Evaluations
import Identifiers

/// A finding of a gate as it is stored, in JSON.
struct StoredFinding: Codable {
    private enum Requirement: String, Codable {
        case accuracy, comparison
        case mustPass = "must_pass"

        /// Its counts, in the order in which they were once stored without names.
        var counts: [Count] {
            switch self {
            case .accuracy: [.right, .total]
            case .comparison: [.both, .candidateOnly, .baselineOnly, .neither]
            case .mustPass: [.asked, .unasked]
            }
        }
    }

    private enum Count: String, CodingKey {
        case right, total, both, neither, asked, unasked
        case candidateOnly = "candidate_only"
        case baselineOnly = "baseline_only"
    }

    // No evaluation asks more, and sums of so many are far from the end of the integers.
    private static let mostQuestions = 10_000_000

    private let requirement: Requirement
    private var counts: Counts
    private var minimum: Double?
    private var regressions: [String]?

    init(_ finding: GateFinding) {
        switch finding {
        case .accuracy(let accuracy, let minimum):
            requirement = .accuracy
            counts = .named([.right: accuracy.right, .total: accuracy.total])
            self.minimum = minimum
        case .comparison(let pairs):
            requirement = .comparison
            counts = .named([
                .both: pairs.both, .candidateOnly: pairs.candidateOnly, .baselineOnly: pairs.baselineOnly,
                .neither: pairs.neither,
            ])
        case .mustPass(let answers):
            requirement = .mustPass
            counts = .named([.asked: answers.asked, .unasked: answers.unasked])
            regressions = answers.regressions.map(\.description)
        }
    }

    /// What was stored. Throws `corrupt` for what no gate can have found.
    var finding: GateFinding {
        get throws(StoreError) {
            switch requirement {
            case .accuracy:
                let (right, total) = (try number(.right), try number(.total))
                guard right <= total else { throw Self.misplaced }
                return .accuracy(MeasuredAccuracy(right: right, of: total), atLeast: minimum)
            case .comparison:
                return .comparison(
                    PairedCounts(
                        both: try number(.both), candidateOnly: try number(.candidateOnly),
                        baselineOnly: try number(.baselineOnly), neither: try number(.neither)))
            case .mustPass:
                return .mustPass(
                    MustPassAnswers(
                        asked: try number(.asked), unasked: try number(.unasked),
                        regressions: try (regressions ?? []).map { text throws(StoreError) in
                            guard let id = ObjectID(text) else { throw Self.misplaced }
                            return id
                        }))
            }
        }
    }

    private func number(_ name: Count) throws(StoreError) -> Int {
        guard let count = counts[name, among: requirement.counts], (0...Self.mostQuestions).contains(count) else {
            throw Self.misplaced
        }
        return count
    }

    private static let misplaced = StoreError.corrupt(
        place: "served_model_versions.findings", reason: "it holds a value that does not belong there")
}

extension StoredFinding {
    /// Counts under their names, or, as earlier versions wrote them, in a fixed order.
    private enum Counts: Codable {
        case named([Count: Int])
        case inOrder([Int])

        init(from decoder: any Decoder) throws {
            do {
                self = .inOrder(try decoder.singleValueContainer().decode([Int].self))
            } catch DecodingError.typeMismatch {
                let values = try decoder.container(keyedBy: Count.self)
                self = .named(
                    try values.allKeys.reduce(into: [:]) { counts, key in
                        counts[key] = try values.decode(Int.self, forKey: key)
                    })
            }
        }

        func encode(to encoder: any Encoder) throws {
            switch self {
            case .named(let counts):
                var values = encoder.container(keyedBy: Count.self)
                for (key, count) in counts { try values.encode(count, forKey: key) }
            case .inOrder(let counts):
                var value = encoder.singleValueContainer()
                try value.encode(counts)
            }
        }

        subscript(name: Count, among names: [Count]) -> Int? {
            switch self {
            case .named(let counts): counts[name]
            case .inOrder(let counts):
                counts.count == names.count ? names.firstIndex(of: name).map { counts[$0] } : nil
            }
        }
    }
}
