/// Judges a client that leaves much unread by what it takes meanwhile: one answer may be longer than all that a client
/// may leave unread, and whoever is reading it is not cut off.
struct UnreadOutput {
    /// What a client has to take, and by when.
    struct Demand: Equatable {
        let bytes: Int
        let within: Duration
    }

    private let hardLimit: Int
    private let softLimit: Int
    private let grace: Duration

    init(_ limits: LineLimits) {
        hardLimit = limits.unreadBytesHard
        softLimit = limits.unreadBytesSoft
        grace = limits.unreadGrace
    }

    /// What is demanded of a client that leaves so many bytes unread, if anything. Above the hard limit the pace is the
    /// same as above the soft one, and looked at ten times as often.
    func demand(at unread: Int) -> Demand? {
        if unread > hardLimit { return Demand(bytes: max(softLimit / 10, 1), within: grace / 10) }
        if unread > softLimit { return Demand(bytes: softLimit, within: grace) }
        return nil
    }
}
