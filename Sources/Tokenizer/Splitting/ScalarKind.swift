/// What the split rules tell apart among Unicode scalars. Every scalar is of one kind; a set of kinds stands for a
/// character class of the rules.
struct ScalarKind: OptionSet, Sendable {
    let rawValue: UInt8

    /// The general categories Lu and Lt.
    static let uppercase = Self(rawValue: 1 << 0)
    /// Ll.
    static let lowercase = Self(rawValue: 1 << 1)
    /// Lm and Lo: letters of scripts without case, and modifiers.
    static let caseless = Self(rawValue: 1 << 2)
    /// Mn, Mc and Me.
    static let mark = Self(rawValue: 1 << 3)
    /// Nd, Nl and No.
    static let number = Self(rawValue: 1 << 4)
    /// The property White_Space, but for the two line breaks.
    static let space = Self(rawValue: 1 << 5)
    /// Carriage return and line feed.
    static let lineBreak = Self(rawValue: 1 << 6)
    /// Everything else.
    static let symbol = Self(rawValue: 1 << 7)

    static let letter: Self = [.uppercase, .lowercase, .caseless]
    static let whitespace: Self = [.space, .lineBreak]
    /// What may stand in front of the letters of a word, once.
    static let wordPrefix: Self = [.space, .symbol, .mark]
}
