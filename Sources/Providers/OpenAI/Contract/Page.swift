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

    /// An item of a list that may miss one: what cannot be read of it hides nothing of the others. Lists that are
    /// searched for what may have been made are read whole or not at all.
    struct IfReadable<Item: Listed>: Listed {
        let id: String
        let item: Item?

        private enum CodingKeys: CodingKey {
            case id
        }

        init(from decoder: any Decoder) throws {
            do {
                let item = try Item(from: decoder)
                (id, self.item) = (item.id, item)
            } catch {
                (id, item) = (Self.id(in: decoder), nil)
            }
        }

        private static func id(in decoder: any Decoder) -> String {
            do {
                return try decoder.container(keyedBy: CodingKeys.self).decode(String.self, forKey: .id)
            } catch {
                // It is no cursor either; the list ends with it.
                return ""
            }
        }
    }
}
