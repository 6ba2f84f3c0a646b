import FoundationEssentials

/// A file as the sandbox keeps it: in memory, until it is deleted or the process ends.
struct StoredFile: Identifiable, Sendable {
    enum Purpose: String, Codable, Sendable {
        case assistants
        case batch
        case evals
        case fineTune = "fine-tune"
        case fineTuneResults = "fine-tune-results"
        case userData = "user_data"
        case vision

        /// What a client may upload; results come from jobs alone.
        static let uploadable: [Purpose] = [.assistants, .batch, .fineTune, .vision, .userData, .evals]
    }

    enum Status: String, Codable, Sendable {
        case uploaded, processed, error
    }

    let id: String
    let createdAt: Date
    let filename: String
    let purpose: Purpose
    var status = Status.processed
    var expiresAt: Date?
    let content: [UInt8]
}

/// The contract's `OpenAIFile`.
struct FileObject: Encodable {
    let id: String
    let object = "file"
    let bytes: Int
    let createdAt: Int
    let expiresAt: Int?
    let filename: String
    let purpose: StoredFile.Purpose
    let status: StoredFile.Status

    init(_ file: StoredFile) {
        id = file.id
        bytes = file.content.count
        createdAt = unixTime(file.createdAt)
        expiresAt = file.expiresAt.map(unixTime)
        filename = file.filename
        purpose = file.purpose
        status = file.status
    }

    enum CodingKeys: String, CodingKey {
        case id, object, bytes, filename, purpose, status
        case createdAt = "created_at"
        case expiresAt = "expires_at"
    }
}

func unixTime(_ date: Date) -> Int {
    Int(date.timeIntervalSince1970)
}
