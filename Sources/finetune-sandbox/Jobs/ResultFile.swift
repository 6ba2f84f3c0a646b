/// The CSV file of a run's measures that a job leaves behind: a row for each reported step.
enum ResultFile {
    static func content(of training: Training) -> [UInt8] {
        let rows = training.schedule.reportedSteps.map { row(of: training, step: $0) }
        let header = "step,train_loss,train_accuracy,train_exact_match,valid_loss,valid_mean_token_accuracy"
        return Array((([header] + rows).joined(separator: "\n") + "\n").utf8)
    }

    private static func row(of training: Training, step: Int) -> String {
        let measure = training.measure(atStep: step)
        let train = [measure.train.loss, measure.train.tokenAccuracy, measure.train.exactMatch].map { String($0) }
        let valid = [measure.valid?.loss, measure.valid?.tokenAccuracy].map { $0.map { String($0) } ?? "" }
        return ([String(step)] + train + valid).joined(separator: ",")
    }
}
