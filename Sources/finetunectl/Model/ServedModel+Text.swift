import FinetuneAPI
import Identifiers

extension TextTable {
    /// Aliases, one a row.
    init(models: [ServedModel]) {
        self.init(
            columns: [
                .flexible("ALIAS"), .fixed("VERSION", .right), .fixed("FINETUNING"), .fixed("CHANGED (UTC)"),
                .fixed("MODEL"),
            ],
            rows: models.map { model in
                [
                    Cell(model.alias), Cell(model.version.grouped), Cell(model.finetuning?.description ?? "-"),
                    Cell("\(model.updatedAt.day) \(model.updatedAt.clock)"), Cell(model.modelID ?? "-"),
                ]
            },
            absence: "No models. Let an alias stand for one: finetunectl model promote ALIAS FINETUNING")
    }

    /// Versions of an alias, one a row.
    init(versions: [ServedModelVersion]) {
        self.init(
            columns: [
                .fixed("VERSION", .right), .fixed("WHEN (UTC)"), .fixed("WHAT"), .fixed("GATE"),
                .fixed("USER", .right), .fixed("FINETUNING"), .fixed("MODEL"), .flexible("NOTE"),
            ],
            rows: versions.map { version in
                [
                    Cell(version.version.grouped), Cell("\(version.createdAt.day) \(version.createdAt.clock)"),
                    Cell(version.readableAction), Cell(version.gate), Cell("\(version.userID)"),
                    Cell(version.finetuning.description),
                    Cell(version.modelID), Cell(version.note ?? ""),
                ]
            },
            absence: "The alias has stood for no model yet.")
    }

    /// What a gate found, a requirement a row.
    init(_ verdict: GateVerdict) {
        self.init(
            columns: [.fixed("REQUIREMENT"), .fixed("WANTED"), .fixed("MET"), .flexible("MEASURED")],
            rows: verdict.findings.map { finding in
                [
                    Cell(finding.requirement.readable), Cell(finding.wanted),
                    Cell(finding.met ? "yes" : "no", finding.met ? .good : .bad), Cell(finding.message),
                ]
            },
            absence: "Nothing has measured the model.")
    }
}

extension TextTable.Cell {
    fileprivate init(_ verdict: GateVerdict?) {
        guard let verdict else {
            self.init("-")
            return
        }
        self.init(verdict.passed ? "passed" : "forced", verdict.passed ? .good : .doubtful)
    }
}

extension GateFinding.Requirement {
    /// For people.
    var readable: String {
        switch self {
        case .minimumAccuracy: "accuracy"
        case .noSignificantLoss: "no significant loss"
        case .mustPass: "must pass"
        }
    }
}

extension GateFinding {
    /// What is asked for, for people.
    var wanted: String {
        switch requirement {
        case .minimumAccuracy: minimum.map { "at least \($0)" } ?? "measured"
        case .noSignificantLoss: "p at least 0.05"
        case .mustPass: "all"
        }
    }
}

extension PromotionGate {
    /// For people: `accuracy 0.8 or more, no significant loss`.
    var readable: String {
        let parts = [
            minimumAccuracy.map { "accuracy \($0) or more" },
            noSignificantLoss == true ? "no significant loss" : nil,
            mustPass == true ? "all must_pass records" : nil,
        ]
        return parts.compactMap(\.self).joined(separator: ", ")
    }
}

extension AutomaticPromotion {
    /// For people.
    var readable: String {
        switch status {
        case .waiting: "to \(alias), once it is trained and measured"
        case .evaluating: "to \(alias), being measured: \(evaluation?.description ?? "")"
        case .promoted: "to \(alias), version \(version?.grouped ?? "?")"
        case .notPromoted: "not to \(alias): \(reason ?? "")"
        }
    }

    /// How it looks.
    var style: Style {
        switch status {
        case .waiting, .evaluating: .plain
        case .promoted: .good
        case .notPromoted: .doubtful
        }
    }
}

extension FieldList {
    /// What an alias stands for.
    init(_ model: ServedModel) {
        self.init()
        add("alias", model.alias)
        add("model", model.modelID ?? "none yet", model.modelID == nil ? .doubtful : .good)
        add("provider", model.modelProvider)
        add("version", model.version.grouped)
        add("finetuning", model.finetuning?.description)
        add("connection", model.databaseConnection?.description)
        add("prompt", model.promptFingerprint)
        add("gate", model.gate?.readable)
        add("metadata", model.metadata?.text)
        add("created", model.createdAt.readable)
        add("changed", model.updatedAt.readable)
    }
}

extension ServedModelVersion {
    fileprivate var readableAction: String {
        switch action {
        case .promoted: "promoted"
        case .rolledBack: "back to \(restoredVersion.map(String.init) ?? "?")"
        }
    }
}
