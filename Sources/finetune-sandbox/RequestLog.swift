/// The last requests, without their keys and bodies.
struct RequestLog: Sendable {
    struct Entry: Encodable, Equatable, Sendable {
        let method: String
        /// With its query string.
        let path: String
        /// `null`: the connection was reset instead of an answer.
        @ExplicitNull var status: Int?

        static func == (left: Entry, right: Entry) -> Bool {
            (left.method, left.path, left.status) == (right.method, right.path, right.status)
        }
    }

    static let mostEntries = 1_000

    /// Oldest first.
    private(set) var entries: [Entry] = []

    mutating func add(_ entry: Entry) {
        if entries.count == Self.mostEntries { entries.removeFirst() }
        entries.append(entry)
    }
}
