import FinetuneAPI
import LineTransport

/// The requests that keep threads busy for long, in turns: of one connection few are worked on at a time, however many
/// it sends, and the others stand behind those of other connections. So a plan waits for about one plan of each other
/// client at most, and memory for a few.
///
/// The threads themselves go from one piece of work to the next, a hundred records or a batch of rows. What is small is
/// thus done long before what is large, though that began before.
struct HeavyWork: Sendable {
    /// Enough that work of some clients, whatever its size, hardly keeps that of another from being begun.
    private static let limits = TurnLimits(places: 16, share: 2)

    /// Whatever goes over golden records or a whole database.
    private let datasets = Turns<UInt64>(limits: limits)
    /// Golden records by the thousand. Of one connection three are worked on, so that one can be decoded and one written
    /// while one is checked.
    private let imports = Turns<UInt64>(limits: TurnLimits(places: 16, share: 3))
    /// SQL that is run for its first rows.
    private let queries = Turns<UInt64>(limits: limits)
    /// SQL that is run for all rows. Apart, since it lasts as long as its client reads.
    private let exports = Turns<UInt64>(limits: limits)
    /// Prompts for which tables have to be searched for. Apart, since each is a matter of milliseconds.
    private let prompts = Turns<UInt64>(limits: limits)
    /// Long lists, which are read and written as JSON at one go.
    private let lists = Turns<UInt64>(limits: limits)

    /// The endpoint, whose requests take turns if they are heavy. Those that are answered at once are not.
    func inTurn(_ endpoint: Endpoint) -> Endpoint {
        guard let (turns, isHeavy) = rule(at: endpoint.signature) else { return endpoint }
        var taking = endpoint
        taking.answer = { request, stream in
            guard isHeavy(request) else { return try await endpoint.answer(request, stream) }
            return try await turns.inTurn(of: stream.connection.id) { try await endpoint.answer(request, stream) }
        }
        return taking
    }

    private typealias Rule = (turns: Turns<UInt64>, isHeavy: @Sendable (IncomingRequest) -> Bool)

    private func rule(at route: RouteSignature) -> Rule? {
        switch route {
        case Routes.planFinetuning.signature, Routes.createFinetuning.signature, Routes.planEvaluation.signature,
            Routes.createEvaluation.signature, Routes.createConnection.signature, Routes.changeConnection.signature,
            Routes.syncSchemas.signature, Routes.refreshTables.signature:
            (datasets, { _ in true })
        case Routes.importRecords.signature: (imports, { _ in true })
        case Routes.createRecords.signature: (imports, { $0.addsMany })
        case Routes.executeGeneration.signature: (queries, { _ in true })
        case Routes.evaluationAnswers.signature: (queries, { $0.query["results"] != nil || $0.isForLongList })
        case Routes.generationCSV.signature: (exports, { _ in true })
        case Routes.renderPrompt.signature: (prompts, { _ in true })
        default: route.method == .get ? (lists, { $0.isForLongList }) : nil
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
