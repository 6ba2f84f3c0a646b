import NIOHTTP1

/// What goes wrong with one request.
enum Fault: Equatable, Sendable {
    /// The work is not done; this answer is sent.
    case status(CannedAnswer)
    /// The request is read; the work is not done; the connection is reset.
    case dropBefore
    /// The work is done; the connection is reset without an answer.
    case dropAfter
    /// The work is done, and answered, so many seconds later.
    case delay(seconds: Double)
    /// The work is done; the body drips.
    case slowBody(bytesPerSecond: Int)
    /// The work is done; half of the body is sent under the content length of all of it.
    case truncate
    /// The work is not done; 307 with this location.
    case redirect(location: String)
    /// A chat completion is answered with this text, whatever the model would say. Other requests are left alone.
    case answer(text: String)
    /// The work is done, and answered; the file turns out to be unusable. Other requests than uploads are left alone.
    case fileError(FileError)

    /// How an uploaded file comes to be unusable.
    struct FileError: Equatable, Sendable {
        /// How many seconds after its upload.
        var seconds: Double
        /// The file's status until then.
        var meanwhile: StoredFile.Status
        var reason: String
    }

    struct CannedAnswer: Equatable, Sendable {
        var status: Int
        var retryAfter: Double?
        var code: String?
        var message: String?
        /// Sent instead of the error envelope.
        var body: String?
        var contentType: String?
    }
}

extension Fault.CannedAnswer {
    var response: Response {
        var response = error.response
        if let body {
            response.body = .bytes(Array(body.utf8))
            response.headers.replaceOrAdd(name: "content-type", value: contentType ?? "text/plain")
        }
        if let retryAfter {
            let whole = Int(exactly: retryAfter).map { String($0) }
            response.headers.add(name: "retry-after", value: whole ?? String(retryAfter))
        }
        return response
    }

    private var error: APIError {
        APIError(
            status: HTTPResponseStatus(statusCode: status),
            type: status >= 500 ? "server_error" : status == 429 ? "requests" : "invalid_request_error",
            code: code, param: nil, message: message ?? "The sandbox was told to answer \(status).")
    }
}
