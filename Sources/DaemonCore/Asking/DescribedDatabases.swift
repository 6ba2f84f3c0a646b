import Identifiers
import Jobs
import Store
import Synchronization
import TrainingData

/// The described tables of each connection, ready to make prompts of: kept until somebody writes to them.
final class DescribedDatabases: Sendable {
    private static let keptConnections = 64

    private let store: StateStore
    private let workers: WorkerThreads
    private let kept = KeptValues<ObjectID, DescribedDatabase>(limit: keptConnections)

    init(store: StateStore, workers: WorkerThreads) {
        self.store = store
        self.workers = workers
    }

    /// The connection or its tables changed. To be called as the change is committed.
    func changed(_ connection: ObjectID) {
        kept.drop(connection)
    }

    /// What makes prompts of a connection's tables; nothing if it is not ready.
    func keptFitter(of connection: ObjectID, _ recipe: PromptRecipe) -> SharedFitter? {
        kept[connection]?.keptFitter(recipe)
    }

    /// What makes prompts of a connection's tables. Throws `notFound`.
    func fitter(of connection: ObjectID, _ recipe: PromptRecipe) async throws -> SharedFitter {
        let database = try await kept.value(of: connection) {
            DescribedDatabase(
                connection: try await store.connection(connection), tables: try await store.tables(of: connection))
        }
        if let fitter = database.keptFitter(recipe) { return fitter }
        return try await workers.run { database.fitter(recipe) }
    }

    /// The prompt of a question. Throws `notFound`, or `invalid_field` for a question that does not fit.
    func prompt(for question: String, of connection: ObjectID, _ recipe: PromptRecipe) async throws -> ServedPrompt {
        let fitter = try await fitter(of: connection, recipe)
        if let prompt = fitter.promptAtOnce(for: question) { return prompt }
        return try await workers.run { try fitter.prompt(for: question) }
    }
}

/// What a connection's prompts are made with.
struct PromptRecipe: Hashable, Sendable {
    /// The schemas whose tables are shown, all where empty; the connection's own where there is nothing.
    let schemas: [String]?
    /// What the prompts have to fit.
    let limit: ExampleLimit
}

/// A prompt, and what tells the tables that it was made of from others.
struct ServedPrompt: Sendable {
    let prompt: FittedPrompt
    let fingerprint: String
}

/// A connection and its tables at one moment.
private final class DescribedDatabase: Sendable {
    private static let keptFitters = 16

    private let connection: TrainingData.DatabaseConnection
    private let tables: [TrainingData.TableDescription]
    private let fitters: Mutex<[PromptRecipe: SharedFitter]> = Mutex([:])

    init(connection: TrainingData.DatabaseConnection, tables: [TrainingData.TableDescription]) {
        self.connection = connection
        self.tables = tables
    }

    func keptFitter(_ recipe: PromptRecipe) -> SharedFitter? {
        fitters.withLock { $0[recipe] }
    }

    /// Renders and counts every table, which takes a while.
    func fitter(_ recipe: PromptRecipe) -> SharedFitter {
        let fitter = SharedFitter(
            tables: tables.filter { $0.isShown(in: recipe.schemas ?? connection.schemas) }, dialect: connection.dialect,
            redaction: connection.redaction, limit: recipe.limit)
        return fitters.withLock { fitters in
            if let made = fitters[recipe] { return made }
            if fitters.count >= Self.keptFitters { fitters.removeAll() }
            fitters[recipe] = fitter
            return fitter
        }
    }
}

/// Makes prompts for whoever asks: at once where every table fits, one at a time where tables are searched for.
final class SharedFitter: Sendable {
    // Counting a question of this length takes well below a millisecond, whatever is in it.
    private static let shortQuestion = 2 << 10

    private let fingerprint: String
    private let wholes: WholePrompts
    private let fitter: Mutex<PromptFitter>

    fileprivate init(
        tables: [TrainingData.TableDescription], dialect: SQLDialect, redaction: TrainingData.Redaction,
        limit: ExampleLimit
    ) {
        let fitter = PromptFitter(tables: tables, dialect: dialect, redaction: redaction, limit: limit)
        fingerprint = fitter.schemaFingerprint
        wholes = fitter.wholes
        self.fitter = Mutex(fitter)
    }

    /// The prompt of a short question beside which every table fits, in microseconds: nobody is waited for.
    func promptAtOnce(for question: String) -> ServedPrompt? {
        guard question.utf8.count <= Self.shortQuestion else { return nil }
        return wholes.prompt(for: question).map { ServedPrompt(prompt: $0, fingerprint: fingerprint) }
    }

    /// The prompt of a question, for which relevant tables may have to be searched for.
    func prompt(for question: String) throws -> ServedPrompt {
        let prompt =
            try wholes.prompt(for: question)
            ?? fitter.withLock { fitter throws(FittingError) in try fitter.prompt(for: question) }
        return ServedPrompt(prompt: prompt, fingerprint: fingerprint)
    }
}
