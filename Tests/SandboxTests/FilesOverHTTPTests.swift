import NIOHTTP1
import Testing

@testable import finetune_sandbox

@Suite(.timeLimit(.minutes(10))) struct FilesOverHTTPTests {
    @Test func aFileCanBeReadBackUntilItIsDeleted() async throws {
        try await withSandbox { client in
            let lines = trainingLines(10)
            let file = try await client.upload(lines, filename: "train.jsonl").json()
            let id = try file.string("id")
            #expect(id.hasPrefix("file-"))
            #expect(file["bytes"] == .integer(lines.utf8.count))
            #expect(file["filename"] == .string("train.jsonl"))
            #expect(file["status"] == .string("processed"))
            #expect(try await client.json(.GET, "/v1/files/\(id)") == file)
            #expect(try await client.send(.GET, "/v1/files/\(id)/content").text == lines)
            #expect(try await client.json(.DELETE, "/v1/files/\(id)")["deleted"] == .boolean(true))
            #expect(try await client.send(.GET, "/v1/files/\(id)").status == 404)
        }
    }

    @Test func filesAreListedInPages() async throws {
        try await withSandbox { client in
            var ids: [String] = []
            for _ in 0..<3 { ids.append(try await client.uploadedFile("x")) }
            _ = try await client.upload("x", purpose: "batch")
            let page = try await client.json(.GET, "/v1/files?purpose=fine-tune&limit=2")
            #expect(try page.data.map { try $0.string("id") } == [ids[2], ids[1]])
            #expect(page["has_more"] == .boolean(true))
            #expect(page["last_id"] == .string(ids[1]))
            let rest = try await client.json(.GET, "/v1/files?purpose=fine-tune&limit=2&after=\(ids[1])")
            #expect(try rest.data.map { try $0.string("id") } == [ids[0]])
            #expect(rest["has_more"] == .boolean(false))
            let ascending = try await client.json(.GET, "/v1/files?purpose=fine-tune&order=asc")
            #expect(try ascending.data.map { try $0.string("id") } == ids)
        }
    }

    @Test(
        "a wrong upload is refused and leaves nothing",
        arguments: [("x", "frobnicate", "purpose"), ("", "fine-tune", "file"), ("x", "fine-tune-results", "purpose")])
    func wrongUpload(content: String, purpose: String, param: String) async throws {
        try await withSandbox { client in
            let answer = try await client.upload(content, purpose: purpose)
            #expect(answer.status == 400)
            #expect(try answer.json()["error"]?["param"] == .string(param))
            #expect(try await client.json(.GET, "/v1/files").data.isEmpty)
        }
    }

    @Test func aBodyThatIsNoFormIsRefused() async throws {
        try await withSandbox { client in
            let plain = try await client.send(.POST, "/v1/files", body: Array("{}".utf8))
            #expect(plain.status == 400)
            let cut = try await client.send(
                .POST, "/v1/files", body: Array("--b\r\n".utf8),
                headers: ["content-type": "multipart/form-data; boundary=b"])
            #expect(cut.status == 400)
        }
    }
}
