import Identifiers
import Jobs
import LineTransport
import Testing

@testable import DaemonCore
@testable import FinetuneAPI

extension TestDaemon {
    /// Orders a finetuning of everything that a connection has.
    func order(
        _ connection: ObjectID, alias: String? = nil, from provider: ProviderName = .openAI
    ) async throws -> Wire.Finetuning {
        try await client.call(
            Routes.createFinetuning,
            body: NewFinetuning(
                databaseConnection: connection, alias: alias, baseLLM: BaseLLM(modelProvider: provider.rawValue)))
    }

    /// From now on the default model's provider takes files up to this size alone.
    func boundFiles(byBytes limit: Int) {
        changeModel { $0.trainingFileBytes = limit }
    }

    /// Brings a catalogue into effect that says something else of the default model.
    func changeModel(_ change: (inout CataloguedModel) -> Void) {
        var model = ModelCatalogue.oneModel.models[0]
        change(&model)
        core.reload(
            Setup().settings(at: workplace), catalogue: ModelCatalogue(date: .epoch, models: [model]))
    }

    func read(_ id: ObjectID) async throws -> Wire.Finetuning {
        try await client.call(Routes.readFinetuning, id)
    }

    func cancel(_ id: ObjectID) async throws -> Wire.Finetuning {
        try await client.call(Routes.cancelFinetuning, id)
    }

    /// The stored events, without waiting for more.
    func events(of id: ObjectID, after sequence: Int? = nil) async throws -> [Wire.FinetuningEvent] {
        try await follow(id, EventsQuery(after: sequence)) { _ in false }
    }

    /// The events up to the first that meets the condition, or to the end.
    @discardableResult
    func follow(
        _ id: ObjectID, _ query: EventsQuery = EventsQuery(follow: true),
        on route: Route<ObjectID, EventsQuery, Nothing, Wire.FinetuningEvent> = Routes.finetuningEvents,
        until condition: (Wire.FinetuningEvent) -> Bool
    ) async throws -> [Wire.FinetuningEvent] {
        let client = try await connect()
        var events: [Wire.FinetuningEvent] = []
        for try await element in try client.stream(route, id, query: query) {
            guard case .response(let event) = element else { break }
            events.append(event)
            if condition(event) { break }
        }
        await client.close()
        return events
    }

    /// Waits for an event of this name.
    @discardableResult
    func wait(for name: String, of id: ObjectID) async throws -> Wire.FinetuningEvent {
        let events = try await follow(id) { $0.event == name }
        return try #require(events.last { $0.event == name })
    }

    /// Waits for the finetuning's end.
    func end(of id: ObjectID) async throws -> Wire.Finetuning {
        try await follow(id) { _ in false }
        return try await read(id)
    }
}
