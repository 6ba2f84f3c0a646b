#!/usr/bin/env python3
"""An agent in a few lines of Python: finds the model of a finetuning by its alias, and asks the provider one question
with the very prompt that the model was trained on.

    OPENAI_API_KEY=… contrib/agents/ask.py ALIAS QUESTION

OPENAI_BASE_URL is where the provider is (https://api.openai.com/v1); FINETUNED_SOCKET where the daemon is."""

from __future__ import annotations

import json
import os
import pathlib
import sys
import urllib.request
from typing import Any

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "python/src"))

from finetuned import Client, FinetunedError, routes, types  # noqa: E402

PROVIDER = os.environ.get("OPENAI_BASE_URL", "https://api.openai.com/v1")
PAGE = 1000
SECONDS = 60


def main(alias: str, question: str) -> None:
    with Client() as client:
        finetuning = succeeded(client, alias)
        with client.stream(routes.finetuning_file(finetuning["id"])) as examples:
            messages = asking(next(iter(examples))["messages"], question)
    answer = complete({"model": finetuning["model_id"], "temperature": 0, "messages": messages})
    print(answer["choices"][0]["message"]["content"])


def succeeded(client: Client, alias: str) -> types.Finetuning:
    page = 1
    while finetunings := client.ask(routes.list_finetunings(status="succeeded", limit=PAGE, page=page)):
        for finetuning in finetunings:
            if finetuning["alias"] == alias:
                return finetuning
        page += 1
    sys.exit(f"no finetuning {alias} has succeeded")


def asking(example: list[dict[str, str]], question: str) -> list[dict[str, str]]:
    """The example's messages with our question in the place of its own, and without its answer."""
    asked = [message for message in example if message["role"] != "assistant"]
    return [{**message, "content": question} if message["role"] == "user" else message for message in asked]


def complete(body: dict[str, Any]) -> Any:
    headers = {"Authorization": f"Bearer {os.environ['OPENAI_API_KEY']}", "Content-Type": "application/json"}
    request = urllib.request.Request(f"{PROVIDER}/chat/completions", json.dumps(body).encode(), headers)
    with urllib.request.urlopen(request, timeout=SECONDS) as response:
        return json.load(response)


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except FinetunedError as error:
        sys.exit(str(error))
