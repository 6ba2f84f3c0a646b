import FoundationEssentials

/// A provider of fine-tuning, with all that it knows in memory.
///
/// Jobs have no timers: what a job is follows from the time of the question (`FineTuningJob`). Only the training
/// itself runs in the background: see `train()`.
actor Sandbox {
    var clock: SandboxClock
    var apiKey: String
    var faults = FaultRules()
    var log = RequestLog()
    var files = Registry<StoredFile>()
    var jobs = Registry<FineTuningJob>()
    /// Jobs whose results have not been filed yet.
    var unsettledJobs: Set<String> = []
    var deletedModels: Set<String> = []
    var counts = Counts()
    var traffic = Traffic()
    let started = ContinuousClock.now

    /// What the sandbox has been asked to make since it started.
    struct Counts {
        var filesCreated = 0
        var jobsCreated = 0
        var jobsCancelled = 0
    }

    private let orders: AsyncStream<TrainingOrder>
    private let ordered: AsyncStream<TrainingOrder>.Continuation

    init(apiKey: String, speed: Double) {
        self.apiKey = apiKey
        clock = SandboxClock(start: Date(), speed: speed)
        (orders, ordered) = AsyncStream.makeStream()
    }

    /// The time by which jobs live, now.
    var now: Double { clock.time(at: Date()) }
}

extension Sandbox {
    /// What a job's training needs; the files' bytes are shared, not copied.
    struct TrainingOrder: Sendable {
        let jobID: String
        let content: [UInt8]
        let validation: [UInt8]?
        let hyperparameters: Hyperparameters
    }

    func order(_ order: TrainingOrder) {
        ordered.yield(order)
    }

    /// Trains what is ordered, one job after the other, until the task is cancelled.
    func train() async {
        for await order in orders where isUnderway(order.jobID) {
            do {
                let training = try await Training.run(
                    content: order.content, validation: order.validation, hyperparameters: order.hyperparameters)
                finishPreparation(of: order.jobID) { .trained(training, elapsed: $0) }
            } catch let failure as JobFailure {
                finishPreparation(of: order.jobID) { .rejected(failure, elapsed: $0) }
            } catch {
                // Cancelled: the sandbox ends, and its jobs with it.
                return
            }
        }
    }

    private func isUnderway(_ id: String) -> Bool {
        let now = now
        return jobs[id].map { !$0.status(at: now).isTerminal } ?? false
    }

    private func finishPreparation(of id: String, with preparation: (Double) -> JobTimeline.Preparation) {
        guard var job = jobs[id] else { return }
        job.timeline.preparation = preparation(job.runningTime.elapsed(at: now))
        jobs[id] = job
    }
}
