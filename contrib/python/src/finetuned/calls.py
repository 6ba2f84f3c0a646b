"""Requests as values: made by the functions of `finetuned.routes`, sent by a client."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, Generic, TypeVar
from urllib.parse import quote, urlencode

Response = TypeVar("Response")
Line = TypeVar("Line")
End = TypeVar("End")


class _Unset:
    """Stands where nothing was given, which is not the same as None."""

    def __repr__(self) -> str:
        return "UNSET"


UNSET: Any = _Unset()
"""What an argument is that is left out. `None` is sent, and empties a field where that is possible."""


@dataclass(frozen=True)
class Call(Generic[Response]):
    """A request that is answered with one line."""

    method: str
    path: str
    query: dict[str, Any] = field(default_factory=dict)
    body: Any = None

    @property
    def target(self) -> str:
        """The path with its query."""
        return self.path + (f"?{urlencode(self.query, quote_via=quote)}" if self.query else "")

    @property
    def changes_nothing(self) -> bool:
        return self.method == "GET"


@dataclass(frozen=True)
class StreamCall(Call[End], Generic[Line, End]):
    """A request that is answered with many lines and a last one."""

    def after(self, sequence: int) -> StreamCall[Line, End]:
        """The same, from the line after this one on."""
        return replace(self, query={**self.query, "after": sequence})


def given(**values: Any) -> dict[str, Any]:
    """Those that were given."""
    return {name: value for name, value in values.items() if value is not UNSET}


def query(**values: Any) -> dict[str, Any]:
    """Those that were given, as queries write them."""
    written = {True: "true", False: "false"}
    return {
        name: written[value] if isinstance(value, bool) else value
        for name, value in given(**values).items()
        if value is not None
    }


def path(template: str, parameter: str) -> str:
    """The path with `parameter` in the place of its `{}`."""
    return template.format(quote(parameter, safe=""))
