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
TURNS = 4
ROUNDS_A_TURN = 5
HOSTILE_BYTES = 1_000_000
HOSTILE = {"one letter": "a", "spaces": " ", "line feeds": "\n", "emoji": "😀", "ideographs": "漢"}
SAMPLES = ("contrib/sample/golden.jsonl", "contrib/sample/data.sql", "Tests/TokenizerTests/Fixtures/tokens.jsonl")
SHARED = ("../shared/tokenizer/fixtures.jsonl",)
HEADER = ("text", "vocabulary", "KB", "tokens", "finetuned MB/s", "tiktoken MB/s", "ratio")


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

    def measurements(self, files, whole, rounds):
        for name, encoding in self.encodings.items():
            for file in files:
                content = file.read_bytes()
                parts = [content] if whole else filter(None, content.split(b"\n"))
                texts = [part.decode("utf-8", "replace") for part in parts]
                tokens, seconds = fastest(encoding, texts, rounds)
                yield {
                    "vocabulary": name,
                    "file": str(file),
                    "tokens": tokens,
                    "seconds": seconds,
                    "load_seconds": self.load_seconds[name],
                }


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


def own_measurements(program, files, whole, rounds):
    command = [program, "tokenizer", "--rounds", str(rounds), *(["--whole"] if whole else []), *map(str, files)]
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return map(json.loads, output.splitlines())


def best_of(turns):
    """Of all measurements of a file with a vocabulary the fastest."""
    best = {}
    for measurement in turns:
        key = measurement["file"], measurement["vocabulary"]
        if measurement["seconds"] is None or key not in best or measurement["seconds"] < best[key]["seconds"]:
            best[key] = measurement
    return best


def compared(peer, program, files, whole, turns, rounds):
    """Pairs of our measurement and tiktoken's. The two take turns, so that both have the same neighbours."""
    own, others = [], []
    for _ in range(turns):
        own += own_measurements(program, files, whole, rounds)
        others += peer.measurements(files, whole, rounds)
    others = best_of(others)
    return [(measurement, others[key]) for key, measurement in best_of(own).items()]


def row(label, own, other):
    rate = own["bytes"] / own["seconds"] / 1e6
    cells = [label, own["vocabulary"], f"{own['bytes'] / 1000:.0f}", str(own["tokens"]), f"{rate:.1f}"]
    if other["seconds"] is None:
        return [*cells, "fails", ""]
    return [*cells, f"{own['bytes'] / other['seconds'] / 1e6:.1f}", f"{other['seconds'] / own['seconds']:.1f}"]


def print_table(rows):
    widths = [max(map(len, column)) for column in zip(*rows)]
    for cells in rows:
        print("  ".join(cell.ljust(width) if at < 2 else cell.rjust(width) for at, (cell, width) in
                        enumerate(zip(cells, widths))))


def disagreements(pairs):
    return [
        f"{own['file']}: {own['tokens']} tokens of {own['vocabulary']}, tiktoken has {other['tokens']}"
        for own, other in pairs
        if other["tokens"] not in (None, own["tokens"])
    ]


def hostile_files(folder):
    for name, character in HOSTILE.items():
        file = pathlib.Path(folder) / name
        file.write_text(character * (HOSTILE_BYTES // len(character.encode())), encoding="utf-8", newline="")
        yield file


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", required=True)
    parser.add_argument("--root", required=True, type=pathlib.Path)
    parser.add_argument("files", nargs="*", type=pathlib.Path)
    options = parser.parse_args()
    files = options.files or [options.root / name for name in SAMPLES + SHARED if (options.root / name).exists()]

    peer = Peer()
    usual = compared(peer, options.program, files, False, TURNS, ROUNDS_A_TURN)
    with tempfile.TemporaryDirectory() as folder:
        hostile = compared(peer, options.program, list(hostile_files(folder)), True, 1, 2)
    print_table([HEADER, *(row(os.path.basename(own["file"]), own, other) for own, other in usual + hostile)])
    for name in VOCABULARIES:
        loads = [own["load_seconds"] for own, _ in usual + hostile if own["vocabulary"] == name]
        print(f"load {name}: finetuned {min(loads) * 1000:.1f} ms, tiktoken {peer.load_seconds[name] * 1000:.1f} ms")
    problems = disagreements(usual + hostile)
    print("\n".join(problems), file=sys.stderr)
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
