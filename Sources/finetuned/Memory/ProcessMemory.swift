#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif
import CAllocator
import LineTransport

/// What the process holds of the host's memory.
enum ProcessMemory {
    // By default every thread may get a region of its own, up to eight for each processor, and each keeps for ever what
    // it once needed. With fewer than these, the threads that add golden records would wait for each other at every
    // object.
    private static let regions: Int32 = 8
    // What is larger is given back as soon as it is freed. By default the size rises with the largest that was.
    private static let largeBuffer: Int32 = 128 << 10

    /// Has the allocator keep little of what is freed. To be called before there are many threads.
    static func keepLittle() {
        #if canImport(Glibc)
            mallopt(M_ARENA_MAX, regions)
            mallopt(M_MMAP_THRESHOLD, largeBuffer)
            mallopt(M_TRIM_THRESHOLD, 2 * largeBuffer)
        #endif
    }

    /// Gives back the code, constants, symbols and relocations that the start has read. What is needed again is read
    /// again, from the system's cache mostly.
    static func giveBackStart() throws(SystemError) {
        for mapping in try MemoryMapping.all() where mapping.isAsInItsFile {
            madvise(UnsafeMutableRawPointer(bitPattern: mapping.start), mapping.byteCount, MADV_DONTNEED)
        }
    }
}
