import Testing

@testable import finetune_sandbox

@Suite struct TrainingFileTests {
    @Test(
        "a bad line is named with its number and its fault",
        arguments: [
            ("nope", "it is not valid JSON."),
            ("", "it is not valid JSON."),
            ("[]", "it is not a JSON object."),
            ("{}", "'messages' must be a list with at least one message."),
            (#"{"messages":[]}"#, "'messages' must be a list with at least one message."),
            (#"{"messages":[1]}"#, "each message must be an object."),
            (#"{"messages":[{"role":"user","content":"q"}]}"#, "the last message must be from the assistant."),
            (
                #"{"messages":[{"role":"robot","content":"q"}]}"#,
                "the role of each message must be system, user or assistant."
            ),
            (#"{"messages":[{"role":"assistant","content":1}]}"#, "the content of each message must be a string."),
            (#"{"messages":[{"role":"assistant"}]}"#, "the content of each message must be a string."),
            (
                #"{"messages":[{"role":"assistant","content":"a","sql":"b"}]}"#,
                "the key 'sql' of a message is not known."
            ),
            (#"{"messages":[{"role":"assistant","content":"a"}],"x":1}"#, "the key 'x' is not known."),
        ])
    func badLine(line: String, fault: String) throws {
        let file = try TrainingFile(content: Array((trainingLines(10) + line + "\n").utf8))
        let failure = try #require(file.failure(as: .training))
        #expect(failure.code == "invalid_file_format")
        #expect(failure.message == "The file has 1 bad line. Line 11: \(fault)")
        #expect(failure.param == "training_file")
    }

    @Test func onlyTheFirstBadLinesAreNamed() throws {
        let file = try TrainingFile(content: Array("a\nb\nc\nd\n".utf8))
        let message = try #require(file.failure(as: .training)?.message)
        #expect(message.hasPrefix("The file has 4 bad lines. Line 1:"))
        #expect(!message.contains("Line 4"))
    }

    @Test("ten examples are enough, nine are not", arguments: [(9, false), (10, true)])
    func fewest(count: Int, isEnough: Bool) throws {
        let file = try TrainingFile(content: Array(trainingLines(count).utf8))
        #expect((file.failure(as: .training) == nil) == isEnough)
        #expect(file.failure(as: .training)?.code == (isEnough ? nil : "invalid_n_examples"))
        #expect(file.failure(as: .validation) == nil)
    }

    @Test func theLastNewlineMayBeMissing() throws {
        let file = try TrainingFile(content: Array(trainingLines(10).utf8.dropLast()))
        #expect(file.examples.count == 10)
        #expect(file.problemCount == 0)
    }

    @Test func theQuestionIsTheLastUserMessage() throws {
        let line = """
            {"messages":[{"role":"system","content":"tables"},{"role":"user","content":"first"},\
            {"role":"assistant","content":"one"},{"role":"user","content":"second"},{"role":"assistant","content":"two"}]}
            """
        let file = try TrainingFile(content: Array(line.utf8))
        #expect(file.examples == [TrainingExample(question: "second", answer: "two", tokens: 5)])
    }
}
