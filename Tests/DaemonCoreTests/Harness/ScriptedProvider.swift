import Identifiers
import Jobs

/// A provider that keeps what it was given and does as its script says.
///
/// Without a script every call succeeds, and each look at a job finds it one phase further.
actor ScriptedProvider: FinetuningProvider {
    enum Operation: CaseIterable {
        case upload, file, files, deleteFile, createJob, job, jobs, cancelJob, events, checkpoints, complete

        /// Those that jobs need.
        static let ofJobs = allCases.filter { $0 != .complete }
    }

    /// What becomes of one call.
    enum Turn {
        /// It fails, and nothing was done.
        case fail(ProviderError)
        /// It is carried out, and its answer is lost.
        case loseAnswer(ProviderError)
        /// It waits at the gate before it is carried out.
        case holdBefore(Gate)
        /// It is carried out, and its answer waits at the gate.
        case holdAfter(Gate)
        /// It is carried out.
        case succeed
    }

    struct MadeJob {
        let job: ProviderJobID
        let request: ProviderJobRequest
        var phases: [ProviderJob.Phase]
        var isCancelled = false
    }

    nonisolated let name: ProviderName
    nonisolated let baseURL = "https://provider.test/v1"
    nonisolated let hasKey: Bool
    nonisolated var capabilities: ProviderCapabilities {
        ProviderCapabilities(
            minimumExamples: 10, epochs: 1...50, batchSize: 1...256, largestLearningRateMultiplier: 100,
            takesValidationFile: true, takesConnectionKeys: name == .openAI)
    }

    private(set) var files: [ProviderFile] = []
    private(set) var jobs: [MadeJob] = []
    private(set) var questions: [CompletionRequest] = []
    /// The questions whose answers arrived, as far as the provider can tell.
    private(set) var answered: [CompletionRequest] = []
    private var answers: [String] = []
    private var answersOfModels: [String: String] = [:]
    private(set) var accounts: Set<ProviderAccount> = []
    private(set) var calls: [Operation: Int] = [:]
    private var script: [Operation: [Turn]] = [:]
    private var phases: [ProviderJob.Phase]
    private var readiness: ProviderFile.Readiness = .ready
    private var events: [ProviderEvent] = ScriptedProvider.usualEvents

    init(
        name: ProviderName = .openAI, hasKey: Bool = true,
        phases: [ProviderJob.Phase] = ScriptedProvider.usualPhases
    ) {
        self.name = name
        self.hasKey = hasKey
        self.phases = phases
    }

    static let tunedModel = "ft:gpt-4o-mini:library"
    static let usualPhases: [ProviderJob.Phase] = [
        .validatingFiles, .queued, .running, .succeeded(model: ProviderModelID(rawValue: tunedModel)),
    ]
    static let usualEvents = [
        ProviderEvent(
            id: ProviderEventID(rawValue: "e1"), at: Timestamp(microseconds: 1), level: .info, message: "job started"),
        ProviderEvent(
            id: ProviderEventID(rawValue: "e2"), at: Timestamp(microseconds: 2), level: .info, message: "step 1",
            metrics: ["train_loss": 0.5]),
    ]
}

// MARK: Directing it

extension ScriptedProvider {
    /// The next calls of this kind go as `turns` says, those after them succeed.
    func script(_ operation: Operation, _ turns: Turn...) {
        script[operation, default: []] += turns
    }

    /// From now on every call of this kind succeeds.
    func forgetScript(of operation: Operation) {
        script[operation] = nil
    }

    /// Jobs made from now on go through these phases; the last one stays.
    func setPhases(_ phases: ProviderJob.Phase...) {
        self.phases = phases
    }

    /// Every job goes on to these phases.
    func advanceJobs(to phases: ProviderJob.Phase...) {
        for place in jobs.indices { jobs[place].phases = phases }
    }

    /// What files uploaded from now on are.
    func setReadiness(_ readiness: ProviderFile.Readiness) {
        self.readiness = readiness
    }

    /// The provider loses everything that it has.
    func forgetEverything() {
        files = []
        jobs = []
    }

    private func perform<Value: Sendable>(
        _ operation: Operation, as account: ProviderAccount, _ work: () throws(ProviderError) -> Value
    ) async throws(ProviderError) -> Value {
        calls[operation, default: 0] += 1
        accounts.insert(account)
        switch nextTurn(of: operation) {
        case .succeed: return try work()
        case .fail(let error): throw error
        case .loseAnswer(let error):
            _ = try work()
            throw error
        case .holdBefore(let gate):
            try await hold(at: gate)
            return try work()
        case .holdAfter(let gate):
            let value = try work()
            try await hold(at: gate)
            return value
        }
    }

    private func nextTurn(of operation: Operation) -> Turn {
        guard var turns = script[operation], !turns.isEmpty else { return .succeed }
        let turn = turns.removeFirst()
        script[operation] = turns
        return turn
    }

    private func hold(at gate: Gate) async throws(ProviderError) {
        await gate.pass()
        if Task.isCancelled { throw .cancelled }
    }
}

// MARK: Files

extension ScriptedProvider {
    func upload(_ dataset: Dataset, named name: String, as account: ProviderAccount) async throws(ProviderError)
        -> ProviderFile
    {
        try await perform(.upload, as: account) {
            let file = ProviderFile(
                id: ProviderFileID(rawValue: "file-\(files.count + 1)"), name: name, byteCount: dataset.byteCount,
                readiness: readiness)
            files.append(file)
            return file
        }
    }

    func file(_ id: ProviderFileID, as account: ProviderAccount) async throws(ProviderError) -> ProviderFile {
        try await perform(.file, as: account) { () throws(ProviderError) in
            guard var file = files.first(where: { $0.id == id }) else { throw .missing }
            if file.readiness == .pending { file.readiness = .ready }
            return file
        }
    }

    func files(named name: String, byteCount: Int, as account: ProviderAccount) async throws(ProviderError)
        -> [ProviderFile]
    {
        try await perform(.files, as: account) { files.filter { $0.name == name && $0.byteCount == byteCount } }
    }

    func deleteFile(_ id: ProviderFileID, as account: ProviderAccount) async throws(ProviderError) {
        try await perform(.deleteFile, as: account) { files.removeAll { $0.id == id } }
    }
}

// MARK: Jobs

extension ScriptedProvider {
    func createJob(_ request: ProviderJobRequest, as account: ProviderAccount) async throws(ProviderError)
        -> ProviderJob
    {
        try await perform(.createJob, as: account) {
            let id = ProviderJobID(rawValue: "ftjob-\(jobs.count + 1)")
            jobs.append(MadeJob(job: id, request: request, phases: phases))
            return jobs[jobs.count - 1].remote
        }
    }

    func job(_ id: ProviderJobID, as account: ProviderAccount) async throws(ProviderError) -> ProviderJob {
        try await perform(.job, as: account) { () throws(ProviderError) in
            let place = try place(of: id)
            if jobs[place].phases.count > 1, !jobs[place].isCancelled { jobs[place].phases.removeFirst() }
            return jobs[place].remote
        }
    }

    func jobs(of finetuning: ObjectID, as account: ProviderAccount) async throws(ProviderError) -> [ProviderJob] {
        try await perform(.jobs, as: account) {
            jobs.filter { $0.request.finetuning == finetuning }.map(\.remote)
        }
    }

    func cancelJob(_ id: ProviderJobID, as account: ProviderAccount) async throws(ProviderError) -> ProviderJob {
        try await perform(.cancelJob, as: account) { () throws(ProviderError) in
            let place = try place(of: id)
            jobs[place].isCancelled = true
            return jobs[place].remote
        }
    }

    private func place(of id: ProviderJobID) throws(ProviderError) -> Int {
        guard let place = jobs.firstIndex(where: { $0.job == id }) else { throw .missing }
        return place
    }

    func events(of job: ProviderJobID, after last: ProviderEventID?, as account: ProviderAccount)
        async throws(ProviderError) -> [ProviderEvent]
    {
        try await perform(.events, as: account) {
            Array(events[((events.firstIndex { $0.id == last } ?? -1) + 1)...])
        }
    }

    func checkpoints(of job: ProviderJobID, as account: ProviderAccount) async throws(ProviderError)
        -> [ProviderCheckpoint]
    {
        try await perform(.checkpoints, as: account) {
            [
                ProviderCheckpoint(
                    id: "ckpt-1", at: Timestamp(microseconds: 3), step: 1,
                    model: ProviderModelID(rawValue: Self.tunedModel + ":ckpt-1"),
                    metrics: ["train_loss": 0.5])
            ]
        }
    }
}

// MARK: Models

extension ScriptedProvider {
    func complete(
        _ request: CompletionRequest, as account: ProviderAccount, telling listener: CompletionListener?
    ) async throws(ProviderError) -> Completion {
        questions.append(request)
        let usual = answersOfModels[request.model.rawValue] ?? Self.usualAnswer
        let answer = answers.isEmpty ? usual : answers.removeFirst()
        let completion = try await perform(.complete, as: account) {
            for word in answer.split(separator: " ", omittingEmptySubsequences: false) { listener?("\(word) ") }
            return Completion(
                text: answer, usage: .init(promptTokens: 100, answerTokens: 7),
                confidence: request.measuresConfidence ? 0.75 : nil)
        }
        answered.append(request)
        return completion
    }

    /// The next answers of models; those after them are the usual one.
    func answer(_ answers: String...) {
        self.answers += answers
    }

    /// What a model answers from now on.
    func answerAlways(of model: String, _ answer: String) {
        answersOfModels[model] = answer
    }

    static let usualAnswer = "SELECT title FROM books WHERE year > 1900"
}

extension ScriptedProvider.MadeJob {
    fileprivate var remote: ProviderJob {
        let phase = isCancelled ? .cancelled : phases[0]
        let trainedTokens: Int? = if case .succeeded = phase { 4_200 } else { nil }
        return ProviderJob(id: job, phase: phase, trainedTokens: trainedTokens)
    }
}

extension ProviderError {
    /// The provider is down, and asks for nothing.
    static let down = ProviderError.unavailable(ProviderComplaint("out of order", httpStatus: 503), retryAfter: nil)
    /// The provider is down, and asks to be left alone for longer than any test takes.
    static let downForHours = ProviderError.unavailable(
        ProviderComplaint("out of order", httpStatus: 503), retryAfter: .seconds(10_000))
    static let tooOften = ProviderError.unavailable(
        ProviderComplaint("too many requests", httpStatus: 429), retryAfter: .milliseconds(1))
    static let lost = ProviderError.answerLost(ProviderComplaint("connection reset"), retryAfter: nil)
    static let badKey = ProviderError.unauthorized(
        ProviderComplaint("Incorrect API key provided", httpStatus: 401, code: "invalid_api_key"))
    static let notAllowed = ProviderError.refused(
        ProviderComplaint("training is not available", httpStatus: 403, code: "training_not_available"))
    static let missing = ProviderError.refused(ProviderComplaint("no such thing", httpStatus: 404))
}
