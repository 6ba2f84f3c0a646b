package import Identifiers

/// What is kept out of training to measure the model on.
package enum HoldOut: Hashable, Sendable {
    /// Nothing.
    case nothing
    /// About this share of the golden records, above 0 and below 1, chosen by what they say.
    case share(Double)
    /// These golden records.
    case records([ObjectID])
}
