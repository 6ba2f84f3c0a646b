import Testing

@testable import TrainingData

@Suite("Words of names and questions")
struct SearchWordsTests {
    static let names: [(String, [String])] = [
        ("order_items", ["order", "items"]), ("orderItems", ["order", "items"]), ("OrderItems", ["order", "items"]),
        ("Order Items?", ["order", "items"]), ("HTTPServerLog", ["http", "server", "log"]), ("t1", ["t1"]),
        ("_a__b_", ["a", "b"]), ("Größe", ["größe"]), ("", []), ("--", []),
    ]

    @Test("are told apart by capitals, underscores and whatever is no letter or digit", arguments: names)
    func words(name: String, expected: [String]) {
        #expect(SearchWords.words(of: name) == expected)
    }
}
