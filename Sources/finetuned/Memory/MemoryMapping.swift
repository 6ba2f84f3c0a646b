#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif
import LineTransport

/// A part of the process's memory, as the kernel tells of it.
struct MemoryMapping {
    let start: UInt
    let byteCount: Int
    private let isWritable: Bool
    private let isOfFile: Bool
    // What was written before it was made read-only: relocations, mostly.
    private var ownKilobytes = 0

    /// Whether each of its pages is as it is in a file, and stays so.
    var isAsInItsFile: Bool { isOfFile && !isWritable && ownKilobytes == 0 }

    /// All that the process has.
    static func all() throws(SystemError) -> [MemoryMapping] {
        var mappings: [MemoryMapping] = []
        try forEachLine(ofFile: "/proc/self/smaps") { line in
            let words = line.split(separator: " ", maxSplits: 5)
            if let mapping = MemoryMapping(words) {
                mappings.append(mapping)
            } else if !mappings.isEmpty, words.count > 1, ["Anonymous:", "Swap:"].contains(words[0]) {
                mappings[mappings.count - 1].ownKilobytes += Int(words[1]) ?? 0
            }
        }
        return mappings
    }

    // Bounds, permissions, offset, device, inode, and the file's path.
    private init?(_ words: [Substring]) {
        let bounds = words.first?.split(separator: "-").compactMap { UInt($0, radix: 16) } ?? []
        guard bounds.count == 2, words.count >= 5 else { return nil }
        start = bounds[0]
        byteCount = Int(bounds[1] - bounds[0])
        isWritable = words[1].contains("w")
        isOfFile = words.count == 6 && words[5].contains("/")
    }
}

// Foundation takes the first of several short reads for the whole, and such files have no others.
private func forEachLine(ofFile path: String, _ body: (String) -> Void) throws(SystemError) {
    guard let file = fopen(path, "re") else { throw SystemError(operation: "fopen", number: errno) }
    var line: UnsafeMutablePointer<CChar>?
    var capacity = 0
    defer {
        free(line)
        fclose(file)
    }
    while getline(&line, &capacity, file) > 0, let line { body(String(cString: line)) }
}
