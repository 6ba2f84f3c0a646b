import FinetuneAPI

/// What somebody who follows a thing found when it looked at it.
enum Look<End: Sendable>: Sendable {
    /// Nothing more is to be told.
    case over(End)
    /// There is more to come. A client that has to connect again goes on after this number, if the thing has numbers.
    case open(resumeAfter: Int? = nil)
}

extension AsyncStream where Element == Void {
    /// Looks at a thing, and again after each of these signals of its changes, until there is nothing more to tell.
    ///
    /// The signals were asked for before the first look, so that no change is missed in between. Throws
    /// `CancellationError` where the client has ended its request, and `shutting_down` where the daemon ends.
    func follow<End>(_ look: () async throws -> Look<End>) async throws -> End {
        var changes = makeAsyncIterator()
        while true {
            switch try await look() {
            case .over(let end): return end
            case .open(let number):
                let isLive = await changes.next() != nil
                try Task.checkCancellation()
                guard isLive else { throw APIError.shuttingDown(resumeAfter: number) }
            }
        }
    }
}
