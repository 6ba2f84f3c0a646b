"""Measures finetuned's socket beside others of its kind, all in one run on one machine. See README.md."""

import contextlib
import json
import os
import pathlib
import resource
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time

from peers import HERE, Echo, Failed, PostgreSQL, Redis, resident_megabytes, stopwatch
from programs import Stage, wait_until
from records import count_records

SAMPLE = HERE.parent / "sample"
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "5"))
SECONDS = float(os.environ.get("BENCH_SECONDS", "2"))
MINUTES = float(os.environ.get("BENCH_MINUTES", "10"))
JOBS = int(os.environ.get("BENCH_JOBS", "1000"))
RECORDS = int(os.environ.get("BENCH_RECORDS", "1000000"))
# So slow a sandbox that its jobs run all the time.
SLOW = 0.01
FAST = 100000

CONFIGURATION = """\
log_level: warning
allowed_database_paths: [{place}]
limits:
  connections: 16384
  connections_per_user: 16384
providers:
  openai:
    base_url: {url}
    requests_per_second: {pace}
"""


class Bench:
    """A daemon with a sandbox, and the load generator."""

    def __init__(self, folder, work, speed=FAST):
        self.folder, self.work = folder, work
        self.stage = Stage(folder, work / "daemon", SAMPLE, speed=speed, configuration=CONFIGURATION)
        self.ask = self.stage.daemon.ask
        self.socket = self.stage.place / "socket"

    @property
    def process(self):
        return self.stage.daemon.process

    def requests(self, name, requests):
        path = self.work / name
        path.write_text("".join(json.dumps(request, separators=(",", ":")) + "\n" for request in requests))
        return path

    def reads(self, ids):
        return self.requests("reads", [{"method": "GET", "path": f"/api/v1/finetunings/{id}"} for id in ids])

    def load(self, requests, connections=1, depth=1, seconds=SECONDS, peer="finetuned", at=None):
        command = [f"{self.folder}/finetune-bench", "load", "--peer", peer, "--socket", at or self.socket]
        command += ["--connections", connections, "--depth", depth, "--seconds", seconds, "--warmup", 0.5, requests]
        done = subprocess.run(list(map(str, command)), capture_output=True, text=True)
        if done.returncode != 0:
            raise Failed(f"the load generator: {done.stderr.strip()}")
        report = json.loads(done.stdout)
        if report["refusals"]:
            raise Failed(f"{report['refusals']} of {report['answers']} requests were refused")
        return report

    def close(self):
        self.stage.close()


@contextlib.contextmanager
def bench(folder, speed=FAST):
    # Not in /tmp, which may be no disk.
    with tempfile.TemporaryDirectory(dir=os.environ.get("BENCH_DIRECTORY", "/var/tmp"), prefix="finetune-bench.") as work:
        os.chmod(work, 0o755)
        running = Bench(folder, pathlib.Path(work), speed)
        try:
            yield running
        finally:
            running.close()


def best(rates):
    """Other programs on the machine only ever take from a rate."""
    return max(rates)


# The figures. Each part yields (work, what is asked for, what was measured, whether that is enough).

def reads(folder):
    with bench(folder) as it, contextlib.ExitStack() as stack:
        id = it.stage.order("read")
        it.stage.wait_for_end(id)
        reply = json.dumps(it.stage.finetuning(id), separators=(",", ":"), ensure_ascii=False)
        size = len(reply.encode()) + len('{"id":0,"status":200,"body":}\n')
        echo = Echo(it.work, size)
        stack.callback(echo.stop)
        redis = Redis(it.work, reply)
        stack.callback(redis.stop)
        postgres = PostgreSQL(it.work, reply, it.stage.records[0]["sql"])
        stack.callback(postgres.stop)
        get = it.reads([id])
        key = it.work / "key"
        key.write_text("reply\n")

        def rates(connections, depth):
            return {
                "finetuned": lambda: it.load(get, connections, depth)["answers_per_second"],
                "echo": lambda: it.load(get, connections, depth, peer="echo", at=echo.socket)["answers_per_second"],
                "Redis": lambda: it.load(key, connections, depth, peer="redis", at=redis.socket)["answers_per_second"],
            }
        one = side_by_side(rates(1, 1) | {"PostgreSQL": lambda: postgres.rate("select", 1, SECONDS)})
        many = side_by_side(rates(16, 32))
        work = f"GET /finetunings/{{id}} ({size} bytes), 1 connection, one at a time"
        yield versus(work, one, "echo", 0.5)
        yield versus(work, one, "PostgreSQL", 2)
        yield versus(work, one, "Redis", None)
        work = "the same, 16 connections × 32 in flight"
        yield versus(work, many, "echo", 1 / 3)
        yield versus(work, many, "Redis", None)
        yield work, "100,000/s", f"{many['finetuned']:,.0f}/s", many["finetuned"] > 100_000


def side_by_side(rates):
    """The best rate of each, measured in turns."""
    found = {name: [] for name in rates}
    for _ in range(ROUNDS):
        for name, rate in rates.items():
            found[name].append(rate())
    return {name: best(rates) for name, rates in found.items()}


def versus(work, rates, peer, least):
    ratio = rates["finetuned"] / rates[peer]
    asked = "" if least is None else f"{least:.2f} × {peer}"
    measured = f"{ratio:.2f} × {peer} ({rates['finetuned']:,.0f}/s and {rates[peer]:,.0f}/s)"
    return work, asked, measured, least is None or ratio >= least


def writes(folder):
    with bench(folder) as it, contextlib.ExitStack() as stack:
        record = it.stage.records[0]
        postgres = PostgreSQL(it.work, "", record["sql"])
        stack.callback(postgres.stop)
        body = [{"db_connection_id": it.stage.connection, "prompt_text": "How many singers are there?",
                 "sql": record["sql"]}]
        post = it.requests("post", [{"method": "POST", "path": "/api/v1/golden-records", "body": body}])

        def added():
            rate = it.load(post, connections=16)["answers_per_second"]
            # What was added is run on its database afterwards: not in PostgreSQL's time.
            wait_until(lambda: not it.ask("GET", f"database-connections/{it.stage.connection}/record-checks")["waiting"],
                       "the added records to run", 300)
            return rate
        rates = side_by_side({"finetuned": added, "PostgreSQL": lambda: postgres.rate("insert", 16, SECONDS)})
        yield versus("POST /golden-records of one record, durable, 16 connections", rates, "PostgreSQL", 1)


class Background:
    """Plans, imports and running jobs, until they are told to stop."""

    RECORDS, BATCH = 10_000, 500

    def __init__(self, it):
        self.it = it
        self.stopping = threading.Event()
        self.done = {"plans": 0, "records imported": 0}
        self.golden = [json.loads(line) for line in open(SAMPLE / "golden.jsonl")]
        self.planned, self.imported = self.connection("planned"), self.connection("imported")
        for start in range(0, self.RECORDS, self.BATCH):
            it.ask("POST", "golden-records", self.batch(self.planned, start))
        self.ids = [it.stage.order(f"job {number}") for number in range(JOBS)]
        wait_until(self.all_at_provider, "all jobs at the provider", 600)
        self.threads = [threading.Thread(target=self.repeat, args=work) for work in (
            ("plans", 1, lambda start: ("POST", "finetunings/plan", {"db_connection_id": self.planned})),
            ("records imported", self.BATCH,
             lambda start: ("POST", "golden-records", self.batch(self.imported, start))))]

    def connection(self, alias):
        id = self.it.ask("POST", "database-connections", {
            "alias": alias, "connection_uri": f"sqlite://{self.it.stage.place}/sample.sqlite"})["id"]
        self.it.ask("POST", "table-descriptions/sync-schemas", {"db_connection_id": id})
        return id

    def batch(self, connection, start):
        records = [self.golden[(start + place) % len(self.golden)] for place in range(self.BATCH)]
        return [{"db_connection_id": connection, "prompt_text": f"{record['prompt_text']} ({start + place})",
                 "sql": record["sql"]} for place, record in enumerate(records)]

    def all_at_provider(self):
        counts = self.it.ask("GET", "status")["finetunings"]
        return counts["running"] + counts["validating_files"] >= JOBS

    def repeat(self, name, count, request):
        connection = socket.socket(socket.AF_UNIX)
        connection.connect(str(self.it.socket))
        with connection, connection.makefile("rwb") as lines:
            while not self.stopping.is_set():
                method, path, body = request(self.done[name])
                line = {"id": 1, "method": method, "path": f"/api/v1/{path}", "body": body}
                lines.write(json.dumps(line).encode() + b"\n")
                lines.flush()
                if json.loads(lines.readline())["status"] >= 400:
                    raise Failed(f"{name} were refused")
                self.done[name] += count

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self.stopping.set()
        for thread in self.threads:
            thread.join()


def busy(folder):
    with bench(folder, SLOW) as it:
        idle = resident_megabytes(it.process)
        background = Background(it)
        get = it.reads(background.ids)
        it.load(get, connections=16)
        with background:
            short = it.load(get, connections=16, seconds=20)
            done = ", ".join(f"{count:,} {name}" for name, count in background.done.items())
            before = resident_megabytes(it.process)
            report = it.load(get, connections=16, seconds=60 * MINUTES) if MINUTES else short
            after = resident_megabytes(it.process)
        p99 = short["microseconds"]["p99"] / 1000
        yield (f"p99 of that GET, 16 connections, with {JOBS:,} jobs running, plans over 10,000 records and an import "
               f"(meanwhile {done})", "under 2 ms", f"{p99:.2f} ms at {short['answers_per_second']:,.0f}/s", p99 < 2)
        yield "resident memory, idle", "under 60 MB", f"{idle:.0f} MB", idle < 60
        yield (f"resident memory after {MINUTES:g} minutes of that load ({report['answers']:,} answers, p99 "
               f"{report['microseconds']['p99'] / 1000:.2f} ms)", "under 60 MB, no growth",
               f"{after:.0f} MB, {before:.0f} MB at their start", after < 60 and after < before + 3)


def start(folder):
    with bench(folder) as it:
        daemon = it.stage.daemon
        daemon.stop()
        fill(it.stage.place / "state/state.sqlite", it.stage.connection)
        daemon.start()
        found = it.ask("GET", f"golden-records?db_connection_id={it.stage.connection}&limit=1")
        assert found
        times = []
        for _ in range(ROUNDS):
            daemon.stop()
            times.append(seconds_to_first_answer(daemon))
        shown = ", ".join(f"{1000 * seconds:.0f}" for seconds in sorted(times))
        yield (f"start to first answer, {RECORDS:,} golden records in the state", "under 200 ms", f"{shown} ms",
               sorted(times)[len(times) // 2] < 0.2)
        record = it.stage.records[0]
        it.ask("POST", "golden-records", [{name: record[name] for name in ("db_connection_id", "prompt_text", "sql")}])
        daemon.kill()
        yield ("the same after kill -9 in the midst of writes: the whole state is checked", "",
               f"{1000 * seconds_to_first_answer(daemon):.0f} ms", True)


def fill(path, connection):
    """Copies records within the file, which no daemon has open now."""
    state = sqlite3.connect(path)
    columns = [row[1] for row in state.execute("PRAGMA table_info(golden_records)")]
    others = ", ".join(f'r."{name}"' for name in columns if name != "id")
    names = ", ".join(f'"{name}"' for name in columns if name != "id")
    with state:
        state.create_function("made_id", 1, lambda number: (1 << 64 | number).to_bytes(12), deterministic=True)
        state.execute(f"""
            WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {RECORDS})
            INSERT INTO golden_records (id, {names})
            SELECT made_id(n), {others} FROM numbers CROSS JOIN
                (SELECT * FROM golden_records WHERE connection_id = ? LIMIT 1) AS r""", [bytes.fromhex(connection)])
        count_records(state)
    state.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    state.close()


def seconds_to_first_answer(daemon):
    passed = stopwatch()
    daemon.start()
    daemon.ask("GET", "heartbeat")
    return passed()


def limits(folder):
    with bench(folder) as it:
        yield from idle_connections(it)
        yield from fairness(it)
    yield from descriptors(folder)


def idle_connections(it, count=10_000):
    before = resident_megabytes(it.process)
    connections = [socket.socket(socket.AF_UNIX) for _ in range(count)]
    for connection in connections:
        connection.connect(str(it.socket))
    wait_until(lambda: it.ask("GET", "status")["connections"] > count, "all connections")
    after = resident_megabytes(it.process)
    for connection in connections:
        connection.close()
    yield f"resident memory with {count:,} idle connections", "under 150 MB", f"{after:.0f} MB ({before:.0f} without)", \
        after < 150


def fairness(it, count=10_000):
    id = it.stage.order("fair")
    it.stage.wait_for_end(id)
    get = it.reads([id])
    alone = it.load(get)["microseconds"]
    plan = json.dumps({"method": "POST", "path": "/api/v1/finetunings/plan",
                       "body": {"db_connection_id": it.stage.connection}}).encode() + b"\n"
    with socket.socket(socket.AF_UNIX) as greedy:
        greedy.connect(str(it.socket))
        writer = threading.Thread(target=greedy.sendall, args=[plan * count])
        writer.start()
        answered = threading.Thread(target=read_lines, args=[greedy, count])
        answered.start()
        beside = it.load(get)["microseconds"]
        was_busy = answered.is_alive()
        writer.join()
        answered.join()
    yield (f"a GET beside another client's {count:,} pipelined plans" + ("" if was_busy else " (which ended before it)"),
           "", f"p50 {beside['p50']:.0f} µs, p99 {beside['p99']:.0f} µs (alone {alone['p50']:.0f}, {alone['p99']:.0f})",
           was_busy)


def read_lines(connection, count):
    with connection.makefile("rb") as lines:
        for _ in range(count):
            if not lines.readline():
                raise Failed("the connection was closed")


def descriptors(folder, limit=128):
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (limit, hard))
    with bench(folder) as it:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
        connections, told = [], None
        while told is None and len(connections) < limit:
            connection = socket.socket(socket.AF_UNIX)
            connection.settimeout(0.2)
            connection.connect(str(it.socket))
            connections.append(connection)
            with contextlib.suppress(TimeoutError):
                told = connection.recv(4096).decode()
        goes_on = bool(it.ask("GET", "heartbeat"))
        for connection in connections:
            connection.close()
        told = told and json.loads(told)
        code = told["body"]["error_code"] if told else "nothing"
        yield (f"out of {limit} file descriptors, connection {len(connections)} is told", "too_many_requests, others go on",
               f"{code}, others {'go' if goes_on else 'do not go'} on", code == "too_many_requests" and goes_on)


def agents(folder):
    with bench(folder) as it:
        database = wide_database(it.stage.place / "wide.sqlite")
        connection = it.ask("POST", "database-connections", {"alias": "wide", "connection_uri": f"sqlite://{database}"})["id"]
        it.ask("POST", "table-descriptions/sync-schemas", {"db_connection_id": connection})
        it.ask("POST", "golden-records", [
            {"db_connection_id": connection, "prompt_text": f"How many rows has table {number} of {year}?",
             "sql": f"SELECT COUNT(*) FROM table_{number} WHERE column_1 > {year}"}
            for number in range(TABLES) for year in (2000,)])
        id = it.stage.order("agents", connection=connection)
        it.stage.wait_for_end(id)
        it.ask("POST", "models/wide-sql/promote", {"finetuning_id": id})
        questions = [f"How many rows of table {number} are younger than {1990 + number}?" for number in range(40)]
        render = it.requests("render", [
            {"method": "POST", "path": "/api/v1/prompts/render", "body": {"text": question, "model": "wide-sql"}}
            for question in questions])
        p99 = [it.load(render, connections=16) for _ in range(ROUNDS)]
        least = min(p99, key=lambda report: report["microseconds"]["p99"])
        yield (f"p99 of POST /prompts/render, {TABLES} tables, 16 connections", "under 1 ms",
               f"{least['microseconds']['p99'] / 1000:.2f} ms at {least['answers_per_second']:,.0f}/s",
               least["microseconds"]["p99"] < 1000)
        model = it.requests("model", [{"method": "GET", "path": "/api/v1/models/wide-sql"}])
        get = it.reads([id])
        for connections, depth, work in ((1, 1, "1 connection, one at a time"), (16, 32, "16 connections × 32 in flight")):
            rates = side_by_side({
                "GET /models": lambda: it.load(model, connections, depth)["answers_per_second"],
                "GET /finetunings": lambda: it.load(get, connections, depth)["answers_per_second"]})
            ratio = rates["GET /models"] / rates["GET /finetunings"]
            yield (f"GET /models/{{alias}}, {work}", "as fast as GET /finetunings/{id}",
                   f"{ratio:.2f} × ({rates['GET /models']:,.0f}/s and {rates['GET /finetunings']:,.0f}/s)", ratio > 0.9)


TABLES = 20


def wide_database(path):
    database = sqlite3.connect(path)
    for number in range(TABLES):
        columns = ", ".join(f"column_{place} {kind}" for place, kind in enumerate(
            ("INTEGER PRIMARY KEY", "INTEGER", "TEXT", "REAL", "TEXT", "DATE", "INTEGER", "TEXT")))
        database.execute(f"CREATE TABLE table_{number} ({columns})")
        database.executemany(
            f"INSERT INTO table_{number} VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [(row, 1980 + row, f"name {row}", row / 7, "red green blue".split()[row % 3], "2020-01-01", row % 5, "x")
             for row in range(60)])
    database.commit()
    database.close()
    return path


PARTS = {"agents": agents, "reads": reads, "writes": writes, "busy": busy, "start": start, "limits": limits}


def main():
    wanted = sys.argv[1:] or list(PARTS)
    unknown = [name for name in wanted if name not in PARTS]
    if unknown:
        sys.exit(f"serving: there is no part {unknown[0]}; the parts are {', '.join(PARTS)}")
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 65536), hard))
    folder = os.environ["FINETUNE_BIN"]
    short = []
    print("| work | at least | measured | |\n|---|---|---|---|", flush=True)
    for name in wanted:
        for work, asked, measured, is_enough in PARTS[name](folder):
            print(f"| {work} | {asked} | {measured} | {'' if is_enough else '**short**'} |", flush=True)
            if not is_enough:
                short.append(work)
    print(f"\n{len(short)} short of what is asked for" if short else "\nnothing is short of what is asked for")


if __name__ == "__main__":
    main()
