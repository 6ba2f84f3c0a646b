package import Identifiers

/// Something at a provider that the daemon made, or found and adopted: a line of the ledger.
///
/// The ledger outlives finetunings, so that nothing is left at a provider unseen.
package struct ProviderObject: Hashable, Sendable {
    /// What it is.
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        case file, job, model
    }

    /// How the daemon came to have it.
    package enum Origin: String, Hashable, Sendable, CaseIterable {
        /// The provider's answer told of it.
        case made
        /// The answer was lost, and a search found it.
        case adopted
    }

    /// Whether it is still there, as far as the daemon had a hand in it.
    package enum State: Hashable, Sendable {
        case present
        /// A user wants it to go. The tries that failed, and why the last one did.
        case removing(failedTries: Int, reason: String?)
        /// The provider took it away at this moment, or no longer had it.
        case removed(Timestamp)
    }

    /// Its number in the ledger, from 1, never used again.
    package let number: Int
    /// Whose it is.
    package let provider: ProviderName
    /// What it is.
    package let kind: Kind
    /// Its id there.
    package let remoteID: String
    /// The finetuning that it was made for, which may be gone.
    package let finetuning: ObjectID
    /// That finetuning's alias.
    package let alias: String
    /// That finetuning's database connection, whose key it was made with.
    package let connection: ObjectID
    /// How the daemon came to have it.
    package let origin: Origin
    /// When the daemon learnt of it.
    package let createdAt: Timestamp
    /// Whether it is still there.
    package var state: State

    /// A line of the ledger.
    package init(
        number: Int, provider: ProviderName, kind: Kind, remoteID: String, finetuning: ObjectID, alias: String,
        connection: ObjectID, origin: Origin, createdAt: Timestamp, state: State
    ) {
        self.number = number
        self.provider = provider
        self.kind = kind
        self.remoteID = remoteID
        self.finetuning = finetuning
        self.alias = alias
        self.connection = connection
        self.origin = origin
        self.createdAt = createdAt
        self.state = state
    }
}

extension Happening {
    /// What the provider has from now on, for the ledger.
    package var arrival: (kind: ProviderObject.Kind, remoteID: String, origin: ProviderObject.Origin)? {
        switch self {
        case .fileUploaded(_, let file): (.file, file.rawValue, .made)
        case .fileAdopted(_, let file), .fileFound(let file): (.file, file.rawValue, .adopted)
        case .jobCreated(let job): (.job, job.rawValue, .made)
        case .jobAdopted(let job): (.job, job.rawValue, .adopted)
        case .ended(.succeeded(let model)): (.model, model.rawValue, .made)
        case .accepted, .recordsHeldOut, .recordsLeftOut, .trainingFileBuilt, .validationFileBuilt, .uploadStarted,
            .fileReady, .submitStarted, .statusChanged, .statusUnknown, .waiting, .waitingForKey, .resumed,
            .cancelRequested, .providerEvent, .ended(.failed), .ended(.cancelled), .evaluationOrdered, .promoted,
            .notPromoted:
            nil
        }
    }
}
