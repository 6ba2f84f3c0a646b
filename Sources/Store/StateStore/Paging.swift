/// One page of a list.
package struct PageRequest: Hashable, Sendable {
    /// The page, from 1.
    package let number: Int
    /// The most items on it, from 1 to 1,000.
    package let limit: Int

    /// Asks for a page. What lies outside of the bounds is moved to the next bound.
    package init(number: Int = 1, limit: Int = 10) {
        self.number = max(number, 1)
        self.limit = min(max(limit, 1), 1000)
    }

    /// How many items come before the page.
    var offset: Int {
        let (offset, overflow) = (number - 1).multipliedReportingOverflow(by: limit)
        return overflow ? .max : offset
    }
}

/// A page of a list, oldest first.
package struct Page<Item: Sendable>: Sendable {
    /// The items on the page; none beyond the last page.
    package let items: [Item]
    /// How many items the whole list has.
    package let total: Int

    /// A page of a list.
    package init(items: [Item], total: Int) {
        self.items = items
        self.total = total
    }
}

extension Page: Equatable where Item: Equatable {}
