internal import FoundationEssentials
internal import Identifiers
internal import Jobs

/// An answer to a call, and what it means. Decides alone: nothing here waits or calls.
struct OpenAIAnswer {
    var response: HTTPResponse
    /// The key that the call carried, which no message may repeat.
    var key: Secret
    /// When the answer came, from which a date in `Retry-After` counts.
    var now: Timestamp = .now

    /// The object in the answer, or what the call failed with.
    func object<Object: Decodable>(_ type: Object.Type) throws(ProviderError) -> Object {
        guard (200..<300).contains(response.status) else { throw failure }
        guard isJSON else { throw unreadable("the answer is no JSON but \(contentType)") }
        do {
            return try JSONDecoder().decode(type, from: response.body)
        } catch {
            throw unreadable("the answer is not the JSON that the contract promises")
        }
    }

    /// What a status outside of 200 to 299 means.
    var failure: ProviderError {
        switch response.status {
        case 401 where isJSON: .unauthorized(complaint)
        // Whoever says so, the service or a gateway before it, has not let the request in.
        case 429: retryable
        // Only the service itself writes the envelope. What a gateway or a captive portal answers, a redirect
        // included, says nothing of the request, which may have been carried out behind it.
        case _ where envelope == nil || isRedirect: .answerLost(foreign, retryAfter: retryAfter)
        case 409, 503: retryable
        // A request that came too slowly in whose eyes it may have been carried out in another's.
        case 408, 500...: .answerLost(complaint, retryAfter: retryAfter)
        default: wish == .retry || isFileStillProcessed ? retryable : .refused(complaint)
        }
    }

    private var retryable: ProviderError {
        wish == .giveUp ? .refused(complaint) : .unavailable(complaint, retryAfter: retryAfter)
    }

    private var isRedirect: Bool { (300..<400).contains(response.status) }

    // Early in a file's life the service refuses a job with 400 and no code of its own.
    private var isFileStillProcessed: Bool {
        response.status == 400 && complaint.message.contains("is still being processed")
    }
}

// MARK: What the headers say

extension OpenAIAnswer {
    private enum Wish {
        case retry, giveUp, none
    }

    private var wish: Wish {
        switch response.headers["x-should-retry"]?.lowercased() {
        case "true": .retry
        case "false": .giveUp
        case _: .none
        }
    }

    private var retryAfter: Duration? { RetryAfter.delay(response.headers, now: now) }

    private var contentType: String {
        ProviderText.presentable(response.headers["content-type"] ?? "without a type", hiding: key)
    }

    /// Whether it succeeded and came as events.
    var isEventStream: Bool {
        (200..<300).contains(response.status)
            && response.headers["content-type"]?.lowercased().hasPrefix("text/event-stream") == true
    }

    // Some servers that speak the contract leave the type out.
    private var isJSON: Bool {
        guard let type = response.headers["content-type"]?.lowercased() else { return true }
        return type.hasPrefix("application/json")
    }
}

// MARK: Complaints

extension OpenAIAnswer {
    private var envelope: OpenAIContract.ErrorEnvelope? {
        do {
            return try JSONDecoder().decode(OpenAIContract.ErrorEnvelope.self, from: response.body)
        } catch {
            // A gateway's page, or none: the status says what can be said.
            return nil
        }
    }

    private var complaint: ProviderComplaint {
        let details = envelope?.error
        return complaint(
            details?.message ?? "the provider answered with status \(response.status)", code: details?.code,
            parameter: details?.param)
    }

    private var foreign: ProviderComplaint {
        let remedy =
            isRedirect
            ? "it redirects: is base_url right, and no proxy or portal in between?"
            : "is a proxy or portal in between?"
        return complaint("what answered with status \(response.status) does not speak as the service does; \(remedy)")
    }

    private func unreadable(_ reason: String) -> ProviderError {
        .answerLost(complaint(reason), retryAfter: retryAfter)
    }

    /// What it means that a stream broke off, with the service's own words where it gave any.
    func lost(_ breach: ChatStream.Breach) -> ProviderError {
        switch breach {
        case .incomplete: unreadable("the answer broke off before its end")
        case .unreadable: unreadable("an event of the answer is not the JSON that the contract promises")
        case .error(let details):
            .answerLost(
                complaint(
                    details.message ?? "the provider broke the answer off", code: details.code,
                    parameter: details.param), retryAfter: retryAfter)
        }
    }

    private func complaint(_ message: String, code: String? = nil, parameter: String? = nil) -> ProviderComplaint {
        ProviderComplaint(
            ProviderText.presentable(message, hiding: key),
            httpStatus: response.status,
            code: code.map { ProviderText.presentable($0, hiding: key) },
            parameter: parameter.map { ProviderText.presentable($0, hiding: key) },
            requestID: response.headers["x-request-id"].map { ProviderText.presentable($0, hiding: key) })
    }
}
