import SeededRandomness

extension SeededGenerator {
    /// A text of scalars from all over Unicode, but more often from its beginning.
    mutating func text(length: Int) -> String {
        var text = String.UnicodeScalarView()
        while text.count < length {
            let limit: UInt32 = [0x80, 0x80, 0x500, 0x3100, 0x1_1000, 0x11_0000][Int.random(in: 0..<6, using: &self)]
            if let scalar = Unicode.Scalar(UInt32.random(in: 0..<limit, using: &self)) {
                text.append(scalar)
            }
        }
        return String(text)
    }

    /// A text of these characters.
    mutating func text(of characters: [Character], length: Int) -> String {
        String((0..<length).map { _ in characters[Int.random(in: characters.indices, using: &self)] })
    }

    mutating func bytes(count: Int) -> [UInt8] {
        (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &self) }
    }
}
