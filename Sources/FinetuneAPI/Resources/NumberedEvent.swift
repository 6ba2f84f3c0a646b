/// An event of a stream that can be resumed after any of its events.
public protocol NumberedEvent: Codable, Sendable {
    /// What `after` takes to go on with the event that follows.
    var number: Int { get }
}

extension FinetuningEvent: NumberedEvent {
    /// Its sequence number.
    public var number: Int { sequence }
}

extension HistoryEvent: NumberedEvent {
    /// Its position.
    public var number: Int { position }
}
