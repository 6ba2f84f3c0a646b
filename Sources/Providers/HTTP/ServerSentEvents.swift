/// Cuts a body of the type `text/event-stream` into the data of its events.
struct ServerSentEvents {
    private var line: [UInt8] = []
    private var data: [String] = []
    private var endedWithReturn = false

    /// Takes a piece of the body, and returns the data of the events that it completes.
    mutating func append(_ piece: UnsafeRawBufferPointer) -> [String] {
        var events: [String] = []
        for byte in piece {
            // A return and a line feed together end one line.
            defer { endedWithReturn = byte == UInt8(ascii: "\r") }
            if byte == UInt8(ascii: "\n"), endedWithReturn { continue }
            guard byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") else {
                line.append(byte)
                continue
            }
            if let event = endLine() { events.append(event) }
        }
        return events
    }

    private mutating func endLine() -> String? {
        defer { line.removeAll(keepingCapacity: true) }
        guard line.isEmpty else {
            if let value = Self.data(in: line) { data.append(value) }
            return nil
        }
        guard !data.isEmpty else { return nil }
        defer { data = [] }
        return data.joined(separator: "\n")
    }

    // Other fields, and comments, say nothing of the data.
    private static func data(in line: [UInt8]) -> String? {
        let field = Array("data:".utf8)
        guard line.starts(with: field) else { return nil }
        let value = line.dropFirst(field.count)
        return String(decoding: value.first == UInt8(ascii: " ") ? value.dropFirst() : value, as: UTF8.self)
    }
}
