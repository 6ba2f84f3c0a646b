import NIOCore
import NIOHTTP1

/// Collects a request's body as its pieces arrive: a form goes through the multipart decoder piece by piece, so
/// that an upload is held once.
struct RequestReader {
    /// OpenAI takes files of up to 512 MB; the rest is room for the form around one.
    static let mostBodyBytes = 513 * 1_024 * 1_024

    private enum Collected {
        case bytes([UInt8])
        case form(MultipartDecoder)
        case malformedForm(MultipartError)
        case tooLarge
    }

    private let head: HTTPRequestHead
    private let mostBytes: Int
    private var collected: Collected
    private var count = 0

    init(head: HTTPRequestHead, mostBytes: Int = RequestReader.mostBodyBytes) {
        self.head = head
        self.mostBytes = mostBytes
        collected = .bytes([])
        guard let type = head.headers.first(name: "content-type"), type.lowercased().hasPrefix("multipart/") else {
            return
        }
        do {
            collected = .form(try MultipartDecoder(contentType: type))
        } catch {
            collected = .malformedForm(error)
        }
    }

    /// Whether the client waits for a word before it sends the body.
    var expectsContinue: Bool {
        head.headers.first(name: "expect")?.lowercased() == "100-continue"
    }

    /// Takes a piece; a body that is too large or malformed is read to its end and forgotten.
    mutating func take(_ piece: ByteBuffer) {
        count += piece.readableBytes
        // The collected bytes leave the property while they grow: two owners would copy them at every piece.
        let before = collected
        collected = .tooLarge
        guard count <= mostBytes else { return }
        switch before {
        case .bytes(var bytes):
            bytes.append(contentsOf: piece.readableBytesView)
            collected = .bytes(bytes)
        case .form(var decoder):
            do {
                try decoder.feed(piece.readableBytesView)
                collected = .form(decoder)
            } catch {
                collected = .malformedForm(error)
            }
        case .malformedForm, .tooLarge: collected = before
        }
    }

    consuming func finish() -> Request {
        Request(method: head.method, uri: head.uri, headers: head.headers, body: body)
    }

    private var body: Request.Body {
        switch collected {
        case .bytes(let bytes): return .bytes(bytes)
        case .form(let decoder):
            do { return .form(try decoder.finish()) } catch { return .malformedForm(error) }
        case .malformedForm(let error): return .malformedForm(error)
        case .tooLarge: return .tooLarge(limit: mostBytes)
        }
    }
}
