import ArgumentParser

/// Which part of a list a command shows.
struct Page: ParsableArguments {
    /// The most elements that the daemon sends at once.
    static let greatestLimit = 1000

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
    /// Asks for the page, or for all of them one after the other.
    func list<Element>(
        _ page: Page, _ ask: (_ page: Int, _ limit: Int) async throws -> Answer<[Element]>
    ) async throws -> Answer<[Element]> {
        if page.all {
            return try await everyPage { try await ask($0, Page.greatestLimit) }
        }
        let answer = try await ask(page.page, page.limit)
        if answer.response.count == page.limit, !wantsJSON {
            await console.note("There may be more: --page \(page.page + 1), or --all")
        }
        return answer
    }
}
