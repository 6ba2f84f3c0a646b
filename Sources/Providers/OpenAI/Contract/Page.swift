extension OpenAIContract {
    /// One page of a list.
    struct Page<Item: Decodable>: Decodable {
        let data: [Item]
        let hasMore: Bool?

        private enum CodingKeys: String, CodingKey {
            case data
            case hasMore = "has_more"
        }
    }

    /// What a list can be turned over by: the last item of a page is the cursor of the next.
    protocol Listed: Decodable {
        var id: String { get }
    }
}
