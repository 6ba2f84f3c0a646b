import FinetuneAPI
import Jobs
import TrainingData

extension FinetuningPlan {
    /// How many excluded records a reply names.
    private static let listed = 100

    /// The plan of an order: what is trained on, and what is measured on. `problems` come before those of the records.
    init(
        _ plan: DatasetPlan, validation: DatasetPlan?, of order: FinetuningOrder, problems orderProblems: [PlanProblem]
    ) {
        let problems = orderProblems + plan.problems.map(PlanProblem.init)
        let excluded = plan.excluded + (validation?.excluded ?? [])
        self.init(
            databaseConnection: order.connection.id, alias: order.alias,
            baseLLM: BaseLLM(order.baseModel, order.baseModel.parameters.resolved.wire),
            ready: !problems.contains { $0.severity == .error }, examples: plan.exampleCount,
            trainingFileBytes: plan.byteCount,
            excluded: excluded.prefix(Self.listed).map { record in
                Wire.ExcludedRecord(goldenRecord: record.recordID, reason: record.reason)
            },
            excludedCount: plan.excludedCount + (validation?.excludedCount ?? 0),
            tables: plan.tables.map { PlannedTable(name: $0.name, examples: $0.recordCount) }, problems: problems,
            schemaFingerprint: plan.schemaFingerprint, validationExamples: validation?.exampleCount ?? 0,
            validationFileBytes: validation?.byteCount ?? 0)
    }
}

extension PlanProblem {
    fileprivate init(_ problem: DatasetProblem) {
        self.init(
            severity: Severity(problem.severity), code: problem.code.rawValue, message: problem.message,
            remedy: problem.remedy)
    }
}

extension PlanProblem.Severity {
    fileprivate init(_ severity: DatasetProblem.Severity) {
        self =
            switch severity {
            case .error: .error
            case .warning: .warning
            }
    }
}
