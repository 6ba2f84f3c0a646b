import FinetuneAPI
import Identifiers
import Jobs
import TrainingData

extension OrderDesk {
    private static let fractionField = "validation_fraction"
    private static let recordsField = "validation_golden_records"

    /// What an order holds out from training.
    func holdOut(_ request: NewFinetuning, at provider: any FinetuningProvider) throws(APIError) -> HoldOut {
        let holdOut: HoldOut
        switch (request.validationFraction, request.validationGoldenRecords) {
        case (nil, nil): return .nothing
        case (let share?, nil): holdOut = .share(try checked(share))
        case (nil, let ids?): holdOut = .records(try checked(ids, besides: request.goldenRecords ?? []))
        case (_?, _?):
            throw .invalidField(Self.recordsField, "cannot be given together with \(Self.fractionField)")
        }
        guard provider.capabilities.takesValidationFile else {
            let field = request.validationFraction == nil ? Self.recordsField : Self.fractionField
            throw .invalidField(field, "the provider \(provider.name) takes no validation file")
        }
        return holdOut
    }

    private func checked(_ share: Double) throws(APIError) -> Double {
        guard share > 0, share <= FieldLimits.largestValidationFraction else {
            throw .invalidField(
                Self.fractionField, "must be a number above 0 and at most \(FieldLimits.largestValidationFraction)")
        }
        return share
    }

    private func checked(_ ids: [ObjectID], besides training: [ObjectID]) throws(APIError) -> [ObjectID] {
        guard !ids.isEmpty else { throw .invalidField(Self.recordsField, "must name a golden record") }
        guard let ids = try named(ids, field: Self.recordsField), Set(ids).isDisjoint(with: training) else {
            throw .invalidField(Self.recordsField, "must not name a golden record that golden_records names too")
        }
        return ids
    }
}
