"""A state on a disk that is full: a small tmpfs, so that it is the kernel that says so."""

import os
import subprocess

from programs import Refused, Stage, wait_until

SIZE = "6m"


def full_disk(folder, work, sample):
    """What was found, as (what, value, whether that is right)."""
    state = work / "state"
    state.mkdir(parents=True)
    mount = ["mount", "-t", "tmpfs", "-o", f"size={SIZE},mode=700", "tmpfs", str(state)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True).returncode != 0:
        return [("skipped", "only root may mount a tmpfs", True)]
    try:
        stage = Stage(folder, work, sample)
        try:
            return facts(stage, state / "filler")
        finally:
            stage.close()
    finally:
        subprocess.run(["umount", "-l", str(state)], check=True)


def facts(stage, filler):
    finished = stage.order("before")
    stage.wait_for_end(finished)
    fill(filler)
    refusal = wait_until(lambda: refused_write(stage), "a refused write")
    reading = stage.finetuning(finished)["status"]
    health = stage.daemon.ask("GET", "status")["storage"]
    filler.unlink()
    healthy = wait_until(lambda: healthy_state(stage), "the daemon to see that there is space again")
    recovered = stage.wait_for_end(stage.order("after"))["status"]
    check = stage.daemon.ask("POST", "admin/check")
    made = stage.sandbox.counts()["jobs_created"]
    return [
        ("a write while the disk is full", refusal, refusal.startswith("503 storage_degraded")),
        ("a read meanwhile", reading, reading == "succeeded"),
        ("status meanwhile", f"{health['state']}: {health['message']}", health["state"] == "degraded"),
        ("status once there is space again, though nobody writes", healthy, True),
        ("an order then", recovered, recovered == "succeeded"),
        ("check of the state", "in order" if check["ok"] else check["problems"], check["ok"]),
        ("jobs made of two accepted orders", made, made == 2),
    ]


def healthy_state(stage):
    state = stage.daemon.ask("GET", "status")["storage"]["state"]
    return state if state == "healthy" else None


def fill(path):
    with open(path, "wb", buffering=0) as file:
        for size in (1 << 16, 1 << 12, 1):
            try:
                while file.write(b"\0" * size):
                    pass
            except OSError:
                continue


def refused_write(stage):
    """The refusal of a write: there may still be room in the log's file for some."""
    try:
        stage.daemon.ask("POST", "golden-records", [
            {"db_connection_id": stage.connection, "prompt_text": "?" * 4000, "sql": "SELECT 1"}])
    except Refused as refusal:
        return str(refusal)
