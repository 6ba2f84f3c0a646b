import ArgumentParser
import FinetuneAPI

/// How golden records are written to a file.
enum ExportFormat: String, CaseIterable, Sendable, ExpressibleByArgument {
    case jsonl
    case json
    case csv

    /// What stands before the first record.
    var opening: String {
        switch self {
        case .jsonl: ""
        case .json: "["
        case .csv: "prompt_text,sql,metadata\n"
        }
    }

    /// What stands after the last record.
    var closing: String {
        switch self {
        case .jsonl, .csv: ""
        case .json: "\n]\n"
        }
    }

    /// One record: just what an import takes.
    func text(of record: GoldenRecord, isFirst: Bool) -> String {
        switch self {
        case .jsonl: Self.json(record).text + "\n"
        case .json: (isFirst ? "\n" : ",\n") + Self.json(record).text
        case .csv:
            [record.promptText, record.sql, record.metadata?.text ?? ""].map(Self.cell).joined(separator: ",") + "\n"
        }
    }

    private static func json(_ record: GoldenRecord) -> JSONValue {
        var object = JSONObject()
        object["prompt_text"] = .string(record.promptText)
        object["sql"] = .string(record.sql)
        object["metadata"] = record.metadata
        return .object(object)
    }

    private static func cell(_ text: String) -> String {
        let isPlain = text.utf8.allSatisfy { !",;\t\"\n\r|".utf8.contains($0) } && !text.hasPrefix(" ")
        return isPlain
            ? text
            : "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }
}
