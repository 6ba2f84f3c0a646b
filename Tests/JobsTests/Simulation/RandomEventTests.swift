import Identifiers
import Jobs
import SeededRandomness
import Testing

@Suite("In whatever order events come")
struct RandomEventTests {
    private static let seeds = Array(UInt64(0)..<UInt64(10))

    /// Every job that each of many random histories goes through, with what came before and what was told.
    private func eachMove(of seed: UInt64, _ body: (Job, JobEvent, Job, [Happening]) -> Void) {
        var random = SeededGenerator(seed: seed)
        let events = TransitionTable.rows.map(\.event)
        for _ in 0..<150 {
            var (job, now) = (Job(), Sample.now)
            for _ in 0..<120 {
                let event = random.pick(events)
                now = now.advanced(by: random.duration(below: .seconds(30)))
                let moment = Moment(now: now, jitter: Double.random(in: 0..<1, using: &random))
                guard case .moved(let after, let told) = job.applying(event, at: moment, policy: Sample.policy) else {
                    continue
                }
                body(job, event, after, told)
                job = after
            }
        }
    }

    @Test("a job is in a situation that the table lists", arguments: seeds)
    func reachable(seed: UInt64) {
        let known = Set(Situation.all)
        eachMove(of: seed) { _, event, after, _ in
            let situation = Situation(step: Step(of: after.stage), cancellation: after.cancellation)
            #expect(known.contains(situation), "\(event) led to \(situation)")
        }
    }

    @Test("there is a next action just until the end, and the end is final", arguments: seeds)
    func ends(seed: UInt64) {
        eachMove(of: seed) { before, event, after, told in
            #expect(!before.status.isTerminal, "\(event) moved a job that was over")
            #expect((after.nextAction == nil) == after.status.isTerminal)
            #expect(after.status.isTerminal == told.contains { if case .ended = $0 { true } else { false } })
        }
    }

    @Test("a job at the provider is never let go, or asked for again", arguments: seeds)
    func keepsItsJob(seed: UInt64) {
        eachMove(of: seed) { before, event, after, _ in
            guard let job = before.artifacts.job else { return }
            #expect(after.artifacts.job == job, "\(event)")
            if case .submit = after.nextAction { Issue.record("\(event) asks for a second job") }
        }
    }

    @Test(
        "what may have been made is given up only when nobody saw it for the time in which it may arrive",
        arguments: seeds)
    func intentsSettle(seed: UInt64) {
        eachMove(of: seed) { before, event, after, _ in
            guard event == .jobFound(nil) || event == .fileFound(nil), after.stage != before.stage else { return }
            guard case .missing(_, let waited) = before.obstacle else {
                Issue.record("given up at first sight: \(before)")
                return
            }
            #expect(waited >= Sample.policy.settleTime)
        }
    }

    @Test("a status is told when it changes", arguments: seeds)
    func statusIsTold(seed: UInt64) {
        eachMove(of: seed) { before, event, after, told in
            guard before.status != after.status, !after.status.isTerminal else { return }
            #expect(told.contains(.statusChanged(after.status)), "\(event)")
        }
    }
}
