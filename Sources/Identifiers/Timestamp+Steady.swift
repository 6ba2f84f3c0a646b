extension Timestamp {
    private static let start = (wall: Timestamp.now, steady: ContinuousClock.now)

    /// Now, as it would be if nobody had set the clock since the process began: what waits are measured by.
    ///
    /// It never jumps, so it tells how much time passed within a process, and nothing between two of them. What is
    /// shown or stored is `now`.
    public static var steady: Timestamp {
        start.wall.advanced(by: start.steady.duration(to: .now))
    }

    /// This moment of `steady` by the clock as it is set now.
    public var onTheWall: Timestamp {
        Timestamp.now.advanced(by: duration(since: .steady))
    }
}
