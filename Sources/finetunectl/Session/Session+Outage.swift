import LineTransport

extension Session {
    /// Whether the daemon may be back soon.
    static func mayPass(_ error: any Error) -> Bool {
        error is DaemonUnreachable || Outage.mayPass(error)
    }

    /// Waits before another try to reach the daemon, of which the user is told once. Throws the error that began the
    /// outage when patience is at an end.
    func wait(through outage: inout Outage?, of error: any Error, telling comfort: String) async throws {
        if outage == nil {
            await console.note("The connection to the daemon was lost; trying again. \(comfort)")
        }
        var current = outage ?? Outage()
        guard let delay = current.delay() else { throw error }
        outage = current
        try await Task.sleep(for: delay)
    }
}
