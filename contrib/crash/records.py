"""Golden records that are written into a state by SQL, while no daemon has it open."""


def count_records(state):
    """Counts them, as the daemon counts those that it adds: in blocks of 4,096, for each connection and for all."""
    state.execute("DELETE FROM golden_record_blocks")
    for scope in ("x''", "connection_id"):
        state.execute(f"""
            INSERT INTO golden_record_blocks (scope, first_id, count)
            SELECT scope, min(id), count(*) FROM (
                SELECT {scope} AS scope, id, (row_number() OVER (PARTITION BY {scope} ORDER BY id) - 1) / 4096 AS block
                FROM golden_records)
            GROUP BY scope, block""")
