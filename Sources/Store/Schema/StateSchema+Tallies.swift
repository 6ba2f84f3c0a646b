extension StateSchema {
    /// How many finetunings have each status, and what was spent on each day (UTC) by whom. Every look at the daemon's
    /// status and every order asks for them, so triggers keep them: else each would go over all finetunings. And the
    /// indexes that lists with filters went without.
    static let tallies = """
        CREATE TABLE finetuning_counts (
            status TEXT NOT NULL PRIMARY KEY,
            count INTEGER NOT NULL CHECK (count >= 0)
        ) STRICT, WITHOUT ROWID;
        INSERT INTO finetuning_counts (status, count) SELECT status, count(*) FROM finetunings GROUP BY status;

        CREATE TRIGGER count_added_finetuning AFTER INSERT ON finetunings BEGIN
            INSERT INTO finetuning_counts (status, count) VALUES (NEW.status, 1)
            ON CONFLICT DO UPDATE SET count = count + 1;
        END;
        CREATE TRIGGER count_removed_finetuning AFTER DELETE ON finetunings BEGIN
            UPDATE finetuning_counts SET count = count - 1 WHERE status = OLD.status;
        END;
        CREATE TRIGGER count_moved_finetuning AFTER UPDATE ON finetunings WHEN NEW.status <> OLD.status BEGIN
            UPDATE finetuning_counts SET count = count - 1 WHERE status = OLD.status;
            INSERT INTO finetuning_counts (status, count) VALUES (NEW.status, 1)
            ON CONFLICT DO UPDATE SET count = count + 1;
        END;

        CREATE TABLE spending_days (
            day_start INTEGER NOT NULL,
            owner_uid INTEGER NOT NULL,
            finetunings INTEGER NOT NULL CHECK (finetunings >= 0),
            microdollars REAL NOT NULL CHECK (microdollars >= 0),
            PRIMARY KEY (day_start, owner_uid)
        ) STRICT, WITHOUT ROWID;
        INSERT INTO spending_days (day_start, owner_uid, finetunings, microdollars)
        SELECT accepted_at - accepted_at % \(microsecondsPerDay) AS day_start, owner_uid, count(*), total(microdollars)
        FROM spending GROUP BY day_start, owner_uid;
        DROP INDEX spending_by_time;

        CREATE TRIGGER add_spending AFTER INSERT ON spending BEGIN
            INSERT INTO spending_days (day_start, owner_uid, finetunings, microdollars)
            VALUES (NEW.accepted_at - NEW.accepted_at % \(microsecondsPerDay), NEW.owner_uid, 1,
                ifnull(NEW.microdollars, 0))
            ON CONFLICT DO UPDATE SET finetunings = finetunings + 1, microdollars = microdollars + excluded.microdollars;
        END;
        CREATE TRIGGER correct_spending AFTER UPDATE OF microdollars ON spending BEGIN
            UPDATE spending_days
            SET microdollars = microdollars - ifnull(OLD.microdollars, 0) + ifnull(NEW.microdollars, 0)
            WHERE day_start = NEW.accepted_at - NEW.accepted_at % \(microsecondsPerDay) AND owner_uid = NEW.owner_uid;
        END;

        CREATE INDEX finetunings_by_connection_and_status ON finetunings (connection_id, status, id);
        CREATE INDEX provider_objects_by_kind ON provider_objects (kind, id);
        """

    /// A day, as the schema counts time.
    static let microsecondsPerDay = 86_400_000_000
}
