"""A host in trouble: a disk that fails, a clock that jumps, no file descriptors. The kernel's own, not played ones."""

import json
import os
import pathlib
import resource
import secrets
import shutil
import signal
import socket
import subprocess
import time

from programs import LOOK_AGAIN_SECONDS, Refused, Stage, wait_until
from scenarios import DELETE_FILE, SUBMIT

DAY = 86_400
DESCRIPTORS = int(os.environ.get("CRASH_DESCRIPTORS", "96"))
CLIENTS = 120
BACKING = "56m"
IMAGE = "48M"


# A disk that fails: a file system on a loop device whose backing file can get no more pages, so that writes go into the
# page cache and fsync fails; later the kernel itself makes that file system read-only.

def failing_disk(folder, work, sample):
    """What was found, as (what, value, whether that is right)."""
    disk = Disk(work)
    try:
        disk.make()
    except (OSError, subprocess.CalledProcessError):
        disk.remove()
        return [("skipped", "only root may mount a loop device, with the tools of ext4", True)]
    try:
        stage = Stage(folder, work, sample)
        try:
            return failed_fsync(stage, disk) + read_only(stage, disk)
        finally:
            stage.close()
    finally:
        disk.remove()


class Disk:
    """The state's own disk."""

    def __init__(self, work):
        self.backing = work / "backing"
        self.state = work / "state"
        self.image = self.backing / "image"
        self.filler = self.backing / "filler"

    def make(self):
        for place in (self.backing, self.state):
            place.mkdir(parents=True)
        run("mount", "-t", "tmpfs", "-o", f"size={BACKING}", "tmpfs", self.backing)
        run("truncate", "-s", IMAGE, self.image)
        run("mkfs.ext4", "-q", "-m", "0", "-E", "lazy_itable_init=0,lazy_journal_init=0,nodiscard", self.image)
        self.back_all_but_free_blocks()
        self.mount("errors=continue")
        self.state.chmod(0o700)

    # A journal that cannot be written ends the file system; it is the data that shall not be.
    def back_all_but_free_blocks(self):
        told = subprocess.run(["dumpe2fs", self.image], check=True, capture_output=True, text=True).stdout
        size = int(next(line for line in told.splitlines() if line.startswith("Block size:")).split()[-1])
        free = set()
        for line in told.splitlines():
            if line.startswith("  Free blocks:"):
                for span in line.split(":")[1].replace(" ", "").split(","):
                    first, _, last = span.partition("-")
                    if first:
                        free.update(range(int(first), int(last or first) + 1))
        with open(self.image, "r+b", buffering=0) as image:
            for block in range(os.path.getsize(self.image) // size):
                if block not in free:
                    os.pwrite(image.fileno(), os.pread(image.fileno(), size, block * size), block * size)

    def mount(self, errors):
        run("mount", "-o", f"loop,{errors}", self.image, self.state)

    def unmount(self):
        run("umount", self.state)

    def fill(self):
        with open(self.filler, "wb", buffering=0) as file:
            try:
                while file.write(b"\0" * 4096):
                    pass
            except OSError:
                pass

    def break_file_system(self):
        device = subprocess.run(
            ["findmnt", "-no", "SOURCE", self.state], check=True, capture_output=True, text=True).stdout.strip()
        with open(f"/sys/fs/ext4/{os.path.basename(device)}/trigger_fs_error", "w") as file:
            file.write("1")

    def remove(self):
        for place in (self.state, self.backing):
            subprocess.run(["umount", "-l", str(place)], capture_output=True)


def run(*command):
    subprocess.run(list(map(str, command)), check=True, capture_output=True)


def failed_fsync(stage, disk):
    accepted = len(stage.records)
    stage.wait_for_end(stage.order("before"))
    disk.fill()
    refusal = None
    while refusal is None:
        refusal, added = record(stage)
        accepted += added
    health = stage.daemon.ask("GET", "status")["storage"]
    reading = stage.daemon.ask("GET", "golden-records?limit=1")
    disk.filler.unlink()
    wait_until(lambda: record(stage)[1], "a write that is accepted again")
    accepted += 1
    healthy = stage.daemon.ask("GET", "status")["storage"]["state"]
    stage.daemon.kill()
    # What was only in the page cache is gone with it.
    disk.unmount()
    disk.mount("errors=remount-ro")
    stage.daemon.start()
    found = count(stage)
    return [
        ("a write whose fsync fails", refusal, refusal.startswith("503 storage_degraded")),
        ("status then", f"{health['state']}: {health['message']}", health["state"] == "degraded"),
        ("a read then", f"{len(reading)} record", len(reading) == 1),
        ("status once fsync works again", healthy, healthy == "healthy"),
        ("records after SIGKILL and a remount", f"{found}, {accepted} accepted", found == accepted),
    ]


def read_only(stage, disk):
    accepted = count(stage)
    disk.break_file_system()
    refusal = wait_until(lambda: record(stage)[0], "a refused write")
    health = stage.daemon.ask("GET", "status")["storage"]["state"]
    reading = count(stage)
    stage.daemon.process.terminate()
    code = stage.daemon.process.wait(30)
    disk.unmount()
    subprocess.run(["fsck.ext4", "-fy", str(disk.image)], capture_output=True)
    disk.mount("errors=remount-ro")
    stage.daemon.start()
    recovered = stage.wait_for_end(stage.order("after"))["status"]
    found = count(stage)
    made = stage.sandbox.counts()["jobs_created"]
    return [
        ("a write to a file system that turned read-only", refusal, refusal.startswith("503 storage_degraded")),
        ("status then, and a read", f"{health}, {reading} records", health == "degraded" and reading == accepted),
        ("SIGTERM then", f"exit {code}", code == 0),
        ("an order after repair", recovered, recovered == "succeeded"),
        ("records after repair", f"{found}, {accepted} accepted", found == accepted),
        ("jobs made of two accepted orders", made, made == 2),
    ]


def record(stage):
    """The refusal of a record of some size, or nothing; and how many were accepted."""
    try:
        stage.daemon.ask("POST", "golden-records", [
            {"db_connection_id": stage.connection, "prompt_text": "?" * 20_000, "sql": "SELECT 1"}])
        return None, 1
    except Refused as refusal:
        return str(refusal), 0


def count(stage):
    found, page = 0, 1
    while records := stage.daemon.ask("GET", f"golden-records?limit=50&page={page}"):
        found, page = found + len(records), page + 1
    return found


# A clock that is set: by a library that tells the daemon another time, and leaves the clocks alone that nobody can set.

def clock_that_jumps(folder, work, sample):
    """What was found, as (what, value, whether that is right)."""
    work.mkdir(parents=True)
    clock = Clock(work)
    try:
        clock.build()
    except (OSError, subprocess.CalledProcessError):
        return [("skipped", "there is no C compiler", True)]
    stage = Stage(folder, work, sample, environment={"LD_PRELOAD": str(clock.library), "CRASH_CLOCK": str(clock.file)})
    try:
        return jumps(stage, clock)
    finally:
        stage.close()


class Clock:
    """How far the daemon's clock is from the right time."""

    def __init__(self, work):
        self.library = work / "clock.so"
        self.file = work / "clock"
        self.set(0)

    def build(self):
        source = pathlib.Path(__file__).resolve().parent / "clock.c"
        compiler = shutil.which("cc") or shutil.which("clang") or "cc"
        run(compiler, "-shared", "-fPIC", "-O2", "-o", self.library, source)

    def set(self, days):
        with open(self.file, "r+b" if self.file.exists() else "wb") as file:
            file.write((days * DAY).to_bytes(8, "little", signed=True))


def jumps(stage, clock):
    facts = []
    key = secrets.token_hex(16)
    first = kept(stage, key)
    days = 0
    for number, jump in enumerate([0, 400, -30, -400, 3]):
        # The request is lost, so it looks twice, apart in time, before it asks again: the clock jumps in between.
        stage.sandbox.inject(*SUBMIT, {"type": "drop_before"})
        id = stage.order(f"job {number}")
        wait_until(lambda: stage.finetuning(id)["obstacle"] or stage.ended(id), "the lost answer")
        days += jump
        clock.set(days)
        started = time.monotonic()
        status = stage.wait_for_end(id)["status"]
        facts.append((
            f"a job over a jump of {jump} days", f"{status} {time.monotonic() - started:.1f} s later",
            status == "succeeded"))
        if jump > 0:
            again = kept(stage, key)
            facts.append(("a repeated request then", "the same reply" if again == first else "another", again == first))
    facts.append(removal_over_jump(stage, clock, days - 30))
    days -= 30
    stage.daemon.kill()
    clock.set(days - 200)
    stage.daemon.start()
    status = stage.wait_for_end(stage.order("last"))["status"]
    made = stage.sandbox.counts()
    return facts + [
        ("a job after a restart 200 days earlier", status, status == "succeeded"),
        ("jobs and files made of 7 orders", f"{made['jobs_created']}, {made['files_created']}",
         made["jobs_created"] == made["files_created"] == 7),
    ]


def removal_over_jump(stage, clock, days):
    """The provider refuses for a while to remove a file, and the clock is set back before it is tried again."""
    id = stage.order("removed")
    stage.wait_for_end(id)
    stage.sandbox.inject(*DELETE_FILE, {"type": "status", "status": 503}, times=1000)
    stage.daemon.ask("DELETE", f"finetunings/{id}?remote=true")
    file = lambda: next(object for object in stage.ledger("file") if object["finetuning_id"] == id)
    wait_until(lambda: file()["error"], "a removal that is put off")
    clock.set(days)
    stage.sandbox.control("DELETE", "faults")
    started = time.monotonic()
    wait_until(lambda: file()["state"] == "removed", "the removal")
    return ("the removal of a file over a jump of -30 days", f"done {time.monotonic() - started:.1f} s later", True)


def kept(stage, key):
    return stage.daemon.once({
        "id": 1, "method": "POST", "path": "/api/v1/golden-records", "idempotency_key": key,
        "body": [{"db_connection_id": stage.connection, "prompt_text": "kept?", "sql": "SELECT 1"}]})["body"]


# Few file descriptors, and more clients than fit.

def few_descriptors(folder, work, sample):
    """What was found, as (what, value, whether that is right)."""
    limit = lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (DESCRIPTORS, DESCRIPTORS))
    stage = Stage(folder, work, sample, limits=limit)
    try:
        crowd = Crowd(work / "socket", CLIENTS)
        refused = crowd.refusals()
        status = stage.wait_for_end(stage.order("crowded"))["status"]
        crowd.leave()
        served = wait_until(lambda: Crowd(work / "socket", 1).is_served(), "a client that is served")
        after = stage.wait_for_end(stage.order("after"))["status"]
        made = stage.sandbox.counts()["jobs_created"]
        stage.daemon.process.send_signal(signal.SIGTERM)
        code = stage.daemon.process.wait(30)
        return [
            ("descriptors, clients", f"{DESCRIPTORS}, {CLIENTS}", True),
            ("clients that were told why they are not served", refused, refused > 0),
            ("an order meanwhile, over a connection from before", status, status == "succeeded"),
            ("a new client once they are gone", "is served", served),
            ("an order then", after, after == "succeeded"),
            ("jobs made of two accepted orders", made, made == 2),
            ("SIGTERM", f"exit {code}", code == 0),
        ]
    finally:
        stage.close()


class Crowd:
    """Clients that ask something each and stay."""

    def __init__(self, path, count):
        self.clients = []
        for _ in range(count):
            client = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            client.settimeout(2)
            client.connect(str(path))
            self.clients.append(client)

    def answers(self):
        for client in self.clients:
            try:
                client.sendall(b'{"id":1,"method":"GET","path":"/api/v1/heartbeat"}\n')
            except OSError:
                # One that is not served was told so and closed before it could ask.
                pass
            try:
                yield json.loads(client.makefile("rb").readline() or b'{"status":0}')
            except OSError:
                yield {"status": 0}

    def refusals(self):
        return sum(1 for answer in self.answers() if answer["status"] == 429)

    def is_served(self):
        time.sleep(LOOK_AGAIN_SECONDS)
        return [answer["status"] for answer in self.answers()] == [200]

    def leave(self):
        for client in self.clients:
            client.close()
