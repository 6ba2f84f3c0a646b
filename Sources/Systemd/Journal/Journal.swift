import CSystemd
import Dispatch
import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// The host's journal, which takes entries made of fields: see sd_journal_sendv(3).
///
/// A thread of its own sends them, one after the other, so that whoever logs never waits for the journal. As many wait
/// for it as `mostWaiting`; more are dropped, and the next entry that gets through tells how many.
package final class Journal: Sendable {
    private struct Backlog {
        var waiting = 0
        var dropped = 0
    }

    private static let mostWaiting = 16_384

    private let thread = DispatchQueue(label: "journal")
    private let backlog = Mutex(Backlog())

    /// The journal that this process's standard error is connected to; `nil` if it is connected to something else.
    ///
    /// The service manager names it in `JOURNAL_STREAM`, which a child process may have inherited though its standard
    /// error is another file: so the two are compared.
    package init?(environment: [String: String]) {
        var information = stat()
        guard let stream = environment["JOURNAL_STREAM"], fstat(STDERR_FILENO, &information) == 0,
            stream == "\(information.st_dev):\(information.st_ino)"
        else { return nil }
    }

    /// Hands over an entry. Returns at once.
    func write(_ entry: JournalEntry) {
        let dropped: Int? = backlog.withLock { backlog in
            guard backlog.waiting < Self.mostWaiting else {
                backlog.dropped += 1
                return nil
            }
            backlog.waiting += 1
            defer { backlog.dropped = 0 }
            return backlog.dropped
        }
        guard let dropped else { return }
        thread.async {
            Self.send(dropped == 0 ? entry : entry.telling(dropped: dropped))
            self.backlog.withLock { $0.waiting -= 1 }
        }
    }

    /// Returns once the journal has all that was written before.
    package func flush() async {
        await withCheckedContinuation { continuation in
            thread.async { continuation.resume() }
        }
    }

    // An entry that the journal does not take is lost: there is no other place to tell of it.
    private static func send(_ entry: JournalEntry) {
        var (bytes, ranges) = entry.assignments
        _ = bytes.withUnsafeMutableBytes { buffer in
            let vectors = ranges.map { range in
                iovec(iov_base: buffer.baseAddress.map { $0 + range.lowerBound }, iov_len: range.count)
            }
            return sd_journal_sendv(vectors, Int32(vectors.count))
        }
    }
}
