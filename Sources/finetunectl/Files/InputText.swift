/// Small files that commands read whole.
enum InputText {
    /// More than any request may hold.
    private static let limit = 64 << 20

    /// The bytes of the file at a path, or of standard input for `-`.
    @BlockingIO
    static func bytes(of path: String) throws -> [UInt8] {
        let file = path == "-" ? OpenFile.standardInput : try OpenFile.open(forReading: path)
        defer { if path != "-" { file.close() } }
        var bytes: [UInt8] = []
        while true {
            let chunk = try file.read(upTo: 1 << 16)
            if chunk.isEmpty { return bytes }
            bytes += chunk
            guard bytes.count <= limit else {
                throw LocalProblem("\(file.name) has more than \(limit.grouped) bytes")
            }
        }
    }
}

extension InputText {
    /// An argument's own text, or standard input's for `-`, without the line end after it.
    static func argument(_ argument: String) async throws -> String {
        guard argument == "-" else { return argument }
        let bytes = try await bytes(of: "-")
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw LocalProblem("standard input is no UTF-8 text")
        }
        return String(text.reversed().drop(while: \.isNewline).reversed())
    }
}
