/// A cut of a list behind a cursor, as every list of the contract makes it.
struct Page<Element> {
    let elements: [Element]
    let hasMore: Bool

    /// - Parameters:
    ///   - all: the list in the order asked for.
    ///   - after: the id of the last element that the client has; the page begins behind it.
    init(
        of all: [Element], after: String?, limit: Int, id: (Element) -> String
    ) throws(APIError) {
        var rest = all[...]
        if let after {
            guard let index = all.firstIndex(where: { id($0) == after }) else {
                throw .badRequest("Invalid 'after': there is no '\(after)' in this list.", param: "after")
            }
            rest = all[(index + 1)...]
        }
        elements = Array(rest.prefix(limit))
        hasMore = rest.count > limit
    }
}
