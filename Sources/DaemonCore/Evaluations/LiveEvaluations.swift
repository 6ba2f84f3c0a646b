import Evaluations
import Identifiers

/// Tells whoever is interested that an evaluation changed. Every change is told here once it is committed.
struct LiveEvaluations: Sendable {
    private enum Subject: Hashable {
        case one(ObjectID)
        case ends
    }

    private let signals = ChangeSignals<Subject>()

    /// An evaluation was changed.
    func changed(_ evaluation: Evaluation) {
        signals.tell(.one(evaluation.id))
        if evaluation.stage.isOver { signals.tell(.ends) }
    }

    /// An evaluation was removed.
    func removed(_ id: ObjectID) {
        signals.tell(.one(id))
        signals.tell(.ends)
    }

    /// A signal after each change of an evaluation; several changes may give one. It ends when the daemon does.
    func changes(of id: ObjectID) -> AsyncStream<Void> { signals.changes(of: .one(id)) }

    /// A signal after evaluations have ended or are gone; several may give one. It ends when the daemon does.
    func ends() -> AsyncStream<Void> { signals.changes(of: .ends) }

    /// Ends all signals, now and from now on: the daemon is about to end.
    func stop() { signals.stop() }
}
