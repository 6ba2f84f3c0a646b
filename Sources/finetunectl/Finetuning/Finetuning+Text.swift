import FinetuneAPI
import Identifiers

extension TextTable {
    /// Finetunings, one a row.
    init(finetunings: [Finetuning]) {
        self.init(
            columns: [
                .fixed("ID"), .flexible("ALIAS"), .fixed("STATUS"), .flexible("STARTS FROM"),
                .fixed("CREATED (UTC)"), .fixed("MODEL"),
            ],
            rows: finetunings.map { finetuning in
                [
                    Cell(finetuning.id.description), Cell(finetuning.alias),
                    Cell(finetuning.status.rawValue, finetuning.status.style),
                    Cell(finetuning.baseLLM.modelName ?? ""),
                    Cell("\(finetuning.createdAt.day) \(finetuning.createdAt.clock)"), Cell(finetuning.modelID ?? "-"),
                ]
            },
            absence: "No finetunings. Look what one would be: finetunectl finetuning plan CONNECTION")
    }

    /// Checkpoints, one a row.
    init(checkpoints: [Checkpoint]) {
        self.init(
            columns: [.fixed("STEP", .right), .fixed("CREATED (UTC)"), .flexible("METRICS"), .flexible("MODEL")],
            rows: checkpoints.map { checkpoint in
                [
                    Cell(checkpoint.step.grouped), Cell("\(checkpoint.createdAt.day) \(checkpoint.createdAt.clock)"),
                    Cell(checkpoint.metrics.readableFacts), Cell(checkpoint.modelID ?? "-"),
                ]
            },
            absence: "The provider has told no checkpoints.")
    }
}

extension FieldList {
    /// One finetuning.
    init(_ finetuning: Finetuning) {
        self.init()
        add("id", finetuning.id.description)
        add("alias", finetuning.alias)
        add("status", finetuning.status.rawValue, finetuning.status.style)
        add("step", finetuning.status.isTerminal ? nil : finetuning.step.rawValue)
        add("model", finetuning.modelID, .good)
        add("promotion", finetuning.automaticPromotion?.readable, finetuning.automaticPromotion?.style ?? .plain)
        add("error", finetuning.error, .bad)
        add("in its way", finetuning.obstacle, .doubtful)
        add("cancellation", finetuning.cancelRequested && !finetuning.status.isTerminal ? "requested" : nil)
        add("connection", finetuning.databaseConnection.description)
        add("starts from", finetuning.baseLLM.readable)
        add("parameters", finetuning.baseLLM.modelParameters?.readable)
        add("golden records", finetuning.goldenRecords.count.grouped)
        let heldOut = finetuning.validationGoldenRecords.count
        add("held out", heldOut == 0 ? nil : heldOut.counting("golden record"))
        add("training file", finetuning.trainingFile?.readable)
        add("validation file", finetuning.validationFile?.readable)
        add("provider's file", finetuning.fileID)
        add("provider's validation file", finetuning.validationFileID)
        add("provider's job", finetuning.jobID)
        add("cost", finetuning.readableCost)
        add("tokens", finetuning.lineage.datasetTokens.map { "\($0.grouped) an epoch" })
        add("made with", finetuning.lineage.readable)
        add("schemas", finetuning.schemas.isEmpty ? nil : finetuning.schemas.joined(separator: ", "))
        add("metadata", finetuning.metadata?.text)
        add("created", finetuning.createdAt.readable)
        add("updated", finetuning.updatedAt.readable)
    }
}

extension FinetuningStatus {
    /// How the status looks.
    var style: Style {
        switch self {
        case .succeeded: .good
        case .failed: .bad
        case .cancelled: .doubtful
        case .queued, .running, .validatingFiles: .plain
        }
    }
}

extension Lineage {
    fileprivate var readable: String {
        let parts = [
            "seed \(seed)", "\(tokensPerExample.grouped) tokens of \(vocabulary) an example",
            "catalogue of \(catalogueDate)",
            serialiserVersion.map { "serialiser \($0)" }, schemaFingerprint.map { "schema \($0.prefix(12))" },
            redaction.map { "redaction \($0.rawValue)" },
        ]
        return parts.compactMap(\.self).joined(separator: ", ")
    }
}

extension TrainingFile {
    fileprivate var readable: String { "\(examples.grouped) examples, \(bytes.grouped) bytes, SHA-256 \(sha256)" }
}

extension JSONValue {
    /// An object's members as people read them: `train_loss 0.42, step 3`.
    var readableFacts: String {
        (object?.members ?? []).map { "\($0.name) \($0.value.readableFact)" }.joined(separator: ", ")
    }

    private var readableFact: String {
        guard case .number(let number) = self, number.integer == nil else { return string ?? text }
        return JSONNumber(number.double.rounded(toPlaces: 4)).text
    }
}
