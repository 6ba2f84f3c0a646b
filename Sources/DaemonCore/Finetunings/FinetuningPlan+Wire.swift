import FinetuneAPI
import Identifiers
import Jobs
import TrainingData

extension FinetuningPlan {
    /// How many records a list of a reply names.
    fileprivate static let listed = 100

    /// The plan of an order; `problems` are those of the order itself.
    init(_ orderPlan: OrderPlan, problems orderProblems: [PlanProblem]) {
        let (order, plan, validation) = (orderPlan.order, orderPlan.training.plan, orderPlan.validation?.plan)
        let problems = orderProblems + plan.problems.map(PlanProblem.init)
        let errors = problems.filter { $0.severity == .error }
        self.init(
            databaseConnection: order.connection.id, alias: order.alias,
            baseLLM: BaseLLM(order.baseModel, order.baseModel.parameters.resolved.wire),
            ready: errors.isEmpty, examples: plan.exampleCount, trainingFileBytes: plan.byteCount,
            excluded: orderPlan.leftOut.prefix(Self.listed).map { record in
                Wire.ExcludedRecord(goldenRecord: record.recordID, reason: record.reason)
            },
            excludedCount: orderPlan.leftOutCount,
            tables: plan.tables.map(PlannedTable.init),
            problems: errors + problems.filter { $0.severity == .warning },
            schemaFingerprint: plan.schemaFingerprint, validationExamples: validation?.exampleCount ?? 0,
            validationFileBytes: validation?.byteCount ?? 0, serialiserVersion: PromptSerialiser.version,
            tokens: plan.tokens.map(PlannedTokens.init), fitting: PlannedFitting(plan.fitting),
            leaving: PlannedLeaving(
                redaction: Wire.Redaction(plan.redaction), columns: plan.leaving.map(LeavingColumn.init)),
            cost: TrainingCost(orderPlan.estimate, of: order.baseModel), planSHA256: orderPlan.sha256)
    }
}

extension PlannedTable {
    fileprivate init(_ use: TableUse) {
        self.init(name: use.name, examples: use.recordCount, shown: use.shownCount)
    }
}

extension PlannedTokens {
    fileprivate init(_ tokens: TokenSummary) {
        self.init(total: tokens.total, minimum: tokens.minimum, median: tokens.median, maximum: tokens.maximum)
    }
}

extension PlannedFitting {
    fileprivate init(_ fitting: FittingSummary) {
        func count(_ detail: PromptDetail) -> Int { fitting.exampleCounts[detail] ?? 0 }
        self.init(
            tokensPerExample: fitting.tokenLimit, whole: count(.whole), withoutSampleRows: count(.withoutSampleRows),
            withoutCategories: count(.withoutCategories), withoutDescriptions: count(.withoutDescriptions),
            withoutTables: fitting.examplesWithOmittedTables, relevanceMisses: fitting.relevanceMisses)
    }
}

extension LeavingColumn {
    fileprivate init(_ values: LeavingValues) {
        self.init(
            table: values.table, column: values.column, values: values.count, personal: values.isPersonal,
            form: Form(values.form))
    }
}

extension LeavingColumn.Form {
    fileprivate init(_ form: LeavingValues.Form) {
        self =
            switch form {
            case .plain: .plain
            case .masked: .masked
            }
    }
}

extension PlanProblem {
    fileprivate init(_ problem: DatasetProblem) {
        self.init(
            severity: Severity(problem.severity), code: problem.code.rawValue, message: problem.message,
            remedy: problem.remedy,
            recordCount: problem.records.count,
            records: problem.records.listed.prefix(FinetuningPlan.listed).map {
                Wire.ConcernedRecord(goldenRecord: $0.id, earlier: $0.earlier)
            })
    }

    /// The model of an order is no longer offered; nothing if it is.
    static func shutDown(_ model: CataloguedModel, at now: Timestamp) -> PlanProblem? {
        guard let date = model.shutdownDate, !model.isOffered(on: CalendarDay(of: now)) else { return nil }
        return PlanProblem(
            severity: .warning, code: "model_shut_down",
            message: "\(model.provider) no longer offers \(model.name): by the catalogue it was shut down on \(date)",
            remedy: "Choose another model, or correct the date in /etc/finetuned/models.yaml.")
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
