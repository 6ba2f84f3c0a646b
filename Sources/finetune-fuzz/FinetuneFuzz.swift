import ArgumentParser
import FinetuneAPI

#if !LIBFUZZER
    @main
#endif
struct FinetuneFuzz: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "finetune-fuzz",
        abstract: "Feeds broken requests to the parser, or to a daemon, and checks that all goes on.",
        discussion: """
            Takes real requests of every route, breaks them at random, and sees to it that each is understood or \
            refused, and that a request behind it is understood. The same seed makes the same lines: where the \
            program ends, it tells how to feed the last line again.

            A daemon that is fuzzed does what lines ask for that are not broken enough: let it be one with a \
            state of its own and no provider. `contrib/fuzz/run` starts such a one.
            """)

    @Option(help: "How many broken lines.")
    var lines = 10_000_000

    @Option(help: "Which lines: any number.")
    var seed: UInt64 = 1

    @Option(help: "The first of them.")
    var from = 0

    @Option(help: ArgumentHelp("Feed them to the daemon on this socket.", valueName: "path"))
    var socket: String?

    func run() throws {
        let mutator = LineMutator(seeds: try RequestSeeds.all(), seed: seed)
        LastLine.announce(seed: seed)
        let numbers = from..<from + lines
        if let socket {
            try DaemonTarget(socket: socket, mutator: mutator).run(numbers)
        } else {
            try ParserRun(mutator: mutator).run(numbers)
        }
    }
}
