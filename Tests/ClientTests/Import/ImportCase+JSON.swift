@testable import finetunectl

extension ImportCase {
    static let all = lines + arrays + tables + encodings

    private static let good = RecordReaderTests.line

    static let lines = [
        ImportCase("JSON Lines", good + good, records: [.at(1), .at(2)]),
        ImportCase("JSON Lines without a last line end", good + String(good.dropLast()), records: [.at(1), .at(2)]),
        ImportCase("JSON Lines with CRLF", String(good.dropLast()) + "\r\n" + good, records: [.at(1), .at(2)]),
        ImportCase("JSON Lines with empty lines", "\n\n" + good + "  \n" + good, records: [.at(3), .at(5)]),
        ImportCase("other names", #"{"nlq":"How many?","golden_sql":"SELECT 1"}"#, records: [.at(1)]),
        ImportCase("question and answer", #"{"question":"How many?","answer":"SELECT 1"}"#, records: [.at(1)]),
        ImportCase("query is the SQL", #"{"question":"How many?","query":"SELECT 1","answer":"7"}"#, records: [.at(1)]),
        ImportCase("query is the question", #"{"query":"How many?","sql":"SELECT 1"}"#, records: [.at(1)]),
        ImportCase("names in other cases", #"{"Prompt Text":"How many?","Golden-SQL":"SELECT 1"}"#, records: [.at(1)]),
        ImportCase(
            "a broken line among good ones", good + "{\"prompt_text\": oops}\n" + good, records: [.at(1), .at(3)],
            broken: [.at(2, "is no JSON: expected a value")]),
        ImportCase(
            "a truncated last line", good + #"{"prompt_text":"How ma"#, records: [.at(1)],
            broken: [.at(2, "is cut off: the file ends within this record")]),
        ImportCase(
            "a line that ends within a record", "{\"prompt_text\":\n" + good, records: [.at(2)],
            broken: [.at(1, "is no JSON: it ends within a value")]),
        ImportCase(
            "a NUL byte", "{\"prompt_text\":\"a\0b\",\"sql\":\"SELECT 1\"}\n" + good, records: [.at(2)],
            broken: [.at(1, "contains a NUL byte")]),
        ImportCase(
            "a NUL escape", #"{"prompt_text":"a\u0000b","sql":"SELECT 1"}"# + "\n" + good, records: [.at(2)],
            broken: [.at(1, "prompt_text contains a NUL byte")]),
        ImportCase(
            "half of a surrogate pair", #"{"prompt_text":"\ud83d","sql":"SELECT 1"}"# + "\n" + good, records: [.at(2)],
            broken: [.at(1, "contains half of a surrogate pair")]),
        ImportCase(
            "bytes that are not UTF-8", Array(good.utf8) + [0x7B, 0x22, 0xFF, 0x22, 0x7D, 0x0A] + Array(good.utf8),
            records: [.at(1), .at(3)], broken: [.at(2, "byte 3 is not UTF-8")]),
        ImportCase(
            "a number where text is needed", #"{"prompt_text":7,"sql":"SELECT 1"}"#,
            broken: [.at(1, "prompt_text must be a string, not a number")]),
        ImportCase(
            "empty SQL", #"{"prompt_text":"How many?","sql":" "}"#, broken: [.at(1, "sql is empty")]),
        ImportCase(
            "no SQL", #"{"prompt_text":"How many?"}"#, broken: [.at(1, #"use the names prompt_text and sql"#)]),
        ImportCase("a line that is an array", format: .jsonl, "[1]\n", broken: [.at(1, "an object, not an array")]),
        ImportCase(
            "metadata that is no object", #"{"prompt_text":"q","sql":"s","metadata":7}"#,
            broken: [.at(1, "metadata must be an object")]),
        ImportCase("nothing", ""),
        ImportCase("blank", " \n\n"),
    ]

    static let arrays = [
        ImportCase("a JSON array", "[" + good + "," + good + "]\n", records: [.at(1), .at(2)]),
        ImportCase(
            "a JSON array over many lines",
            "[\n  {\n    \"question\": \"How many?\",\n    \"sql\": \"SELECT 1\"\n  },\n  {\"question\": \"],[\\\"\","
                + " \"sql\": \"{\"}\n]", records: [.at(2), .at(6, "],[\"", "{")]),
        ImportCase("an empty JSON array", "[ ]"),
        ImportCase(
            "a broken element", "[\n{\"question\" 1},\n" + good + "]", records: [.at(3)],
            broken: [.at(2, "is no JSON: expected a colon")]),
        ImportCase(
            "an element that is no object", "[1,\n" + good + "]", records: [.at(2)],
            broken: [.at(1, "a record is an object, not a number")]),
        ImportCase(
            "an array that is cut off in an element", "[" + good + ",{\"question\": \"How", records: [.at(1)],
            broken: [.at(2, "the file ends within this record")]),
        ImportCase(
            "an array that is not closed", "[" + good + ",\n", records: [.at(1)],
            broken: [.at(3, "the array is not closed")]),
        ImportCase(
            "a comma too many", "[" + good + ",]", records: [.at(1)], broken: [.at(2, "expected a record before ]")]),
        ImportCase(
            "text after the array", "[" + good + "]\nmore", records: [.at(1)],
            broken: [.at(3, "more text follows the array")]),
        ImportCase("no array", format: .json, good, broken: [.at(1, "a JSON array begins with [")]),
    ]
}
