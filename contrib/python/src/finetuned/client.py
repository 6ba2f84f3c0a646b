"""The client for programs without asyncio."""

from __future__ import annotations

import selectors
import socket
import time
from collections import deque
from types import TracebackType
from typing import Any, Generic, Iterator, Optional, Sequence, TypeVar

from . import protocol
from .calls import Call, End, Line, Response, StreamCall
from .errors import ConnectionLost, FinetunedError, LineTooLong, Refused, TimedOut, Unreachable
from .protocol import LineSplitter, Reply

CHUNK = 256 * 1024
Self = TypeVar("Self", bound="Client")


class Client:
    """A connection to the daemon, made when it is first needed and again when it was lost.

    It may be used by one thread at a time; threads that ask at once need a client each."""

    def __init__(self, path: Optional[str] = None, *, timeout: float = protocol.TIMEOUT, patience: float = 30) -> None:
        """`timeout` is how long to wait for a reply before `TimedOut` is raised, other than for a line of a stream;
        `patience` how long to try to reach a daemon that was there before. Both are seconds."""
        self._paths = protocol.socket_paths(path)
        self._timeout = timeout
        self._patience = patience
        self._connection: Optional[_Connection] = None
        self._was_there = False
        self._idempotency = protocol.Idempotency()
        self._line_limit: Optional[int] = None

    def __enter__(self: Self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Ends the connection."""
        self._was_there = False
        self._drop()

    def _drop(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def ask(self, call: Call[Response], *, idempotency_key: Optional[str] = None) -> Response:
        """Sends one request and waits for its reply. Raises `Refused`, or why there is no reply."""
        key = self._idempotency.key(call, idempotency_key)
        waits = protocol.delays(self._patience)
        while True:
            try:
                connection = self._connected()
                request_id = self._send(connection, call, key)
                return connection.reply(request_id, self._timeout).checked()  # type: ignore[no-any-return]
            except FinetunedError as error:
                if idempotency_key is None and self._idempotency.is_refused(error):
                    key = None
                    continue
                self._forget_lost(error)
                pause = next(waits, None)
                if pause is None or not self._was_there or not protocol.may_repeat(call, key, error):
                    raise
                self._wait_for_daemon(protocol.wait_for(error, pause), waits)

    def ask_all(self, calls: Sequence[Call[Response]]) -> list[Response]:
        """Sends many requests before it reads, and gives their replies in the order of the requests.

        The first refusal is raised once the replies to all that was sent are there. Nothing is sent again."""
        connection = self._connected()
        asked: deque[int] = deque()
        replies: list[Reply] = []
        try:
            for call in calls:
                if len(asked) == protocol.IN_FLIGHT:
                    replies.append(connection.reply(asked.popleft(), self._timeout))
                asked.append(self._send(connection, call, None))
            while asked:
                replies.append(connection.reply(asked.popleft(), self._timeout))
        finally:
            for request_id in asked:
                connection.forget(request_id)
        return [reply.checked() for reply in replies]

    def stream(self, call: StreamCall[Line, End]) -> Stream[Line, End]:
        """Asks for many lines. Streams of events go on by themselves where a lost connection broke them off."""
        return Stream(self, call)

    # Below: what streams use too.

    def _connected(self) -> _Connection:
        if self._connection is None or not self._connection.is_open:
            self._connection = _Connection(_connect(self._paths, self._timeout))
            self._was_there = True
        return self._connection

    def _send(self, connection: _Connection, call: Call[Any], key: Optional[str]) -> int:
        request_id = connection.next_id()
        line = protocol.request_line(request_id, call, key)
        if len(line) > protocol.SURELY_SHORT and len(line) - 1 > self._limit(connection):
            raise LineTooLong(len(line) - 1, self._limit(connection))
        connection.send(request_id, line, self._timeout)
        return request_id

    def _limit(self, connection: _Connection) -> int:
        if self._line_limit is None:
            request_id = self._send(connection, Call("GET", "/api/v1/status"), None)
            self._line_limit = connection.reply(request_id, self._timeout).checked()["limits"]["line_bytes"]
        return self._line_limit

    def _forget_lost(self, error: FinetunedError) -> None:
        is_over = isinstance(error, Refused) and error.code == "shutting_down"
        if is_over or not isinstance(error, (Refused, LineTooLong, TimedOut)):
            self._drop()

    def _wait_for_daemon(self, pause: Optional[float], waits: Iterator[float]) -> None:
        """Waits until the daemon can be reached again."""
        while pause is not None:
            time.sleep(pause)
            try:
                self._connected()
                return
            except Unreachable:
                pause = next(waits, None)
        self._connected()


class Stream(Generic[Line, End]):
    """The lines of a stream, one after the other; `end` is its last line, once it has ended."""

    def __init__(self, client: Client, call: StreamCall[Line, End]) -> None:
        self._client = client
        self._call = call
        self._asked: Optional[tuple[_Connection, int]] = None
        self.end: Optional[End] = None

    def __enter__(self) -> Stream[Line, End]:
        return self

    def __exit__(
        self, kind: Optional[type[BaseException]], error: Optional[BaseException], trace: Optional[TracebackType]
    ) -> None:
        self.close()

    def __iter__(self) -> Iterator[Line]:
        waits = protocol.delays(self._client._patience)
        while self.end is None:
            try:
                line = self._next()
            except FinetunedError as error:
                self._asked = None
                self._client._forget_lost(error)
                pause = next(waits, None)
                if pause is None or not self._client._was_there or not protocol.resumes(self._call, error):
                    raise
                self._client._wait_for_daemon(protocol.wait_for(error, pause), waits)
                continue
            if line is not None:
                waits = protocol.delays(self._client._patience)
                yield line

    def _next(self) -> Optional[Line]:
        if self._asked is None:
            connection = self._client._connected()
            self._asked = connection, self._client._send(connection, self._call, None)
        connection, request_id = self._asked
        reply = connection.line(request_id, None)
        body = reply.checked()
        if reply.is_last:
            self._asked, self.end = None, body
            return None
        number = protocol.number(body)
        if number is not None:
            self._call = self._call.after(number)
        return body  # type: ignore[no-any-return]

    def close(self) -> None:
        """Ends the stream early."""
        if self._asked is None:
            return
        connection, request_id = self._asked
        self._asked = None
        if connection is self._client._connection:
            ending = self._client._send(connection, Call("DELETE", f"/api/v1/requests/{request_id}"), None)
            connection.reply(ending, self._client._timeout)
            connection.reply(request_id, self._client._timeout)


class _Connection:
    """Lines to and from one socket. Replies that nobody waits for yet are kept."""

    def __init__(self, connected: socket.socket) -> None:
        self._socket = connected
        self._socket.setblocking(False)
        self._selector = selectors.DefaultSelector()
        self._selector.register(self._socket, selectors.EVENT_READ)
        self.is_open = True
        self._splitter = LineSplitter()
        self._kept: dict[int, deque[Reply]] = {}
        self._last_id = 0
        self._refusal: Optional[Reply] = None

    def close(self) -> None:
        self.is_open = False
        self._selector.close()
        self._socket.close()

    def next_id(self) -> int:
        self._last_id += 1
        return self._last_id

    def send(self, request_id: int, line: bytes, timeout: float) -> None:
        """Sends the line. Reads meanwhile: a daemon whose replies nobody takes stops taking requests."""
        self._kept[request_id] = deque()
        rest = memoryview(line)
        while rest:
            ready = self._wait(selectors.EVENT_READ | selectors.EVENT_WRITE, timeout)
            if not ready:
                # What is left of the line cannot be taken back, so that no other may follow it.
                self.close()
                raise TimedOut(timeout)
            if ready & selectors.EVENT_READ:
                self._receive()
            if ready & selectors.EVENT_WRITE:
                try:
                    rest = rest[self._socket.send(rest) :]
                except BlockingIOError:
                    continue
                except OSError as error:
                    raise self._loss() from error

    def line(self, request_id: int, timeout: Optional[float]) -> Reply:
        """The next line of the reply to a request."""
        while not self._kept[request_id]:
            if self._refusal is not None:
                raise self._loss()
            if not self._wait(selectors.EVENT_READ, timeout):
                raise TimedOut(timeout or 0)
            self._receive()
        reply = self._kept[request_id].popleft()
        if reply.is_last:
            del self._kept[request_id]
        return reply

    def reply(self, request_id: int, timeout: float) -> Reply:
        """The last line of the reply to a request, which is forgotten if it does not come."""
        try:
            while True:
                reply = self.line(request_id, timeout)
                if reply.is_last:
                    return reply
        finally:
            self.forget(request_id)

    def forget(self, request_id: int) -> None:
        """Drops what comes for a request that nobody waits for any more."""
        self._kept.pop(request_id, None)

    def _wait(self, events: int, timeout: Optional[float]) -> int:
        """Which of the events is there; none if none is in time."""
        if not self.is_open:
            raise self._loss()
        self._selector.modify(self._socket, events)
        return sum(ready for _, ready in self._selector.select(timeout))

    def _receive(self) -> None:
        try:
            data = self._socket.recv(CHUNK)
        except BlockingIOError:
            return
        except OSError as error:
            raise self._loss() from error
        if not data:
            raise self._loss()
        for line in self._splitter.feed(data):
            reply = Reply.read(line)
            if reply.id is None:
                self._refusal = reply
            elif reply.id in self._kept:
                self._kept[reply.id].append(reply)

    def _loss(self) -> FinetunedError:
        """What ended the connection: the daemon's word on it, if there was one."""
        if self._refusal is not None and self._refusal.status >= 400:
            return Refused(self._refusal.status, self._refusal.body)
        return ConnectionLost()


def _connect(paths: Sequence[str], timeout: float) -> socket.socket:
    attempts = {}
    for path in paths:
        connecting = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        connecting.settimeout(timeout)
        try:
            connecting.connect(path)
            return connecting
        except OSError as error:
            connecting.close()
            attempts[path] = error.strerror or str(error)
    raise Unreachable(attempts)
