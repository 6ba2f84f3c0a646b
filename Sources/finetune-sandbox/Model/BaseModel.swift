/// A model that can be fine-tuned and asked. Its names are the provider's; the sandbox has none of its weights.
struct BaseModel: Equatable, Sendable {
    let id: String
    /// The name without a date, where this is the version that it stands for.
    let alias: String?

    static let all = [
        BaseModel(id: "gpt-3.5-turbo-0613", alias: nil),
        BaseModel(id: "gpt-3.5-turbo-1106", alias: nil),
        BaseModel(id: "gpt-3.5-turbo-0125", alias: "gpt-3.5-turbo"),
        BaseModel(id: "gpt-4-0613", alias: "gpt-4"),
        BaseModel(id: "gpt-4o-2024-08-06", alias: "gpt-4o"),
        BaseModel(id: "gpt-4o-mini-2024-07-18", alias: "gpt-4o-mini"),
        BaseModel(id: "gpt-4.1-2025-04-14", alias: "gpt-4.1"),
        BaseModel(id: "gpt-4.1-mini-2025-04-14", alias: "gpt-4.1-mini"),
        BaseModel(id: "gpt-4.1-nano-2025-04-14", alias: "gpt-4.1-nano"),
    ]

    /// Every name of every base model.
    static let names = all.flatMap { [$0.alias, $0.id].compactMap { $0 } }

    init?(named name: String) {
        guard let model = Self.all.first(where: { $0.id == name || $0.alias == name }) else { return nil }
        self = model
    }

    private init(id: String, alias: String?) {
        self.id = id
        self.alias = alias
    }

    /// A model that has learned nothing has nothing to say of any schema: the one query that every database runs.
    static let untrainedAnswer = "SELECT 1"
}
