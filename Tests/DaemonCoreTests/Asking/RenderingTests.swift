import Identifiers
import LineTransport
import Testing

@testable import DaemonCore
@testable import FinetuneAPI

@Suite("rendered prompts", .timeLimit(.minutes(5)))
struct RenderingTests {
    @Test(
        "a rendering is that of the tables as they are now, kept or not, and warns when they are others than in training"
    )
    func freshness() async throws {
        try await withGrounds { daemon, grounds in
            _ = try await daemon.promote(grounds.succeeded)
            let table = try #require(grounds.library.tables.first)
            for round in 0..<20 {
                let description = "what we know, round \(round)"
                _ = try await daemon.client.call(
                    Routes.changeTable, table.id, body: TableDescriptionChanges(description: .set(description)))
                for _ in 0..<3 {
                    let rendering = try await daemon.render(model: "sales")
                    #expect(rendering.messages[0].content.contains(description))
                    #expect(rendering.warning != nil && rendering.promptFingerprint != rendering.trainedFingerprint)
                }
            }
            _ = try await daemon.client.call(
                Routes.changeTable, table.id,
                body: TableDescriptionChanges(description: table.description.map { .set($0) } ?? .cleared))
            #expect(try await daemon.render(model: "sales").warning == nil)
        }
    }

    @Test("the alias's new model is in the next rendering")
    func promotion() async throws {
        try await withGrounds { daemon, grounds in
            for version in 1...5 {
                _ = try await daemon.promote(grounds.succeeded)
                for _ in 0..<2 { #expect(try await daemon.render(model: "sales").modelVersion == version) }
            }
        }
    }

    @Test("a question is data, whatever it holds")
    func hostileQuestions() async throws {
        try await withGrounds { daemon, grounds in
            for question in ["\"}],\"x\":[{\"", "a\u{0}b", "tab\tand\nline", "a\u{2028}b\u{85}c", "🦊 é"] {
                for _ in 0..<2 {
                    let rendering = try await daemon.client.call(
                        Routes.renderPrompt, body: PromptRenderingRequest(text: question, finetuning: grounds.succeeded)
                    )
                    #expect(rendering.messages.map(\.role) == ["system", "user"])
                    #expect(rendering.messages[1].content == question.trimmed)
                }
            }
        }
    }
}

extension TestDaemon {
    fileprivate func render(model: String) async throws -> PromptRendering {
        try await client.call(
            Routes.renderPrompt, body: PromptRenderingRequest(text: "Which books are old?", model: model))
    }
}
