import FinetuneAPI
import Identifiers
import Jobs
import Store
import TrainingData

/// What an order would train on and measure on, and what that costs: what a plan tells and a finetuning starts from.
struct OrderPlan: Sendable {
    private static let reasonsTold = 5

    let order: FinetuningOrder
    let training: PlannedDataset
    /// `nil` where nothing is held out.
    let validation: PlannedDataset?
    /// `nil` where the model is not to be promoted by itself.
    let measuring: PlannedMeasuring?

    /// What it will cost.
    var estimate: CostEstimate {
        CostEstimate(
            tokens: training.plan.tokens?.total ?? 0, examples: training.plan.exampleCount,
            epochs: order.baseModel.parameters.resolved.epochs,
            pricePerMillionTokens: order.model.pricePerMillionTrainingTokens)
    }

    /// Tells whether two plans would train the same: the SHA-256 of the model, its parameters and the files' own.
    var trainingSHA256: String {
        TrainingHash(
            baseModel: order.baseModel, seed: order.lineage.seed, training: training.sha256,
            validation: validation?.sha256
        ).sha256
    }

    /// Tells whether two plans would train the same, at the same price, and then do the same with the model.
    var sha256: String {
        """
        plan 3
        \(trainingSHA256)
        \(estimate.pricePerMillionTokens.orDash)
        \(measuring.map { "\($0.questionCount) \($0.cost.orDash)" } ?? "-")
        \(order.promotesTo?.rawValue ?? "")
        """.sha256
    }

    /// How many records stay out of both files.
    var leftOutCount: Int { training.plan.excludedCount + (validation?.plan.excludedCount ?? 0) }

    /// The first of them.
    var leftOut: [TrainingData.ExcludedRecord] { training.plan.excluded + (validation?.plan.excluded ?? []) }

    /// What is to be told when the order is accepted.
    var happenings: [Happening] {
        var told = [Happening.accepted(records: training.records.count)]
        if let validation { told.append(.recordsHeldOut(count: validation.records.count)) }
        if leftOutCount > 0 {
            let reasons = leftOut.prefix(Self.reasonsTold).map { "\($0.recordID): \($0.reason)" }
            told.append(.recordsLeftOut(LeftOutRecords(count: leftOutCount, reasons: reasons)))
        }
        return told
    }
}

extension Price? {
    fileprivate var orDash: String { map(\.description) ?? "-" }
}

/// Plans orders, on threads that may take their time.
struct OrderPlanner: Sendable {
    let store: StateStore
    let aliases: AliasTerms
    let workers: WorkerThreads

    /// The plan of an order. A record that was named and cannot be used is refused.
    func plan(_ order: FinetuningOrder) async throws -> OrderPlan {
        let heldOut = try await HeldOutChoice(store: store, worker: workers.next()).records(of: order)
        let selection = order.namedRecords.map(RecordSelection.named) ?? .all(connection: order.connection.id)
        let training = try await dataset(of: order, selection, without: heldOut)
        let validation = order.holdOut == .nothing ? nil : try await dataset(of: order, .named(heldOut.ids))
        return OrderPlan(
            order: order, training: training, validation: validation,
            measuring: try await measuring(of: order, training, validation))
    }

    private func measuring(
        of order: FinetuningOrder, _ training: PlannedDataset, _ validation: PlannedDataset?
    ) async throws -> PlannedMeasuring? {
        guard let alias = order.promotesTo, let validation else { return nil }
        let mustPass = try await aliases.mustPassRecordIDs(for: alias, of: order.connection.id)
        let baseline = try await baseline(of: alias)
        return try await workers.run {
            PlannedMeasuring(
                alias, training: training, heldOut: validation, mustPass: mustPass, limit: ExampleLimit(order.lineage),
                prices: order.model.tunedQuestionPrices, baseline: baseline)
        }
    }

    private func baseline(of alias: ModelAlias) async throws -> PlannedMeasuring.Baseline {
        guard let present = try await aliases.presentModel(of: alias) else { return .none }
        return .model(aliases.prices(of: try await store.finetuning(present.finetuning)))
    }

    private func dataset(
        of order: FinetuningOrder, _ records: RecordSelection, without heldOut: HeldOutRecords = HeldOutRecords()
    ) async throws -> PlannedDataset {
        let assembly = DatasetAssembly(
            connection: order.connection, schemas: order.schemas, lineage: order.lineage, heldOut: heldOut,
            store: store, worker: workers.next())
        return try await assembly.plan(records)
    }
}
