/// One thing's fields, a name and a value a line.
struct FieldList: Sendable {
    private var fields: [(name: String, cell: TextTable.Cell)] = []
    private var blocks: [(name: String, text: String)] = []

    /// Adds a field; nothing where there is no value.
    mutating func add(_ name: String, _ value: String?, _ style: Style = .plain) {
        if let value { fields.append((name, TextTable.Cell(value, style))) }
    }

    /// Adds text of several lines, which stands below the fields.
    mutating func addBlock(_ name: String, _ text: String?) {
        if let text, !text.isEmpty { blocks.append((name, text)) }
    }

    /// The fields as lines, each ended. Nothing is cut: whoever looks at one thing wants all of it.
    func text(on terminal: Terminal) -> String {
        let width = fields.map { DisplayWidth.of($0.name) }.max() ?? 0
        let lines = fields.map { field in
            Style.heading.applied(to: field.name.padded(toWidth: width), on: terminal) + "  "
                + field.cell.style.applied(to: field.cell.text, on: terminal) + "\n"
        }
        let sections = blocks.map { block in
            "\n" + Style.heading.applied(to: block.name, on: terminal) + "\n" + Self.indented(block.text) + "\n"
        }
        return lines.joined() + sections.joined()
    }

    private static func indented(_ text: String) -> String {
        text.onManyLines.split(separator: "\n", omittingEmptySubsequences: false)
            .map { $0.isEmpty ? "" : "  " + $0 }.joined(separator: "\n")
    }
}
