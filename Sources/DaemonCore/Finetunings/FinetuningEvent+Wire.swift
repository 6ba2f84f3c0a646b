import FinetuneAPI
import Jobs

extension Wire.FinetuningEvent {
    /// The domain's form, as clients read it. An evaluation's event has the form of a finetuning's.
    init(_ event: RecordedEvent) {
        self.init(
            sequence: event.sequence, createdAt: event.at, event: event.name, level: Level(event.level),
            message: event.message, detail: .object(event.detail))
    }
}

extension Wire.FinetuningEvent.Level {
    fileprivate init(_ level: ProviderEvent.Level) {
        self =
            switch level {
            case .info: .info
            case .warning: .warning
            case .error: .error
            }
    }
}

extension ProviderEvent.Level {
    /// The gravity that a client filters by.
    init(_ level: Wire.FinetuningEvent.Level) {
        self =
            switch level {
            case .info: .info
            case .warning: .warning
            case .error: .error
            }
    }
}

extension JSONValue {
    /// Facts by name, in the order of their names.
    fileprivate static func object(_ facts: [String: EventDetail]) -> JSONValue {
        let sorted = facts.sorted { $0.key < $1.key }
        return .object(JSONObject(members: sorted.map { .init(name: $0.key, value: JSONValue($0.value)) }))
    }

    private init(_ detail: EventDetail) {
        switch detail {
        case .text(let text): self = .string(text)
        case .integer(let integer): self = .number(JSONNumber(integer))
        case .number(let number): self = .number(JSONNumber(number))
        case .list(let list): self = .array(list.map(JSONValue.init))
        }
    }
}

extension Checkpoint {
    /// The domain's form, as clients read it.
    init(_ checkpoint: ProviderCheckpoint) {
        self.init(
            id: checkpoint.id, createdAt: checkpoint.at, step: checkpoint.step, modelID: checkpoint.model?.rawValue,
            metrics: .object(checkpoint.metrics.mapValues(EventDetail.number)))
    }
}
