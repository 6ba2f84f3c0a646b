import Evaluations
import FinetuneAPI
import Identifiers
import Jobs
import TrainingData

extension Wire.Finetuning {
    /// The domain's form, as clients read it.
    init(
        _ finetuning: Jobs.Finetuning, records: [ObjectID], heldOut: [ObjectID],
        promotion: Evaluations.AutomaticPromotion?
    ) throws {
        let job = finetuning.job
        let artifacts = job.artifacts
        self.init(
            id: finetuning.id, alias: finetuning.alias, databaseConnection: finetuning.connectionID,
            status: Wire.FinetuningStatus(job.status), error: job.failure.map { "\($0.code): \($0.message)" },
            baseLLM: BaseLLM(finetuning.baseModel, finetuning.baseModel.parameters.wire),
            fileID: artifacts.file?.rawValue, jobID: artifacts.job?.rawValue, modelID: job.model?.rawValue,
            createdAt: finetuning.createdAt, goldenRecords: records,
            metadata: try finetuning.metadata.map { try JSONText(text: $0).json }, schemas: finetuning.schemas,
            updatedAt: finetuning.updatedAt, step: FinetuningStep(job.stage), obstacle: job.obstacle?.text,
            cancelRequested: job.cancellation != .none,
            trainingFile: artifacts.dataset.map(Wire.TrainingFile.init),
            validationFraction: finetuning.heldOutShare, validationGoldenRecords: heldOut,
            validationFileID: artifacts.validationFile?.rawValue,
            validationFile: artifacts.validation.map(Wire.TrainingFile.init), lineage: Wire.Lineage(of: finetuning),
            ownerUID: finetuning.owner.map(Int.init),
            cost: finetuning.estimate.map { TrainingCost($0, of: finetuning.baseModel) },
            trainedTokens: job.trainedTokens, spent: finetuning.spending?.dollars,
            automaticPromotion: promotion.map { Wire.AutomaticPromotion($0) })
    }
}

extension Wire.TrainingFile {
    /// The domain's form, as clients read it.
    init(_ dataset: Dataset) {
        self.init(examples: dataset.exampleCount, bytes: dataset.byteCount, sha256: dataset.sha256)
    }
}

extension Wire.Lineage {
    fileprivate init(of finetuning: Jobs.Finetuning) {
        let lineage = finetuning.lineage
        let dataset = finetuning.job.artifacts.dataset
        let serialisation = dataset?.serialisation
        self.init(
            catalogueDate: lineage.catalogueDate.description, vocabulary: lineage.vocabulary.rawValue,
            tokensPerExample: lineage.tokensPerExample,
            modelParameters: finetuning.baseModel.parameters.resolved.wire, seed: lineage.seed,
            serialiserVersion: serialisation?.version, schemaFingerprint: serialisation?.schemaFingerprint,
            redaction: serialisation.flatMap { Wire.Redaction(rawValue: $0.redaction) },
            datasetSHA256: dataset?.sha256, datasetTokens: serialisation?.tokenCount)
    }
}

extension BaseLLM {
    /// The base model, with these parameters.
    init(_ model: BaseModel, _ parameters: Wire.ModelParameters) {
        self.init(modelProvider: model.provider.rawValue, modelName: model.name.rawValue, modelParameters: parameters)
    }
}

extension Jobs.ModelParameters {
    /// Just those that were sent, as text.
    var wire: Wire.ModelParameters {
        Wire.ModelParameters(
            epochs: epochs?.text, batchSize: batchSize?.text, learningRateMultiplier: learningRateMultiplier?.text)
    }
}

extension ResolvedParameters {
    /// All of them, as text.
    var wire: Wire.ModelParameters {
        Wire.ModelParameters(
            epochs: epochs.text, batchSize: batchSize.text, learningRateMultiplier: learningRateMultiplier.text)
    }
}

extension Parameter {
    fileprivate var text: ParameterText {
        switch self {
        case .auto: "auto"
        case .value(let value): ParameterText("\(value)")
        }
    }
}

extension Job.Obstacle {
    fileprivate var text: String {
        switch self {
        case .fault(let reason), .missing(let reason, _): reason
        case .key(let reason): "waits for a usable key: \(reason)"
        }
    }
}

extension FinetuningStep {
    fileprivate init(_ stage: Job.Stage) {
        self =
            switch stage {
            case .recorded: .recorded
            case .built: .built
            case .uploading: .uploading
            case .processing: .processing
            case .ready: .ready
            case .submitting: .submitting
            case .submitted: .submitted
            case .ended: .done
            }
    }
}

extension Wire.FinetuningStatus {
    /// The domain's form, as clients read it.
    init(_ status: Jobs.FinetuningStatus) {
        self =
            switch status {
            case .queued: .queued
            case .running: .running
            case .succeeded: .succeeded
            case .failed: .failed
            case .validatingFiles: .validatingFiles
            case .cancelled: .cancelled
            }
    }
}

extension Jobs.FinetuningStatus {
    /// The status that a client filters by.
    init(_ status: Wire.FinetuningStatus) {
        self =
            switch status {
            case .queued: .queued
            case .running: .running
            case .succeeded: .succeeded
            case .failed: .failed
            case .validatingFiles: .validatingFiles
            case .cancelled: .cancelled
            }
    }
}
