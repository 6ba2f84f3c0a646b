import Logging

/// One entry of the journal: fields with values.
struct JournalEntry: Hashable, Sendable {
    private(set) var fields: [String: String]

    /// What was logged. Of its metadata, every key becomes a field that begins with `FT_`, and an `event` that stands
    /// in the catalogue of messages gives the entry that message's id.
    ///
    /// The message begins with the finetuning that it is about, for whoever reads it among those of other finetunings.
    init(_ event: LogEvent, metadata: Logger.Metadata) {
        let job = metadata["job"].map { "finetuning \($0): " } ?? ""
        fields = [
            "MESSAGE": job + "\(event.message)", "PRIORITY": event.level.journalPriority,
            "CODE_FILE": event.file, "CODE_LINE": "\(event.line)", "CODE_FUNC": event.function,
        ]
        for (key, value) in metadata { fields[Self.fieldName(key)] = "\(value)" }
        if case .string(let name)? = metadata["event"], let message = CataloguedMessage(rawValue: name) {
            fields["MESSAGE_ID"] = message.id
        }
    }

    /// The same entry, which also tells that so many before it were dropped.
    func telling(dropped: Int) -> JournalEntry {
        var entry = self
        entry.fields["FT_DROPPED_BEFORE"] = "\(dropped)"
        return entry
    }

    /// `NAME=value` for each field, as bytes in one buffer, and where each of them lies.
    var assignments: (bytes: [UInt8], ranges: [Range<Int>]) {
        var bytes: [UInt8] = []
        let ranges = fields.sorted { $0.key < $1.key }.map { name, value in
            let start = bytes.count
            bytes += "\(name)=\(value)".utf8
            return start..<bytes.count
        }
        return (bytes, ranges)
    }

    // The journal takes capitals, digits and underscores, and at most 64 of them.
    private static func fieldName(_ key: String) -> String {
        let letters = key.uppercased().map { ("A"..."Z").contains($0) || ("0"..."9").contains($0) ? $0 : "_" }
        return "FT_" + String(letters.prefix(61))
    }
}

extension Logger.Level {
    /// As syslog counts: see syslog(3).
    fileprivate var journalPriority: String {
        switch self {
        case .trace, .debug: "7"
        case .info: "6"
        case .notice: "5"
        case .warning: "4"
        case .error: "3"
        case .critical: "2"
        }
    }
}
