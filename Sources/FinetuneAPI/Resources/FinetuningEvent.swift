public import Identifiers

/// Something that happened to a finetuning.
public struct FinetuningEvent: Codable, Sendable, Hashable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case sequence
        case createdAt = "created_at"
        case event, level, message, detail
    }

    /// How grave it is.
    public enum Level: String, Codable, Sendable, Hashable, CaseIterable {
        case info, warning, error
    }

    /// From 1, without gaps; what `after` takes.
    public var sequence: Int
    /// When it happened.
    public var createdAt: Timestamp
    /// What it is, for programs: `status_changed`, `metrics`.
    public var event: String
    /// How grave it is.
    public var level: Level
    /// What it is, for people.
    public var message: String
    /// The facts, by name.
    public var detail: JSONValue

    /// An event.
    public init(
        sequence: Int, createdAt: Timestamp, event: String, level: Level, message: String, detail: JSONValue
    ) {
        self.sequence = sequence
        self.createdAt = createdAt
        self.event = event
        self.level = level
        self.message = message
        self.detail = detail
    }
}

/// Which events: `?after=12&follow=true`.
public struct EventsQuery: Codable, Sendable, Hashable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case after, follow
    }

    /// Only those after this sequence number; all where left out.
    public var after: Int?
    /// Whether to wait for more until the finetuning is over.
    public var follow: Bool?

    /// A query.
    public init(after: Int? = nil, follow: Bool? = nil) {
        self.after = after
        self.follow = follow
    }
}

/// Which file of a finetuning: `?role=validation`.
public struct FileQuery: Codable, Sendable, Hashable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case role
    }

    /// What a file is for.
    public enum Role: String, Codable, Sendable, Hashable, CaseIterable {
        /// The model learns from it.
        case training
        /// The provider measures the model on it.
        case validation
    }

    /// What the file is for; training where left out.
    public var role: Role?

    /// A query.
    public init(role: Role? = nil) {
        self.role = role
    }
}

/// The last line of a stream of events.
public struct EventsEnd: Codable, Sendable, Hashable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case lastSequence = "last_sequence"
        case status
    }

    /// The last event that was sent, or that `after` named; where to go on.
    public var lastSequence: Int
    /// The finetuning's status then.
    public var status: FinetuningStatus

    /// An end.
    public init(lastSequence: Int, status: FinetuningStatus) {
        self.lastSequence = lastSequence
        self.status = status
    }
}

/// What a provider measured after a step.
public struct Checkpoint: Codable, Sendable, Hashable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case id
        case createdAt = "created_at"
        case step
        case modelID = "model_id"
        case metrics
    }

    /// Its id at the provider.
    public var id: String
    /// When it was made.
    public var createdAt: Timestamp
    /// The step after which it was made.
    public var step: Int
    /// The model's id as it was then, if it can be asked.
    public var modelID: String?
    /// What was measured, by the provider's names.
    public var metrics: JSONValue

    /// A checkpoint.
    public init(id: String, createdAt: Timestamp, step: Int, modelID: String?, metrics: JSONValue) {
        self.id = id
        self.createdAt = createdAt
        self.step = step
        self.modelID = modelID
        self.metrics = metrics
    }
}

// MARK: For the OpenAPI document

extension FinetuningEvent: Refined {
    static let refinements = Dictionary([
        CodingKeys.sequence: .integer(from: 1), .event: .example("status_changed"),
        .message: .example("status is now running"), .detail: .object,
    ])
}

extension EventsQuery: Refined {
    static let refinements = Dictionary([
        CodingKeys.after: .integer(from: 0).defaulting(to: 0),
        .follow: Refinement().defaulting(to: false),
    ])
}

extension EventsEnd: Refined {
    static let refinements = Dictionary([CodingKeys.lastSequence: .integer(from: 0)])
}

extension Checkpoint: Refined {
    static let refinements = Dictionary([CodingKeys.metrics: .object])
}
