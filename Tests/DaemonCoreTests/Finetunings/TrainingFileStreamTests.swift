import Identifiers
import LineTransport
import Testing

@testable import DaemonCore
@testable import FinetuneAPI

extension TestDaemon {
    /// The lines of a training or validation file, as they are streamed.
    func trainingFile(of id: ObjectID, _ role: FileQuery.Role? = nil) async throws -> [JSONValue] {
        var lines: [JSONValue] = []
        for try await element in try client.stream(Routes.finetuningFile, id, query: FileQuery(role: role)) {
            if case .response(let line) = element { lines.append(line) }
        }
        return lines
    }
}

@Suite("training files over the socket", .timeLimit(.minutes(5)))
struct TrainingFileStreamTests {
    @Test("the stream of a training file is the file on disk, line by line", arguments: [12, 3_000])
    func theStreamIsTheFile(records: Int) async throws {
        try await withDaemon { daemon in
            let library = try await daemon.prepareLibrary(records: records)
            let ordered = try await daemon.order(library.connection.id)
            let ended = try await daemon.end(of: ordered.id)
            let path = daemon.workplace.stateDirectory + "/training-files/\(ordered.id).jsonl"
            let onDisk = try daemon.workplace.text(of: path)
            let streamed = try await daemon.trainingFile(of: ordered.id)
            #expect(streamed.map { $0.text + "\n" }.joined() == onDisk)
            #expect(streamed.count == records)
            #expect(ended.trainingFile?.bytes == onDisk.utf8.count)
        }
    }
}
