"""Runs the daemon with far more than usual, and prints how it did beside how it does with little."""

import pathlib
import sys
import tempfile
import time

from jobs import many_jobs
from state import large_state
from tables import print_facts, programs_folder

SAMPLE = pathlib.Path(__file__).resolve().parent.parent / "sample"


def main(arguments):
    parts = {"state": ("A large state", large_state), "jobs": ("Many jobs", many_jobs)}
    which = arguments[0] if arguments else ""
    if which and which not in parts:
        sys.exit(f"scale test: {which} is none of {', '.join(parts)}")
    programs = programs_folder()
    bad = 0
    with tempfile.TemporaryDirectory(prefix="finetuned-scale.") as folder:
        for name, (title, part) in parts.items():
            if which in ("", name):
                started = time.monotonic()
                facts = part(programs, pathlib.Path(folder) / name, SAMPLE)
                bad += print_facts(title, facts, time.monotonic() - started)
    sys.exit(1 if bad else 0)


main(sys.argv[1:])
