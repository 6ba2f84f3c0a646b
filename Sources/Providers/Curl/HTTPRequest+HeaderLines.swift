internal import Jobs

extension HTTPRequest {
    /// The header lines as curl takes them. A field that could start another line is refused: a key read from a file
    /// often ends with one.
    func headerLines() throws(TransportError) -> [String] {
        // curl would send a large body only after a second's wait for the server's word.
        var lines = ["Expect:"]
        for field in headers.fields {
            lines.append("\(field.name): \(field.value)")
        }
        if let bearer {
            lines.append("Authorization: Bearer \(bearer.revealed)")
        }
        if case .bytes(_, let contentType) = body {
            lines.append("Content-Type: \(contentType)")
        }
        guard lines.allSatisfy({ line in line.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F } }) else {
            throw .beforeSending(.malformedRequest)
        }
        return lines
    }
}
