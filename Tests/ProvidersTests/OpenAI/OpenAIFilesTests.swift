import FoundationEssentials
import Jobs
import NIOCore
import Providers
import Testing

@Suite("Files at OpenAI")
struct OpenAIFilesTests {
    private let one = ProviderFileID(rawValue: "file-1")

    @Test("an upload sends the file for fine-tuning under its name, and returns what was made of it")
    func upload() async throws {
        let content = Data("{}\n".utf8)
        try await withTemporaryFile(content) { path in
            try await withProvider { _ in
                ContractReplies.json(ContractReplies.file("file-1", bytes: 3))
            } _: {
                server, provider in
                let dataset = Dataset(path: path, byteCount: 3, exampleCount: 1, sha256: "00")
                let file = try await provider.upload(dataset, named: "finetuned-1.jsonl", as: .daemon)
                #expect(file == ProviderFile(id: one, name: "training.jsonl", byteCount: 3, readiness: .ready))
                let received = try #require(server.received.first)
                #expect(received.method == "POST")
                #expect(received.uri == "/v1/files")
                #expect(received.header("authorization") == "Bearer sk-test-0123456789")
                let form = try #require(MultipartForm(received))
                #expect(form.parts.map(\.name) == ["purpose", "file"])
                #expect(form.parts.map(\.content) == [Array("fine-tune".utf8), Array(content)])
                #expect(form.parts[1].filename == "finetuned-1.jsonl")
            }
        }
    }

    @Test(
        "a file's status tells whether a job may be made from it",
        arguments: [
            ("processed", ProviderFile.Readiness.ready), ("uploaded", .ready), ("pending", .pending),
            ("error", .unusable(reason: "line 3 is no JSON")),
        ])
    func readiness(status: String, readiness: ProviderFile.Readiness) async throws {
        try await withProvider { _ in
            ContractReplies.json(ContractReplies.file("file-1", status: status))
        } _: {
            server, provider in
            let file = try await provider.file(one, as: .daemon)
            #expect(file.readiness == readiness)
            #expect(server.received.map(\.uri) == ["/v1/files/file-1"])
        }
    }

    @Test("a search goes through all pages and keeps name, size and purpose, oldest first")
    func search() async throws {
        try await withProvider { request in
            guard request.query.contains("after=file-3") else {
                return ContractReplies.page(
                    [
                        ContractReplies.file("file-1", createdAt: 30), ContractReplies.file("file-2", bytes: 121),
                        ContractReplies.file("file-3", name: "other.jsonl"),
                    ], hasMore: true)
            }
            return ContractReplies.page([
                ContractReplies.file("file-4", createdAt: 20), ContractReplies.file("file-5", purpose: "batch"),
            ])
        } _: { server, provider in
            let files = try await provider.files(named: "training.jsonl", byteCount: 120, as: .daemon)
            #expect(files.map(\.id.rawValue) == ["file-4", "file-1"])
            #expect(server.received.map(\.path) == ["/v1/files", "/v1/files"])
            #expect(server.received[0].query == ["purpose=fine-tune", "limit=10000", "order=asc"])
        }
    }

    @Test("a service that ignores the cursor is not asked for ever")
    func ignoredCursor() async throws {
        try await withProvider { _ in
            ContractReplies.page([ContractReplies.file("file-1")], hasMore: true)
        } _: { server, provider in
            _ = try await provider.files(named: "training.jsonl", byteCount: 120, as: .daemon)
            #expect(server.received.count == 2)
        }
    }

    @Test("a file that is gone already counts as deleted; another refusal does not")
    func deletion() async throws {
        try await withProvider { request in
            switch request.path {
            case "/v1/files/file-1":
                ContractReplies.json(#"{"id":"file-1","object":"file","deleted":true}"#)
            case "/v1/files/file-2": ContractReplies.error(404, "No such File object")
            case _: ContractReplies.error(403, "not yours")
            }
        } _: { server, provider in
            try await provider.deleteFile(one, as: .daemon)
            try await provider.deleteFile(ProviderFileID(rawValue: "file-2"), as: .daemon)
            let refusal = await failure { () async throws(ProviderError) in
                try await provider.deleteFile(ProviderFileID(rawValue: "file-3"), as: .daemon)
            }
            #expect(refusal?.complaint.message == "not yours")
            #expect(server.received.map(\.method) == ["DELETE", "DELETE", "DELETE"])
        }
    }
}
