import ArgumentParser

/// How a file holds golden records.
enum ImportFormat: String, CaseIterable, Sendable, ExpressibleByArgument {
    /// To be found from the file's name and its first bytes.
    case auto
    case jsonl
    case json
    case csv
    case tsv

    /// What a file's name says, where it says enough. `.json` does not: many such files are JSON Lines.
    init(fileName: String) {
        switch fileName.lowercased().split(separator: ".").last {
        case "jsonl", "ndjson": self = .jsonl
        case "csv": self = .csv
        case "tsv", "tab": self = .tsv
        default: self = .auto
        }
    }

    /// A reader for text that begins with `start`; nothing if `start` is blank and the format is still open.
    func reader(forTextStartingWith start: [UInt8]) -> (any RowReader)? {
        switch self {
        case .jsonl: return JSONLinesReader()
        case .json: return JSONArrayReader()
        case .csv: return DelimitedReader()
        case .tsv: return DelimitedReader(delimiter: UInt8(ascii: "\t"))
        case .auto:
            guard let first = start.first(where: { $0 != 0x20 && !(0x09...0x0D).contains($0) }) else { return nil }
            return Self.recognized(byFirstByte: first).reader(forTextStartingWith: start)
        }
    }

    private static func recognized(byFirstByte first: UInt8) -> ImportFormat {
        switch first {
        case UInt8(ascii: "["): .json
        case UInt8(ascii: "{"): .jsonl
        default: .csv
        }
    }
}
