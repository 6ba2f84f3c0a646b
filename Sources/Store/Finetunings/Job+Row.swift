import GRDB
import Identifiers
import Jobs

extension Job {
    /// The names of a job's columns, in their order.
    static let columnNames = [
        "stage", "dataset_path", "dataset_bytes", "dataset_examples", "dataset_sha256", "dataset_tokens",
        "serialiser_version", "schema_fingerprint", "dataset_redaction", "provider_file_id", "provider_job_id",
        "remote_phase", "outcome", "model_id", "failure_code", "failure_message", "cancellation",
        "failed_tries", "not_before", "obstacle", "obstacle_reason", "unknown_status",
    ]

    /// The values of the columns, by name. What a stage has not is NULL, so that nothing of an earlier one stays.
    var columns: [String: (any DatabaseValueConvertible)?] {
        let artifacts = artifacts
        return [
            "stage": StageWord(stage).rawValue, "dataset_path": artifacts.dataset?.path,
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
            "unknown_status": unknownStatus,
        ]
    }

    init(_ reader: RowReader) throws {
        self.init(
            stage: try Stage(reader), cancellation: try reader.word("cancellation"),
            failedTries: try reader.value("failed_tries"), notBefore: try reader.optional("not_before"),
            obstacle: try Obstacle(reader), unknownStatus: try reader.optional("unknown_status"))
    }

    private var phase: RemotePhase? {
        if case .submitted(_, _, _, let phase) = stage { phase } else { nil }
    }

    private var outcome: Outcome? {
        if case .ended(let outcome, _) = stage { outcome } else { nil }
    }
}

// MARK: Stages

/// The words of the column `stage`.
private enum StageWord: String {
    case recorded, built, uploading, processing, ready, submitting, submitted, ended

    init(_ stage: Job.Stage) {
        self =
            switch stage {
            case .recorded: .recorded
            case .built: .built
            case .uploading: .uploading
            case .processing: .processing
            case .ready: .ready
            case .submitting: .submitting
            case .submitted: .submitted
            case .ended: .ended
            }
    }
}

extension Job.Stage {
    fileprivate init(_ reader: RowReader) throws {
        let word: StageWord = try reader.word("stage")
        self =
            switch word {
            case .recorded: .recorded
            case .built: .built(try reader.dataset())
            case .uploading: .uploading(try reader.dataset())
            case .processing: .processing(try reader.dataset(), try reader.fileID())
            case .ready: .ready(try reader.dataset(), try reader.fileID())
            case .submitting: .submitting(try reader.dataset(), try reader.fileID())
            case .submitted:
                .submitted(
                    try reader.dataset(), try reader.fileID(), try reader.jobID(), try reader.word("remote_phase"))
            case .ended: .ended(try Job.Outcome(reader), try Job.Artifacts(reader))
            }
    }
}

extension Job.Artifacts {
    fileprivate init(_ reader: RowReader) throws {
        self.init(
            dataset: try reader.holds("dataset_path") ? try reader.dataset() : nil,
            file: try reader.holds("provider_file_id") ? try reader.fileID() : nil,
            job: try reader.holds("provider_job_id") ? try reader.jobID() : nil)
    }
}

extension RowReader {
    fileprivate func holds(_ column: String) throws(StoreError) -> Bool {
        try optional(column, as: DatabaseValue.self) != nil
    }

    fileprivate func dataset() throws(StoreError) -> Dataset {
        Dataset(
            path: try value("dataset_path"), byteCount: try value("dataset_bytes"),
            exampleCount: try value("dataset_examples"), sha256: try value("dataset_sha256"),
            serialisation: try holds("dataset_tokens") ? try serialisation() : nil)
    }

    private func serialisation() throws(StoreError) -> Dataset.Serialisation {
        Dataset.Serialisation(
            version: try value("serialiser_version"), schemaFingerprint: try value("schema_fingerprint"),
            redaction: try value("dataset_redaction"), tokenCount: try value("dataset_tokens"))
    }

    fileprivate func fileID() throws(StoreError) -> ProviderFileID {
        ProviderFileID(rawValue: try value("provider_file_id"))
    }

    fileprivate func jobID() throws(StoreError) -> ProviderJobID {
        ProviderJobID(rawValue: try value("provider_job_id"))
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

/// The words of the column `obstacle`.
private enum ObstacleWord: String {
    case fault, key

    init(_ obstacle: Job.Obstacle) {
        self =
            switch obstacle {
            case .fault: .fault
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
            case .fault: .fault(reason)
            case .key: .key(reason)
            }
    }

    fileprivate var reason: String {
        switch self {
        case .fault(let reason), .key(let reason): reason
        }
    }
}
