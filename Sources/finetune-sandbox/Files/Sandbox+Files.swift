import FoundationEssentials
import NIOHTTP1

extension Sandbox {
    func createFile(_ request: Request, failing error: Fault.FileError? = nil) throws(APIError) -> Response {
        let upload = try FileUpload(parts: try request.parts())
        let now = Date()
        var file = StoredFile(
            id: randomIdentifier(prefix: "file-", length: 22), createdAt: now, filename: upload.filename,
            purpose: upload.purpose, expiresAt: upload.expiresAfter.map { now.addingTimeInterval(Double($0)) },
            content: upload.content)
        if let error {
            file.processing = .fails(
                now.addingTimeInterval(error.seconds), reason: error.reason, meanwhile: error.meanwhile)
        }
        files.append(file)
        counts.filesCreated += 1
        return .json(FileObject(file))
    }

    func listFiles(_ query: Query) throws(APIError) -> Response {
        try query.allowOnly(["purpose", "limit", "order", "after"])
        settle()
        var found = files.items
        if let purpose = query["purpose"] { found = found.filter { $0.purpose.rawValue == purpose } }
        switch query["order"] {
        case nil, "desc": found.reverse()
        case "asc": break
        case .some: throw .badRequest("Invalid 'order': it must be asc or desc.", param: "order")
        }
        let limit = try query.limit(default: 10_000, most: 10_000)
        let page = try Page(of: found, after: query["after"], limit: limit, id: \.id)
        return .json(FileListObject(page))
    }

    func file(_ id: String) throws(APIError) -> StoredFile {
        settle()
        guard let file = files[id] else {
            throw .notFound("No such File object: \(id)", param: "id")
        }
        return file
    }

    func fileContent(_ id: String) throws(APIError) -> Response {
        let file = try file(id)
        return Response(headers: ["content-type": "application/octet-stream"], body: .bytes(file.content))
    }

    func deleteFile(_ id: String) throws(APIError) -> Response {
        _ = try file(id)
        files.remove(id)
        return .json(DeletionObject(id: id, object: "file"))
    }
}

extension Request {
    fileprivate func parts() throws(APIError) -> [MultipartPart] {
        switch body {
        case .form(let parts): return parts
        case .malformedForm(let error): throw .badRequest(error.message)
        case .tooLarge(let limit): throw .tooLarge(limit: limit)
        case .bytes: throw .badRequest("This endpoint takes multipart/form-data.")
        }
    }
}

/// The contract's `ListFilesResponse`; an empty list has empty ids, for they must be strings.
private struct FileListObject: Encodable {
    let object = "list"
    let data: [FileObject]
    let firstID: String
    let lastID: String
    let hasMore: Bool

    init(_ page: Page<StoredFile>) {
        data = page.elements.map { FileObject($0) }
        firstID = page.elements.first?.id ?? ""
        lastID = page.elements.last?.id ?? ""
        hasMore = page.hasMore
    }

    enum CodingKeys: String, CodingKey {
        case object, data
        case firstID = "first_id"
        case lastID = "last_id"
        case hasMore = "has_more"
    }
}
