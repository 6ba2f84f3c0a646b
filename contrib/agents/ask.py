#!/usr/bin/env python3
"""An agent in a few lines of Python: has the daemon render a question for the model that an alias stands for, with the
very prompt that the model was trained on, and asks the provider itself.

    OPENAI_API_KEY=… contrib/agents/ask.py ALIAS QUESTION

FINETUNED_SOCKET is where the daemon is. Ends with 1 where there is no answer, with 2 where the arguments are wrong."""

from __future__ import annotations

import json
import os
import pathlib
import sys
import urllib.request
from typing import Any

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "python/src"))

from finetuned import Client, FinetunedError, routes  # noqa: E402

KEY = os.environ.get("OPENAI_API_KEY")
SECONDS = 60


def main(alias: str, question: str) -> None:
    with Client() as client:
        prompt = client.ask(routes.render_prompt(text=question, model=alias))
    if prompt["warning"]:
        print(prompt["warning"], file=sys.stderr)
    limits = prompt["limits"]
    answer = complete(
        prompt["base_url"],
        {
            "model": prompt["model_id"],
            "messages": prompt["messages"],
            "temperature": limits["temperature"],
            "max_completion_tokens": limits["max_completion_tokens"],
        },
    )
    print(answer["choices"][0]["message"]["content"])


def complete(address: str, body: dict[str, Any]) -> Any:
    headers = {"Authorization": f"Bearer {KEY}", "Content-Type": "application/json"}
    request = urllib.request.Request(f"{address}/chat/completions", json.dumps(body).encode(), headers)
    with urllib.request.urlopen(request, timeout=SECONDS) as response:
        return json.load(response)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        print("usage: ask.py ALIAS QUESTION", file=sys.stderr)
        sys.exit(2)
    if not KEY:
        sys.exit("OPENAI_API_KEY is not set: set it to the provider's key")
    try:
        main(*sys.argv[1:])
    except FinetunedError as error:
        sys.exit(str(error))
    except OSError as error:
        sys.exit(f"the provider gave no answer ({error}): at 401 look at OPENAI_API_KEY, otherwise ask again later")
