internal import CCurl

extension HTTPRequest.Body {
    /// Opens the files of a multipart body, in the order of its parts.
    func openFiles() throws(TransportError) -> [UploadFile] {
        guard case .multipart(let parts) = self else { return [] }
        var files: [UploadFile] = []
        for case .file(_, let path, _, _) in parts {
            files.append(try UploadFile(path: path))
        }
        return files
    }
}

/// Parts are added to curl's `curl_mime`, which Swift knows as an opaque pointer.
extension OpaquePointer {
    func addField(_ name: String, _ value: String) throws(CurlFailure) {
        let part = try addPart(named: name)
        try check(curl_mime_data(part, value, value.utf8.count))
    }

    /// Adds a part that curl reads from `file` piece by piece. The file must outlive the transfer.
    func addFile(
        _ name: String, _ file: UploadFile, filename: String, contentType: String
    ) throws(CurlFailure) {
        let part = try addPart(named: name)
        try check(curl_mime_filename(part, filename))
        try check(curl_mime_type(part, contentType))
        let context = Unmanaged.passUnretained(file).toOpaque()
        try check(curl_mime_data_cb(part, curl_off_t(file.size), readUpload, seekUpload, nil, context))
    }

    private func addPart(named name: String) throws(CurlFailure) -> OpaquePointer {
        guard let part = curl_mime_addpart(self) else { throw CurlFailure(code: CURLE_OUT_OF_MEMORY) }
        try check(curl_mime_name(part, name))
        return part
    }

    private func check(_ code: CURLcode) throws(CurlFailure) {
        guard code == CURLE_OK else { throw CurlFailure(code: code) }
    }
}

private func readUpload(
    buffer: UnsafeMutablePointer<CChar>?, size: Int, count: Int, context: UnsafeMutableRawPointer?
) -> Int {
    UploadFile.from(context).read(into: UnsafeMutableRawBufferPointer(start: buffer, count: size * count))
        ?? Int(CURL_READFUNC_ABORT)
}

private func seekUpload(context: UnsafeMutableRawPointer?, offset: curl_off_t, origin: Int32) -> Int32 {
    guard origin == SEEK_SET, UploadFile.from(context).seek(to: Int(offset)) else { return CURL_SEEKFUNC_FAIL }
    return CURL_SEEKFUNC_OK
}

extension UploadFile {
    fileprivate static func from(_ context: UnsafeMutableRawPointer?) -> UploadFile {
        guard let context else { preconditionFailure("curl called back without the context that was set") }
        return Unmanaged<UploadFile>.fromOpaque(context).takeUnretainedValue()
    }
}
