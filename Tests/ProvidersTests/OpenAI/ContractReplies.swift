import Identifiers

/// Replies in the shapes of the published contract.
enum ContractReplies {
    static func json(_ body: String, status: Int = 200, headers: [(String, String)] = []) -> TestServer.Reply {
        .answer(status: status, headers: [("content-type", "application/json")] + headers, body: body)
    }

    static func error(
        _ status: Int, _ message: String, code: String = "null", headers: [(String, String)] = []
    ) -> TestServer.Reply {
        json(
            #"{"error":{"message":"\#(message)","type":"invalid_request_error","param":null,"code":\#(code)}}"#,
            status: status, headers: headers)
    }

    static func page(_ items: [String], hasMore: Bool = false) -> TestServer.Reply {
        json(#"{"object":"list","data":[\#(items.joined(separator: ","))],"has_more":\#(hasMore)}"#)
    }

    static func file(
        _ id: String, bytes: Int = 120, name: String = "training.jsonl", purpose: String = "fine-tune",
        status: String = "processed", createdAt: Int = 1_700_000_000
    ) -> String {
        """
        {"id":"\(id)","object":"file","bytes":\(bytes),"created_at":\(createdAt),"filename":"\(name)",
        "purpose":"\(purpose)","status":"\(status)","status_details":"line 3 is no JSON"}
        """
    }

    static func job(
        _ id: String, status: String = "queued", model: String = "null", error: String = "null",
        finetuning: ObjectID? = nil, createdAt: Int = 1_700_000_000, trainedTokens: String = "5768"
    ) -> String {
        let metadata = finetuning.map { #"{"finetuning_id":"\#($0)"}"# } ?? "null"
        return """
            {"object":"fine_tuning.job","id":"\(id)","model":"gpt-4o-mini","created_at":\(createdAt),
            "finished_at":null,"fine_tuned_model":\(model),"organization_id":"org-1","result_files":[],
            "status":"\(status)","validation_file":null,"training_file":"file-1","error":\(error),"seed":1,
            "hyperparameters":{"n_epochs":3,"batch_size":1,"learning_rate_multiplier":"auto"},
            "trained_tokens":\(trainedTokens),"estimated_finish":1700000600,"metadata":\(metadata)}
            """
    }

    static func event(_ id: String, level: String = "info", data: String = "{}", createdAt: Int = 1_700_000_000)
        -> String
    {
        """
        {"object":"fine_tuning.job.event","id":"\(id)","created_at":\(createdAt),"level":"\(level)",
        "message":"message of \(id)","type":"message","data":\(data)}
        """
    }

    static func checkpoint(_ id: String, step: Int) -> String {
        """
        {"object":"fine_tuning.job.checkpoint","id":"\(id)","created_at":1700000000,"step_number":\(step),
        "fine_tuned_model_checkpoint":"ft:gpt-4o-mini:org::\(id)","fine_tuning_job_id":"ftjob-1",
        "metrics":{"step":\(step),"train_loss":0.5,"full_valid_loss":null}}
        """
    }
}
