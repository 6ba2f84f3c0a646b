package import Identifiers

// The life of a job, and who moves it:
//
//     recorded ──built──▶ built ──uploadBegun──▶ uploading ──uploaded──▶ processing ─▶ ready
//                           ▲                                                 │         │ submitBegun
//                           └──────── the validation file, if any ◀───────────┘         ▼
//         ended ◀──polled, cancelAnswered── submitted ◀──submitted, jobFound────── submitting
//
// The training file goes from `built` to `processing` first. Where records are held out, the validation file goes
// the same way after it: an `Upload` says which of the two it is, and what the provider has already.
//
// `uploading` and `submitting` are intents: they are committed before the provider is called. Whoever finds a
// job there without having made the call itself (after a crash, or a lost answer) looks at the provider first, and if
// nothing is there looks again when whatever was on its way has arrived: only then is the call made once more.
// `nextAction` is a function of what is stored alone, so a restart goes on where the last commit left off.

/// How far a finetuning is: its stage, what it waits for, and whether it shall end early.
package struct Job: Hashable, Sendable {
    /// The last step that was committed.
    package var stage: Stage
    /// How far the wish to cancel has come.
    package var cancellation: Cancellation
    /// The tries that failed since the last progress.
    package var failedTries: Int
    /// The next action is not due before this.
    package var notBefore: Timestamp?
    /// What stands in the way, while something does.
    package var obstacle: Obstacle?
    /// The last status of the provider that we had no word for, so that it is told once.
    package var unknownStatus: String?
    /// The tokens that the provider says it trained on, all epochs together: what it bills.
    package var trainedTokens: Int?

    /// A job at a stage; new ones are `recorded`.
    package init(
        stage: Stage = .recorded, cancellation: Cancellation = .none, failedTries: Int = 0,
        notBefore: Timestamp? = nil, obstacle: Obstacle? = nil, unknownStatus: String? = nil,
        trainedTokens: Int? = nil
    ) {
        self.stage = stage
        self.cancellation = cancellation
        self.failedTries = failedTries
        self.notBefore = notBefore
        self.obstacle = obstacle
        self.unknownStatus = unknownStatus
        self.trainedTokens = trainedTokens
    }

    /// The steps of a job's life.
    package enum Stage: Hashable, Sendable {
        /// Accepted; the files are not made yet.
        case recorded
        /// The files are on disk, and one is to be sent.
        case built(Upload)
        /// An upload was about to start; whether it arrived is not known.
        case uploading(Upload)
        /// The provider has the file and looks at it.
        case processing(Upload, ProviderFileID)
        /// The provider has every file and a job may be made from them.
        case ready(SentFiles)
        /// The provider was about to be asked for a job; whether it made one is not known.
        case submitting(SentFiles)
        /// The provider has the job.
        case submitted(SentFiles, ProviderJobID, RemotePhase)
        /// Over.
        case ended(Outcome, Artifacts)
    }

    /// Where a provider's job is while it is not over.
    package enum RemotePhase: String, Hashable, Sendable, CaseIterable {
        case validatingFiles = "validating_files"
        case queued
        case running
    }

    /// How a job ended.
    package enum Outcome: Hashable, Sendable {
        /// With a model of this id.
        case succeeded(model: ProviderModelID)
        /// Without one, for good.
        case failed(JobFailure)
        /// As its user wished.
        case cancelled
    }

    /// What a job had made when it ended.
    package struct Artifacts: Hashable, Sendable {
        /// The training file.
        package var dataset: Dataset?
        /// The validation file.
        package var validation: Dataset?
        /// The training file's copy at the provider.
        package var file: ProviderFileID?
        /// The validation file's copy at the provider.
        package var validationFile: ProviderFileID?
        /// The provider's job.
        package var job: ProviderJobID?

        /// What there is.
        package init(
            dataset: Dataset? = nil, validation: Dataset? = nil, file: ProviderFileID? = nil,
            validationFile: ProviderFileID? = nil, job: ProviderJobID? = nil
        ) {
            self.dataset = dataset
            self.validation = validation
            self.file = file
            self.validationFile = validationFile
            self.job = job
        }
    }

    /// How far the wish to cancel has come.
    package enum Cancellation: String, Hashable, Sendable, CaseIterable {
        /// There is none.
        case none
        /// It is recorded; the provider may not know yet.
        case requested
        /// The provider knows, and its job is not over yet.
        case delivered
    }

    /// What stands in a job's way.
    package enum Obstacle: Hashable, Sendable {
        /// A fault that may pass by itself.
        case fault(String)
        /// The provider refuses the key, or there is none.
        case key(String)
        /// The provider does not show what it has, or may have. When `notBefore` has come it will not have shown it for
        /// `waited`: the waits between its reports, added up, so that no clock that somebody sets counts.
        case missing(String, waited: Duration)
    }
}

extension Job.Obstacle {
    /// What it is, in the words in which it came.
    package var reason: String {
        switch self {
        case .fault(let reason), .key(let reason), .missing(let reason, _): reason
        }
    }

    /// The same once so much more time has passed.
    func waiting(_ delay: Duration) -> Job.Obstacle {
        if case .missing(let reason, let waited) = self { .missing(reason, waited: waited + delay) } else { self }
    }

    /// Whether its users need not be told after `other`. Reports of a missing object may differ in a request's id.
    func isKnown(after other: Job.Obstacle?) -> Bool {
        if case (.missing, .missing) = (self, other) { return true }
        return self == other
    }
}

/// Why a job failed for good.
package struct JobFailure: Error, Hashable, Sendable {
    /// The provider's code, or ours: `training_not_available`, `not_enough_golden_records`.
    package var code: String
    /// What happened, and what to do where that is known.
    package var message: String

    /// A failure.
    package init(code: String, message: String) {
        self.code = code
        self.message = message
    }

    /// The code of a failure that the provider did not tell of: it no longer shows the job, or its file.
    private static let missingCode = "provider_object_missing"

    /// The provider no longer has what it had.
    static func missing(_ reason: String) -> JobFailure {
        JobFailure(code: missingCode, message: reason)
    }

    /// The provider does not take a file, and says why.
    static func unusable(_ role: DatasetRole, _ reason: String) -> JobFailure {
        JobFailure(
            code: "file_unusable",
            message: "no job was made and nothing spent: the provider cannot use the \(role.rawValue) file: \(reason)")
    }

    /// Whether the provider may train all the same: nobody has seen the job's end.
    var isOfMissingObject: Bool { code == Self.missingCode }

    init(_ complaint: ProviderComplaint, fallback: String) {
        self.init(code: complaint.code ?? fallback, message: complaint.message)
    }
}

extension Job {
    /// The status that users see.
    package var status: FinetuningStatus {
        switch stage {
        case .recorded, .built, .uploading, .processing, .ready, .submitting: .queued
        case .submitted(_, _, .validatingFiles): .validatingFiles
        case .submitted(_, _, .queued): .queued
        case .submitted(_, _, .running): .running
        case .ended(.succeeded, _): .succeeded
        case .ended(.failed, _): .failed
        case .ended(.cancelled, _): .cancelled
        }
    }

    /// What it has made so far.
    package var artifacts: Artifacts {
        switch stage {
        case .recorded: Artifacts()
        case .built(let upload), .uploading(let upload): Artifacts(upload)
        case .processing(let upload, let file): Artifacts(upload, sentAs: file)
        case .ready(let files), .submitting(let files): Artifacts(files)
        case .submitted(let files, let job, _): Artifacts(files, job)
        case .ended(_, let artifacts): artifacts
        }
    }

    /// The tuned model's id, once there is one.
    package var model: ProviderModelID? {
        if case .ended(.succeeded(let model), _) = stage { model } else { nil }
    }

    /// What went wrong for good.
    package var failure: JobFailure? {
        if case .ended(.failed(let failure), _) = stage { failure } else { nil }
    }

    /// What has to be done next, not before `notBefore`; nothing once the job is over.
    package var nextAction: JobAction? {
        switch stage {
        case .recorded: .buildDataset
        case .built(let upload): .upload(upload.dataset, upload.role)
        case .uploading(let upload): .findFile(upload.dataset, upload.role)
        case .processing(_, let file): .checkFile(file)
        case .ready(let files): .submit(files)
        case .submitting: .findJob
        case .submitted(_, let job, _): cancellation == .requested ? .cancelJob(job) : .poll(job)
        case .ended: nil
        }
    }
}

extension Job.Artifacts {
    fileprivate init(_ upload: Upload, sentAs id: ProviderFileID? = nil) {
        switch upload {
        case .training(let dataset, let validation): self.init(dataset: dataset, validation: validation, file: id)
        case .validation(let dataset, let training):
            self.init(dataset: training.dataset, validation: dataset, file: training.id, validationFile: id)
        }
    }

    fileprivate init(_ files: SentFiles, _ job: ProviderJobID? = nil) {
        self.init(
            dataset: files.training.dataset, validation: files.validation?.dataset, file: files.training.id,
            validationFile: files.validation?.id, job: job)
    }
}

/// The work that a stage asks for. Each is one piece of I/O whose result comes back as a `JobEvent`.
package enum JobAction: Hashable, Sendable {
    /// Make the training file, and the validation file where records are held out.
    case buildDataset
    /// Commit `uploadBegun`, then send the file.
    case upload(Dataset, DatasetRole)
    /// Look whether the provider has the file.
    case findFile(Dataset, DatasetRole)
    /// Look whether the provider takes the file.
    case checkFile(ProviderFileID)
    /// Commit `submitBegun`, then ask for the job.
    case submit(SentFiles)
    /// Look whether the provider has the job.
    case findJob
    /// Ask the provider how the job is.
    case poll(ProviderJobID)
    /// Tell the provider to end the job.
    case cancelJob(ProviderJobID)
}
