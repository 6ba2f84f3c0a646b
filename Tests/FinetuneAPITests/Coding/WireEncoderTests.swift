import FinetuneAPI
import Testing

@Suite("The wire encoder")
struct WireEncoderTests {
    private func text(_ value: some Encodable, absent: WireEncoder.Absent = .null) throws -> String {
        String(decoding: try WireEncoder(absent: absent).encode(value), as: UTF8.self)
    }

    @Test("writes a finetuning's keys in the documented order, further keys after them")
    func finetuningKeys() throws {
        let value = try json(text(Sample.finetuning))
        #expect(
            value.object?.members.map(\.name) == [
                "id", "alias", "db_connection_id", "status", "error", "base_llm", "finetuning_file_id",
                "finetuning_job_id", "model_id", "created_at", "golden_records", "metadata",
                "schemas", "updated_at", "step", "obstacle", "cancel_requested", "training_file",
                "validation_fraction", "validation_golden_records", "validation_file_id", "validation_file", "lineage",
                "owner_uid", "cost", "trained_tokens", "spent", "auto_promotion",
            ])
        #expect(
            value["base_llm"]?.object?.members.map(\.name) == ["model_provider", "model_name", "model_parameters"])
    }

    @Test("shows every key of a reply, null where there is no value")
    func nulls() throws {
        let value = try json(text(Sample.bareFinetuning))
        #expect(value.object?.members.count == 28)
        for name in ["error", "finetuning_file_id", "finetuning_job_id", "model_id", "metadata", "training_file"] {
            #expect(value[name] == .null, "\(name)")
        }
        #expect(value["base_llm"]?["model_parameters"] == .null)
    }

    @Test("leaves keys without a value out of requests")
    func omitted() throws {
        #expect(
            try text(NewFinetuning(databaseConnection: Sample.id), absent: .omitted)
                == #"{"db_connection_id":"6579eb39a1b2c3d4e5f60718"}"#)
        #expect(try text(Paging(limit: 5), absent: .omitted) == #"{"limit":5}"#)
    }

    @Test("writes just those model parameters that were sent, as strings")
    func parameters() throws {
        #expect(try text(ModelParameters(epochs: "1")) == #"{"n_epochs":"1"}"#)
        #expect(try text(ModelParameters()) == "{}")
    }

    @Test("writes ids, times, enum values and JSON as they are documented")
    func scalars() throws {
        #expect(try text(Sample.id) == #""6579eb39a1b2c3d4e5f60718""#)
        #expect(try text(Sample.time) == #""2023-12-13T17:35:53.263485""#)
        #expect(try text(FinetuningStatus.validatingFiles) == #""validating_files""#)
        #expect(try text(Sample.notes) == #"{"team":"sales","rank":3,"tags":["a",null]}"#)
        #expect(try text([[1, 2], []] as [[Int]]) == "[[1,2],[]]")
        #expect(try text([1, nil, 3] as [Int?]) == "[1,null,3]")
        #expect(try text(Heartbeat(nanoseconds: 5)) == #"{"nanosecond heartbeat":5}"#)
    }

    @Test("writes an error's keys in the documented order")
    func errors() throws {
        #expect(
            try text(Sample.error)
                == #"{"error_code":"golden_record_not_found","message":"no golden record has this id","#
                + #""description":"List them.","detail":{"id":"x"}}"#)
    }

    @Test("writes golden records the same whether they write themselves or go through an encoder's containers")
    func plainRecords() throws {
        struct Holder: Encodable { let records: [GoldenRecord] }
        var records = [Sample.record]
        let executions = [
            RecordExecution(state: .waiting), RecordExecution(state: .unavailable),
            RecordExecution(state: .done, at: Sample.time, outcome: .tooManyRows, rows: 1_000),
        ]
        for (execution, metadata) in zip(executions, [Sample.notes, nil, [:]] as [JSONValue?]) {
            records.append(Sample.record)
            records[records.count - 1].metadata = metadata
            records[records.count - 1].check = RecordCheck(
                status: .invalid, reason: "\"no\" \u{1} né", execution: execution)
        }
        #expect(try #"{"records":"# + text(records) + "}" == text(Holder(records: records)))
        #expect(try text([records[1]]) == "[" + text(records[1]) + "]")
        #expect(try text([] as [GoldenRecord]) == "[]")
    }

    @Test("keeps the digits of a number that no machine type holds")
    func hugeNumbers() throws {
        let text = #"{"a":123456789012345678901234567890.50}"#
        #expect(try self.text(json(text)) == text)
    }
}
