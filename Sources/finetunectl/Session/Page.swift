import ArgumentParser
import FinetuneAPI

/// Which part of a list a command shows.
struct Page: ParsableArguments {
    /// The most elements that the daemon sends at once.
    static let greatestLimit = FieldLimits.pageSize.upperBound

    @Option(help: "Which page, from 1.")
    var page = 1

    @Option(help: "How many a page has, up to 1000.")
    var limit = 100

    @Flag(help: "All pages.")
    var all = false

    func validate() throws {
        guard page >= 1 else { throw ValidationError("--page is at least 1") }
        guard (1...Self.greatestLimit).contains(limit) else {
            throw ValidationError("--limit is from 1 to \(Self.greatestLimit)")
        }
    }
}

extension Session {
    /// Shows the page, or all of them as one list.
    func show<Element>(
        _ page: Page, _ ask: (_ page: Int, _ limit: Int) async throws -> Answer<[Element]>,
        text: ([Element], Terminal) -> String
    ) async throws {
        if page.all {
            return try await show(try await everyPage { try await ask($0, Page.greatestLimit) }, text)
        }
        let answer = try await ask(page.page, page.limit)
        try await show(answer, text)
        if answer.response.count == page.limit, !wantsJSON {
            await console.note("There may be more: --page \(page.page + 1), or --all")
        }
    }
}
