import Testing

@testable import TrainingData

@Suite("Values leave the host only as configured")
struct RedactionTests {
    private let customers = TableDescription.fixture(
        "customers", "CREATE TABLE customers (id INTEGER, name TEXT, mail TEXT, state TEXT, spent REAL)",
        columns: [
            Column(name: "name", dataType: "TEXT", categories: ["Ann Lee", "Bob Ray", "Christina Li"]),
            Column(name: "state", dataType: "TEXT", categories: ["new", "old"]),
        ],
        sampleRows: [
            SampleRow(cells: [
                .init(column: "id", value: .integer(7)), .init(column: "name", value: .text("Zoë O'Hara")),
                .init(column: "mail", value: .text("zoe.1@example.com")), .init(column: "state", value: .text("new")),
                .init(column: "spent", value: .real(12.5)), .init(column: "gone", value: .null),
            ])
        ])

    private func prompt(_ redaction: Redaction) throws -> String {
        try PromptFitter(tables: [customers], dialect: .sqlite, redaction: redaction, limit: .roomy)
            .prompt(for: "?").messages.system
    }

    @Test("full: as they are")
    func full() throws {
        #expect(try prompt(.full).contains("-- 7 | 'Zoë O''Hara' | 'zoe.1@example.com' | 'new' | 12.5 | NULL"))
    }

    @Test("masked: of columns that are likely personal only the shape")
    func masked() throws {
        let prompt = try self.prompt(.masked)
        #expect(prompt.contains("-- 7 | 'Xxx X''Xxxx' | 'xxx.1@xxxxxxx.xxx' | 'new' | 12.5 | NULL"))
        #expect(prompt.contains("customers.name is one of 'Xxx Xxx', 'Xxxxxxxxx Xx'"))
        #expect(prompt.contains("customers.state is one of 'new', 'old'"))
    }

    @Test("none: no values at all")
    func none() throws {
        let prompt = try self.prompt(.nothing)
        #expect(!prompt.contains("one of") && !prompt.contains("sample rows"))
    }

    static let personal: [(table: String, column: String)] = [
        ("orders", "email"), ("orders", "shipped_to"), ("orders", "ShipName"), ("customers", "Kundenname"),
        ("orders", "customer_email_address"), ("x", "phoneNumber"), ("x", "firstName"),
        ("x", "LAST_NAME"), ("users", "name"), ("patients", "gender"), ("x", "customerName"), ("x", "ssn"),
        ("x", "date_of_birth"), ("employees", "title"), ("x", "shipAddress"), ("x", "ipAddress"), ("x", "iban"),
        ("x", "cvv"), ("x", "pwd"), ("x", "api_key"), ("x", "apikey"), ("x", "privateKey"), ("x", "session_id"),
        ("x", "national_id"), ("x", "drivers_license"), ("visits", "patient"), ("visits", "Doctor"), ("x", "Telefon"),
        ("x", "correo"), ("x", "apellidos"), ("x", "PRENOM"), ("x", "Straße"), ("x", "plz"), ("clientes", "nombre"),
    ]
    static let impersonal: [(table: String, column: String)] = [
        ("products", "name"), ("orders", "id"), ("orders", "status"), ("tracks", "title"), ("x", "price"),
        ("users", "id"), ("airports", "city"), ("x", "quantity"), ("x", "session"), ("x", "customer_id"),
        ("productos", "nombre"),
    ]

    @Test("a column is likely personal by its name and its table's", arguments: personal)
    func personalNames(table: String, column: String) {
        let table = TableDescription.fixture(table, columns: [Column(name: column, dataType: "TEXT")])
        #expect(PersonalColumns(of: table).contains(column))
    }

    @Test("a column of things is not", arguments: impersonal)
    func impersonalNames(table: String, column: String) {
        let table = TableDescription.fixture(table, columns: [Column(name: column, dataType: "TEXT")])
        #expect(!PersonalColumns(of: table).contains(column))
    }

    static let values: [(String, Bool)] = [
        ("jane@example.com", true), ("write to jane@example.com", true), ("+49 30 1234567", true),
        ("(030) 123-45-67 89", true), ("4111 1111 1111 1111", true), ("DE89370400440532013000", true),
        ("2023-12-13 17:35:53", false), ("12.50", false), ("user @ home", false), ("Rock And Roll", false),
        ("192", false), ("123456789012", false), ("A-1", false), ("4111111111111111", true),
        ("4111111111111112", false), ("378282246310005", true), ("0170/5550100", true), ("192.168.0.17", true),
        ("1.2.3", false), ("10.5.3.256", false), ("2001:db8:0:0:1:0:0:1", true), ("fe80::1:2", true),
        ("17:35:53", false),
        ("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl", true), ("eyJ", false),
    ]

    @Test("a column is likely personal by its values, whatever its name", arguments: values)
    func personalValues(value: String, isPersonal: Bool) {
        let table = TableDescription.fixture(
            "t", columns: [Column(name: "x", dataType: "TEXT")],
            sampleRows: [SampleRow(cells: [.init(column: "x", value: .text(value))])])
        #expect(PersonalColumns(of: table).contains("x") == isPersonal)
    }

    @Test(
        "the shape of a number is a number of the same length",
        arguments: [
            (SampleValue.integer(-204), SampleValue.integer(-111)),
            (.integer(.max), .integer(1_111_111_111_111_111_111)),
            (.real(3.25), .real(1.11)), (.real(1e300), .real(1e111)), (.real(.infinity), .real(.infinity)),
            (.null, .null), (.blob(byteCount: 9), .blob(byteCount: 9)), (.text("2024-02-29"), .text("1111-11-11")),
        ])
    func numbers(value: SampleValue, shape: SampleValue) {
        #expect(ValueMask.shape(of: value) == shape)
    }

    @Test("the plan of what leaves names each column, how many of its values, and how")
    func leaving() {
        func leaving(_ redaction: Redaction, _ detail: PromptDetail = .whole) -> [String] {
            LeavingValues.all(of: [customers], redaction, in: detail).map { "\($0.column) \($0.count) \($0.form)" }
        }
        #expect(
            leaving(.masked) == ["name 3 masked", "state 3 plain", "id 1 plain", "mail 1 masked", "spent 1 plain"])
        #expect(leaving(.full).first == "name 4 plain")
        #expect(leaving(.full, .withoutSampleRows) == ["name 3 plain", "state 2 plain"])
        #expect(leaving(.full, .withoutCategories).isEmpty)
        #expect(leaving(.nothing).isEmpty)
    }
}
