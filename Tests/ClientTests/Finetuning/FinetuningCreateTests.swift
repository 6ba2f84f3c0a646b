import ArgumentParser
import FinetuneAPI
import Identifiers
import Testing

@testable import finetunectl

@Suite("Starting a finetuning")
struct FinetuningCreateTests {
    private static let connection = "000000010000000000000002"

    private func create(_ arguments: [String] = [], typed: String?) async throws -> Performance {
        try await PlayedDaemon.run(typed: typed) { request in
            request.path.hasSuffix("/plan")
                ? .reply(status: 200, .plan(ready: true))
                : .reply(status: 409, .changed)
        } _: { session in
            try await FinetuningCreate.parse([Self.connection] + arguments).run(in: session)
        }
    }

    @Test("on a terminal shows the plan's price, asks, and orders just that plan", arguments: ["y\n", "YES\n"])
    func confirmed(typed: String) async throws {
        let performance = try await create(typed: typed)
        #expect(performance.remarks.contains("Start this finetuning ($0.50 to $1.50, likely $1.50)? [y/N] "))
        #expect(performance.requests.map(\.path) == ["/api/v1/finetunings/plan", "/api/v1/finetunings"])
        let order = performance.requests.last?.body
        #expect(order?["plan_sha256"] == .string(.plannedSHA256) && order?["alias"] == "shop_2026112519")
    }

    @Test("starts nothing without a yes", arguments: ["n\n", "\n", "", "yesterday\n"])
    func declined(typed: String) async throws {
        let performance = try await create(typed: typed)
        #expect(performance.requests.map(\.path) == ["/api/v1/finetunings/plan"])
        #expect(performance.remarks.contains("Nothing was started."))
        #expect(performance.status == 1)
    }

    @Test("does not ask where nobody sits, or with --yes")
    func unasked() async throws {
        for performance in [try await create(typed: nil), try await create(["--yes"], typed: "n\n")] {
            #expect(performance.requests.map(\.path) == ["/api/v1/finetunings"])
            #expect(performance.requests.last?.body?["plan_sha256"] == nil)
        }
    }

    @Test(
        "amounts have the digits that tell them from nothing",
        arguments: [(0, "$0.00"), (12.5, "$12.50"), (1_234.567, "$1,234.57"), (0.0042, "$0.004200"), (0.01, "$0.01")])
    func amounts(amount: Double, text: String) {
        #expect(amount.amount("USD") == text)
        #expect(amount.amount("EUR") == text.dropFirst() + " EUR")
    }
}

extension String {
    fileprivate static let plannedSHA256 = String(repeating: "0c", count: 32)
}

extension JSONValue {
    fileprivate static let changed: JSONValue = [
        "error_code": "plan_changed", "message": "changed", "description": "plan again", "detail": [:],
    ]

    fileprivate static func plan(ready: Bool) -> JSONValue {
        [
            "db_connection_id": "000000010000000000000002", "alias": "shop_2026112519", "base_llm": [:],
            "ready": .bool(ready), "examples": 12, "training_file_bytes": 100, "excluded": [], "excluded_count": 0,
            "tables": [], "problems": [], "schema_fingerprint": "ff", "validation_examples": 0,
            "validation_file_bytes": 0, "serialiser_version": 2, "tokens": .null,
            "fitting": [
                "tokens_per_example": 1, "whole": 12, "without_sample_rows": 0, "without_categories": 0,
                "without_descriptions": 0, "without_tables": 0, "relevance_misses": 0,
            ],
            "leaving": ["redaction": "masked", "columns": []],
            "cost": [
                "currency": "USD", "least": 0.5, "likely": 1.5, "most": 1.5, "reason": .null, "tokens_per_epoch": 900,
                "least_epochs": 1, "likely_epochs": 3, "most_epochs": 3, "price_per_million_tokens": 3,
            ],
            "plan_sha256": .string(.plannedSHA256),
        ]
    }
}
