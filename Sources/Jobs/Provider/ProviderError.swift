/// Why a provider's call gave no answer, told by what may be done next.
package enum ProviderError: Error, Hashable, Sendable {
    /// Nothing was done, and the same call may do better later: 409, 429, 5xx before work, no connection.
    /// `retryAfter` is the provider's own wish.
    case unavailable(ProviderComplaint, retryAfter: Duration?)
    /// The call may have been carried out: a connection lost, a time-out, or an answer that could not be read.
    /// Look before calling again.
    case answerLost(ProviderComplaint, retryAfter: Duration?)
    /// The key is missing, wrong or expired. Calls with another key may pass.
    case unauthorized(ProviderComplaint)
    /// Refused for good: the same call will never pass.
    case refused(ProviderComplaint)
    /// The caller's task was cancelled. The call may have been carried out.
    case cancelled
}

/// What a provider, or the way to it, said.
package struct ProviderComplaint: Hashable, Sendable {
    /// The HTTP status, if there was an answer.
    package var httpStatus: Int?
    /// The provider's own code: `training_not_available`, `model_not_found`.
    package var code: String?
    /// The provider's message, or curl's. Holds no key and at most 1,000 characters.
    package var message: String
    /// The parameter that the provider complains of.
    package var parameter: String?
    /// The provider's id of the request, for its support.
    package var requestID: String?

    /// A complaint. All but the message may be unknown.
    package init(
        _ message: String, httpStatus: Int? = nil, code: String? = nil, parameter: String? = nil,
        requestID: String? = nil
    ) {
        self.message = message
        self.httpStatus = httpStatus
        self.code = code
        self.parameter = parameter
        self.requestID = requestID
    }
}

extension ProviderError {
    /// What was said; of a cancelled call, that it was cancelled.
    package var complaint: ProviderComplaint {
        switch self {
        case .unavailable(let complaint, _), .answerLost(let complaint, _), .unauthorized(let complaint),
            .refused(let complaint):
            complaint
        case .cancelled: ProviderComplaint("the call was cancelled")
        }
    }

    /// Whether the provider says that the thing that was asked for is not there. Not so for a 404 of which it is not
    /// known whether the provider itself said it.
    package var isMissing: Bool {
        switch self {
        case .refused(let complaint): complaint.httpStatus == 404
        case .unavailable, .answerLost, .unauthorized, .cancelled: false
        }
    }

    /// How long the provider asked to be left alone.
    package var retryAfter: Duration? {
        switch self {
        case .unavailable(_, let delay), .answerLost(_, let delay): delay
        case .unauthorized, .refused, .cancelled: nil
        }
    }
}
