import Identifiers
import LineTransport
import Testing

@testable import DaemonCore
@testable import FinetuneAPI

extension TestDaemon {
    /// Orders an evaluation of the finetuning that is over, over the first records of the library, which it was trained
    /// on.
    func orderEvaluation(
        _ grounds: Grounds, records: Int = 2, maximumTokens: Int? = nil
    ) async throws -> Wire.Evaluation {
        try await client.call(
            Routes.createEvaluation, grounds.succeeded,
            body: NewEvaluation(
                goldenRecords: grounds.library.records.prefix(records).map(\.id), includeTraining: true,
                maximumTokens: maximumTokens))
    }

    /// The events of an evaluation up to the first that meets the condition, or to the end.
    @discardableResult
    func followEvaluation(
        _ id: ObjectID, until condition: (Wire.FinetuningEvent) -> Bool = { _ in false }
    ) async throws -> [Wire.FinetuningEvent] {
        try await follow(id, on: Routes.evaluationEvents, until: condition)
    }

    /// Waits for an evaluation's end.
    func evaluationEnd(of id: ObjectID) async throws -> Wire.Evaluation {
        try await followEvaluation(id)
        return try await client.call(Routes.readEvaluation, id)
    }

    /// Has the finetuning that is over evaluated to the end.
    func evaluate(_ grounds: Grounds) async throws -> Wire.Evaluation {
        try await evaluationEnd(of: try await orderEvaluation(grounds).id)
    }
}
