/// Judges a client that leaves much unread by what it takes meanwhile: one answer may be longer than all that a client
/// may leave unread, and whoever is reading it is not cut off.
struct UnreadOutput {
    /// What a client has to take, and by when.
    struct Demand {
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

    /// What is demanded of a client that leaves so many bytes unread, if anything: above the soft limit that it takes as
    /// many, and above the hard one, sooner, that it takes anything.
    func demand(at unread: Int) -> Demand? {
        if unread > hardLimit { return Demand(bytes: 1, within: grace / 4) }
        if unread > softLimit { return Demand(bytes: softLimit, within: grace) }
        return nil
    }
}
