/// Puts the daemon together from its parts and runs it.
enum Composition {
    /// Runs until the daemon is told to stop.
    static func run(_ configuration: DaemonConfiguration) async throws {}
}
