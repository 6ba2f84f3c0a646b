import FinetuneAPI
import LineTransport

/// The requests that keep threads busy for long, in turns: of one connection, or of one user, few are worked on at a
/// time, however many it sends, and the others stand behind those of other ones. So a plan waits for about one plan of
/// each other client at most, and memory for a few.
///
/// The threads themselves go from one piece of work to the next, a hundred records or a batch of rows. What is small is
/// thus done long before what is large, though that began before.
struct HeavyWork: Sendable {
    /// Who takes turns with the others of its kind.
    private enum Party: Hashable {
        case connection(UInt64)
        case user(UInt32)
    }

    /// Enough that work of some clients, whatever its size, hardly keeps that of another from being begun.
    private static let limits = TurnLimits(places: 16, share: 2)

    /// Whatever goes over golden records, be it to check them against other tables, or over a whole database.
    private let datasets = Turns<Party>(limits: limits)
    /// Golden records by the thousand. Of one connection three are worked on, so that one can be decoded and one written
    /// while one is checked.
    private let imports = Turns<Party>(limits: TurnLimits(places: 16, share: 3))
    /// SQL that is run for its first rows.
    private let queries = Turns<Party>(limits: limits)
    /// SQL that is run for all rows. Apart, since it lasts as long as its client reads; and in turns among users, since
    /// one who reads slowly over many connections would have all places.
    private let exports = Turns<Party>(limits: TurnLimits(places: 16, share: 8))
    /// Prompts for which tables have to be searched for. Apart, since each is a matter of milliseconds.
    private let prompts = Turns<Party>(limits: limits)
    /// Long lists, which are read and written as JSON at one go.
    private let lists = Turns<Party>(limits: limits)

    /// The endpoint, whose requests take turns if they are heavy. Those that are answered at once are not.
    func inTurn(_ endpoint: Endpoint) -> Endpoint {
        guard let rule = rule(at: endpoint.signature) else { return endpoint }
        var taking = endpoint
        taking.answer = { request, stream in
            guard rule.isHeavy(request) else { return try await endpoint.answer(request, stream) }
            let party = rule.isAmongUsers ? Party.user(request.caller.peer.userID) : .connection(stream.connection.id)
            return try await rule.turns.inTurn(of: party) { try await endpoint.answer(request, stream) }
        }
        return taking
    }

    private struct Rule: Sendable {
        let turns: Turns<Party>
        var isAmongUsers = false
        var isHeavy: @Sendable (IncomingRequest) -> Bool = { _ in true }
    }

    private func rule(at route: RouteSignature) -> Rule? {
        switch route {
        case Routes.planFinetuning.signature, Routes.createFinetuning.signature, Routes.planEvaluation.signature,
            Routes.createEvaluation.signature, Routes.createConnection.signature, Routes.changeConnection.signature,
            Routes.syncSchemas.signature, Routes.refreshTables.signature, Routes.createTable.signature,
            Routes.deleteTable.signature:
            Rule(turns: datasets)
        case Routes.changeTable.signature: Rule(turns: datasets) { $0.body?["table_schema"] != nil }
        case Routes.importRecords.signature: Rule(turns: imports)
        case Routes.createRecords.signature: Rule(turns: imports) { $0.addsMany }
        case Routes.executeGeneration.signature: Rule(turns: queries)
        case Routes.evaluationAnswers.signature:
            Rule(turns: queries) { $0.query["results"] != nil || $0.isForLongList }
        case Routes.generationCSV.signature: Rule(turns: exports, isAmongUsers: true)
        case Routes.renderPrompt.signature: Rule(turns: prompts)
        default: route.method == .get ? Rule(turns: lists) { $0.isForLongList } : nil
        }
    }
}

extension IncomingRequest {
    /// Whether it adds more than takes no time.
    fileprivate var addsMany: Bool { (ids?.count ?? 0) > Endpoint.littleToAdd }

    private static let longList = 100

    /// Whether it asks for more than a page of usual length.
    fileprivate var isForLongList: Bool { (query["limit"]?.string.flatMap { Int($0) } ?? 0) > Self.longList }
}
