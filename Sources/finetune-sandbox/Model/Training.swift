/// A training run's result: the model, and what was measured along the way.
///
/// Training the nearest-example model is showing it the file: after step s it knows the first s × batch_size
/// examples, after the first epoch all of them, and further epochs change nothing. So the measures move through
/// the first epoch and then stand still; that is what this model does.
///
/// `train_…` measures are leave-one-out: each sampled example's question is put to the model with that example
/// left out, and the answer is compared with the example's own. `valid_…` measures put the validation file's
/// questions to the model as it is. A step samples `stepSample` questions, evenly spread; the end of the first epoch
/// and `full_valid_…` sample `fullSample`. See `Score` for the three numbers.
struct Training: Sendable {
    struct Measure: Equatable, Sendable {
        var train: Score
        var valid: Score?
    }

    static let stepSample = 64
    static let fullSample = 500

    let model: NearestExampleModel
    let schedule: StepSchedule
    let hyperparameters: Hyperparameters
    /// Words of the file, times the epochs: see `ApproximateTokens`.
    let trainedTokens: Int
    /// By the number of examples seen.
    private let measures: [Int: Measure]

    func measure(atStep step: Int) -> Measure {
        guard let measure = measures[schedule.seen(afterStep: step)] else {
            preconditionFailure("step \(step) is no reported step")
        }
        return measure
    }
}

extension Training {
    /// Reads the files and trains, off the caller's executor: a large file takes seconds of computing.
    /// - Throws: `JobFailure` for a file that cannot be trained on; `CancellationError`.
    @concurrent
    static func run(
        content: [UInt8], validation: [UInt8]?, hyperparameters: Hyperparameters
    ) async throws -> Training {
        let file = try TrainingFile(content: content)
        let validationFile = try validation.map(TrainingFile.init)
        if let failure = file.failure(as: .training) ?? validationFile?.failure(as: .validation) { throw failure }
        return try Training(
            examples: file.examples, validation: validationFile?.examples, hyperparameters: hyperparameters)
    }

    init(examples: [TrainingExample], validation: [TrainingExample]?, hyperparameters: Hyperparameters) throws {
        let chosen = hyperparameters.resolved(examples: examples.count)
        let schedule = StepSchedule(examples: examples.count, epochs: chosen.epochs, batchSize: chosen.batchSize)
        let model = try NearestExampleModel(examples: examples)
        var measures: [Int: Measure] = [:]
        for seen in Set(schedule.reportedSteps.map(schedule.seen)) {
            try Task.checkCancellation()
            let sample = seen == examples.count ? Self.fullSample : Self.stepSample
            measures[seen] = Measure(
                train: model.leaveOneOut(seen: seen, sample: sample),
                valid: validation.map { model.score(on: $0, seen: seen, sample: sample) })
        }
        self.model = model
        self.schedule = schedule
        self.hyperparameters = chosen.reported
        self.measures = measures
        trainedTokens = chosen.epochs * examples.reduce(0) { $0 + $1.tokens }
    }
}

extension NearestExampleModel {
    /// The score on the model's own first `seen` examples, each left out when its question is asked.
    func leaveOneOut(seen: Int, sample: Int) -> Score {
        Score(
            pairs: evenlySpread(sample, over: seen).map { index in
                let neighbour = nearest(to: examples[index].question, among: seen, excluding: index)
                return (examples[index].answer, neighbour.map { examples[$0.example].answer } ?? "")
            })
    }

    /// The score on examples that are not the model's own.
    func score(on held: [TrainingExample], seen: Int, sample: Int) -> Score {
        Score(
            pairs: evenlySpread(sample, over: held.count).map { index in
                (held[index].answer, answer(to: held[index].question, seen: seen))
            })
    }
}

/// At most `count` of the indices below `total`, evenly spread.
private func evenlySpread(_ count: Int, over total: Int) -> [Int] {
    count >= total ? Array(0..<total) : (0..<count).map { $0 * total / count }
}
