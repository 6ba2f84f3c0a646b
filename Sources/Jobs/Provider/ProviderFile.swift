/// A file's id at its provider: `file-…`.
package struct ProviderFileID: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    package let rawValue: String
    /// Takes the provider's word.
    package init(rawValue: String) { self.rawValue = rawValue }
    /// The id itself.
    package var description: String { rawValue }
}

/// A training file as its provider has it.
package struct ProviderFile: Hashable, Sendable {
    /// Whether a job may be made from it.
    package enum Readiness: Hashable, Sendable {
        /// It may.
        case ready
        /// The provider still looks at it.
        case pending
        /// The provider does not take it, for this reason.
        case unusable(reason: String)
    }

    /// Its id.
    package var id: ProviderFileID
    /// The name it was sent under.
    package var name: String
    /// Its size.
    package var byteCount: Int
    /// Whether a job may be made from it.
    package var readiness: Readiness

    /// A file.
    package init(id: ProviderFileID, name: String, byteCount: Int, readiness: Readiness) {
        self.id = id
        self.name = name
        self.byteCount = byteCount
        self.readiness = readiness
    }
}
