extension JSONValue {
    /// The value as JSON whose members are sorted by name at every level: the same bytes for the same value, in
    /// whatever order its members were written. Numbers stay as they were written.
    public var canonicalBytes: [UInt8] {
        var writer = JSONWriter()
        writer.canonical(self)
        return writer.bytes
    }
}

extension JSONWriter {
    fileprivate mutating func canonical(_ value: JSONValue) {
        switch value {
        case .null, .bool, .number, .string: self.value(value)
        case .array(let elements):
            mark("[")
            for (place, element) in elements.enumerated() {
                if place > 0 { mark(",") }
                canonical(element)
            }
            mark("]")
        case .object(let object):
            mark("{")
            for (place, member) in object.sortedMembers.enumerated() {
                if place > 0 { mark(",") }
                string(member.name)
                mark(":")
                canonical(member.value)
            }
            mark("}")
        }
    }
}

extension JSONObject {
    // Mostly they are sorted already, and a large request has a hundred thousand of them.
    fileprivate var sortedMembers: [Member] {
        let isSorted = zip(members, members.dropFirst()).allSatisfy { Self.precedes($0, $1) }
        return isSorted ? members : members.sorted(by: Self.precedes)
    }

    private static func precedes(_ left: Member, _ right: Member) -> Bool {
        left.name.utf8.lexicographicallyPrecedes(right.name.utf8)
    }
}
