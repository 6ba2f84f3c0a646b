"""What the documents show is run as it stands there."""

import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import venv

import pytest
from conftest import ROOT, SAMPLE, prepared

from finetuned import Client, routes

PACKAGE = ROOT / "contrib/python"
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```", (PACKAGE / "README.md").read_text(encoding="utf-8"), re.M | re.S)
SECONDS = 120


def run(command, **environment):
    environment = {**os.environ, **environment}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=SECONDS, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_examples_of_the_readme_work(own_daemon):
    python = [text for language, text in BLOCKS if language == "python"]
    # The job comes first, so that there is something to list.
    job = next(text for text in python if "create_finetuning" in text)
    printed = {text: None for text in [job, *python]}
    for text in printed:
        printed[text] = run([sys.executable, "-c", text], FINETUNED_SOCKET=own_daemon.socket, DATABASE=str(SAMPLE))
    assert "succeeded ft:" in printed[job]
    assert "shop-1 ft:" in printed[python[0]]
    assert "404 finetuning_not_found" in printed[python[1]]
    assert "20 golden records" in printed[python[2]]


def test_the_package_installs(tmp_path):
    command = next(text for language, text in BLOCKS if language == "sh").strip()
    shutil.copytree(PACKAGE, tmp_path / "contrib/python")
    venv.create(tmp_path / "venv", with_pip=True)
    environment = {"PATH": f"{tmp_path}/venv/bin:{os.environ['PATH']}", "PYTHONPATH": ""}
    run(["sh", "-c", f"cd {tmp_path} && {command}"], **environment)
    program = "import finetuned, pathlib; print(pathlib.Path(finetuned.__file__).with_name('py.typed').exists())"
    assert run([tmp_path / "venv/bin/python", "-c", program], **environment) == "True\n"


@pytest.mark.parametrize("agent", ["ask.sh", "ask.py"])
def test_an_agent_asks_the_tuned_model(shared_daemon, sandbox, agent):
    if agent == "ask.sh" and not all(map(shutil.which, ("socat", "jq", "curl"))):
        pytest.skip("it needs socat, jq and curl")
    alias = f"agent-{pathlib.Path(agent).suffix[1:]}"
    with Client(shared_daemon.socket) as client:
        order = routes.create_finetuning(db_connection_id=prepared(client, alias), alias=alias)
        finetuning = client.ask(order)["id"]
        for _ in client.stream(routes.finetuning_events(finetuning, follow=True)):
            pass
        client.ask(routes.promote_model(alias, finetuning_id=finetuning))
    question = 'How many "systems" are younger than 1955?'
    environment = {"FINETUNED_SOCKET": shared_daemon.socket}
    command = [ROOT / "contrib/agents" / agent, alias, question]
    assert run(command, OPENAI_API_KEY=sandbox.api_key, **environment).startswith("SELECT count(*) FROM systems")


def test_what_is_generated_is_what_the_daemon_says(client):
    document = json.dumps(client.ask(routes.openapi()))
    command = [sys.executable, PACKAGE / "generate", "--check"]
    done = subprocess.run(command, input=document, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
