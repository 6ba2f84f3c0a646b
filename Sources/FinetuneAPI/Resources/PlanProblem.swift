public import Identifiers

/// Something that stands in the way of a finetuning, or lessens its worth.
public struct PlanProblem: Codable, Sendable, Hashable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case severity, code, message
        case remedy = "description"
        case recordCount = "golden_record_count"
        case records = "golden_records"
    }

    /// How bad it is.
    public enum Severity: String, Codable, Sendable, Hashable, CaseIterable {
        /// The finetuning would be refused.
        case error
        /// The finetuning would be worth less.
        case warning
    }

    /// How bad it is.
    public var severity: Severity
    /// What it is, for programs.
    public var code: String
    /// What it is, for people.
    public var message: String
    /// What to do about it.
    public var remedy: String
    /// How many golden records it is about; none where it is not about single records.
    public var recordCount: Int
    /// The first hundred of them.
    public var records: [ConcernedRecord]

    /// A problem.
    public init(
        severity: Severity, code: String, message: String, remedy: String, recordCount: Int = 0,
        records: [ConcernedRecord] = []
    ) {
        self.severity = severity
        self.code = code
        self.message = message
        self.remedy = remedy
        self.recordCount = recordCount
        self.records = records
    }
}

/// A golden record that a problem of a plan is about.
public struct ConcernedRecord: Codable, Sendable, Hashable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case goldenRecord = "golden_record_id"
        case earlier = "earlier_golden_record_id"
    }

    /// Which.
    public var goldenRecord: ObjectID
    /// The record before it that it repeats, contradicts or resembles, where the problem is that.
    public var earlier: ObjectID?

    /// A record.
    public init(goldenRecord: ObjectID, earlier: ObjectID? = nil) {
        self.goldenRecord = goldenRecord
        self.earlier = earlier
    }
}

// MARK: For the OpenAPI document

extension PlanProblem: Refined {
    static let refinements = Dictionary([CodingKeys.recordCount: .integer(from: 0)])
}
