package import Identifiers

/// Something worth telling about a finetuning: what becomes a numbered event.
package enum Happening: Hashable, Sendable {
    /// The order was accepted.
    case accepted(records: Int)
    /// Records are held out from training, to measure the model on.
    case recordsHeldOut(count: Int)
    /// Records stay out of training and validation: they are not valid, or the model takes no example so long.
    case recordsLeftOut(LeftOutRecords)
    /// The training file is on disk.
    case trainingFileBuilt(Dataset)
    /// The validation file is on disk.
    case validationFileBuilt(Dataset)
    /// A file is being sent.
    case uploadStarted(DatasetRole, Dataset)
    /// The provider has the file.
    case fileUploaded(DatasetRole, ProviderFileID)
    /// The provider had the file already, from a try whose answer was lost.
    case fileAdopted(DatasetRole, ProviderFileID)
    /// The provider takes the file.
    case fileReady(DatasetRole, ProviderFileID)
    /// The provider is being asked for a job.
    case submitStarted
    /// The provider made a job.
    case jobCreated(ProviderJobID)
    /// The provider had the job already, from a try whose answer was lost.
    case jobAdopted(ProviderJobID)
    /// The provider's job is of a copy of the training file that was not on record: it was sent after the backup that the
    /// state was put back from.
    case fileFound(ProviderFileID)
    /// The status is now this.
    case statusChanged(FinetuningStatus)
    /// The provider's status is a word that we do not know; ours stays.
    case statusUnknown(String)
    /// Something failed and will be tried again.
    case waiting(reason: String, delay: Duration)
    /// The provider refuses the key, or there is none; the job waits for another.
    case waitingForKey(ProviderComplaint)
    /// The job goes on.
    case resumed
    /// The user wants the job to end.
    case cancelRequested
    /// The provider told something.
    case providerEvent(ProviderEvent)
    /// The job is over.
    case ended(Job.Outcome)
    /// The model is measured, before it may take the alias that the order names.
    case evaluationOrdered(ObjectID, alias: ModelAlias)
    /// The alias that the order names stands for the model.
    case promoted(alias: ModelAlias, version: Int)
    /// The model does not get the alias that the order names, for this reason.
    case notPromoted(alias: ModelAlias, reason: String)
}

extension Happening {
    /// How grave it is.
    package var level: ProviderEvent.Level {
        switch self {
        case .recordsLeftOut, .statusUnknown, .waiting, .notPromoted: .warning
        case .waitingForKey, .ended(.failed): .error
        case .providerEvent(let event): event.level
        case .accepted, .recordsHeldOut, .trainingFileBuilt, .validationFileBuilt, .uploadStarted, .fileUploaded,
            .fileAdopted, .fileReady, .submitStarted, .jobCreated, .jobAdopted, .fileFound, .statusChanged, .resumed,
            .cancelRequested, .ended(.succeeded), .ended(.cancelled), .evaluationOrdered, .promoted:
            .info
        }
    }

    /// One sentence for people.
    package var message: String {
        switch self {
        case .accepted(let records): "accepted with \(records) golden records"
        case .recordsHeldOut(let count): "\(count) golden records are held out from training, for validation"
        case .recordsLeftOut(let records):
            "\(records.count) golden records stay out of training: \(records.reasons.joined(separator: "; "))"
        case .trainingFileBuilt(let dataset):
            "training file built: \(dataset.exampleCount) examples, \(dataset.byteCount) bytes"
        case .validationFileBuilt(let dataset):
            "validation file built: \(dataset.exampleCount) examples, \(dataset.byteCount) bytes"
        case .uploadStarted(let role, let dataset):
            "uploading the \(role.rawValue) file: \(dataset.byteCount) bytes"
        case .fileUploaded(let role, let file): "the provider has the \(role.rawValue) file as \(file)"
        case .fileAdopted(let role, let file):
            "the provider had the \(role.rawValue) file already as \(file): not sent again"
        case .fileReady(_, let file): "the provider takes \(file)"
        case .submitStarted: "asking the provider for a job"
        case .jobCreated(let job): "the provider made job \(job)"
        case .jobAdopted(let job): "the provider had made job \(job) already: not asked again"
        case .fileFound(let file): "its training file is \(file), which was not on record"
        case .statusChanged(let status): "status is now \(status.rawValue)"
        case .statusUnknown(let word): "the provider calls the job \"\(word)\", a word unknown here; the status stays"
        case .waiting(let reason, let delay): "\(reason.trimmingFullStop); trying again in \(delay.wholeSeconds) s"
        case .waitingForKey(let complaint):
            "the job waits for a usable key: \(complaint.message.trimmingFullStop)"
        case .resumed: "going on"
        case .cancelRequested: "cancellation requested"
        case .providerEvent(let event): event.message
        case .ended(.succeeded(let model)): "succeeded: the model is \(model)"
        case .ended(.failed(let failure)): "failed: \(failure.message)"
        case .ended(.cancelled): "cancelled"
        case .evaluationOrdered(let evaluation, let alias): "measuring the model for \"\(alias)\": \(evaluation)"
        case .promoted(let alias, let version): "promoted: \"\(alias)\" stands for the model, version \(version)"
        case .notPromoted(let alias, let reason): "not promoted to \"\(alias)\": \(reason)"
        }
    }

    /// The facts, by name, for programs.
    package var detail: [String: EventDetail] {
        switch self {
        case .accepted(let records): ["golden_records": .integer(records)]
        case .recordsHeldOut(let count): ["count": .integer(count)]
        case .recordsLeftOut(let records):
            ["count": .integer(records.count), "reasons": .list(records.reasons.map(EventDetail.text))]
        case .trainingFileBuilt(let dataset), .validationFileBuilt(let dataset):
            [
                "examples": .integer(dataset.exampleCount), "bytes": .integer(dataset.byteCount),
                "sha256": .text(dataset.sha256),
            ]
        case .uploadStarted(let role, let dataset):
            ["file": .text(role.rawValue), "bytes": .integer(dataset.byteCount)]
        case .fileUploaded(let role, let file), .fileAdopted(let role, let file), .fileReady(let role, let file):
            [role.idName: .text(file.rawValue)]
        case .fileFound(let file): [DatasetRole.training.idName: .text(file.rawValue)]
        case .jobCreated(let job), .jobAdopted(let job): ["finetuning_job_id": .text(job.rawValue)]
        case .statusChanged(let status): ["status": .text(status.rawValue)]
        case .statusUnknown(let word): ["provider_status": .text(word)]
        case .waiting(_, let delay): ["retry_in_seconds": .integer(delay.wholeSeconds)]
        case .waitingForKey(let complaint): complaint.code.map { ["code": .text($0)] } ?? [:]
        case .providerEvent(let event): event.metrics.mapValues(EventDetail.number)
        case .ended(.succeeded(let model)): ["model_id": .text(model.rawValue)]
        case .ended(.failed(let failure)): ["code": .text(failure.code)]
        case .evaluationOrdered(let evaluation, let alias):
            ["evaluation_id": .text(evaluation.description), "model_alias": .text(alias.rawValue)]
        case .promoted(let alias, let version): ["model_alias": .text(alias.rawValue), "version": .integer(version)]
        case .notPromoted(let alias, let reason): ["model_alias": .text(alias.rawValue), "reason": .text(reason)]
        case .submitStarted, .resumed, .cancelRequested, .ended(.cancelled): [:]
        }
    }

    /// The provider's own id of what it told, which keeps it from being stored twice.
    package var providerEventID: ProviderEventID? {
        if case .providerEvent(let event) = self { event.id } else { nil }
    }
}

extension DatasetRole {
    /// What clients know the id of the file's copy by.
    fileprivate var idName: String {
        switch self {
        case .training: "finetuning_file_id"
        case .validation: "validation_file_id"
        }
    }
}

extension Duration {
    fileprivate var wholeSeconds: Int { Int(components.seconds) + (components.attoseconds > 0 ? 1 : 0) }
}

extension String {
    /// A sentence that another one goes on with.
    package var trimmingFullStop: Substring { hasSuffix(".") ? dropLast() : self[...] }
}

/// A fact of an event.
package enum EventDetail: Hashable, Sendable {
    case text(String)
    case integer(Int)
    case number(Double)
    case list([EventDetail])
}
