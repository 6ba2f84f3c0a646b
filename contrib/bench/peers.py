"""Those that finetuned is held against: each a process with a Unix socket in a directory of ours."""

import glob
import os
import pathlib
import re
import shutil
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
# The daemon and its sandbox are started the way the crash test starts them.
sys.path.insert(0, str(HERE.parent / "crash"))

from programs import Failed, end, wait_until  # noqa: E402


class Echo:
    """The floor: a C program that answers each line with as many bytes, and does nothing else."""

    def __init__(self, place, reply_bytes):
        program = place / "echo"
        subprocess.run(["cc", "-O2", "-o", program, HERE / "echo.c"], check=True)
        self.socket = place / "echo.socket"
        self.process = subprocess.Popen([program, self.socket, str(reply_bytes)])
        wait_until(self.socket.exists, "the echo server")

    def stop(self):
        end(self.process)


class Redis:
    """Redis with one key, which holds a reply."""

    def __init__(self, place, reply):
        self.socket = place / "redis.socket"
        command = ["redis-server", "--port", "0", "--unixsocket", self.socket, "--save", "", "--dir", place]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        wait_until(self.socket.exists, "Redis")
        subprocess.run(["redis-cli", "-s", self.socket, "SET", "reply", reply], check=True, stdout=subprocess.DEVNULL)

    def stop(self):
        end(self.process)


class PostgreSQL:
    """PostgreSQL as it is configured by default, with a table of replies by key and one of golden records."""

    SELECT = "SELECT reply FROM replies WHERE id = '\\x0123456789abcdef01234567';"
    INSERT = ("INSERT INTO golden_records (connection_id, prompt_text, sql) VALUES "
              "('\\x0123456789abcdef01234567', 'How many singers are there?', '{sql}');")

    def __init__(self, place, reply, sql):
        self.place = place / "postgresql"
        self.place.mkdir()
        # It refuses to run as root.
        self.user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        if self.user:
            shutil.chown(self.place, "postgres")
        self.programs = max(glob.glob("/usr/lib/postgresql/*/bin"), default=None)
        if not self.programs:
            raise Failed("there is no PostgreSQL: apt-get install postgresql postgresql-contrib")
        self.run("initdb", "-D", self.place / "data", "-A", "trust", "-U", "postgres")
        options = f"-k {self.place} -c listen_addresses="
        self.run("pg_ctl", "-D", self.place / "data", "-o", options, "-l", self.place / "log", "-w", "start")
        self.script("setup", f"""
            CREATE TABLE replies (id bytea PRIMARY KEY, reply text NOT NULL);
            INSERT INTO replies SELECT substr(sha256(n::text::bytea), 1, 12), $reply${reply}$reply$
                FROM generate_series(1, 1000) AS n;
            INSERT INTO replies VALUES ('\\x0123456789abcdef01234567', $reply${reply}$reply$);
            CREATE TABLE golden_records (id bigserial PRIMARY KEY, connection_id bytea NOT NULL,
                prompt_text text NOT NULL, sql text NOT NULL, created_at timestamptz NOT NULL DEFAULT now());
            CREATE INDEX ON golden_records (connection_id, id);
            """)
        self.run("psql", "-h", self.place, "-U", "postgres", "-q", "-f", self.place / "setup")
        self.script("select", self.SELECT)
        self.script("insert", self.INSERT.format(sql=sql.replace("'", "''")))

    def script(self, name, text):
        path = self.place / name
        path.write_text(text)
        path.chmod(0o644)

    def run(self, program, *arguments):
        program = program if program in ("psql", "pgbench") else f"{self.programs}/{program}"
        command = [*self.user, program, *map(str, arguments)]
        done = subprocess.run(command, capture_output=True, text=True, cwd="/")
        if done.returncode != 0:
            raise Failed(f"{program}: {done.stderr.strip()}")
        return done.stdout

    def rate(self, name, clients, seconds):
        """What pgbench does a second with this prepared statement, from one thread."""
        told = self.run("pgbench", "-h", self.place, "-U", "postgres", "-n", "-M", "prepared", "-j", 1, "-c", clients,
                        "-T", int(seconds), "-f", self.place / name, "postgres")
        return float(re.search(r"tps = ([0-9.]+)", told).group(1))

    def stop(self):
        self.run("pg_ctl", "-D", self.place / "data", "-m", "fast", "stop")


def resident_megabytes(process):
    status = pathlib.Path(f"/proc/{process.pid}/status").read_text()
    return int(re.search(r"VmRSS:\s+(\d+) kB", status).group(1)) / 1024


def stopwatch():
    started = time.monotonic()
    return lambda: time.monotonic() - started
