// What a provider does not tell, or does not show.
extension JobStep {
    mutating func inquiryFailed(_ error: ProviderError) -> Transition {
        switch job.stage {
        case .recorded, .ended: return .unchanged
        case .built, .uploading, .ready, .submitting: return retry(after: error)
        case .processing(let upload, _):
            return error.isMissing ? reportedMissing("\(upload.role.rawValue) file", error) : retry(after: error)
        case .submitted: return error.isMissing ? reportedMissing("job", error) : retry(after: error)
        }
    }

    /// How long the provider has not shown it, one report after the other; `nil` where this is the first report in a
    /// row: failures of another kind before it say nothing of the object.
    private var missingFor: Duration? {
        if case .missing(_, let waited) = job.obstacle { waited } else { nil }
    }

    // A key of another project, or a fault of the provider, hides a job that trains on and is billed.
    private mutating func reportedMissing(_ what: String, _ error: ProviderError) -> Transition {
        let reason = "the provider no longer has the \(what): \(error.complaint.message)"
        guard let missingFor else {
            job.failedTries = 0
            return retry(.missing(reason, waited: .zero))
        }
        guard missingFor >= (isCancelling ? policy.settleTime : policy.missingTime) else {
            return retry(.missing(reason, waited: missingFor))
        }
        return end(isCancelling ? .cancelled : .failed(.missing(reason)))
    }

    /// Looks again, or goes back to the stage before the call, to make it once more.
    ///
    /// A first look may come before the request has arrived. That it was carried out is certain at once, that it was
    /// not only after a second look, when it has arrived or never will.
    mutating func foundNothing(_ what: String, goingBackTo stage: Job.Stage) -> Transition {
        if let missingFor, missingFor >= policy.settleTime {
            if isCancelling { return end(.cancelled) }
            job.stage = stage
            job.obstacle = nil
            job.notBefore = nil
            return .moved(job, [])
        }
        let reason = "the provider has no \(what) of the try before, which may still be on its way"
        return retry(.missing(reason, waited: .zero), atLeast: policy.settleTime)
    }
}
