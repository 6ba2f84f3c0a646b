/// Things in the order of their creation, found by id without a search: there may be ten thousand of them.
struct Registry<Item: Identifiable & Sendable>: Sendable where Item.ID: Sendable {
    /// All of them, oldest first.
    private(set) var items: [Item] = []
    private var places: [Item.ID: Int] = [:]

    var count: Int { items.count }

    /// The item of this id. An item that is changed keeps its id; `nil` is for none, and removes nothing.
    subscript(id: Item.ID) -> Item? {
        get { places[id].map { items[$0] } }
        set {
            guard let place = places[id], let newValue else { return }
            items[place] = newValue
        }
    }

    mutating func append(_ item: Item) {
        places[item.id] = items.count
        items.append(item)
    }

    mutating func remove(_ id: Item.ID) {
        guard let place = places.removeValue(forKey: id) else { return }
        items.remove(at: place)
        for later in place..<items.count { places[items[later].id] = later }
    }
}
