internal import CCurl
internal import FoundationEssentials

/// curl refused an option: its number for why.
struct CurlFailure: Error {
    let code: CURLcode
}

/// One curl easy handle, with typed setters. It belongs to the curl thread.
final class EasyHandle {
    let pointer: UnsafeMutableRawPointer
    private var headerList: UnsafeMutablePointer<curl_slist>?
    private var mime: OpaquePointer?

    init() throws(CurlFailure) {
        guard let pointer = curl_easy_init() else { throw CurlFailure(code: CURLE_OUT_OF_MEMORY) }
        self.pointer = pointer
    }

    // curl wants what a handle refers to freed after the handle.
    deinit {
        curl_easy_cleanup(pointer)
        curl_mime_free(mime)
        curl_slist_free_all(headerList)
    }

    func set(_ option: CURLoption, _ value: Int) throws(CurlFailure) {
        try check(ccurl_easy_set_long(pointer, option, value))
    }

    func set(_ option: CURLoption, _ value: Bool) throws(CurlFailure) {
        try set(option, value ? 1 : 0)
    }

    /// Sets an option that is in milliseconds. Zero would mean "no limit" to curl, so one is the least.
    func set(_ option: CURLoption, milliseconds duration: Duration) throws(CurlFailure) {
        let (seconds, attoseconds) = duration.components
        let milliseconds = min(seconds, 1 << 30) * 1_000 + attoseconds / 1_000_000_000_000_000
        try set(option, max(1, Int(milliseconds)))
    }

    func set(_ option: CURLoption, _ value: String) throws(CurlFailure) {
        try check(ccurl_easy_set_string(pointer, option, value))
    }

    func set(_ option: CURLoption, offset value: Int) throws(CurlFailure) {
        try check(ccurl_easy_set_offset(pointer, option, curl_off_t(value)))
    }

    func set(_ option: CURLoption, pointer value: UnsafeMutableRawPointer) throws(CurlFailure) {
        try check(ccurl_easy_set_pointer(pointer, option, value))
    }

    func set(_ option: CURLoption, callback: @escaping curl_write_callback) throws(CurlFailure) {
        try check(ccurl_easy_set_write_callback(pointer, option, callback))
    }

    /// Sets what is called each time before the request goes over a connection.
    func set(prerequest callback: @escaping curl_prereq_callback) throws(CurlFailure) {
        try check(ccurl_easy_set_prerequest_callback(pointer, callback))
    }

    /// Sets the body of a POST. curl keeps a copy.
    func set(body: Data) throws(CurlFailure) {
        try set(CURLOPT_POSTFIELDSIZE_LARGE, offset: body.count)
        // Empty data may have no address, and without one curl would ask for the body by a callback.
        let code = (body + [0]).withUnsafeBytes { bytes in
            ccurl_easy_set_pointer(
                pointer, CURLOPT_COPYPOSTFIELDS, UnsafeMutableRawPointer(mutating: bytes.baseAddress))
        }
        try check(code)
    }

    /// Sets the request's header lines, each `Name: value`, or `Name:` to send none of that name.
    func set(headerLines: [String]) throws(CurlFailure) {
        for line in headerLines {
            guard let list = curl_slist_append(headerList, line) else { throw CurlFailure(code: CURLE_OUT_OF_MEMORY) }
            headerList = list
        }
        try check(ccurl_easy_set_list(pointer, CURLOPT_HTTPHEADER, headerList))
    }

    /// Makes the request a multipart one, its parts added by `build`.
    func setMultipart(_ build: (OpaquePointer) throws(CurlFailure) -> Void) throws(CurlFailure) {
        guard let mime = curl_mime_init(pointer) else { throw CurlFailure(code: CURLE_OUT_OF_MEMORY) }
        self.mime = mime
        try build(mime)
        try check(ccurl_easy_set_mime(pointer, mime))
    }

    func integer(_ info: CURLINFO) -> Int {
        var value = 0
        return ccurl_easy_get_long(pointer, info, &value) == CURLE_OK ? value : 0
    }

    private func check(_ code: CURLcode) throws(CurlFailure) {
        guard code == CURLE_OK else { throw CurlFailure(code: code) }
    }
}
