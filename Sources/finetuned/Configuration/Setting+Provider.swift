extension Setting {
    /// The keys of one provider, which stand under its name.
    static func ofProvider(_ name: String) -> [Setting] {
        let section = "providers.\(name)"
        return account(name, section) + way(name, section) + pace(name, section) + patience(name, section)
    }

    // Where it is, and who pays.
    private static func account(_ name: String, _ section: String) -> [Setting] {
        [
            Setting(
                "\(section).base_url", \.providers[name].baseURL, .serviceURL, "where the API is; needed but for openai"
            ),
            Setting("\(section).organization", \.providers[name].organization, .name, "organization to bill"),
            Setting("\(section).project", \.providers[name].project, .name, "project to bill"),
        ]
    }

    // How it is reached, and how long that may take.
    private static func way(_ name: String, _ section: String) -> [Setting] {
        [
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
        ]
    }

    // How much it may be asked at a time.
    private static func pace(_ name: String, _ section: String) -> [Setting] {
        [
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
        ]
    }

    // When it is asked again.
    private static func patience(_ name: String, _ section: String) -> [Setting] {
        [
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
}
