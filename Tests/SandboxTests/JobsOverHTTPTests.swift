import NIOHTTP1
import Testing

@testable import finetune_sandbox

@Suite(.timeLimit(.minutes(10))) struct JobsOverHTTPTests {
    @Test func aJobSucceedsAndItsModelAnswers() async throws {
        try await withSandbox { client in
            let (id, model) = try await client.finishedJob()
            let job = try await client.json(.GET, "/v1/fine_tuning/jobs/\(id)")
            #expect(job["hyperparameters"]?["n_epochs"] == .integer(3))
            #expect(try job.integer("trained_tokens") > 0)
            #expect(try job.integer("finished_at") >= job.integer("created_at"))
            let question = #"{"role":"user","content":"how many tracks?"}"#
            let answer = try await client.json(
                .POST, "/v1/chat/completions", #"{"model":"\#(model)","messages":[\#(question)]}"#)
            #expect(answer.text.contains("SELECT COUNT(*) FROM track"))
            #expect(answer["usage"]?["total_tokens"] == .integer(11))
        }
    }

    @Test func theResultFileHoldsTheMeasures() async throws {
        try await withSandbox { client in
            let (id, _) = try await client.finishedJob()
            guard case .array(let files)? = try await client.json(.GET, "/v1/fine_tuning/jobs/\(id)")["result_files"],
                case .string(let file)? = files.first
            else {
                Issue.record("the job has no result file")
                return
            }
            let rows = try await client.send(.GET, "/v1/files/\(file)/content").text.split(separator: "\n")
            #expect(
                rows.first == "step,train_loss,train_accuracy,train_exact_match,valid_loss,valid_mean_token_accuracy")
            #expect(rows.last?.hasPrefix("36,") == true)
        }
    }

    @Test func eventsComeNewestFirstInPages() async throws {
        try await withSandbox { client in
            let (id, _) = try await client.finishedJob()
            var events: [JSONValue] = []
            var cursor = ""
            while true {
                let page = try await client.json(.GET, "/v1/fine_tuning/jobs/\(id)/events?limit=7\(cursor)")
                events += page.data
                guard page["has_more"] == .boolean(true), let last = events.last else { break }
                cursor = "&after=\(try last.string("id"))"
            }
            #expect(Set(try events.map { try $0.string("id") }).count == events.count)
            #expect(events.first?["message"] == .string("The job has successfully completed"))
            #expect(events.last?["message"] == .string("Created fine-tuning job: \(id)"))
            #expect(events.contains { $0["type"] == .string("metrics") && $0["data"]?["train_loss"] != nil })
        }
    }

    @Test func everyCheckpointCanBeAsked() async throws {
        try await withSandbox { client in
            let (id, _) = try await client.finishedJob()
            let checkpoints = try await client.json(.GET, "/v1/fine_tuning/jobs/\(id)/checkpoints").data
            #expect(try checkpoints.map { try $0.integer("step_number") } == [36, 24, 12])
            let name = try #require(checkpoints.last).string("fine_tuned_model_checkpoint")
            #expect(try await client.json(.GET, "/v1/models/\(name)").string("id") == name)
        }
    }

    @Test func aBadFileFailsTheJobNotTheUpload() async throws {
        try await withSandbox { client in
            let file = try await client.uploadedFile("{}\n")
            let job = try await client.json(
                .POST, "/v1/fine_tuning/jobs", #"{"model":"gpt-4o","training_file":"\#(file)"}"#)
            let failed = try await client.job(job.string("id"), whenItIs: "failed")
            #expect(failed["error"]?["code"] == .string("invalid_file_format"))
            #expect(failed["error"]?["param"] == .string("training_file"))
            #expect(failed["fine_tuned_model"] == .null)
        }
    }

    @Test func jobsAreFoundByTheirMetadata() async throws {
        try await withSandbox(speed: 0.001) { client in
            let file = try await client.uploadedFile(trainingLines(10))
            for name in ["a", "b"] {
                try await client.json(
                    .POST, "/v1/fine_tuning/jobs",
                    #"{"model":"gpt-4o","training_file":"\#(file)","metadata":{"finetuning":"\#(name)","all":"x"}}"#)
            }
            func found(_ query: String) async throws -> Int {
                try await client.json(.GET, "/v1/fine_tuning/jobs?\(query)").data.count
            }
            #expect(try await found("metadata%5Bfinetuning%5D=a") == 1)
            #expect(try await found("metadata[all]=x") == 2)
            #expect(try await found("metadata[all]=x&metadata[finetuning]=c") == 0)
            #expect(try await found("limit=1") == 1)
        }
    }

    @Test func aJobPausesResumesAndIsCancelledOnce() async throws {
        try await withSandbox(speed: 0.001) { client in
            let file = try await client.uploadedFile(trainingLines(10))
            let job = try await client.json(
                .POST, "/v1/fine_tuning/jobs", #"{"model":"gpt-4o","training_file":"\#(file)"}"#)
            let path = "/v1/fine_tuning/jobs/\(try job.string("id"))"
            #expect(try await client.json(.POST, "\(path)/pause")["status"] == .string("paused"))
            #expect(try await client.json(.POST, "\(path)/resume")["status"] == .string("validating_files"))
            #expect(try await client.json(.POST, "\(path)/cancel")["status"] == .string("cancelled"))
            #expect(try await client.send(.POST, "\(path)/cancel").status == 400)
        }
    }

    @Test(
        "a job that cannot be is refused and none is made",
        arguments: [
            (#"{"model":"gpt-9","training_file":"file-1"}"#, 404, "model_not_found"),
            (#"{"model":"gpt-4o","training_file":"file-1"}"#, 400, "invalid_training_file"),
            (#"{"model":"gpt-4o"}"#, 400, "missing_required_parameter"),
            (#"{"model":"gpt-4o","training_file":1}"#, 400, "invalid_type"),
        ])
    func refused(body: String, status: Int, code: String) async throws {
        try await withSandbox { client in
            let answer = try await client.send(.POST, "/v1/fine_tuning/jobs", body: Array(body.utf8))
            #expect(answer.status == status)
            #expect(try answer.json()["error"]?["code"] == .string(code))
            #expect(try await client.json(.GET, "/v1/fine_tuning/jobs").data.isEmpty)
        }
    }
}

extension JSONValue {
    /// The text of a chat completion's only choice.
    var text: String {
        guard case .array(let choices)? = self["choices"],
            case .string(let text)? = choices.first?["message"]?["content"]
        else { return "" }
        return text
    }
}
