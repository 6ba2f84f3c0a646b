import Jobs
import Logging

extension Setting {
    /// Every key there is, in the order in which they are documented.
    static let all = all(providers: [DaemonConfiguration.Providers.openAIName])

    /// Every key there is where providers have these names.
    static func all(providers: [String]) -> [Setting] {
        daemon + limits + access + finetunings + budget + queries + retention + providers.flatMap(ofProvider) + [
            Setting(list: "models", \.modelFiles, .path, "files laid over the built-in model catalogue, in this order")
                .reloadable
        ]
    }

    private static let daemon = [
        Setting("socket", \.socket.path, .socketPath, "path of the socket, where systemd does not pass one"),
        Setting("socket_mode", \.socket.mode, .fileMode, "permissions of that socket"),
        Setting("state_directory", \.stateDirectory, .path, "directory of the state and the training files"),
        Setting("log_level", \.logLevel, .word, "trace, debug, info, notice, warning, error or critical")
            .reloadable,
        Setting(
            list: "allowed_database_paths", \.allowedDatabasePaths, .path,
            "directories in which the daemon may open databases"
        ).reloadable,
    ]

    private static let limits = [
        Setting("limits.line_bytes", \.limits.lineBytes, .wholeNumber(1_024...1 << 30), "longest request, in bytes"),
        Setting("limits.nesting", \.limits.nesting, .wholeNumber(4...512), "deepest nesting of a request"),
        Setting(
            "limits.requests_in_flight", \.limits.requestsInFlight, .wholeNumber(1...65_536),
            "requests of a connection under way at a time"),
        Setting("limits.connections", \.limits.connections, .wholeNumber(1...65_536), "connections open at a time"),
        Setting(
            "limits.connections_per_user", \.limits.connectionsPerUser, .wholeNumber(1...65_536),
            "connections of one user open at a time"),
        Setting(
            "limits.unread_bytes", \.limits.unreadBytes, .wholeNumber(4_096...1 << 30),
            "unread output that closes a connection whose client takes nothing for 2.5 s, in bytes"),
        Setting(
            "limits.unread_bytes_for_10_seconds", \.limits.unreadBytesFor10Seconds, .wholeNumber(4_096...1 << 30),
            "unread output that closes a connection whose client takes less than this in 10 s, in bytes"),
        Setting(
            "limits.requests_per_second_per_user", \.limits.requestsPerSecondPerUser, .wholeNumber(1...10_000_000),
            "requests of one user in a second, over all connections; any number where left out"),
    ]

    private static let access = [
        Setting(
            "access.default_role", \.access.defaultRole, .word,
            "reader, agent, operator or admin: the role of a user without another"
        ).reloadable,
        Setting(mapping: "access.users", \.access.users, .word, "roles by user name").reloadable,
        Setting(mapping: "access.groups", \.access.groups, .word, "roles by group name").reloadable,
    ]

    private static let finetunings = [
        Setting(
            "finetunings.default_model", \.finetunings.defaultModel, .name, "model of a finetuning that names none"
        ).reloadable,
        Setting(
            "finetunings.concurrency", \.finetunings.concurrency, .wholeNumber(1...1_024),
            "finetunings of one provider that are moved on at a time"),
    ]

    private static let queries = [
        Setting(
            "queries.time", \.queries.time, .seconds(0.1...600),
            "longest time that SQLite works on a query, in seconds"),
        Setting("queries.rows", \.queries.rows, .wholeNumber(1...1_000_000), "most rows of a result"),
        Setting(
            "queries.cell_bytes", \.queries.cellBytes, .wholeNumber(1_024...1 << 30),
            "longest text or blob of a query, in bytes"),
        Setting(
            "queries.memory_bytes", \.queries.memoryBytes, .wholeNumber(1 << 20...1 << 40),
            "memory that a query may take up, in bytes"),
    ]

    private static let retention = [
        Setting(
            "retention.prompt_days", \.retention.promptDays, .wholeNumber(0...36_500),
            "days that questions and their answers are kept; 0 for ever"),
        Setting(
            "retention.evaluation_days", \.retention.evaluationDays, .wholeNumber(0...36_500),
            "days that evaluations are kept that nothing needs; 0 for ever"),
    ]

    private static let budget = [
        Setting(
            "budget.per_finetuning", \.budget.perFinetuning, .dollars,
            "most that a finetuning or an evaluation may cost, in dollars"
        ).reloadable,
        Setting(
            "budget.per_month", \.budget.perMonth, .dollars,
            "most that the finetunings and evaluations of a month (UTC) may cost, in dollars"
        ).reloadable,
        Setting(
            "budget.per_user_per_month", \.budget.perUserPerMonth, .dollars,
            "most that those of one user may cost in a month, in dollars"
        ).reloadable,
        Setting(
            "budget.finetunings_per_user_per_day", \.budget.finetuningsPerUserPerDay, .wholeNumber(1...1_000_000),
            "finetunings that a user may order in a day (UTC)"
        ).reloadable,
    ]
}
