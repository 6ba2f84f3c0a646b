/// What becomes of a record in a training file.
package enum RecordUse: Hashable, Sendable {
    /// It is a line of the file.
    case example(ChatExample)
    /// It stays out, for this reason.
    case excluded(reason: String)
}
