import Identifiers
import Jobs

/// Which jobs are to be worked on, and when. Decides alone and does nothing.
///
/// Jobs wait for the moment at which they are due, and then stand in line in the lane of what they need. A job is
/// worked on by one worker at a time. One that is woken meanwhile is due again at once when its worker is done with it.
struct JobSchedule: Sendable {
    /// When a job is due again, and where it stands in line then.
    struct Next: Sendable {
        let at: Timestamp
        let place: JobPlace
    }

    private let pacings: ProviderPacings
    private var waiting: [ObjectID: Next] = [:]
    private var queue = DueHeap()
    private var inLine: [ObjectID: JobPlace] = [:]
    private var lanes: [JobLane: LaneQueue] = [:]
    private var working: [ObjectID: JobPlace] = [:]
    private var wokenMeanwhile: Set<ObjectID> = []

    /// No jobs yet, and as many places in each lane as these say.
    init(pacings: ProviderPacings) {
        self.pacings = pacings
    }

    /// Jobs that wait or are worked on.
    var count: Int { waiting.count + inLine.count + working.count }

    /// Jobs that are worked on.
    var workingCount: Int { working.count }

    /// The moment at which the next of the jobs is due that are not yet.
    var nextDue: Timestamp? {
        mutating get {
            dropStale()
            return queue.first?.at
        }
    }

    /// A job is to be worked on at a moment, or before if it was due before already.
    mutating func schedule(_ job: ObjectID, _ next: Next) {
        if working[job] != nil {
            wokenMeanwhile.insert(job)
        } else if inLine[job] == nil, waiting[job].map({ next.at < $0.at }) ?? true {
            waiting[job] = next
            queue.insert(DueHeap.Entry(at: next.at, job: job))
        }
    }

    /// Takes a job that is due and has a place, if there is one.
    mutating func start(at now: Timestamp) -> ObjectID? {
        lineUp(at: now)
        for lane in lanes.keys {
            guard let job = lanes[lane]?.next() else { continue }
            working[job] = inLine.removeValue(forKey: job)
            return job
        }
        return nil
    }

    /// A job was worked on; it is due again at `next`, or over.
    mutating func finish(_ job: ObjectID, next: Next?, now: Timestamp) {
        guard let place = working.removeValue(forKey: job) else { return }
        lanes[place.lane]?.finish(of: place.connection)
        if lanes[place.lane]?.isUnused == true { lanes[place.lane] = nil }
        let isWoken = wokenMeanwhile.remove(job) != nil
        guard let next else { return }
        schedule(job, isWoken ? Next(at: min(now, next.at), place: next.place) : next)
    }

    /// The same place for a job that is worked on, at a later moment.
    func again(_ job: ObjectID, at moment: Timestamp) -> Next? {
        working[job].map { Next(at: moment, place: $0) }
    }

    private mutating func lineUp(at now: Timestamp) {
        while let first = queue.first, first.at <= now {
            queue.removeFirst()
            guard let next = waiting[first.job], next.at == first.at else { continue }
            waiting[first.job] = nil
            inLine[first.job] = next.place
            let lane = next.place.lane
            lanes[lane, default: LaneQueue(places: lane.places(pacings))].append(first.job, of: next.place.connection)
        }
    }

    // An entry whose job was scheduled anew, or is worked on, stays in the heap until it comes up.
    private mutating func dropStale() {
        while let first = queue.first, waiting[first.job]?.at != first.at { queue.removeFirst() }
    }
}
