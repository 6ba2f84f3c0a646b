#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// The header of SQLite's write-ahead log (https://www.sqlite.org/fileformat2.html#walformat).
///
/// SQLite takes a log whose header is damaged for an empty one, and so loses every commit in it without a word. The
/// header is on the disk before the first frame is written, so a crash never leaves frames behind a damaged one.
struct WriteAheadLog {
    private static let headerSize = 32
    private static let smallestFrame = 24 + 512

    let path: String

    /// Whether SQLite will read what is there: a log, or too little to hold any commit.
    var isReadable: Bool {
        get throws(StoreError) {
            let file = open(path, O_RDONLY | O_CLOEXEC)
            guard file >= 0 else {
                if errno == ENOENT { return true }
                throw StoreError(failing: path)
            }
            defer { close(file) }
            var start = [UInt8](repeating: 0, count: Self.headerSize + Self.smallestFrame)
            let count = read(file, &start, start.count)
            guard count >= 0 else { throw StoreError(failing: path) }
            return count < start.count || Self.isHeader(start[..<Self.headerSize])
        }
    }

    // The lowest bit of the magic number tells in which order the words of the checksum have their bytes.
    private static func isHeader(_ bytes: ArraySlice<UInt8>) -> Bool {
        let stored = words(of: bytes, bigEndian: true)
        guard stored[0] & ~1 == 0x377F_0682 else { return false }
        let summed = words(of: bytes, bigEndian: stored[0] & 1 == 1)
        var sum: (UInt32, UInt32) = (0, 0)
        for place in stride(from: 0, to: 6, by: 2) {
            sum.0 &+= summed[place] &+ sum.1
            sum.1 &+= summed[place + 1] &+ sum.0
        }
        return sum == (stored[6], stored[7])
    }

    private static func words(of bytes: ArraySlice<UInt8>, bigEndian: Bool) -> [UInt32] {
        stride(from: bytes.startIndex, to: bytes.endIndex, by: 4).map { start in
            let word = bytes[start..<start + 4]
            return bigEndian
                ? word.reduce(0) { $0 << 8 | UInt32($1) } : word.reversed().reduce(0) { $0 << 8 | UInt32($1) }
        }
    }
}
