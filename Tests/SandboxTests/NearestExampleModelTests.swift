import Testing

@testable import finetune_sandbox

@Suite struct NearestExampleModelTests {
    private static let examples = [
        ("How many albums are there?", "SELECT COUNT(*) FROM album"),
        ("List the names of all artists.", "SELECT name FROM artist"),
        ("Which customers live in Brazil?", "SELECT * FROM customer WHERE country = 'Brazil'"),
        ("How many tracks are there?", "SELECT COUNT(*) FROM track"),
    ].map { TrainingExample(question: $0.0, answer: $0.1, tokens: 1) }

    @Test(
        "a question is answered as the closest example is",
        arguments: [
            ("how many album do we have", "SELECT COUNT(*) FROM album"),
            ("artist names", "SELECT name FROM artist"),
            ("Who lives in BRAZIL", "SELECT * FROM customer WHERE country = 'Brazil'"),
            ("Count of the tracks", "SELECT COUNT(*) FROM track"),
            ("zzz", "SELECT COUNT(*) FROM album"),
            ("", "SELECT COUNT(*) FROM album"),
        ])
    func answers(question: String, answer: String) throws {
        #expect(try NearestExampleModel(examples: Self.examples).answer(to: question) == answer)
    }

    @Test func aCheckpointKnowsOnlyWhatItHasSeen() throws {
        let model = try NearestExampleModel(examples: Self.examples)
        #expect(model.answer(to: "How many tracks are there?", seen: 3) == "SELECT COUNT(*) FROM album")
        #expect(model.answer(to: "How many tracks are there?", seen: 4) == "SELECT COUNT(*) FROM track")
    }

    @Test func anExampleIsItsOwnNearest() throws {
        let model = try NearestExampleModel(examples: Self.examples)
        for (index, example) in Self.examples.enumerated() {
            let neighbour = try #require(model.nearest(to: example.question, among: 4))
            #expect(neighbour.example == index)
            #expect(abs(neighbour.similarity - 1) < 1e-9)
        }
    }

    @Test func leaveOneOutDoesNotLookAtTheAnswer() throws {
        let model = try NearestExampleModel(examples: Self.examples)
        let score = model.leaveOneOut(seen: 4, sample: 100)
        #expect(score.exactMatch == 0)
        #expect(score.sample == 4)
        #expect(score.loss > 0 && score.loss < 1)
    }

    @Test func twinsAnswerForEachOther() throws {
        let model = try NearestExampleModel(examples: Self.examples + Self.examples)
        let score = model.leaveOneOut(seen: 8, sample: 100)
        #expect(score == Score(pairs: Array(repeating: ("SELECT 1", "SELECT 1"), count: 8)))
    }

    @Test(
        "two answers are compared token by token",
        arguments: [
            ("SELECT a FROM t", "SELECT  a\nFROM t", 1.0, 0.0),
            ("SELECT a FROM t", "SELECT b FROM t", 0.75, 0.25),
            ("SELECT a FROM t", "", 0, 1),
            ("SELECT a FROM t", "x SELECT a FROM t", 0, 0.2),
            ("", "", 1, 0),
        ])
    func comparison(known: String, given: String, accuracy: Double, distance: Double) {
        let comparison = TokenComparison(known: known, given: given)
        #expect(comparison.accuracy == accuracy)
        #expect(comparison.distance == distance)
        #expect(comparison.isExact == (distance == 0))
    }

    @Test func tokensAreWordsAndSigns() {
        #expect(ApproximateTokens.count("SELECT COUNT(*) FROM t_1;") == 8)
        #expect(ApproximateTokens.count(" \n ") == 0)
    }

    @Test func measuresMoveThroughTheFirstEpochAndThenStand() throws {
        let file = try TrainingFile(content: Array(trainingLines(20).utf8))
        let training = try Training(
            examples: file.examples, validation: Array(file.examples.prefix(3)),
            hyperparameters: Hyperparameters(epochs: .value(2), batchSize: .value(1)))
        #expect(training.measure(atStep: 1).train.loss == 1)
        #expect(training.measure(atStep: 20) == training.measure(atStep: 40))
        #expect(training.measure(atStep: 40).valid?.exactMatch == 1)
        #expect(training.trainedTokens == 2 * file.examples.reduce(0) { $0 + $1.tokens })
    }
}
