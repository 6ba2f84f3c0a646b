"""Asks the daemon for its OpenAPI document and judges its replies by that, over all of its routes."""

import argparse
import json
import pathlib
import sys
import tempfile

from bounds import beyond
from document import Document
from line_client import LineClient
from programs import CheckFailed, binaries_folder, running_daemon, running_sandbox
from walk import walk

SAMPLE = "contrib/sample/sample.sqlite"
FAST = 100


def main():
    parser = argparse.ArgumentParser(prog="contrib/openapi/run", description=__doc__)
    parser.add_argument("--root", required=True, type=pathlib.Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    folder = binaries_folder(options.root)
    with tempfile.TemporaryDirectory(prefix="finetune-openapi-") as work:
        try:
            faults = list(judged(folder, pathlib.Path(work), options.root / SAMPLE))
        except CheckFailed as failure:
            faults = [str(failure)]
    for fault in faults:
        print(f"  {fault}")
    print(f"\nOpenAPI check: {len(faults) or 'no'} failure{'' if len(faults) == 1 else 's'}")
    return 1 if faults else 0


def judged(folder, work, sample):
    with (
        running_sandbox(folder, work, FAST) as sandbox,
        running_daemon(folder, work, sandbox.base_url, sandbox.api_key, sample) as daemon,
    ):
        document = Document(json.loads(daemon.run("openapi")))
        yield from document.faults()
        exchanges = []
        clients = [LineClient(work / "finetuned.sock", exchanges) for _ in range(2)]
        walk(*clients, sandbox, sample)
        seen = list(exchanges)
        yield from faults_of(document, seen)
        yield from beyond_bounds(document, clients[0], seen)
        for client in clients:
            client.close()


def faults_of(document, exchanges):
    """What the document has against the exchanges, and which of its operations they leave out."""
    print(f"{len(exchanges)} requests")
    for exchange in exchanges:
        name = f"{exchange.method} {exchange.path} → {exchange.status}"
        if document.operation(exchange) is None:
            yield f"{name}: the document has no such operation"
        elif exchange.status < 300:
            yield from (f"{name}: the request: {problem}" for problem in document.request_problems(exchange))
        yield from (f"{name}: {problem}" for problem in document.reply_problems(exchange))
    for operation in document.operations:
        seen = {status for each in exchanges if document.operation(each) is operation for status, _ in each.lines}
        for status in operation.successes - seen:
            yield f"{operation.name} never answered {status}: it is not checked"
        print(f"  {operation.name}  {', '.join(map(str, sorted(seen)))}")


def beyond_bounds(document, client, exchanges):
    """Asks for what succeeded again, each time with one thing that the document rules out."""
    asked = 0
    for operation in document.operations:
        succeeded = (each for each in exchanges if document.operation(each) is operation and each.status < 300)
        exchange = next(succeeded, None)
        for what, query, body in beyond(document, exchange) if exchange else ():
            asked += 1
            path = exchange.path.removeprefix("/api/v1")
            answer = client.ask(exchange.method, path, body, **query)
            if answer.status not in (400, 404):
                yield f"{operation.name} with {what} was answered {answer.status}, though the document rules it out"
            yield from (f"{operation.name} with {what}: {each}" for each in document.reply_problems(answer))
    print(f"{asked} requests beyond what the document allows")


if __name__ == "__main__":
    sys.exit(main())
