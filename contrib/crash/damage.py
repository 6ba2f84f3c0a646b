"""States that were damaged while no daemon ran: it ends, nothing is changed, and a backup is restored."""

import hashlib
import os
import shutil
import sqlite3
import subprocess

from programs import Stage

PAGE = 4096
CONFIGURATION_ERROR = 78


def damaged_states(folder, work, sample):
    """What was found, as (what, value, whether that is right)."""
    stage = Stage(folder, work, sample)
    try:
        finetuning = stage.order("job")
        stage.wait_for_end(finetuning)
        stage.daemon.ask("POST", "admin/backup")
        # The last page of the log is written after the backup.
        stage.daemon.ask("POST", "golden-records", [
            {"db_connection_id": stage.connection, "prompt_text": "one more?", "sql": "SELECT 1"}])
        stage.daemon.process.terminate()
        stage.daemon.process.wait(30)
        whole = work / "whole"
        shutil.copytree(work / "state", whole)
        large = work / "large"
        shutil.copytree(whole, large)
        enlarge(large)
        return [
            fact(stage, folder, work, state, name, damage)
            for state, damages in ((whole, DAMAGES), (large, DAMAGES_OF_LARGE)) for name, damage in damages.items()]
    finally:
        stage.close()


def enlarge(state):
    """So much that the daemon starts before it has looked at all of it."""
    database = sqlite3.connect(state / "state.sqlite")
    with database:
        database.execute("UPDATE database_connections SET metadata = json_object('notes', hex(zeroblob(3000000)))")
    database.close()


def fact(stage, folder, work, whole, name, damage):
    state = work / "state"
    shutil.rmtree(state)
    shutil.copytree(whole, state)
    damage(state)
    before = hashes(state)
    code, told = start(stage)
    is_untouched = hashes(state).items() >= before.items()
    restored = restore(stage, folder, told)
    value = f"exit {code}, {'left as it was' if is_untouched else 'CHANGED'}, {restored}"
    is_right = code == CONFIGURATION_ERROR and is_untouched and restored == "restored"
    return (name, value, is_right)


def start(stage):
    environment = os.environ | {"OPENAI_API_KEY": stage.sandbox.key}
    ended = subprocess.run(stage.daemon.command(), capture_output=True, text=True, env=environment, timeout=60)
    return ended.returncode, ended.stderr


def restore(stage, folder, told):
    """Does what the daemon told, word for word."""
    command = next((line for line in told.splitlines() if "finetunectl admin restore" in line), "")
    _, _, arguments = command.partition("finetunectl admin restore ")
    ended = subprocess.run(
        f"{folder}/finetunectl admin restore {arguments}", shell=True, capture_output=True, text=True)
    if ended.returncode != 0:
        return f"not restored: {ended.stderr.strip()}"
    stage.daemon.start()
    kept = stage.daemon.ask("GET", "finetunings")
    stage.daemon.process.terminate()
    stage.daemon.process.wait(30)
    return "restored" if [one["status"] for one in kept] == ["succeeded"] else "restored without its finetuning"


def hashes(state):
    names = ["state.sqlite", "state.sqlite-wal"]
    return {name: hashlib.sha256((state / name).read_bytes()).hexdigest() for name in names if (state / name).exists()}


def rewrite(change):
    def damage(state):
        path = state / "state.sqlite"
        data = bytearray(path.read_bytes())
        path.write_bytes(change(data))
    return damage


def overwritten(start, end, with_=b"\0"):
    def change(data):
        data[start:end] = with_ * (end - start)
        return data
    return rewrite(change)


DAMAGES = {
    "the file is gone": lambda state: (state / "state.sqlite").unlink(),
    "the file is empty": rewrite(lambda data: b""),
    "cut in half": rewrite(lambda data: data[:len(data) // PAGE // 2 * PAGE]),
    "cut in the middle of a page": rewrite(lambda data: data[:len(data) // 2 + 1000]),
    "the last page is missing": rewrite(lambda data: data[:-PAGE]),
    "the header is zero": overwritten(0, 100),
    "the header is of another program": overwritten(68, 72, b"\1"),
    "a page is zero": overwritten(PAGE * 9, PAGE * 10),
    "pages are garbage": overwritten(PAGE * 4, PAGE * 12, b"\x55"),
    "all of it is zero": overwritten(0, 1 << 20),
    "the log is garbage": lambda state: (state / "state.sqlite-wal").write_bytes(os.urandom(3 * PAGE)),
}

DAMAGES_OF_LARGE = {
    "a large file is cut in half": DAMAGES["cut in half"],
    "the last page of a large file is missing": DAMAGES["the last page is missing"],
    "a page of a large file is zero": overwritten(PAGE * 1000, PAGE * 1001),
    "pages of a large file are garbage": overwritten(PAGE * 1000, PAGE * 1100, b"\x55"),
}
