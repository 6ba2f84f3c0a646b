/// Rows under headings. On a terminal they are cut to its width, and where even that is too narrow, each is a list of
/// its fields; elsewhere they stay whole.
struct TextTable: Sendable {
    /// A heading, and how the cells below it are set.
    struct Column: Sendable {
        /// Where a cell's text stands.
        enum Alignment: Sendable { case left, right }

        let title: String
        let alignment: Alignment
        /// Whether cells may be cut. Ids never are.
        let mayShrink: Bool

        /// A column whose cells stay whole.
        static func fixed(_ title: String, _ alignment: Alignment = .left) -> Column {
            Column(title: title, alignment: alignment, mayShrink: false)
        }

        /// A column that gives way where the terminal is narrow.
        static func flexible(_ title: String) -> Column {
            Column(title: title, alignment: .left, mayShrink: true)
        }
    }

    /// Text, and what it means.
    struct Cell: Sendable, ExpressibleByStringInterpolation {
        let text: String
        let style: Style

        init(_ text: String, _ style: Style = .plain) {
            self.text = text.onOneLine
            self.style = style
        }

        init(stringLiteral value: String) { self.init(value) }
    }

    let columns: [Column]
    var rows: [[Cell]]
    /// What stands there where no row does.
    let absence: String

    private static let gap = "  "
    private static let narrowest = 8

    /// The table as lines, each ended.
    func text(on terminal: Terminal) -> String {
        guard !rows.isEmpty else { return absence + "\n" }
        guard let widths = widths(within: terminal.outputWidth) else { return lists(on: terminal) }
        let heading = columns.map { Cell($0.title, .heading) }
        return ([heading] + rows).map { line($0, widths: widths, terminal) + "\n" }.joined()
    }

    private func lists(on terminal: Terminal) -> String {
        let lists = rows.map { row in
            var fields = FieldList()
            for (column, cell) in zip(columns, row) { fields.add(column.title, cell.text, cell.style) }
            return fields.text(on: terminal)
        }
        return lists.joined(separator: "\n")
    }

    private func line(_ cells: [Cell], widths: [Int], _ terminal: Terminal) -> String {
        let parts = zip(cells, zip(columns, widths)).enumerated().map { place, part in
            let (cell, (column, width)) = part
            return set(cell, in: column, width: width, isLast: place == columns.count - 1, terminal)
        }
        return parts.joined(separator: Self.gap).droppingTrailingSpaces
    }

    private func set(_ cell: Cell, in column: Column, width: Int, isLast: Bool, _ terminal: Terminal) -> String {
        let text = cell.text.truncated(toWidth: width)
        let styled = cell.style.applied(to: text, on: terminal)
        let space = String(repeating: " ", count: max(0, width - DisplayWidth.of(text)))
        switch column.alignment {
        case .left: return isLast ? styled : styled + space
        case .right: return space + styled
        }
    }

    /// How wide each column is; nothing if they do not fit, however narrow they are.
    private func widths(within limit: Int?) -> [Int]? {
        var widths = columns.indices.map { place in
            rows.reduce(DisplayWidth.of(columns[place].title)) { max($0, DisplayWidth.of($1[place].text)) }
        }
        guard let limit else { return widths }
        var excess = widths.reduce(0, +) + Self.gap.count * (columns.count - 1) - limit
        // The widest gives way first, one column at a time, until it is no wider than the next.
        while excess > 0, let widest = widestShrinkable(widths) {
            widths[widest] -= 1
            excess -= 1
        }
        return excess > 0 ? nil : widths
    }

    private func widestShrinkable(_ widths: [Int]) -> Int? {
        columns.indices.filter { columns[$0].mayShrink && widths[$0] > Self.narrowest }.max { widths[$0] < widths[$1] }
    }
}

extension String {
    fileprivate var droppingTrailingSpaces: String {
        String(reversed().drop { $0 == " " }.reversed())
    }
}
