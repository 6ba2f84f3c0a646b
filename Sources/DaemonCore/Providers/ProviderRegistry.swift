import Identifiers
package import Jobs
import Synchronization

/// The providers of this daemon, by name, and how each is.
package final class ProviderRegistry: Sendable {
    fileprivate struct Record {
        var breaker = CircuitBreaker()
        var last: Answer?
        var silence = Silence()
    }

    /// Since when jobs wait for an answer, and none came to any of them.
    fileprivate struct Silence {
        private var calls = 0
        private(set) var began: Timestamp?

        mutating func callBegins(at now: Timestamp) {
            calls += 1
            began = began ?? now
        }

        mutating func callEnds(at now: Timestamp) {
            calls -= 1
            began = calls == 0 ? nil : now
        }
    }

    /// How the last call to a provider ended.
    enum Answer: Hashable {
        case answered
        case failed(String)
        case keyRefused(String)
    }

    private let providers: [ProviderName: any FinetuningProvider]
    private let records: Mutex<[ProviderName: Record]>
    /// The connections' own keys that were refused last.
    private let refusedOwnKeys = Mutex<[ObjectID: Secret]>([:])
    private let keyRemedies = Current<[ProviderName: String]>([:])

    /// A registry of these providers.
    package init(_ providers: [any FinetuningProvider]) {
        self.providers = Dictionary(uniqueKeysWithValues: providers.map { ($0.name, $0) })
        records = Mutex(Dictionary(uniqueKeysWithValues: providers.map { ($0.name, Record()) }))
    }

    /// The provider of this name.
    package subscript(_ name: ProviderName) -> (any FinetuningProvider)? { providers[name] }

    /// The names, sorted.
    package var names: [String] { providers.keys.map(\.rawValue).sorted() }

    /// Before which moment of `Timestamp.steady` a call should not be made; nothing if it may be made now.
    func holdOff(_ name: ProviderName, at now: Timestamp) -> Timestamp? {
        records.withLock { $0[name]?.breaker.holdOff(at: now) }
    }

    /// Notes that a call was answered.
    func noteAnswer(of name: ProviderName, as account: ProviderAccount) {
        if case .own(let key, let connection) = account { forgetRefusal(of: key, of: connection) }
        records.withLock { records in
            records[name]?.breaker.answered()
            records[name]?.last = .answered
        }
    }

    /// Notes why a call gave no result. The key of one connection says nothing of the provider.
    func note(_ error: ProviderError, of name: ProviderName, as account: ProviderAccount, at now: Timestamp) {
        if case .own(let key, let connection) = account {
            switch error {
            case .unauthorized: refusedOwnKeys.withLock { $0[connection] = key }
            // Who is refused something else was let in.
            case .refused: forgetRefusal(of: key, of: connection)
            case .cancelled, .unavailable, .answerLost: break
            }
        }
        records.withLock { records in
            switch error {
            case .cancelled: records[name]?.breaker.abandoned(at: now)
            case .refused: records[name]?.breaker.answered()
            case .unauthorized(let complaint):
                records[name]?.breaker.answered()
                if account == .daemon { records[name]?.last = .keyRefused(complaint.message) }
            case .unavailable(let complaint, _) where complaint.httpStatus == 429 || complaint.httpStatus == 409:
                records[name]?.breaker.answered()
            case .unavailable(let complaint, _), .answerLost(let complaint, _):
                records[name]?.breaker.failed(at: now)
                records[name]?.last = .failed(complaint.message)
            }
        }
    }

    /// The connections' own keys that were refused when they were used last, by connection. Some may have others by now.
    var refusedKeys: [ObjectID: Secret] { refusedOwnKeys.withLock { $0 } }

    /// A connection's key is not refused any more, or no longer its key.
    func forgetRefusal(of key: Secret, of connection: ObjectID) {
        refusedOwnKeys.withLock { keys in
            if keys[connection] == key { keys[connection] = nil }
        }
    }

    /// Notes that a job asks something of the provider.
    func noteCall(to name: ProviderName, at now: Timestamp) {
        records.withLock { $0[name]?.silence.callBegins(at: now) }
    }

    /// Notes that a job's call ended, whatever came of it.
    func noteEndOfCall(to name: ProviderName, at now: Timestamp) {
        records.withLock { $0[name]?.silence.callEnds(at: now) }
    }

    /// Notes that a piece of work ended. The one that was let through to see how a failing provider is may have ended
    /// without a call; then another is let through.
    func noteEndOfWork(with name: ProviderName, at now: Timestamp) {
        records.withLock { $0[name]?.breaker.abandoned(at: now) }
    }

    /// Notes that keys were read anew, and how somebody brings in another one. What was said of the old keys is forgotten.
    func noteKeys(remedies: [ProviderName: String]) {
        keyRemedies.replace(with: remedies)
        records.withLock { records in
            for (name, record) in records {
                if case .keyRefused = record.last { records[name]?.last = nil }
            }
        }
    }

    /// How each provider is, by name.
    var conditions: [ProviderCondition] {
        let remedies = keyRemedies.now
        let records = records.withLock { $0 }
        return records.sorted { $0.key.rawValue < $1.key.rawValue }.map { name, record in
            let hasKey = providers[name]?.hasKey ?? false
            return ProviderCondition(
                name: name, standing: record.standing(hasKey: hasKey), pausedUntil: record.breaker.pausedUntil,
                silentSince: record.silence.began, hasKey: hasKey, keyRemedy: remedies[name] ?? "give it another key")
        }
    }
}

extension ProviderRegistry.Record {
    fileprivate func standing(hasKey: Bool) -> ProviderCondition.Standing {
        switch last {
        case .answered?: .healthy
        case .failed(let message)?: .failing(message)
        case .keyRefused(let message)?: hasKey ? .keyRefused(message) : .keyMissing(isNeeded: true)
        case nil: hasKey ? .unknown : .keyMissing(isNeeded: false)
        }
    }
}

extension CircuitBreaker {
    fileprivate var pausedUntil: Timestamp? {
        if case .open(let until) = state { until.onTheWall } else { nil }
    }
}
