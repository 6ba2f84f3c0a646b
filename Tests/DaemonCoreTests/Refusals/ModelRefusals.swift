import Identifiers
import LineTransport
import Testing

@testable import DaemonCore
@testable import FinetuneAPI

// Requests about models by alias that are refused.

let modelRefusals: [RefusalCase] = [
    .init(.modelNotFound, "read", .get, "/models/none"),
    .init(.modelNotFound, "followed", .get, "/models/none?follow=true"),
    .init(.modelNotFound, "its history", .get, "/models/none/history"),
    .init(.modelNotFound, "rolled back", .post, "/models/none/rollback", body: [:]),
    .init(.modelNotFound, "deleted", .delete, "/models/none"),
    .init(.finetuningNotFound, "promoted", .post, "/models/sales/promote", body: ["finetuning_id": .id(nobody)]),
    .init(.finetuningNotSucceeded, "promoted too early", .post, "/models/sales/promote") { grounds in
        ["finetuning_id": .id(grounds.waiting)]
    },
    .init(.versionConflict, "another came first", .post, "/models/sales/promote") { grounds in
        ["finetuning_id": .id(grounds.succeeded), "expected_version": 1]
    },
    .init(.nothingToRollBack, "the first model") { grounds in
        _ = try await grounds.daemon.promote(grounds.succeeded)
        return try await grounds.daemon.send(.post, "/models/sales/rollback", [:])
    },
    .init(.resourceInUse, "a finetuning that an alias stands for") { grounds in
        _ = try await grounds.daemon.promote(grounds.succeeded)
        return try await grounds.daemon.send(.delete, "/finetunings/\(grounds.succeeded)")
    },
    .init(.promotionRefused, "a gate, and nothing measured", .post, "/models/sales/promote") { grounds in
        _ = try await grounds.daemon.send(.put, "/models/sales", ["gate": ["minimum_accuracy": 0.5]])
        return ["finetuning_id": .id(grounds.succeeded)]
    },
    .init(.invalidField, "an accuracy above one", .put, "/models/sales", body: ["gate": ["minimum_accuracy": 1.5]]),
    .init(.unknownField, "a requirement that there is not", .put, "/models/sales", body: ["gate": ["must_pas": true]]),
    .init(.invalidField, "an alias too long") { grounds in
        try await grounds.daemon.send(.put, "/models/" + String(repeating: "x", count: 129), [:])
    },
    .init(.invalidField, "a negative version", .post, "/models/sales/promote") { grounds in
        ["finetuning_id": .id(grounds.succeeded), "expected_version": -1]
    },
    .init(.invalidField, "an empty note", .post, "/models/sales/promote") { grounds in
        ["finetuning_id": .id(grounds.succeeded), "note": " "]
    },
    .init(.unknownField, "in the query of a kept model") { grounds in
        _ = try await grounds.daemon.promote(grounds.succeeded)
        _ = try await grounds.daemon.model()
        return try await grounds.daemon.send(.get, "/models/sales?folow=true")
    },
]

private let nobody = ObjectID(seconds: 1, suffix: 1)
