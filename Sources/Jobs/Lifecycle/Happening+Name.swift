extension Happening {
    /// What events are called: what clients filter by.
    package enum Name: String, CaseIterable, Sendable {
        case accepted
        case recordsHeldOut = "records_held_out"
        case recordsLeftOut = "records_left_out"
        case trainingFileBuilt = "training_file_built"
        case validationFileBuilt = "validation_file_built"
        case uploadStarted = "upload_started"
        case fileUploaded = "file_uploaded"
        case fileAdopted = "file_adopted"
        case fileReady = "file_ready"
        case submitStarted = "submit_started"
        case jobCreated = "job_created"
        case jobAdopted = "job_adopted"
        case fileFound = "file_found"
        case statusChanged = "status_changed"
        case statusUnknown = "status_unknown"
        case waiting
        case waitingForKey = "waiting_for_key"
        case resumed
        case cancelRequested = "cancel_requested"
        case providerMessage = "provider_message"
        case metrics
        case succeeded
        case failed
        case cancelled
        case evaluationOrdered = "evaluation_ordered"
        case promoted
        case notPromoted = "not_promoted"
    }

    /// What the event is called.
    package var kind: Name {
        switch self {
        case .accepted: .accepted
        case .recordsHeldOut: .recordsHeldOut
        case .recordsLeftOut: .recordsLeftOut
        case .trainingFileBuilt: .trainingFileBuilt
        case .validationFileBuilt: .validationFileBuilt
        case .uploadStarted: .uploadStarted
        case .fileUploaded: .fileUploaded
        case .fileAdopted: .fileAdopted
        case .fileReady: .fileReady
        case .submitStarted: .submitStarted
        case .jobCreated: .jobCreated
        case .jobAdopted: .jobAdopted
        case .fileFound: .fileFound
        case .statusChanged: .statusChanged
        case .statusUnknown: .statusUnknown
        case .waiting: .waiting
        case .waitingForKey: .waitingForKey
        case .resumed: .resumed
        case .cancelRequested: .cancelRequested
        case .providerEvent(let event): event.metrics.isEmpty ? .providerMessage : .metrics
        case .ended(.succeeded): .succeeded
        case .ended(.failed): .failed
        case .ended(.cancelled): .cancelled
        case .evaluationOrdered: .evaluationOrdered
        case .promoted: .promoted
        case .notPromoted: .notPromoted
        }
    }

    /// The same, as it is written.
    package var name: String { kind.rawValue }
}
