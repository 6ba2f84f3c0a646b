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
        if isRefusedByProxy { return .failure(.beforeSending(.proxyRefused)) }
        let wasSent = sendings > 1 || handle.integer(CURLINFO_REQUEST_SIZE) > 0
        return .failure(TransportError(code, wasSent: wasSent))
    }

    // Through a proxy, a request over TLS starts only once the proxy has connected.
    private var isRefusedByProxy: Bool {
        handle.integer(CURLINFO_HTTP_CONNECTCODE) >= 300
    }
}

extension TransportError {
    /// The error for curl's `code`. `wasSent`: a byte went out, be it to a proxy.
    init(_ code: CURLcode, wasSent: Bool) {
        if let reason = BeforeSending(whateverWasSent: code) {
            self = .beforeSending(reason)
        } else {
            self = wasSent ? .answerLost(AnswerLost(code)) : .beforeSending(BeforeSending(code))
        }
    }
}

extension TransportError.BeforeSending {
    /// The reason for a code that curl has only before it sends the request.
    fileprivate init?(whateverWasSent code: CURLcode) {
        switch code {
        case CURLE_COULDNT_RESOLVE_HOST: self = .nameNotResolved
        case CURLE_COULDNT_RESOLVE_PROXY: self = .proxyNameNotResolved
        case CURLE_COULDNT_CONNECT, CURLE_PROXY: self = .connectionRefused
        case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_ISSUER_ERROR: self = .tlsFailed
        case CURLE_SSL_CACERT_BADFILE: self = .unreadableAuthorities
        case CURLE_URL_MALFORMAT: self = .malformedRequest
        default: return nil
        }
    }

    /// The reason for a code that curl has before and after it sends the request.
    fileprivate init(_ code: CURLcode) {
        switch code {
        case CURLE_OPERATION_TIMEDOUT: self = .connectTimeout
        case CURLE_UNSUPPORTED_PROTOCOL: self = .malformedRequest
        default: self = .other(code: Int(code.rawValue))
        }
    }
}

extension TransportError.AnswerLost {
    fileprivate init(_ code: CURLcode) {
        switch code {
        case CURLE_OPERATION_TIMEDOUT: self = .timeout
        case CURLE_GOT_NOTHING, CURLE_RECV_ERROR, CURLE_SEND_ERROR: self = .connectionLost
        // It was not sent again, on another connection than the one that was lost.
        case CURLE_ABORTED_BY_CALLBACK: self = .connectionLost
        case CURLE_PARTIAL_FILE: self = .truncated
        case CURLE_UNSUPPORTED_PROTOCOL, CURLE_WEIRD_SERVER_REPLY, CURLE_WRITE_ERROR: self = .malformedAnswer
        default: self = .other(code: Int(code.rawValue))
        }
    }
}
