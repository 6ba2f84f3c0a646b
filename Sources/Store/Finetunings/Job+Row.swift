import GRDB
import Identifiers
import Jobs

extension Job {
    /// The names of a job's columns, in their order.
    static let columnNames = [
        "stage", "dataset_path", "dataset_bytes", "dataset_examples", "dataset_sha256", "dataset_tokens",
        "serialiser_version", "schema_fingerprint", "dataset_redaction", "provider_file_id", "provider_job_id",
        "remote_phase", "outcome", "model_id", "failure_code", "failure_message", "cancellation", "failed_tries",
        "not_before", "obstacle", "obstacle_reason", "unknown_status", "validation_stage", "validation_path",
        "validation_bytes", "validation_examples", "validation_sha256", "provider_validation_file_id",
        "trained_tokens", "missing_for",
    ]

    /// The values of the columns, by name. What a stage has not is NULL, so that nothing of an earlier one stays.
    var columns: [String: (any DatabaseValueConvertible)?] {
        let artifacts = artifacts
        return [
            "stage": StageWord(stage).rawValue, "validation_stage": ValidationStageWord(stage)?.rawValue,
            "dataset_path": artifacts.dataset?.path,
            "dataset_bytes": artifacts.dataset?.byteCount, "dataset_examples": artifacts.dataset?.exampleCount,
            "dataset_sha256": artifacts.dataset?.sha256,
            "dataset_tokens": artifacts.dataset?.serialisation?.tokenCount,
            "serialiser_version": artifacts.dataset?.serialisation?.version,
            "schema_fingerprint": artifacts.dataset?.serialisation?.schemaFingerprint,
            "dataset_redaction": artifacts.dataset?.serialisation?.redaction,
            "provider_file_id": artifacts.file?.rawValue,
            "provider_job_id": artifacts.job?.rawValue, "remote_phase": phase?.rawValue,
            "outcome": outcome.map { OutcomeWord($0).rawValue }, "model_id": model, "failure_code": failure?.code,
            "failure_message": failure?.message, "cancellation": cancellation.rawValue,
            "failed_tries": failedTries, "not_before": notBefore,
            "obstacle": obstacle.map { ObstacleWord($0).rawValue }, "obstacle_reason": obstacle?.reason,
            "unknown_status": unknownStatus, "validation_path": artifacts.validation?.path,
            "validation_bytes": artifacts.validation?.byteCount,
            "validation_examples": artifacts.validation?.exampleCount,
            "validation_sha256": artifacts.validation?.sha256,
            "provider_validation_file_id": artifacts.validationFile?.rawValue, "trained_tokens": trainedTokens,
            "missing_for": obstacle?.missingMicroseconds,
        ]
    }

    init(_ reader: RowReader) throws {
        self.init(
            stage: try Stage(reader), cancellation: try reader.word("cancellation"),
            failedTries: try reader.value("failed_tries"), notBefore: try reader.optional("not_before"),
            obstacle: try Obstacle(reader), unknownStatus: try reader.optional("unknown_status"),
            trainedTokens: try reader.optional("trained_tokens"))
    }

    private var phase: RemotePhase? {
        if case .submitted(_, _, let phase) = stage { phase } else { nil }
    }

    private var outcome: Outcome? {
        if case .ended(let outcome, _) = stage { outcome } else { nil }
    }
}

// MARK: Stages

/// The words of the column `stage`. A validation file on its way leaves it at `processing`: the provider has the
/// training file and not yet all that a job is made from.
private enum StageWord: String {
    case recorded, built, uploading, processing, ready, submitting, submitted, ended

    init(_ stage: Job.Stage) {
        self =
            switch stage {
            case .recorded: .recorded
            case .built(.training): .built
            case .uploading(.training): .uploading
            case .processing, .built(.validation), .uploading(.validation): .processing
            case .ready: .ready
            case .submitting: .submitting
            case .submitted: .submitted
            case .ended: .ended
            }
    }
}

/// The words of the column `validation_stage`: how far a validation file is on its way, while it is.
private enum ValidationStageWord: String {
    case built, uploading, processing

    init?(_ stage: Job.Stage) {
        switch stage {
        case .built(.validation): self = .built
        case .uploading(.validation): self = .uploading
        case .processing(.validation, _): self = .processing
        case .built(.training), .uploading(.training), .processing(.training, _), .recorded, .ready, .submitting,
            .submitted, .ended:
            return nil
        }
    }
}

extension Job.Stage {
    fileprivate init(_ reader: RowReader) throws {
        let word: StageWord = try reader.word("stage")
        self =
            switch word {
            case .recorded: .recorded
            case .built: .built(try reader.trainingUpload())
            case .uploading: .uploading(try reader.trainingUpload())
            case .processing: try Self(processing: reader)
            case .ready: .ready(try reader.sentFiles())
            case .submitting: .submitting(try reader.sentFiles())
            case .submitted:
                .submitted(try reader.sentFiles(), try reader.jobID(), try reader.word("remote_phase"))
            case .ended: .ended(try Job.Outcome(reader), try Job.Artifacts(reader))
            }
    }

    private init(processing reader: RowReader) throws {
        let training = SentFile(try reader.dataset(.training), try reader.fileID(.training))
        guard try reader.holds("validation_stage") else {
            self = .processing(try reader.trainingUpload(), training.id)
            return
        }
        let word: ValidationStageWord = try reader.word("validation_stage")
        let upload = Upload.validation(try reader.dataset(.validation), after: training)
        self =
            switch word {
            case .built: .built(upload)
            case .uploading: .uploading(upload)
            case .processing: .processing(upload, try reader.fileID(.validation))
            }
    }
}

extension Job.Artifacts {
    fileprivate init(_ reader: RowReader) throws {
        self.init(
            dataset: try reader.datasetIfAny(.training), validation: try reader.datasetIfAny(.validation),
            file: try reader.holds(.idColumn(of: .training)) ? try reader.fileID(.training) : nil,
            validationFile: try reader.holds(.idColumn(of: .validation)) ? try reader.fileID(.validation) : nil,
            job: try reader.holds("provider_job_id") ? try reader.jobID() : nil)
    }
}

extension String {
    /// The columns of a file on this host begin so.
    fileprivate static func prefix(of role: DatasetRole) -> String {
        switch role {
        case .training: "dataset"
        case .validation: "validation"
        }
    }

    /// The column of the id of a file's copy.
    fileprivate static func idColumn(of role: DatasetRole) -> String {
        switch role {
        case .training: "provider_file_id"
        case .validation: "provider_validation_file_id"
        }
    }
}

extension RowReader {
    fileprivate func holds(_ column: String) throws(StoreError) -> Bool {
        try optional(column, as: DatabaseValue.self) != nil
    }

    fileprivate func dataset(_ role: DatasetRole) throws(StoreError) -> Dataset {
        let prefix = String.prefix(of: role)
        return Dataset(
            path: try value("\(prefix)_path"), byteCount: try value("\(prefix)_bytes"),
            exampleCount: try value("\(prefix)_examples"), sha256: try value("\(prefix)_sha256"),
            serialisation: try serialisation(role))
    }

    // A validation file is written as the training file is; what that is, is kept once.
    private func serialisation(_ role: DatasetRole) throws(StoreError) -> Dataset.Serialisation? {
        guard role == .training, try holds("dataset_tokens") else { return nil }
        return Dataset.Serialisation(
            version: try value("serialiser_version"), schemaFingerprint: try value("schema_fingerprint"),
            redaction: try value("dataset_redaction"), tokenCount: try value("dataset_tokens"))
    }

    fileprivate func datasetIfAny(_ role: DatasetRole) throws(StoreError) -> Dataset? {
        try holds("\(String.prefix(of: role))_path") ? try dataset(role) : nil
    }

    fileprivate func fileID(_ role: DatasetRole) throws(StoreError) -> ProviderFileID {
        ProviderFileID(rawValue: try value(.idColumn(of: role)))
    }

    fileprivate func jobID() throws(StoreError) -> ProviderJobID {
        ProviderJobID(rawValue: try value("provider_job_id"))
    }

    fileprivate func trainingUpload() throws(StoreError) -> Upload {
        .training(try dataset(.training), validation: try datasetIfAny(.validation))
    }

    fileprivate func sentFiles() throws(StoreError) -> SentFiles {
        SentFiles(
            training: SentFile(try dataset(.training), try fileID(.training)),
            validation: try datasetIfAny(.validation).map { dataset throws(StoreError) in
                SentFile(dataset, try fileID(.validation))
            })
    }
}

// MARK: Outcomes and obstacles

/// The words of the column `outcome`.
private enum OutcomeWord: String {
    case succeeded, failed, cancelled

    init(_ outcome: Job.Outcome) {
        self =
            switch outcome {
            case .succeeded: .succeeded
            case .failed: .failed
            case .cancelled: .cancelled
            }
    }
}

extension Job.Outcome {
    fileprivate init(_ reader: RowReader) throws {
        let word: OutcomeWord = try reader.word("outcome")
        self =
            switch word {
            case .succeeded: .succeeded(model: try reader.value("model_id"))
            case .failed:
                .failed(
                    JobFailure(
                        code: try reader.value("failure_code"), message: try reader.value("failure_message")))
            case .cancelled: .cancelled
            }
    }
}

/// The words of the column `obstacle`. What is missing stands there as a fault, with the column `missing_for`.
private enum ObstacleWord: String {
    case fault, key

    init(_ obstacle: Job.Obstacle) {
        self =
            switch obstacle {
            case .fault, .missing: .fault
            case .key: .key
            }
    }
}

extension Job.Obstacle {
    fileprivate init?(_ reader: RowReader) throws {
        guard try reader.holds("obstacle") else { return nil }
        let word: ObstacleWord = try reader.word("obstacle")
        let reason: String = try reader.value("obstacle_reason")
        self =
            switch word {
            case .fault:
                if let microseconds: Int64 = try reader.optional("missing_for") {
                    .missing(reason, waited: .microseconds(microseconds))
                } else {
                    .fault(reason)
                }
            case .key: .key(reason)
            }
    }

    fileprivate var missingMicroseconds: Int64? {
        if case .missing(_, let waited) = self { Int64(waited / .microseconds(1)) } else { nil }
    }
}
