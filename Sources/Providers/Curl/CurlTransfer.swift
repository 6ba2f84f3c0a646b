internal import CCurl
internal import FoundationEssentials
internal import Jobs

/// One request under way: its handle, and what curl's callbacks have gathered for it. It belongs to the curl thread.
final class CurlTransfer {
    let handle: EasyHandle
    var incoming: IncomingResponse
    private(set) var uploads: [UploadFile] = []
    /// How often it was sent, or would have been: curl sends a request again by itself when a kept connection closes
    /// before the answer's first byte.
    private(set) var sendings = 0
    private let mayBeSentAgain: Bool
    private let watcher: BodyWatcher?

    init(
        _ request: HTTPRequest, _ configuration: TransportConfiguration, _ watcher: BodyWatcher?
    ) throws(TransportError) {
        self.watcher = watcher
        mayBeSentAgain = request.method != .post || request.mayBeSentTwice
        incoming = IncomingResponse(limit: configuration.largestAnswer)
        uploads = try request.body.openFiles()
        let lines = try request.headerLines()
        do {
            handle = try EasyHandle()
            try apply(configuration)
            try apply(request, lines)
            try apply(configuration.proxy, to: request)
            try handle.set(CURLOPT_TIMEOUT_MS, milliseconds: request.timeout ?? configuration.totalTimeout)
            try installCallbacks()
        } catch {
            throw TransportError(error.code, wasSent: false)
        }
    }

    private func apply(_ configuration: TransportConfiguration) throws(CurlFailure) {
        try handle.set(CURLOPT_NOSIGNAL, true)
        // Without it a cancelled request waits for its name resolution, and every other request waits with it.
        try handle.set(CURLOPT_QUICK_EXIT, true)
        try handle.set(CURLOPT_PROTOCOLS_STR, "http,https")
        try handle.set(CURLOPT_FOLLOWLOCATION, false)
        // On HTTP/2 a lost connection says less about which of its requests were handled.
        try handle.set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1))
        try handle.set(CURLOPT_SUPPRESS_CONNECT_HEADERS, true)
        try handle.set(CURLOPT_TCP_KEEPALIVE, true)
        try handle.set(CURLOPT_CONNECTTIMEOUT_MS, milliseconds: configuration.connectTimeout)
        try handle.set(CURLOPT_LOW_SPEED_LIMIT, configuration.lowestSpeed)
        try handle.set(CURLOPT_LOW_SPEED_TIME, Int(clamping: configuration.patience.components.seconds))
        try handle.set(CURLOPT_MAXFILESIZE_LARGE, offset: configuration.largestAnswer)
        try handle.set(CURLOPT_USERAGENT, configuration.userAgent)
        if let authorities = configuration.authorities {
            try handle.set(CURLOPT_CAINFO, authorities)
        }
    }

    private func apply(_ proxy: TransportConfiguration.Proxy, to request: HTTPRequest) throws(CurlFailure) {
        switch proxy {
        case .fromEnvironment where request.staysOnThisHost: try handle.set(CURLOPT_PROXY, "")
        case .fromEnvironment: break
        case .none: try handle.set(CURLOPT_PROXY, "")
        case .address(let address): try handle.set(CURLOPT_PROXY, address.revealed)
        }
    }

    private func apply(_ request: HTTPRequest, _ headerLines: [String]) throws(CurlFailure) {
        try handle.set(CURLOPT_URL, request.url)
        try handle.set(headerLines: headerLines)
        switch request.method {
        case .get: try handle.set(CURLOPT_HTTPGET, true)
        case .delete: try handle.set(CURLOPT_CUSTOMREQUEST, request.method.rawValue)
        case .post:
            try handle.set(CURLOPT_POST, true)
        }
        try apply(request.body, of: request.method)
    }

    private func apply(_ body: HTTPRequest.Body, of method: HTTPRequest.Method) throws(CurlFailure) {
        switch body {
        case .none:
            if method == .post { try handle.set(body: Data()) }
        case .bytes(let data, contentType: _):
            try handle.set(body: data)
        case .multipart(let parts):
            try addParts(parts)
        }
    }

    private func addParts(_ parts: [HTTPRequest.Part]) throws(CurlFailure) {
        var files = uploads[...]
        try handle.setMultipart { mime throws(CurlFailure) in
            for part in parts {
                switch part {
                case .field(let name, let value):
                    try mime.addField(name, value)
                case .file(let name, _, let filename, let contentType):
                    try mime.addFile(name, files.removeFirst(), filename: filename, contentType: contentType)
                }
            }
        }
    }

    private func installCallbacks() throws(CurlFailure) {
        let this = Unmanaged.passUnretained(self).toOpaque()
        try handle.set(CURLOPT_PREREQDATA, pointer: this)
        try handle.set(prerequest: { context, _, _, _, _ in
            CurlTransfer.from(context).maySend() ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT
        })
        try handle.set(CURLOPT_HEADERDATA, pointer: this)
        try handle.set(CURLOPT_HEADERFUNCTION) { bytes, size, count, context in
            let line = UnsafeRawBufferPointer(start: bytes, count: size * count)
            return CurlTransfer.from(context).incoming.receive(headerLine: line) ? line.count : 0
        }
        try handle.set(CURLOPT_WRITEDATA, pointer: this)
        try handle.set(CURLOPT_WRITEFUNCTION) { bytes, size, count, context in
            let piece = UnsafeRawBufferPointer(start: bytes, count: size * count)
            return CurlTransfer.from(context).receive(body: piece) ? piece.count : Int(CURL_WRITEFUNC_ERROR)
        }
    }

    // When a kept connection closes before the answer's first byte, the server may have handled the request all the same.
    // A connection of its own for each POST would do as well, but would close a kept one, and cost a handshake.
    private func maySend() -> Bool {
        sendings += 1
        return sendings == 1 || mayBeSentAgain
    }

    private func receive(body piece: UnsafeRawBufferPointer) -> Bool {
        guard incoming.receive(body: piece) else { return false }
        if let watcher, (200..<300).contains(handle.integer(CURLINFO_RESPONSE_CODE)) { watcher(piece) }
        return true
    }

    private static func from(_ context: UnsafeMutableRawPointer?) -> CurlTransfer {
        guard let context else { preconditionFailure("curl called back without the context that was set") }
        return Unmanaged<CurlTransfer>.fromOpaque(context).takeUnretainedValue()
    }
}
