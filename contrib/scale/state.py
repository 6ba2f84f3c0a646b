"""A million golden records and a million events: what each request takes with them, and without."""

import os
import sqlite3
import statistics
import threading
import time

from manager import Manager, patience
from measure import JUDGES_TIMES, median, resident_megabytes, worst
from programs import Stage
from records import count_records

RECORDS = int(os.environ.get("SCALE_RECORDS", "1000000"))
EVENTS = int(os.environ.get("SCALE_EVENTS", "1000000"))
EVENTS_OF_ONE = max(EVENTS // 10, 1000)
FINETUNINGS = int(os.environ.get("SCALE_FINETUNINGS", "10000"))
OTHERS = 1000
# Every so many of the records are invalid, and of the events errors.
BAD = 100
BATCH = 10_000
# No request may take longer than this at the median.
SLOW_MICROSECONDS = 10_000
CHECK_SECONDS = 120
MEGABYTES = 200
# As a daemon would have made them after its own first ones: it goes on after the newest id that it finds.
SECONDS = int(time.time()) + 60


def large_state(folder, work, sample):
    """What was found, as (what, value, whether that is right)."""
    work.mkdir(parents=True)
    manager = Manager(work / "manager")
    stage = Stage(folder, work, sample, environment={"NOTIFY_SOCKET": str(manager.path)})
    try:
        finetuning = stage.order("little")
        stage.wait_for_end(finetuning)
        little = figures(stage, stage.RECORDS, 1, len(events(stage, finetuning)), finetuning)
        stop(stage)
        started = time.monotonic()
        stage.finetunings = fill(work / "state" / "state.sqlite", stage.connection, finetuning)
        filled = time.monotonic() - started
        started = time.monotonic()
        told = manager.start_of(stage.daemon)
        opened = time.monotonic() - started
        is_patient, words = patience(told, started)
        much = figures(stage, stage.RECORDS + RECORDS, FINETUNINGS, EVENTS_OF_ONE, stage.finetunings[0])
        size = os.path.getsize(work / "state" / "state.sqlite") / 1e6
        facts = [
            ("golden records, events, finetunings", f"{RECORDS}, {EVENTS}, {FINETUNINGS}", True),
            ("the state on disk", f"{size:.0f} MB, written by SQL in {filled:.0f} s", True),
            ("start, with a check of every page", f"{opened:.1f} s", True),
            ("what systemd is told meanwhile", f"wait longer; {words}",
             is_patient and any("EXTEND_TIMEOUT_USEC" in line for _, lines in told for line in lines)),
        ]
        for what, microseconds in much.items():
            is_quick = microseconds < SLOW_MICROSECONDS or not JUDGES_TIMES
            facts.append((what, f"{microseconds:.0f} µs, with little {little[what]:.0f} µs", is_quick))
        facts += searches(stage)
        facts += beside(stage, "check", "POST", "admin/check", lambda reply: reply["ok"])
        facts += beside(stage, "backup", "POST", "admin/backup", lambda reply: reply["bytes"] > 0)
        memory = resident_megabytes(stage.daemon.process.pid)
        facts.append(("resident memory", f"{memory} MB", memory < MEGABYTES))
        return facts
    finally:
        stage.close()


def stop(stage):
    stage.daemon.process.terminate()
    stage.daemon.process.wait(60)


def figures(stage, records, finetunings, events, finetuning):
    """Medians of round trips, in microseconds, by what was asked."""
    connection = stage.connection
    of_connection = records - records // 10
    lists = {
        "golden records of a connection": (f"golden-records?db_connection_id={connection}", of_connection),
        "golden records of all": ("golden-records?", records),
        "finetunings of all": ("finetunings?", finetunings),
        "finetunings of a connection that succeeded": (
            f"finetunings?db_connection_id={connection}&status=succeeded", finetunings),
        "provider objects": ("provider-objects?", 3 * finetunings),
        "models among the provider objects": ("provider-objects?kind=model", finetunings),
    }
    asked = {}
    for name, (path, count) in lists.items():
        for place, page in {"first": 1, "middle": count // 20, "last": count // 10}.items():
            asked[f"{name}, {place} page"] = f"{path}&page={max(page, 1)}".replace("?&", "?")
    asked["a golden record"] = f"golden-records/{stage.records[0]['id']}"
    asked["record checks of a connection"] = f"database-connections/{connection}/record-checks"
    asked["a finetuning"] = f"finetunings/{finetuning}"
    asked["the last ten events of a finetuning"] = f"finetunings/{finetuning}/events?after={max(events - 10, 0)}"
    asked["the last ten events of all"] = f"events?after={newest_event(stage) - 10}"
    asked["provider objects of a finetuning"] = f"provider-objects?finetuning_id={finetuning}"
    asked["status"] = "status"
    found = {what: median(stage.daemon, "GET", path) for what, path in asked.items()}
    found["ten new golden records"] = median(
        stage.daemon, "POST", "golden-records", [
            {"db_connection_id": connection, "prompt_text": f"How many airports, {n}?", "sql": "SELECT 1"}
            for n in range(10)], times=50)
    return found


def newest_event(stage):
    return stage.daemon.stream("events?level=error")[-1]["last_position"]


def searches(stage):
    """All events that pass a filter: how long it takes to find the few among the many."""
    facts = []
    for name, query in {
        "errors": "level=error", "of one finetuning": f"finetuning_id={stage.finetunings[-1]}",
        "of a name that none has": "event=not_promoted",
    }.items():
        started = time.monotonic()
        found = len(stage.daemon.stream(f"events?{query}")) - 1
        facts.append((f"all events, {name}", f"{found} in {time.monotonic() - started:.2f} s", True))
    return facts


def events(stage, finetuning):
    return stage.daemon.stream(f"finetunings/{finetuning}/events")[:-1]


def fill(path, connection, finetuning):
    """Writes what would take hours to send. Returns the finetunings, the one with most events first."""
    state = sqlite3.connect(path, isolation_level=None)
    state.execute("PRAGMA foreign_keys = ON")
    owners = [bytes.fromhex(connection)] + [identifier(1, number) for number in range(OTHERS)]
    for number, owner in enumerate(owners[1:]):
        insert_copy(state, "database_connections", owners[0], id=owner, alias=f"other {number}")
    for start in range(0, RECORDS, BATCH):
        state.execute("BEGIN")
        state.executemany(
            "INSERT INTO golden_records"
            " (id, connection_id, prompt_text, sql, check_status, check_reason, created_at, updated_at)"
            " VALUES (?, ?, ?, ?, ?, ?, 0, 0)",
            # Most are of one connection, and every tenth of another.
            ((identifier(2, n), owners[0 if n % 10 else n // 10 % OTHERS + 1], f"How many airports lie above {n} m?",
              f"SELECT count(*) FROM airports WHERE elevation > {n}",
              *(("valid", None) if n % BAD else ("invalid", "no such table: airports")))
             for n in range(start, min(start + BATCH, RECORDS))))
        state.execute("COMMIT")
    count_records(state)
    made = [identifier(3, number) for number in range(FINETUNINGS - 1)]
    state.execute("BEGIN")
    for number, id in enumerate(made):
        insert_copy(state, "finetunings", bytes.fromhex(finetuning), id=id, alias=f"copy {number}")
        for kind in ("file", "job", "model"):
            state.execute(
                "INSERT INTO provider_objects (provider, kind, remote_id, finetuning_id, finetuning_alias,"
                " connection_id, origin, created_at) VALUES ('openai', ?, ?, ?, 'copy', ?, 'made', 0)",
                (kind, f"{kind}-{number}", id, owners[0]))
    state.execute("COMMIT")
    add_events(state, made[0], EVENTS_OF_ONE)
    for id in made[1:]:
        add_events(state, id, (EVENTS - EVENTS_OF_ONE) // (FINETUNINGS - 2))
    state.close()
    return [id.hex() for id in made]


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
        " VALUES (?, ?, 0, 'metrics', ?, ?, '{}')",
        ((finetuning, number, "info" if number % BAD else "error", f"Step {number}: training loss=0.5")
         for number in range(1, count + 1)))
    state.execute("COMMIT")


def beside(stage, name, method, path, is_right):
    """How long something takes, and how long reads take meanwhile."""
    result, took = [], []

    def work():
        other = stage.daemon.connected()
        other.wait_for_answers(CHECK_SECONDS)
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
