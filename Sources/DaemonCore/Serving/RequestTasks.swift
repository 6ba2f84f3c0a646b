import Synchronization

/// The requests of one connection that are being answered.
final class RequestTasks: Sendable {
    private struct Running {
        let name: String
        let task: Task<Void, Never>
    }

    private struct State {
        var nextNumber: UInt64 = 0
        var running: [UInt64: Running] = [:]
        var isClosed = false
    }

    private let state = Mutex(State())

    /// Starts answering the request whose id is written `name`, on the threads that all share unless told. When `finish`
    /// is called with what came of it, the request is under way no more: who hears of its end can no longer end it.
    func start<Outcome: Sendable>(
        named name: String, on executor: (any TaskExecutor)? = nil,
        _ work: @escaping @Sendable () async -> Outcome, then finish: @escaping @Sendable (Outcome) -> Void
    ) {
        let number = state.withLock { state in
            state.nextNumber += 1
            let number = state.nextNumber
            // Under the lock, so that the task cannot be forgotten before it is known.
            let task = Task(executorPreference: executor) {
                let outcome = await work()
                self.forget(number)
                finish(outcome)
            }
            state.running[number] = Running(name: name, task: task)
            return state.isClosed ? number : nil
        }
        if let number { cancel(number) }
    }

    /// Ends the requests of this name early. Whether there was one.
    func cancel(named name: String) -> Bool {
        let tasks = state.withLock { state in state.running.values.filter { $0.name == name }.map(\.task) }
        for task in tasks { task.cancel() }
        return !tasks.isEmpty
    }

    /// Ends all of them early, and those that may still start. The last come first: they may be waiting for a turn that
    /// an earlier one gives up.
    func cancelAll() {
        let tasks = state.withLock { state in
            state.isClosed = true
            return state.running.sorted { $0.key > $1.key }.map(\.value.task)
        }
        for task in tasks { task.cancel() }
    }

    private func cancel(_ number: UInt64) {
        state.withLock { $0.running[number]?.task }?.cancel()
    }

    private func forget(_ number: UInt64) {
        _ = state.withLock { $0.running.removeValue(forKey: number) }
    }
}
