/// The steps of a training run, and those among them that are measured and reported.
struct StepSchedule: Equatable, Sendable {
    let examples: Int
    let epochs: Int
    let batchSize: Int

    /// About so many steps of a run are reported, and the end of every epoch always.
    static let reportsWanted = 60

    var stepsPerEpoch: Int { (examples + batchSize - 1) / batchSize }
    var totalSteps: Int { epochs * stepsPerEpoch }

    /// Reported steps from 1, ascending, spread evenly over each epoch and ending with its last step.
    var reportedSteps: [Int] {
        let reports = max(1, min(stepsPerEpoch, Self.reportsWanted / epochs))
        return (0..<epochs).flatMap { epoch in
            (1...reports).map { epoch * stepsPerEpoch + stepsPerEpoch * $0 / reports }
        }
    }

    /// How many of the examples the model has seen once a step is done. A second pass shows it nothing new.
    func seen(afterStep step: Int) -> Int {
        min(examples, step * batchSize)
    }

    /// The epoch, from 1, that ends with this step.
    func epochEnding(withStep step: Int) -> Int? {
        step.isMultiple(of: stepsPerEpoch) ? step / stepsPerEpoch : nil
    }

    /// The step's end as a share of the whole run, 0 to 1.
    func progress(atStep step: Int) -> Double {
        Double(step) / Double(totalSteps)
    }
}
