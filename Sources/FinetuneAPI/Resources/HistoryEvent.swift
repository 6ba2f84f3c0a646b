public import Identifiers

/// Something that happened to any finetuning.
public struct HistoryEvent: Codable, Sendable, Hashable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case position
        case finetuning = "finetuning_id"
        case finetuningAlias = "finetuning_alias"
        case databaseConnection = "db_connection_id"
        case sequence
        case createdAt = "created_at"
        case event, level, message, detail
    }

    /// Its number among the events of all finetunings, which grows and has gaps; what `after` takes.
    public var position: Int
    /// The finetuning that it happened to.
    public var finetuning: ObjectID
    /// That finetuning's alias.
    public var finetuningAlias: String
    /// That finetuning's database connection.
    public var databaseConnection: ObjectID
    /// Its number among that finetuning's events, from 1, without gaps.
    public var sequence: Int
    /// When it happened.
    public var createdAt: Timestamp
    /// What it is, for programs: `status_changed`, `metrics`.
    public var event: String
    /// How grave it is.
    public var level: FinetuningEvent.Level
    /// What it is, for people.
    public var message: String
    /// The facts, by name.
    public var detail: JSONValue

    /// An event of a finetuning, with its place among those of all.
    public init(
        position: Int, finetuning: ObjectID, finetuningAlias: String, databaseConnection: ObjectID,
        _ event: FinetuningEvent
    ) {
        self.position = position
        self.finetuning = finetuning
        self.finetuningAlias = finetuningAlias
        self.databaseConnection = databaseConnection
        sequence = event.sequence
        createdAt = event.createdAt
        self.event = event.event
        level = event.level
        message = event.message
        detail = event.detail
    }
}

/// Which events of all finetunings: `?after=12&follow=true&level=error`.
public struct HistoryQuery: Codable, Sendable, Hashable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case after, follow
        case finetuning = "finetuning_id"
        case databaseConnection = "db_connection_id"
        case level, event
    }

    /// Only those after this position; all where left out.
    public var after: Int?
    /// Whether to wait for more, without end.
    public var follow: Bool?
    /// Only those of this finetuning.
    public var finetuning: ObjectID?
    /// Only those of this connection's finetunings.
    public var databaseConnection: ObjectID?
    /// Only those of this gravity.
    public var level: FinetuningEvent.Level?
    /// Only those of this name.
    public var event: String?

    /// A query.
    public init(
        after: Int? = nil, follow: Bool? = nil, finetuning: ObjectID? = nil, databaseConnection: ObjectID? = nil,
        level: FinetuningEvent.Level? = nil, event: String? = nil
    ) {
        self.after = after
        self.follow = follow
        self.finetuning = finetuning
        self.databaseConnection = databaseConnection
        self.level = level
        self.event = event
    }
}

/// The last line of a stream of all finetunings' events.
public struct HistoryEnd: Codable, Sendable, Hashable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case lastPosition = "last_position"
    }

    /// The last position that was looked at, wanted or not; where to go on.
    public var lastPosition: Int

    /// An end.
    public init(lastPosition: Int) {
        self.lastPosition = lastPosition
    }
}

// MARK: For the OpenAPI document

extension HistoryEvent: Refined {
    static let refinements = Dictionary([
        CodingKeys.position: .integer(from: 1), .sequence: .integer(from: 1), .event: .example("status_changed"),
        .message: .example("status is now running"), .detail: .object,
    ])
}

extension HistoryQuery: Refined {
    static let refinements = Dictionary([
        CodingKeys.after: .integer(from: 0).defaulting(to: 0),
        .follow: Refinement().defaulting(to: false), .event: .example("status_changed"),
    ])
}

extension HistoryEnd: Refined {
    static let refinements = Dictionary([CodingKeys.lastPosition: .integer(from: 0)])
}
