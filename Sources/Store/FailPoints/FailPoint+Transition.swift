import Jobs

extension FailPoint.Step {
    /// The commit of what an event did to a job; nothing if it did nothing.
    init?(_ event: JobEvent, _ transition: Transition) {
        guard case .moved(let job, _) = transition else { return nil }
        self =
            switch event {
            case .datasetBuilt: .datasetBuilt
            case .datasetImpossible: .datasetImpossible
            case .datasetFailed: .datasetFailed
            case .uploadBegun: .uploadBegun
            case .uploaded: .uploaded
            case .uploadFailed: .uploadFailed
            case .fileFound: .fileFound
            case .fileChecked: .fileChecked
            case .submitBegun: .submitBegun
            case .submitted: .submitted
            case .submitFailed: .submitFailed
            case .jobFound: .jobFound
            case .polled: job.status.isTerminal ? .ended : .polled
            case .inquiryFailed: .inquiryFailed
            case .cancelRequested: .cancelRequested
            case .cancelAnswered: .cancelAnswered
            case .keyReplaced: .keyReplaced
            }
    }
}
