import Identifiers
import Jobs
import Testing

@Suite("A job over time")
struct JobHistoryTests {
    private func job(at step: Step, _ cancellation: Job.Cancellation = .none) -> Job {
        Situation(step: step, cancellation: cancellation).job
    }

    @Test("goes from its order to its model, and tells each step once")
    func wholeLife() {
        let events: [JobEvent] = [
            .datasetBuilt(Sample.dataset), .uploadBegun, .uploaded(Sample.file(.pending)),
            .fileChecked(Sample.file(.pending)), .fileChecked(Sample.file(.ready)), .submitBegun,
            .submitted(Sample.job(.validatingFiles)), .polled(Sample.job(.validatingFiles)),
            .polled(Sample.job(.queued)), .polled(Sample.job(.running)), .polled(Sample.job(.running)),
            .polled(Sample.job(.succeeded(model: "ft:1"))),
        ]
        var (job, told) = (Job(), [Happening]())
        for event in events {
            let next = job.moved(by: event)
            (job, told) = (next.job, told + next.told)
        }
        #expect(job.model == "ft:1")
        #expect(job.artifacts == Sample.artifacts)
        #expect(
            told == [
                .trainingFileBuilt(Sample.dataset), .uploadStarted(.training, Sample.dataset),
                .fileUploaded(.training, Sample.fileID), .fileReady(.training, Sample.fileID), .submitStarted,
                .jobCreated(Sample.jobID),
                .statusChanged(.validatingFiles), .statusChanged(.queued), .statusChanged(.running),
                .ended(.succeeded(model: "ft:1")),
            ])
    }

    @Test("sends the training file, then the validation file, and asks for a job made from both")
    func validationFile() {
        let second = ProviderFile(
            id: Sample.validationFileID, name: "finetuned-1-validation.jsonl",
            byteCount: Sample.validation.byteCount, readiness: .pending)
        var taken = second
        taken.readiness = .ready
        let events: [JobEvent] = [
            .datasetBuilt(Sample.dataset, validation: Sample.validation), .uploadBegun,
            .uploaded(Sample.file(.ready)), .uploadBegun, .uploadFailed(.lost), .fileFound(second),
            .fileChecked(taken),
        ]
        var (job, told) = (Job(), [String]())
        for event in events {
            let next = job.moved(by: event)
            (job, told) = (next.job, told + next.told.map(\.message))
        }
        #expect(job.nextAction == .submit(Sample.bothFiles))
        #expect(
            told == [
                "training file built: 12 examples, 4096 bytes", "validation file built: 2 examples, 512 bytes",
                "uploading the training file: 4096 bytes", "the provider has the training file as file-1",
                "uploading the validation file: 512 bytes", "the connection was closed; trying again in 1 s",
                "the provider had the validation file already as file-2: not sent again",
                "the provider takes file-2",
            ])
    }

    @Test("remembers the tokens that the provider bills, however it ends")
    func trainedTokens() {
        let ended = ProviderJob(id: Sample.jobID, phase: .cancelled, trainedTokens: 4_200)
        #expect(job(at: .running).moved(by: .polled(ended)).job.trainedTokens == 4_200)
    }

    @Test(
        "ends with the failure of what refused it",
        arguments: [
            (Step.uploading, JobEvent.uploadFailed(.refused(ProviderComplaint("too big"))), "upload_refused"),
            (.uploading, .uploadFailed(.refusal), "training_not_available"),
            (.uploading, .uploaded(Sample.file(.unusable(reason: "line 3"))), "file_unusable"),
            (.processing, .fileChecked(Sample.file(.unusable(reason: "line 3"))), "file_unusable"),
            (.submitting, .submitFailed(.refused(ProviderComplaint("no"))), "job_refused"),
            (.submitting, .submitFailed(.refusal), "training_not_available"),
            (.running, .polled(Sample.job(.failed(ProviderComplaint("diverged")))), "provider_job_failed"),
            (.running, .polled(Sample.job(.failed(ProviderComplaint("x", code: "server_error")))), "server_error"),
            (.recorded, .datasetImpossible(Sample.failure), "not_enough_golden_records"),
        ])
    func failures(step: Step, event: JobEvent, code: String) {
        #expect(job(at: step).moved(by: event).job.failure?.code == code)
    }

    @Test("looks at a pending file so often, then asks for its job all the same")
    func pendingForEver() {
        var job = job(at: .processing)
        for _ in 0..<Sample.policy.fileChecks {
            job = job.moved(by: .fileChecked(Sample.file(.pending))).job
            #expect(Step(of: job.stage) == .processing)
        }
        let (after, told) = job.moved(by: .fileChecked(Sample.file(.pending)))
        #expect(after == self.job(at: .ready))
        #expect(told == [.fileReady(.training, Sample.fileID)])
    }

    @Test("tells of an obstacle once, of the next one again, and waits longer each time")
    func obstacles() {
        var job = job(at: .running)
        var told: [String] = []
        var waits: [Duration] = []
        let unavailable = { ProviderError.unavailable(ProviderComplaint($0), retryAfter: nil) }
        for message in ["a", "a", "a", "b"] {
            let next = job.moved(by: .inquiryFailed(unavailable(message)))
            job = next.job
            told += next.told.map(\.message)
            waits.append(job.notBefore?.duration(since: Sample.now) ?? .zero)
        }
        #expect(told == ["a; trying again in 1 s", "b; trying again in 4 s"])
        #expect(waits == [.milliseconds(500), .seconds(1), .seconds(2), .seconds(4)])
        #expect(job.moved(by: .polled(Sample.job(.running))).job == self.job(at: .running))
    }

    @Test("keeps to the provider's wish to be left alone where that is longer")
    func retryAfter() {
        let job = job(at: .running).moved(by: .inquiryFailed(.busy)).job
        #expect(job.notBefore == Sample.now.advanced(by: Sample.retryAfter))
    }

    @Test("waits for a key without counting, tells of it once, and announces no upload at each recheck")
    func keyRechecks() {
        var job = job(at: .uploading).moved(by: .uploadFailed(.wrongKey)).job
        for _ in 0..<3 {
            let begun = job.moved(by: .uploadBegun)
            #expect(begun.told.isEmpty)
            let refused = begun.job.moved(by: .uploadFailed(.wrongKey))
            #expect(refused.told.isEmpty)
            job = refused.job
        }
        #expect(job.failedTries == 0)
        #expect(job.obstacle == .key("wrong key"))
    }

    @Test(
        "is missing at the provider only after hours of reports in a row, which are told once",
        arguments: [Step.processing, .running])
    func missing(step: Step) {
        var (job, now, told) = (job(at: step), Sample.now, [Happening]())
        for number in 0..<10_000 where !job.status.isTerminal {
            now = job.notBefore ?? now
            let report = ProviderComplaint("no such thing (request \(number))", httpStatus: 404)
            let next = job.moved(by: .inquiryFailed(.refused(report)), at: now)
            (job, told) = (next.job, told + next.told)
        }
        #expect(job.failure?.code == "provider_object_missing")
        #expect(now.duration(since: Sample.now) >= Sample.policy.missingTime)
        #expect(told.map(\.name) == ["waiting", "failed"])
    }

    @Test("that the provider no longer shows ends once it is cancelled, when what was on its way has arrived")
    func missingAndCancelled() {
        var (job, now) = (job(at: .running), Sample.now)
        job = job.moved(by: .inquiryFailed(.missing)).job.moved(by: .cancelRequested).job
        #expect(job.nextAction == .cancelJob(Sample.jobID))
        for _ in 0..<100 where !job.status.isTerminal {
            now = job.notBefore ?? now
            job = job.moved(by: .inquiryFailed(.missing), at: now).job
        }
        #expect(job.status == .cancelled && job.artifacts.job == Sample.jobID)
        let waited = now.duration(since: Sample.now)
        #expect(waited >= Sample.policy.settleTime && waited < Sample.policy.settleTime * 2)
    }

    @Test(
        "is made once more, or ends where it is cancelled, only after a second look that finds nothing",
        arguments: [Step.uploading, .submitting], [Job.Cancellation.none, .requested])
    func looksTwice(step: Step, cancellation: Job.Cancellation) {
        let nothing: JobEvent = step == .uploading ? .fileFound(nil) : .jobFound(nil)
        let first = job(at: step, cancellation).moved(by: nothing).job
        #expect(Step(of: first.stage) == step)
        let second = first.moved(by: nothing, at: first.notBefore ?? Sample.now).job
        let tryAgain: Step = step == .uploading ? .built : .ready
        #expect(Step(of: second.stage) == (cancellation == .none ? tryAgain : .cancelled))
        #expect(second.obstacle == nil && second.notBefore == nil)
    }

    @Test(
        "starts to look anew after a look that failed, and after another try", arguments: [ProviderError.busy, .lost])
    func looksAnew(error: ProviderError) {
        let first = job(at: .submitting).moved(by: .jobFound(nil)).job
        let failed = first.moved(by: .inquiryFailed(error)).job
        #expect(Step(of: failed.moved(by: .jobFound(nil)).job.stage) == .submitting)
        let again = first.moved(by: .jobFound(nil)).job.moved(by: .submitBegun).job
        #expect(Step(of: again.moved(by: .jobFound(nil)).job.stage) == .submitting)
    }

    @Test("is not missing for one report after an outage, or after a pending file")
    func missingAfterOutage() {
        var running = job(at: .running)
        for _ in 0..<20 { running = running.moved(by: .inquiryFailed(.busy)).job }
        #expect(running.moved(by: .inquiryFailed(.missing)).job.status == .running)
        var processing = job(at: .processing)
        for _ in 0..<10 { processing = processing.moved(by: .fileChecked(Sample.file(.pending))).job }
        #expect(processing.moved(by: .inquiryFailed(.missing)).job.status == .queued)
    }

    @Test("tells of an unknown status once, and clears what stood in its way")
    func unknownStatus() {
        let paused = JobEvent.polled(Sample.job(.unknown(word: "paused")))
        let obstructed = job(at: .running).moved(by: .inquiryFailed(.busy)).job
        let first = obstructed.moved(by: paused)
        #expect(first.told == [.statusUnknown("paused")])
        #expect(first.job.status == .running)
        #expect(first.job.obstacle == nil && first.job.notBefore == nil && first.job.failedTries == 0)
        #expect(first.job.after(paused) == .unchanged)
        let other = first.job.moved(by: .polled(Sample.job(.unknown(word: "resuming"))))
        #expect(other.told == [.statusUnknown("resuming")])
        let known = other.job.moved(by: .polled(Sample.job(.running)))
        #expect(known.job.moved(by: paused).told == [.statusUnknown("paused")])
    }

    @Test("tells the provider of a wish to cancel once, whatever status it answers with")
    func deliversOnce() {
        let paused = Sample.job(.unknown(word: "paused"))
        let known = job(at: .running).moved(by: .polled(paused)).job
        let cancelling = known.moved(by: .cancelRequested).job
        #expect(cancelling.nextAction == .cancelJob(Sample.jobID))
        let delivered = cancelling.moved(by: .cancelAnswered(paused)).job
        #expect(delivered.cancellation == .delivered)
        #expect(delivered.nextAction == .poll(Sample.jobID))
    }

    @Test(
        "looks no earlier for what it may have made because it is cancelled", arguments: [Step.uploading, .submitting])
    func cancelKeepsSettleTime(step: Step) {
        let lost: JobEvent = step == .uploading ? .uploadFailed(.lost) : .submitFailed(.lost)
        let nothing: JobEvent = step == .uploading ? .fileFound(nil) : .jobFound(nil)
        let waiting = job(at: step).moved(by: lost).job.moved(by: nothing).job
        let second = Sample.now.advanced(by: .seconds(1))
        let cancelling = waiting.moved(by: .cancelRequested, at: second).job
        #expect(cancelling.notBefore == Sample.now.advanced(by: Sample.policy.settleTime))
    }

    @Test("waits no longer than the settle time once it is cancelled")
    func cancelShortensBackoff() {
        var waiting = job(at: .submitting)
        for _ in 0..<12 { waiting = waiting.moved(by: .inquiryFailed(.lost)).job }
        let cancelling = waiting.moved(by: .cancelRequested).job
        #expect(cancelling.notBefore == Sample.now.advanced(by: Sample.policy.settleTime))
        let running = job(at: .running).moved(by: .inquiryFailed(.busy)).job
        #expect(running.moved(by: .cancelRequested).job.notBefore == nil)
    }

    @Test("adopts a job that it finds after its cancellation, and cancels that")
    func cancelsWhatItFinds() {
        let cancelling = job(at: .submitting).moved(by: .cancelRequested).job
        let found = cancelling.moved(by: .jobFound(Sample.job(.running))).job
        #expect(found.nextAction == .cancelJob(Sample.jobID))
    }
}
