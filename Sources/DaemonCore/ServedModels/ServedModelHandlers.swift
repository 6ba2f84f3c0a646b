import Evaluations
import FinetuneAPI
import Identifiers
import Jobs
import LineTransport
import Logging
import Store
import TrainingData

/// Answers for models by alias.
struct ServedModelHandlers: Sendable {
    let store: StateStore
    let models: ServedModels
    let replies: RenderedReplies
    /// The groups whose members have a role.
    let groups: @Sendable (Role) -> [String]
    let logger: Logger

    var endpoints: [Endpoint] {
        [
            Routes.listModels.answered { call in
                let page = try FieldChecks.page(call.query.page, call.query.limit)
                return try await store.models(page).items.map { try Wire.ServedModel($0) }
            },
            Routes.readModel.streamed(keptIn: replies, about: { [.model(alias: ModelAlias(rawValue: $0.alias))] }) {
                call, stream in
                try await read(ModelAlias(rawValue: call.parameter), call.query, to: stream)
            },
            Routes.changeModel.answered { try await change($0.parameter, $0.body, by: $0.caller) },
            Routes.deleteModel.answered { try await delete(ModelAlias(rawValue: $0.parameter), by: $0.caller) },
            Routes.promoteModel.answered { try await promote($0) },
            Routes.rollBackModel.answered { try await rollBack($0) },
            Routes.modelHistory.answered { call in
                let page = try FieldChecks.page(call.query.page, call.query.limit)
                let versions = try await store.history(of: ModelAlias(rawValue: call.parameter), page).items
                return versions.map { Wire.ServedModelVersion($0) }
            },
        ]
    }
}

// MARK: Reading

extension ServedModelHandlers {
    private func read(
        _ alias: ModelAlias, _ query: ServedModelQuery, to stream: ReplyStream
    ) async throws -> Wire.ServedModel {
        guard query.follow == true else { return try Wire.ServedModel(await models.model(alias)) }
        var told: Evaluations.ServedModel?
        return try await models.changes(of: alias).follow {
            let model = try await models.model(alias)
            if model != told { try await stream.send(try Wire.ServedModel(model)) }
            told = model
            return .open()
        }
    }
}

// MARK: Changing

extension ServedModelHandlers {
    private func change(
        _ name: String, _ changes: ServedModelChanges, by caller: Caller
    ) async throws -> Wire.ServedModel {
        let alias = try checked(name)
        let metadata = try FieldChecks.metadata(changes.metadata)
        let gate = changes.gate
        try gate.check()
        let mayLoosen = caller.role >= .admin
        return try await refusingToLoosen(by: caller) {
            let model = try await store.changeModel(alias, at: .now, loosening: mayLoosen, whenCommitted: told) {
                model in
                model.metadata = metadata.applied(to: model.metadata.map(JSONText.init))?.text
                model.gate = gate.applied(to: model.gate)
            }
            return try Wire.ServedModel(model)
        }
    }

    /// The alias of this name, which may have to be made.
    private func checked(_ name: String) throws(APIError) -> ModelAlias {
        ModelAlias(rawValue: try FieldChecks.name(name, field: "alias"))
    }

    private func delete(_ alias: ModelAlias, by caller: Caller) async throws -> DeletedModel {
        let models = models
        return try await refusingToLoosen(by: caller) {
            try await store.deleteModel(alias, loosening: caller.role >= .admin) { models.changed(alias) }
            return DeletedModel(alias: alias.rawValue)
        }
    }

    /// A gate that whoever it stops could take away would be none: what loosens it takes what `force` takes.
    private func refusingToLoosen<Value>(by caller: Caller, _ work: () async throws -> Value) async throws -> Value {
        do {
            return try await work()
        } catch StoreError.gateHolds {
            throw APIError.forbidden(needed: .admin, caller: caller, groups: groups(.admin))
        }
    }

    private func promote(_ call: Call<String, Nothing, FinetuneAPI.Promotion>) async throws -> Wire.ServedModel {
        let alias = try checked(call.parameter)
        let wish = try wish(call.body.expectedVersion, call.body.note, of: call.caller)
        let manner = try manner(of: call.body, by: call.caller)
        let model = try await store.promote(
            call.body.finetuning, as: alias, wish, manner: manner, keeping: call.keeping { try Wire.ServedModel($0) },
            whenCommitted: told)
        log(manner == .forced ? "model promoted by force" : "model promoted", model, by: call.caller)
        return try Wire.ServedModel(model)
    }

    private func manner(of promotion: FinetuneAPI.Promotion, by caller: Caller) throws(APIError) -> PromotionManner {
        guard promotion.force == true else { return .wished }
        guard caller.role >= .admin else {
            throw .forbidden(needed: .admin, caller: caller, groups: groups(.admin))
        }
        return .forced
    }

    private func rollBack(_ call: Call<String, Nothing, Rollback>) async throws -> Wire.ServedModel {
        let wish = try wish(call.body.expectedVersion, call.body.note, of: call.caller)
        let model = try await store.rollBack(
            ModelAlias(rawValue: call.parameter), wish, keeping: call.keeping { try Wire.ServedModel($0) },
            whenCommitted: told)
        log("model rolled back", model, by: call.caller)
        return try Wire.ServedModel(model)
    }

    private var told: @Sendable (Evaluations.ServedModel) -> Void {
        let models = models
        return { models.changed($0.alias) }
    }

    private func wish(_ version: Int?, _ note: String?, of caller: Caller) throws(APIError) -> ModelSwitch {
        if let version, version < 0 { throw .invalidField("expected_version", "must be 0 or more") }
        let note = try note.map { note throws(APIError) in try FieldChecks.note(note) }
        return ModelSwitch(expectedVersion: version, user: caller.peer.userID, note: note, at: .now)
    }

    private func log(_ event: Logger.Message, _ model: Evaluations.ServedModel, by caller: Caller) {
        logger.notice(
            event,
            metadata: [
                "alias": "\(model.alias)", "version": "\(model.version)",
                "model": "\(model.current?.model.name.rawValue ?? "")",
                "peer_uid": "\(caller.peer.userID)", "peer_pid": "\(caller.peer.processID)",
            ])
    }
}
