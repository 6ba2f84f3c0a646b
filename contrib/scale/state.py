"""A million golden records and a million events: what each request takes with them, and without."""

import os
import sqlite3
import statistics
import threading
import time

from measure import median, resident_megabytes, worst
from programs import Stage

RECORDS = int(os.environ.get("SCALE_RECORDS", "1000000"))
EVENTS = int(os.environ.get("SCALE_EVENTS", "1000000"))
EVENTS_OF_ONE = max(EVENTS // 10, 1000)
FINETUNINGS = 1000
OTHERS = 1000
BATCH = 10_000
# No request may take longer than this at the median, on a busy machine and in a debug build.
SLOW_MICROSECONDS = 20_000
# As a daemon would have made them after its own first ones: it goes on after the newest id that it finds.
SECONDS = int(time.time()) + 60


def large_state(folder, work, sample):
    """What was found, as (what, value, whether that is right)."""
    stage = Stage(folder, work, sample)
    try:
        finetuning = stage.order("little")
        stage.wait_for_end(finetuning)
        little = figures(stage, stage.RECORDS, 1, len(events(stage, finetuning)), finetuning)
        stop(stage)
        started = time.monotonic()
        long_one = fill(work / "state" / "state.sqlite", stage.connection, finetuning)
        filled = time.monotonic() - started
        started = time.monotonic()
        stage.daemon.start()
        opened = time.monotonic() - started
        much = figures(stage, stage.RECORDS + RECORDS, FINETUNINGS, EVENTS_OF_ONE, long_one)
        size = os.path.getsize(work / "state" / "state.sqlite") / 1e6
        facts = [
            ("golden records, events, finetunings", f"{RECORDS}, {EVENTS}, {FINETUNINGS}", True),
            ("the state on disk", f"{size:.0f} MB, written by SQL in {filled:.0f} s", True),
            ("start, with a check of every page", f"{opened:.1f} s", True),
        ]
        for what, microseconds in much.items():
            facts.append((
                what, f"{microseconds:.0f} µs, with little {little[what]:.0f} µs", microseconds < SLOW_MICROSECONDS))
        facts += beside(stage, "check", "POST", "admin/check", lambda reply: reply["ok"])
        facts += beside(stage, "backup", "POST", "admin/backup", lambda reply: reply["bytes"] > 0)
        facts.append(("resident memory", f"{resident_megabytes(stage.daemon.process.pid)} MB", True))
        return facts
    finally:
        stage.close()


def stop(stage):
    stage.daemon.process.terminate()
    stage.daemon.process.wait(60)


def figures(stage, records, finetunings, events, finetuning):
    """Medians of round trips, in microseconds, by what was asked."""
    connection = stage.connection
    pages = {"first": 1, "middle": max(records // 20, 1), "last": max(records // 10, 1)}
    asked = {}
    for name, page in pages.items():
        asked[f"golden records, {name} page of a connection"] = f"golden-records?db_connection_id={connection}&page={page}"
    for name, page in pages.items():
        asked[f"golden records, {name} page of all"] = f"golden-records?page={page}"
    asked["a golden record"] = f"golden-records/{stage.records[0]['id']}"
    asked["finetunings, middle page"] = f"finetunings?page={max(finetunings // 20, 1)}"
    asked["a finetuning"] = f"finetunings/{finetuning}"
    asked["the last ten events of a finetuning"] = f"finetunings/{finetuning}/events?after={max(events - 10, 0)}"
    asked["status"] = "status"
    found = {what: median(stage.daemon, "GET", path) for what, path in asked.items()}
    found["ten new golden records"] = median(
        stage.daemon, "POST", "golden-records", [
            {"db_connection_id": connection, "prompt_text": f"How many airports, {n}?", "sql": "SELECT 1"}
            for n in range(10)], times=50)
    return found


def events(stage, finetuning):
    return stage.daemon.stream(f"finetunings/{finetuning}/events")[:-1]


def fill(path, connection, finetuning):
    """Writes what would take hours to send. Returns the finetuning with most events."""
    state = sqlite3.connect(path, isolation_level=None)
    state.execute("PRAGMA foreign_keys = ON")
    owners = [bytes.fromhex(connection)] + [identifier(1, number) for number in range(OTHERS)]
    for number, owner in enumerate(owners[1:]):
        insert_copy(state, "database_connections", owners[0], id=owner, alias=f"other {number}")
    for start in range(0, RECORDS, BATCH):
        state.execute("BEGIN")
        state.executemany(
            "INSERT INTO golden_records (id, connection_id, prompt_text, sql, check_status, created_at, updated_at)"
            " VALUES (?, ?, ?, ?, 'valid', 0, 0)",
            # Most are of one connection, and every tenth of another.
            ((identifier(2, n), owners[0 if n % 10 else n // 10 % OTHERS + 1], f"How many airports lie above {n} m?",
              f"SELECT count(*) FROM airports WHERE elevation > {n}")
             for n in range(start, min(start + BATCH, RECORDS))))
        state.execute("COMMIT")
    made = [identifier(3, number) for number in range(FINETUNINGS - 1)]
    for number, id in enumerate(made):
        insert_copy(state, "finetunings", bytes.fromhex(finetuning), id=id, alias=f"copy {number}")
    add_events(state, made[0], EVENTS_OF_ONE)
    for id in made[1:]:
        add_events(state, id, (EVENTS - EVENTS_OF_ONE) // (FINETUNINGS - 2))
    state.close()
    return made[0].hex()


def identifier(kind, number):
    return (SECONDS + kind).to_bytes(4, "big") + number.to_bytes(8, "big")


def insert_copy(state, table, original, **changes):
    # Hidden 2 and 3 are generated columns.
    columns = [row[1] for row in state.execute(f"PRAGMA table_xinfo({table})") if row[6] == 0]
    values = ", ".join(f":{name}" if name in changes else name for name in columns)
    state.execute(
        f"INSERT INTO {table} ({', '.join(columns)}) SELECT {values} FROM {table} WHERE id = :original",
        changes | {"original": original})


def add_events(state, finetuning, count):
    state.execute("BEGIN")
    state.executemany(
        "INSERT INTO finetuning_events (finetuning_id, sequence, at, name, level, message, detail)"
        " VALUES (?, ?, 0, 'metrics', 'info', ?, '{}')",
        ((finetuning, number, f"Step {number}: training loss=0.5") for number in range(1, count + 1)))
    state.execute("COMMIT")


def beside(stage, name, method, path, is_right):
    """How long something takes, and how long reads take meanwhile."""
    result, took = [], []

    def work():
        other = stage.daemon.connected()
        started = time.monotonic()
        result.append(other.ask(method, path))
        took.append(time.monotonic() - started)

    thread = threading.Thread(target=work)
    thread.start()
    reads = worst(stage.daemon, "GET", "golden-records?page=1000", thread.is_alive)
    thread.join()
    right = bool(result) and is_right(result[0])
    return [
        (f"{name} of all of it", f"{took[0]:.1f} s" if took else "failed", right),
        (f"reads meanwhile", f"{statistics.median(reads):.0f} µs at the median, {max(reads) / 1000:.0f} ms at worst", True),
    ]
