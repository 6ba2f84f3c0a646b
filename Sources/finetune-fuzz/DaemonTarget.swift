import FinetuneAPI
import Synchronization

/// Feeds broken lines to a daemon, over one connection that has to bear it all.
struct DaemonTarget {
    private static let batch = 50

    let socket: String
    let mutator: LineMutator

    func run(_ numbers: Range<Int>) throws {
        let connection = try SocketConnection(socket)
        defer { connection.close() }
        var replies = 0
        var refused = 0
        var number = numbers.lowerBound
        while number < numbers.upperBound {
            let next = min(number + Self.batch, numbers.upperBound)
            LastLine.number.store(number, ordering: .relaxed)
            let request = Request(id: .string("usable-\(number)"), method: .get, path: "/api/v1/heartbeat")
            let lines = (number..<next).map(mutator.line).filter { !Self.isLeftOut($0) }
            try connection.send(lines.flatMap { $0 + [UInt8(ascii: "\n")] } + request.line)
            try connection.readReplies { reply in
                replies += 1
                refused += reply.status >= 400 ? 1 : 0
                return reply.id == request.id && reply.status == 200
            }
            number = next
        }
        print("\(numbers.count) broken lines in batches of \(Self.batch), a heartbeat behind each batch:")
        print("\(replies) replies, \(refused) of them refusals, over one connection")
    }

    // A stream that goes on without end takes a place in flight without end, as it should; a backup takes disk.
    private static func isLeftOut(_ line: [UInt8]) -> Bool {
        let text = String(decoding: line, as: UTF8.self)
        return text.contains("follow") || text.contains("admin")
    }
}
