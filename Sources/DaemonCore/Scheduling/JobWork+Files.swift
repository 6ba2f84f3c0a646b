import FinetuneAPI
import Identifiers
import Jobs
import Store
import TrainingData

// The validation file is made first: what it holds decides at last what must not be in the training file. Records and
// tables may have been changed since the finetuning was accepted: fewer of them are trained on, but never more tokens
// than were accepted at their price, nor anything else where a plan was agreed to.
extension JobWork {
    /// Makes a finetuning's files, and tells what came of that.
    func datasetEvent(of finetuning: Jobs.Finetuning) async throws -> JobEvent {
        do {
            let files = files
            try await workers.run { try files.prepare() }
            return try await makeFiles(of: finetuning)
        } catch let error as JobFailure {
            return .datasetImpossible(error)
        } catch let error as APIError {
            return .datasetFailed(reason: error.message)
        } catch let error as TrainingFileError {
            return .datasetFailed(reason: error.message)
        } catch let error as SQLiteFailure {
            return .datasetFailed(reason: error.message)
        }
    }

    private func makeFiles(of finetuning: Jobs.Finetuning) async throws -> JobEvent {
        let isHoldingOut = try await store.heldOutRecordIDs(of: finetuning.id, PageRequest(limit: 1)).total > 0
        guard isHoldingOut else {
            let training = try await makeFile(.training, of: finetuning, by: assembly(for: finetuning))
            if let change = JobFailure(training.dataset, nil, against: finetuning) { throw change }
            return .datasetBuilt(training.dataset, leavingOut: training.leftOut)
        }
        let validating = try await assembly(for: finetuning)
        let validation = try await makeFile(.validation, of: finetuning, by: validating)
        let heldOut = try await validating.heldOutRecords(from: finetuning.id)
        let training = try await makeFile(.training, of: finetuning, by: assembly(for: finetuning, without: heldOut))
        if let change = JobFailure(training.dataset, validation.dataset, against: finetuning) { throw change }
        return .datasetBuilt(
            training.dataset, validation: validation.dataset,
            leavingOut: LeftOutRecords([training.leftOut, validation.leftOut]))
    }

    private func assembly(
        for finetuning: Jobs.Finetuning, without heldOut: HeldOutRecords = HeldOutRecords()
    ) async throws -> DatasetAssembly {
        DatasetAssembly(
            connection: try await store.connection(finetuning.connectionID), schemas: finetuning.schemas,
            lineage: finetuning.lineage, heldOut: heldOut, store: store, worker: workers.next())
    }

    private func makeFile(
        _ role: DatasetRole, of finetuning: Jobs.Finetuning, by assembly: DatasetAssembly
    ) async throws -> (dataset: Dataset, leftOut: LeftOutRecords?) {
        let records: RecordSelection =
            switch role {
            case .training: .of(finetuning: finetuning.id)
            case .validation: .heldOut(from: finetuning.id)
            }
        let (file, plan) = try await assembly.write(
            records, to: files.path(of: finetuning.id, role), writingOn: workers.next())
        guard file.exampleCount >= minimumExamples(role, of: finetuning) else { throw JobFailure(role, file, plan) }
        return (Dataset(role, file, plan), LeftOutRecords(plan))
    }

    private func minimumExamples(_ role: DatasetRole, of finetuning: Jobs.Finetuning) -> Int {
        guard let capabilities = providers[finetuning.baseModel.provider]?.capabilities else { return 1 }
        return switch role {
        case .training: capabilities.minimumExamples
        case .validation: capabilities.minimumValidationExamples
        }
    }
}

extension Dataset {
    fileprivate init(_ role: DatasetRole, _ file: TrainingData.TrainingFile, _ plan: DatasetPlan) {
        let serialisation: Serialisation? =
            switch role {
            case .training:
                Serialisation(
                    version: PromptSerialiser.version, schemaFingerprint: plan.schemaFingerprint,
                    redaction: plan.redaction.rawValue, tokenCount: plan.tokens?.total ?? 0)
            case .validation: nil
            }
        self.init(
            path: file.path, byteCount: file.byteCount, exampleCount: file.exampleCount, sha256: file.sha256,
            serialisation: serialisation)
    }
}

extension LeftOutRecords {
    private static let reasonsTold = 5

    fileprivate init?(_ plan: DatasetPlan) {
        guard plan.excludedCount > 0 else { return nil }
        self.init(
            count: plan.excludedCount,
            reasons: plan.excluded.prefix(Self.reasonsTold).map { "\($0.recordID): \($0.reason)" })
    }

    /// Those of several files together.
    fileprivate init?(_ parts: [LeftOutRecords?]) {
        let parts = parts.compactMap(\.self)
        guard !parts.isEmpty else { return nil }
        self.init(count: parts.reduce(0) { $0 + $1.count }, reasons: parts.flatMap(\.reasons))
    }
}

extension JobFailure {
    /// Why these files are not what was ordered, if they are not.
    fileprivate init?(_ training: Dataset, _ validation: Dataset?, against order: Jobs.Finetuning) {
        let built = TrainingHash(
            baseModel: order.baseModel, seed: order.lineage.seed, training: training.sha256,
            validation: validation?.sha256)
        if let agreed = order.agreedSHA256, agreed != built.sha256 {
            self.init(planChanged: "what would be trained is no longer the plan that was agreed to")
        } else if let accepted = order.estimate?.tokensPerEpoch, let tokens = training.serialisation?.tokenCount,
            tokens > accepted
        {
            self.init(planChanged: "the training file has \(tokens) tokens, and \(accepted) were accepted")
        } else {
            return nil
        }
    }

    private init(planChanged what: String) {
        self.init(
            code: "plan_changed",
            message: "\(what): golden records or tables were changed since; look at a new plan and order again")
    }

    fileprivate init(_ role: DatasetRole, _ file: TrainingData.TrainingFile, _ plan: DatasetPlan) {
        let reasons = LeftOutRecords(plan)?.reasons.joined(separator: "; ") ?? "the others were removed"
        let purpose =
            switch role {
            case .training: "trained on"
            case .validation: "measured on"
            }
        self.init(
            code: "not_enough_golden_records",
            message: "only \(file.exampleCount) of its golden records can still be \(purpose) (\(reasons))")
    }
}
