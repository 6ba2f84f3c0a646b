import Identifiers

/// A type that goes out often, or by the thousand in one reply, and writes itself without the containers of `Encoder`.
protocol PlainlyEncodable {
    /// Writes what `encode(to:)` does, with `null` for what is absent.
    func write(to writer: inout JSONWriter)
}

extension PlainlyEncodable {
    /// The value as JSON on one line.
    var plainJSON: [UInt8] {
        var writer = JSONWriter(capacity: 1_024)
        write(to: &writer)
        return writer.bytes
    }
}

extension Array: PlainlyEncodable where Element: PlainlyEncodable {
    func write(to writer: inout JSONWriter) {
        writer.mark("[")
        for place in indices {
            if place > 0 { writer.mark(",") }
            self[place].write(to: &writer)
        }
        writer.mark("]")
    }
}

extension GoldenRecord: PlainlyEncodable {
    func write(to writer: inout JSONWriter) {
        writer.raw("{\"id\":")
        writer.digits(id)
        writer.raw(",\"db_connection_id\":")
        writer.digits(databaseConnection)
        writer.raw(",\"prompt_text\":")
        writer.string(promptText)
        writer.raw(",\"sql\":")
        writer.string(sql)
        writer.raw(",\"metadata\":")
        writer.value(metadata ?? .null)
        writer.raw(",\"created_at\":")
        writer.digits(createdAt)
        writer.raw(",\"updated_at\":")
        writer.digits(updatedAt)
        writer.raw(",\"check\":")
        check.write(to: &writer)
        writer.mark("}")
    }
}

extension RecordCheck: PlainlyEncodable {
    func write(to writer: inout JSONWriter) {
        writer.raw("{\"status\":")
        writer.string(status.rawValue)
        writer.raw(",\"reason\":")
        writer.optional(reason) { $0.string($1) }
        writer.raw(",\"execution\":")
        execution.write(to: &writer)
        writer.mark("}")
    }
}

extension RecordExecution: PlainlyEncodable {
    func write(to writer: inout JSONWriter) {
        writer.raw("{\"state\":")
        writer.string(state.rawValue)
        writer.raw(",\"at\":")
        writer.optional(at) { $0.digits($1) }
        writer.raw(",\"outcome\":")
        writer.optional(outcome) { $0.string($1.rawValue) }
        writer.raw(",\"rows\":")
        writer.optional(rows) { $0.raw(String($1).utf8) }
        writer.mark("}")
    }
}

extension JSONWriter {
    /// An id or a time in quotes: nothing in it has to be escaped.
    fileprivate mutating func digits(_ value: some CustomStringConvertible) {
        mark("\"")
        raw(value.description.utf8)
        mark("\"")
    }

    fileprivate mutating func optional<Value>(_ value: Value?, _ write: (inout JSONWriter, Value) -> Void) {
        if let value { write(&self, value) } else { raw("null") }
    }
}
