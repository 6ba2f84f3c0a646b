/// Some lines of a training file, to be written together.
package struct TrainingLines: Sendable {
    /// The lines, their line feeds included.
    package private(set) var bytes: [UInt8] = []
    /// How many they are.
    package private(set) var count = 0

    /// No lines.
    package init() {}

    /// Adds one example as the next line.
    package mutating func append(_ example: ChatExample) {
        example.append(to: &bytes)
        count += 1
    }
}
