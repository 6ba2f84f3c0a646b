import FoundationEssentials
import NIOHTTP1

extension Sandbox {
    func respond(to request: Request, at route: ControlRoute) throws(APIError) -> Response {
        switch route {
        case .addFault: return try addFault(request.object())
        case .listFaults: return .json(ListObject(data: faults.rules.map(FaultRuleObject.init)))
        case .clearFaults:
            faults = FaultRules()
            return .json(ListObject(data: [FaultRuleObject]()))
        case .changeJob(let id): return try changeJob(id, request.object())
        case .removeJob(let id):
            jobs.remove(try job(id).id)
            return .json(DeletionObject(id: id, object: "fine_tuning.job"))
        case .changeFile(let id): return try changeFile(id, request.object())
        case .setAPIKey: return try setAPIKey(request.object())
        case .setSpeed: return try setSpeed(request.object())
        case .status: return .json(status)
        case .requests: return .json(ListObject(data: log.entries))
        }
    }

    private func addFault(_ object: RequestObject) throws(APIError) -> Response {
        let rule = try FaultRule(object)
        faults.add(rule)
        return .json(FaultRuleObject(rule), status: .created)
    }

    /// `{"fail":{"code","message"}}` ends the job; `{"status":"word"}` shows a word in place of the true status,
    /// and `{"status":null}` lifts it.
    private func changeJob(_ id: String, _ object: RequestObject) throws(APIError) -> Response {
        try object.allowOnly(["fail", "status"])
        guard object.contains("fail") != object.contains("status") else {
            throw .badRequest("Send either 'fail' or 'status'.")
        }
        guard let fail = try object.object("fail") else {
            let word = try object.string("status")
            return try change(id) { (job, _) throws(APIError) in job.forcedStatus = word.map(JobStatus.other) }
        }
        try fail.allowOnly(["code", "message", "param"])
        let failure = JobFailure(
            code: try fail.requiredString("code"), message: try fail.requiredString("message"),
            param: try fail.string("param"))
        return try change(id) { (job, time) throws(APIError) in
            try job.refuseIfTerminal(at: time, verb: "failed")
            job.end(.failed(failure, time: time))
        }
    }

    private func changeFile(_ id: String, _ object: RequestObject) throws(APIError) -> Response {
        try object.allowOnly(["status"])
        guard let status = StoredFile.Status(rawValue: try object.requiredString("status")) else {
            throw .badRequest("A file's status is uploaded, pending, processed or error.", param: "status")
        }
        var file = try file(id)
        file.processing = .ended(status)
        files[id] = file
        return .json(FileObject(file))
    }

    private func setAPIKey(_ object: RequestObject) throws(APIError) -> Response {
        try object.allowOnly(["api_key"])
        let key = try object.requiredString("api_key")
        guard !key.isEmpty else { throw .badRequest("The key must not be empty.", param: "api_key") }
        apiKey = key
        return .json(status)
    }

    private func setSpeed(_ object: RequestObject) throws(APIError) -> Response {
        try object.allowOnly(["speed"])
        guard let speed = try object.number("speed", in: 0...SandboxClock.greatestSpeed) else {
            throw object.missing("speed")
        }
        guard speed > 0 else { throw .badRequest("The speed must be above 0.", param: "speed") }
        clock.setSpeed(speed, at: Date())
        return .json(status)
    }

    private var status: StatusObject {
        StatusObject(counts, traffic, files: files.count, jobs: jobs.count, speed: clock.speed)
    }
}

/// `GET /_sandbox/status`.
private struct StatusObject: Encodable {
    let filesCreated: Int
    let jobsCreated: Int
    let jobsCancelled: Int
    let requests: Int
    let mostRequestsInASecond: Int
    let connections: Int
    let mostConnections: Int
    let files: Int
    let jobs: Int
    let speed: Double

    init(_ counts: Sandbox.Counts, _ traffic: Traffic, files: Int, jobs: Int, speed: Double) {
        filesCreated = counts.filesCreated
        jobsCreated = counts.jobsCreated
        jobsCancelled = counts.jobsCancelled
        requests = traffic.requests
        mostRequestsInASecond = traffic.mostRequestsInASecond
        connections = traffic.openConnections
        mostConnections = traffic.mostConnections
        self.files = files
        self.jobs = jobs
        self.speed = speed
    }

    enum CodingKeys: String, CodingKey {
        case requests, connections, files, jobs, speed
        case filesCreated = "files_created"
        case jobsCreated = "jobs_created"
        case jobsCancelled = "jobs_cancelled"
        case mostRequestsInASecond = "most_requests_in_a_second"
        case mostConnections = "most_connections"
    }
}
