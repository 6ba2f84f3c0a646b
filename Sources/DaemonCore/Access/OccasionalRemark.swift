/// What is worth a remark whenever it happens, but may happen thousands of times in a second: it is remarked on at once,
/// and after a pause for all that happened meanwhile. Decides alone; whoever holds it keeps the time.
struct OccasionalRemark: Sendable {
    private var isPausing = false
    private var unremarked = 0

    /// It happened. Whether to remark on it now: then a pause begins, and `endPause` has to follow.
    mutating func happened() -> Bool {
        guard isPausing else {
            isPausing = true
            return true
        }
        unremarked += 1
        return false
    }

    /// How often it happened during the pause that is over. If it did, that is to be remarked on, and another pause
    /// begins.
    mutating func endPause() -> Int {
        defer { unremarked = 0 }
        isPausing = unremarked > 0
        return unremarked
    }
}
