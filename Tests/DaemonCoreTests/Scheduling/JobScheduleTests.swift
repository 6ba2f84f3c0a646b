import Identifiers
import Jobs
import Testing

@testable import DaemonCore

@Suite("the schedule of jobs")
struct JobScheduleTests {
    private func job(_ number: Int) -> ObjectID { ObjectID(seconds: 1, suffix: UInt64(number)) }
    private func at(_ second: Int) -> Timestamp { Timestamp(microseconds: Int64(second) * 1_000_000) }

    private func schedule(places: Int = 100) -> JobSchedule {
        JobSchedule(pacings: ProviderPacings(usual: ProviderPacing(jobsAtATime: places)))
    }

    private func next(
        _ moment: Timestamp, of connection: Int = 1, in lane: JobLane = .calls(.openAI)
    ) -> JobSchedule.Next {
        .init(at: moment, place: JobPlace(lane: lane, connection: ObjectID(seconds: 0, suffix: UInt64(connection))))
    }

    @Test("jobs start in the order in which they are due, and none before")
    func jobsStartInOrder() {
        var schedule = schedule()
        for (number, second) in [(1, 30), (2, 10), (3, 20), (4, 40)] {
            schedule.schedule(job(number), next(at(second)))
        }
        #expect(schedule.nextDue == at(10))
        #expect(schedule.start(at: at(9)) == nil)
        #expect(
            [schedule.start(at: at(35)), schedule.start(at: at(35)), schedule.start(at: at(35))] == [2, 3, 1].map(job))
        #expect(schedule.start(at: at(35)) == nil)
        #expect(schedule.workingCount == 3 && schedule.count == 4)
        #expect(schedule.nextDue == at(40))
    }

    @Test("a job is moved forward, never back")
    func aJobIsMovedForward() {
        var schedule = schedule()
        schedule.schedule(job(1), next(at(20)))
        schedule.schedule(job(1), next(at(30)))
        #expect(schedule.nextDue == at(20))
        schedule.schedule(job(1), next(at(5)))
        #expect(schedule.nextDue == at(5))
        #expect(schedule.start(at: at(100)) == job(1))
        // The entry for 20 is stale, and must not start it a second time.
        #expect(schedule.start(at: at(100)) == nil && schedule.nextDue == nil)
        schedule.finish(job(1), next: next(at(50)), now: at(10))
        #expect(schedule.nextDue == at(50) && schedule.count == 1)
    }

    @Test("a job that is woken while it is worked on is due again at once")
    func aWokenJobIsDueAtOnce() {
        var schedule = schedule()
        schedule.schedule(job(1), next(at(0)))
        #expect(schedule.start(at: at(0)) == job(1))
        schedule.schedule(job(1), next(at(1)))
        #expect(schedule.start(at: at(1)) == nil)
        schedule.finish(job(1), next: next(at(60)), now: at(2))
        #expect(schedule.start(at: at(2)) == job(1))
        schedule.finish(job(1), next: next(at(60)), now: at(3))
        #expect(schedule.nextDue == at(60))
    }

    @Test("a job that is over leaves nothing behind")
    func aJobThatIsOverIsGone() {
        var schedule = schedule()
        schedule.schedule(job(1), next(at(0)))
        #expect(schedule.start(at: at(0)) == job(1))
        schedule.schedule(job(1), next(at(0)))
        schedule.finish(job(1), next: nil, now: at(1))
        #expect(schedule.count == 0 && schedule.nextDue == nil)
    }

    @Test("a connection with ten thousand jobs leaves places to one with ten, and takes turns with it")
    func connectionsTakeTurns() {
        var schedule = schedule(places: 8)
        for number in 0..<10_000 { schedule.schedule(job(number), next(at(0), of: 1)) }
        let many = (0..<8).compactMap { _ in schedule.start(at: at(0)) }
        // Three quarters of the places, though nobody else wants the rest yet.
        #expect(many.count == 6)
        for number in 20_000..<20_010 { schedule.schedule(job(number), next(at(1), of: 2)) }
        var started = (0..<8).compactMap { _ in schedule.start(at: at(1)) }
        #expect(started.count == 2 && started.allSatisfy { $0 >= job(20_000) })
        for job in many {
            schedule.finish(job, next: nil, now: at(2))
            started += [schedule.start(at: at(2))].compactMap(\.self)
        }
        #expect(started.count == 8 && started.count { $0 >= job(20_000) } == 5)
    }

    @Test("no lane waits for another: a provider that stalls, or uploads, hold up nothing else")
    func lanesAreApart() {
        let lanes: [JobLane] = [
            .calls(.openAI), .calls(ProviderName(rawValue: "other")), .uploads(.openAI), .trainingFiles,
        ]
        var schedule = schedule(places: 1)
        for (number, lane) in lanes.enumerated() {
            for copy in 0..<50 { schedule.schedule(job(number * 100 + copy), next(at(0), of: copy, in: lane)) }
        }
        var counts = [0, 0, 0, 0]
        while let started = schedule.start(at: at(0)) { counts[Int(started.suffix) / 100] += 1 }
        #expect(counts == [1, 1, 1, 4])
    }

    @Test("whatever happens, it does as lists that are searched every time would", arguments: 0..<20 as Range<UInt64>)
    func itDoesAsAPlainListWould(seed: UInt64) {
        var random = SplitMix(state: seed)
        let places = Int.random(in: 1...6, using: &random)
        var schedule = schedule(places: places)
        var list = PlainSchedule(places: places)
        var now = 0
        for _ in 0..<2_000 {
            let number = Int.random(in: 0..<12, using: &random)
            let next = next(at(now + Int.random(in: -3..<20, using: &random)), of: number % 3)
            switch Int.random(in: 0..<4, using: &random) {
            case 0:
                schedule.schedule(job(number), next)
                list.schedule(job(number), next)
            case 1:
                let started = schedule.start(at: at(now))
                #expect(list.mayStart(started, at: at(now)))
                if let started { list.start(started) }
            case 2:
                guard list.working[job(number)] != nil else { continue }
                let again = Bool.random(using: &random) ? next : nil
                schedule.finish(job(number), next: again, now: at(now))
                list.finish(job(number), next: again, now: at(now))
            default: now += Int.random(in: 0..<4, using: &random)
            }
            #expect(schedule.count == list.due.count + list.working.count)
            #expect(schedule.workingCount == list.working.count)
        }
    }
}

/// The schedule in the plainest way, for one lane.
private struct PlainSchedule {
    let places: Int
    var due: [ObjectID: JobSchedule.Next] = [:]
    var working: [ObjectID: JobPlace] = [:]
    var woken: Set<ObjectID> = []

    mutating func schedule(_ job: ObjectID, _ next: JobSchedule.Next) {
        if working[job] != nil {
            woken.insert(job)
        } else if due[job].map({ next.at < $0.at }) ?? true {
            due[job] = next
        }
    }

    /// Of the connections that have jobs and places, any may be first.
    func mayStart(_ job: ObjectID?, at now: Timestamp) -> Bool {
        let startable = due.filter { $0.value.at <= now && hasPlace($0.value.place.connection) }
        guard let job else { return startable.isEmpty }
        return startable[job] != nil
    }

    private func hasPlace(_ connection: ObjectID) -> Bool {
        working.count < places
            && working.values.count { $0.connection == connection } < places - places / 4
    }

    mutating func start(_ job: ObjectID) {
        working[job] = due.removeValue(forKey: job)?.place
    }

    mutating func finish(_ job: ObjectID, next: JobSchedule.Next?, now: Timestamp) {
        working[job] = nil
        let isWoken = woken.remove(job) != nil
        guard let next else { return }
        schedule(job, isWoken ? .init(at: min(now, next.at), place: next.place) : next)
    }
}

/// A generator whose numbers follow from its seed (Steele, Lea and Flood, "Fast splittable pseudorandom number
/// generators", 2014).
private struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
