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
            Routes.planFinetuning.answered { try await plan($0.body) },
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
    private func plan(_ request: NewFinetuning) async throws -> FinetuningPlan {
        let order = try await order(request)
        let heldOut = try await heldOutRecords(of: order)
        let plan = try await datasetPlan(of: order, order.selection, without: heldOut)
        let validation =
            order.holdOut == .nothing ? nil : try await datasetPlan(of: order, .named(heldOut.ids))
        return FinetuningPlan(
            plan, validation: validation, of: order, problems: try await problems(of: order, validation))
    }

    private func create(_ call: Call<Nothing, Nothing, NewFinetuning>) async throws -> Wire.Finetuning {
        let order = try await order(call.body)
        let records = try await RecordChoice(store: store, worker: workers.next()).records(of: order)
        try order.check(records)
        let now = Timestamp.now
        let finetuning = Jobs.Finetuning(
            id: ids.next(now: now), alias: order.alias, connectionID: order.connection.id, baseModel: order.baseModel,
            schemas: order.schemas, lineage: order.lineage, heldOutShare: order.holdOut.share,
            metadata: order.metadata?.text, createdAt: now, updatedAt: now)
        let reply = try Wire.Finetuning(finetuning, records: records.included, heldOut: records.heldOut.ids)
        _ = try await store.create(
            finetuning, records: records.included, heldOut: records.heldOut.ids, happenings: records.happenings,
            keeping: call.keeping { _ in reply })
        live.changed(finetuning.id)
        logger.info(
            "finetuning accepted",
            metadata: [
                "job": "\(finetuning.id)", "peer_uid": "\(call.caller.peer.userID)",
                "peer_pid": "\(call.caller.peer.processID)",
            ])
        await scheduler.wake(finetuning)
        return reply
    }

    private func order(_ request: NewFinetuning) async throws -> FinetuningOrder {
        let connection = try await store.connection(request.databaseConnection)
        return try desk.order(request, for: connection, now: .now)
    }

    // Records that are named are looked at before anything is planned: an order would be refused for them.
    private func heldOutRecords(of order: FinetuningOrder) async throws -> HeldOutRecords {
        if order.holdOut == .nothing, order.namedRecords == nil { return HeldOutRecords() }
        return try await RecordChoice(store: store, worker: workers.next()).records(of: order).heldOut
    }

    private func datasetPlan(
        of order: FinetuningOrder, _ records: RecordSelection, without heldOut: HeldOutRecords = HeldOutRecords()
    ) async throws -> DatasetPlan {
        let assembly = try await DatasetAssembly(
            connection: order.connection, schemas: order.schemas, lineage: order.lineage, heldOut: heldOut,
            store: store, worker: workers.next())
        return try await assembly.plan(records)
    }

    private func problems(of order: FinetuningOrder, _ validation: DatasetPlan?) async throws -> [PlanProblem] {
        var problems: [PlanProblem] = []
        if try await store.hasFinetuning(alias: order.alias) {
            problems.append(
                PlanProblem(
                    severity: .error, code: ErrorCode.aliasInUse.rawValue,
                    message: "another finetuning has the alias \"\(order.alias)\"", remedy: "Choose another alias."))
        }
        if let validation, validation.exampleCount < order.minimumValidationExamples {
            let refusal = order.notEnoughHeldOut(validation.exampleCount)
            problems.append(
                PlanProblem(
                    severity: .error, code: refusal.code.rawValue, message: refusal.message, remedy: refusal.remedy))
        }
        if let problem = PlanProblem.shutDown(order.model, at: .now) { problems.append(problem) }
        return problems
    }
}

// MARK: Reading and changing

extension FinetuningHandlers {
    private func read(_ id: ObjectID) async throws -> Wire.Finetuning {
        try await wire(try await store.finetuning(id))
    }

    private func list(_ query: FinetuningPaging) async throws -> [Wire.Finetuning] {
        let page = try await store.finetunings(
            of: query.databaseConnection, status: query.status.map { Jobs.FinetuningStatus($0) },
            try FieldChecks.page(query.page, query.limit))
        var replies: [Wire.Finetuning] = []
        for finetuning in page.items { replies.append(try await wire(finetuning)) }
        return replies
    }

    private func wire(_ finetuning: Jobs.Finetuning) async throws -> Wire.Finetuning {
        try Wire.Finetuning(
            finetuning, records: try await store.recordIDs(of: finetuning.id),
            heldOut: try await store.heldOutRecordIDs(of: finetuning.id))
    }

    private func change(_ id: ObjectID, _ changes: FinetuningChanges) async throws -> Wire.Finetuning {
        let old = try await store.finetuning(id)
        let metadata = try FieldChecks.metadata(changes.metadata).applied(to: old.metadata.map(JSONText.init))
        let live = live
        let changed = try await store.setMetadata(
            metadata?.text, of: id, at: .now, whenCommitted: { live.changed($0.id) })
        return try await wire(changed)
    }

    private func delete(_ id: ObjectID, _ deletion: FinetuningDeletion) async throws -> Deleted {
        let removesFile = deletion.remote ?? false
        let live = live
        try await store.deleteFinetuning(
            id, removingFileAt: removesFile ? .now : nil, whenCommitted: { live.changed(id) })
        if removesFile { scheduler.removal.wake() }
        let files = files
        try await workers.run { files.remove(id) }
        return Deleted(id: id)
    }

    private func cancel(_ call: Call<ObjectID, Nothing, Nothing>) async throws -> Wire.Finetuning {
        let id = call.parameter
        let records = try await store.recordIDs(of: id)
        let heldOut = try await store.heldOutRecordIDs(of: id)
        let reply = call.keeping { (applied: AppliedTransition) -> Wire.Finetuning? in
            if case .refused = applied.transition { return nil }
            return try Wire.Finetuning(applied.finetuning, records: records, heldOut: heldOut)
        }
        let applied = try await scheduler.request(.cancelRequested, of: id, keeping: reply)
        if case .refused(let refusal) = applied.transition { throw APIError.notCancellable(id, refusal) }
        return try Wire.Finetuning(applied.finetuning, records: records, heldOut: heldOut)
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
