import FoundationEssentials

/// A training or validation file, read and judged line by line.
struct TrainingFile: Sendable {
    static let fewestExamples = 10

    /// Which of a job's two files it is; the word is the `param` of an error.
    enum Role: String, Sendable {
        case training = "training_file"
        case validation = "validation_file"
    }

    var examples: [TrainingExample] = []
    /// The first bad lines, numbered from 1; no more are kept than a message can show.
    private(set) var problems: [(line: Int, message: String)] = []
    private(set) var problemCount = 0

    private static let mostProblemsKept = 3

    /// Reads JSONL. A newline at the very end is no empty line; an empty line elsewhere is a bad line.
    /// - Throws: `CancellationError` when the task was cancelled, for a large file takes long.
    init(content: [UInt8]) throws {
        var lines = content.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        if lines.last?.isEmpty == true { lines.removeLast() }
        for (index, line) in lines.enumerated() {
            try Task.checkCancellation()
            read(line, number: index + 1)
        }
    }

    private mutating func read(_ line: ArraySlice<UInt8>, number: Int) {
        do {
            let value = try JSONDecoder().decode(JSONValue.self, from: Data(line))
            examples.append(try TrainingExample(line: value))
        } catch let problem as TrainingExampleProblem {
            note(problem.message, line: number)
        } catch {
            note("it is not valid JSON.", line: number)
        }
    }

    private mutating func note(_ message: String, line: Int) {
        problemCount += 1
        if problems.count < Self.mostProblemsKept { problems.append((line, message)) }
    }

    /// Why a job with this file fails at validation; `nil` when it does not.
    func failure(as role: Role) -> JobFailure? {
        if problemCount > 0 {
            let shown = problems.map { "Line \($0.line): \($0.message)" }.joined(separator: " ")
            return JobFailure(
                code: "invalid_file_format",
                message: "The file has \(problemCount) bad \(problemCount == 1 ? "line" : "lines"). \(shown)",
                param: role.rawValue)
        }
        let fewest = role == .training ? Self.fewestExamples : 1
        guard examples.count < fewest else { return nil }
        return JobFailure(
            code: "invalid_n_examples",
            message: "The file has \(examples.count) examples, but must have at least \(fewest).",
            param: role.rawValue)
    }
}
