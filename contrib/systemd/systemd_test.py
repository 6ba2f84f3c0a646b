"""Runs the cases in two containers and prints what came of them."""

import pathlib
import subprocess
import sys
import tempfile
import time
import traceback
from concurrent.futures import ThreadPoolExecutor

from cases import CONTAINERS, FIRST
from container import Container, Failed
from host import Host, repacked

SAMPLE = pathlib.Path(__file__).resolve().parent.parent / "sample"


def newest_package(folder):
    packages = sorted(pathlib.Path(folder).glob("finetuned_*.deb"), key=lambda file: file.stat().st_mtime)
    if not packages:
        sys.exit(f"there is no package in {folder}: make deb")
    return packages[-1].resolve()


def play(case, host):
    """What the case tells, and whether it went well."""
    begun = time.monotonic()
    try:
        told, is_right = case(host), True
    except Failed as failure:
        told, is_right = str(failure), False
    except (Exception, subprocess.TimeoutExpired):
        told, is_right = traceback.format_exc(limit=-3), False
    seconds = time.monotonic() - begun
    print(f"{'ok    ' if is_right else 'failed'}  {case.__doc__} ({seconds:.0f} s)\n        {told}", flush=True)
    return case.__doc__, is_right, told, seconds


def print_table(rows):
    width = max(len(name) for name, *_ in rows)
    print(f"\n| {'':{width}} |        | s   |\n|{'-' * (width + 2)}|--------|-----|")
    for name, is_right, _, seconds in rows:
        print(f"| {name:{width}} | {'ok' if is_right else 'failed':6} | {seconds:3.0f} |")


def play_all(cases, previous, package):
    """What came of the cases, in a container of their own."""
    container = Container()
    rows = []
    try:
        host = Host(container, previous, package, SAMPLE)
        for case in FIRST + cases:
            rows.append(play(case, host))
            if not rows[-1][1]:
                show_trouble(host)
                if case in FIRST:
                    break
    finally:
        container.close()
    return rows


def main(folder, text=""):
    package = newest_package(folder)
    chosen = [[case for case in cases if text in case.__name__] for cases in CONTAINERS]
    with tempfile.TemporaryDirectory() as place, ThreadPoolExecutor() as pool:
        previous = repacked(package, "0.0.1", pathlib.Path(place))
        runs = [pool.submit(play_all, cases, previous, package) for cases in chosen if cases]
        rows = [row for run in runs for row in run.result()]
    print_table(rows)
    failed = sum(1 for _, is_right, *_ in rows if not is_right)
    print(f"\n{len(rows) - failed} passed, {failed} failed", flush=True)
    return 1 if failed else 0


def show_trouble(host):
    lines = host.run("journalctl", "--no-pager", "--lines=25", "--output=short-monotonic", check=False).stdout
    print("".join(f"        > {line}\n" for line in lines.splitlines()), flush=True)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
