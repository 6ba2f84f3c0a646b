/// A query string in its order, percent-decoded.
struct Query: Equatable, Sendable {
    let items: [(name: String, value: String)]

    init(_ text: some StringProtocol) {
        items = text.split(separator: "&").map { pair in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (formDecoded(parts[0]), parts.count > 1 ? formDecoded(parts[1]) : "")
        }
    }

    static func == (left: Query, right: Query) -> Bool {
        left.items.elementsEqual(right.items) { $0 == $1 }
    }

    subscript(name: String) -> String? {
        items.first { $0.name == name }?.value
    }

    /// `metadata[k]=v` pairs, as the contract filters a list of jobs.
    var metadata: [String: String] {
        var found: [String: String] = [:]
        for (name, value) in items where name.hasPrefix("metadata[") && name.hasSuffix("]") {
            found[String(name.dropFirst("metadata[".count).dropLast())] = value
        }
        return found
    }

    func allowOnly(_ known: Set<String>) throws(APIError) {
        let unknown = items.first { !known.contains($0.name) && !$0.name.hasPrefix("metadata[") }
        guard let name = unknown?.name else { return }
        throw .badRequest("Unrecognized request argument supplied: \(name)", param: name)
    }

    func limit(default standard: Int, most: Int) throws(APIError) -> Int {
        guard let text = self["limit"] else { return standard }
        guard let value = Int(text), (1...most).contains(value) else {
            throw .badRequest("Invalid 'limit': it must be an integer between 1 and \(most).", param: "limit")
        }
        return value
    }
}

/// Decodes `%41`; an escape that is none stays as it is.
func percentDecoded(_ text: some StringProtocol) -> String {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
        if byte == UInt8(ascii: "%"), let high = hexDigit(rest.first), let low = hexDigit(rest.dropFirst().first) {
            bytes.append(high << 4 | low)
            rest = rest.dropFirst(2)
        } else {
            bytes.append(byte)
        }
    }
    return String(decoding: bytes, as: UTF8.self)
}

/// Percent-decoding in a query string, where `+` is a space.
private func formDecoded(_ text: some StringProtocol) -> String {
    percentDecoded(String(text.map { $0 == "+" ? " " : $0 }))
}

private func hexDigit(_ byte: UInt8?) -> UInt8? {
    byte.flatMap { Character(UnicodeScalar($0)).hexDigitValue }.map(UInt8.init)
}
