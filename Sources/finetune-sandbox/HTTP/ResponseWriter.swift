import NIOCore
import NIOHTTP1

/// Puts a response on the wire in the manner asked for.
struct ResponseWriter {
    /// Bytes of a body that are written at once.
    private static let pieceSize = 65_536
    /// Pieces a second of a body that drips.
    private static let dripsPerSecond = 10

    let outbound: NIOAsyncChannelOutboundWriter<HTTPServerResponsePart>
    let keepsAlive: Bool

    func write(_ response: Response, _ delivery: Delivery) async throws {
        try await outbound.write(.head(head(of: response)))
        switch delivery {
        case .whole:
            try await write(response.payload[...], pieceSize: Self.pieceSize)
            try await outbound.write(.end(nil))
        case .truncated:
            try await write(response.payload.prefix(response.payload.count / 2), pieceSize: Self.pieceSize)
        case .slow(let bytesPerSecond):
            try await drip(response.payload, bytesPerSecond: bytesPerSecond)
            try await outbound.write(.end(nil))
        }
    }

    private func head(of response: Response) -> HTTPResponseHead {
        var headers = response.headers
        // A stream of events has no length beforehand: it goes out in chunks.
        if case .bytes(let bytes) = response.body { headers.add(name: "content-length", value: String(bytes.count)) }
        if !keepsAlive { headers.add(name: "connection", value: "close") }
        return HTTPResponseHead(version: .http1_1, status: response.status, headers: headers)
    }

    private func write(_ bytes: ArraySlice<UInt8>, pieceSize: Int) async throws {
        var rest = bytes
        while !rest.isEmpty {
            try await outbound.write(.body(.byteBuffer(ByteBuffer(bytes: rest.prefix(pieceSize)))))
            rest = rest.dropFirst(pieceSize)
        }
    }

    private func drip(_ bytes: [UInt8], bytesPerSecond: Int) async throws {
        let pieceSize = max(1, bytesPerSecond / Self.dripsPerSecond)
        var rest = bytes[...]
        while !rest.isEmpty {
            try await write(rest.prefix(pieceSize), pieceSize: pieceSize)
            rest = rest.dropFirst(pieceSize)
            try await Task.sleep(for: .seconds(Double(pieceSize) / Double(bytesPerSecond)))
        }
    }
}
