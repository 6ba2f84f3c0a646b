internal import GRDBSQLite

/// Decides what a statement of somebody else's may do, and notes which tables it reads.
///
/// SQLite asks while it prepares the statement, so a refused statement never runs.
final class SQLiteAuthorizer {
    /// What the connection is being used for.
    enum Purpose {
        /// Prepare `CREATE TABLE`, `CREATE VIEW`, `CREATE INDEX` and full-text tables, and nothing else.
        case declaring
        /// Run SQL that is our own, or that a module of SQLite runs to create its tables.
        case trusted
        /// Prepare a statement that only reads.
        case inspecting
    }

    var purpose = Purpose.trusted
    /// The names that the statement reads, as SQLite passed them. A view is named, and the tables behind it.
    private(set) var namesRead: Set<String> = []
    /// The name that was noted last: a pointer that SQLite keeps for as long as it prepares the statement.
    private var lastRead: UnsafePointer<CChar>?
    private var questionCount = 0
    /// Whether the statement is a PRAGMA, or a module of SQLite uses one on its account.
    private(set) var usesPragma = false
    /// The first thing that was refused, in words that continue "it …".
    private(set) var refusal: String?

    /// Forgets the statement before.
    func reset(for purpose: Purpose) {
        self.purpose = purpose
        namesRead.removeAll(keepingCapacity: true)
        lastRead = nil
        refusal = nil
        questionCount = 0
        usesPragma = false
    }

    /// Answers SQLite's question. The first two texts mean what `sqlite3.h` says of each action; `source` is the view
    /// that the action comes from, if any.
    func allows(
        _ action: Int32, _ first: UnsafePointer<CChar>?, _ second: UnsafePointer<CChar>?,
        from source: UnsafePointer<CChar>?
    ) -> Bool {
        switch purpose {
        case .trusted: return true
        case .declaring: return allowsDeclaring(action, first, second)
        case .inspecting:
            questionCount += 1
            guard questionCount <= Self.questionLimit else { return refuse("is too complex to prepare") }
            // Of a view from which no column is taken, nothing else tells.
            if let source { namesRead.insert(String(cString: source)) }
            return allowsReading(action, first, second)
        }
    }

    // A query without a column of some table still reads it: SQLite then names the table with an empty column.
    private func allowsReading(
        _ action: Int32, _ first: UnsafePointer<CChar>?, _ second: UnsafePointer<CChar>?
    ) -> Bool {
        switch action {
        case SQLITE_READ:
            return notesReading(of: first)
        case SQLITE_SELECT, SQLITE_RECURSIVE:
            return true
        case SQLITE_FUNCTION:
            return allowsFunction(second)
        case SQLITE_PRAGMA
        where second == nil && first.map { Self.modulePragmas.contains(String(cString: $0)) } ?? false:
            usesPragma = true
            return true
        case SQLITE_UPDATE where first.map { String(cString: $0) } == "sqlite_master":
            // SQLite asks this while it declares a table-valued function such as json_each. It refuses by itself to
            // prepare an UPDATE of its schema table.
            return true
        default:
            return refuse(Self.deed(action, on: first.map { String(cString: $0) }) + "; only reading is allowed")
        }
    }

    private func notesReading(of first: UnsafePointer<CChar>?) -> Bool {
        // Asked for every column that is read, mostly of one table after the other.
        guard let first, first != lastRead else { return true }
        lastRead = first
        let name = String(cString: first)
        // The names under which SQLite shows pragmas as tables.
        guard !SQLiteIdentifier.folded(name).hasPrefix("pragma_") else {
            return refuse("uses a PRAGMA; only reading is allowed")
        }
        namesRead.insert(name)
        return true
    }

    // Creating a table writes to the schema table, the only one that a declaration may change, and reads the columns
    // that its constraints name. Without SQLITE_SELECT, no CREATE TABLE … AS can run a query.
    private func allowsDeclaring(
        _ action: Int32, _ first: UnsafePointer<CChar>?, _ second: UnsafePointer<CChar>?
    ) -> Bool {
        switch action {
        case SQLITE_CREATE_TABLE, SQLITE_CREATE_VIEW, SQLITE_CREATE_INDEX, SQLITE_REINDEX, SQLITE_READ:
            return true
        case SQLITE_CREATE_VTABLE:
            let module = second.map { SQLiteIdentifier.folded(String(cString: $0)) } ?? ""
            return Self.safeModules.contains(module) || refuse("uses the module \(module), which is not allowed")
        case SQLITE_INSERT, SQLITE_UPDATE:
            let table = first.map { String(cString: $0) }
            return table == "sqlite_master" || refuse(Self.deed(action, on: table))
        case SQLITE_FUNCTION:
            return allowsFunction(second)
        default:
            return refuse(Self.deed(action, on: first.map { String(cString: $0) }))
        }
    }

    // Views over views, and common table expressions likewise, double the work with every line of SQL. SQLite has no
    // limit for that; what people write takes some hundred questions.
    private static let questionLimit = 20_000

    /// What SQLite's full-text modules ask for themselves, when a table of theirs is read.
    private static let modulePragmas: Set<String> = ["data_version", "page_size"]

    private static let safeModules: Set<String> = ["fts3", "fts4", "fts5", "rtree"]

    private func allowsFunction(_ name: UnsafePointer<CChar>?) -> Bool {
        let name = name.map { SQLiteIdentifier.folded(String(cString: $0)) }
        return name != "load_extension" || refuse("loads an extension")
    }

    private func refuse(_ deed: String) -> Bool {
        refusal = refusal ?? deed
        return false
    }
}

extension SQLiteAuthorizer {
    /// What an action does, in words that continue "it …".
    private static func deed(_ action: Int32, on name: String?) -> String {
        let name = name ?? ""
        switch action {
        case _ where name == "sqlite_master" || name == "sqlite_temp_master": return "changes the schema"
        case SQLITE_INSERT: return "inserts into \(name)"
        case SQLITE_UPDATE: return "updates \(name)"
        case SQLITE_DELETE: return "deletes from \(name)"
        case SQLITE_SELECT: return "runs a query"
        case SQLITE_ATTACH: return "attaches a database"
        case SQLITE_DETACH: return "detaches a database"
        case SQLITE_PRAGMA: return "uses PRAGMA \(name)"
        case SQLITE_TRANSACTION, SQLITE_SAVEPOINT: return "controls a transaction"
        case SQLITE_ANALYZE, SQLITE_REINDEX: return "maintains indexes"
        default: return "changes the schema"
        }
    }
}
