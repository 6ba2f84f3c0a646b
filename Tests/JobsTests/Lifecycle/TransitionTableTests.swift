import Identifiers
import Jobs
import Testing

@Suite("The state machine, every event in every situation")
struct TransitionTableTests {
    @Test("does what the table says", arguments: TransitionTable.rows)
    func follows(row: Row) {
        for situation in Situation.all {
            let (effects, before) = (row.effects(in: situation), situation.job)
            #expect(effects.count <= 1, "the row lists \(situation) twice")
            switch (effects.first, before.after(row.event)) {
            case (nil, let transition):
                #expect(transition == .unchanged, "\(situation)")
            case (.refuses(let refusal), let transition):
                #expect(transition == .refused(refusal), "\(situation)")
            case (.moves(let move), .moved(let after, let told)):
                expect(after, told, from: situation, by: move)
            case (.moves, let transition):
                Issue.record("\(situation): a move was expected, not \(transition)")
            }
        }
    }

    private func expect(_ after: Job, _ told: [Happening], from situation: Situation, by move: Effect.Move) {
        let step = move.step ?? situation.step
        #expect(Step(of: after.stage) == step, "\(situation)")
        #expect(after.status == step.status, "\(situation)")
        #expect(after.cancellation == move.cancellation ?? situation.cancellation, "\(situation)")
        #expect(told.map(\.name) == move.tells, "\(situation)")
        #expect(after.notBefore == move.wait.map { Sample.now.advanced(by: $0.delay) }, "\(situation)")
        #expect(after.obstacle == move.wait.flatMap(\.obstacle), "\(situation)")
        expectNothingLost(situation.job.artifacts, after)
    }

    // What was made is known to the end, but a file that is gone is made anew, and the other with it.
    private func expectNothingLost(_ before: Job.Artifacts, _ after: Job) {
        guard Step(of: after.stage) != .recorded else { return }
        #expect(before.dataset == nil || after.artifacts.dataset == before.dataset)
        #expect(before.validation == nil || after.artifacts.validation == before.validation)
        #expect(before.file == nil || after.artifacts.file == before.file)
        #expect(before.validationFile == nil || after.artifacts.validationFile == before.validationFile)
        #expect(before.job == nil || after.artifacts.job == before.job)
    }

    @Test("asks next for what the step needs", arguments: Situation.all)
    func nextAction(situation: Situation) {
        let expected: JobAction? =
            switch (situation.step, situation.cancellation) {
            case (.recorded, _): .buildDataset
            case (.built, _), (.builtBoth, _): .upload(Sample.dataset, .training)
            case (.builtSecond, _): .upload(Sample.validation, .validation)
            case (.uploading, _), (.uploadingFirst, _): .findFile(Sample.dataset, .training)
            case (.uploadingSecond, _): .findFile(Sample.validation, .validation)
            case (.processing, _), (.processingFirst, _): .checkFile(Sample.fileID)
            case (.processingSecond, _): .checkFile(Sample.validationFileID)
            case (.ready, _): .submit(Sample.files)
            case (.readyBoth, _): .submit(Sample.bothFiles)
            case (.submitting, _): .findJob
            case (.validatingFiles, .requested), (.queued, .requested), (.running, .requested):
                .cancelJob(Sample.jobID)
            case (.validatingFiles, _), (.queued, _), (.running, _): .poll(Sample.jobID)
            case (.succeeded, _), (.failed, _), (.cancelled, _): nil
            }
        #expect(situation.job.nextAction == expected)
        #expect((situation.job.nextAction == nil) == situation.job.status.isTerminal)
    }

    @Test("lets a job whose key was refused go on with another", arguments: Situation.all.filter { !$0.step.isEnd })
    func keyReplaced(situation: Situation) {
        var job = situation.job
        job.obstacle = .key("wrong key")
        job.notBefore = Sample.now.advanced(by: Sample.policy.keyRecheck)
        let (after, told) = job.moved(by: .keyReplaced)
        #expect(after == situation.job)
        #expect(told == [.resumed])
    }
}
