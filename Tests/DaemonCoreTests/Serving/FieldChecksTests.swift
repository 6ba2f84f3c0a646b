import Store
import Testing
import TrainingData

@testable import DaemonCore
@testable import FinetuneAPI

@Suite("checks of fields")
struct FieldChecksTests {
    @Test(
        "a name is trimmed; one that is empty, too long or unprintable is refused",
        arguments: [
            ("library", "library"), ("  the \t library \n", "the \t library"), ("Bücherei 📚", "Bücherei 📚"),
            (String(repeating: "é", count: 128), String(repeating: "é", count: 128)),
            ("", nil), (" \n ", nil), (String(repeating: "x", count: 129), nil), ("a\u{0}b", nil), ("a\u{7F}b", nil),
        ] as [(String, String?)])
    func names(_ text: String, _ name: String?) throws {
        guard let name, !name.contains("\t") else {
            let error = try #require(throws: APIError.self) { try FieldChecks.name(text, field: "alias") }
            #expect(error.code == .invalidField && error.detail["field"] == "alias")
            return
        }
        #expect(try FieldChecks.name(text, field: "alias") == name)
    }

    @Test("text stays as it is, but must say something")
    func texts() throws {
        #expect(try FieldChecks.text(" SELECT 1\n", field: "sql") == " SELECT 1\n")
        #expect(throws: APIError.self) { try FieldChecks.text("\u{a0}\n\t", field: "sql") }
    }

    @Test("text that is stored holds no NUL, where SQLite would end it")
    func storedTexts() throws {
        #expect(try FieldChecks.storedText("SELECT 'é'", field: "sql") == "SELECT 'é'")
        for text in ["", "SELECT 'a\u{0}b'"] {
            let error = try #require(throws: APIError.self) { try FieldChecks.storedText(text, field: "0.sql") }
            #expect(error.code == .invalidField && error.detail["field"] == "0.sql")
        }
    }

    @Test("a text that may be empty, or left out, holds no NUL either, nor does a note")
    func storedTextsThatMayBeEmpty() throws {
        #expect(try FieldChecks.stored("", field: "description") as String == "")
        #expect(try FieldChecks.stored(String?.none, field: "description") == nil)
        #expect(try FieldChecks.stored(.cleared, field: "description") == .cleared)
        #expect(throws: APIError.self) { try FieldChecks.stored("a\u{0}" as String?, field: "description") }
        #expect(throws: APIError.self) { try FieldChecks.stored(.set("\u{0}"), field: "description") }
        #expect(throws: APIError.self) { try FieldChecks.note("by\u{0}me") }
    }

    @Test("metadata is an object, kept in its order; null is none")
    func metadata() throws {
        #expect(try FieldChecks.metadata(["b": 1, "a": [.null]])?.text == #"{"b":1,"a":[null]}"#)
        #expect(try FieldChecks.metadata(JSONValue.null) == nil)
        #expect(try FieldChecks.metadata(JSONValue?.none) == nil)
        for value: JSONValue in [1, "x", [], true] {
            #expect(throws: APIError.self) { try FieldChecks.metadata(value) }
        }
    }

    @Test(
        "a change keeps, clears or replaces",
        arguments: [
            (Change<JSONValue>.unchanged, "old" as String?), (.cleared, nil), (.set(.null), nil),
            (.set(["a": 1]), #"{"a":1}"#),
        ])
    func changes(_ change: Change<JSONValue>, _ result: String?) throws {
        #expect(try FieldChecks.metadata(change).applied(to: JSONText(text: "old"))?.text == result)
    }

    @Test("pages start at 1 and hold 1 to 1000, 10 where nothing is said")
    func pages() throws {
        #expect(try FieldChecks.page(nil, nil) == PageRequest(number: 1, limit: 10))
        #expect(try FieldChecks.page(7, 1_000) == PageRequest(number: 7, limit: 1_000))
        for (page, limit) in [(0, 10), (-1, 10), (1, 0), (1, 1_001)] {
            #expect(throws: APIError.self) { try FieldChecks.page(page, limit) }
        }
    }
}
