import FinetuneAPI
import Testing

@Suite("Errors")
struct APIErrorTests {
    @Test(
        "of each code have the documented status",
        arguments: [
            (
                400,
                [
                    "invalid_object_id", "invalid_golden_record", "not_enough_golden_records",
                    "training_file_too_large",
                    "invalid_database_uri_format", "invalid_database_connection", "empty_database",
                    "llm_model_not_supported", "model_provider_not_supported", "invalid_model_parameter",
                    "malformed_request", "unknown_field", "invalid_field", "budget_exceeded",
                    "training_file_too_large",
                ]
            ),
            (403, ["forbidden"]),
            (
                404,
                [
                    "database_connection_not_found", "table_description_not_found", "golden_record_not_found",
                    "finetuning_not_found", "evaluation_not_found", "model_not_found", "prompt_not_found",
                    "sql_generation_not_found",
                    "request_not_found", "training_file_not_found", "unknown_route",
                ]
            ),
            (405, ["method_not_allowed"]),
            (
                409,
                [
                    "alias_in_use", "resource_in_use", "finetuning_not_cancellable", "finetuning_in_progress",
                    "finetuning_not_succeeded", "version_conflict", "promotion_refused", "nothing_to_roll_back",
                    "idempotency_conflict",
                    "stream_lagged", "provider_refused", "sql_not_executable", "sql_execution_failed", "plan_changed",
                    "evaluation_in_progress", "evaluation_not_cancellable",
                ]
            ),
            (413, ["line_too_long"]), (429, ["too_many_requests"]), (499, ["stream_ended"]),
            (500, ["internal_error"]),
            (503, ["storage_degraded", "shutting_down", "provider_unavailable", "provider_unauthorized"]),
        ])
    func statuses(status: Int, codes: [String]) {
        #expect(Set(ErrorCode.allCases.filter { $0.status == status }.map(\.rawValue)) == Set(codes))
    }

    @Test("all have a status that ends a request as refused")
    func refusals() {
        #expect(ErrorCode.allCases.allSatisfy { (400..<600).contains($0.status) })
    }

    @Test("of a key that nobody knows tell those that are known, if there are any")
    func unknownKeys() {
        #expect(
            APIError.unknownField("x", known: ["page", "limit"]).remedy == "Leave it out. Known keys: page, limit.")
        #expect(APIError.unknownField("x", known: []).remedy == "Leave it out: no keys are known here.")
    }

    @Test("name the field in their detail")
    func fields() {
        #expect(APIError.invalidField("page", "is missing").detail["field"] == "page")
        #expect(APIError.invalidObjectID("x", field: "id").detail["field"] == "id")
        #expect(
            APIError.unknownField("a.golden_record", known: ["golden_records"]).detail["field"] == "a.golden_record")
    }
}
