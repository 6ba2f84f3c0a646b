public import Identifiers

/// The model that an alias stands for now: what an agent asks for, by a name that stays when the model changes.
public struct ServedModel: Codable, Sendable, Hashable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case alias
        case modelID = "model_id"
        case modelProvider = "model_provider"
        case promptFingerprint = "prompt_fingerprint"
        case version
        case finetuning = "finetuning_id"
        case databaseConnection = "db_connection_id"
        case metadata
        case createdAt = "created_at"
        case updatedAt = "updated_at"
        case gate
    }

    /// The name, unique.
    public var alias: String
    /// The model's id at its provider; nothing before the first promotion.
    public var modelID: String?
    /// Who serves it: `openai`.
    public var modelProvider: String?
    /// Tells the prompts that it was trained on from others.
    public var promptFingerprint: String?
    /// Counts the promotions and rollbacks; 0 before the first. Where an alias of this name was removed it goes on from
    /// that one's last version: a version of a name never stands for two models.
    public var version: Int
    /// The finetuning that made the model.
    public var finetuning: ObjectID?
    /// The database that it answers questions about.
    public var databaseConnection: ObjectID?
    /// The user's own notes, an object.
    public var metadata: JSONValue?
    /// When the alias was made.
    public var createdAt: Timestamp
    /// When the model, the gate or the notes last changed.
    public var updatedAt: Timestamp
    /// What a model has to show before the alias may stand for it; nothing where none has to.
    public var gate: PromotionGate?

    /// A served model.
    public init(
        alias: String, modelID: String?, modelProvider: String?, promptFingerprint: String?, version: Int,
        finetuning: ObjectID?, databaseConnection: ObjectID?, metadata: JSONValue?, createdAt: Timestamp,
        updatedAt: Timestamp, gate: PromotionGate? = nil
    ) {
        self.alias = alias
        self.modelID = modelID
        self.modelProvider = modelProvider
        self.promptFingerprint = promptFingerprint
        self.version = version
        self.finetuning = finetuning
        self.databaseConnection = databaseConnection
        self.metadata = metadata
        self.createdAt = createdAt
        self.updatedAt = updatedAt
        self.gate = gate
    }
}

/// How a model is read: `?follow=true`.
public struct ServedModelQuery: Codable, Sendable, Hashable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case follow
    }

    /// Whether to send the model now, and again each time that it changes, until the request is ended.
    public var follow: Bool?

    /// A query.
    public init(follow: Bool? = nil) {
        self.follow = follow
    }
}

/// What changes an alias; keys left out stay. An alias that nobody has is made, without a model.
public struct ServedModelChanges: Codable, Sendable, Hashable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case metadata, gate
    }

    /// The new notes.
    public var metadata: Change<JSONValue>
    /// What a model has to show from now on, changed requirement by requirement in one step, so that changes at the same
    /// time all hold; null drops all of it.
    public var gate: Change<PromotionGateChanges>

    /// Changes.
    public init(metadata: Change<JSONValue> = .unchanged, gate: Change<PromotionGateChanges> = .unchanged) {
        self.metadata = metadata
        self.gate = gate
    }
}

/// What lets an alias stand for the model of a finetuning.
public struct Promotion: Codable, Sendable, Hashable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case finetuning = "finetuning_id"
        case expectedVersion = "expected_version"
        case note, force
    }

    /// The finetuning, which has succeeded.
    public var finetuning: ObjectID
    /// The version that the alias has as far as its sender knows; refused if another came first.
    public var expectedVersion: Int?
    /// Why, for the history.
    public var note: String?
    /// Whether to promote the model though the alias's gate refuses it, which takes an administrator and is kept in the
    /// history.
    public var force: Bool?

    /// A promotion.
    public init(finetuning: ObjectID, expectedVersion: Int? = nil, note: String? = nil, force: Bool? = nil) {
        self.finetuning = finetuning
        self.expectedVersion = expectedVersion
        self.note = note
        self.force = force
    }
}

/// What lets an alias stand for the model that it stood for before.
public struct Rollback: Codable, Sendable, Hashable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case expectedVersion = "expected_version"
        case note
    }

    /// The version that the alias has as far as its sender knows; refused if another came first.
    public var expectedVersion: Int?
    /// Why, for the history.
    public var note: String?

    /// A rollback.
    public init(expectedVersion: Int? = nil, note: String? = nil) {
        self.expectedVersion = expectedVersion
        self.note = note
    }
}

/// One version of what an alias stood for.
public struct ServedModelVersion: Codable, Sendable, Hashable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case version, action
        case restoredVersion = "restored_version"
        case modelID = "model_id"
        case modelProvider = "model_provider"
        case promptFingerprint = "prompt_fingerprint"
        case finetuning = "finetuning_id"
        case databaseConnection = "db_connection_id"
        case userID = "peer_uid"
        case note
        case createdAt = "created_at"
        case gate
    }

    /// What made the version.
    public enum Action: String, Codable, Sendable, Hashable, CaseIterable {
        case promoted
        case rolledBack = "rolled_back"
    }

    /// Without gaps, from 1, or from the one after the last version of an alias of this name that was removed.
    public var version: Int
    /// What made it.
    public var action: Action
    /// The version whose model came back, of a rollback.
    public var restoredVersion: Int?
    /// The model's id at its provider.
    public var modelID: String
    /// Who serves it.
    public var modelProvider: String
    /// Tells the prompts that it was trained on from others.
    public var promptFingerprint: String?
    /// The finetuning that made the model; it may be gone.
    public var finetuning: ObjectID
    /// The database that it answers questions about.
    public var databaseConnection: ObjectID
    /// The user who asked for it.
    public var userID: Int
    /// Why, in that user's words.
    public var note: String?
    /// When.
    public var createdAt: Timestamp
    /// What the alias's gate said; nothing where it had none, and of a model that it stood for before.
    public var gate: GateVerdict?

    /// A version.
    public init(
        version: Int, action: Action, restoredVersion: Int?, modelID: String, modelProvider: String,
        promptFingerprint: String?, finetuning: ObjectID, databaseConnection: ObjectID, userID: Int, note: String?,
        createdAt: Timestamp, gate: GateVerdict? = nil
    ) {
        self.version = version
        self.action = action
        self.restoredVersion = restoredVersion
        self.modelID = modelID
        self.modelProvider = modelProvider
        self.promptFingerprint = promptFingerprint
        self.finetuning = finetuning
        self.databaseConnection = databaseConnection
        self.userID = userID
        self.note = note
        self.createdAt = createdAt
        self.gate = gate
    }
}

/// An alias that was removed.
public struct DeletedModel: Codable, Sendable, Hashable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case alias, deleted
    }

    /// The name that nothing has any more. One of the same name goes on from its last version.
    public var alias: String
    /// True.
    public var deleted: Bool

    /// A removal.
    public init(alias: String) {
        self.alias = alias
        deleted = true
    }
}

// MARK: For the OpenAPI document

extension Refinement {
    /// The version that a sender knows.
    fileprivate static let knownVersion = integer(from: 0).example(3)
    /// Why something was done.
    fileprivate static let note = text(FieldLimits.noteLength).example("better on joins")
}

extension ServedModel: Refined {
    static let refinements = Dictionary([
        CodingKeys.alias: .example("sales-sql"), .modelID: .example("ft:gpt-4o-mini-2024-07-18:org:shop:abc123"),
        .modelProvider: .example("openai"), .version: .integer(from: 0), .metadata: .object,
    ])
}

extension ServedModelQuery: Refined {
    static let refinements = Dictionary([CodingKeys.follow: Refinement().defaulting(to: false)])
}

extension ServedModelChanges: Refined {
    static let refinements = Dictionary([CodingKeys.metadata: .object.example(["owner": "sales"])])
}

extension Promotion: Refined {
    static let refinements = Dictionary([
        CodingKeys.expectedVersion: .knownVersion, .note: .note, .force: Refinement().defaulting(to: false),
    ])
}

extension Rollback: Refined {
    static let refinements = Dictionary([CodingKeys.expectedVersion: .knownVersion, .note: .note])
}

extension ServedModelVersion: Refined {
    static let refinements = Dictionary([
        CodingKeys.version: .integer(from: 1), .restoredVersion: .integer(from: 1),
        .modelID: .example("ft:gpt-4o-mini-2024-07-18:org:shop:abc123"), .modelProvider: .example("openai"),
        .userID: .integer(from: 0),
    ])
}

extension DeletedModel: Refined {
    static let refinements = Dictionary([CodingKeys.deleted: .always(true)])
}
