import Jobs

/// Every event, and what it makes of a job in every situation.
///
/// A row lists where its event does something; everywhere else, after the end above all, it changes nothing.
enum TransitionTable {
    static let rows = trainingFile + upload + fileCheck + submission + following + inquiries + wishes

    private static let tick = Sample.policy.shortestDelay / 2
    private static let settle = Sample.policy.settleTime
    private static let recheck = Sample.policy.keyRecheck
    private static let later = Sample.retryAfter

    private static let slow = Job.Obstacle.fault("slow down")
    private static let closed = Job.Obstacle.fault("the connection was closed")
    private static let dropped = Job.Obstacle.fault("the call was cancelled")
    private static let badKey = Job.Obstacle.key("wrong key")

    private static func unseen(_ what: String) -> Job.Obstacle {
        .missing("the provider has no \(what) of the try before, which may still be on its way", waited: settle)
    }

    private static func gone(_ what: String) -> Job.Obstacle {
        .missing("the provider no longer has the \(what): no such thing", waited: tick)
    }

    // MARK: The files

    private static let trainingFile = [
        Row(
            "training file built", .datasetBuilt(Sample.dataset),
            (.at(.recorded), .to(.built, "training_file_built"))),
        Row(
            "training and validation file built", .datasetBuilt(Sample.dataset, validation: Sample.validation),
            (.at(.recorded), .to(.builtBoth, "training_file_built", "validation_file_built"))),
        Row(
            "training file impossible", .datasetImpossible(Sample.failure),
            (.at(.recorded), .to(.failed, "failed"))),
        Row(
            "a file not made, or gone", .datasetFailed(reason: "disk full"),
            (
                .at(
                    .recorded, .built, .uploading, .builtBoth, .uploadingFirst, .builtSecond, .uploadingSecond),
                .waits(tick, for: .fault("disk full"), at: .recorded)
            ),
            (uploadCancelled, .to(.cancelled, "cancelled"))),
    ]

    // MARK: The upload

    private static let upload = [
        Row(
            "upload begun", .uploadBegun,
            (.at(.built), .to(.uploading, "upload_started")),
            (.at(.builtBoth), .to(.uploadingFirst, "upload_started")),
            (.at(.builtSecond), .to(.uploadingSecond, "upload_started"))),
        Row(
            "uploaded: ready", .uploaded(Sample.file(.ready)),
            (.at(.uploading), .to(.ready, "file_uploaded")),
            (.at(.uploadingFirst), .to(.builtSecond, "file_uploaded")),
            (.at(.uploadingSecond), .to(.readyBoth, "file_uploaded")),
            (uploadCancelled, .to(.cancelled, "file_uploaded", "cancelled"))),
        Row(
            "uploaded: pending", .uploaded(Sample.file(.pending)),
            (.at(.uploading), .to(.processing, "file_uploaded")),
            (.at(.uploadingFirst), .to(.processingFirst, "file_uploaded")),
            (.at(.uploadingSecond), .to(.processingSecond, "file_uploaded")),
            (uploadCancelled, .to(.cancelled, "file_uploaded", "cancelled"))),
        Row(
            "uploaded: unusable", .uploaded(Sample.file(.unusable(reason: "line 3"))),
            (uploading, .to(.failed, "file_uploaded", "failed")),
            (uploadCancelled, .to(.cancelled, "file_uploaded", "cancelled"))),
        Row(
            "upload failed: unavailable", .uploadFailed(.busy),
            (.at(.uploading), .waits(later, for: slow, at: .built)),
            (.at(.uploadingFirst), .waits(later, for: slow, at: .builtBoth)),
            (.at(.uploadingSecond), .waits(later, for: slow, at: .builtSecond)),
            (uploadCancelled, .to(.cancelled, "cancelled"))),
        Row(
            "upload failed: answer lost", .uploadFailed(.lost),
            (.any(.uploading, .uploadingFirst, .uploadingSecond), .waits(tick, for: closed))),
        Row(
            "upload failed: unauthorized", .uploadFailed(.wrongKey),
            (.at(.uploading), .waits(recheck, for: badKey, at: .built)),
            (.at(.uploadingFirst), .waits(recheck, for: badKey, at: .builtBoth)),
            (.at(.uploadingSecond), .waits(recheck, for: badKey, at: .builtSecond)),
            (uploadCancelled, .to(.cancelled, "cancelled"))),
        Row(
            "upload failed: refused", .uploadFailed(.refusal),
            (uploading, .to(.failed, "failed")),
            (uploadCancelled, .to(.cancelled, "cancelled"))),
        Row(
            "upload failed: cancelled", .uploadFailed(.cancelled),
            (.any(.uploading, .uploadingFirst, .uploadingSecond), .waits(tick, for: dropped))),
        Row(
            "file found: none", .fileFound(nil),
            (.any(.uploading, .uploadingFirst), .waits(settle, for: unseen("training file"))),
            (.any(.uploadingSecond), .waits(settle, for: unseen("validation file")))),
        Row(
            "file found: ready", .fileFound(Sample.file(.ready)),
            (.at(.uploading), .to(.ready, "file_adopted")),
            (.at(.uploadingFirst), .to(.builtSecond, "file_adopted")),
            (.at(.uploadingSecond), .to(.readyBoth, "file_adopted")),
            (uploadCancelled, .to(.cancelled, "file_adopted", "cancelled"))),
        Row(
            "file found: pending", .fileFound(Sample.file(.pending)),
            (.at(.uploading), .to(.processing, "file_adopted")),
            (.at(.uploadingFirst), .to(.processingFirst, "file_adopted")),
            (.at(.uploadingSecond), .to(.processingSecond, "file_adopted")),
            (uploadCancelled, .to(.cancelled, "file_adopted", "cancelled"))),
        Row(
            "file found: unusable", .fileFound(Sample.file(.unusable(reason: "line 3"))),
            (uploading, .to(.failed, "file_adopted", "failed")),
            (uploadCancelled, .to(.cancelled, "file_adopted", "cancelled"))),
    ]

    private static let uploading = Place.at(.uploading, .uploadingFirst, .uploadingSecond)
    private static let uploadCancelled = Place.cancelling(.uploading, .uploadingFirst, .uploadingSecond)

    // MARK: The check of the file

    private static let fileCheck = [
        Row(
            "file checked: ready", .fileChecked(Sample.file(.ready)),
            (.at(.processing), .to(.ready, "file_ready")),
            (.at(.processingFirst), .to(.builtSecond, "file_ready"))),
        Row(
            "validation file checked: ready", .fileChecked(Sample.file(.ready, id: Sample.validationFileID)),
            (.at(.processingSecond), .to(.readyBoth, "file_ready"))),
        Row(
            "file checked: pending", .fileChecked(Sample.file(.pending)),
            (.at(.processing, .processingFirst), .looksAgain(after: tick))),
        Row(
            "validation file checked: pending", .fileChecked(Sample.file(.pending, id: Sample.validationFileID)),
            (.at(.processingSecond), .looksAgain(after: tick))),
        Row(
            "file checked: unusable", .fileChecked(Sample.file(.unusable(reason: "line 3"))),
            (.at(.processing, .processingFirst), .to(.failed, "failed"))),
        Row("file checked: another file", .fileChecked(Sample.file(.ready, id: ProviderFileID(rawValue: "file-9")))),
    ]

    // MARK: The provider's job

    private static let submission = [
        Row(
            "submit begun", .submitBegun,
            (.at(.ready, .readyBoth), .to(.submitting, "submit_started"))),
        Row(
            "submitted: validating files", .submitted(Sample.job(.validatingFiles)),
            (.any(.submitting), .to(.validatingFiles, "job_created", "status_changed"))),
        Row(
            "submitted: queued", .submitted(Sample.job(.queued)),
            (.any(.submitting), .to(.queued, "job_created", "status_changed"))),
        Row(
            "submitted: running", .submitted(Sample.job(.running)),
            (.any(.submitting), .to(.running, "job_created", "status_changed"))),
        Row(
            "submitted: succeeded", .submitted(Sample.job(.succeeded(model: "ft:1"))),
            (.any(.submitting), .to(.succeeded, "job_created", "succeeded"))),
        Row(
            "submitted: failed", .submitted(Sample.job(.failed(ProviderComplaint("bad file")))),
            (.any(.submitting), .to(.failed, "job_created", "failed"))),
        Row(
            "submitted: cancelled", .submitted(Sample.job(.cancelled)),
            (.any(.submitting), .to(.cancelled, "job_created", "cancelled"))),
        Row(
            "submitted: unknown status", .submitted(Sample.job(.unknown(word: "paused"))),
            (.any(.submitting), .to(.queued, "job_created", "status_unknown"))),
        Row(
            "submit failed: unavailable", .submitFailed(.busy),
            (.at(.submitting), .waits(later, for: slow, at: .ready)),
            (.cancelling(.submitting), .to(.cancelled, "cancelled"))),
        Row(
            "submit failed: answer lost", .submitFailed(.lost),
            (.any(.submitting), .waits(tick, for: closed))),
        Row(
            "submit failed: unauthorized", .submitFailed(.wrongKey),
            (.at(.submitting), .waits(recheck, for: badKey, at: .ready)),
            (.cancelling(.submitting), .to(.cancelled, "cancelled"))),
        Row(
            "submit failed: refused", .submitFailed(.refusal),
            (.at(.submitting), .to(.failed, "failed")),
            (.cancelling(.submitting), .to(.cancelled, "cancelled"))),
        Row(
            "submit failed: cancelled", .submitFailed(.cancelled),
            (.any(.submitting), .waits(tick, for: dropped))),
        Row(
            "job found: none", .jobFound(nil),
            (.any(.submitting), .waits(settle, for: unseen("job")))),
        Row(
            "job found: validating files", .jobFound(Sample.job(.validatingFiles)),
            (.any(.submitting), .to(.validatingFiles, "job_adopted", "status_changed"))),
        Row(
            "job found: queued", .jobFound(Sample.job(.queued)),
            (.any(.submitting), .to(.queued, "job_adopted", "status_changed"))),
        Row(
            "job found: running", .jobFound(Sample.job(.running)),
            (.any(.submitting), .to(.running, "job_adopted", "status_changed"))),
        Row(
            "job found: succeeded", .jobFound(Sample.job(.succeeded(model: "ft:1"))),
            (.any(.submitting), .to(.succeeded, "job_adopted", "succeeded"))),
        Row(
            "job found: failed", .jobFound(Sample.job(.failed(ProviderComplaint("bad file")))),
            (.any(.submitting), .to(.failed, "job_adopted", "failed"))),
        Row(
            "job found: cancelled", .jobFound(Sample.job(.cancelled)),
            (.any(.submitting), .to(.cancelled, "job_adopted", "cancelled"))),
        Row(
            "job found: unknown status", .jobFound(Sample.job(.unknown(word: "paused"))),
            (.any(.submitting), .to(.queued, "job_adopted", "status_unknown"))),
    ]

    // MARK: Following the provider's job

    private static let following = [
        Row(
            "polled: validating files", .polled(Sample.job(.validatingFiles)),
            (.any(.queued, .running), .to(.validatingFiles, "status_changed"))),
        Row(
            "polled: queued", .polled(Sample.job(.queued)),
            (.any(.validatingFiles, .running), .to(.queued, "status_changed"))),
        Row(
            "polled: running", .polled(Sample.job(.running)),
            (.any(.validatingFiles, .queued), .to(.running, "status_changed"))),
        Row(
            "polled: succeeded", .polled(Sample.job(.succeeded(model: "ft:1"))),
            (.any(.validatingFiles, .queued, .running), .to(.succeeded, "succeeded"))),
        Row(
            "polled: failed", .polled(Sample.job(.failed(ProviderComplaint("bad file")))),
            (.any(.validatingFiles, .queued, .running), .to(.failed, "failed"))),
        Row(
            "polled: cancelled", .polled(Sample.job(.cancelled)),
            (.any(.validatingFiles, .queued, .running), .to(.cancelled, "cancelled"))),
        Row(
            "polled: unknown status", .polled(Sample.job(.unknown(word: "paused"))),
            (.any(.validatingFiles, .queued, .running), .stays("status_unknown"))),
        Row("polled: another job", .polled(Sample.job(.running, id: ProviderJobID(rawValue: "ftjob-9")))),
    ]

    // MARK: Questions without an answer

    private static let inquiries = [
        Row(
            "inquiry failed: unavailable", .inquiryFailed(.busy),
            (asking, .waits(later, for: slow))),
        Row(
            "inquiry failed: answer lost", .inquiryFailed(.lost),
            (asking, .waits(tick, for: closed))),
        Row(
            "inquiry failed: unauthorized", .inquiryFailed(.wrongKey),
            (asking, .waits(recheck, for: badKey))),
        Row(
            "inquiry failed: refused", .inquiryFailed(.refusal),
            (asking, .waits(tick, for: .fault("not for you")))),
        Row(
            "inquiry failed: missing", .inquiryFailed(.missing),
            (
                .any(
                    .built, .uploading, .ready, .builtBoth, .uploadingFirst, .builtSecond, .uploadingSecond,
                    .readyBoth, .submitting), .waits(tick, for: .fault("no such thing"))
            ),
            (.any(.processing, .processingFirst), .waits(tick, for: gone("training file"))),
            (.any(.processingSecond), .waits(tick, for: gone("validation file"))),
            (.any(.validatingFiles, .queued, .running), .waits(tick, for: gone("job")))),
        Row(
            "inquiry failed: cancelled", .inquiryFailed(.cancelled),
            (asking, .waits(tick, for: dropped))),
    ]

    private static let asking = Place.any(
        .built, .uploading, .processing, .ready, .builtBoth, .uploadingFirst, .processingFirst, .builtSecond,
        .uploadingSecond, .processingSecond, .readyBoth, .submitting, .validatingFiles, .queued, .running)

    // MARK: Wishes

    private static let wishes = [
        Row(
            "cancel requested", .cancelRequested,
            (
                .at(
                    .recorded, .built, .processing, .ready, .builtBoth, .processingFirst, .builtSecond,
                    .processingSecond, .readyBoth), cancelsAtOnce
            ),
            (
                .at(.uploading, .uploadingFirst, .uploadingSecond, .submitting, .validatingFiles, .queued, .running),
                cancelsLater
            ),
            (
                .cancelling(
                    .uploading, .uploadingFirst, .uploadingSecond, .submitting, .validatingFiles, .queued, .running),
                .refuses(.alreadyCancelling)
            ),
            (.any(.succeeded), .refuses(.alreadyEnded(.succeeded))),
            (.any(.failed), .refuses(.alreadyEnded(.failed))),
            (.any(.cancelled), .refuses(.alreadyEnded(.cancelled)))),
        Row(
            "cancel answered: validating files", .cancelAnswered(Sample.job(.validatingFiles)),
            (.undelivered(.validatingFiles), .stays().with(.delivered)),
            (.undelivered(.queued, .running), .to(.validatingFiles, "status_changed").with(.delivered)),
            (.settled(.queued, .running), .to(.validatingFiles, "status_changed"))),
        Row(
            "cancel answered: queued", .cancelAnswered(Sample.job(.queued)),
            (.undelivered(.queued), .stays().with(.delivered)),
            (.undelivered(.validatingFiles, .running), .to(.queued, "status_changed").with(.delivered)),
            (.settled(.validatingFiles, .running), .to(.queued, "status_changed"))),
        Row(
            "cancel answered: running", .cancelAnswered(Sample.job(.running)),
            (.undelivered(.running), .stays().with(.delivered)),
            (.undelivered(.validatingFiles, .queued), .to(.running, "status_changed").with(.delivered)),
            (.settled(.validatingFiles, .queued), .to(.running, "status_changed"))),
        Row(
            "cancel answered: succeeded", .cancelAnswered(Sample.job(.succeeded(model: "ft:1"))),
            (.undelivered(.validatingFiles, .queued, .running), .to(.succeeded, "succeeded").with(.delivered)),
            (.settled(.validatingFiles, .queued, .running), .to(.succeeded, "succeeded"))),
        Row(
            "cancel answered: failed", .cancelAnswered(Sample.job(.failed(ProviderComplaint("bad file")))),
            (.undelivered(.validatingFiles, .queued, .running), .to(.failed, "failed").with(.delivered)),
            (.settled(.validatingFiles, .queued, .running), .to(.failed, "failed"))),
        Row(
            "cancel answered: cancelled", .cancelAnswered(Sample.job(.cancelled)),
            (.undelivered(.validatingFiles, .queued, .running), .to(.cancelled, "cancelled").with(.delivered)),
            (.settled(.validatingFiles, .queued, .running), .to(.cancelled, "cancelled"))),
        Row(
            "cancel answered: unknown status", .cancelAnswered(Sample.job(.unknown(word: "cancelling"))),
            (.undelivered(.validatingFiles, .queued, .running), .stays("status_unknown").with(.delivered)),
            (.settled(.validatingFiles, .queued, .running), .stays("status_unknown"))),
        Row("cancel answered: another job", .cancelAnswered(Sample.job(.running, id: ProviderJobID(rawValue: "x")))),
        Row("key replaced, and none was refused", .keyReplaced),
    ]

    private static let cancelsAtOnce = Effect.to(.cancelled, "cancel_requested", "cancelled").with(.requested)
    private static let cancelsLater = Effect.stays("cancel_requested").with(.requested)
}
