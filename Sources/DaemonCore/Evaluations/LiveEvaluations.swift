import Identifiers

/// Tells whoever is interested that an evaluation changed. Every change is told here once it is committed.
struct LiveEvaluations: Sendable {
    private let signals = ChangeSignals<ObjectID>()

    /// An evaluation was changed or removed.
    func changed(_ id: ObjectID) { signals.tell(id) }

    /// A signal after each change of an evaluation; several changes may give one. It ends when the daemon does.
    func changes(of id: ObjectID) -> AsyncStream<Void> { signals.changes(of: id) }

    /// Ends all signals, now and from now on: the daemon is about to end.
    func stop() { signals.stop() }
}
