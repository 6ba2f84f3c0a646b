import ArgumentParser
import FinetuneAPI
import FoundationEssentials
import LineTransport

/// A command that asks the daemon.
protocol DaemonCommand: AsyncParsableCommand {
    /// The options of every command.
    var options: GlobalOptions { get }
    /// Does what the command is for.
    func run(in session: Session) async throws
}

extension DaemonCommand {
    /// Connects, does what the command is for, and closes the connection.
    func run() async throws {
        let environment = ProcessInfo.processInfo.environment
        let console = Console(terminal: .current(environment: environment))
        let location = SocketLocation(option: options.socket, environment: environment)
        let session = try await Session.open(location, console: console, wantsJSON: options.json)
        do {
            try await run(in: session)
            await session.close()
        } catch {
            await console.clearTransientLine()
            await session.close()
            if options.json { try await session.outputRefusal(error) }
            throw RoleNeeded(error, socket: session.socket) ?? error
        }
    }
}
