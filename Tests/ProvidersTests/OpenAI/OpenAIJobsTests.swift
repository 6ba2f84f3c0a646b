import Identifiers
import Jobs
import Providers
import Testing

@Suite("Jobs at OpenAI")
struct OpenAIJobsTests {
    private let one = ProviderJobID(rawValue: "ftjob-1")
    private let finetuning = ObjectID(seconds: 1, suffix: 2)

    private func request(
        suffix: String = "sales", parameters: ResolvedParameters = ModelParameters().resolved,
        validationFile: ProviderFileID? = nil
    ) -> ProviderJobRequest {
        ProviderJobRequest(
            finetuning: finetuning, datasetSHA256: "ab12", model: "gpt-4o-mini",
            trainingFile: ProviderFileID(rawValue: "file-1"), validationFile: validationFile, suffix: suffix,
            parameters: parameters, seed: 7)
    }

    @Test("a job is asked for in the current contract: supervised, numbers as numbers, found again by metadata")
    func creation() async throws {
        try await withProvider { _ in
            ContractReplies.json(ContractReplies.job("ftjob-1"))
        } _: { server, provider in
            let job = try await provider.createJob(request(), as: .daemon)
            #expect(job.id == one)
            #expect(job.phase == .queued)
            let received = try #require(server.received.first)
            #expect(received.method == "POST")
            #expect(received.uri == "/v1/fine_tuning/jobs")
            #expect(received.header("content-type") == "application/json")
            let expected = try JSONValue(
                """
                {"model":"gpt-4o-mini","training_file":"file-1","suffix":"sales",
                "method":{"type":"supervised","supervised":{"hyperparameters":
                {"n_epochs":3,"batch_size":1,"learning_rate_multiplier":"auto"}}},"seed":7,
                "metadata":{"finetuning_id":"000000010000000000000002","dataset_sha256":"ab12"}}
                """)
            #expect(try JSONValue(received.text) == expected)
        }
    }

    @Test("parameters that are left to the provider are the word auto, and a rate is a number")
    func parameters() async throws {
        try await withProvider { _ in
            ContractReplies.json(ContractReplies.job("ftjob-1"))
        } _: { server, provider in
            let parameters = ResolvedParameters(
                epochs: .auto, batchSize: .auto, learningRateMultiplier: .value(1.8))
            _ = try await provider.createJob(request(parameters: parameters), as: .daemon)
            let text = try #require(server.received.first).text
            #expect(text.contains(#""n_epochs":"auto""#))
            #expect(text.contains(#""batch_size":"auto""#))
            #expect(text.contains(#""learning_rate_multiplier":1.8"#))
        }
    }

    @Test(
        "a suffix is cut to 64 characters and holds what a model's name can",
        arguments: [
            (String(repeating: "a", count: 70), String(repeating: "a", count: 64)),
            ("Vertrieb für März: 2026", "Vertrieb-f-r-M-rz--2026"), ("a_b-c.1", "a_b-c.1"),
        ])
    func suffix(wish: String, suffix: String) async throws {
        try await withProvider { _ in
            ContractReplies.json(ContractReplies.job("ftjob-1"))
        } _: { server, provider in
            _ = try await provider.createJob(request(suffix: wish), as: .daemon)
            #expect(try #require(server.received.first).text.contains(#""suffix":"\#(suffix)""#))
        }
    }

    @Test("a validation file is named where there is one")
    func validationFile() async throws {
        try await withProvider { _ in
            ContractReplies.json(ContractReplies.job("ftjob-1"))
        } _: { server, provider in
            let request = request(validationFile: ProviderFileID(rawValue: "file-2"))
            _ = try await provider.createJob(request, as: .daemon)
            #expect(try #require(server.received.first).text.contains(#""validation_file":"file-2""#))
        }
    }

    @Test("an empty suffix is left out")
    func emptySuffix() async throws {
        try await withProvider { _ in
            ContractReplies.json(ContractReplies.job("ftjob-1"))
        } _: { server, provider in
            _ = try await provider.createJob(request(suffix: ""), as: .daemon)
            #expect(try !#require(server.received.first).text.contains("suffix"))
        }
    }

    @Test(
        "each status has its phase, and a word that is not known stays what it is",
        arguments: [
            ("validating_files", ProviderJob.Phase.validatingFiles), ("queued", .queued), ("running", .running),
            ("succeeded", .succeeded(model: "ft:gpt-4o-mini:org::1")), ("cancelled", .cancelled),
            ("failed", .failed(ProviderComplaint("no memory left", code: "oom", parameter: "training_file"))),
            ("paused", .unknown(word: "paused")),
        ])
    func phase(status: String, phase: ProviderJob.Phase) async throws {
        let reply = ContractReplies.job(
            "ftjob-1", status: status, model: #""ft:gpt-4o-mini:org::1""#,
            error: #"{"code":"oom","message":"no memory left","param":"training_file"}"#)
        try await withProvider { _ in
            ContractReplies.json(reply)
        } _: { server, provider in
            let job = try await provider.job(one, as: .daemon)
            #expect(job.phase == phase)
            #expect(server.received.map(\.uri) == ["/v1/fine_tuning/jobs/ftjob-1"])
        }
    }

    @Test(
        "a job's status counts though its tokens be no count",
        arguments: [
            ("5768", 5_768), ("0", 0), ("1000000000000", 1_000_000_000_000), ("1000000000001", nil), ("-1", nil),
            ("4611686018427387904", nil), ("1e300", nil), (#""many""#, nil), ("null", nil),
        ] as [(String, Int?)])
    func trainedTokens(told: String, tokens: Int?) async throws {
        try await withProvider { _ in
            ContractReplies.json(ContractReplies.job("ftjob-1", status: "running", trainedTokens: told))
        } _: { server, provider in
            let job = try await provider.job(one, as: .daemon)
            #expect(job.phase == .running && job.trainedTokens == tokens)
        }
    }

    @Test("a failure without a reason, and a success without a model, are no crash")
    func bareEnds() async throws {
        try await withProvider { request in
            request.path.hasSuffix("ftjob-1")
                ? ContractReplies.json(ContractReplies.job("ftjob-1", status: "failed", error: "{}"))
                : ContractReplies.json(ContractReplies.job("ftjob-2", status: "succeeded"))
        } _: { server, provider in
            let failed = try await provider.job(one, as: .daemon)
            #expect(failed.phase == .failed(ProviderComplaint("the provider gives no reason")))
            let succeeded = try await provider.job(ProviderJobID(rawValue: "ftjob-2"), as: .daemon)
            #expect(succeeded.phase == .unknown(word: "succeeded without a model"))
        }
    }

    @Test("jobs are found by metadata over all pages, also where the service ignores the filter, oldest first")
    func search() async throws {
        let finetuning = finetuning
        try await withProvider { request in
            guard request.query.contains("after=ftjob-2") else {
                return ContractReplies.page(
                    [
                        ContractReplies.job("ftjob-3", finetuning: finetuning, createdAt: 30),
                        ContractReplies.job("ftjob-2", finetuning: ObjectID(seconds: 9, suffix: 9), createdAt: 20),
                    ], hasMore: true)
            }
            return ContractReplies.page([
                ContractReplies.job("ftjob-1", finetuning: finetuning, createdAt: 10), ContractReplies.job("ftjob-0"),
            ])
        } _: { server, provider in
            let jobs = try await provider.jobs(of: finetuning, as: .daemon)
            #expect(jobs.map(\.id.rawValue) == ["ftjob-1", "ftjob-3"])
            #expect(server.received.map(\.path) == ["/v1/fine_tuning/jobs", "/v1/fine_tuning/jobs"])
            for request in server.received {
                #expect(request.query.contains("metadata%5Bfinetuning_id%5D=000000010000000000000002"))
            }
        }
    }

    @Test("a cancelled job is returned as it is then")
    func cancel() async throws {
        try await withProvider { _ in
            ContractReplies.json(ContractReplies.job("ftjob-1", status: "cancelled"))
        } _: {
            server, provider in
            let job = try await provider.cancelJob(one, as: .daemon)
            #expect(job.phase == .cancelled)
            #expect(server.received.map(\.method) == ["POST"])
            #expect(server.received.map(\.uri) == ["/v1/fine_tuning/jobs/ftjob-1/cancel"])
        }
    }

    @Test("a job that has ended when it is to be cancelled is returned as it ended")
    func cancelEnded() async throws {
        try await withProvider { request in
            request.method == "POST"
                ? ContractReplies.error(400, "the job is over", code: #""invalid_state""#)
                : ContractReplies.json(ContractReplies.job("ftjob-1", status: "succeeded", model: #""ft:1""#))
        } _: { server, provider in
            let job = try await provider.cancelJob(one, as: .daemon)
            #expect(job.phase == .succeeded(model: "ft:1"))
            #expect(job.trainedTokens == 5768)
        }
    }

    @Test("a cancellation that is refused while the job goes on is a refusal")
    func cancelRefused() async throws {
        try await withProvider { request in
            request.method == "POST"
                ? ContractReplies.error(400, "not now") : ContractReplies.json(ContractReplies.job("ftjob-1"))
        } _: { server, provider in
            let error = await failure { () async throws(ProviderError) in
                try await provider.cancelJob(one, as: .daemon)
            }
            #expect(error == .refused(ProviderComplaint("not now", httpStatus: 400)))
        }
    }
}
