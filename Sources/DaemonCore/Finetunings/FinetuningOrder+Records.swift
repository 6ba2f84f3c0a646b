import FinetuneAPI
import Jobs
import TrainingData

extension FinetuningOrder {
    /// The records that are looked at.
    var selection: RecordSelection {
        namedRecords.map(RecordSelection.named) ?? .all(connection: connection.id)
    }

    /// Refuses records that are too few.
    func check(_ records: TrainableRecords) throws(APIError) {
        guard records.included.count >= minimumExamples else { throw notEnough(records) }
        guard holdOut == .nothing || records.heldOut.ids.count >= minimumValidationExamples else {
            throw notEnoughHeldOut(records.heldOut.ids.count)
        }
    }

    private func notEnough(_ records: TrainableRecords) -> APIError {
        let usable = records.included.count
        let remedies = [
            "Add golden records.",
            records.invalidCount > 0 ? "Correct the \(records.invalidCount) whose check says invalid." : nil,
            records.heldOut.ids.isEmpty ? nil : "Hold fewer out.",
        ]
        return APIError(
            .notEnoughGoldenRecords,
            "a finetuning needs at least \(minimumExamples) golden records, and \(usable) can be trained on",
            remedy: remedies.compactMap(\.self).joined(separator: " "),
            detail: [
                "minimum": .number(JSONNumber(minimumExamples)), "usable": .number(JSONNumber(usable)),
                "invalid": .number(JSONNumber(records.invalidCount)),
                "held_out": .number(JSONNumber(records.heldOut.ids.count)),
                "overlapping": .number(JSONNumber(records.overlappingCount)),
            ])
    }

    /// The refusal of an order that holds too little out.
    func notEnoughHeldOut(_ count: Int) -> APIError {
        APIError(
            .notEnoughGoldenRecords,
            "a validation file needs at least \(minimumValidationExamples) golden records, and \(count) are held out",
            remedy: "Raise validation_fraction, or name records in validation_golden_records.",
            detail: [
                "minimum": .number(JSONNumber(minimumValidationExamples)), "held_out": .number(JSONNumber(count)),
            ])
    }
}

extension HoldOut {
    /// The share that is held out; nothing where none or named records are.
    var share: Double? {
        if case .share(let share) = self { share } else { nil }
    }
}
