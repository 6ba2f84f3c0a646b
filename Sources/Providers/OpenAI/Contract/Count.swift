extension OpenAIContract {
    /// A number of tokens or steps that a service tells. One that is no count, a negative one or one beyond all that
    /// can be, is as if it was not told: what it stands beside still counts.
    struct Count: Decodable {
        let value: Int?

        private static let believable = 0...1_000_000_000_000

        init(from decoder: any Decoder) throws {
            do {
                let number = try decoder.singleValueContainer().decode(Int.self)
                value = Self.believable.contains(number) ? number : nil
            } catch {
                // No whole number: the decoder has more than one way to say so.
                value = nil
            }
        }
    }
}
