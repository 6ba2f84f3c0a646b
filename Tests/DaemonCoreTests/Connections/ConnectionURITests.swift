import Testing
import TrainingData

@testable import DaemonCore
@testable import FinetuneAPI

@Suite("connection URIs")
struct ConnectionURITests {
    @Test(
        "the scheme tells the dialect",
        arguments: [
            ("sqlite:///var/lib/a.sqlite", SQLDialect.sqlite), ("SQLite:///a:b@c/d.sqlite", .sqlite),
            ("postgresql://host/db", .postgresql), ("postgres://me@host:5432/db", .postgresql),
            ("mysql+pymysql://host/db", .mysql), ("mariadb://host/db", .mysql), ("sqlserver://host", .mssql),
            ("snowflake://account/db?warehouse=w", .snowflake),
        ])
    func theSchemeTellsTheDialect(_ uri: String, _ dialect: SQLDialect) throws {
        #expect(try ConnectionURI(uri).dialect == dialect)
    }

    @Test(
        "what has no scheme of ours, or a password, is refused without being repeated",
        arguments: [
            "", "library.sqlite", "sqlite:/a", "://host", "pigeon://hunter2@coop",
            "postgresql://me:hunter2@host/db", "mysql://:hunter2@host", "postgresql://me:hunter2/x@host/db",
            "postgresql://me:a@hunter2@host/db", "postgresql://host/db?user=me&password=hunter2",
            "mssql+pyodbc://host/db?PWD=hunter2", "postgresql://host/db?sslpassword=hunter2",
            "databricks://host/db?access_token=hunter2", "snowflake://account/db?private_key=hunter2",
        ])
    func whatIsNoneIsRefused(_ uri: String) throws {
        let error = try #require(throws: APIError.self) { try ConnectionURI(uri) }
        #expect(error.code == .invalidDatabaseURIFormat)
        #expect(error.detail["field"] == "connection_uri")
        #expect(!"\(error)".contains("hunter2"))
    }
}
