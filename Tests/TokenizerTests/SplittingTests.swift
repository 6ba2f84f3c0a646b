import Testing

@testable import Tokenizer

@Suite("The split rules")
struct SplittingTests {
    /// The pieces of a text, with a bar between them, by the published expression of each vocabulary.
    struct Case {
        let cl100k: String
        let o200k: String

        var text: String { String(String.UnicodeScalarView(cl100k.unicodeScalars.filter { $0 != "|" })) }
    }

    @Test(
        "cut a text where the published expressions do",
        arguments: [
            Case(cl100k: "it|'s| we|'ll| THEY|'RE| I|'d", o200k: "it's| we'll| THEY'RE| I'd"),
            Case(cl100k: "'s|tart| '|tis| '|Ve", o200k: "'start| '|tis| '|Ve"),
            Case(cl100k: "\u{17F}t|'\u{17F}|a", o200k: "\u{17F}t'\u{17F}|a"),
            Case(cl100k: "don|'t|''|s", o200k: "don't|''|s"),
            Case(cl100k: "HTTPServer| getURLs| ABc| XMLHttp", o200k: "HTTPServer| get|URLs| ABc| XMLHttp"),
            Case(cl100k: "fooBar|987|654|3|x", o200k: "foo|Bar|987|654|3|x"),
            Case(cl100k: " | two|  | spaces", o200k: " | two|  | spaces"),
            Case(cl100k: "tab|\tx|\t|\ty", o200k: "tab|\tx|\t|\ty"),
            Case(cl100k: "a|\r\n\r\n|b| \r\n| | c", o200k: "a|\r\n\r\n|b| \r\n| | c"),
            Case(cl100k: "end|  ", o200k: "end|  "),
            Case(cl100k: "\n  \n ", o200k: "\n  \n| "),
            Case(cl100k: "\n\n|\t| end", o200k: "\n\n|\t| end"),
            Case(cl100k: "x| =| /*/\n|//\n|/y", o200k: "x| =| /*/\n//\n/|y"),
            Case(cl100k: "!!\r\n|/\n|?", o200k: "!!\r\n/\n|?"),
            Case(cl100k: "e|\u{301}te|\u{301}| A|\u{301}B", o200k: "e\u{301}te\u{301}| A\u{301}|B"),
            Case(cl100k: "\u{301}A| \u{301}\u{301}|a", o200k: "\u{301}|A| \u{301}\u{301}a"),
            Case(
                cl100k: "\u{6F22}\u{5B57}kana| \u{30AB}\u{30BF}\u{30AB}\u{30CA}A",
                o200k: "\u{6F22}\u{5B57}kana| \u{30AB}\u{30BF}\u{30AB}\u{30CA}|A"),
            Case(cl100k: "\u{1C5}a| \u{2B0}A", o200k: "\u{1C5}a| \u{2B0}|A"),
            Case(cl100k: "\u{BD}\u{B2}\u{2163}|\u{2164}\u{663}", o200k: "\u{BD}\u{B2}\u{2163}|\u{2164}\u{663}"),
            Case(cl100k: "\u{A0}x|\u{A0}|\u{A0}y|\u{3000}z", o200k: "\u{A0}x|\u{A0}|\u{A0}y|\u{3000}z"),
            Case(cl100k: "\u{2028}a|\u{85}\n", o200k: "\u{2028}a|\u{85}\n"),
            Case(cl100k: "\u{1F600}\u{1F600}| ok|\u{1F600}", o200k: "\u{1F600}\u{1F600}| ok|\u{1F600}"),
            Case(cl100k: "_id| __|name|__| a|_b", o200k: "_id| __|name|__| a|_b"),
            Case(cl100k: "\u{1680}|'S", o200k: "\u{1680}|'S"),
            Case(cl100k: "A\u{2BC}s| \u{130}| \u{DF}| \u{1E9E}|'S", o200k: "A\u{2BC}s| \u{130}| \u{DF}| \u{1E9E}'S"),
        ])
    func pieces(expected: Case) {
        #expect(SplitRules(vocabulary: .cl100k).pieces(of: expected.text) == expected.cl100k)
        #expect(SplitRules(vocabulary: .o200k).pieces(of: expected.text) == expected.o200k)
    }

    @Test("know the kinds of scalars that Swift knows, as they were in Unicode 16")
    func scalarKinds() {
        let madeOtherLetterIn17: Unicode.Scalar = "\u{295}"
        for scalar in (0...0x10FFFF as ClosedRange<UInt32>).compactMap(Unicode.Scalar.init) {
            guard let age = scalar.properties.age, age.major <= 16, scalar != madeOtherLetterIn17 else { continue }
            if ScalarKinds.all[scalar.value] != ScalarKind(scalar) {
                Issue.record("U+\(String(scalar.value, radix: 16)) is of another kind")
            }
        }
    }
}

extension SplitRules {
    fileprivate func pieces(of text: String) -> String {
        let bytes = Array(text.utf8)
        var pieces: [String] = []
        var start = 0
        while start < bytes.count {
            let end = endOfPiece(from: start, in: bytes.span)
            pieces.append(String(decoding: bytes[start..<end], as: UTF8.self))
            start = end
        }
        return pieces.joined(separator: "|")
    }
}

extension ScalarKind {
    /// The kind of a scalar by Swift's own tables.
    fileprivate init(_ scalar: Unicode.Scalar) {
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .titlecaseLetter: self = .uppercase
        case .lowercaseLetter: self = .lowercase
        case .modifierLetter, .otherLetter: self = .caseless
        case .nonspacingMark, .spacingMark, .enclosingMark: self = .mark
        case .decimalNumber, .letterNumber, .otherNumber: self = .number
        default:
            if scalar == "\r" || scalar == "\n" {
                self = .lineBreak
            } else {
                self = scalar.properties.isWhitespace ? .space : .symbol
            }
        }
    }
}
