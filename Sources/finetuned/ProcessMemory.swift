#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif
import CAllocator
import FoundationEssentials

/// What the process holds of the host's memory.
enum ProcessMemory {
    // By default every thread may get a region of its own, up to eight for each processor, and each keeps for ever what
    // it once needed.
    private static let regions: Int32 = 2
    // What is larger is given back as soon as it is freed. By default the size rises with the largest that was.
    private static let largeBuffer: Int32 = 1 << 20

    /// Has the allocator keep little of what is freed. To be called before there are many threads.
    static func keepLittle() {
        #if canImport(Glibc)
            mallopt(M_ARENA_MAX, regions)
            mallopt(M_MMAP_THRESHOLD, largeBuffer)
            mallopt(M_TRIM_THRESHOLD, 4 * largeBuffer)
        #endif
    }

    /// Gives back the code, symbols and relocations that the start has read. What is needed again is read again, from the
    /// system's cache mostly.
    static func giveBackStart() throws {
        let mappings = try String(contentsOfFile: "/proc/self/maps", encoding: .utf8)
        // Nobody can have written there, so these pages are as they are in their files.
        for mapping in mappings.split(separator: "\n") where mapping.contains(" r-xp ") && mapping.contains("/") {
            let bounds = mapping.prefix { $0 != " " }.split(separator: "-").compactMap { UInt($0, radix: 16) }
            guard bounds.count == 2 else { continue }
            madvise(UnsafeMutableRawPointer(bitPattern: bounds[0]), Int(bounds[1] - bounds[0]), MADV_DONTNEED)
        }
    }
}
