import NIOCore

/// The lines of one stream that have come and not been read, or the reader who waits for one.
struct StreamInbox {
    typealias Reader = CheckedContinuation<ReplyLine?, any Error>

    /// How the stream ended.
    enum Ending {
        /// With a last line, which may still be unread.
        case completed
        /// Without one.
        case failed(any Error)
    }

    /// What a reader gets.
    enum Answer {
        case line(ReplyLine)
        case ended
        case failed(any Error)
        /// The reader waits, and will be given what comes.
        case later
    }

    let lineBytes: Int
    private(set) var ending: Ending?
    private(set) var reader: Reader?
    private var lines = CircularBuffer<ReplyLine>()

    init(lineBytes: Int, ending: Ending? = nil) {
        self.lineBytes = lineBytes
        self.ending = ending
    }

    var lineCount: Int { lines.count }

    /// Takes the next line, or keeps the reader until there is one.
    mutating func take(for reader: Reader) -> Answer {
        if let line = lines.popFirst() { return .line(line) }
        switch ending {
        case .completed: return .ended
        case .failed(let error): return .failed(error)
        case nil:
            precondition(self.reader == nil, "a stream has one reader")
            self.reader = reader
            return .later
        }
    }

    /// Adds a line; returns the reader to be given it, if one waits.
    mutating func add(_ line: ReplyLine) -> Reader? {
        if !line.isPartial {
            ending = .completed
        }
        guard let reader else {
            lines.append(line)
            return nil
        }
        self.reader = nil
        return reader
    }

    /// Ends the stream without a last line; returns the reader to be told, if one waits.
    mutating func end(_ error: any Error) -> Reader? {
        ending = ending ?? .failed(error)
        defer { reader = nil }
        return reader
    }
}
