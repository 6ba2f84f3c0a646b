import FoundationEssentials
import Testing

@testable import finetune_sandbox

@Suite struct JobTimelineTests {
    /// A job of twelve examples and two epochs that started at 100 and was trained two seconds later.
    private func trainedJob() throws -> FineTuningJob {
        var job = try newJob()
        let file = try TrainingFile(content: Array(trainingLines(12).utf8))
        let training = try Training(
            examples: file.examples, validation: nil, hyperparameters: job.order.hyperparameters)
        job.timeline.preparation = .trained(training, elapsed: 2)
        return job
    }

    private func newJob() throws -> FineTuningJob {
        let body = #"{"model":"gpt-4o","training_file":"file-1","suffix":"My DB","hyperparameters":{"n_epochs":2}}"#
        return FineTuningJob(order: try JobOrder(requestObject(body)), time: 100)
    }

    @Test(
        "a job walks through its states by the time it has run",
        arguments: [
            (100.0, JobStatus.validatingFiles), (104.9, .validatingFiles), (105, .queued), (114.9, .queued),
            (115, .running), (159.9, .running), (160, .succeeded), (1_000_000, .succeeded),
        ])
    func states(time: Double, status: JobStatus) throws {
        #expect(try trainedJob().status(at: time) == status)
    }

    @Test func aJobWaitsInValidationForItsTraining() throws {
        var job = try newJob()
        #expect(job.status(at: 1_000) == .validatingFiles)
        job.timeline.preparation = .rejected(JobFailure(code: "c", message: "m", param: "training_file"), elapsed: 900)
        #expect(job.status(at: 1_000) == .failed)
        #expect(job.failure(at: 1_000)?.code == "c")
        #expect(job.finishTime(at: 1_001) == 1_000)
    }

    @Test func aPauseStopsTheTimeOfAJob() throws {
        var job = try trainedJob()
        try job.pause(at: 120)
        #expect(job.status(at: 500) == .paused)
        #expect(throws: APIError.self) { try job.pause(at: 500) }
        try job.resume(at: 500)
        #expect(job.status(at: 501) == .running)
        #expect(job.status(at: 539.9) == .running)
        #expect(job.status(at: 540) == .succeeded)
        #expect(job.finishTime(at: 600) == 540)
        #expect(throws: APIError.self) { try job.resume(at: 600) }
    }

    @Test func aCancelledJobStaysCancelled() throws {
        var job = try trainedJob()
        try job.pause(at: 120)
        try job.cancel(at: 130)
        #expect(job.status(at: 1_000) == .cancelled)
        #expect(job.finishTime(at: 1_000) == 130)
        #expect(job.result(at: 1_000) == nil)
        #expect(throws: APIError.self) { try job.cancel(at: 131) }
        #expect(job.events(until: 1_000).map(\.kind).suffix(2) == [.paused, .cancelled])
    }

    @Test func aFinishedJobCannotBeChanged() throws {
        var job = try trainedJob()
        #expect(throws: APIError.self) { try job.cancel(at: 160) }
        #expect(throws: APIError.self) { try job.pause(at: 160) }
        #expect(throws: APIError.self) { try job.resume(at: 160) }
    }

    @Test func eventsAppearWhenTheyHappenAndNeverChange() throws {
        let job = try trainedJob()
        let clock = SandboxClock(start: Date(timeIntervalSince1970: 0), speed: 1)
        var before: [String] = []
        for time in stride(from: 100.0, through: 161, by: 0.5) {
            let ids = Array(JobEventObject.newestFirst(of: job, until: time, clock: clock).map(\.id).reversed())
            #expect(ids.starts(with: before))
            before = ids
        }
        #expect(Set(before).count == before.count)
        #expect(job.events(until: 161).map(\.kind).last == .completed)
    }

    @Test func everyEpochLeavesACheckpoint() throws {
        let job = try trainedJob()
        let clock = SandboxClock(start: Date(timeIntervalSince1970: 0), speed: 1)
        #expect(CheckpointObject.newestFirst(of: job, until: 130, clock: clock).isEmpty)
        #expect(CheckpointObject.newestFirst(of: job, until: 140, clock: clock).map(\.stepNumber) == [12])
        #expect(CheckpointObject.newestFirst(of: job, until: 160, clock: clock).map(\.stepNumber) == [24, 12])
    }

    @Test func theModelIsNamedAfterBaseAndSuffix() throws {
        let name = try newJob().modelName
        #expect(name.hasPrefix("ft:gpt-4o-2024-08-06:sandbox:my-db:"))
        #expect(name.split(separator: ":").last?.count == 8)
    }
}

@Suite struct RunningTimeTests {
    @Test func pausesDoNotCount() {
        var time = RunningTime(start: 10)
        time.pause(at: 20)
        #expect(time.elapsed(at: 50) == 10)
        #expect(time.time(ofElapsed: 11) == .infinity)
        time.resume(at: 50)
        #expect(time.elapsed(at: 55) == 15)
        #expect(time.time(ofElapsed: 5) == 15)
        #expect(time.time(ofElapsed: 15) == 55)
    }

    @Test func theClockNeverJumpsWhenItsSpeedChanges() {
        let start = Date(timeIntervalSince1970: 1_000)
        var clock = SandboxClock(start: start, speed: 10)
        clock.setSpeed(2, at: start.addingTimeInterval(5))
        #expect(clock.time(at: start.addingTimeInterval(5)) == 50)
        #expect(clock.time(at: start.addingTimeInterval(6)) == 52)
        #expect(clock.date(of: 20) == start.addingTimeInterval(2))
        #expect(clock.date(of: 54) == start.addingTimeInterval(7))
    }
}

@Suite struct StepScheduleTests {
    @Test(
        "reports are spread over the run and every epoch ends with one",
        arguments: [(10, 1, 1), (10, 3, 1), (10, 50, 1), (7, 2, 3), (100_000, 3, 8), (10, 1, 256)])
    func reports(examples: Int, epochs: Int, batchSize: Int) {
        let schedule = StepSchedule(examples: examples, epochs: epochs, batchSize: batchSize)
        let steps = schedule.reportedSteps
        #expect(steps == Set(steps).sorted())
        #expect(steps.count <= max(epochs, StepSchedule.reportsWanted))
        #expect(steps.compactMap(schedule.epochEnding) == Array(1...epochs))
        #expect(steps.last == schedule.totalSteps)
        #expect(schedule.seen(afterStep: schedule.stepsPerEpoch) == examples)
    }
}
