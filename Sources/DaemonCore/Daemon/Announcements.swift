import Store

/// What is told of each change: to those who follow a thing, and to what keeps something about it.
struct Announcements: Sendable {
    let replies: RenderedReplies
    let finetunings: LiveFinetunings
    let evaluations: LiveEvaluations
    let models: ServedModels

    init(store: StateStore) {
        replies = RenderedReplies()
        finetunings = LiveFinetunings(replies: replies)
        evaluations = LiveEvaluations()
        models = ServedModels(store: store, replies: replies)
    }

    /// Ends all signals, now and from now on: the daemon is about to end.
    func stop() {
        finetunings.stop()
        models.stop()
        evaluations.stop()
    }
}
