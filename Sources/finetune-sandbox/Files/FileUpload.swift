/// A file upload as the contract takes it: `file`, `purpose` and, if wanted, `expires_after`.
struct FileUpload: Equatable {
    var filename: String
    var purpose: StoredFile.Purpose
    /// Seconds from creation.
    var expiresAfter: Int?
    var content: [UInt8]

    init(parts: [MultipartPart]) throws(APIError) {
        try Self.checkNames(of: parts)
        let texts = Self.texts(of: parts)
        guard let file = parts.first(where: { $0.name == "file" }), let filename = file.filename else {
            throw .badRequest("'file' is a required property, with a filename.", param: "file")
        }
        guard !file.content.isEmpty else { throw .badRequest("The file is empty.", param: "file") }
        self.filename = filename
        content = file.content
        purpose = try Self.purpose(texts["purpose"])
        expiresAfter = try Self.expiry(anchor: texts["expires_after[anchor]"], seconds: texts["expires_after[seconds]"])
    }

    private static func checkNames(of parts: [MultipartPart]) throws(APIError) {
        let known: Set = ["file", "purpose", "expires_after[anchor]", "expires_after[seconds]"]
        var seen: Set<String> = []
        for part in parts {
            guard known.contains(part.name) else {
                throw .badRequest("Unrecognized request argument supplied: \(part.name)", param: part.name)
            }
            guard seen.insert(part.name).inserted else {
                throw .badRequest("The form has more than one '\(part.name)'.", param: part.name)
            }
        }
    }

    private static func texts(of parts: [MultipartPart]) -> [String: String] {
        let texts = parts.filter { $0.name != "file" }
        return Dictionary(uniqueKeysWithValues: texts.map { ($0.name, String(decoding: $0.content, as: UTF8.self)) })
    }

    private static func purpose(_ text: String?) throws(APIError) -> StoredFile.Purpose {
        guard let text else { throw .badRequest("'purpose' is a required property.", param: "purpose") }
        guard let purpose = StoredFile.Purpose(rawValue: text), StoredFile.Purpose.uploadable.contains(purpose) else {
            let choices = StoredFile.Purpose.uploadable.map(\.rawValue).joined(separator: ", ")
            throw .badRequest("'\(text)' is not one of \(choices).", code: "invalid_value", param: "purpose")
        }
        return purpose
    }

    private static func expiry(anchor: String?, seconds: String?) throws(APIError) -> Int? {
        guard anchor != nil || seconds != nil else { return nil }
        guard anchor == "created_at", let seconds = seconds.flatMap(Int.init), (3_600...2_592_000).contains(seconds)
        else {
            throw .badRequest(
                "'expires_after' needs the anchor 'created_at' and between 3600 and 2592000 seconds.",
                param: "expires_after")
        }
        return seconds
    }
}
