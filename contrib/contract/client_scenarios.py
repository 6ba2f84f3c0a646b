"""The official Python client at work on the sandbox: every operation it has for fine-tuning, and the refusals."""

import io
import itertools
import json

import openai

from programs import CheckFailed, running_sandbox, wait_until
from recorder import Recorder

MODEL = "gpt-4o-mini-2024-07-18"
FAST = 100
# A job is then in training for two seconds: long enough to be caught there.
WALKING = 20
# So slow that nothing ends while it is looked at.
SLOW = 0.01
TERMINAL = {"succeeded", "failed", "cancelled"}

MUST_BE_SEEN = {
    "GET /files",
    "POST /files",
    "GET /files/{file_id}",
    "DELETE /files/{file_id}",
    "GET /files/{file_id}/content",
    "GET /models",
    "GET /models/{model}",
    "DELETE /models/{model}",
    "POST /fine_tuning/jobs",
    "GET /fine_tuning/jobs",
    "GET /fine_tuning/jobs/{fine_tuning_job_id}",
    "POST /fine_tuning/jobs/{fine_tuning_job_id}/cancel",
    "POST /fine_tuning/jobs/{fine_tuning_job_id}/pause",
    "POST /fine_tuning/jobs/{fine_tuning_job_id}/resume",
    "GET /fine_tuning/jobs/{fine_tuning_job_id}/events",
    "GET /fine_tuning/jobs/{fine_tuning_job_id}/checkpoints",
}


def play(folder, work, sample, exchanges):
    """Plays all the scenarios on one sandbox. What was recorded is added to `exchanges`, up to the failure where
    there is one."""
    records = golden_records(sample.parent / "golden.jsonl")
    with running_sandbox(folder, work, FAST) as sandbox, Recorder(sandbox.base_url) as recorder:
        client = openai.OpenAI(base_url=recorder.base_url, api_key=sandbox.api_key, max_retries=0)
        try:
            play_all(client, records, sandbox, recorder)
        except openai.OpenAIError as error:
            raise CheckFailed(f"the official client meets {type(error).__name__}: {error}") from error
        finally:
            exchanges += recorder.exchanges


def play_all(client, records, sandbox, recorder):
    base_models(client)
    files(client, records)
    whole_job(client, records)
    paused_job(client, records, sandbox)
    cancelled_job(client, records, sandbox)
    failed_job(client, records)
    refusals(client, records, recorder)


def golden_records(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def training_file(records):
    """The records as chat examples, one JSON object a line."""
    lines = (json.dumps({"messages": messages(record) + [answer(record)]}) for record in records)
    return io.BytesIO(("\n".join(lines) + "\n").encode())


def messages(record):
    return [
        {"role": "system", "content": "You write SQLite queries."},
        {"role": "user", "content": record["prompt_text"]},
    ]


def answer(record):
    return {"role": "assistant", "content": record["sql"]}


def upload(client, records, name="training.jsonl"):
    return client.files.create(file=(name, training_file(records)), purpose="fine-tune")


def base_models(client):
    names = [model.id for model in client.models.list()]
    require(MODEL in names, f"{MODEL} is among the models")
    require(client.models.retrieve(MODEL).id == MODEL, "a model is found by its name")


def files(client, records):
    require(list(client.files.list()) == [], "a new account has no files")
    uploaded = [upload(client, records, f"training-{number}.jsonl") for number in range(3)]
    first = uploaded[0]
    require(first.bytes == len(training_file(records).getvalue()), "a file has the size of what was sent")
    require(client.files.retrieve(first.id).filename == "training-0.jsonl", "a file keeps its name")
    require(client.files.content(first.id).content == training_file(records).getvalue(), "a file reads back as sent")
    paged = [file.id for file in client.files.list(limit=2, order="asc", purpose="fine-tune")]
    require(paged == [file.id for file in uploaded], "pages of two files are all the files")
    for file in uploaded:
        require(client.files.delete(file.id).deleted, "a file is deleted")
    require(list(client.files.list()) == [], "deleted files are gone")


def whole_job(client, records):
    training, validation = upload(client, records[:-10]), upload(client, records[-10:], "validation.jsonl")
    created = client.fine_tuning.jobs.create(
        model=MODEL,
        training_file=training.id,
        validation_file=validation.id,
        suffix="contract",
        seed=7,
        metadata={"finetuning_id": "0123456789abcdef01234567"},
        method={
            "type": "supervised",
            "supervised": {"hyperparameters": {"n_epochs": 2, "batch_size": 4, "learning_rate_multiplier": 1.5}},
        },
    )
    job = finished(client, created.id)
    require(job.status == "succeeded", f"the job succeeds, not {job.status}: {job.error}")
    require("contract" in job.fine_tuned_model, "the model's name has the suffix")
    require(job.trained_tokens > 0, "a finished job says how many tokens it trained")
    job_is_found_by_its_metadata(client, job)
    events_and_checkpoints_are_paged(client, job)
    result_files_are_readable(client, job)
    tuned_model_answers(client, job.fine_tuned_model, records[0])
    require(client.models.retrieve(job.fine_tuned_model).id == job.fine_tuned_model, "the tuned model is listed")
    require(client.models.delete(job.fine_tuned_model).deleted, "the tuned model is deleted")
    refused(openai.NotFoundError, "a deleted model", lambda: client.models.retrieve(job.fine_tuned_model))


def job_is_found_by_its_metadata(client, job):
    listing = client.fine_tuning.jobs.list
    found = [each.id for each in listing(metadata={"finetuning_id": "0123456789abcdef01234567"})]
    require(found == [job.id], "the list filtered by metadata has the job and no other")
    require(not list(listing(metadata={"finetuning_id": "another"})), "the filter leaves out other jobs")


def events_and_checkpoints_are_paged(client, job):
    jobs = client.fine_tuning.jobs
    events = list(jobs.list_events(job.id, limit=100))
    paged = list(itertools.islice(jobs.list_events(job.id, limit=2), len(events) + 1))
    require(events and [each.id for each in paged] == [each.id for each in events], "pages of two events are all of them")
    checkpoints = list(jobs.checkpoints.list(job.id))
    require(bool(checkpoints), "a finished job has checkpoints")
    require(checkpoints[0].metrics.train_loss is not None, "a checkpoint has its loss")


def result_files_are_readable(client, job):
    require(bool(job.result_files), "a finished job has a result file")
    for file in job.result_files:
        require(bool(client.files.content(file).content), "a result file can be read")


def tuned_model_answers(client, model, record):
    completion = client.chat.completions.create(model=model, messages=messages(record))
    require(completion.choices[0].message.content == record["sql"], "a question it was trained on gets its SQL")
    pieces = client.chat.completions.create(model=model, messages=messages(record), stream=True)
    text = "".join(piece.choices[0].delta.content or "" for piece in pieces if piece.choices)
    require(text == record["sql"], "a streamed answer is the same")


def paused_job(client, records, sandbox):
    jobs = client.fine_tuning.jobs
    sandbox.set_speed(WALKING)
    job = jobs.create(model=MODEL, training_file=upload(client, records).id)
    wait_until(lambda: jobs.retrieve(job.id).status == "running", "a running job")
    jobs.pause(job.id)
    require(jobs.retrieve(job.id).status == "paused", "a paused job says so")
    jobs.resume(job.id)
    require(jobs.retrieve(job.id).status == "running", "a resumed job runs")
    sandbox.set_speed(FAST)
    require(finished(client, job.id).status == "succeeded", "a resumed job succeeds")


def cancelled_job(client, records, sandbox):
    jobs = client.fine_tuning.jobs
    sandbox.set_speed(SLOW)
    job = jobs.create(model=MODEL, training_file=upload(client, records).id)
    require(jobs.cancel(job.id).status == "cancelled", "a cancelled job says so")
    sandbox.set_speed(FAST)
    refused(openai.BadRequestError, "a second cancel", lambda: jobs.cancel(job.id))


def failed_job(client, records):
    """Nine examples are one too few; the provider finds that out while it validates."""
    jobs = client.fine_tuning.jobs
    try:
        job = finished(client, jobs.create(model=MODEL, training_file=upload(client, records[:9]).id).id)
    except openai.BadRequestError:
        return
    require(job.status == "failed" and job.error.message, "a job with nine examples fails and says why")


def refusals(client, records, recorder):
    stranger = openai.OpenAI(base_url=recorder.base_url, api_key="sk-wrong", max_retries=0)
    refused(openai.AuthenticationError, "a wrong key", stranger.models.list)
    refused(openai.NotFoundError, "an unknown file", lambda: client.files.retrieve("file-none"))
    refused(openai.NotFoundError, "an unknown job", lambda: client.fine_tuning.jobs.retrieve("ftjob-none"))
    refused(openai.NotFoundError, "an unknown model", lambda: client.models.retrieve("none"))
    training = upload(client, records)
    for parameters in ({"n_epochs": 0}, {"n_epochs": 51}, {"n_epochs": "1"}, {"batch_size": 257}):
        method = {"type": "supervised", "supervised": {"hyperparameters": parameters}}
        create = {"model": MODEL, "training_file": training.id, "method": method}
        refused(openai.BadRequestError, f"{parameters}", lambda: client.fine_tuning.jobs.create(**create))


def finished(client, job_id):
    def look():
        job = client.fine_tuning.jobs.retrieve(job_id)
        return job if job.status in TERMINAL else None

    return wait_until(look, f"the end of {job_id}")


def require(holds, expectation):
    if not holds:
        raise CheckFailed(f"the official client expects that {expectation}; the sandbox does otherwise")


def refused(error, what, call):
    try:
        call()
    except error as refusal:
        require(refusal.request_id is not None, f"the refusal of {what} has an x-request-id")
        return
    except openai.APIStatusError as other:
        require(False, f"{what} is refused with {error.__name__}, not {type(other).__name__}")
    require(False, f"{what} is refused")
