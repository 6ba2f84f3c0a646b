import Identifiers

extension Job {
    /// What `event` makes of this job. Decides alone and does nothing: the caller stores the result.
    ///
    /// An event that does not belong to the stage (a late answer, a second delivery) leaves the job unchanged.
    package func applying(_ event: JobEvent, at moment: Moment, policy: RetryPolicy) -> Transition {
        var step = JobStep(job: self, moment: moment, policy: policy)
        return switch event {
        case .datasetBuilt(let training, let validation, let leftOut):
            step.datasetBuilt(training, validation, leavingOut: leftOut)
        case .datasetImpossible(let failure): step.datasetImpossible(failure)
        case .datasetFailed(let reason): step.datasetFailed(reason)
        case .uploadBegun: step.uploadBegun()
        case .uploaded(let file): step.uploaded(file)
        case .uploadFailed(let error): step.uploadFailed(error)
        case .fileFound(let file): step.fileFound(file)
        case .fileChecked(let file): step.fileChecked(file)
        case .submitBegun: step.submitBegun()
        case .submitted(let job): step.submitted(job)
        case .submitFailed(let error): step.submitFailed(error)
        case .jobFound(let job): step.jobFound(job)
        case .polled(let job): step.polled(job)
        case .inquiryFailed(let error): step.inquiryFailed(error)
        case .cancelRequested: step.cancelRequested()
        case .cancelAnswered(let job): step.cancelAnswered(job)
        case .keyReplaced: step.keyReplaced()
        }
    }
}
