import Identifiers
import Testing

@testable import DaemonCore

@Suite("the schedule of jobs")
struct JobScheduleTests {
    private func job(_ number: Int) -> ObjectID { ObjectID(seconds: 1, suffix: UInt64(number)) }
    private func at(_ second: Int) -> Timestamp { Timestamp(microseconds: Int64(second) * 1_000_000) }

    @Test("jobs start in the order in which they are due, and none before")
    func jobsStartInOrder() {
        var schedule = JobSchedule()
        for (number, second) in [(1, 30), (2, 10), (3, 20), (4, 40)] { schedule.schedule(job(number), at: at(second)) }
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
        var schedule = JobSchedule()
        schedule.schedule(job(1), at: at(20))
        schedule.schedule(job(1), at: at(30))
        #expect(schedule.nextDue == at(20))
        schedule.schedule(job(1), at: at(5))
        #expect(schedule.nextDue == at(5))
        #expect(schedule.start(at: at(100)) == job(1))
        // The entry for 20 is stale, and must not start it a second time.
        #expect(schedule.start(at: at(100)) == nil && schedule.nextDue == nil)
        schedule.finish(job(1), next: at(50), now: at(10))
        #expect(schedule.nextDue == at(50) && schedule.count == 1)
    }

    @Test("a job that is woken while it is worked on is due again at once")
    func aWokenJobIsDueAtOnce() {
        var schedule = JobSchedule()
        schedule.schedule(job(1), at: at(0))
        #expect(schedule.start(at: at(0)) == job(1))
        schedule.schedule(job(1), at: at(1))
        #expect(schedule.start(at: at(1)) == nil)
        schedule.finish(job(1), next: at(60), now: at(2))
        #expect(schedule.start(at: at(2)) == job(1))
        schedule.finish(job(1), next: at(60), now: at(3))
        #expect(schedule.nextDue == at(60))
    }

    @Test("a job that is over leaves nothing behind")
    func aJobThatIsOverIsGone() {
        var schedule = JobSchedule()
        schedule.schedule(job(1), at: at(0))
        #expect(schedule.start(at: at(0)) == job(1))
        schedule.schedule(job(1), at: at(0))
        schedule.finish(job(1), next: nil, now: at(1))
        #expect(schedule.count == 0 && schedule.nextDue == nil)
    }

    @Test("whatever happens, it does as a list that is searched every time would", arguments: 0..<20 as Range<UInt64>)
    func itDoesAsAPlainListWould(seed: UInt64) {
        var random = SplitMix(state: seed)
        var schedule = JobSchedule()
        var list = PlainSchedule()
        var now = 0
        for _ in 0..<2_000 {
            let number = Int.random(in: 0..<12, using: &random)
            let second = now + Int.random(in: -3..<20, using: &random)
            switch Int.random(in: 0..<4, using: &random) {
            case 0:
                schedule.schedule(job(number), at: at(second))
                list.schedule(job(number), at: at(second))
            case 1:
                let started = schedule.start(at: at(now))
                #expect(list.canStart(started, at: at(now)))
                if let started { list.start(started) }
            case 2:
                guard list.working.contains(job(number)) else { continue }
                let next = Bool.random(using: &random) ? at(second) : nil
                schedule.finish(job(number), next: next, now: at(now))
                list.finish(job(number), next: next, now: at(now))
            default: now += Int.random(in: 0..<4, using: &random)
            }
            #expect(schedule.nextDue == list.due.values.min())
            #expect(schedule.count == list.due.count + list.working.count)
            #expect(schedule.workingCount == list.working.count)
        }
    }
}

/// The schedule in the plainest way.
private struct PlainSchedule {
    var due: [ObjectID: Timestamp] = [:]
    var working: Set<ObjectID> = []
    var woken: Set<ObjectID> = []

    mutating func schedule(_ job: ObjectID, at moment: Timestamp) {
        if working.contains(job) {
            woken.insert(job)
        } else {
            due[job] = min(due[job] ?? moment, moment)
        }
    }

    /// Of jobs that are due at the same moment, any may be first.
    func canStart(_ job: ObjectID?, at now: Timestamp) -> Bool {
        let earliest = due.values.min().flatMap { $0 <= now ? $0 : nil }
        return earliest == job.flatMap { due[$0] }
    }

    mutating func start(_ job: ObjectID) {
        due[job] = nil
        working.insert(job)
    }

    mutating func finish(_ job: ObjectID, next: Timestamp?, now: Timestamp) {
        working.remove(job)
        let isWoken = woken.remove(job) != nil
        if let next { schedule(job, at: isWoken ? min(now, next) : next) }
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
