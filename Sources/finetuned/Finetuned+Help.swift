extension Finetuned {
    /// What `--help` says below the first line.
    static var helpDiscussion: String {
        """
        The daemon listens on a Unix socket and speaks one JSON object a line; finetunectl is its client. It stays \
        in the foreground, logs to standard error, and stops on SIGTERM or SIGINT. systemd starts it with \
        `systemctl start finetuned`; by hand, --socket and --state-directory are all that it needs.

        CONFIGURATION
        An option wins over the environment, the environment over the file, the file over the default. The file is \
        /etc/finetuned/finetuned.yaml, if it is there. A key is written in the file as nested YAML and in the \
        environment in capitals, with FINETUNED_ before it and _ for each dot: limits.line_bytes is \
        FINETUNED_LIMITS_LINE_BYTES. A list has commas there, names with values have the form name=value,… . \
        An unknown key or a value that makes no sense stops the start. SIGHUP has the file, the credentials and the \
        model catalogue read again: keys marked with * change at once, the others at the next start; a file that is \
        not right changes nothing. The keys and their defaults:

        \(keys)

        PROVIDERS
        Besides openai there may be others that speak its contract, such as a gateway: a section providers.NAME with \
        the keys of providers.openai, of which base_url is needed. Orders name it as model_provider, and its models \
        stand in /etc/finetuned/models.yaml. NAME has small letters, digits, _ and -.

        SECRETS
        The key for OpenAI is the systemd credential openai_api_key, else OPENAI_API_KEY in the environment; a \
        database connection's own key wins over both. That of another provider is NAME_api_key, else NAME_API_KEY \
        in the environment, and connections' own keys are never sent there. systemd hands credentials over at a start, \
        so a new key takes systemctl restart finetuned, which refuses no client. Under systemd a key may instead be a \
        file of that name in /etc/finetuned/credentials (mode 0400, the owner is finetuned), which a reload reads \
        again; by hand, one in $CREDENTIALS_DIRECTORY, which SIGHUP has read again. The key that encrypts connections' \
        keys is the credential storage_key \
        (32 bytes), else a file in the state directory.

        EXIT CODES
          0   stopped when told to
          64  wrong options
          69  something that it needs is not available
          70  a fault of its own
          73  a file or directory that it may not open or make
          74  the state's disk does not take writes
          75  a passing trouble; start it again later
          78  wrong configuration, or state that it cannot use

        EXAMPLE
          OPENAI_API_KEY=… finetuned --socket /tmp/ft.sock --state-directory /tmp/ft
        """
    }

    private static var keys: String {
        let surroundings = Surroundings(environment: [:], userID: 0)
        let defaults = DaemonConfiguration(
            socketPath: surroundings.socketPath, stateDirectory: surroundings.stateDirectory)
        return Setting.all.map { setting in
            let value = setting.yaml(of: defaults).map { " (\($0))" } ?? ""
            return "  \(setting.key)\(setting.isReloadable ? " *" : "")\(value)\n      \(setting.meaning)"
        }.joined(separator: "\n")
    }
}
