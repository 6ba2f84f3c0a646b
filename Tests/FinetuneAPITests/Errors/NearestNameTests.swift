import FinetuneAPI
import Testing

@Suite("The nearest name")
struct NearestNameTests {
    private static let names = ["id", "alias", "golden_records", "db_connection_id", "model_name", "model_provider"]

    @Test(
        "is what a slip of the fingers meant",
        arguments: [
            ("golden_record", "golden_records"), ("goldenrecords", "golden_records"), ("aliass", "alias"),
            ("alais", "alias"), ("ALIAS", "alias"), ("db_conection_id", "db_connection_id"), ("ids", "id"),
            ("db_connection", "db_connection_id"), ("model", "model_name"), ("model_name_or_id", "model_name"),
        ])
    func near(typed: String, meant: String) {
        #expect(NearestName.of(typed, among: Self.names) == meant)
    }

    @Test("is none where nothing is near", arguments: ["", "x", "xy", "zzzzzzzz", "completely_else", "日本"])
    func far(typed: String) {
        #expect(NearestName.of(typed, among: Self.names) == nil)
    }

    @Test("is none of no names, and of a name beyond all measure")
    func none() {
        #expect(NearestName.of("alias", among: []) == nil)
        #expect(NearestName.of(String(repeating: "a", count: 1_000_000), among: Self.names) == nil)
    }
}
