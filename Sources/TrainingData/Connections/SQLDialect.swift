/// The SQL that a database speaks. The raw value is the word of the wire and of the store.
package enum SQLDialect: String, CaseIterable, Hashable, Sendable {
    case sqlite
    case postgresql
    case mysql
    case mssql
    case oracle
    case bigquery
    case snowflake
    case redshift
    case databricks
    case clickhouse
    case duckdb
    case athena

    /// The name as its makers write it, for prompts and messages.
    package var displayName: String {
        switch self {
        case .sqlite: "SQLite"
        case .postgresql: "PostgreSQL"
        case .mysql: "MySQL"
        case .mssql: "Microsoft SQL Server"
        case .oracle: "Oracle Database"
        case .bigquery: "BigQuery"
        case .snowflake: "Snowflake"
        case .redshift: "Amazon Redshift"
        case .databricks: "Databricks"
        case .clickhouse: "ClickHouse"
        case .duckdb: "DuckDB"
        case .athena: "Amazon Athena"
        }
    }

    /// Whether golden SQL of this dialect can be prepared by the SQLite library, which alone checks SQL here.
    package var isCheckedBySQLite: Bool { self == .sqlite }
}
