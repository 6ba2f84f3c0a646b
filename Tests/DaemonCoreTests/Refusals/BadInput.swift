import Foundation
import Identifiers
import Testing

@testable import DaemonCore
@testable import FinetuneAPI

// Requests whose bodies and queries are wrong, each in one way.

let inputCases = fieldCases + cutTextCases + databaseCases

/// Texts with a NUL, of which SQLite would keep what is before it.
private let cutTextCases: [RefusalCase] = [
    .init(.invalidField, "a schema's name with a NUL", .post, "/table-descriptions") { grounds in
        .table(of: grounds.spare, ["schema_name": "ma\u{0}in"])
    },
    .init(.invalidField, "a description with a NUL", .post, "/table-descriptions") { grounds in
        .table(of: grounds.spare, ["description": "loans\u{0} of books"])
    },
    .init(.invalidField, "a changed description with a NUL") { grounds in
        try await grounds.daemon.send(
            .put, "/table-descriptions/\(grounds.library.tables[0].id)", ["description": "books\u{0}"])
    },
    .init(
        .invalidField, "a URI with a NUL", .post, "/database-connections",
        body: .connection(to: "mysql://host/d\u{0}b")),
    .init(.invalidField, "a baseline's alias with a NUL") { grounds in
        let body: JSONValue = ["baseline_alias": "sa\u{0}les"]
        return try await grounds.daemon.send(.post, "/finetunings/\(grounds.succeeded)/evaluations", body)
    },
    .init(.invalidField, "a baseline's name with a NUL") { grounds in
        let body: JSONValue = ["baseline_model": "gpt\u{0}"]
        return try await grounds.daemon.send(.post, "/finetunings/\(grounds.succeeded)/evaluations", body)
    },
]

private let fieldCases: [RefusalCase] = [
    .init(.invalidField, "no body", .post, "/finetunings"),
    .init(.invalidField, "an array for an object", .post, "/finetunings", body: []),
    .init(.invalidField, "an object for an array", .post, "/golden-records", body: [:]),
    .init(.invalidField, "a digest of a plan that is none") { grounds in
        let order = JSONValue.order(of: grounds.library.connection.id, ["plan_sha256": "0C"])
        return try await grounds.daemon.send(.post, "/finetunings", order)
    },
    .init(.invalidField, "no records", .post, "/golden-records", body: []),
    .init(.invalidField, "a missing field", .post, "/finetunings", body: [:]),
    .init(.invalidField, "a number for a string", .post, "/database-connections", body: ["alias": 1]),
    .init(.invalidField, "null for a string", .post, "/database-connections", body: ["alias": .null]),
    .init(.invalidField, "an empty alias", .post, "/database-connections", body: ["alias": " ", "dialect": "sqlite"]),
    .init(
        .invalidField, "an alias too long", .post, "/database-connections",
        body: ["alias": .string(String(repeating: "x", count: 129)), "dialect": "sqlite"]),
    .init(
        .invalidField, "a control character", .post, "/database-connections",
        body: ["alias": "a\u{7}b", "dialect": "sqlite"]),
    .init(.invalidField, "neither URI nor dialect", .post, "/database-connections", body: ["alias": "x"]),
    .init(
        .invalidField, "no dialect of SQL", .post, "/database-connections", body: ["alias": "x", "dialect": "cobol"]),
    .init(
        .invalidField, "a key with a space", .post, "/database-connections",
        body: ["alias": "x", "dialect": "mysql", "llm_api_key": "sk abc"]),
    .init(
        .invalidField, "an empty key", .post, "/database-connections",
        body: ["alias": "x", "dialect": "mysql", "llm_api_key": ""]),
    .init(
        .invalidField, "metadata that is no object", .post, "/database-connections",
        body: ["alias": "x", "dialect": "mysql", "metadata": [1]]),
    .init(.unknownField, "in a body", .post, "/database-connections", body: ["alias": "x", "dialec": "mysql"]),
    .init(
        .unknownField, "in a body that takes none", .post, "/finetunings/0123456789abcdef01234567/cancel",
        body: ["x": 1]),
    .init(.unknownField, "in a query", .get, "/golden-records?pages=2"),
    .init(.invalidField, "an event's name that is misspelt", .get, "/events?follow=true&event=suceeded"),
    .init(.unknownField, "in the query of a kept reply", .get, "/heartbeat?x=1"),
    .init(.unknownField, "in a record", .post, "/golden-records") { grounds in
        [
            .record(of: grounds.library.connection.id),
            ["db_connection_id": .id(grounds.spare), "prompt_text": "a", "sql": "SELECT 1", "sqll": "b"],
        ]
    },
    .init(.invalidField, "an empty question", .post, "/golden-records") { grounds in
        [["db_connection_id": .id(grounds.spare), "prompt_text": " ", "sql": "SELECT 1"]]
    },
    .init(.invalidField, "empty SQL") { grounds in
        try await grounds.daemon.send(.put, "/golden-records/\(grounds.library.records[0].id)", ["sql": "\n"])
    },
    .init(.invalidField, "page 0", .get, "/golden-records?page=0"),
    .init(.invalidField, "a page that is no number", .get, "/database-connections?page=two"),
    .init(.invalidField, "a limit too large", .get, "/table-descriptions?limit=1001"),
    .init(.invalidField, "a status that is none", .get, "/finetunings?status=done"),
    .init(.invalidField, "a query name twice", .get, "/finetunings?page=1&page=2"),
    .init(.invalidField, "percent signs gone wrong", .get, "/finetunings/%zz"),
    .init(.invalidField, "events after a negative number") { grounds in
        try await grounds.daemon.send(.get, "/finetunings/\(grounds.succeeded)/events?after=-1")
    },
    .init(.invalidField, "follow that is no boolean") { grounds in
        try await grounds.daemon.send(.get, "/finetunings/\(grounds.succeeded)/events?follow=yes")
    },
    .init(.invalidField, "a nested sample value", .post, "/table-descriptions") { grounds in
        .table(of: grounds.spare, examples: [["id": ["deep"]]])
    },
    .init(.invalidField, "a sample row that is no object", .post, "/table-descriptions") { grounds in
        .table(of: grounds.spare, examples: [1])
    },
    .init(.invalidField, "a table to scan that is not there", .post, "/table-descriptions/sync-schemas") { grounds in
        ["db_connection_id": .id(grounds.spare), "table_names": ["books", "shelves"]]
    },
    .init(.invalidObjectID, "in a path", .get, "/finetunings/42"),
    .init(.invalidObjectID, "in a query", .get, "/golden-records?db_connection_id=all"),
    .init(.invalidObjectID, "in a body", .post, "/finetunings", body: ["db_connection_id": "library"]),
    .init(.invalidObjectID, "in a list", .post, "/finetunings") { grounds in
        ["db_connection_id": .id(grounds.library.connection.id), "golden_records": ["one"]]
    },
]

private let databaseCases: [RefusalCase] = [
    .init(.invalidDatabaseURIFormat, "no scheme", .post, "/database-connections", body: .connection(to: "library.db")),
    .init(
        .invalidDatabaseURIFormat, "a scheme unknown here", .post, "/database-connections",
        body: .connection(to: "carrier-pigeon://coop/1")),
    .init(
        .invalidDatabaseURIFormat, "two slashes", .post, "/database-connections",
        body: .connection(to: "sqlite://library.db")),
    .init(
        .invalidDatabaseURIFormat, "a password", .post, "/database-connections",
        body: .connection(to: "postgresql://me:secret@host/db")),
    .init(.invalidDatabaseConnection, "a missing file", .post, "/database-connections") { grounds in
        .connection(to: "sqlite://\(grounds.daemon.workplace.databases)/none.sqlite")
    },
    .init(.emptyDatabase, "a file without a byte", .post, "/database-connections") { grounds in
        let file = grounds.daemon.workplace.databases + "/empty.sqlite"
        try grounds.daemon.workplace.write("", to: file)
        return .connection(to: "sqlite://" + file)
    },
    .init(.invalidDatabaseConnection, "a text file", .post, "/database-connections") { grounds in
        let file = grounds.daemon.workplace.databases + "/poem.txt"
        try grounds.daemon.workplace.write(String(repeating: "no database\n", count: 200), to: file)
        return .connection(to: "sqlite://" + file)
    },
    .init(.invalidDatabaseConnection, "a folder", .post, "/database-connections") { grounds in
        .connection(to: "sqlite://" + grounds.daemon.workplace.databases)
    },
    .init(.invalidDatabaseConnection, "outside of the allowed paths", .post, "/database-connections") { grounds in
        let workplace = grounds.daemon.workplace
        return .connection(to: try workplace.database(workplace.path + "/elsewhere/other.sqlite"))
    },
    .init(.invalidDatabaseConnection, "outside by way of ..", .post, "/database-connections") { grounds in
        let workplace = grounds.daemon.workplace
        try workplace.database(workplace.path + "/elsewhere/other.sqlite")
        return .connection(to: "sqlite://\(workplace.databases)/../elsewhere/other.sqlite")
    },
    .init(.invalidDatabaseConnection, "outside by way of a link", .post, "/database-connections") { grounds in
        let workplace = grounds.daemon.workplace
        try workplace.database(workplace.path + "/elsewhere/other.sqlite")
        let link = workplace.databases + "/link.sqlite"
        try FileManager.default.createSymbolicLink(
            atPath: link, withDestinationPath: workplace.path + "/elsewhere/other.sqlite")
        return .connection(to: "sqlite://" + link)
    },
    .init(.invalidDatabaseConnection, "the daemon's own state", .post, "/database-connections") { grounds in
        .connection(to: "sqlite://\(grounds.daemon.workplace.stateDirectory)/state.sqlite")
    },
    .init(.invalidDatabaseConnection, "moved to a missing file") { grounds in
        try await grounds.daemon.send(
            .put, "/database-connections/\(grounds.spare)",
            ["connection_uri": .string("sqlite://\(grounds.daemon.workplace.databases)/none.sqlite")])
    },
    .init(.invalidField, "a dialect that the URI contradicts") { grounds in
        try await grounds.daemon.send(.put, "/database-connections/\(grounds.spare)", ["dialect": "mysql"])
    },
]

let orderCases: [RefusalCase] = [
    .init(.llmModelNotSupported, "an unknown model", .post, "/finetunings") { grounds in
        .order(of: grounds.library.connection.id, base: ["model_name": "gpt-4o-mimi"])
    },
    .init(.modelProviderNotSupported, "an unknown provider", .post, "/finetunings") { grounds in
        .order(of: grounds.library.connection.id, base: ["model_provider": "acme"])
    },
    .parameter("n_epochs", 0), .parameter("n_epochs", 51), .parameter("n_epochs", "x"), .parameter("n_epochs", 1.5),
    .parameter("n_epochs", true), .parameter("batch_size", 257), .parameter("batch_size", ""),
    .parameter("learning_rate_multiplier", 0), .parameter("learning_rate_multiplier", "nan"),
    .init(.unknownField, "an unknown parameter", .post, "/finetunings") { grounds in
        .order(of: grounds.library.connection.id, base: ["model_parameters": ["epochs": 3]])
    },
    .init(.notEnoughGoldenRecords, "a connection without records", .post, "/finetunings") { grounds in
        .order(of: grounds.spare)
    },
    .init(.notEnoughGoldenRecords, "9 records named", .post, "/finetunings") { grounds in
        .order(of: grounds.library.connection.id, records: grounds.library.records.prefix(9).map(\.id))
    },
    .init(.notEnoughGoldenRecords, "none named", .post, "/finetunings") { grounds in
        .order(of: grounds.library.connection.id, records: [])
    },
    .init(.invalidField, "a record named twice", .post, "/finetunings") { grounds in
        let ids = grounds.library.records.map(\.id)
        return .order(of: grounds.library.connection.id, records: ids + ids.prefix(1))
    },
    .init(.invalidGoldenRecord, "a record of another connection", .post, "/finetunings") { grounds in
        .order(of: grounds.spare, records: grounds.library.records.map(\.id))
    },
    .init(.invalidGoldenRecord, "a record of another connection planned", .post, "/finetunings/plan") { grounds in
        .order(of: grounds.spare, records: grounds.library.records.map(\.id))
    },
    .init(.invalidField, "an alias too long", .post, "/finetunings") { grounds in
        .order(of: grounds.library.connection.id, alias: String(repeating: "x", count: 129))
    },
]

extension RefusalCase {
    fileprivate static func parameter(_ name: String, _ value: JSONValue) -> RefusalCase {
        .init(.invalidModelParameter, "\(name) \(value.text)", .post, "/finetunings") { grounds in
            .order(
                of: grounds.library.connection.id,
                base: ["model_parameters": .object(JSONObject(members: [.init(name: name, value: value)]))])
        }
    }
}
