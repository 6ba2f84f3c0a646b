"""What can go wrong."""

from __future__ import annotations

from typing import Any, Optional


class FinetunedError(Exception):
    """Whatever this package raises."""


class Refused(FinetunedError):
    """The daemon refused, and says what to do about it."""

    def __init__(self, status: int, body: dict[str, Any]) -> None:
        self.status = status
        self.code: str = body.get("error_code", "internal_error")
        self.message: str = body.get("message", "")
        self.remedy: str = body.get("description", "")
        self.detail: dict[str, Any] = body.get("detail") or {}
        super().__init__(f"{self.message} ({self.code}). {self.remedy}")

    @property
    def retry_after(self) -> Optional[float]:
        """In how many seconds the same request is welcome, where too many were sent in one."""
        return self.detail.get("retry_after") if self.code == "too_many_requests" else None


class LineTooLong(FinetunedError):
    """The request is longer than the daemon takes; it was not sent."""

    def __init__(self, length: int, limit: int) -> None:
        self.length = length
        self.limit = limit
        super().__init__(f"the request has {length} bytes, and the daemon takes {limit}: send less at once")


class Unreachable(FinetunedError):
    """No daemon answers on any of the sockets that were tried."""

    def __init__(self, attempts: dict[str, str]) -> None:
        self.attempts = attempts
        tried = "; ".join(f"{path}: {reason}" for path, reason in attempts.items())
        super().__init__(f"the daemon cannot be reached ({tried}). Start it: systemctl start finetuned")


class ConnectionLost(FinetunedError):
    """The connection ended before the reply came: the request may have been carried out."""

    def __init__(self) -> None:
        super().__init__("the connection was lost before the reply came: look before you ask again")


class TimedOut(FinetunedError):
    """No reply came in time. The daemon may still be at it, or have carried it out: it is never asked again unasked."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        super().__init__(f"no reply came within {seconds:g} s, and the daemon may still be at it: look before you ask again")


class MalformedReply(FinetunedError):
    """A line that is no reply of the protocol."""
