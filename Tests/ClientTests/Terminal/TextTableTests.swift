import Testing

@testable import finetunectl

@Suite("Tables on terminals and in files")
struct TextTableTests {
    private let wide = Terminal(outputWidth: 40, errorWidth: nil, hasColours: false)

    private var table: TextTable {
        TextTable(
            columns: [.fixed("ID"), .fixed("N", .right), .flexible("QUESTION"), .flexible("SQL")],
            rows: [
                ["657a1b2c3d4e", "7", "How many?", "SELECT 1"],
                ["657a1b2c3d4f", "1,200", "Which customers bought nothing in 2023?", "SELECT\n  name\nFROM customers"],
            ],
            absence: "Nothing.")
    }

    @Test("in a file every cell is whole, on one line, below its heading")
    func inFile() {
        #expect(
            table.text(on: .none) == """
                ID                N  QUESTION                                 SQL
                657a1b2c3d4e      7  How many?                                SELECT 1
                657a1b2c3d4f  1,200  Which customers bought nothing in 2023?  SELECT name FROM customers

                """)
    }

    @Test("on a terminal no line is wider than it, and ids stay whole")
    func onTerminal() {
        let lines = table.text(on: wide).split(separator: "\n")
        #expect(lines.allSatisfy { DisplayWidth.of($0) <= 40 })
        #expect(lines[2].hasPrefix("657a1b2c3d4f  1,200  Which c…"))
    }

    @Test("on a terminal that is too narrow for a table, each row is a list of its fields, whole")
    func onNarrowTerminal() {
        #expect(
            table.text(on: Terminal(outputWidth: 30, errorWidth: nil, hasColours: false)) == """
                ID        657a1b2c3d4e
                N         7
                QUESTION  How many?
                SQL       SELECT 1

                ID        657a1b2c3d4f
                N         1,200
                QUESTION  Which customers bought nothing in 2023?
                SQL       SELECT name FROM customers

                """)
    }

    @Test("without rows it says what to do")
    func empty() {
        #expect(TextTable(columns: [.fixed("ID")], rows: [], absence: "Nothing.").text(on: wide) == "Nothing.\n")
    }

    @Test("what a database holds cannot drive the terminal")
    func escapes() {
        let table = TextTable(columns: [.fixed("A")], rows: [[.init("\u{1B}[2Jx\u{202E}y\u{7}")]], absence: "")
        #expect(table.text(on: .none) == "A\n\u{FFFD}[2Jx\u{FFFD}y\u{FFFD}\n")
    }

    @Test("colours are there only where the terminal has them")
    func colours() {
        let table = TextTable(columns: [.fixed("A")], rows: [[.init("ok", .good)]], absence: "")
        let colourful = Terminal(outputWidth: 40, errorWidth: nil, hasColours: true)
        #expect(table.text(on: colourful) == "\u{1B}[1mA\u{1B}[0m\n\u{1B}[32mok\u{1B}[0m\n")
        #expect(table.text(on: wide) == "A\nok\n")
    }

    @Test(
        "text takes as many columns as it shows",
        arguments: [("abc", 3), ("Größe", 5), ("日本語", 6), ("🙂", 2), ("e\u{301}", 1), ("", 0), ("한국", 4)])
    func width(text: String, columns: Int) {
        #expect(DisplayWidth.of(text) == columns)
    }

    @Test(
        "cut text never exceeds its width",
        arguments: [("abcdef", 4, "abc…"), ("abcd", 4, "abcd"), ("日本語", 5, "日本…"), ("日本語", 4, "日…"), ("ab", 1, "…")])
    func truncation(text: String, width: Int, expected: String) {
        #expect(text.truncated(toWidth: width) == expected)
    }
}

@Suite("Fields")
struct FieldListTests {
    @Test("names stand in one column, blocks below, and what is not there is left out")
    func layout() {
        var fields = FieldList()
        fields.add("id", "7")
        fields.add("error", nil)
        fields.add("created", "today")
        fields.addBlock("sql", "SELECT 1\n\tFROM t")
        #expect(
            fields.text(on: .none) == """
                id       7
                created  today

                sql
                  SELECT 1
                      FROM t

                """)
    }
}
