import Identifiers
import LineTransport
import Testing

@testable import DaemonCore
@testable import FinetuneAPI

extension TestDaemon {
    /// Orders an evaluation of the finetuning that is over, over the first records of the library, which it was trained
    /// on.
    func orderEvaluation(_ grounds: Grounds, records: Int = 2) async throws -> Wire.Evaluation {
        try await client.call(
            Routes.createEvaluation, grounds.succeeded,
            body: NewEvaluation(
                goldenRecords: grounds.library.records.prefix(records).map(\.id), includeTraining: true))
    }

    /// Waits for an evaluation's end.
    func evaluationEnd(of id: ObjectID) async throws -> Wire.Evaluation {
        for try await element in try client.stream(
            Routes.evaluationEvents, id, query: EventsQuery(follow: true))
        {
            guard case .response = element else { break }
        }
        return try await client.call(Routes.readEvaluation, id)
    }

    /// Has the finetuning that is over evaluated to the end.
    func evaluate(_ grounds: Grounds) async throws -> Wire.Evaluation {
        try await evaluationEnd(of: try await orderEvaluation(grounds).id)
    }
}
