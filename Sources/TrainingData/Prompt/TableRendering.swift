/// One table as a prompt shows it, in the parts that it is made of. Each part is whole lines of SQL.
struct TableRendering {
    /// What the table holds, as its description says.
    let description: [String]
    /// The statement that creates the table, ended by a semicolon.
    let ddl: String
    /// What the columns hold, as their descriptions say.
    let columnDescriptions: [String]
    /// What the columns refer to, where the DDL does not say it.
    let references: [String]
    /// The values of columns that have few.
    let categories: [String]
    /// A heading, the names of the columns and the rows.
    let sampleRows: [String]

    init(_ table: TableDescription) {
        let name = SQLComment.name(table.tableName)
        ddl = DDLText.terminated(table.tableSchema)
        description = Self.comment(on: name, table.description)
        columnDescriptions = table.columns.flatMap { Self.comment(on: Self.place($0, in: name), $0.description) }
        let ddlNamesReferences = table.tableSchema.lowercased().contains("references")
        references = ddlNamesReferences ? [] : table.columns.compactMap { Self.reference(of: $0, in: name) }
        categories = table.columns.compactMap { Self.categories(of: $0, in: name) }
        sampleRows = Self.sampleRows(table.sampleRows, of: name)
    }

    /// As much as `detail` tells, lines joined by line feeds, none at the end.
    func text(_ detail: PromptDetail) -> String {
        var lines = detail.showsDescriptions ? description : []
        lines.append(ddl)
        if detail.showsDescriptions { lines += columnDescriptions }
        lines += references
        if detail.showsCategories { lines += categories }
        if detail.showsSampleRows { lines += sampleRows }
        return lines.joined(separator: "\n")
    }
}

extension TableRendering {
    private static func place(_ column: Column, in table: String) -> String {
        table + "." + SQLComment.name(column.name)
    }

    private static func comment(on subject: String, _ description: String?) -> [String] {
        guard let description, !SQLComment.singleLine(description).isEmpty else { return [] }
        return [SQLComment.line(subject + ": " + description)]
    }

    private static func reference(of column: Column, in table: String) -> String? {
        column.foreignKey.map { key in
            let target = SQLComment.name(key.referenceTable) + "." + SQLComment.name(key.fieldName)
            return SQLComment.line("\(place(column, in: table)) refers to \(target)")
        }
    }

    private static func categories(of column: Column, in table: String) -> String? {
        guard let categories = column.categories, !categories.isEmpty else { return nil }
        let values = categories.map(SQLComment.literal).joined(separator: ", ")
        return SQLComment.line("\(place(column, in: table)) is one of") + " " + values
    }

    // Rows that a client sent may have different columns, so each run of rows with the same ones gets its names.
    private static func sampleRows(_ rows: [SampleRow], of table: String) -> [String] {
        guard !rows.isEmpty else { return [] }
        var lines = [SQLComment.line("sample rows of \(table)")]
        var heading: [String] = []
        for row in rows where !row.cells.isEmpty {
            let names = row.cells.map { SQLComment.name($0.column) }
            if names != heading { lines.append(SQLComment.line(names.joined(separator: " | "))) }
            heading = names
            lines.append("-- " + row.cells.map { SQLComment.literal($0.value) }.joined(separator: " | "))
        }
        return lines.count > 1 ? lines : []
    }
}
