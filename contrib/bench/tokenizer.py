"""Counts the tokens of the same texts with finetune-bench and with tiktoken, in turns, and prints both side by side.

Exits 1 if the two do not count the same. Run by contrib/bench/tokenizer.
"""

import argparse
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

import tiktoken

VOCABULARIES = ("cl100k_base", "o200k_base")
HOSTILE_BYTES = 1_000_000
HOSTILE = {"one letter": "a", "spaces": " ", "line feeds": "\n", "emoji": "😀", "ideographs": "漢"}
HEADER = ("texts", "vocabulary", "KB", "tokens", "finetuned MB/s", "tiktoken MB/s", "ratio")


def texts_of_the_project(root):
    """Texts by name: each a line of a file, or a value of such a line's keys."""
    sources = {
        "questions": ("contrib/sample/golden.jsonl", ["prompt_text"]),
        "SQL": ("contrib/sample/golden.jsonl", ["sql"]),
        "rows": ("contrib/sample/data.sql", None),
        "many languages": ("Tests/TokenizerTests/Fixtures/tokens.jsonl", ["text"]),
        "all published texts": ("../shared/tokenizer/fixtures.jsonl", ["text"]),
    }
    for name, (path, keys) in sources.items():
        if not (root / path).exists():
            continue
        lines = (root / path).read_text(encoding="utf-8").split("\n")
        if keys:
            yield name, [json.loads(line)[key] for line in lines if line for key in keys]
        else:
            yield name, lines


def texts_of_files(paths):
    for path in paths:
        yield path.name, path.read_text(encoding="utf-8", errors="replace").split("\n")


def hostile_texts():
    for name, character in HOSTILE.items():
        yield name, [character * (HOSTILE_BYTES // len(character.encode()))]


def write(sets, folder):
    """A file for each set, with its texts separated by NUL. What is empty, or holds a NUL, is left out."""
    for name, texts in sets:
        file = pathlib.Path(folder, name)
        file.write_text("\0".join(text for text in texts if text and "\0" not in text), encoding="utf-8", newline="")
        yield file


class Peer:
    """tiktoken, measured as finetune-bench measures: see its command `tokenizer`."""

    def __init__(self):
        self.load_seconds = {}
        self.encodings = {name: self.loaded(name) for name in VOCABULARIES}

    def loaded(self, name):
        start = time.perf_counter()
        encoding = tiktoken.get_encoding(name)
        self.load_seconds[name] = time.perf_counter() - start
        return encoding

    def measurements(self, files, rounds):
        for name, encoding in self.encodings.items():
            for file in files:
                texts = file.read_bytes().decode().split("\0")
                tokens, seconds = fastest(encoding, texts, rounds)
                yield {"vocabulary": name, "file": str(file), "tokens": tokens, "seconds": seconds}


def fastest(encoding, texts, rounds):
    """The tokens of all texts, and the processor time of the fastest round; no tokens if the encoder gives up."""
    best = float("inf")
    for _ in range(rounds):
        start = time.thread_time()
        try:
            tokens = sum(len(encoding.encode_ordinary(text)) for text in texts)
        except BaseException as failure:  # Its panics are no Exception.
            if isinstance(failure, (KeyboardInterrupt, SystemExit)):
                raise
            return None, None
        best = min(best, time.thread_time() - start)
    return tokens, best


def own_measurements(program, files, rounds):
    command = [program, "tokenizer", "--separator", "nul", "--rounds", str(rounds), *map(str, files)]
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return map(json.loads, output.splitlines())


def best_of(measurements):
    """Of all measurements of a file with a vocabulary the fastest."""
    best = {}
    for measurement in measurements:
        key = measurement["file"], measurement["vocabulary"]
        if key not in best or measurement["seconds"] is None or measurement["seconds"] < best[key]["seconds"]:
            best[key] = measurement
    return best


def compared(peer, program, files, turns, rounds):
    """Pairs of our measurement and tiktoken's. The two take turns, so that both have the same neighbours."""
    own, others = [], []
    for _ in range(turns):
        own += own_measurements(program, files, rounds)
        others += peer.measurements(files, rounds)
    others = best_of(others)
    return [(measurement, others[key]) for key, measurement in best_of(own).items()]


def row(own, other):
    label = os.path.basename(own["file"])
    rate = own["bytes"] / own["seconds"] / 1e6
    cells = [label, own["vocabulary"], f"{own['bytes'] / 1000:.0f}", str(own["tokens"]), f"{rate:.1f}"]
    if other["seconds"] is None:
        return [*cells, "fails", ""]
    return [*cells, f"{own['bytes'] / other['seconds'] / 1e6:.1f}", f"{other['seconds'] / own['seconds']:.1f}"]


def print_table(rows):
    widths = [max(map(len, column)) for column in zip(*rows)]
    for cells in rows:
        names = [cell.ljust(width) for cell, width in zip(cells[:2], widths[:2])]
        numbers = [cell.rjust(width) for cell, width in zip(cells[2:], widths[2:])]
        print("  ".join(names + numbers))


def print_loading(peer, pairs):
    for name in VOCABULARIES:
        own = min(own["load_seconds"] for own, _ in pairs if own["vocabulary"] == name)
        print(f"load {name}: finetuned {own * 1000:.1f} ms, tiktoken {peer.load_seconds[name] * 1000:.1f} ms")


def disagreements(pairs):
    return [
        f"{own['file']}: {own['tokens']} tokens of {own['vocabulary']}, tiktoken has {other['tokens']}"
        for own, other in pairs
        if other["tokens"] not in (None, own["tokens"])
    ]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", required=True)
    parser.add_argument("--root", required=True, type=pathlib.Path)
    parser.add_argument("files", nargs="*", type=pathlib.Path)
    options = parser.parse_args()
    texts = texts_of_files(options.files) if options.files else texts_of_the_project(options.root)

    peer = Peer()
    with tempfile.TemporaryDirectory() as folder:
        pairs = compared(peer, options.program, list(write(texts, folder)), turns=4, rounds=5)
        pairs += compared(peer, options.program, list(write(hostile_texts(), folder)), turns=2, rounds=1)
    print_table([HEADER, *(row(own, other) for own, other in pairs)])
    print_loading(peer, pairs)
    problems = disagreements(pairs)
    print(*problems, sep="\n", end="", file=sys.stderr)
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
