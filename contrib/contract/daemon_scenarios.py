"""What the daemon sends during its jobs: a whole one, one whose replies are lost, one that is cancelled."""

import json
from contextlib import contextmanager

import openai

from programs import CheckFailed, running_daemon, running_sandbox, wait_until
from recorder import Recorder

FAST = 100
# So slow that a job is still at work when it is cancelled, however long the machine takes over that.
SLOW = 0.01
EXIT_JOB_CANCELLED = 5

# A check that saw none of these has checked nothing.
MUST_BE_SEEN = {
    "POST /files",
    "GET /files",
    "POST /fine_tuning/jobs",
    "GET /fine_tuning/jobs",
    "GET /fine_tuning/jobs/{fine_tuning_job_id}",
    "GET /fine_tuning/jobs/{fine_tuning_job_id}/events",
    "GET /fine_tuning/jobs/{fine_tuning_job_id}/checkpoints",
    "POST /fine_tuning/jobs/{fine_tuning_job_id}/cancel",
}


def play(folder, work, sample, exchanges):
    """Plays all the scenarios, each with a sandbox, daemon and state of its own. What was recorded is added to
    `exchanges`, up to the failure where there is one."""
    for scenario in (whole_job, job_with_lost_replies, cancelled_job, same_answer):
        place = work / scenario.__name__
        place.mkdir()
        with stage(folder, place, sample) as (sandbox, recorder, daemon):
            try:
                scenario(sandbox, recorder, daemon, sample)
            finally:
                exchanges += recorder.exchanges


@contextmanager
def stage(folder, place, sample):
    with (
        running_sandbox(folder, place, FAST) as sandbox,
        Recorder(sandbox.base_url) as recorder,
        running_daemon(folder, place, recorder.base_url, sandbox.api_key, sample) as daemon,
    ):
        yield sandbox, recorder, daemon


def whole_job(sandbox, _, daemon, sample):
    finetuning = create_finetuning(daemon, sample)
    daemon.run("finetuning", "watch", finetuning)
    require_one_succeeded_job(sandbox, daemon, finetuning)


def job_with_lost_replies(sandbox, recorder, daemon, sample):
    """The upload and the submission each arrive, and their replies do not: the daemon must look before it repeats."""
    recorder.lose_next_reply("POST", "/v1/files")
    recorder.lose_next_reply("POST", "/v1/fine_tuning/jobs")
    finetuning = create_finetuning(daemon, sample)
    daemon.run("finetuning", "watch", finetuning)
    require_one_succeeded_job(sandbox, daemon, finetuning)


def cancelled_job(sandbox, _, daemon, sample):
    sandbox.set_speed(SLOW)
    finetuning = create_finetuning(daemon, sample)
    wait_until(lambda: show(daemon, finetuning)["finetuning_job_id"], "the provider's job id")
    daemon.run("finetuning", "cancel", finetuning)
    daemon.run("finetuning", "watch", finetuning, expected_exit=EXIT_JOB_CANCELLED)
    status = show(daemon, finetuning)["status"]
    if status != "cancelled":
        raise CheckFailed(f"a cancelled job is shown as {status}")


def same_answer(sandbox, recorder, daemon, sample):
    """The official client, given what the daemon renders, gets what the daemon itself gets, whole and streamed."""
    finetuning = create_finetuning(daemon, sample)
    daemon.run("finetuning", "watch", finetuning)
    daemon.run("model", "promote", "sample-sql", finetuning)
    lines = (sample.parent / "golden.jsonl").read_text(encoding="utf-8").splitlines()
    for question in [json.loads(line)["prompt_text"] for line in lines[:5]] + ["How many systems are there in all?"]:
        own = daemon.read("ask", question, "--model", "sample-sql", "--confidence")
        rendered = daemon.read("prompt", "render", question, "--model", "sample-sql")
        client = openai.OpenAI(base_url=rendered["base_url"], api_key=sandbox.api_key, max_retries=0)
        limits = {name: rendered["limits"][name] for name in ("temperature", "max_completion_tokens")}
        ask = {"model": rendered["model_id"], "messages": rendered["messages"], "logprobs": True, **limits}
        choice = client.chat.completions.create(**ask).choices[0]
        chunks = client.chat.completions.create(**ask, stream=True)
        streamed = "".join(chunk.choices[0].delta.content or "" for chunk in chunks if chunk.choices)
        if not own["sql"] or {own["sql"], choice.message.content, streamed} != {own["sql"]}:
            raise CheckFailed(f"{question}: the daemon got {own['sql']}, the client {choice.message.content}, {streamed}")
        if not choice.logprobs.content:
            raise CheckFailed("the sandbox tells no probabilities")


def create_finetuning(daemon, sample):
    uri = f"sqlite://{sample}"
    connection = daemon.read("connection", "add", "--alias", "sample", "--uri", uri)["id"]
    daemon.run("table", "scan", connection)
    daemon.run("record", "import", connection, sample.parent / "golden.jsonl")
    return daemon.read("finetuning", "create", connection)["id"]


def show(daemon, finetuning):
    return daemon.read("finetuning", "show", finetuning)


def require_one_succeeded_job(sandbox, daemon, finetuning):
    shown = show(daemon, finetuning)
    if shown["status"] != "succeeded" or not shown["model_id"]:
        raise CheckFailed(f"the job ended as {shown['status']} with the model {shown['model_id']}")
    jobs = sandbox.jobs_created()
    if jobs != 1:
        raise CheckFailed(f"one finetuning made {jobs} jobs at the provider")
