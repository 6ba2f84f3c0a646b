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
                .fixed("VERSION", .right), .fixed("WHEN (UTC)"), .fixed("WHAT"), .fixed("USER", .right),
                .fixed("FINETUNING"), .fixed("MODEL"), .flexible("NOTE"),
            ],
            rows: versions.map { version in
                [
                    Cell(version.version.grouped), Cell("\(version.createdAt.day) \(version.createdAt.clock)"),
                    Cell(version.readableAction), Cell("\(version.userID)"), Cell(version.finetuning.description),
                    Cell(version.modelID), Cell(version.note ?? ""),
                ]
            },
            absence: "The alias has stood for no model yet.")
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
