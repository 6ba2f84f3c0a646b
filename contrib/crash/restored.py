"""States that were put back from a backup: what their jobs made at the provider since is not made again."""

import pathlib
import subprocess

from programs import Stage, wait_until
from scenarios import FAST, LOST, SLOW, SUBMIT, UPLOAD, block_training_files

FOR_LONG = 1_000_000
UNAVAILABLE = {"type": "status", "status": 503}
UNAUTHORIZED = {"type": "status", "status": 401, "code": "invalid_api_key"}


def restored_states(folder, work, sample):
    """What was found, as (what, value, whether that is right)."""
    return [fact(folder, work / name.replace(" ", "-"), sample, name, hold) for name, hold in STEPS.items()]


def fact(folder, place, sample, name, hold):
    stage = Stage(folder, place, sample)
    try:
        release = hold(stage)
        id = stage.order("job")
        wait_until(lambda: stage.finetuning(id)["step"] == name, name)
        backup = stage.daemon.ask("POST", "admin/backup")["path"]
        release()
        before = stage.wait_for_end(id)
        restore(stage, folder, backup)
        after = stage.wait_for_end(id)
        counts = stage.sandbox.counts()
        files = len(stage.ledger("file"))
        is_right = (counts["jobs_created"] == 1 and after["model_id"] == before["model_id"]
                    and counts["files_created"] == files)
        value = f"{after['status']}, {counts['jobs_created']}, {counts['files_created']}, {files}"
        return (f"a backup while it is {name}", value, is_right)
    finally:
        stage.close()


def restore(stage, folder, backup):
    stage.daemon.stop()
    command = [f"{folder}/finetunectl", "admin", "restore", backup, "--state-directory", f"{stage.place}/state"]
    subprocess.run(command, check=True, capture_output=True)
    stage.daemon.start()


def recorded(stage):
    blocking = pathlib.Path(block_training_files(stage))
    return blocking.unlink


def held_by(*rules):
    def hold(stage):
        for method, path, fault, times, skip in rules:
            stage.sandbox.inject(method, path, fault, times=times, skip=skip)
        return lambda: stage.sandbox.control("DELETE", "faults")
    return hold


def submitted(stage):
    stage.sandbox.control("PUT", "speed", {"speed": SLOW})
    return lambda: stage.sandbox.control("PUT", "speed", {"speed": FAST})


STEPS = {
    "recorded": recorded,
    "built": held_by((*UPLOAD, UNAUTHORIZED, FOR_LONG, 0)),
    "uploading": held_by((*UPLOAD, LOST, 1, 0), ("GET", "/v1/files", UNAVAILABLE, FOR_LONG, 0)),
    "ready": held_by((*SUBMIT, UNAVAILABLE, FOR_LONG, 0)),
    "submitting": held_by((*SUBMIT, LOST, 1, 0), ("GET", "/v1/fine_tuning/jobs", UNAVAILABLE, FOR_LONG, 1)),
    "submitted": submitted,
}
