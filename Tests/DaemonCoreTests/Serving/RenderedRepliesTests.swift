import FinetuneAPI
import Identifiers
import NIOCore
import Testing

@testable import DaemonCore

@Suite("rendered replies")
struct RenderedRepliesTests {
    private let replies = RenderedReplies(byteLimit: 1 << 10)
    private let one = RenderedReplies.Subject.finetuning(ObjectID(seconds: 1, suffix: 1))
    private let other = RenderedReplies.Subject.finetuning(ObjectID(seconds: 2, suffix: 2))

    private func keep(
        _ body: String, at path: String = "/a", for role: Role = .reader, about subjects: [RenderedReplies.Subject],
        since reading: RenderedReplies.Reading? = nil
    ) {
        replies.keep(
            Array(body.utf8), at: path, for: role, about: subjects, since: reading ?? replies.beginReading())
    }

    private func body(at path: String = "/a", for role: Role = .reader) -> String? {
        replies.body(at: ByteBuffer(string: path), for: role).map { String(buffer: $0) }
    }

    @Test("are kept until any of their subjects changes")
    func aChangeForgets() {
        keep("1", about: [one, other])
        keep("2", at: "/b", about: [other])
        #expect(body() == "1" && body(at: "/b") == "2" && body(at: "/c") == nil)
        replies.drop(one)
        #expect(body() == nil && body(at: "/b") == "2")
        keep("3", about: [one, other])
        replies.drop(other)
        #expect(body() == nil && body(at: "/b") == nil)
    }

    @Test("are not kept if a subject changed since the read began")
    func aReadIsOvertaken() {
        let early = replies.beginReading()
        replies.drop(one)
        keep("old", about: [one], since: early)
        #expect(body() == nil)
        keep("new", about: [one])
        #expect(body() == "new")
    }

    @Test("take the place of those at the same path")
    func aReplyIsReplaced() {
        keep("1", about: [one])
        keep("2", about: [other])
        replies.drop(one)
        #expect(body() == "2")
    }

    @Test("are for those whose role may read them")
    func aRoleIsNeeded() {
        keep("1", for: .operate, about: [one])
        #expect(body(for: .agent) == nil && body(for: .operate) == "1" && body(for: .admin) == "1")
    }

    @Test("are bounded: one too long is not kept, and of many the latest")
    func whatIsKeptIsBounded() {
        keep(String(repeating: "x", count: 65), about: [one])
        #expect(body() == nil)
        let text = String(repeating: "x", count: 60)
        let paths = (10..<99).map { "/\($0)" }
        for path in paths { keep(text, at: path, about: [one]) }
        #expect(body(at: "/98") == text)
        #expect(paths.count { body(at: $0) != nil } <= 1_024 / 63)
    }
}
