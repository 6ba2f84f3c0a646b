"""The judge has to find what is wrong, or the check is worth nothing."""

import json
import os
import unittest

from contract import Contract
from exchange import Exchange, Reply

JSON = [("Authorization", "Bearer sk-test"), ("Content-Type", "application/json")]
JOB = {
    "model": "gpt-4o-mini-2024-07-18",
    "training_file": "file-abc",
    "suffix": "sample",
    "metadata": {"finetuning_id": "0123456789abcdef01234567"},
    "method": {"type": "supervised", "supervised": {"hyperparameters": {"n_epochs": 3, "batch_size": "auto"}}},
}
CREATED_JOB = {
    "id": "ftjob-1",
    "object": "fine_tuning.job",
    "created_at": 1700000000,
    "error": None,
    "finished_at": None,
    "fine_tuned_model": None,
    "hyperparameters": {},
    "model": "gpt-4o-mini-2024-07-18",
    "organization_id": "org-1",
    "result_files": [],
    "status": "running",
    "trained_tokens": None,
    "training_file": "file-abc",
    "validation_file": None,
    "seed": 1,
}
BOUNDARY = "Boundary-One"


def job_request(**changes):
    body = json.dumps(JOB | changes).encode()
    return Exchange("POST", "/v1/fine_tuning/jobs", JSON, body)


def hyperparameters(**values):
    return job_request(method={"type": "supervised", "supervised": {"hyperparameters": values}})


def upload(*parts):
    lines = [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"{rest}\r\n\r\n{value}\r\n' for name, rest, value in parts
    ]
    headers = [("Authorization", "Bearer sk-test"), ("Content-Type", f"multipart/form-data; boundary={BOUNDARY}")]
    return Exchange("POST", "/v1/files", headers, ("".join(lines) + f"--{BOUNDARY}--\r\n").encode())


FILE_PART = ("file", '; filename="a.jsonl"\r\nContent-Type: application/jsonl', '{"messages":[]}')
PURPOSE_PART = ("purpose", "", "fine-tune")


def get(target, status=None, body=None):
    reply = None if status is None else Reply(status, [("Content-Type", "application/json")], json.dumps(body).encode())
    return Exchange("GET", target, JSON[:1], b"", reply)


def get_job(body):
    return get("/v1/fine_tuning/jobs/ftjob-1", 200, body)


RIGHT_REQUESTS = {
    "a job": job_request(),
    "a job with the learning rate as a number": hyperparameters(learning_rate_multiplier=1.5),
    "an upload": upload(FILE_PART, PURPOSE_PART),
    "a list by metadata": get("/v1/fine_tuning/jobs?limit=100&metadata%5Bfinetuning_id%5D=0123"),
    "a page of events": get("/v1/fine_tuning/jobs/ftjob-1/events?after=ftevent-1&limit=100"),
}

WRONG_REQUESTS = {
    "no key": (Exchange("GET", "/v1/models", [], b""), "Security"),
    "an unknown path": (get("/v1/finetunes"), "Path"),
    "an unknown query parameter": (get("/v1/files?page=2"), "page"),
    "a limit that is no number": (get("/v1/files?limit=many"), "limit"),
    "no training file": (job_request(training_file=None), "training_file"),
    "an unknown key": (job_request(learning_rate=1), "learning_rate"),
    "an unknown key in the method": (hyperparameters(epochs=3), "epochs"),
    "deprecated hyperparameters": (job_request(hyperparameters={"n_epochs": 3}), "hyperparameters"),
    "epochs in a string": (hyperparameters(n_epochs="1"), "n_epochs"),
    "no epochs at all": (hyperparameters(n_epochs=0), "n_epochs"),
    "a batch too large": (hyperparameters(batch_size=257), "batch_size"),
    "a suffix too long": (job_request(suffix="s" * 65), "suffix"),
    "metadata that is no string": (job_request(metadata={"a": 1}), "metadata"),
    "too much metadata": (job_request(metadata={str(n): "x" for n in range(17)}), "17 pairs"),
    "an upload without a purpose": (upload(FILE_PART), "purpose"),
    "an upload for another purpose": (upload(FILE_PART, ("purpose", "", "training")), "purpose"),
    "an upload with an unknown part": (upload(FILE_PART, PURPOSE_PART, ("name", "", "x")), "name"),
}

RIGHT_REPLIES = {
    "a job": get_job(CREATED_JOB),
    "a paused job": get_job(CREATED_JOB | {"status": "paused"}),
    "an error": get("/v1/models/x", 404, {"error": {"message": "no", "type": "t", "param": None, "code": None}}),
}

WRONG_REPLIES = {
    "a status that is no word of the list": (get_job(CREATED_JOB | {"status": "done"}), "status"),
    "a date in words": (get_job(CREATED_JOB | {"created_at": "2024-01-01"}), "created_at"),
    "a job without its seed": (get_job({k: v for k, v in CREATED_JOB.items() if k != "seed"}), "seed"),
    "an error without its code": (
        get("/v1/models/x", 404, {"error": {"message": "no", "type": "t", "param": None}}),
        "code",
    ),
    "an error that is text": (get("/v1/models/x", 500, "broken"), "object"),
}


class ContractTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        path = os.environ.get("FINETUNE_CONTRACT")
        if not path:
            raise unittest.SkipTest("FINETUNE_CONTRACT does not name the contract's document")
        cls.contract = Contract.load(path)

    def test_what_the_provider_takes_passes(self):
        for name, exchange in RIGHT_REQUESTS.items():
            with self.subTest(name):
                self.assertEqual(self.contract.request_problems(exchange), [])

    def test_what_the_provider_refuses_is_named(self):
        for name, (exchange, word) in WRONG_REQUESTS.items():
            with self.subTest(name):
                self.assertIn(word, " ".join(self.contract.request_problems(exchange)))

    def test_a_right_reply_passes(self):
        for name, exchange in RIGHT_REPLIES.items():
            with self.subTest(name):
                self.assertEqual(self.contract.reply_problems(exchange), [])

    def test_a_wrong_reply_is_named(self):
        for name, (exchange, word) in WRONG_REPLIES.items():
            with self.subTest(name):
                self.assertIn(word, " ".join(self.contract.reply_problems(exchange)))


if __name__ == "__main__":
    unittest.main()
