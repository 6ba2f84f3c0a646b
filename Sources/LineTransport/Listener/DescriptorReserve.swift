private import Glibc

/// The file descriptors that clients may not use up.
///
/// A process without any is not merely unable to open files: libdispatch ends it when it cannot look after its own
/// threads. So a quarter of them, at most 128, is for the process itself: its provider, databases and files.
struct DescriptorReserve: Sendable {
    private static let most = 128

    private let firstReserved: CInt

    /// Out of so many that a process may have open.
    init(limit: Int) {
        firstReserved = CInt(clamping: limit - min(limit / 4, Self.most))
    }

    /// Out of as many as this process may have open now.
    static var ofThisProcess: DescriptorReserve {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else {
            return DescriptorReserve(limit: .max)
        }
        return DescriptorReserve(limit: Int(clamping: limit.rlim_cur))
    }

    /// Whether a client that was given this descriptor takes one of the reserve: the kernel gives the lowest that is
    /// free, so at least as many are open.
    func isTouched(by descriptor: CInt) -> Bool { descriptor >= firstReserved }
}
