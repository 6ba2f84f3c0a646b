import Jobs
import Testing

@testable import DaemonCore
@testable import FinetuneAPI

// Orders that cost too much, are too large, or are no longer what was planned.

let budgetRefusals: [RefusalCase] = [
    .init(.budgetExceeded, "fifty epochs", .within(Budget(perFinetuning: Price("0.10")))) { grounds in
        try await grounds.daemon.send(
            .post, "/finetunings",
            .order(
                of: grounds.library.connection.id, alias: "third",
                base: ["model_parameters": ["n_epochs": 50]]))
    },
    .init(.trainingFileTooLarge, "a file of more than 1,000 bytes") { grounds in
        grounds.daemon.boundFiles(byBytes: 1_000)
        return try await grounds.daemon.send(
            .post, "/finetunings", .order(of: grounds.library.connection.id, alias: "third"))
    },
    .init(.planChanged, "another plan's SHA-256") { grounds in
        let other = JSONValue.string(String(repeating: "0", count: 64))
        return try await grounds.daemon.send(
            .post, "/finetunings",
            .order(of: grounds.library.connection.id, alias: "third", ["plan_sha256": other]))
    },
]

extension Setup {
    fileprivate static func within(_ budget: Budget) -> Setup {
        var setup = Setup()
        setup.budget = budget
        return setup
    }
}
