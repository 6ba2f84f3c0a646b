package import Logging

/// Writes what is logged to the journal, with the place in the code and the metadata as fields.
package struct JournalLogHandler: LogHandler {
    /// Metadata of every message.
    package var metadata: Logger.Metadata = [:]
    /// Adds metadata of the task that logs.
    package var metadataProvider: Logger.MetadataProvider?
    /// Messages below this level are not written.
    package var logLevel = Logger.Level.info
    private let journal: Journal

    /// Writes to this journal.
    package init(_ journal: Journal) {
        self.journal = journal
    }

    /// One value of `metadata`.
    package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    /// Writes one message.
    package func log(event: LogEvent) {
        let provided = metadataProvider?.get() ?? [:]
        let metadata = metadata.merging(provided) { $1 }.merging(event.metadata ?? [:]) { $1 }
        journal.write(JournalEntry(event, metadata: metadata))
    }
}
