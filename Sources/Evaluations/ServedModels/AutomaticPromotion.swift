package import Identifiers
package import Jobs

// A finetuning may name an alias that its model is for. Once the finetuning has ended, nobody need look:
//
//     waiting ─▶ evaluating ─▶ promoted
//        └────────────┴──────▶ declined
//
// Each arrow is one transaction, and the state has nothing else to remember: a daemon that starts anew goes on from
// the stage that it finds.

/// What becomes of a finetuning's model by itself.
package struct AutomaticPromotion: Hashable, Sendable {
    /// The finetuning.
    package let finetuning: ObjectID
    /// The alias that its model is for.
    package let alias: ModelAlias
    /// Who ordered it.
    package let owner: UInt32
    /// How far it is.
    package var stage: Stage

    /// How far it is.
    package enum Stage: Hashable, Sendable {
        /// The finetuning goes on, or has just ended.
        case waiting
        /// The model is being measured.
        case evaluating(ObjectID)
        /// The alias stands for the model since this version.
        case promoted(evaluation: ObjectID, version: Int)
        /// It was not promoted, for this reason.
        case declined(evaluation: ObjectID?, reason: String)
    }

    /// An automatic promotion.
    package init(finetuning: ObjectID, alias: ModelAlias, owner: UInt32, stage: Stage = .waiting) {
        self.finetuning = finetuning
        self.alias = alias
        self.owner = owner
        self.stage = stage
    }

    /// Whether something is still to happen.
    package var isOpen: Bool {
        switch stage {
        case .waiting, .evaluating: true
        case .promoted, .declined: false
        }
    }

    /// The evaluation that measures the model, once there is one.
    package var evaluation: ObjectID? {
        switch stage {
        case .waiting: nil
        case .evaluating(let id), .promoted(let id, _): id
        case .declined(let id, _): id
        }
    }
}
