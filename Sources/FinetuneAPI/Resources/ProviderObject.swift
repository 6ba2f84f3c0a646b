public import Identifiers

/// Something at a provider that the daemon made or adopted. It stays listed when its finetuning is deleted.
public struct ProviderObject: Codable, Sendable, Hashable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case provider, kind, id, state
        case finetuning = "finetuning_id"
        case finetuningAlias = "finetuning_alias"
        case databaseConnection = "db_connection_id"
        case origin
        case createdAt = "created_at"
        case ageSeconds = "age_seconds"
        case removedAt = "removed_at"
        case error
    }

    /// What it is.
    public enum Kind: String, Codable, Sendable, Hashable, CaseIterable {
        case file, job, model
    }

    /// How the daemon came to have it.
    public enum Origin: String, Codable, Sendable, Hashable, CaseIterable {
        /// The provider's answer told of it.
        case made
        /// The answer was lost, and a search found it.
        case adopted
    }

    /// Whether it is still there.
    public enum State: String, Codable, Sendable, Hashable, CaseIterable {
        case present
        /// It is to be removed, and was not yet.
        case removing
        case removed
    }

    /// The provider's name.
    public var provider: String
    /// What it is.
    public var kind: Kind
    /// Its id at the provider.
    public var id: String
    /// Whether it is still there.
    public var state: State
    /// The finetuning that it was made for, which may be gone.
    public var finetuning: ObjectID
    /// That finetuning's alias.
    public var finetuningAlias: String
    /// That finetuning's database connection.
    public var databaseConnection: ObjectID
    /// How the daemon came to have it.
    public var origin: Origin
    /// When the daemon learnt of it.
    public var createdAt: Timestamp
    /// Whole seconds since then.
    public var ageSeconds: Int
    /// When it was removed.
    public var removedAt: Timestamp?
    /// Why it is not removed yet.
    public var error: String?

    /// An object.
    public init(
        provider: String, kind: Kind, id: String, state: State, finetuning: ObjectID, finetuningAlias: String,
        databaseConnection: ObjectID, origin: Origin, createdAt: Timestamp, ageSeconds: Int, removedAt: Timestamp?,
        error: String?
    ) {
        self.provider = provider
        self.kind = kind
        self.id = id
        self.state = state
        self.finetuning = finetuning
        self.finetuningAlias = finetuningAlias
        self.databaseConnection = databaseConnection
        self.origin = origin
        self.createdAt = createdAt
        self.ageSeconds = ageSeconds
        self.removedAt = removedAt
        self.error = error
    }
}

/// Which page of the list of provider objects.
public struct ProviderObjectPaging: Codable, Sendable, Hashable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case kind
        case finetuning = "finetuning_id"
        case page, limit
    }

    /// Only those of this kind.
    public var kind: ProviderObject.Kind?
    /// Only those of this finetuning.
    public var finetuning: ObjectID?
    /// From 1; the first where it is left out.
    public var page: Int?
    /// From 1 to 1,000; 10 where it is left out.
    public var limit: Int?

    /// A page.
    public init(
        kind: ProviderObject.Kind? = nil, finetuning: ObjectID? = nil, page: Int? = nil, limit: Int? = nil
    ) {
        self.kind = kind
        self.finetuning = finetuning
        self.page = page
        self.limit = limit
    }
}

/// How a finetuning is deleted: `?remote=true`.
public struct FinetuningDeletion: Codable, Sendable, Hashable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case remote
    }

    /// Whether its training file at the provider goes too. It stays where this is left out.
    public var remote: Bool?

    /// A deletion.
    public init(remote: Bool? = nil) {
        self.remote = remote
    }
}

/// A finetuning that was deleted, and what it leaves at its provider.
public struct DeletedFinetuning: Codable, Sendable, Hashable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case id, deleted
        case providerObjects = "provider_objects"
    }

    /// The id that nothing has any more.
    public var id: ObjectID
    /// True.
    public var deleted: Bool
    /// What was made at the provider for it, as it was when it was deleted. What is `removing` is removed after this
    /// reply: the daemon tries until that is done, through restarts, and the list of provider objects tells how far it is.
    public var providerObjects: [ProviderObject]

    /// A deletion.
    public init(id: ObjectID, providerObjects: [ProviderObject]) {
        self.id = id
        deleted = true
        self.providerObjects = providerObjects
    }
}

// MARK: For the OpenAPI document

extension DeletedFinetuning: Refined {
    static let refinements = Dictionary([CodingKeys.deleted: .always(true)])
}

extension ProviderObject: Refined {
    static let refinements = Dictionary([
        CodingKeys.provider: .example("openai"), .id: .example("file-abc123"), .ageSeconds: .integer(from: 0),
    ])
}

extension ProviderObjectPaging: Refined {
    static let refinements = Dictionary([CodingKeys.page: .pageNumber, .limit: .pageSize])
}
