import ArgumentParser
import FoundationEssentials

/// The load generator of contrib/bench/socket, for finetuned and for those that it is held against.
struct LoadBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "load",
        abstract: "Asks a server over its Unix socket as fast as it answers, and measures how long each answer takes.",
        discussion: """
            Every connection keeps as many requests in flight as --depth says: each answer is followed by the next \
            request. One thread does it all, so that generator and server have a processor each on a machine of two.
            """)

    @Option(help: "The server's socket.", completion: .file())
    var socket: String

    @Option(help: "What the server speaks.")
    var peer = Peer.finetuned

    @Option(help: "Connections.")
    var connections = 1

    @Option(help: "Requests of each connection in flight.")
    var depth = 1

    @Option(help: "Seconds that are measured.")
    var seconds = 5.0

    @Option(help: "Seconds before those.")
    var warmup = 1.0

    @Option(help: "Stop after so many answers of each connection, whatever the time.")
    var answers: Int?

    @Argument(
        help: """
            A file with a request a line, which take turns: for finetuned objects without an id, for Redis keys, and \
            for the others any text.
            """, completion: .file())
    var requests: String

    func validate() throws {
        guard connections > 0, depth > 0, seconds > 0, warmup >= 0 else {
            throw ValidationError("There must be a connection, a request in flight and a time.")
        }
    }

    func run() throws {
        let lines = try Data(contentsOf: URL(filePath: requests)).split(separator: UInt8(ascii: "\n"))
        guard !lines.isEmpty else { throw ValidationError("\(requests) holds no request.") }
        let requests = peer.requests(lines.map(Array.init), depth: depth)
        var generator = try LoadGenerator(
            connections: (0..<connections).map { number in
                LoadConnection(
                    socket: try UnixSocket(path: socket), peer: peer, requests: requests, from: number,
                    limit: answers ?? .max)
            })
        print(try generator.run(warmup: warmup, seconds: seconds).json)
    }
}
