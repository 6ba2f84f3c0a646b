"""The verdict on a set of exchanges: a table, and each violation once."""

from collections import defaultdict
from dataclasses import dataclass, field


@dataclass
class Row:
    requests: int = 0
    violations: dict = field(default_factory=lambda: defaultdict(int))
    """How often each message came up."""


def rows_by_operation(exchanges, contract, problems_of):
    """`problems_of` is one of the contract's two judgements: on requests, or on replies."""
    rows = defaultdict(Row)
    for exchange in exchanges:
        row = rows[contract.operation(exchange)]
        row.requests += 1
        if contract.judges(exchange):
            for message in problems_of(exchange):
                row.violations[message] += 1
    return dict(sorted(rows.items()))


def print_report(title, rows, unjudged):
    """Prints the table and returns how many kinds of violation it has."""
    print(f"\n{title}")
    width = max(map(len, rows), default=0)
    for operation, row in rows.items():
        print(f"  {operation:<{width}}  {row.requests:>4}  {verdict(operation, row, unjudged)}")
        for message, count in row.violations.items():
            print(f"      {count}× {message}")
    return sum(len(row.violations) for row in rows.values())


def verdict(operation, row, unjudged):
    if operation in unjudged:
        return "not in the contract"
    if not row.violations:
        return "ok"
    return f"{len(row.violations)} violation{'s' if len(row.violations) > 1 else ''}"
