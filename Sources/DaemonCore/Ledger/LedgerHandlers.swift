import FinetuneAPI
import Identifiers
import Jobs
import Store

/// Answers for what the daemon made or adopted at providers.
struct LedgerHandlers: Sendable {
    let store: StateStore

    var endpoints: [Endpoint] {
        [Routes.listProviderObjects.answered { try await list($0.query) }]
    }

    private func list(_ query: ProviderObjectPaging) async throws -> [Wire.ProviderObject] {
        let now = Timestamp.now
        let objects = try await store.providerObjects(
            kind: query.kind.map { Jobs.ProviderObject.Kind($0) }, of: query.finetuning,
            try FieldChecks.page(query.page, query.limit))
        return objects.items.map { Wire.ProviderObject($0, at: now) }
    }
}

extension Wire.ProviderObject {
    /// The domain's form, as clients read it at a moment.
    init(_ object: Jobs.ProviderObject, at now: Timestamp) {
        self.init(
            provider: object.provider.rawValue, kind: Kind(object.kind), id: object.remoteID,
            state: State(object.state), finetuning: object.finetuning, finetuningAlias: object.alias,
            databaseConnection: object.connection, origin: Origin(object.origin), createdAt: object.createdAt,
            ageSeconds: max(0, Int(now.duration(since: object.createdAt).components.seconds)),
            removedAt: object.state.removedAt, error: object.state.reason)
    }
}

extension Jobs.ProviderObject.State {
    fileprivate var removedAt: Timestamp? {
        if case .removed(let moment) = self { moment } else { nil }
    }

    fileprivate var reason: String? {
        if case .removing(_, let reason) = self { reason } else { nil }
    }
}

extension Wire.ProviderObject.Kind {
    fileprivate init(_ kind: Jobs.ProviderObject.Kind) {
        self =
            switch kind {
            case .file: .file
            case .job: .job
            case .model: .model
            }
    }
}

extension Jobs.ProviderObject.Kind {
    fileprivate init(_ kind: Wire.ProviderObject.Kind) {
        self =
            switch kind {
            case .file: .file
            case .job: .job
            case .model: .model
            }
    }
}

extension Wire.ProviderObject.Origin {
    fileprivate init(_ origin: Jobs.ProviderObject.Origin) {
        self =
            switch origin {
            case .made: .made
            case .adopted: .adopted
            }
    }
}

extension Wire.ProviderObject.State {
    fileprivate init(_ state: Jobs.ProviderObject.State) {
        self =
            switch state {
            case .present: .present
            case .removing: .removing
            case .removed: .removed
            }
    }
}
