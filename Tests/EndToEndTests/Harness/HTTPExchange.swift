import FinetuneAPI
import NIOCore
import NIOHTTP1
import NIOPosix

/// One HTTP request to a port of this host, over a connection of its own, and its answer.
struct HTTPExchange {
    var status = 0
    var body: [UInt8] = []

    /// The body as JSON.
    var json: JSONValue { get throws { try JSONParser.parse(body, depthLimit: 128) } }

    init(_ method: HTTPMethod, _ path: String, body: JSONValue? = nil, key: String? = nil, port: Int) async throws {
        var head = HTTPRequestHead(version: .http1_1, method: method, uri: path)
        let content = body.map(\.bytes) ?? []
        head.headers.add(name: "host", value: "127.0.0.1")
        head.headers.add(name: "connection", value: "close")
        head.headers.add(name: "content-type", value: "application/json")
        head.headers.add(name: "content-length", value: String(content.count))
        if let key { head.headers.add(name: "authorization", value: "Bearer \(key)") }
        let parts: [HTTPClientRequestPart] = [.head(head), .body(.byteBuffer(ByteBuffer(bytes: content))), .end(nil)]
        self = try await Self.connect(port: port).executeThenClose { inbound, outbound in
            try await outbound.write(contentsOf: parts)
            return try await HTTPExchange(inbound)
        }
    }

    private static func connect(
        port: Int
    ) async throws -> NIOAsyncChannel<HTTPClientResponsePart, HTTPClientRequestPart> {
        try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHTTPClientHandlers()
                    return try NIOAsyncChannel(wrappingChannelSynchronously: channel)
                }
            }
    }

    private init(_ parts: NIOAsyncChannelInboundStream<HTTPClientResponsePart>) async throws {
        for try await part in parts {
            switch part {
            case .head(let head): status = Int(head.status.code)
            case .body(let piece): body += piece.readableBytesView
            case .end: return
            }
        }
    }
}
