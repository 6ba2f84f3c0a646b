import NIOCore

/// A `multipart/form-data` body, taken apart.
struct MultipartForm {
    struct Part {
        let name: String
        let filename: String?
        let content: [UInt8]
    }

    private(set) var parts: [Part] = []

    /// `nil` if the body is not what its content type announces.
    init?(_ request: TestServer.Received) {
        guard let type = request.header("content-type"), type.hasPrefix("multipart/form-data"),
            let boundary = type.split(separator: "boundary=").last
        else { return nil }
        let bytes = Array(request.body.readableBytesView)
        let delimiter = Array("\r\n--\(boundary)".utf8)
        var rest = (Array("\r\n".utf8) + bytes)[...]
        while let start = rest.firstRange(of: delimiter) {
            rest = rest[start.upperBound...]
            if rest.elementsEqual(Array("--\r\n".utf8)) { return }
            guard let end = rest.firstRange(of: delimiter), let part = Part(rest[..<end.lowerBound]) else { return nil }
            parts.append(part)
            rest = rest[end.lowerBound...]
        }
        return nil
    }
}

extension MultipartForm.Part {
    fileprivate init?(_ bytes: ArraySlice<UInt8>) {
        guard let blank = bytes.firstRange(of: Array("\r\n\r\n".utf8)) else { return nil }
        let head = String(decoding: bytes[..<blank.lowerBound], as: UTF8.self)
        guard let name = Self.value("name", in: head) else { return nil }
        self.init(name: name, filename: Self.value("filename", in: head), content: Array(bytes[blank.upperBound...]))
    }

    private static func value(_ key: String, in head: String) -> String? {
        head.split(separator: " \(key)=\"").dropFirst().first?.split(separator: "\"").first.map(String.init)
    }
}
