import Identifiers
import Jobs
import Store
import Testing

@Suite("Finetunings")
struct FinetuningTests {
    @Test("a job reads back at every stage", arguments: FinetuningTests.jobs)
    func stages(job: Job) async throws {
        try await withStore { store, _ in
            try await store.addConnection()
            let stored = finetuning(10, of: 1, job: job)
            _ = try await store.create(stored, records: [], happenings: [])
            #expect(try await store.finetuning(id(10)) == stored)
            #expect(try await store.finetuningCounts()[job.status] == 1)
            #expect(
                try await store.unfinishedFinetunings(limit: 9).map(\.id) == (job.status.isTerminal ? [] : [id(10)]))
        }
    }

    static let jobs: [Job] =
        [
            Job(stage: .recorded, cancellation: .requested, failedTries: 3, notBefore: noon),
            Job(stage: .built(.training(dataset)), obstacle: .fault("no route to host")),
            Job(stage: .uploading(.training(dataset)), obstacle: .key("expired")),
            Job(stage: .processing(.training(dataset), file)),
            Job(stage: .ready(files)),
            Job(stage: .submitting(files)),
            Job(stage: .submitting(files), obstacle: .missing("not there", waited: .microseconds(75_000_001))),
            Job(stage: .built(.training(dataset, validation: validation))),
            Job(stage: .uploading(.training(dataset, validation: validation))),
            Job(stage: .processing(.training(dataset, validation: validation), file)),
            Job(stage: .built(.validation(validation, after: SentFile(dataset, file)))),
            Job(stage: .uploading(.validation(validation, after: SentFile(dataset, file)))),
            Job(stage: .processing(.validation(validation, after: SentFile(dataset, file)), validationFile)),
            Job(stage: .ready(bothFiles)),
            Job(stage: .submitted(bothFiles, remoteJob, .running), trainedTokens: 4_200),
            Job(stage: .ended(.cancelled, .init())),
            Job(stage: .ended(.cancelled, .init(dataset: dataset, validation: validation, file: file))),
            Job(stage: .ended(.succeeded(model: "ft:1"), .init(dataset: dataset, file: file, job: remoteJob))),
            Job(stage: .ended(.failed(JobFailure(code: "", message: "bad")), .init(dataset: dataset))),
        ]
        + Job.RemotePhase.allCases.map {
            Job(
                stage: .submitted(files, remoteJob, $0), cancellation: .delivered, unknownStatus: "paused")
        }

    @Test(
        "parameters read back as they were sent",
        arguments: [
            ModelParameters(), ModelParameters(epochs: .auto, batchSize: .auto, learningRateMultiplier: .auto),
            ModelParameters(epochs: .value(1), batchSize: .value(256), learningRateMultiplier: .value(2)),
            ModelParameters(learningRateMultiplier: .value(0.1)),
        ])
    func parameters(parameters: ModelParameters) async throws {
        try await withStore { store, _ in
            try await store.addConnection()
            _ = try await store.create(finetuning(10, of: 1, parameters: parameters), records: [], happenings: [])
            #expect(try await store.finetuning(id(10)).baseModel.parameters == parameters)
        }
    }

    @Test("records keep their order")
    func order() async throws {
        try await withStore { store, _ in
            let records = try await store.addConnection(records: 5).reversed().map { $0 }
            let events = try await store.create(
                finetuning(10, of: 1), records: records, happenings: [.accepted(records: 5)])
            #expect(events.map(\.sequence) == [1])
            #expect(try await store.recordIDs(of: id(10), PageRequest()) == Page(items: records, total: 5))
            let second = try await store.recordIDs(of: id(10), PageRequest(number: 2, limit: 2))
            #expect(second == Page(items: Array(records[2..<4]), total: 5))
        }
    }

    @Test("records that are held out keep their order, and are not deleted while the job goes on")
    func heldOut() async throws {
        try await withStore { store, _ in
            let records = try await store.addConnection(records: 5)
            let order = finetuning(10, of: 1, heldOutShare: 0.4)
            _ = try await store.create(
                order, records: Array(records[..<3]), heldOut: [records[4], records[3]], happenings: [])
            #expect(try await store.finetuning(id(10)).heldOutShare == 0.4)
            #expect(try await store.recordIDs(of: id(10)) == Array(records[..<3]))
            #expect(try await store.heldOutRecordIDs(of: id(10)) == [records[4], records[3]])
            #expect(
                try await store.recordIDs(ofEach: [id(11), id(10)]) == [
                    FinetuningRecordIDs(trained: [], heldOut: []),
                    FinetuningRecordIDs(trained: Array(records[..<3]), heldOut: [records[4], records[3]]),
                ])
            let second = try await store.heldOutRecordIDs(of: id(10), PageRequest(number: 2, limit: 1))
            #expect(second == Page(items: [records[3]], total: 2))
            await #expect(throws: StoreError.recordInUse(records[3], by: id(10))) {
                try await store.deleteRecord(records[3])
            }
            try await store.apply(.cancelRequested, to: id(10))
            try await store.deleteRecord(records[3])
            try await store.deleteFinetuning(id(10))
            #expect(try await store.heldOutRecordIDs(of: id(10)).isEmpty)
        }
    }

    @Test("an order that cannot be met leaves nothing behind")
    func refusals() async throws {
        try await withStore { store, _ in
            let records = try await store.addConnection(1, records: 2)
            let foreign = try await store.addConnection(2, records: 1)
            let order = finetuning(10, of: 1)
            await #expect(throws: StoreError.foreignConnection(record: foreign[0])) {
                try await store.create(order, records: records + foreign, happenings: [.accepted(records: 3)])
            }
            await #expect(throws: StoreError.notFound(.goldenRecord, id(999))) {
                try await store.create(order, records: records + [id(999)], happenings: [])
            }
            await #expect(throws: StoreError.notFound(.databaseConnection, id(3))) {
                try await store.create(finetuning(10, of: 3), records: [], happenings: [])
            }
            #expect(try await store.finetunings(PageRequest()).total == 0)

            _ = try await store.create(order, records: records, happenings: [])
            let namesake = Finetuning(
                id: id(11), alias: order.alias, connectionID: id(1), baseModel: order.baseModel, schemas: [],
                lineage: lineage, metadata: nil, createdAt: noon, updatedAt: noon)
            await #expect(throws: StoreError.aliasInUse(.finetuning, order.alias)) {
                try await store.create(namesake, records: [], happenings: [])
            }
        }
    }

    @Test("lists are filtered by connection and status")
    func lists() async throws {
        try await withStore { store, _ in
            for connection in 1...2 {
                try await store.addConnection(connection)
                for number in 0..<3 {
                    _ = try await store.create(
                        finetuning(connection * 10 + number, of: connection), records: [], happenings: [])
                }
            }
            try await store.apply(.cancelRequested, to: id(11))
            let page = PageRequest()
            #expect(try await store.finetunings(of: id(1), page).items.map(\.id) == [id(10), id(11), id(12)])
            #expect(try await store.finetunings(of: id(1), status: .queued, page).items.map(\.id) == [id(10), id(12)])
            #expect(try await store.finetunings(status: .cancelled, page).items.map(\.id) == [id(11)])
            #expect(try await store.finetunings(of: id(2), status: .failed, page).total == 0)
            #expect(try await store.unfinishedFinetunings(limit: 9).count == 5)
            #expect(try await store.finetuningCounts()[.queued] == 5)
            #expect(try await store.finetuningCounts()[.running] == 0)
        }
    }

    @Test("one under way is not deleted; one that ended goes with its history")
    func deletion() async throws {
        try await withStore { store, _ in
            try await store.addConnection()
            _ = try await store.create(finetuning(10, of: 1), records: [], happenings: [.accepted(records: 0)])
            await #expect(throws: StoreError.inProgress(id(10))) { try await store.deleteFinetuning(id(10)) }
            try await store.apply(.cancelRequested, to: id(10))
            try await store.deleteFinetuning(id(10))
            let missing = StoreError.notFound(.finetuning, id(10))
            await #expect(throws: missing) { try await store.events(of: id(10), after: 0, limit: 10) }
            await #expect(throws: missing) { try await store.checkpoints(of: id(10)) }
            await #expect(throws: missing) { try await store.recordIDs(of: id(10), PageRequest()) }
            await #expect(throws: missing) { try await store.apply(.cancelRequested, to: id(10)) }
        }
    }

    @Test("notes change, and nothing else")
    func metadata() async throws {
        try await withStore { store, _ in
            try await store.addConnection()
            var expected = finetuning(10, of: 1)
            _ = try await store.create(expected, records: [], happenings: [])
            expected.metadata = #"{"team": "ä"}"#
            expected.updatedAt = noon.advanced(by: .seconds(1))
            let changed = try await store.setMetadata(
                expected.metadata, of: id(10), at: noon.advanced(by: .seconds(1)))
            #expect(changed == expected)
            #expect(try await store.finetuning(id(10)) == expected)
            await #expect(throws: StoreError.notFound(.finetuning, id(11))) {
                try await store.setMetadata(nil, of: id(11), at: noon)
            }
        }
    }
}
