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

    /// `pending` is no word of the contract today; services that speak it still use it.
    enum Status: String, Codable, Sendable {
        case uploaded, pending, processed, error
    }

    /// What the sandbox makes of it.
    enum Processing: Sendable {
        case ended(Status)
        /// It turns out to be unusable at this date, and has another status until then.
        case fails(Date, reason: String, meanwhile: Status)
    }

    let id: String
    let createdAt: Date
    let filename: String
    let purpose: Purpose
    var processing = Processing.ended(.processed)
    var expiresAt: Date?
    let content: [UInt8]

    func status(at date: Date) -> Status {
        switch processing {
        case .ended(let status): status
        case .fails(let end, _, let meanwhile): date < end ? meanwhile : .error
        }
    }
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
    /// Why it is unusable, if it is.
    let statusDetails: String?

    init(_ file: StoredFile, at date: Date = Date()) {
        id = file.id
        bytes = file.content.count
        createdAt = unixTime(file.createdAt)
        expiresAt = file.expiresAt.map(unixTime)
        filename = file.filename
        purpose = file.purpose
        status = file.status(at: date)
        if status == .error, case .fails(_, let reason, _) = file.processing {
            statusDetails = reason
        } else {
            statusDetails = nil
        }
    }

    enum CodingKeys: String, CodingKey {
        case id, object, bytes, filename, purpose, status
        case createdAt = "created_at"
        case expiresAt = "expires_at"
        case statusDetails = "status_details"
    }
}

func unixTime(_ date: Date) -> Int {
    Int(date.timeIntervalSince1970)
}
