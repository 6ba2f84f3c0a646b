/// A name that stands for a tuned model, and stays when the model changes: `sales-sql`. No finetuning's alias, nor a
/// model's id at its provider.
package struct ModelAlias: RawRepresentable, Hashable, Sendable, CustomStringConvertible, ExpressibleByStringLiteral {
    package let rawValue: String
    /// Takes any name; which are allowed is looked at where an alias is made.
    package init(rawValue: String) { self.rawValue = rawValue }
    /// Takes a name that is written in the code.
    package init(stringLiteral name: String) { self.init(rawValue: name) }
    /// The name itself.
    package var description: String { rawValue }
}
