import Evaluations
import FinetuneAPI
import Identifiers
import Jobs
import TrainingData

extension OrderPlan {
    /// Why no finetuning can be made of this, if none can: too few golden records, or another plan than was agreed to.
    func check(against agreedSHA256: String?, among shown: ShownPlans) throws(APIError) {
        if let agreedSHA256, agreedSHA256 != sha256 { throw planChanged(since: shown[agreedSHA256]) }
        guard training.records.count >= order.minimumExamples else { throw notEnough }
        if let refusal = refusalOfFiles { throw refusal }
    }

    private func planChanged(since agreed: ShownPlans.Plan?) -> APIError {
        var detail = JSONObject(members: [.init(name: "plan_sha256", value: .string(sha256))])
        detail["cost"] = estimate.most?.inDetail
        detail["planned_cost"] = agreed?.estimate.most?.inDetail
        detail["measuring_cost"] = measuring?.cost?.inDetail
        detail["planned_measuring_cost"] = agreed?.measuring?.cost?.inDetail
        return APIError(
            .planChanged, change(since: agreed),
            remedy: """
                Look at a new plan (finetunectl finetuning plan \(order.connection.alias.asShellWord), with the options \
                of the order), and send its plan_sha256.
                """,
            detail: .object(detail))
    }

    private func change(since agreed: ShownPlans.Plan?) -> String {
        let now = "training costs \(estimate.most.atMost) now"
        guard let agreed else {
            return "what would be trained, or what it costs, is no longer what that plan showed: \(now)"
        }
        let both = "\(now), and that plan showed \(agreed.estimate.most.atMost)"
        guard agreed.trainingSHA256 == trainingSHA256 else {
            return "what would be trained is no longer what that plan showed: \(both)"
        }
        guard agreed.promotesTo == order.promotesTo else {
            return """
                the same would be trained, and what follows is not what that plan showed: \
                \(order.promotesTo.asField), and that plan was made with \(agreed.promotesTo.asField)
                """
        }
        guard agreed.estimate.pricePerMillionTokens == estimate.pricePerMillionTokens else {
            return "the same would be trained, and its price is no longer what that plan showed: \(both)"
        }
        return """
            the same would be trained, and measuring it is no longer what that plan showed: it takes \
            \(measuring.inWords) now, and that plan showed \(agreed.measuring.inWords)
            """
    }

    private var notEnough: APIError {
        let usable = training.records.count
        let remedies = [
            "Add golden records.", leftOutCount == 0 ? nil : "See in the plan why \(leftOutCount) stay out.",
            validation == nil ? nil : "Hold fewer out.",
        ]
        return APIError(
            .notEnoughGoldenRecords,
            "a finetuning needs at least \(order.minimumExamples) golden records, and \(usable) can be trained on",
            remedy: remedies.compactMap(\.self).joined(separator: " "),
            detail: [
                "minimum": .number(JSONNumber(order.minimumExamples)), "usable": .number(JSONNumber(usable)),
                "left_out": .number(JSONNumber(leftOutCount)),
                "held_out": .number(JSONNumber(validation?.records.count ?? 0)),
            ])
    }

    /// The refusal of an order whose records would do, for what else is wrong with its files.
    private var refusalOfFiles: APIError? { notEnoughHeldOut ?? fileTooLarge ?? notMeasurable }

    /// The refusal of an order that holds too little out.
    private var notEnoughHeldOut: APIError? {
        guard let count = validation?.records.count, count < order.minimumValidationExamples else { return nil }
        let minimum = order.minimumValidationExamples
        return APIError(
            .notEnoughGoldenRecords,
            "a validation file needs at least \(minimum) golden records, and \(count) are held out",
            remedy: "Raise validation_fraction, or name records in validation_golden_records.",
            detail: ["minimum": .number(JSONNumber(minimum)), "held_out": .number(JSONNumber(count))])
    }

    /// The refusal of an order with a file that its provider does not take.
    private var fileTooLarge: APIError? {
        guard let limit = order.model.trainingFileBytes else { return nil }
        let files = [("training", training.plan.byteCount), ("validation", validation?.plan.byteCount ?? 0)]
        return files.first { $0.1 > limit }.map { name, bytes in
            APIError(
                .trainingFileTooLarge,
                "the \(name) file would have \(bytes) bytes, and \(order.model.provider) takes at most \(limit)",
                remedy: "Train on fewer golden records, or show them fewer tables (schemas).",
                detail: ["bytes": .number(JSONNumber(bytes)), "limit": .number(JSONNumber(limit))])
        }
    }

    /// The refusal of an order whose model is to be promoted by itself, and could not be measured before.
    private var notMeasurable: APIError? {
        guard order.promotesTo != nil else { return nil }
        guard validation != nil else {
            return APIError(
                .invalidField, "auto_promote: needs golden records that are held out, to measure the model on",
                remedy: "Send validation_fraction or validation_golden_records besides.",
                detail: ["field": "auto_promote"])
        }
        guard order.connection.dialect == .sqlite, order.connection.connectionURI != nil else {
            return APIError(
                .invalidField,
                "auto_promote: the daemon runs SQL on SQLite databases alone, so nothing can be measured",
                remedy: "Leave it out, measure the model by other means, and promote it then.",
                detail: ["field": "auto_promote"])
        }
        return nil
    }

    /// What stands in the way of the order besides its training records: a name that is taken, too little held out, a
    /// budget that is used up, a model that is gone.
    func problems(isAliasTaken: Bool, budget: BudgetRefusal?, at now: Timestamp) -> [PlanProblem] {
        let aliasInUse = PlanProblem(
            .aliasInUse, "another finetuning has the alias \"\(order.alias)\"", remedy: "Choose another alias.")
        let found = [
            isAliasTaken ? aliasInUse : nil,
            refusalOfFiles.map { PlanProblem($0.code, $0.message, remedy: $0.remedy) },
            budget.map { PlanProblem($0.code, $0.description, remedy: $0.remedy) },
            PlanProblem.shutDown(order.model, at: now),
            measuring?.warning,
        ]
        return found.compactMap(\.self)
    }
}

extension PlannedMeasuring {
    /// What is spent besides where the model is to be promoted by itself; nothing where there is nothing to ask.
    fileprivate var warning: PlanProblem? {
        guard heldOutCount > 0 else { return nil }
        let besides = mustPassCount == 0 ? "" : " and \(mustPassCount) that must pass"
        let most = cost.map { "about $\($0) at most" } ?? "the catalogue does not say what that costs"
        let asked = hasBaseline ? "it and to the present model of \(alias)" : "it, the first model of \(alias)"
        return PlanProblem(
            severity: .warning, code: "automatic_evaluation",
            message: """
                once it is trained, the \(heldOutCount) questions held out\(besides) are put to \(asked): \
                as the golden records, their prompts and the alias are now, \(most)
                """,
            remedy: "A budget bounds that too. Without auto_promote nothing is asked until you evaluate it.")
    }
}

extension PlannedMeasuring? {
    fileprivate var inWords: String {
        map { "\($0.questionCount) questions and \($0.cost.atMost)" } ?? "nothing"
    }
}

extension ModelAlias? {
    fileprivate var asField: String { map { "auto_promote \"\($0)\"" } ?? "no auto_promote" }
}

extension Price {
    fileprivate var inDetail: JSONValue { .number(JSONNumber(dollars)) }
}

extension Price? {
    fileprivate var atMost: String { map { "$\($0) at most" } ?? "what the catalogue does not say" }
}

extension PlanProblem {
    /// A refusal that the order would get.
    fileprivate init(_ code: ErrorCode, _ message: String, remedy: String) {
        self.init(severity: .error, code: code.rawValue, message: message, remedy: remedy)
    }
}

extension HoldOut {
    /// The share that is held out; nothing where none or named records are.
    var share: Double? {
        if case .share(let share) = self { share } else { nil }
    }
}
