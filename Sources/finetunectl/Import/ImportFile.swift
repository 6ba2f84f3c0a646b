import Glibc

/// A file of golden records that is read twice: once to find what is broken, once to send it.
@BlockingIO
final class ImportFile {
    /// What messages call it.
    nonisolated let name: String
    /// Its bytes.
    nonisolated let size: Int

    private let file: OpenFile
    private let format: ImportFormat
    private let firstLine: Int
    private var reader: RecordReader
    private var isAtEnd = false
    private(set) var offset = 0

    private static let chunkBytes = 1 << 20

    /// Opens the file at a path, or standard input for `-`, which is copied to a temporary file if it is a pipe. What
    /// begins before `firstLine` is passed over, but for a heading.
    nonisolated static func open(
        _ path: String, format: ImportFormat, from firstLine: Int = 1
    ) async throws -> ImportFile {
        try await opened(path, format: format, from: firstLine)
    }

    private static func opened(_ path: String, format: ImportFormat, from firstLine: Int) throws -> ImportFile {
        let file = path == "-" ? OpenFile.standardInput : try OpenFile.open(forReading: path)
        let name = path == "-" ? "standard input" : path
        let format = format == .auto ? ImportFormat(fileName: path) : format
        let copy = file.isRewindable ? file : try temporaryCopy(of: file)
        return ImportFile(copy, name: name, size: copy.size ?? 0, format: format, from: firstLine)
    }

    private init(_ file: OpenFile, name: String, size: Int, format: ImportFormat, from firstLine: Int) {
        self.file = file
        self.name = name
        self.size = size
        self.format = format
        self.firstLine = firstLine
        reader = RecordReader(format: format)
    }

    deinit {
        file.close()
    }

    /// Names that no record used.
    var unusedNames: Set<String> { reader.unusedNames }

    /// What the next part of the file holds; nothing after the last.
    func next() throws -> [RecordReader.Element]? {
        if isAtEnd { return nil }
        let bytes = try file.read(upTo: Self.chunkBytes)
        isAtEnd = bytes.isEmpty
        offset += bytes.count
        // A heading that is wrong is told wherever the import begins: it hides all the rest.
        return reader.read(bytes, isLast: isAtEnd).filter { $0.line >= firstLine || $0.hidesTheRest }
    }

    /// Goes back to the start.
    func rewind() throws {
        try file.rewind()
        reader = RecordReader(format: format)
        isAtEnd = false
        offset = 0
    }

    private static func temporaryCopy(of pipe: OpenFile) throws -> OpenFile {
        let directory = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        let copy = try OpenFile.temporary(in: directory)
        while true {
            let bytes = try pipe.read(upTo: chunkBytes)
            if bytes.isEmpty { break }
            try copy.write(bytes)
        }
        try copy.rewind()
        return copy
    }
}
