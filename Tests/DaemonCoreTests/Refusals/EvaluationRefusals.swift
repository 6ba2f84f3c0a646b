import Identifiers
import LineTransport
import Testing

@testable import DaemonCore
@testable import FinetuneAPI

// Requests about evaluations that are refused.

let evaluationRefusals: [RefusalCase] = [
    .init(.evaluationNotFound, "an evaluation read", .get, "/evaluations/\(nothing)"),
    .init(.evaluationNotFound, "an evaluation deleted", .delete, "/evaluations/\(nothing)"),
    .init(.finetuningNotFound, "evaluated", .post, "/finetunings/\(nothing)/evaluations", body: [:]),
    .init(.finetuningNotSucceeded, "evaluated too early") { grounds in
        try await grounds.daemon.send(.post, "/finetunings/\(grounds.waiting)/evaluations", [:])
    },
    .init(.notEnoughGoldenRecords, "nothing held out") { grounds in
        try await grounds.daemon.send(.post, "/finetunings/\(grounds.succeeded)/evaluations", [:])
    },
    .init(.invalidGoldenRecord, "a record that was trained on") { grounds in
        try await grounds.daemon.send(
            .post, "/finetunings/\(grounds.succeeded)/evaluations",
            ["golden_records": [.id(grounds.library.records[0].id)]])
    },
    .init(.modelNotFound, "beside an alias that is not there") { grounds in
        try await grounds.daemon.send(
            .post, "/finetunings/\(grounds.succeeded)/evaluations",
            [
                "golden_records": [.id(grounds.library.records[0].id)], "include_training": true,
                "baseline_alias": "library-sqll",
            ])
    },
    .init(.evaluationInProgress, "deleted while under way") { grounds in
        let gate = Gate()
        await grounds.daemon.provider.script(.complete, .holdBefore(gate))
        let id = try await grounds.daemon.orderEvaluation(grounds).id
        let reply = try await grounds.daemon.send(.delete, "/evaluations/\(id)")
        _ = try await grounds.daemon.client.call(Routes.cancelEvaluation, id)
        gate.open()
        _ = try await grounds.daemon.client.call(Routes.deleteEvaluation, id)
        return reply
    },
    .init(.evaluationNotCancellable, "cancelled when over") { grounds in
        let id = try await grounds.daemon.evaluate(grounds).id
        return try await grounds.daemon.send(.post, "/evaluations/\(id)/cancel")
    },
]

private let nothing = ObjectID(seconds: 1, suffix: 1)
