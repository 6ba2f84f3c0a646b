import FinetuneAPI
import Foundation
import Identifiers
import Testing

@Suite("Over the bare socket", .timeLimit(.minutes(10)))
struct RawProtocolTests {
    private static let heartbeat = #"{"id":"after","method":"GET","path":"/api/v1/heartbeat"}"# + "\n"

    /// A line that is no request.
    struct BadLine: CustomTestStringConvertible {
        let testDescription: String
        let bytes: [UInt8]
        var status = 400
        var code: ErrorCode = .malformedRequest
    }

    static let badLines = [
        BadLine(testDescription: "no JSON", bytes: Array("GET / HTTP/1.1".utf8)),
        BadLine(testDescription: "half an object", bytes: Array(#"{"id":1,"#.utf8)),
        BadLine(testDescription: "two objects", bytes: Array("{} {}".utf8)),
        BadLine(testDescription: "no object", bytes: Array("[1]".utf8)),
        BadLine(testDescription: "no UTF-8", bytes: [0x22, 0xC3, 0x28, 0x22]),
        BadLine(testDescription: "a zero byte", bytes: [0]),
        BadLine(
            testDescription: "too deep", bytes: Array(repeating: UInt8(ascii: "["), count: 100_000)),
        BadLine(
            testDescription: "too long", bytes: Array(repeating: UInt8(ascii: "x"), count: 2 << 20), status: 413,
            code: .lineTooLong),
    ]

    @Test("a line that is no request is answered with an error, and the connection goes on")
    func badLinesAreAnswered() async throws {
        try await withTestHost { host in
            let daemon = try await host.startDaemon(DaemonOptions())
            let connection = try await RawConnection.connect(daemon.socket)
            for line in Self.badLines {
                try await connection.send(line.bytes + Array("\n\(Self.heartbeat)".utf8))
                let refusal = try #require(try await connection.reply(), "\(line.testDescription)")
                #expect(refusal.id == .none, "\(line.testDescription)")
                #expect(refusal.status == line.status, "\(line.testDescription)")
                #expect(refusal.body["error_code"]?.string == line.code.rawValue, "\(line.testDescription)")
                #expect(refusal.body["description"]?.string?.isEmpty == false)
                let next = try #require(try await connection.reply(), "\(line.testDescription)")
                #expect(next.id == .string("after") && next.status == 200, "\(line.testDescription)")
            }
        }
    }

    @Test("a client that says it will send no more still gets every reply")
    func halfClosed() async throws {
        try await withTestHost { host in
            let daemon = try await host.startDaemon(DaemonOptions())
            let connection = try await RawConnection.connect(daemon.socket)
            for id in 1...50 {
                try await connection.send(Request(id: .integer(id), method: .get, path: "/api/v1/golden-records").line)
            }
            // The last request may lack its line end.
            try await connection.send(Self.heartbeat.dropLast().description)
            try await connection.endOutput()
            let replies = try await connection.remainingReplies()
            #expect(Set(replies.map(\.id)) == Set((1...50).map { .integer($0) } + [.string("after")]))
            #expect(replies.allSatisfy { $0.status == 200 })
        }
    }

    @Test("a thousand requests sent before the first reply is read are all answered, each once")
    func pipelined() async throws {
        try await withTestHost { host in
            let daemon = try await host.startDaemon(DaemonOptions())
            let connection = try await RawConnection.connect(daemon.socket)
            let paths = ["/api/v1/heartbeat", "/api/v1/status", "/api/v1/golden-records", "/api/v1/nowhere"]
            let requests = (1...1_000).map { Request(id: .integer($0), method: .get, path: paths[$0 % paths.count]) }
            try await connection.send(requests.flatMap(\.line))
            let replies = try await connection.replies(1_000)
            #expect(replies.count == 1_000)
            #expect(Set(replies.map(\.id)) == Set(requests.map(\.id)))
            #expect(replies.count { $0.status == 404 } == 250)
            #expect(replies.count { $0.status == 200 } == 750)
        }
    }

    @Test("a client that reads nothing disturbs no other")
    func clientThatDoesNotRead() async throws {
        try await withTestHost { host in
            let daemon = try await host.startDaemon(DaemonOptions())
            _ = try await daemon.client().registerSample(on: host, records: 100)
            let deaf = try await RawConnection.connect(daemon.socket)
            try await deaf.stopReading()
            let request = Request(id: .integer(1), method: .get, path: "/api/v1/golden-records?limit=100")
            try await deaf.send(Array(repeating: request.line, count: 150).flatMap(\.self))
            for _ in 1...20 { #expect(try await daemon.send(.get, "/golden-records").status == 200) }
            try await deaf.close()
            #expect(try await daemon.status.storage.state == .healthy)
        }
    }

    @Test("what nobody knows is refused with the nearest name, and nothing happens")
    func unknownKeys() async throws {
        try await withTestHost { host in
            let daemon = try await host.startDaemon(DaemonOptions())
            let connection = try await daemon.client().registerSample(on: host)
            let order: JSONValue = ["db_connection_id": .string(connection.description), "golden_record": []]
            let refusal = try await daemon.send(.post, "/finetunings", body: order)
            #expect(refusal.status == 400)
            #expect(refusal.body["error_code"] == "unknown_field")
            #expect(refusal.body["detail"]?["nearest"] == "golden_records")
            #expect(try await daemon.send(.get, "/finetunings").body == [])

            let raw = try await RawConnection.connect(daemon.socket)
            try await raw.send(#"{"id":7,"methd":"GET","path":"/api/v1/heartbeat"}"# + "\n")
            try await raw.send(#"{"id":8,"id":9,"method":"GET","path":"/api/v1/heartbeat"}"# + "\n")
            let replies = try await raw.replies(2)
            #expect(replies.map(\.status) == [400, 400])
            #expect(replies.first?.body["detail"]?["nearest"] == "method")
        }
    }
}
