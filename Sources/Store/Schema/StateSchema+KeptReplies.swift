extension StateSchema {
    /// The replies to requests that came with an idempotency key. Keys belong to the user who sent them, so that
    /// nobody can take another's key, or be given another's reply.
    static let keptReplies = """
        CREATE TABLE kept_replies (
            peer_uid INTEGER NOT NULL,
            idempotency_key TEXT NOT NULL,
            request_sha256 BLOB NOT NULL CHECK (length(request_sha256) = 32),
            body BLOB NOT NULL,
            at INTEGER NOT NULL,
            PRIMARY KEY (peer_uid, idempotency_key)
        ) STRICT;
        CREATE INDEX kept_replies_by_age ON kept_replies (at);
        """
}
