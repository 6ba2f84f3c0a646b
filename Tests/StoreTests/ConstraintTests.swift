import Jobs
import Store
import Testing

@Suite("Rows that must not exist")
struct ConstraintTests {
    @Test(
        "the database refuses a job whose columns contradict its stage",
        arguments: [
            "stage = 'flying'",
            "stage = 'built'",
            "stage = 'submitted', remote_phase = 'running'",
            "stage = 'ended'",
            "stage = 'ended', outcome = 'succeeded'",
            "stage = 'ended', outcome = 'failed', failure_code = 'x'",
            "stage = 'ended', outcome = 'cancelled', model_id = 'ft:1'",
            "stage = 'uploading', dataset_path = '/a'",
            "provider_file_id = 'file-1'",
            "provider_job_id = 'ftjob-1'",
            "validation_path = '/a'",
            "validation_stage = 'built'",
            "provider_validation_file_id = 'file-2'",
            "held_out_fraction = 0",
            "held_out_fraction = 1",
            "trained_tokens = -1",
            "remote_phase = 'running'",
            "outcome = 'cancelled'",
            "obstacle = 'fault'",
            "missing_for = 1",
            "obstacle = 'key', obstacle_reason = 'expired', missing_for = 1",
            "plan_sha256 = 'short'",
            "cancellation = 'perhaps'",
            "failed_tries = -1",
            "n_epochs = 'many'",
            "n_epochs = 1.5",
            "learning_rate_multiplier = 'fast'",
            "schemas = '{}'",
            "connection_id = x'000000000000000000000000'",
        ])
    func jobs(assignment: String) async throws {
        try await withStore { store, _ in
            try await store.addConnection()
            _ = try await store.create(finetuning(10, of: 1), records: [], happenings: [])
            await #expect(throws: StoreError.self) { try await store.execute("UPDATE finetunings SET \(assignment)") }
            #expect(try await store.finetuning(id(10)) == finetuning(10, of: 1))
        }
    }

    @Test(
        "the database refuses a golden record whose columns contradict each other",
        arguments: [
            "check_status = 'perhaps'",
            "check_status = 'invalid'",
            "check_status = 'unchecked'",
            "check_reason = 'no such table'",
            "run_due = 2",
            "ran_at = 1",
            "ran_at = 1, run_outcome = 'perhaps', run_rows = 1",
            "run_outcome = 'rows', run_rows = 1",
            "ran_at = 1, run_outcome = 'failed', run_rows = -1",
            "run_digest = 'short'",
            "connection_id = x'000000000000000000000000'",
        ])
    func records(assignment: String) async throws {
        try await withStore { store, _ in
            try await store.addConnection(records: 1)
            for outcome in ["rows", "empty", "too_many_rows", "failed", "schema_drift", "gave_up"] {
                try await store.execute(
                    "UPDATE golden_records SET ran_at = 1, run_outcome = '\(outcome)', run_rows = 1")
            }
            try await store.execute("UPDATE golden_records SET ran_at = NULL, run_outcome = NULL, run_rows = NULL")
            await #expect(throws: StoreError.self) {
                try await store.execute("UPDATE golden_records SET \(assignment)")
            }
            #expect(try await store.record(id(100)) == record(100, of: 1))
        }
    }

    @Test(
        "a row that the types cannot hold is an error that names the column",
        arguments: [
            ("database_connections", "dialect = 'latin'", "dialect"),
            ("database_connections", "schemas = '[1]'", "schemas"),
            ("table_descriptions", "columns = '[{}]'", "columns"),
            ("table_descriptions", "sample_rows = '[[3]]'", "sample_rows"),
        ])
    func unreadable(table: String, assignment: String, column: String) async throws {
        try await withStore { store, _ in
            try await store.addConnection()
            _ = try await store.upsert([StoreTests.table(50, of: 1)])
            try await store.execute("UPDATE \(table) SET \(assignment)")
            let error = await #expect(throws: StoreError.self) {
                _ = try await store.connections(PageRequest())
                _ = try await store.tables(of: nil, PageRequest())
            }
            guard case .corrupt(let place, _, _) = error else {
                Issue.record("\(String(describing: error)) instead of .corrupt")
                return
            }
            #expect(place == "\(table).\(column)")
        }
    }
}
