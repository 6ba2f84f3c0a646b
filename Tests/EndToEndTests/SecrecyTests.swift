import FinetuneAPI
import Foundation
import LineTransport
import Testing

@Suite("Keys", .timeLimit(.minutes(10)))
struct SecrecyTests {
    private static let daemonKey = "sk-e2e-daemon-0123456789abcdefghijkl"
    private static let ownKey = "sk-e2e-own-ABCDEFGHIJKLMNOPQRSTUVWXYZ"

    @Test("are sent to the provider and appear nowhere else: no log, no reply, no event, no file of the state")
    func appearNowhere() async throws {
        try await withTestHost { host in
            let sandbox = try await host.startSandbox()
            try await sandbox.setKey(Self.daemonKey)
            var options = DaemonOptions(sandbox)
            options.key = Self.daemonKey
            let daemon = try await host.startDaemon(options)
            let client = try await daemon.client()
            let usual = try await client.registerSample(on: host, alias: "usual")
            let own = try await client.registerSample(on: host, alias: "own", key: Self.ownKey)

            // A provider that repeats the key in its refusal, as some do.
            let refusal: JSONValue = [
                "type": "status", "status": 401, "code": "invalid_api_key",
                "message": .string("Incorrect API key provided: \(Self.daemonKey)."),
            ]
            try await sandbox.inject(refusal, into: "POST", "/v1/files")
            let first = try await client.finishedFinetuning(try await client.order(usual, alias: "first").id)
            #expect(first.status == .succeeded)
            let order = try await client.order(own, alias: "second")
            _ = try await client.finetuning(order.id, once: "waits for a key") { $0.obstacle != nil }
            try await sandbox.setKey(Self.ownKey)
            #expect(try await client.finishedFinetuning(order.id).status == .succeeded)

            var texts = try await Self.everythingRead(from: host)
            #expect(texts["connection show own --json"]?.contains("WXYZ") == true, "the end of a key is shown")
            try await daemon.program.end(with: SIGTERM)
            texts["the daemon's log"] = try daemon.program.errorOutput
            texts["the daemon's output"] = try daemon.program.output
            try texts.merge(host.contents(of: "state")) { $1 }
            #expect(texts.keys.contains { $0.hasSuffix("state.sqlite") })
            for key in [Self.daemonKey, Self.ownKey] {
                #expect(texts.filter { $0.value.contains(key) }.keys.sorted() == [])
            }
        }
    }

    /// What `finetunectl` prints of everything that there is.
    private static func everythingRead(from host: TestHost) async throws -> [String: String] {
        let commands = [
            "connection list", "connection list --json", "connection show own", "connection show own --json",
            "finetuning list --json", "finetuning show first", "finetuning show second --json",
            "finetuning events first", "finetuning events first --json", "finetuning events second --json",
            "finetuning file second", "finetuning checkpoints second --json", "status", "status --json",
            "record list --all --json", "table list --all --json", "connection update own --alias own --json",
        ]
        var texts: [String: String] = [:]
        for command in commands {
            let result = try await host.runClient(command.split(separator: " ").map(String.init))
            #expect(result.exitCode == 0, "\(command): \(result.errorOutput)")
            texts[command] = result.output + result.errorOutput
        }
        return texts
    }
}

extension TestHost {
    /// The content of every file in a folder, byte for byte as Latin 1 would have it.
    fileprivate func contents(of folder: String) throws -> [String: String] {
        let names = try FileManager.default.subpathsOfDirectory(atPath: path(folder))
        let files = names.map { path("\(folder)/\($0)") }.filter { file in
            var isDirectory: ObjCBool = false
            return FileManager.default.fileExists(atPath: file, isDirectory: &isDirectory) && !isDirectory.boolValue
        }
        return Dictionary(
            uniqueKeysWithValues: try files.map { ($0, try String(contentsOfFile: $0, encoding: .isoLatin1)) })
    }
}
