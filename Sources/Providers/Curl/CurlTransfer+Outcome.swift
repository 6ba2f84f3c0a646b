internal import CCurl

extension CurlTransfer {
    /// What came of the request, once curl has ended it with `code`.
    func outcome(_ code: CURLcode) -> Result<HTTPResponse, TransportError> {
        guard code != CURLE_OK else {
            let status = handle.integer(CURLINFO_RESPONSE_CODE)
            return .success(HTTPResponse(status: status, headers: incoming.headers, body: incoming.body))
        }
        if let file = uploads.first(where: \.isBroken) {
            return .failure(.unreadableFile(path: file.path))
        }
        if incoming.isTooLarge || code == CURLE_FILESIZE_EXCEEDED {
            return .failure(.answerTooLarge(limit: incoming.limit))
        }
        let bytesSent = handle.integer(CURLINFO_REQUEST_SIZE)
        return .failure(bytesSent > 0 ? TransportError(sent: code) : TransportError(unsent: code))
    }
}

extension TransportError {
    /// The error for a request of which no byte was sent.
    init(unsent code: CURLcode) {
        let reason: BeforeSending =
            switch code {
            case CURLE_COULDNT_RESOLVE_HOST: .nameNotResolved
            case CURLE_COULDNT_RESOLVE_PROXY: .proxyNameNotResolved
            case CURLE_COULDNT_CONNECT, CURLE_PROXY: .connectionRefused
            case CURLE_OPERATION_TIMEDOUT: .connectTimeout
            case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_ISSUER_ERROR: .tlsFailed
            case CURLE_SSL_CACERT_BADFILE: .unreadableAuthorities
            case CURLE_URL_MALFORMAT, CURLE_UNSUPPORTED_PROTOCOL: .malformedRequest
            default: .other(code: Int(code.rawValue))
            }
        self = .beforeSending(reason)
    }

    /// The error for a request of which at least a byte was sent.
    init(sent code: CURLcode) {
        let reason: AnswerLost =
            switch code {
            case CURLE_OPERATION_TIMEDOUT: .timeout
            case CURLE_GOT_NOTHING, CURLE_RECV_ERROR, CURLE_SEND_ERROR: .connectionLost
            case CURLE_PARTIAL_FILE: .truncated
            case CURLE_UNSUPPORTED_PROTOCOL, CURLE_WEIRD_SERVER_REPLY, CURLE_WRITE_ERROR: .malformedAnswer
            default: .other(code: Int(code.rawValue))
            }
        self = .answerLost(reason)
    }
}
