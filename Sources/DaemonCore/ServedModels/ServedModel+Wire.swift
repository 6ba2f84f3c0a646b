import Evaluations
import FinetuneAPI
import Jobs
import TrainingData

extension Wire.ServedModel {
    /// The domain's form, as clients read it.
    init(_ served: Evaluations.ServedModel) throws {
        let model = served.current?.model
        self.init(
            alias: served.alias.rawValue, modelID: model?.name.rawValue, modelProvider: model?.provider.rawValue,
            promptFingerprint: model?.promptFingerprint, version: served.version, finetuning: model?.finetuning,
            databaseConnection: model?.connection,
            metadata: try served.metadata.map { try JSONText(text: $0).json }, createdAt: served.createdAt,
            updatedAt: served.updatedAt, gate: served.gate.map { Wire.PromotionGate($0) })
    }
}

extension Wire.ServedModelVersion {
    /// The domain's form, as clients read it.
    init(_ version: Evaluations.ServedModelVersion) {
        let model = version.model
        self.init(
            version: version.version, action: Action(version.origin), restoredVersion: version.origin.restored,
            modelID: model.name.rawValue, modelProvider: model.provider.rawValue,
            promptFingerprint: model.promptFingerprint,
            finetuning: model.finetuning, databaseConnection: model.connection, userID: Int(version.user),
            note: version.note, createdAt: version.at, gate: version.decision.map { GateVerdict($0) })
    }
}

extension Wire.ServedModelVersion.Action {
    fileprivate init(_ origin: Evaluations.ServedModelVersion.Origin) {
        self =
            switch origin {
            case .promotion: .promoted
            case .rollback: .rolledBack
            }
    }
}

extension Evaluations.ServedModelVersion.Origin {
    fileprivate var restored: Int? {
        if case .rollback(let version) = self { version } else { nil }
    }
}
