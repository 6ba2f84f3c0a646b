/// One connection of the load generator: so many requests in flight, and since when each is.
final class LoadConnection {
    /// One answer that came.
    struct Answer {
        let nanoseconds: UInt64
        let isRefusal: Bool
    }

    let socket: UnixSocket
    private let peer: Peer
    private let requests: [[[UInt8]]]
    /// Which of the requests comes next.
    private var next: Int
    /// How many more are sent.
    private var left: Int
    /// When the request in each place was sent.
    private var sentAt: [UInt64]
    /// The place of the next reply, where replies come in order.
    private var oldest = 0
    private var inFlight = 0

    private var output: [UInt8] = []
    private var outputStart = 0
    private var input = [UInt8](repeating: 0, count: 256 << 10)
    private var inputCount = 0

    /// Begins with the request `first`, and ends after `limit` of them.
    init(socket: UnixSocket, peer: Peer, requests: [[[UInt8]]], from first: Int, limit: Int) {
        self.socket = socket
        self.peer = peer
        self.requests = requests
        next = first
        left = limit
        sentAt = Array(repeating: 0, count: requests.count)
    }

    /// Whether the socket has yet to take something.
    var hasOutput: Bool { outputStart < output.count }
    /// Whether all that was asked is answered, and no more is to be asked.
    var isFinished: Bool { inFlight == 0 && left == 0 }

    /// Sends the first requests, one for each place.
    func begin(at now: UInt64) throws(SystemCallError) {
        for place in sentAt.indices { ask(from: place, at: now) }
        try flush()
    }

    /// Takes what came, and follows each answer with the next request. `clock` tells when it came.
    func exchange(clock: () -> UInt64, _ take: (Answer) -> Void) throws(SystemCallError) {
        try receive()
        let now = clock()
        var start = 0
        while let reply = nextReply(at: start) {
            start += reply.byteCount
            let place = reply.place ?? oldest
            oldest = oldest + 1 == sentAt.count ? 0 : oldest + 1
            inFlight -= 1
            take(Answer(nanoseconds: now - sentAt[place], isRefusal: reply.isRefusal))
            ask(from: place, at: now)
        }
        drop(start)
        try flush()
    }

    /// Sends what the socket has not taken yet, as far as it takes it now.
    func flush() throws(SystemCallError) {
        guard hasOutput else { return }
        let start = outputStart
        let sent = output.withUnsafeBytes { bytes in
            Result { () throws(SystemCallError) in try socket.send(UnsafeRawBufferPointer(rebasing: bytes[start...])) }
        }
        outputStart += try sent.get()
        guard !hasOutput else { return }
        output.removeAll(keepingCapacity: true)
        outputStart = 0
    }

    private func ask(from place: Int, at now: UInt64) {
        guard left > 0 else { return }
        let choices = requests[place]
        output += choices[next % choices.count]
        next += 1
        left -= 1
        inFlight += 1
        sentAt[place] = now
    }

    private func receive() throws(SystemCallError) {
        if inputCount == input.count { input += [UInt8](repeating: 0, count: input.count) }
        let start = inputCount
        let received = input.withUnsafeMutableBytes { bytes in
            Result { () throws(SystemCallError) in
                try socket.receive(into: UnsafeMutableRawBufferPointer(rebasing: bytes[start...]))
            }
        }
        inputCount += try received.get()
    }

    private func nextReply(at start: Int) -> IncomingReply? {
        input.withUnsafeBytes { peer.reply(in: UnsafeRawBufferPointer(rebasing: $0[start..<inputCount])) }
    }

    // What is left is the start of one reply.
    private func drop(_ count: Int) {
        let left = inputCount - count
        input.withUnsafeMutableBytes { bytes in
            bytes.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[count..<count + left]))
        }
        inputCount = left
    }
}
