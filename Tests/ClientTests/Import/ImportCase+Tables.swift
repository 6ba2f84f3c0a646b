@testable import finetunectl

extension ImportCase {
    private static let pair = "How many?,SELECT 1"

    static let tables = [
        ImportCase("CSV", "question,query\n\(pair)\n\(pair)\n", records: [.at(2), .at(3)]),
        ImportCase("CSV with CRLF", "question,query\r\n\(pair)\r\n\(pair)", records: [.at(2), .at(3)]),
        ImportCase("CSV with CR", "question,query\r\(pair)\r\(pair)\r", records: [.at(2), .at(3)]),
        ImportCase("CSV with other columns first", "id,sql,prompt_text\n1,SELECT 1,How many?\n", records: [.at(2)]),
        ImportCase("CSV with empty lines", "\nquestion,query\n\n\(pair)\n\n", records: [.at(4)]),
        ImportCase(
            "quoted newlines", "question,query\n\"How\nmany?\",\"SELECT 1\nFROM t\"\n\(pair)\n",
            records: [.at(2, "How\nmany?", "SELECT 1\nFROM t"), .at(5)]),
        ImportCase(
            "quoted newlines in a file with CRLF", "question,query\r\n\"How\r\nmany?\",SELECT 1\r\n\(pair)\r\n",
            records: [.at(2, "How\nmany?"), .at(4)]),
        ImportCase(
            "quoted delimiters and quotes", "question,query\n\"How, many?\",\"SELECT \"\"a\"\"\"\n",
            records: [.at(2, "How, many?", "SELECT \"a\"")]),
        ImportCase("a quoted heading", "\"question\",\"query\"\n\"How many?\",\"SELECT 1\"\n", records: [.at(2)]),
        ImportCase(
            "a quote within a bare cell", "question,query\nHow \"many\"?,SELECT 1\n", records: [.at(2, "How \"many\"?")]
        ),
        ImportCase(
            "semicolons", "question;query\nHow, really, many?;SELECT 1\n", records: [.at(2, "How, really, many?")]),
        ImportCase(
            "a line that names the delimiter", "sep=;\r\nquestion;query\r\nHow many?;SELECT 1\r\n", records: [.at(3)]),
        ImportCase("TSV", "question\tquery\nHow, many?\tSELECT 1\n", records: [.at(2, "How, many?")]),
        ImportCase("TSV by format", format: .tsv, "question\tquery\nHow many?\tSELECT 1", records: [.at(2)]),
        ImportCase(
            "too few cells", "question,query\nHow many?\n\(pair)\n", records: [.at(3)],
            broken: [.at(2, "has 1 cell where the heading has 2")]),
        ImportCase(
            "an unquoted comma", "question,query\nHow many?,SELECT a, b\n",
            broken: [.at(2, "has 3 cells where the heading has 2")]),
        ImportCase(
            "text after a closing quote", "question,query\n\"How\" many?,SELECT 1\n\(pair)\n", records: [.at(3)],
            broken: [.at(2, "text follows the closing quote of cell 1")]),
        ImportCase(
            "a quote that is never closed", "question,query\n\(pair)\n\"How many?,SELECT 1\n\(pair)\n",
            records: [.at(2)], broken: [.at(3, "a quoted cell is never closed")]),
        ImportCase(
            "a truncated last row", "question,query\n\(pair)\nHow ma", records: [.at(2)],
            broken: [.at(3, "has 1 cell where the heading has 2")]),
        ImportCase(
            "a NUL byte in a cell", "question,query\nHow\0many?,SELECT 1\n\(pair)\n", records: [.at(3)],
            broken: [.at(2, "contains a NUL byte")]),
        ImportCase(
            "a cell that is not UTF-8",
            Array("question,query\nCaf".utf8) + [0xE9] + Array("?,SELECT 1\n\(pair)\n".utf8),
            records: [.at(3)], broken: [.at(2, "byte 4 is not UTF-8")]),
        ImportCase(
            "a heading without SQL", "question,database\nHow many?,shop\n",
            broken: [.at(1, #"found "question", "database""#)]),
        ImportCase(
            "a heading with a name twice", "id,question,query,Question\n1,How many?,SELECT 1,Which?\n",
            broken: [.at(1, #"has the name "question" twice, in places 2 and 4"#)]),
        ImportCase(
            "a heading with a name twice that is not used", "note,question,query,note\na,\(pair),b\n",
            records: [.at(2)]),
        ImportCase("an empty cell", "question,query\n,SELECT 1\n", broken: [.at(2, "question is empty")]),
        ImportCase("a heading alone", "question,query\n"),
        ImportCase("a heading alone, without a line end", "question,query"),
    ]

    private static let accented = "question,query\nWelche Größe? 🙂,SELECT 1\n"
    private static let accentedRecord = [Pair.at(2, "Welche Größe? 🙂")]

    static let encodings = [
        ImportCase("UTF-8 with a byte order mark", [0xEF, 0xBB, 0xBF] + Array(accented.utf8), records: accentedRecord),
        ImportCase("UTF-16, little endian, with a mark", [0xFF, 0xFE] + utf16(accented), records: accentedRecord),
        ImportCase(
            "UTF-16, big endian, with a mark", [0xFE, 0xFF] + utf16(accented, isBigEndian: true),
            records: accentedRecord),
        ImportCase("UTF-16 without a mark", utf16(accented), records: accentedRecord),
        ImportCase(
            "UTF-16, big endian, without a mark", utf16(accented, isBigEndian: true), records: accentedRecord),
        ImportCase(
            "JSON Lines with a byte order mark", [0xEF, 0xBB, 0xBF] + Array(RecordReaderTests.line.utf8),
            records: [.at(1)]),
        ImportCase("a JSON array in UTF-16", [0xFF, 0xFE] + utf16("[\(RecordReaderTests.line)]"), records: [.at(1)]),
        ImportCase(
            "UTF-16 with half of a surrogate pair",
            [0xFF, 0xFE] + utf16("question,query\nHow ") + [0x3D, 0xD8] + utf16("many?,SELECT 1\n\(pair)\n"),
            records: [.at(3)], broken: [.at(2, "half of a surrogate pair")]),
        ImportCase(
            "UTF-16 that ends within a character", [0xFF, 0xFE] + utf16("question,query\n\(pair)") + [0x41],
            broken: [.at(2, "ends within a character")]),
        ImportCase("a byte order mark alone", [0xEF, 0xBB, 0xBF]),
    ]

    private static func utf16(_ text: String, isBigEndian: Bool = false) -> [UInt8] {
        text.utf16.flatMap { unit in
            let (high, low) = (UInt8(unit >> 8), UInt8(unit & 0xFF))
            return isBigEndian ? [high, low] : [low, high]
        }
    }
}
