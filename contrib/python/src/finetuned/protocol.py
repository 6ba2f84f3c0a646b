"""The line protocol without any input or output: what both clients share."""

from __future__ import annotations

import json
import os
import random
import uuid
from dataclasses import dataclass
from typing import Any, Iterator, Optional

from .calls import Call
from .errors import ConnectionLost, FinetunedError, MalformedReply, Refused, Unreachable

PARTIAL = 206
IN_FLIGHT = 32
"""Requests that a client sends before it waits for replies; the daemon takes 64 unless configured otherwise."""
TIMEOUT = 900
"""Seconds to wait for a reply: more than the slowest takes unless configured otherwise, which is a model's second
answer to a question, each tried three times for 120 seconds."""
SURELY_SHORT = 16 * 1024
"""A line of so many bytes is sent without asking for the daemon's limit."""
SYSTEM_SOCKET = "/run/finetuned/finetuned.sock"
KEY = "idempotency_key"


def socket_paths(path: Optional[str] = None) -> list[str]:
    """Where the daemon may be: what is given, else $FINETUNED_SOCKET, else the system's socket and the user's."""
    chosen = path or os.environ.get("FINETUNED_SOCKET")
    if chosen:
        return [chosen]
    runtime = os.environ.get("XDG_RUNTIME_DIR")
    return [SYSTEM_SOCKET] + ([f"{runtime}/finetuned/finetuned.sock"] if runtime else [])


@dataclass(frozen=True)
class Reply:
    """One line of an answer."""

    id: Any
    status: int
    body: Any

    @classmethod
    def read(cls, line: bytes) -> Reply:
        try:
            value = json.loads(line)
            return cls(value["id"], value["status"], value["body"])
        except (ValueError, TypeError, KeyError) as error:
            raise MalformedReply(f"a line of the daemon cannot be read: {error}") from error

    @property
    def is_last(self) -> bool:
        return self.status != PARTIAL

    def checked(self) -> Any:
        """The body; raises `Refused` where the reply is a refusal."""
        if self.status >= 400:
            raise Refused(self.status, self.body)
        return self.body


class LineSplitter:
    """Cuts what arrives into lines of any length."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def feed(self, data: bytes) -> list[bytes]:
        """The lines that are whole now."""
        *ends, rest = data.split(b"\n")
        lines = []
        for end in ends:
            lines.append(b"".join([*self._pieces, end]))
            self._pieces = []
        if rest:
            self._pieces.append(rest)
        return lines


def request_line(request_id: int, call: Call[Any], key: Optional[str]) -> bytes:
    """The line that asks for `call`."""
    request: dict[str, Any] = {"id": request_id, "method": call.method, "path": call.target}
    if call.body is not None:
        request["body"] = call.body
    if key is not None:
        request[KEY] = key
    return json.dumps(request, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


class Idempotency:
    """Gives each POST a key of its own, so that it can be sent again after a connection was lost.

    A daemon that knows no keys refuses the first one, before it does anything; none is sent after that."""

    def __init__(self) -> None:
        self.is_known = True

    def key(self, call: Call[Any], given: Optional[str]) -> Optional[str]:
        if given is not None or call.method != "POST" or not self.is_known:
            return given
        return str(uuid.uuid4())

    def is_refused(self, error: FinetunedError) -> bool:
        """Whether `error` says that the daemon knows no keys."""
        refused = isinstance(error, Refused) and error.code == "unknown_field" and error.detail.get("field") == KEY
        self.is_known = self.is_known and not refused
        return refused


def may_repeat(call: Call[Any], key: Optional[str], error: FinetunedError) -> bool:
    """Whether `call` can be sent again after `error` without being carried out twice."""
    if isinstance(error, Refused):
        return error.code == "shutting_down" or error.retry_after is not None
    if isinstance(error, Unreachable):
        return True
    return isinstance(error, ConnectionLost) and (call.changes_nothing or key is not None)


def resumes(call: Call[Any], error: FinetunedError) -> bool:
    """Whether a stream can go on after `error`: it can where its lines have sequence numbers."""
    if not call.path.endswith("/events"):
        return False
    if isinstance(error, Refused):
        return error.code in ("shutting_down", "stream_lagged") or error.retry_after is not None
    return isinstance(error, (ConnectionLost, Unreachable))


def number(line: Any) -> Optional[int]:
    """What `after` takes to go on after this line of a stream; None where lines have no numbers."""
    return line.get("position", line.get("sequence")) if isinstance(line, dict) else None


def wait_for(error: FinetunedError, pause: float) -> float:
    """How long to wait before another attempt: as long as the daemon says, where it does."""
    told = error.retry_after if isinstance(error, Refused) else None
    return max(pause, told or 0)


def delays(patience: float) -> Iterator[float]:
    """How long to wait before each further attempt, `patience` seconds in all."""
    waited, delay = 0.0, 0.05
    while waited < patience:
        pause = min(delay * random.uniform(0.5, 1.0), patience - waited)
        waited += pause
        yield pause
        delay = min(delay * 2, 2.0)
