import Testing

@testable import TrainingData

@Suite("The relevance of tables to a question")
struct TableRelevanceTests {
    private let tables: [TableDescription] = [
        .fixture("albums", columns: [Column(name: "title", dataType: "TEXT")]),
        .fixture("invoice_lines", description: "what was sold"),
        .fixture(
            "media", columns: [Column(name: "format", dataType: "TEXT", categories: ["Vinyl", "Cassette"])]),
        .fixture("staffMembers", columns: [Column(name: "boss", dataType: "INT", description: "the supervisor")]),
    ]

    static let questions: [(String, String)] = [
        ("How many albums are there?", "albums"), ("Which album has the longest title?", "albums"),
        ("Sum up all invoice lines", "invoice_lines"), ("What did we sell? What was sold?", "invoice_lines"),
        ("How many cassettes?", "media"), ("Who is a member of staff?", "staffMembers"),
        ("Who are the supervisors?", "staffMembers"),
    ]

    @Test("is told from names, descriptions and categories, in whatever form of the word", arguments: questions)
    func found(question: String, first: String) throws {
        let ranking = try TableRelevance(tables).ranking(for: question)
        #expect(tables[try #require(ranking.first)].tableName == first)
        #expect(ranking.sorted() == [0, 1, 2, 3])
    }

    @Test("of tables that have nothing to do with it is the order of tables")
    func nothingFound() throws {
        #expect(try TableRelevance(tables).ranking(for: "What is the weather?") == [0, 1, 2, 3])
        #expect(try TableRelevance(tables).ranking(for: "cassette") == [2, 0, 1, 3])
    }
}
