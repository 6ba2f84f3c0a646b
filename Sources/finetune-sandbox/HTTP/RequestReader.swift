import NIOCore
import NIOHTTP1

/// Collects a request's body as its pieces arrive: a form goes through the multipart decoder piece by piece, so
/// that an upload is held once.
struct RequestReader {
    /// OpenAI takes files of up to 512 MB; the rest is room for the form around one.
    static let mostBodyBytes = 513 * 1_024 * 1_024

    private let head: HTTPRequestHead
    private let mostBytes: Int
    private var count = 0
    // Three properties and no enum: a payload would be copied with every piece, these grow in place.
    private var bytes: [UInt8] = []
    private var form: MultipartDecoder?
    private var formError: MultipartError?

    init(head: HTTPRequestHead, mostBytes: Int = RequestReader.mostBodyBytes) {
        self.head = head
        self.mostBytes = mostBytes
        guard let type = head.headers.first(name: "content-type"), type.lowercased().hasPrefix("multipart/") else {
            return
        }
        do {
            form = try MultipartDecoder(contentType: type)
        } catch {
            formError = error
        }
    }

    /// Whether the client waits for a word before it sends the body.
    var expectsContinue: Bool {
        head.headers.first(name: "expect")?.lowercased() == "100-continue"
    }

    /// Takes a piece; a body that is too large or malformed is read to its end and forgotten.
    mutating func take(_ piece: ByteBuffer) {
        count += piece.readableBytes
        guard count <= mostBytes, formError == nil else {
            bytes = []
            form = nil
            return
        }
        guard form != nil else {
            bytes.append(contentsOf: piece.readableBytesView)
            return
        }
        do {
            try form?.feed(piece.readableBytesView)
        } catch {
            formError = error
        }
    }

    consuming func finish() -> Request {
        Request(method: head.method, uri: head.uri, headers: head.headers, body: body)
    }

    private var body: Request.Body {
        if count > mostBytes { return .tooLarge(limit: mostBytes) }
        if let formError { return .malformedForm(formError) }
        guard let form else { return .bytes(bytes) }
        do { return .form(try form.finish()) } catch { return .malformedForm(error) }
    }
}
