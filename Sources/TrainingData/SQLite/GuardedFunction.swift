internal import GRDBSQLite

/// A function of SQLite's of which one call could keep a thread for minutes, and which is asked first whether it would.
///
/// A call is one instruction of SQLite's machine, and SQLite looks at the clock, and at whether it is wanted no more,
/// between two of them. The function itself stays SQLite's own: a call that may go on is passed to it.
enum GuardedFunction: String, CaseIterable {
    case printf, format, trim, ltrim, rtrim

    /// Why a call is not carried out.
    enum Refusal: Hashable {
        /// What it makes would be longer than the limit of texts.
        case tooLong
        /// It would take too long, for this reason.
        case tooSlow(reason: String)
    }

    /// -1: any number.
    private var argumentCount: Int32 {
        switch self {
        case .printf, .format: -1
        case .trim, .ltrim, .rtrim: 2
        }
    }

    /// Bytes that `trim` compares in a tenth of a second or so.
    private static let comparisons = 20_000_000

    /// What speaks against a call with these arguments on a connection whose texts have at most so many bytes.
    fileprivate func refusal(_ arguments: UnsafeBufferPointer<OpaquePointer?>, textLimit: Int) -> Refusal? {
        switch self {
        case .printf, .format:
            guard let format = arguments.first.flatMap({ sqlite3_value_text($0) }) else { return nil }
            let bytes = UnsafeBufferPointer(start: format, count: Int(sqlite3_value_bytes(arguments[0])))
            let widest = arguments.dropFirst().map { sqlite3_value_int64($0).magnitude }.max() ?? 0
            let repeated = FormatRepetition.characters(in: bytes, precisionOfStars: Int(clamping: widest))
            return repeated > textLimit ? .tooLong : nil
        case .trim, .ltrim, .rtrim:
            let comparisons = arguments.reduce(1) { $0 * Int(sqlite3_value_bytes($1)) }
            return comparisons > Self.comparisons
                ? .tooSlow(reason: "\(rawValue) has too many characters to take off too long a text") : nil
        }
    }

    /// Puts the guard before all of these functions of a connection.
    static func guardAll(on connection: OpaquePointer) throws(SQLiteFailure) {
        let unguarded = UnguardedFunctions()
        for function in allCases {
            let place = Unmanaged.passRetained(GuardedCall(function, unguarded)).toOpaque()
            let code = sqlite3_create_function_v2(
                connection, function.rawValue, function.argumentCount,
                SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS, place,
                { context, count, arguments in
                    guard let place = sqlite3_user_data(context) else { return sqlite3_result_null(context) }
                    Unmanaged<GuardedCall>.fromOpaque(place).takeUnretainedValue()
                        .answer(context, UnsafeBufferPointer(start: arguments, count: Int(count)))
                }, nil, nil,
                { place in if let place { Unmanaged<GuardedCall>.fromOpaque(place).release() } })
            guard code == SQLITE_OK else { throw SQLiteFailure(code: code, on: connection) }
        }
    }
}

/// How SQLite finds one guarded function again.
private final class GuardedCall {
    private let function: GuardedFunction
    private let unguarded: UnguardedFunctions

    init(_ function: GuardedFunction, _ unguarded: UnguardedFunctions) {
        self.function = function
        self.unguarded = unguarded
    }

    func answer(_ context: OpaquePointer?, _ arguments: UnsafeBufferPointer<OpaquePointer?>) {
        let textLimit = sqlite3_limit(sqlite3_context_db_handle(context), SQLITE_LIMIT_LENGTH, -1)
        switch function.refusal(arguments, textLimit: Int(textLimit)) {
        case .tooLong: sqlite3_result_error_toobig(context)
        case .tooSlow(let reason): sqlite3_result_error(context, reason, -1)
        case nil: unguarded.call(function, arguments, textLimit: textLimit, for: context)
        }
    }
}

/// SQLite's own functions, on a connection where nothing stands before them. It is opened with the first call.
private final class UnguardedFunctions {
    private struct Call: Hashable {
        let function: GuardedFunction
        let argumentCount: Int
    }

    private var connection: OpaquePointer?
    private var statements: [Call: OpaquePointer] = [:]

    deinit {
        for statement in statements.values { sqlite3_finalize(statement) }
        sqlite3_close_v2(connection)
    }

    func call(
        _ function: GuardedFunction, _ arguments: UnsafeBufferPointer<OpaquePointer?>, textLimit: Int32,
        for context: OpaquePointer?
    ) {
        guard let statement = statement(of: Call(function: function, argumentCount: arguments.count)) else {
            return sqlite3_result_error_code(context, sqlite3_errcode(connection))
        }
        defer {
            sqlite3_reset(statement)
            sqlite3_clear_bindings(statement)
        }
        sqlite3_limit(connection, SQLITE_LIMIT_LENGTH, textLimit)
        for (index, argument) in arguments.enumerated() { sqlite3_bind_value(statement, Int32(index + 1), argument) }
        switch sqlite3_step(statement) {
        case SQLITE_ROW: sqlite3_result_value(context, sqlite3_column_value(statement, 0))
        case let code: sqlite3_result_error_code(context, code)
        }
    }

    private func statement(of call: Call) -> OpaquePointer? {
        if let statement = statements[call] { return statement }
        if connection == nil {
            let flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_MEMORY | SQLITE_OPEN_NOMUTEX
            guard sqlite3_open_v2(":memory:", &connection, flags, nil) == SQLITE_OK else { return nil }
        }
        let places = Array(repeating: "?", count: call.argumentCount).joined(separator: ",")
        var statement: OpaquePointer?
        sqlite3_prepare_v2(connection, "SELECT \(call.function.rawValue)(\(places))", -1, &statement, nil)
        statements[call] = statement
        return statement
    }
}
