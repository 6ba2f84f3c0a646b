import FoundationEssentials

extension Sandbox {
    func createJob(_ object: RequestObject) throws(APIError) -> Response {
        let order = try JobOrder(object)
        let training = try usableFile(order.trainingFile, as: .training)
        var validation: StoredFile?
        if let id = order.validationFile { validation = try usableFile(id, as: .validation) }
        var job = FineTuningJob(order: order, time: now)
        let rejection =
            rejected(training, as: .training) ?? validation.flatMap { file in rejected(file, as: .validation) }
        if let rejection { job.timeline.preparation = rejection }
        jobs.append(job)
        unsettledJobs.insert(job.id)
        counts.jobsCreated += 1
        if rejection == nil {
            self.order(
                TrainingOrder(
                    jobID: job.id, content: training.content, validation: validation?.content,
                    hyperparameters: order.hyperparameters))
        }
        return .json(self.object(job))
    }

    // A file that will turn out to be unusable fails the job's validation, once it has.
    private func rejected(_ file: StoredFile, as role: TrainingFile.Role) -> JobTimeline.Preparation? {
        guard case .fails(let date, let reason, _) = file.processing else { return nil }
        let failure = JobFailure(
            code: "invalid_\(role.rawValue)", message: "File '\(file.id)' is unusable: \(reason)", param: role.rawValue)
        return .rejected(failure, elapsed: max(0, date.timeIntervalSince(Date())) * clock.speed)
    }

    private func usableFile(_ id: String, as role: TrainingFile.Role) throws(APIError) -> StoredFile {
        guard let file = files[id] else {
            throw .badRequest("invalid \(role.rawValue): \(id)", code: "invalid_\(role.rawValue)", param: role.rawValue)
        }
        guard file.purpose == .fineTune else {
            throw .badRequest("File '\(id)' must have the purpose 'fine-tune'.", param: role.rawValue)
        }
        guard file.status(at: Date()) != .error else {
            throw .badRequest("File '\(id)' could not be processed.", param: role.rawValue)
        }
        return file
    }

    func listJobs(_ query: Query) throws(APIError) -> Response {
        try query.allowOnly(["after", "limit"])
        let wanted = query.metadata
        let found = jobs.items.reversed().filter { job in
            wanted.allSatisfy { job.order.metadata?[$0.key] == $0.value }
        }
        let page = try Page(of: found, after: query["after"], limit: query.limit(default: 20, most: 100), id: \.id)
        return .json(PageObject(data: page.elements.map(object), hasMore: page.hasMore))
    }

    func job(_ id: String) throws(APIError) -> FineTuningJob {
        guard let job = jobs[id] else {
            throw .notFound(
                "Could not find fine tune: \(id)", code: "fine_tune_not_found", param: "fine_tuning_job_id")
        }
        return job
    }

    func object(_ job: FineTuningJob) -> JobObject {
        JobObject(job, at: now, clock: clock)
    }

    func cancelJob(_ id: String) throws(APIError) -> Response {
        let response = try change(id) { (job, time) throws(APIError) in try job.cancel(at: time) }
        counts.jobsCancelled += 1
        return response
    }

    func change(
        _ id: String, _ body: (inout FineTuningJob, Double) throws(APIError) -> Void
    ) throws(APIError) -> Response {
        var job = try job(id)
        try body(&job, now)
        jobs[id] = job
        return .json(object(job))
    }

    func listEvents(of id: String, _ query: Query) throws(APIError) -> Response {
        try query.allowOnly(["after", "limit"])
        let events = JobEventObject.newestFirst(of: try job(id), until: now, clock: clock)
        let page = try Page(of: events, after: query["after"], limit: query.limit(default: 20, most: 100), id: \.id)
        return .json(PageObject(data: page.elements, hasMore: page.hasMore))
    }

    func listCheckpoints(of id: String, _ query: Query) throws(APIError) -> Response {
        try query.allowOnly(["after", "limit"])
        let all = CheckpointObject.newestFirst(of: try job(id), until: now, clock: clock)
        let page = try Page(of: all, after: query["after"], limit: query.limit(default: 10, most: 100), id: \.id)
        return .json(
            CheckpointListObject(
                data: page.elements, firstID: ExplicitNull(wrappedValue: page.elements.first?.id),
                lastID: ExplicitNull(wrappedValue: page.elements.last?.id), hasMore: page.hasMore))
    }

    /// Files the results of jobs that have succeeded since the last look. To be called before somebody looks at files;
    /// to look through all jobs at every request would be most of the work with ten thousand of them.
    func settle() {
        let now = now
        for job in jobs.items where unsettledJobs.contains(job.id) && job.status(at: now).isTerminal {
            unsettledJobs.remove(job.id)
            guard let training = job.result(at: now) else { continue }
            files.append(
                StoredFile(
                    id: job.resultFileID, createdAt: clock.date(of: job.finishTime(at: now) ?? now),
                    filename: "step_metrics.csv", purpose: .fineTuneResults,
                    content: ResultFile.content(of: training)))
        }
    }
}

/// The contract's page of jobs or events.
private struct PageObject<Element: Encodable>: Encodable {
    let object = "list"
    let data: [Element]
    let hasMore: Bool

    enum CodingKeys: String, CodingKey {
        case object, data
        case hasMore = "has_more"
    }
}

/// The contract's `ListFineTuningJobCheckpointsResponse`.
private struct CheckpointListObject: Encodable {
    let object = "list"
    let data: [CheckpointObject]
    @ExplicitNull var firstID: String?
    @ExplicitNull var lastID: String?
    let hasMore: Bool

    enum CodingKeys: String, CodingKey {
        case object, data
        case firstID = "first_id"
        case lastID = "last_id"
        case hasMore = "has_more"
    }
}
