internal import Jobs

extension OpenAIClient {
    /// Every item of a list, in the service's order, page after page, until `isLast` says so of an item or the list ends.
    /// The item of which it says so is the last that is returned.
    func items<Item: OpenAIContract.Listed>(
        _ call: OpenAICall, as account: ProviderAccount, upTo isLast: (Item) -> Bool = { _ in false }
    ) async throws(ProviderError) -> [Item] {
        var items: [Item] = []
        var call = call
        let query = call.query
        while true {
            let page: OpenAIContract.Page<Item> = try await self.call(call, as: account)
            if let end = page.data.firstIndex(where: isLast) { return items + page.data[...end] }
            items += page.data
            // A service that ignores the cursor would send its first page for ever.
            guard page.hasMore == true, let cursor = page.data.last?.id, !cursor.isEmpty,
                call.query.last?.value != cursor
            else { return items }
            call.query = query + [("after", cursor)]
        }
    }
}
