/// Draws a progress bar on standard error, a few times a second, where that is a terminal.
actor ProgressDisplay {
    private let bar: ProgressBar
    private let console: Console
    private let start = ContinuousClock.now
    private var lastDrawn: ContinuousClock.Instant?

    private static let interval = Duration.milliseconds(100)

    init(bar: ProgressBar, console: Console) {
        self.bar = bar
        self.console = console
    }

    /// Shows how many are done, and behind that what else there is to know.
    func show(_ done: Int, note: String = "") async {
        guard let width = console.terminal.errorWidth else { return }
        let now = ContinuousClock.now
        if let lastDrawn, now - lastDrawn < Self.interval { return }
        lastDrawn = now
        let line = bar.line(done: done, elapsed: now - start, width: max(0, width - DisplayWidth.of(note)))
        await console.transient((line + note).truncated(toWidth: width))
    }
}
