import Glibc
import Synchronization

/// The line that is being read, told where the program crashes or hangs.
enum LastLine {
    static let number = Atomic(0)
    private static let seed = Atomic<UInt64>(0)

    /// From now on a crash, or an alarm, tells how the last line can be fed again.
    static func announce(seed: UInt64) {
        self.seed.store(seed, ordering: .relaxed)
        for number in [SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGABRT, SIGALRM] {
            signal(number) { number in
                LastLine.tell()
                signal(number, SIG_DFL)
                raise(number)
            }
        }
    }

    // Allocates, which a signal's handler must not; the process is lost anyway, and mostly this still comes through.
    private static func tell() {
        let text =
            "\nfeed the last line again: finetune-fuzz --lines 1"
            + " --seed \(seed.load(ordering: .relaxed)) --from \(number.load(ordering: .relaxed))\n"
        let bytes = Array(text.utf8)
        write(STDERR_FILENO, bytes, bytes.count)
    }
}
