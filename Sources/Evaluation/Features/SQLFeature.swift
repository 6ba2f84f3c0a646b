internal import TrainingData

/// What makes SQL harder to write: evaluations are broken down by it.
package enum SQLFeature: String, Hashable, Sendable, CaseIterable {
    /// It reads more than one table in one FROM.
    case join
    /// It groups.
    case group
    /// It holds a query within a query.
    case nested
    /// It puts queries together with UNION, INTERSECT or EXCEPT.
    case setOperation = "set_operation"
    /// It has a window function.
    case window
}

extension SQLFeature {
    /// The features of a statement, as far as its words tell.
    package static func all(of sql: String) -> Set<SQLFeature> {
        var scan = FeatureScan()
        for token in SQLLexer(sql) { scan.add(token) }
        return scan.features
    }
}

/// Reads a statement word by word.
private struct FeatureScan {
    var features: Set<SQLFeature> = []
    private var depth = 0
    private var previous: SQLLexer.Token?
    /// How deep in parentheses the FROM clauses stand that are being read.
    private var openFroms: [Int] = []

    mutating func add(_ token: SQLLexer.Token) {
        switch token {
        case .lineComment, .blockComment: return
        case .word(let word): add(word)
        case .symbol("("):
            if previous == .word("over") { features.insert(.window) }
            depth += 1
        case .symbol(")"):
            openFroms.removeAll { $0 == depth }
            depth -= 1
        case .symbol(","): if openFroms.last == depth { features.insert(.join) }
        case .symbol, .text: break
        }
        previous = token
    }

    private mutating func add(_ word: String) {
        switch word {
        case "select":
            if depth > 0 { features.insert(.nested) }
        case "join": features.insert(.join)
        case "from": openFroms.append(depth)
        case "where", "order", "limit", "having", "window", "union", "intersect", "except", "group":
            endFrom(at: word)
        default: break
        }
    }

    private mutating func endFrom(at word: String) {
        openFroms.removeAll { $0 == depth }
        switch word {
        case "union", "intersect", "except": features.insert(.setOperation)
        case "group": features.insert(.group)
        default: break
        }
    }
}
