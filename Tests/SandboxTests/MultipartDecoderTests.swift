import Testing

@testable import finetune_sandbox

@Suite struct MultipartDecoderTests {
    private static let form = """
        --b\r\nContent-Disposition: form-data; name="purpose"\r\n\r\nfine-tune\r\n\
        --b\r\nContent-Type: text/plain\r\ncontent-disposition: form-data; name="file"; filename="a;\\"b\\".jsonl"\r\n\r\n\
        {"x":1}\r\n--c\r\n--\r\n--b--\r\n
        """
    private static let parts = [
        MultipartPart(name: "purpose", content: Array("fine-tune".utf8)),
        MultipartPart(name: "file", filename: #"a;"b".jsonl"#, content: Array("{\"x\":1}\r\n--c\r\n--".utf8)),
    ]

    @Test("the parts are the same wherever the body is cut", arguments: 0...Array(form.utf8).count)
    func cut(at index: Int) throws {
        let bytes = Array(Self.form.utf8)
        var decoder = MultipartDecoder(boundary: "b")
        try decoder.feed(bytes[..<index])
        try decoder.feed(bytes[index...])
        #expect(try decoder.finish() == Self.parts)
    }

    @Test("the parts are the same in chunks of any size", arguments: 1...9)
    func chunks(of size: Int) throws {
        var rest = Array(Self.form.utf8)[...]
        var decoder = MultipartDecoder(boundary: "b")
        while !rest.isEmpty {
            try decoder.feed(rest.prefix(size))
            rest = rest.dropFirst(size)
        }
        #expect(try decoder.finish() == Self.parts)
    }

    @Test(
        "a malformed body is refused by its fault",
        arguments: [
            ("hello--b--", MultipartError.contentBeforeFirstBoundary),
            ("", .unexpectedEnd),
            ("--b", .unexpectedEnd),
            ("--b\r\ncontent-disposition: form-data; name=\"a\"\r\n\r\ntext", .unexpectedEnd),
            ("--b \r\n", .malformedBoundary),
            ("--b\r\nx: y\r\n\r\n", .malformedHeaders),
            ("--b\r\ncontent-disposition: form-data\r\n\r\n", .malformedHeaders),
            ("--b\r\ncontent-disposition: attachment; name=a\r\n\r\n", .malformedHeaders),
            ("--b--\r\nmore", .contentAfterLastBoundary),
            ("--b--x", .contentAfterLastBoundary),
        ])
    func malformed(body: String, error: MultipartError) {
        #expect(throws: error) {
            var decoder = MultipartDecoder(boundary: "b")
            try decoder.feed(body.utf8)
            _ = try decoder.finish()
        }
    }

    @Test func aHeaderBlockWithoutEndIsRefused() {
        var decoder = MultipartDecoder(boundary: "b")
        #expect(throws: MultipartError.malformedHeaders) {
            try decoder.feed("--b\r\n".utf8)
            try decoder.feed(repeatElement(UInt8(ascii: "x"), count: 20_000))
        }
    }

    @Test(
        "the boundary comes from the content type",
        arguments: [
            ("multipart/form-data; boundary=abc", true), ("multipart/form-data; Boundary=\"a b\"", true),
            ("multipart/form-data", false), ("multipart/form-data; boundary=", false),
        ])
    func boundary(contentType: String, isThere: Bool) {
        if isThere {
            #expect(throws: Never.self) { try MultipartDecoder(contentType: contentType) }
        } else {
            #expect(throws: MultipartError.noBoundary) { try MultipartDecoder(contentType: contentType) }
        }
    }
}
