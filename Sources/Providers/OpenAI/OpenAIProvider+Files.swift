package import Jobs

extension OpenAIProvider {
    /// Sends the file with the purpose `fine-tune`.
    package func upload(
        _ dataset: Dataset, named name: String, as account: ProviderAccount
    ) async throws(ProviderError) -> ProviderFile {
        let form: [HTTPRequest.Part] = [
            .field(name: "purpose", value: OpenAIContract.File.trainingPurpose),
            .file(name: "file", path: dataset.path, filename: name, contentType: "application/jsonl"),
        ]
        let call = OpenAICall.post("files", body: .multipart(form), timeout: client.configuration.uploadTimeout)
        return try await file(client.call(call, as: account), as: account)
    }

    /// `GET /files/{id}`.
    package func file(_ id: ProviderFileID, as account: ProviderAccount) async throws(ProviderError) -> ProviderFile {
        try await file(client.call(.get("files", id.rawValue), as: account), as: account)
    }

    /// `GET /files`, and what matches of it.
    package func files(
        named name: String, byteCount: Int, as account: ProviderAccount
    ) async throws(ProviderError) -> [ProviderFile] {
        let purpose = OpenAIContract.File.trainingPurpose
        let call = OpenAICall.get("files", query: [("purpose", purpose), ("limit", "10000"), ("order", "asc")])
        let files: [OpenAIContract.File] = try await client.items(call, as: account)
        var matching: [ProviderFile] = []
        for found in files.sorted(by: { $0.createdAt < $1.createdAt })
        where found.filename == name && found.bytes == byteCount && found.purpose ?? purpose == purpose {
            matching.append(try file(found, as: account))
        }
        return matching
    }

    /// `DELETE /files/{id}`.
    package func deleteFile(_ id: ProviderFileID, as account: ProviderAccount) async throws(ProviderError) {
        do throws(ProviderError) {
            let call = OpenAICall.delete("files", id.rawValue)
            let deletion: OpenAIContract.Deletion = try await client.call(call, as: account)
            guard deletion.deleted else {
                throw .refused(ProviderComplaint("the provider did not delete the file"))
            }
        } catch {
            guard error.isMissing else { throw error }
        }
    }

    private func file(
        _ found: OpenAIContract.File, as account: ProviderAccount
    ) throws(ProviderError) -> ProviderFile {
        found.file(try client.presenter(for: account))
    }
}
