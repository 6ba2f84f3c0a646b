import Jobs
import Logging

extension Setting {
    /// Every key there is, in the order in which they are documented.
    static let all = all(providers: [DaemonConfiguration.Providers.openAIName])

    /// Every key there is where providers have these names.
    static func all(providers: [String]) -> [Setting] {
        daemon + limits + access + finetunings + budget + queries + retention + providers.flatMap(provider) + [
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
            "unread output that closes a connection at once, in bytes"),
        Setting(
            "limits.unread_bytes_for_10_seconds", \.limits.unreadBytesFor10Seconds, .wholeNumber(4_096...1 << 30),
            "unread output that closes a connection after 10 s, in bytes"),
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

    private static func provider(_ name: String) -> [Setting] {
        let section = "providers.\(name)"
        return [
            Setting(
                "\(section).base_url", \.providers[name].baseURL, .serviceURL, "where the API is; needed but for openai"
            ),
            Setting("\(section).organization", \.providers[name].organization, .name, "organization to bill"),
            Setting("\(section).project", \.providers[name].project, .name, "project to bill"),
            Setting(
                "\(section).connect_timeout", \.providers[name].connectTimeout, .seconds(0.1...600),
                "longest time to connect, in seconds"),
            Setting(
                "\(section).timeout", \.providers[name].timeout, .seconds(0.1...3_600), "longest call, in seconds"),
            Setting(
                "\(section).upload_timeout", \.providers[name].uploadTimeout, .seconds(0.1...86_400),
                "longest upload, in seconds"),
            Setting(
                "\(section).completion_timeout", \.providers[name].completionTimeout, .seconds(0.1...3_600),
                "longest answer of a model, in seconds"),
            Setting(
                "\(section).proxy", \.providers[name].proxy, .proxy, isSecret: true,
                "environment (https_proxy and no_proxy), none, or a proxy's address"),
            Setting(
                "\(section).ca_file", \.providers[name].authorities, .path,
                "PEM file of certificate authorities in place of the system's"),
            Setting(
                "\(section).requests_per_second", \.providers[name].requestsPerSecond, .wholeNumber(1...10_000),
                "requests that may begin in a second"),
            Setting(
                "\(section).connections", \.providers[name].connections, .wholeNumber(1...256),
                "connections to it that may be open"),
            Setting(
                "\(section).completions_per_second", \.providers[name].completionsPerSecond,
                .wholeNumber(1...10_000), "questions to models that may begin in a second"),
            Setting(
                "\(section).completion_concurrency", \.providers[name].completionConcurrency,
                .wholeNumber(1...1_024), "questions to models under way at a time"),
            Setting(
                "\(section).waiting_completions", \.providers[name].waitingCompletions, .wholeNumber(0...65_536),
                "questions to models that may wait for their turn"),
            Setting(
                "\(section).poll_shortest", \.providers[name].pollShortest, .seconds(0.01...3_600),
                "shortest time between two looks at a job, in seconds"),
            Setting(
                "\(section).poll_longest", \.providers[name].pollLongest, .seconds(0.01...3_600),
                "longest time between two looks at a job, in seconds"),
            Setting(
                "\(section).retry_shortest", \.providers[name].retryShortest, .seconds(0.01...3_600),
                "wait after a first failure, in seconds"),
            Setting(
                "\(section).retry_longest", \.providers[name].retryLongest, .seconds(0.01...86_400),
                "longest wait after failures, in seconds"),
            Setting(
                "\(section).settle_time", \.providers[name].settleTime, .seconds(0...86_400),
                "how long a request without an answer may still be on its way, in seconds; a quarter more than timeout "
                    + "where nothing is said"),
            Setting(
                "\(section).key_recheck", \.providers[name].keyRecheck, .seconds(0.1...86_400),
                "how soon a refused key is tried again, in seconds"),
        ]
    }
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
