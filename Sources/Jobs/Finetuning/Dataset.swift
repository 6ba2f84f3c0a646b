/// A file of examples on this host, complete and never changed again.
package struct Dataset: Hashable, Sendable {
    /// Where it is: an absolute path.
    package var path: String
    /// Its size.
    package var byteCount: Int
    /// Its lines.
    package var exampleCount: Int
    /// Its SHA-256, in 64 lower-case hexadecimal digits.
    package var sha256: String
    /// How it was written; `nil` for a file from before that was kept.
    package var serialisation: Serialisation?

    /// A file of examples.
    package init(
        path: String, byteCount: Int, exampleCount: Int, sha256: String, serialisation: Serialisation? = nil
    ) {
        self.path = path
        self.byteCount = byteCount
        self.exampleCount = exampleCount
        self.sha256 = sha256
        self.serialisation = serialisation
    }

    /// How the examples of a training file were written, which the prompts of the tuned model must match.
    package struct Serialisation: Hashable, Sendable {
        /// The version of the serialiser.
        package var version: Int
        /// Tells one state of the described tables from another: 64 lower-case hexadecimal digits.
        package var schemaFingerprint: String
        /// The word for which of the database's values were allowed to leave the host.
        package var redaction: String
        /// The tokens of all examples, as a provider counts and charges them for an epoch.
        package var tokenCount: Int

        /// How a file was written.
        package init(version: Int, schemaFingerprint: String, redaction: String, tokenCount: Int) {
            self.version = version
            self.schemaFingerprint = schemaFingerprint
            self.redaction = redaction
            self.tokenCount = tokenCount
        }
    }
}

/// Golden records that stay out of a training file: how many, and why the first few do.
package struct LeftOutRecords: Hashable, Sendable {
    /// How many; at least one.
    package var count: Int
    /// Of the first few, each with the record's id.
    package var reasons: [String]

    /// Records that stay out.
    package init(count: Int, reasons: [String]) {
        self.count = count
        self.reasons = reasons
    }
}

/// What a finetuning's files of examples are for.
package enum DatasetRole: String, Hashable, Sendable, CaseIterable {
    /// The model learns from it.
    case training
    /// The provider measures the model on it: held out from training.
    case validation
}
