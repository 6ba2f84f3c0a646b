import Identifiers
import Jobs
import SeededRandomness

/// The daemon as the state machine sees it: it does what a job asks for next, commits every transition, and can
/// die at any moment, which leaves just what was committed.
///
/// A call that makes something is made after its intent was committed. What becomes of it is drawn: it can be
/// answered, refused, lost before it arrives, lost after, or be on its way still when its caller is gone.
struct Runner {
    private(set) var job = Job()
    private(set) var world = ProviderWorld()
    private(set) var told: [Happening] = []
    private(set) var now = Sample.now
    private(set) var random: SeededGenerator
    private var missesInARow = 0
    /// Whether the order holds records out.
    let holdsOut: Bool
    /// Whether calls can fail, the daemon die and users change their minds.
    var isStormy = true

    private let policy = Sample.policy
    /// The configuration holds the settle time above it.
    private static let callTimeout = Duration.seconds(60)

    init(seed: UInt64) {
        random = SeededGenerator(seed: seed)
        holdsOut = random.chance(50)
    }

    /// Does the next piece of work, once it is due.
    mutating func step() {
        pass(.seconds(2))
        if isStormy, random.chance(5) { apply(.cancelRequested) }
        if let notBefore = job.notBefore { now = max(now, notBefore) }
        switch job.nextAction {
        case nil: return
        case .buildDataset: apply(datasetEvent())
        case .upload(_, let role): upload(role)
        case .submit(let files): submit(files)
        case .findFile(_, let role): inquire { .fileFound($0.file(role, at: $1)) }
        case .findJob: inquire { .jobFound($0.job(at: $1)) }
        case .checkFile(let id): inquire { _, _ in .fileChecked(Sample.file(.ready, id: id)) }
        case .poll(let id):
            world.advance(id, using: &random)
            inquire { world, _ in .polled(world.job(id)) }
        case .cancelJob(let id):
            if !(isStormy && random.chance(20)) { world.cancel(id, using: &random) }
            inquire { world, _ in .cancelAnswered(world.job(id)) }
        }
    }

    private mutating func pass(_ limit: Duration) {
        now = now.advanced(by: random.duration(below: limit))
    }

    private mutating func apply(_ event: JobEvent) {
        let moment = Moment(now: now, jitter: Double.random(in: 0..<1, using: &random))
        guard case .moved(let after, let happenings) = job.applying(event, at: moment, policy: policy) else { return }
        job = after
        told += happenings
    }

    private mutating func datasetEvent() -> JobEvent {
        if isStormy, random.chance(20) { return .datasetFailed(reason: "disk full") }
        return .datasetBuilt(Sample.dataset, validation: holdsOut ? Sample.validation : nil)
    }
}

// MARK: Calls that make something

extension Runner {
    private mutating func upload(_ role: DatasetRole) {
        guard begins(.uploadBegun) else { return }
        make(
            { $0.makeFile(role, arriving: $1) }, answer: { .uploaded(Sample.file(.pending, id: $0)) },
            failure: { .uploadFailed($0) })
    }

    private mutating func submit(_ files: SentFiles) {
        guard begins(.submitBegun) else { return }
        make(
            { $0.makeJob(files, arriving: $1) }, answer: { .submitted(Sample.job(.validatingFiles, id: $0)) },
            failure: { .submitFailed($0) })
    }

    private mutating func begins(_ intent: JobEvent) -> Bool {
        let before = job.stage
        apply(intent)
        return job.stage != before
    }

    private mutating func make<ID>(
        _ make: (inout ProviderWorld, Timestamp) -> ID, answer: (ID) -> JobEvent, failure: (ProviderError) -> JobEvent
    ) {
        guard isStormy else { return apply(answer(make(&world, now))) }
        switch random.pick(Fate.allCases) {
        case .answered:
            let id = make(&world, now)
            passWhileCalling()
            apply(answer(id))
        case .failedBefore:
            passWhileCalling()
            apply(failure(random.pick([.busy, .busy, .wrongKey, .busy, .refusal])))
        case .lostBefore:
            passWhileCalling()
            apply(failure(random.pick([.lost, .cancelled])))
        case .lostAfter:
            _ = make(&world, now.advanced(by: random.duration(below: Self.callTimeout)))
            passWhileCalling()
            apply(failure(random.pick([.lost, .cancelled])))
        case .diedBefore: break
        case .diedAfter: _ = make(&world, now.advanced(by: random.duration(below: Self.callTimeout)))
        }
    }

    /// What becomes of a call that makes something.
    private enum Fate: CaseIterable {
        case answered, failedBefore, lostBefore, lostAfter, diedBefore, diedAfter
    }

    // The user can change their mind while the provider is being called.
    private mutating func passWhileCalling() {
        pass(.seconds(5))
        if random.chance(10) { apply(.cancelRequested) }
        pass(.seconds(5))
    }
}

// MARK: Calls that make nothing

extension Runner {
    private mutating func inquire(_ ask: (ProviderWorld, Timestamp) -> JobEvent) {
        let event = ask(world, now)
        guard isStormy else { return apply(event) }
        passWhileCalling()
        if random.chance(60) {
            missesInARow = 0
            apply(event)
        } else if !random.chance(20) {
            apply(.inquiryFailed(inquiryError()))
        }
    }

    // A provider that is not quite consistent misses an object now and then, but never for long.
    private mutating func inquiryError() -> ProviderError {
        let error = random.pick([ProviderError.busy, .lost, .wrongKey, .cancelled, .missing])
        missesInARow = error == .missing ? missesInARow + 1 : 0
        guard missesInARow < 5 else {
            missesInARow = 0
            return .busy
        }
        return error
    }
}
