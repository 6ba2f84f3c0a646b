import Jobs
import Testing

@Suite("Whatever dies, and whenever")
struct MoneySafetyTests {
    private static let seeds = Array(UInt64(0)..<UInt64(20))
    private static let runsPerSeed: UInt64 = 250

    private func eachRun(of seed: UInt64, _ body: (UInt64) throws -> Void) rethrows {
        for run in 0..<Self.runsPerSeed { try body(seed &* 1_000_003 &+ run) }
    }

    @Test("one order makes one job at the provider, at most", arguments: seeds)
    func neverPaysTwice(seed: UInt64) {
        eachRun(of: seed) { run in
            var runner = Runner(seed: run)
            for _ in 0..<60 { runner.step() }
            #expect(runner.world.jobs.count <= 1, "run \(run)")
        }
    }

    @Test("each file is sent once, at most, and the job is made from what was held out and the rest", arguments: seeds)
    func filesMatchTheOrder(seed: UInt64) {
        eachRun(of: seed) { run in
            var runner = Runner(seed: run)
            for _ in 0..<80 { runner.step() }
            for role in DatasetRole.allCases {
                #expect(runner.world.files.count { $0.role == role } <= 1, "run \(run)")
            }
            for job in runner.world.jobs {
                #expect(runner.world.role(of: job.files.training.id) == .training, "run \(run)")
                let validation = job.files.validation.flatMap { runner.world.role(of: $0.id) }
                #expect(validation == (runner.holdsOut ? .validation : nil), "run \(run)")
            }
        }
    }

    @Test("every job comes to its end once the provider answers again", arguments: seeds)
    func reachesAnEnd(seed: UInt64) {
        eachRun(of: seed) { run in
            var runner = Runner(seed: run)
            for _ in 0..<Int(run % 40) { runner.step() }
            runner.isStormy = false
            for _ in 0..<200 where runner.job.nextAction != nil { runner.step() }
            #expect(runner.job.nextAction == nil, "run \(run) is at \(runner.job)")
            #expect(runner.told.count { if case .ended = $0 { true } else { false } } == 1, "run \(run)")
        }
    }

    @Test("a storm brings jobs into every situation that there is")
    func comesByEverySituation() {
        var seen: Set<Situation> = []
        for seed in Self.seeds {
            eachRun(of: seed) { run in
                var runner = Runner(seed: run)
                for _ in 0..<40 {
                    runner.step()
                    seen.insert(Situation(step: Step(of: runner.job.stage), cancellation: runner.job.cancellation))
                }
            }
        }
        let missed = Situation.all.filter { !seen.contains($0) }
        #expect(missed.isEmpty)
    }

    @Test("no job runs on at the provider that nobody here knows of", arguments: seeds)
    func losesNoJob(seed: UInt64) {
        eachRun(of: seed) { run in
            var runner = Runner(seed: run)
            for _ in 0..<Int(run % 40) { runner.step() }
            runner.isStormy = false
            for _ in 0..<200 where runner.job.nextAction != nil { runner.step() }
            for made in runner.world.jobs {
                #expect(made.phase.isEnd, "run \(run)")
                #expect(runner.job.artifacts.job != nil, "run \(run)")
            }
        }
    }

    @Test("nothing is sent or ordered after the wish to cancel", arguments: seeds)
    func stopsWhenCancelled(seed: UInt64) {
        eachRun(of: seed) { run in
            var runner = Runner(seed: run)
            for _ in 0..<60 {
                runner.step()
                guard runner.job.cancellation != .none else { continue }
                switch runner.job.nextAction {
                case .buildDataset, .upload, .submit: Issue.record("run \(run) asks for more work")
                case .findFile, .checkFile, .findJob, .poll, .cancelJob, nil: break
                }
            }
        }
    }
}
