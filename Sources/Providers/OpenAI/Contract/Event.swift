internal import Identifiers
internal import Jobs

extension OpenAIContract {
    /// Something that a job tells.
    struct Event: Listed {
        let id: String
        let createdAt: Int
        let level: String?
        let message: String
        let data: Measurements?

        private enum CodingKeys: String, CodingKey {
            case id, level, message, data
            case createdAt = "created_at"
        }
    }
}

extension OpenAIContract.Event {
    /// The event in the engine's words; `presentable` makes the service's words fit to show.
    func event(_ presentable: (String) -> String) -> ProviderEvent {
        ProviderEvent(
            id: ProviderEventID(rawValue: id), at: Timestamp(unix: createdAt), level: severity,
            message: presentable(message), metrics: data?.metrics ?? [:])
    }

    private var severity: ProviderEvent.Level {
        switch level {
        case "warn", "warning": .warning
        case "error": .error
        case _: .info
        }
    }
}
