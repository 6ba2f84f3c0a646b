"""What the tests print, and where the programs are."""

import os
import pathlib
import subprocess

PROJECT = pathlib.Path(__file__).resolve().parent.parent.parent


def programs_folder():
    given = os.environ.get("FINETUNE_BIN")
    if given:
        return pathlib.Path(given)
    command = ["swift", "build", "--package-path", PROJECT, "--show-bin-path"]
    return pathlib.Path(subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip())


def print_table(title, headings, rows, seconds):
    """Rows of cells, and whether each row is bad."""
    lines = [headings, *(cells for cells, _ in rows)]
    widths = [max(len(line[column].split("\n")[0]) for line in lines) for column in range(len(headings))]
    print(f"\n{title}\n")
    for place, line in enumerate(lines):
        print("| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths)) + " |")
        if place == 0:
            print("|" + "|".join("-" * (width + 2) for width in widths) + "|")
    bad = sum(1 for _, is_bad in rows if is_bad)
    print(f"\n{len(rows)} cases, {bad} of them bad, in {seconds:.0f} s", flush=True)
    return bad


def print_facts(title, facts, seconds):
    """Facts as (what, value, whether that is right)."""
    width = max(len(name) for name, _, _ in facts)
    print(f"\n{title}\n\n| {'':{width}} | |\n|{'-' * (width + 2)}|---|")
    for name, value, is_right in facts:
        print(f"| {name:{width}} | {value}{'' if is_right else ' (bad)'} |")
    bad = sum(1 for _, _, is_right in facts if not is_right)
    print(f"\n{len(facts)} facts, {bad} of them bad, in {seconds:.0f} s", flush=True)
    return bad
