/// How many may have a turn at a time, and how many may wait for one.
struct TurnLimits: Sendable {
    /// The most that have one.
    let places: Int
    /// The most of one party that have one.
    var share = Int.max
    /// The most that wait.
    var waiting = Int.max
}

/// Whose turn it is. Decides alone; whoever holds it resumes those whom it names.
///
/// Parties take turns, so that nobody waits behind all that another one wants.
struct TurnOrder<Party: Hashable & Sendable> {
    typealias Continuation = CheckedContinuation<Void, any Error>

    /// A place among those who wait.
    struct Ticket: Hashable, Sendable {
        fileprivate let party: Party
        fileprivate let number: Int
    }

    enum Outcome {
        case go
        case wait(Ticket)
        case full
    }

    /// What is known of somebody who waits.
    private enum Waiter {
        /// It has a ticket, and is about to wait.
        case arriving
        case waiting(Continuation)
        /// Its turn came before it waited.
        case called
        /// It left before it waited.
        case gone
    }

    private let limits: TurnLimits
    private var underWay = 0
    private var underWayOf: [Party: Int] = [:]
    private var lastNumber = 0
    private var waiters: [Ticket: Waiter] = [:]
    /// Those who wait, each party's first come, first served.
    private var queues: [Party: [Ticket]] = [:]
    /// The parties of whom somebody waits, in the order of their turns.
    private var parties: [Party] = []

    init(limits: TurnLimits) {
        self.limits = limits
    }

    /// Somebody wants a turn.
    mutating func ask(_ party: Party) -> Outcome {
        if mayBegin(party) {
            begin(party)
            return .go
        }
        guard waiters.count < limits.waiting else { return .full }
        lastNumber += 1
        let ticket = Ticket(party: party, number: lastNumber)
        waiters[ticket] = .arriving
        if queues[party, default: []].isEmpty { parties.append(party) }
        queues[party, default: []].append(ticket)
        return .wait(ticket)
    }

    /// The holder of a ticket waits from now on. Whether it has left already; one that was called is resumed at once.
    mutating func wait(_ ticket: Ticket, _ continuation: Continuation) -> Bool {
        switch waiters[ticket] {
        case .arriving: waiters[ticket] = .waiting(continuation)
        case .called:
            waiters[ticket] = nil
            continuation.resume()
        case .gone:
            waiters[ticket] = nil
            return true
        case .waiting, nil: preconditionFailure("a ticket is waited for once")
        }
        return false
    }

    /// The holder of a ticket waits no longer. Whom to resume.
    mutating func leave(_ ticket: Ticket) -> Continuation? {
        switch waiters[ticket] {
        case .arriving:
            remove(ticket)
            waiters[ticket] = .gone
            return nil
        case .waiting(let continuation):
            remove(ticket)
            waiters[ticket] = nil
            return continuation
        case .called, .gone, nil: return nil
        }
    }

    /// A turn of this party is over. Whom to resume.
    mutating func finish(_ party: Party) -> Continuation? {
        underWay -= 1
        let left = underWayOf[party, default: 1] - 1
        underWayOf[party] = left == 0 ? nil : left
        guard let next = parties.first(where: mayBegin), let ticket = queues[next]?.first else { return nil }
        begin(next)
        remove(ticket)
        // The party's others come after those of everybody else.
        if let place = parties.firstIndex(of: next) {
            parties.remove(at: place)
            parties.append(next)
        }
        guard case .waiting(let continuation) = waiters[ticket] else {
            waiters[ticket] = .called
            return nil
        }
        waiters[ticket] = nil
        return continuation
    }

    /// Those whose turn came before they waited.
    var called: Set<Ticket> {
        Set(waiters.filter { if case .called = $0.value { true } else { false } }.keys)
    }

    private func mayBegin(_ party: Party) -> Bool {
        underWay < limits.places && underWayOf[party, default: 0] < limits.share
    }

    private mutating func begin(_ party: Party) {
        underWay += 1
        underWayOf[party, default: 0] += 1
    }

    private mutating func remove(_ ticket: Ticket) {
        queues[ticket.party]?.removeAll { $0 == ticket }
        guard queues[ticket.party]?.isEmpty == true else { return }
        queues[ticket.party] = nil
        parties.removeAll { $0 == ticket.party }
    }
}
