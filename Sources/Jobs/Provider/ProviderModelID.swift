/// A model's id at its provider, of a base model or a tuned one: `gpt-4o-mini-2024-07-18`, `ft:…`. Not an alias of ours.
package struct ProviderModelID: RawRepresentable, Hashable, Sendable, CustomStringConvertible,
    ExpressibleByStringLiteral
{
    package let rawValue: String
    /// Takes the provider's word.
    package init(rawValue: String) { self.rawValue = rawValue }
    /// Takes the provider's word where it is written in the code.
    package init(stringLiteral word: String) { self.init(rawValue: word) }
    /// The id itself.
    package var description: String { rawValue }
}
