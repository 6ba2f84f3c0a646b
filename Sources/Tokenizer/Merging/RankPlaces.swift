/// A number for each rank: a hash table with open addressing, for ranks that come by the million.
struct RankPlaces {
    private var ranks: [TokenID]
    private var places: [UInt32]
    private var count = 0

    private static var fewest: Int { 64 }

    init() {
        ranks = [TokenID](repeating: TokenTable.noToken, count: Self.fewest)
        places = [UInt32](repeating: 0, count: Self.fewest)
    }

    /// The rank's number; the new one if it has none yet.
    mutating func place(of rank: TokenID, orNew new: Int) -> Int {
        let slot = slot(of: rank)
        if ranks[slot] == rank { return Int(places[slot]) }
        ranks[slot] = rank
        places[slot] = UInt32(new)
        count += 1
        if count > ranks.count / 2 { grow() }
        return new
    }

    private func slot(of rank: TokenID) -> Int {
        let mask = ranks.count - 1
        var slot = Int(truncatingIfNeeded: (rank &* 0x9E37_79B1) >> 8) & mask
        while ranks[slot] != rank, ranks[slot] != TokenTable.noToken {
            slot = (slot + 1) & mask
        }
        return slot
    }

    private mutating func grow() {
        let before = self
        ranks = [TokenID](repeating: TokenTable.noToken, count: 2 * before.ranks.count)
        places = [UInt32](repeating: 0, count: 2 * before.ranks.count)
        for (rank, place) in zip(before.ranks, before.places) where rank != TokenTable.noToken {
            let slot = slot(of: rank)
            ranks[slot] = rank
            places[slot] = place
        }
    }
}
