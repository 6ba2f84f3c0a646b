/// What a peer may do. Each role may do all that the ones before it may.
public enum Role: String, Sendable, Hashable, CaseIterable, Codable, Comparable {
    /// Reads.
    case reader
    /// Reads, and asks models.
    case agent
    /// Does all but administer.
    case operate = "operator"
    /// Does all.
    case admin

    private var rank: Int {
        switch self {
        case .reader: 0
        case .agent: 1
        case .operate: 2
        case .admin: 3
        }
    }

    /// The lesser role is the smaller.
    public static func < (left: Role, right: Role) -> Bool { left.rank < right.rank }
}
