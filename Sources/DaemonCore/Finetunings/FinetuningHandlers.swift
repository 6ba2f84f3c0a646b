import Evaluations
import FinetuneAPI
import Identifiers
import Jobs
import LineTransport
import Logging
import Store
import TrainingData

/// Answers for finetunings.
struct FinetuningHandlers: Sendable {
    let store: StateStore
    let desk: OrderDesk
    let planner: OrderPlanner
    let shown: ShownPlans
    let budget: Current<Budget>
    let workers: WorkerThreads
    let ids: ObjectIDGenerator
    let live: LiveFinetunings
    let replies: RenderedReplies
    let scheduler: JobScheduler
    let files: TrainingFiles
    let logger: Logger

    var endpoints: [Endpoint] {
        [
            Routes.createFinetuning.answered { try await create($0) },
            Routes.planFinetuning.answered { try await plan($0) },
            Routes.listFinetunings.answered { try await list($0.query) },
            Routes.readFinetuning.answered(keptIn: replies, about: { [.finetuning($0.id)] }) { call in
                try await read(call.parameter)
            },
            Routes.readFinetuningJob.answered(keptIn: replies, about: { [.finetuning($0.id)] }) { call in
                try await read(call.parameter)
            },
            Routes.changeFinetuning.answered { try await change($0.parameter, $0.body) },
            Routes.deleteFinetuning.answered { try await delete($0.parameter, $0.query) },
            Routes.cancelFinetuning.answered { try await cancel($0) },
            Routes.finetuningCheckpoints.answered { call in
                try await store.checkpoints(of: call.parameter).map(Checkpoint.init)
            },
            Routes.finetuningFile.streamed { try await file(of: $0.parameter, $0.query, to: $1) },
        ]
    }
}

// MARK: Ordering

extension FinetuningHandlers {
    private func plan(_ call: Call<Nothing, Nothing, NewFinetuning>) async throws -> FinetuningPlan {
        let plan = try await planner.plan(try await order(call.body))
        shown.note(plan)
        let now = Timestamp.now
        let spending = try await store.spending(of: call.caller.peer.userID, at: now)
        let problems = plan.problems(
            isAliasTaken: try await store.hasFinetuning(alias: plan.order.alias),
            budget: budget.now.refusal(of: plan.estimate, after: spending), at: now)
        return FinetuningPlan(plan, problems: problems)
    }

    private func create(_ call: Call<Nothing, Nothing, NewFinetuning>) async throws -> Wire.Finetuning {
        try FieldChecks.digest(call.body.planSHA256, field: "plan_sha256")
        let plan = try await planner.plan(try await order(call.body))
        try plan.check(against: call.body.planSHA256, among: shown)
        let finetuning = finetuning(plan, isAgreed: call.body.planSHA256 != nil, by: call.caller)
        let (records, heldOut) = (plan.training.records, plan.validation?.records ?? [])
        let promotion = plan.order.promotesTo.map {
            Evaluations.AutomaticPromotion(finetuning: finetuning.id, alias: $0, owner: call.caller.peer.userID)
        }
        let reply = try Wire.Finetuning(finetuning, records: records, heldOut: heldOut, promotion: promotion)
        _ = try await store.create(
            finetuning, records: records, heldOut: heldOut, happenings: plan.happenings, promotion: promotion,
            within: budget.now, keeping: call.keeping { _ in reply })
        live.changed(finetuning.id)
        logger.info(
            "accepted",
            metadata: [
                "event": "accepted", "job": "\(finetuning.id)", "peer_uid": "\(call.caller.peer.userID)",
                "peer_pid": "\(call.caller.peer.processID)",
            ])
        await scheduler.wake(finetuning)
        return reply
    }

    private func finetuning(_ plan: OrderPlan, isAgreed: Bool, by caller: Caller) -> Jobs.Finetuning {
        let (order, now) = (plan.order, Timestamp.now)
        return Jobs.Finetuning(
            id: ids.next(now: now), alias: order.alias, connectionID: order.connection.id, baseModel: order.baseModel,
            schemas: order.schemas, lineage: order.lineage, heldOutShare: order.holdOut.share,
            owner: caller.peer.userID, estimate: plan.estimate,
            agreedSHA256: isAgreed ? plan.trainingSHA256 : nil, metadata: order.metadata?.text, createdAt: now,
            updatedAt: now)
    }

    private func order(_ request: NewFinetuning) async throws -> FinetuningOrder {
        let connection = try await store.connection(request.databaseConnection)
        return try desk.order(request, for: connection, now: .now)
    }
}

// MARK: Reading and changing

extension FinetuningHandlers {
    private func read(_ id: ObjectID) async throws -> Wire.Finetuning {
        try await wire(try await store.finetuning(id))
    }

    private func list(_ query: FinetuningPaging) async throws -> [Wire.Finetuning] {
        let page = try await store.finetunings(
            of: query.databaseConnection, status: query.status.map { Jobs.FinetuningStatus($0) }, alias: query.alias,
            try FieldChecks.page(query.page, query.limit))
        let records = try await store.recordIDs(ofEach: page.items.map(\.id))
        let promotions = try await store.automaticPromotions(ofEach: page.items.map(\.id))
        return try zip(page.items, records).map { finetuning, records in
            try Wire.Finetuning(
                finetuning, records: records.trained, heldOut: records.heldOut, promotion: promotions[finetuning.id])
        }
    }

    private func wire(_ finetuning: Jobs.Finetuning) async throws -> Wire.Finetuning {
        try Wire.Finetuning(
            finetuning, records: try await store.recordIDs(of: finetuning.id),
            heldOut: try await store.heldOutRecordIDs(of: finetuning.id),
            promotion: try await store.automaticPromotion(of: finetuning.id))
    }

    private func change(_ id: ObjectID, _ changes: FinetuningChanges) async throws -> Wire.Finetuning {
        let metadata = try FieldChecks.metadata(changes.metadata)
        let live = live
        let changed = try await store.changeMetadata(of: id, at: .now, whenCommitted: { live.changed($0.id) }) { text in
            text = metadata.applied(to: text.map(JSONText.init))?.text
        }
        return try await wire(changed)
    }

    private func delete(_ id: ObjectID, _ deletion: FinetuningDeletion) async throws -> DeletedFinetuning {
        let removesFile = deletion.remote ?? false
        let (live, removal) = (live, scheduler.removal)
        let left = try await store.deleteFinetuning(
            id, removingFileAt: removesFile ? .now : nil,
            whenCommitted: {
                live.changed(id)
                if removesFile { removal.request(of: id) }
            })
        let files = files
        try await workers.run { files.remove(id) }
        let now = Timestamp.now
        return DeletedFinetuning(id: id, providerObjects: left.map { Wire.ProviderObject($0, at: now) })
    }

    private func cancel(_ call: Call<ObjectID, Nothing, Nothing>) async throws -> Wire.Finetuning {
        let id = call.parameter
        let records = try await store.recordIDs(of: id)
        let heldOut = try await store.heldOutRecordIDs(of: id)
        let promotion = try await store.automaticPromotion(of: id)
        let reply = call.keeping { (applied: AppliedTransition) -> Wire.Finetuning? in
            if case .refused = applied.transition { return nil }
            return try Wire.Finetuning(applied.finetuning, records: records, heldOut: heldOut, promotion: promotion)
        }
        let applied = try await scheduler.request(.cancelRequested, of: id, keeping: reply)
        if case .refused(let refusal) = applied.transition { throw APIError.notCancellable(id, refusal) }
        return try Wire.Finetuning(applied.finetuning, records: records, heldOut: heldOut, promotion: promotion)
    }
}

// MARK: Streams

extension FinetuningHandlers {
    private func file(
        of id: ObjectID, _ query: FileQuery, to stream: ReplyStream
    ) async throws -> Wire.TrainingFile {
        let artifacts = try await store.finetuning(id).job.artifacts
        let dataset =
            switch query.role ?? .training {
            case .training: artifacts.dataset
            case .validation: artifacts.validation
            }
        guard let dataset else { throw APIError.noTrainingFile("it is not made yet, or not ordered") }
        let reader = TrainingFileReader(path: dataset.path, worker: workers.next())
        while let lines = try await reader.nextLines() {
            for line in lines { try await stream.send(json: line) }
        }
        return Wire.TrainingFile(dataset)
    }
}

extension APIError {
    fileprivate static func notCancellable(_ id: ObjectID, _ refusal: Transition.Refusal) -> APIError {
        let reason =
            switch refusal {
            case .alreadyEnded(let status): "it is over: \(status.rawValue)"
            case .alreadyCancelling: "its cancellation was asked for already"
            }
        return APIError(
            .finetuningNotCancellable, "finetuning \(id) cannot be cancelled: \(reason)",
            remedy: "Nothing needs to be done.", detail: ["id": .string(id.description)])
    }
}
