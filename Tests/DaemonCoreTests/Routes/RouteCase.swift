import Identifiers
import LineTransport
import Testing

@testable import DaemonCore
@testable import FinetuneAPI

/// One route, asked on grounds on which it succeeds.
struct RouteCase: Sendable, CustomTestStringConvertible {
    let route: RouteSignature
    let ask: @Sendable (Grounds) async throws -> Void

    var testDescription: String { "\(route.method.rawValue) \(route.path.description)" }

    /// A route that answers with one line.
    static func one<Parameter, Query, Body, Response: Equatable>(
        _ route: Route<Parameter, Query, Body, Response>,
        _ parts: @escaping @Sendable (Grounds) async throws -> (Parameter, Query, Body)
    ) -> RouteCase {
        RouteCase(route: route.signature) { grounds in
            let (parameter, query, body) = try await parts(grounds)
            let request = try route.request(parameter, query: query, body: body)
            let reply = try await grounds.daemon.client.send(request.method, request.path, body: request.body)
            #expect(route.signature.replies == .one(status: reply.status))
            try reply.body.expectToBe(Response.self)
        }
    }

    /// A route that may answer with many lines, and answers here with the last alone.
    static func last<Parameter, Query, Body, Line, Last: Codable & SendableMetatype>(
        _ route: Route<Parameter, Query, Body, Line>, _ last: Last.Type,
        _ parts: @escaping @Sendable (Grounds) async throws -> (Parameter, Query, Body)
    ) -> RouteCase {
        RouteCase(route: route.signature) { grounds in
            let (parameter, query, body) = try await parts(grounds)
            let request = try route.request(parameter, query: query, body: body)
            let reply = try await grounds.daemon.client.send(request.method, request.path, body: request.body)
            #expect(route.signature.replies == .many(status: reply.status))
            try reply.body.expectToBe(Last.self)
        }
    }

    /// A route that answers with lines of `Element`, then one of `End`.
    static func many<Parameter, Query, Element: Codable & Equatable, End: Codable & Equatable & SendableMetatype>(
        _ route: Route<Parameter, Query, Nothing, Element>, ending: End.Type,
        _ parts: @escaping @Sendable (Grounds) async throws -> (Parameter, Query, Nothing)
    ) -> RouteCase {
        RouteCase(route: route.signature) { grounds in
            #expect(route.signature.replies == .many(status: 200))
            let (parameter, query, body) = try await parts(grounds)
            let request = try route.request(parameter, query: query, body: body)
            var replies: [Reply] = []
            for try await reply in grounds.daemon.client.stream(request.method, request.path) { replies.append(reply) }
            #expect(replies.count > 1)
            for reply in replies.dropLast() {
                #expect(reply.status == 206)
                try reply.body.expectToBe(Element.self)
            }
            #expect(replies.last?.status == 200)
            try replies.last?.body.expectToBe(End.self)
        }
    }
}

extension JSONValue {
    /// Checks that this is what the type writes: every key it has, in its order, and no other.
    fileprivate func expectToBe<Value: Codable>(_ type: Value.Type) throws {
        let value = try WireDecoder().decode(type, from: self)
        #expect(try String(decoding: WireEncoder().encode(value), as: UTF8.self) == text)
    }
}

/// A daemon that has something for every route to work on.
struct Grounds: Sendable {
    let daemon: TestDaemon
    let library: Library
    /// A connection that nothing refers to.
    let spare: ObjectID
    /// A finetuning that is over.
    let succeeded: ObjectID
    /// One whose provider is down for longer than the test takes.
    let waiting: ObjectID

    static func prepare(_ daemon: TestDaemon) async throws -> Grounds {
        let library = try await daemon.prepareLibrary()
        let spare = try await daemon.register("spare")
        let succeeded = try await daemon.order(library.connection.id, alias: "first")
        _ = try await daemon.end(of: succeeded.id)
        await daemon.provider.script(.upload, .fail(.downForHours))
        let waiting = try await daemon.order(library.connection.id, alias: "second")
        try await daemon.wait(for: "waiting", of: waiting.id)
        return Grounds(
            daemon: daemon, library: library, spare: spare.id, succeeded: succeeded.id, waiting: waiting.id)
    }
}
