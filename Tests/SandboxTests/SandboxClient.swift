import FoundationEssentials
import NIOCore
import NIOHTTP1
import NIOPosix
import Testing

@testable import finetune_sandbox

/// Speaks HTTP to a sandbox over a real socket, a connection a request.
struct SandboxClient: Sendable {
    struct Answer: Sendable {
        var status: Int
        var headers: HTTPHeaders
        var body: [UInt8]

        var text: String { String(decoding: body, as: UTF8.self) }

        func json() throws -> JSONValue {
            try JSONDecoder().decode(JSONValue.self, from: Data(body))
        }
    }

    /// The connection ended before the answer did.
    struct ConnectionLost: Error {
        var received: [UInt8]
    }

    static let key = "sk-test-key"

    let port: Int
    var key: String? = SandboxClient.key

    func send(
        _ method: HTTPMethod, _ path: String, body: [UInt8] = [], headers: HTTPHeaders = [:]
    ) async throws -> Answer {
        let channel = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHTTPClientHandlers()
                    return try NIOAsyncChannel<HTTPClientResponsePart, HTTPClientRequestPart>(
                        wrappingChannelSynchronously: channel)
                }
            }
        var head = HTTPRequestHead(version: .http1_1, method: method, uri: path, headers: headers)
        head.headers.add(name: "host", value: "127.0.0.1")
        head.headers.add(name: "connection", value: "close")
        head.headers.add(name: "content-length", value: String(body.count))
        if let key { head.headers.add(name: "authorization", value: "Bearer \(key)") }
        let request = head
        return try await channel.executeThenClose { inbound, outbound in
            // At once: a server that has read a request without a body may answer and close before a later write.
            let parts: [HTTPClientRequestPart] = [
                .head(request), .body(.byteBuffer(ByteBuffer(bytes: body))), .end(nil),
            ]
            try await outbound.write(contentsOf: parts)
            return try await Self.read(inbound)
        }
    }

    private static func read(_ parts: NIOAsyncChannelInboundStream<HTTPClientResponsePart>) async throws -> Answer {
        var answer = Answer(status: 0, headers: [:], body: [])
        do {
            for try await part in parts {
                switch part {
                case .head(let head):
                    answer.status = Int(head.status.code)
                    answer.headers = head.headers
                case .body(let piece): answer.body += piece.readableBytesView
                case .end: return answer
                }
            }
        } catch {
            throw ConnectionLost(received: answer.body)
        }
        throw ConnectionLost(received: answer.body)
    }
}

extension SandboxClient {
    /// The JSON of a successful answer.
    @discardableResult
    func json(_ method: HTTPMethod, _ path: String, _ body: String = "") async throws -> JSONValue {
        let answer = try await send(method, path, body: Array(body.utf8))
        try #require((200..<300).contains(answer.status), "\(method) \(path): \(answer.status) \(answer.text)")
        return try answer.json()
    }

    func upload(_ content: String, purpose: String = "fine-tune", filename: String = "train.jsonl") async throws
        -> Answer
    {
        let form = """
            --limit\r\ncontent-disposition: form-data; name="purpose"\r\n\r\n\(purpose)\r\n\
            --limit\r\ncontent-disposition: form-data; name="file"; filename="\(filename)"\r\n\r\n\(content)\r\n--limit--\r\n
            """
        return try await send(
            .POST, "/v1/files", body: Array(form.utf8), headers: ["content-type": "multipart/form-data; boundary=limit"]
        )
    }

    func uploadedFile(_ content: String) async throws -> String {
        try await upload(content).json().string("id")
    }

    /// Asks until a job has a status.
    func job(_ id: String, whenItIs status: String) async throws -> JSONValue {
        while true {
            let job = try await json(.GET, "/v1/fine_tuning/jobs/\(id)")
            if job["status"] == .string(status) { return job }
        }
    }

    /// The id of a job over twelve examples that has succeeded, and its model.
    func finishedJob() async throws -> (id: String, model: String) {
        let file = try await uploadedFile(trainingLines(12))
        let job = try await json(
            .POST, "/v1/fine_tuning/jobs", #"{"model":"gpt-4o-mini","training_file":"\#(file)"}"#)
        let finished = try await self.job(job.string("id"), whenItIs: "succeeded")
        return (try job.string("id"), try finished.string("fine_tuned_model"))
    }
}

/// Runs a sandbox on a free port for as long as the body runs.
func withSandbox<Result: Sendable>(
    speed: Double = 1_000_000, _ body: @Sendable (SandboxClient) async throws -> Result
) async throws -> Result {
    let sandbox = Sandbox(apiKey: SandboxClient.key, speed: speed)
    let server = try await SandboxServer(port: 0, sandbox: sandbox)
    return try await withThrowingTaskGroup { group in
        group.addTask { try await server.run() }
        defer { group.cancelAll() }
        return try await body(SandboxClient(port: server.port))
    }
}

/// So many different examples, a line each.
func trainingLines(_ count: Int) -> String {
    let words = ["album", "artist", "track", "customer", "invoice", "genre", "employee", "playlist", "city", "road"]
    return (0..<count).map { index in
        let word = words[index % words.count]
        let question = index < words.count ? "How many \(word) rows?" : "List each \(word) of group \(index)."
        let answer =
            index < words.count ? "SELECT COUNT(*) FROM \(word)" : "SELECT name FROM \(word) WHERE g = \(index)"
        return #"{"messages":[{"role":"user","content":"\#(question)"},{"role":"assistant","content":"\#(answer)"}]}"#
            + "\n"
    }.joined()
}

extension JSONValue {
    subscript(key: String) -> JSONValue? {
        if case .object(let fields) = self { fields[key] } else { nil }
    }

    func string(_ key: String) throws -> String {
        guard case .string(let text)? = self[key] else { throw Missing(key: key) }
        return text
    }

    func integer(_ key: String) throws -> Int {
        guard case .integer(let number)? = self[key] else { throw Missing(key: key) }
        return number
    }

    /// The elements of a list object's `data`.
    var data: [JSONValue] {
        if case .array(let elements)? = self["data"] { elements } else { [] }
    }

    struct Missing: Error {
        var key: String
    }
}

func requestObject(_ text: String) throws -> RequestObject {
    try RequestObject(body: Array(text.utf8))
}
