extension FaultRule {
    private static let manyTimes = 1...1_000_000_000

    init(_ object: RequestObject) throws(APIError) {
        try object.allowOnly(["method", "path", "times", "skip", "fault"])
        let method = try object.string("method")
        self.method = method == "*" ? nil : method?.uppercased()
        path = PathPattern(text: try object.string("path") ?? "*")
        times = try object.integer("times", in: Self.manyTimes) ?? 1
        skip = try object.integer("skip", in: 0...1_000_000_000) ?? 0
        guard let fault = try object.object("fault") else { throw object.missing("fault") }
        self.fault = try Fault(fault)
    }
}

extension Fault {
    /// The word of a fault's `type`.
    enum Word: String, CaseIterable {
        case status, delay, truncate, redirect, answer
        case dropBefore = "drop_before"
        case dropAfter = "drop_after"
        case slowBody = "slow_body"
        case fileError = "file_error"

        var keys: Set<String> {
            switch self {
            case .status: ["status", "retry_after", "code", "message", "body", "content_type"]
            case .dropBefore, .dropAfter, .truncate: []
            case .delay: ["seconds"]
            case .slowBody: ["bytes_per_second"]
            case .redirect: ["location"]
            case .answer: ["text"]
            case .fileError: ["seconds", "meanwhile", "reason"]
            }
        }
    }

    init(_ object: RequestObject) throws(APIError) {
        let text = try object.requiredString("type")
        guard let word = Word(rawValue: text) else {
            let known = Word.allCases.map(\.rawValue).joined(separator: ", ")
            throw .badRequest("There is no fault '\(text)'; there are \(known).", param: object.name("type"))
        }
        try object.allowOnly(word.keys.union(["type"]))
        switch word {
        case .status: self = .status(try CannedAnswer(object))
        case .dropBefore: self = .dropBefore
        case .dropAfter: self = .dropAfter
        case .delay:
            let seconds = try object.number("seconds", in: Self.seconds)
            self = .delay(seconds: try Self.required(seconds, "seconds", of: object))
        case .slowBody:
            let rate = try object.integer("bytes_per_second", in: 1...1_000_000_000)
            self = .slowBody(bytesPerSecond: try Self.required(rate, "bytes_per_second", of: object))
        case .truncate: self = .truncate
        case .redirect: self = .redirect(location: try object.requiredString("location"))
        case .answer: self = .answer(text: try Self.required(object.string("text"), "text", of: object))
        case .fileError: self = .fileError(try FileError(object))
        }
    }

    /// Seconds for which somebody waits: up to a day.
    fileprivate static let seconds = 0.0...86_400

    private static func required<Value>(
        _ value: Value?, _ key: String, of object: RequestObject
    ) throws(APIError) -> Value {
        guard let value else { throw object.missing(key) }
        return value
    }
}

extension Fault.CannedAnswer {
    init(_ object: RequestObject) throws(APIError) {
        guard let status = try object.integer("status", in: 200...599) else { throw object.missing("status") }
        self.status = status
        retryAfter = try object.number("retry_after", in: Fault.seconds)
        code = try object.string("code")
        message = try object.string("message")
        body = try object.string("body")
        contentType = try object.string("content_type")
    }
}

extension Fault.FileError {
    init(_ object: RequestObject) throws(APIError) {
        seconds = try object.number("seconds", in: Fault.seconds) ?? 0
        let word = try object.string("meanwhile") ?? StoredFile.Status.uploaded.rawValue
        guard let status = StoredFile.Status(rawValue: word), status != .error else {
            throw .badRequest("A file is uploaded, pending or processed meanwhile.", param: object.name("meanwhile"))
        }
        meanwhile = status
        reason = try object.string("reason") ?? "The sandbox was told to find the file unusable."
    }
}

/// A rule as `GET /_sandbox/faults` shows it: what is left of it.
struct FaultRuleObject: Encodable {
    struct FaultObject: Encodable {
        var type: String
        var status: Int?
        var retryAfter: Double?
        var code: String?
        var message: String?
        var body: String?
        var contentType: String?
        var seconds: Double?
        var bytesPerSecond: Int?
        var location: String?
        var text: String?
        var meanwhile: StoredFile.Status?
        var reason: String?

        enum CodingKeys: String, CodingKey {
            case type, status, code, message, body, seconds, location, text, meanwhile, reason
            case retryAfter = "retry_after"
            case contentType = "content_type"
            case bytesPerSecond = "bytes_per_second"
        }

        init(_ fault: Fault) {
            switch fault {
            case .status(let answer):
                type = Fault.Word.status.rawValue
                (status, retryAfter, code) = (answer.status, answer.retryAfter, answer.code)
                (message, body, contentType) = (answer.message, answer.body, answer.contentType)
            case .dropBefore: type = Fault.Word.dropBefore.rawValue
            case .dropAfter: type = Fault.Word.dropAfter.rawValue
            case .delay(let seconds): (type, self.seconds) = (Fault.Word.delay.rawValue, seconds)
            case .slowBody(let rate): (type, bytesPerSecond) = (Fault.Word.slowBody.rawValue, rate)
            case .truncate: type = Fault.Word.truncate.rawValue
            case .redirect(let location): (type, self.location) = (Fault.Word.redirect.rawValue, location)
            case .answer(let text): (type, self.text) = (Fault.Word.answer.rawValue, text)
            case .fileError(let error):
                type = Fault.Word.fileError.rawValue
                (seconds, meanwhile, reason) = (error.seconds, error.meanwhile, error.reason)
            }
        }
    }

    let method: String
    let path: String
    let times: Int
    let skip: Int
    let fault: FaultObject

    init(_ rule: FaultRule) {
        method = rule.method ?? "*"
        path = rule.path.text
        times = rule.times
        skip = rule.skip
        fault = FaultObject(rule.fault)
    }
}
