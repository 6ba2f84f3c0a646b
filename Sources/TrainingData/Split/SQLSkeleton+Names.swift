extension [SQLSkeleton.Part] {
    /// With `name` for `alias.name` and `schema.table.name`.
    func droppingQualifiers() -> [SQLSkeleton.Part] {
        var kept: [SQLSkeleton.Part] = []
        for part in self {
            if kept.last == .symbol("."), case .word = kept.dropLast().last {
                switch part {
                case .word, .symbol("*"): kept.removeLast(2)
                case .quoted, .number, .value, .symbol: break
                }
            }
            kept.append(part)
        }
        return kept
    }

    /// Without the places that give an alias, and with the number of the alias where it is used.
    func droppingAliases() -> [SQLSkeleton.Part] {
        var scan = AliasScan(parts: self)
        for index in indices { scan.look(at: index) }
        return scan.withoutAliases
    }
}

/// Finds the aliases of a text: `expression AS alias`, `table alias`, and `alias AS (query)`.
private struct AliasScan {
    let parts: [SQLSkeleton.Part]
    private var numbers: [String: Int] = [:]
    private var isDropped: Set<Int> = []
    /// For each open parenthesis, whether it is that of a CAST, whose AS gives a type.
    private var isCast: [Bool] = []

    init(parts: [SQLSkeleton.Part]) {
        self.parts = parts
    }

    mutating func look(at index: Int) {
        switch parts[index] {
        case .symbol("("):
            isCast.append(["cast", "try_cast", "safe_cast"].contains(word(at: index - 1)))
        case .symbol(")"): _ = isCast.popLast()
        case .word("as") where isCast.last != true: lookAtAS(at: index)
        case .word(let word) where isName(word) && !isDropped.contains(index) && endsTerm(at: index - 1):
            drop(word, at: index)
        case .word, .quoted, .number, .value, .symbol: break
        }
    }

    private mutating func lookAtAS(at index: Int) {
        if let alias = word(at: index + 1), isName(alias) {
            isDropped.insert(index)
            drop(alias, at: index + 1)
        } else if let name = nameDefined(before: index) {
            note(name)
        }
    }

    private mutating func drop(_ alias: String, at index: Int) {
        isDropped.insert(index)
        // `SELECT name AS name` renames nothing.
        let renamed = word(at: index - 1) == "as" ? word(at: index - 2) : word(at: index - 1)
        if renamed != alias { note(alias) }
    }

    private mutating func note(_ alias: String) {
        if numbers[alias] == nil { numbers[alias] = numbers.count + 1 }
    }

    /// The name of `name AS (query)` or `name (columns) AS (query)`.
    private func nameDefined(before index: Int) -> String? {
        if let name = word(at: index - 1) { return isName(name) ? name : nil }
        guard index > 0, parts[index - 1] == .symbol(")"), let open = parts[..<index].lastIndex(of: .symbol("(")) else {
            return nil
        }
        return word(at: open - 1).flatMap { isName($0) ? $0 : nil }
    }

    private func word(at index: Int) -> String? {
        guard parts.indices.contains(index), case .word(let word) = parts[index] else { return nil }
        return word
    }

    private func isName(_ word: String) -> Bool { !SQLKeywords.all.contains(word) }

    /// Whether a table or an expression can end here, so that a name right after it is its alias.
    private func endsTerm(at index: Int) -> Bool {
        guard parts.indices.contains(index) else { return false }
        return switch parts[index] {
        case .word(let word): isName(word) || word == "end"
        case .symbol(")"): true
        case .quoted, .number, .value, .symbol: false
        }
    }

    var withoutAliases: [SQLSkeleton.Part] {
        parts.indices.filter { !isDropped.contains($0) }.map { index in
            guard let word = word(at: index), let number = numbers[word] else { return parts[index] }
            return .word("#\(number)")
        }
    }
}

/// The words that are no names, in the dialects taken together.
enum SQLKeywords {
    static let all: Set<String> = Set(
        """
        all and any as asc between by case cast collate cross current desc distinct div else end escape except exists \
        fetch filter first following for from full glob group groups having ilike in inner intersect into is isnull \
        join last lateral left like limit match materialized minus mod natural next not notnull null nulls of offset \
        on only or order outer over partition preceding qualify range recursive regexp returning right rlike row rows \
        select similar some then ties to top unbounded union unnest using values when where window with within xor
        """.split(separator: " ").map(String.init))
}
