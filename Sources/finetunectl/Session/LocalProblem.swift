/// Something on this side of the socket that must change before the command can do its work.
struct LocalProblem: Error, Equatable {
    /// What is wrong, a line each.
    let messages: [String]
    /// What to do about it.
    let remedy: String?

    init(_ messages: String..., remedy: String? = nil) {
        self.init(messages: messages, remedy: remedy)
    }

    init(messages: [String], remedy: String?) {
        self.messages = messages
        self.remedy = remedy
    }
}
