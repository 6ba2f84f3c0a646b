"""Jobs that come by every fail point and every provider call. Each function plays one job and returns its id."""

import json

from programs import Refused, wait_until

UPLOAD = ("POST", "/v1/files")
SUBMIT = ("POST", "/v1/fine_tuning/jobs")
POLL = ("GET", "/v1/fine_tuning/jobs/*")
CANCEL = ("POST", "/v1/fine_tuning/jobs/*/cancel")
DELETE_FILE = ("DELETE", "/v1/files/*")
LOST = {"type": "drop_after"}
# Later than any call waits: time enough to change what the search for it finds.
LATE = {"type": "delay", "seconds": 600}
PROMOTED = "sales-sql"
SLOW = 0.01
FAST = 200


class Expected:
    """What has to be true at the end."""

    def __init__(self, status="succeeded", jobs=1, files=1, files_left=1, promotions=0):
        self.status = status
        self.jobs = jobs
        self.files = files
        self.files_left = files_left
        self.promotions = promotions


def plain(stage):
    return ended(stage, stage.order("job"))


def ended(stage, id):
    stage.wait_for_end(id)
    return id


def lost_upload(stage):
    stage.sandbox.inject(*UPLOAD, LOST)
    return plain(stage)


def lost_submit(stage):
    stage.sandbox.inject(*SUBMIT, LOST)
    return plain(stage)


def failing_polls(stage):
    stage.sandbox.inject(*POLL, {"type": "status", "status": 503}, times=2)
    return plain(stage)


def slow_file(stage):
    """The provider looks at the file for a while: when it is found after a lost answer, it is not ready yet."""
    stage.sandbox.inject(*UPLOAD, LATE)
    id = stage.order("job")
    files = wait_until(lambda: stage.sandbox.provider("files")["data"], "the upload")
    return seen_pending(stage, id, files[0])


def seen_pending(stage, id, file):
    found = {"object": "list", "has_more": False, "data": [file | {"status": "pending"}]}
    stage.sandbox.inject("GET", "/v1/files", {
        "type": "status", "status": 200, "content_type": "application/json", "body": json.dumps(found)}, times=2)
    stage.wait_for_end(id)
    stage.sandbox.control("DELETE", "faults")
    return id


def cancelled(stage):
    stage.sandbox.control("PUT", "speed", {"speed": SLOW})
    id = stage.order("job")
    wait_until(lambda: stage.finetuning(id)["finetuning_job_id"], "the provider's job")
    stage.daemon.ask("POST", f"finetunings/{id}/cancel")
    stage.wait_for_end(id)
    return id


def slowly_cancelled(stage):
    """The cancellation gets no answer at first."""
    stage.sandbox.inject(*CANCEL, {"type": "status", "status": 503}, times=2)
    return cancelled(stage)


def file_removed(stage):
    return remove(stage, plain(stage))


def remove(stage, id):
    try:
        stage.daemon.ask("DELETE", f"finetunings/{id}?remote=true")
    except Refused as refusal:
        # The daemon died after the deletion, and this is the repetition.
        if refusal.status != 404:
            raise
    wait_until(lambda: {o["state"] for o in stage.ledger("file")} == {"removed"}, "the removal of its files")
    return id


def key_replaced(stage):
    stage.sandbox.control("PUT", "api-key", {"api_key": "sk-another"})
    id = stage.order("job")
    wait_until(lambda: stage.finetuning(id)["obstacle"], "the wait for a key")
    stage.sandbox.control("PUT", "api-key", {"api_key": stage.sandbox.key})
    stage.daemon.reload()
    stage.wait_for_end(id)
    return id


def obstructed(stage):
    """The training file cannot be written for a while."""
    folder = block_training_files(stage)
    id = stage.order("job")
    wait_until(lambda: stage.finetuning(id)["obstacle"], "the obstacle")
    folder.unlink()
    stage.wait_for_end(id)
    return id


def impossible(stage):
    """So many records turn invalid before the training file is written that none can be."""
    folder = block_training_files(stage)
    id = stage.order("job")
    wait_until(lambda: stage.finetuning(id)["obstacle"], "the obstacle")
    for record in stage.records[:5]:
        stage.daemon.ask("PUT", f"golden-records/{record['id']}", {"sql": "SELECT nothing FROM nowhere"})
    folder.unlink()
    stage.wait_for_end(id)
    return id


def held_out(stage):
    """Two records are held out: a validation file goes its way after the training file."""
    return ended(stage, stage.order("job", held_out=2))


def lost_validation(stage):
    stage.sandbox.inject(*UPLOAD, LOST, skip=1)
    return held_out(stage)


def slow_validation(stage):
    stage.sandbox.inject(*UPLOAD, LATE, skip=1)
    id = stage.order("job", held_out=2)
    files = wait_until(lambda: both(stage.sandbox.provider("files")["data"]), "the second upload")
    return seen_pending(stage, id, files[0])


def both(files):
    return files if len(files) == 2 else None


def both_removed(stage):
    return remove(stage, held_out(stage))


def promoted(stage):
    """The model is measured on two held-out records and promoted, without anybody looking."""
    id = ended(stage, stage.order("job", held_out=2, auto_promote=PROMOTED))
    wait_until(lambda: stage.finetuning(id)["auto_promotion"]["status"] == "promoted", "the promotion")
    return id


def block_training_files(stage):
    place = stage.place / "state" / "training-files"
    if place.is_dir():
        place.rmdir()
    place.write_text("")
    return place


ENDS = {
    cancelled: Expected("cancelled"),
    slowly_cancelled: Expected("cancelled"),
    file_removed: Expected(None, files_left=0),
    held_out: Expected(files=2, files_left=2),
    lost_validation: Expected(files=2, files_left=2),
    slow_validation: Expected(files=2, files_left=2),
    both_removed: Expected(None, files=2, files_left=0),
    impossible: Expected("failed", jobs=0, files=0, files_left=0),
    promoted: Expected(files=2, files_left=2, promotions=1),
}

# Which job comes by which step. Every fail point that the daemon knows has to be here.
STEPS = {
    "commit.accepted": plain,
    "commit.dataset_built": plain,
    "commit.dataset_impossible": impossible,
    "commit.dataset_failed": obstructed,
    "commit.upload_begun": plain,
    "commit.uploaded": plain,
    "commit.upload_failed": lost_upload,
    "commit.file_found": lost_upload,
    "commit.file_checked": slow_file,
    "commit.submit_begun": plain,
    "commit.submitted": plain,
    "commit.submit_failed": lost_submit,
    "commit.job_found": lost_submit,
    "commit.polled": plain,
    "commit.ended": plain,
    "commit.inquiry_failed": failing_polls,
    "commit.cancel_requested": cancelled,
    "commit.cancel_answered": cancelled,
    "commit.key_replaced": key_replaced,
    "commit.deleted": file_removed,
    "commit.removed": file_removed,
    "commit.promotion_evaluated": promoted,
    "commit.answer_kept": promoted,
    "commit.promotion_settled": promoted,
    "call.upload": plain,
    "call.file": slow_file,
    "call.files": lost_upload,
    "call.create_job": plain,
    "call.job": plain,
    "call.jobs": lost_submit,
    "call.cancel_job": cancelled,
    "call.events": plain,
    "call.checkpoints": plain,
    "call.delete_file": file_removed,
}

# Where a validation file comes by for itself: at the second passage, or at the first of what a training file that
# arrives well does not come by. And where both files matter.
VALIDATION_STEPS = {
    "commit.accepted": held_out,
    "commit.dataset_built": held_out,
    "commit.upload_begun:2": held_out,
    "commit.uploaded:2": held_out,
    "commit.upload_failed": lost_validation,
    "commit.file_found": lost_validation,
    "commit.file_checked": slow_validation,
    "commit.submit_begun": held_out,
    "commit.submitted": held_out,
    "commit.ended": promoted,
    "commit.answer_kept:2": promoted,
    "commit.deleted": both_removed,
    "commit.removed:2": both_removed,
    "call.upload:2": held_out,
    "call.files": lost_validation,
    "call.file": slow_validation,
    "call.create_job": held_out,
    "call.delete_file:2": both_removed,
}

# The provider calls, as the sandbox sees them, how many of them pass before the faults, and the job that makes each.
CALLS = {
    "POST /files": (UPLOAD, 0, plain),
    "POST /files, validation": (UPLOAD, 1, held_out),
    "GET /files, validation": (("GET", "/v1/files"), 0, lost_validation),
    "GET /files": (("GET", "/v1/files"), 0, lost_upload),
    "GET /files/{id}": (("GET", "/v1/files/*"), 0, slow_file),
    "DELETE /files/{id}": (DELETE_FILE, 0, file_removed),
    "POST /jobs": (SUBMIT, 0, plain),
    "GET /jobs": (("GET", "/v1/fine_tuning/jobs"), 0, lost_submit),
    "GET /jobs/{id}": (POLL, 0, plain),
    "GET /jobs/{id}/events": (("GET", "/v1/fine_tuning/jobs/*/events"), 0, plain),
    "GET /jobs/{id}/checkpoints": (("GET", "/v1/fine_tuning/jobs/*/checkpoints"), 0, plain),
    "POST /jobs/{id}/cancel": (CANCEL, 0, cancelled),
}

# The provider's own 403 says that there is no training for this account: that does not pass by itself, so a call that
# would make something ends the job, which says why.
FINAL = {
    ("POST /jobs", "403 final"): Expected("failed", jobs=0),
}

# The faults, each played twice in a row, so that the way back meets one too.
FAULTS = {
    "500": {"type": "status", "status": 500},
    "503": {"type": "status", "status": 503},
    "429": {"type": "status", "status": 429},
    "429 after 1 s": {"type": "status", "status": 429, "retry_after": 1},
    "401": {"type": "status", "status": 401, "code": "invalid_api_key"},
    "reset before": {"type": "drop_before"},
    "reset after": {"type": "drop_after"},
    "late": {"type": "delay", "seconds": 1.6},
    "drip": {"type": "slow_body", "bytes_per_second": 40},
    "cut": {"type": "truncate"},
    "no JSON": {"type": "status", "status": 200, "body": "{\"id\":", "content_type": "application/json"},
    "HTML": {"type": "status", "status": 200, "body": "<html></html>", "content_type": "text/html"},
    "403 final": {"type": "status", "status": 403, "code": "training_not_available"},
    # What stands in between answers in the provider's stead: a captive portal, a proxy.
    "redirect": {"type": "redirect", "location": "http://127.0.0.1:9/v1/files"},
    "portal 403": {"type": "status", "status": 403, "body": "<html>log in</html>", "content_type": "text/html"},
    "proxy 404": {"type": "status", "status": 404, "body": "<html>no</html>", "content_type": "text/html"},
    "proxy 400": {"type": "status", "status": 400, "body": "{\"blocked\":true}", "content_type": "application/json"},
}
