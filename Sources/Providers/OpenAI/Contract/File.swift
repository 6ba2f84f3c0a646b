internal import Jobs

extension OpenAIContract {
    /// An uploaded file.
    struct File: Listed {
        let id: String
        let bytes: Int
        let filename: String
        let purpose: String?
        let status: String?
        let statusDetails: String?
        let createdAt: Int

        static let trainingPurpose = "fine-tune"

        private enum CodingKeys: String, CodingKey {
            case id, bytes, filename, purpose, status
            case statusDetails = "status_details"
            case createdAt = "created_at"
        }
    }

    /// The answer to a deletion.
    struct Deletion: Decodable {
        let deleted: Bool
    }
}

extension OpenAIContract.File {
    /// The file in the engine's words; `presentable` makes the service's words fit to show.
    func file(_ presentable: (String) -> String) -> ProviderFile {
        ProviderFile(
            id: ProviderFileID(rawValue: id), name: filename, byteCount: bytes, readiness: readiness(presentable))
    }

    // The status is deprecated, and may stay at `uploaded`: a job can be made then, and it checks the file itself.
    private func readiness(_ presentable: (String) -> String) -> ProviderFile.Readiness {
        switch status {
        case "uploaded", "processed", nil: .ready
        case "error": .unusable(reason: statusDetails.map(presentable) ?? "the provider gives no reason")
        case _: .pending
        }
    }
}
