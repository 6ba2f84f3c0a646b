"""The client for programs with asyncio."""

from __future__ import annotations

import asyncio
import math
from contextlib import suppress
from typing import Any, AsyncIterator, Generic, Iterator, Optional, Sequence, TypeVar

from . import protocol
from .calls import Call, End, Line, Response, StreamCall
from .errors import ConnectionLost, FinetunedError, LineTooLong, Refused, TimedOut, Unreachable
from .protocol import LineSplitter, Reply

CHUNK = 256 * 1024
SEARCH_PAUSE = 0.5
"""Seconds at most between two attempts to reach the daemon again."""
Self = TypeVar("Self", bound="AsyncClient")


class AsyncClient:
    """A connection to the daemon, made when it is first needed and again when it was lost.

    Any number of tasks may ask at once; their requests share the connection."""

    def __init__(self, path: Optional[str] = None, *, timeout: float = protocol.TIMEOUT, patience: float = 30) -> None:
        """`timeout` is how long to wait for a reply before `TimedOut` is raised, other than for a line of a stream;
        `patience` how long to try to reach a daemon that was there before. Both are seconds."""
        self._paths = protocol.socket_paths(path)
        self._timeout = timeout
        self._patience = patience
        self._connection: Optional[_Connection] = None
        self._connecting = asyncio.Lock()
        self._was_there = False
        self._unreachable = Unreachable({})
        self._search: Optional[asyncio.Task[None]] = None
        self._waiting = 0
        self._in_flight = asyncio.Semaphore(protocol.IN_FLIGHT)
        self._idempotency = protocol.Idempotency()
        self._line_limit: Optional[int] = None

    async def __aenter__(self: Self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def close(self) -> None:
        """Ends the connection."""
        self._was_there = False
        self._end_search()
        await self._drop()

    async def ask(self, call: Call[Response], *, idempotency_key: Optional[str] = None) -> Response:
        """Sends one request and waits for its reply. Raises `Refused`, or why there is no reply."""
        key = self._idempotency.key(call, idempotency_key)
        waits = protocol.delays(self._patience)
        while True:
            connection: Optional[_Connection] = None
            try:
                # First, so that those who wait for the daemon do not wait for one another.
                connection = await self._connected(waits)
                async with self._in_flight:
                    request_id = await self._send(connection, call, key)
                    return (await connection.reply(request_id, self._timeout)).checked()  # type: ignore[no-any-return]
            except FinetunedError as error:
                if idempotency_key is None and self._idempotency.is_refused(error):
                    key = None
                    continue
                await self._forget_lost(connection, error)
                pause = next(waits, None)
                if pause is None or connection is None or not protocol.may_repeat(call, key, error):
                    raise
                await asyncio.sleep(protocol.wait_for(error, pause))

    async def ask_all(self, calls: Sequence[Call[Response]]) -> list[Response]:
        """Asks all of them at once, and gives their replies in the order of the requests."""
        return list(await asyncio.gather(*map(self.ask, calls)))

    def stream(self, call: StreamCall[Line, End]) -> AsyncStream[Line, End]:
        """Asks for many lines. Streams of events go on by themselves where a lost connection broke them off."""
        return AsyncStream(self, call)

    # Below: what streams use too.

    async def _connected(self, waits: Iterator[float]) -> _Connection:
        """The connection. A daemon that was there before is waited for, as long as `waits` gives something."""
        async with self._connecting:
            if self._connection is not None and self._connection.is_lost:
                await self._drop()
            if self._search is None or self._search.done():
                await self._connect()
        self._waiting += 1
        try:
            while self._connection is None:
                pause = next(waits, None)
                if pause is None or not self._was_there:
                    raise self._unreachable
                if self._search is None or self._search.done():
                    self._search = asyncio.get_running_loop().create_task(self._look_for_daemon())
                # Neither the end of this wait nor its cancellation ends the search, which is for others too.
                await asyncio.wait([self._search], timeout=pause)
            return self._connection
        finally:
            self._waiting -= 1
            if not self._waiting:
                self._end_search()

    async def _look_for_daemon(self) -> None:
        """Connects once the daemon can be reached again; one task does so for all that wait."""
        for pause in protocol.delays(math.inf):
            await asyncio.sleep(min(pause, SEARCH_PAUSE))
            async with self._connecting:
                await self._connect()
            if self._connection is not None:
                return

    async def _connect(self) -> None:
        """Makes the connection if there is none; the caller has the lock."""
        if self._connection is None:
            try:
                self._connection = await _connect(self._paths)
                self._was_there = True
            except Unreachable as error:
                self._unreachable = error

    def _end_search(self) -> None:
        search, self._search = self._search, None
        if search is not None:
            search.cancel()

    async def _send(self, connection: _Connection, call: Call[Any], key: Optional[str]) -> int:
        request_id = connection.next_id()
        line = protocol.request_line(request_id, call, key)
        if len(line) > protocol.SURELY_SHORT:
            limit = await self._limit(connection)
            if len(line) - 1 > limit:
                raise LineTooLong(len(line) - 1, limit)
        await connection.send(request_id, line)
        return request_id

    async def _limit(self, connection: _Connection) -> int:
        if self._line_limit is None:
            request_id = await self._send(connection, Call("GET", "/api/v1/status"), None)
            status = (await connection.reply(request_id, self._timeout)).checked()
            self._line_limit = status["limits"]["line_bytes"]
        return self._line_limit

    async def _forget_lost(self, connection: Optional[_Connection], error: FinetunedError) -> None:
        is_over = isinstance(error, Refused) and error.code == "shutting_down"
        is_lost = is_over or not isinstance(error, (Refused, LineTooLong, TimedOut))
        if is_lost and connection is not None and connection is self._connection:
            await self._drop()

    async def _drop(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            await connection.close()


class AsyncStream(Generic[Line, End]):
    """The lines of a stream, one after the other; `end` is its last line, once it has ended."""

    def __init__(self, client: AsyncClient, call: StreamCall[Line, End]) -> None:
        self._client = client
        self._call = call
        self._asked: Optional[tuple[_Connection, int]] = None
        self.end: Optional[End] = None

    async def __aenter__(self) -> AsyncStream[Line, End]:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def __aiter__(self) -> AsyncIterator[Line]:
        waits = protocol.delays(self._client._patience)
        while self.end is None:
            connection = self._asked[0] if self._asked else None
            try:
                if self._asked is None:
                    connection = await self._client._connected(waits)
                    self._asked = connection, await self._client._send(connection, self._call, None)
                line = await self._next(*self._asked)
            except FinetunedError as error:
                self._asked = None
                await self._client._forget_lost(connection, error)
                pause = next(waits, None)
                if pause is None or connection is None or not protocol.resumes(self._call, error):
                    raise
                await asyncio.sleep(protocol.wait_for(error, pause))
                continue
            if line is not None:
                waits = protocol.delays(self._client._patience)
                yield line

    async def _next(self, connection: _Connection, request_id: int) -> Optional[Line]:
        reply = await connection.line(request_id, None)
        body = reply.checked()
        if reply.is_last:
            self._asked, self.end = None, body
            return None
        number = protocol.number(body)
        if number is not None:
            self._call = self._call.after(number)
        return body  # type: ignore[no-any-return]

    async def close(self) -> None:
        """Ends the stream early."""
        asked, self._asked = self._asked, None
        if asked is None or asked[0] is not self._client._connection or asked[0].is_lost:
            return
        connection, request_id = asked
        try:
            await self._client.ask(Call("DELETE", f"/api/v1/requests/{request_id}"))
            await connection.reply(request_id, self._client._timeout)
        finally:
            connection.forget(request_id)


class _Connection:
    """Lines to and from one socket; a task of its own reads, and puts each line where it is waited for."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer
        self._lines: dict[int, asyncio.Queue[Any]] = {}
        self._last_id = 0
        self._loss: Optional[FinetunedError] = None
        self._reading = asyncio.get_running_loop().create_task(self._read())

    async def close(self) -> None:
        self._reading.cancel()
        self._writer.close()
        # Unlike awaiting the task, this tells its cancellation from that of the caller.
        await asyncio.wait([self._reading])
        with suppress(OSError):
            await self._writer.wait_closed()

    @property
    def is_lost(self) -> bool:
        return self._loss is not None

    def next_id(self) -> int:
        self._last_id += 1
        return self._last_id

    async def send(self, request_id: int, line: bytes) -> None:
        if self._loss is not None:
            raise self._loss
        self._lines[request_id] = asyncio.Queue()
        try:
            self._writer.write(line)
            await self._writer.drain()
        except OSError as error:
            self.forget(request_id)
            raise ConnectionLost from error
        except asyncio.CancelledError:
            self.forget(request_id)
            raise

    def forget(self, request_id: int) -> None:
        """Drops what comes for a request that nobody waits for any more."""
        self._lines.pop(request_id, None)

    async def line(self, request_id: int, timeout: Optional[float]) -> Reply:
        """The next line of the reply to a request."""
        try:
            reply = await asyncio.wait_for(self._lines[request_id].get(), timeout)
        except asyncio.TimeoutError as error:
            raise TimedOut(timeout or 0) from error
        if isinstance(reply, FinetunedError):
            raise reply
        if reply.is_last:
            del self._lines[request_id]
        return reply  # type: ignore[no-any-return]

    async def reply(self, request_id: int, timeout: float) -> Reply:
        """The last line of the reply to a request, which is forgotten if it does not come."""
        try:
            while True:
                reply = await self.line(request_id, timeout)
                if reply.is_last:
                    return reply
        finally:
            self.forget(request_id)

    async def _read(self) -> None:
        loss: FinetunedError = ConnectionLost()
        splitter = LineSplitter()
        try:
            while data := await self._reader.read(CHUNK):
                for reply in map(Reply.read, splitter.feed(data)):
                    if reply.id is None and reply.status >= 400:
                        loss = Refused(reply.status, reply.body)
                    elif reply.id in self._lines:
                        self._lines[reply.id].put_nowait(reply)
        except FinetunedError as error:
            loss = error
        except OSError:
            pass
        finally:
            self._loss = loss
            for waiting in self._lines.values():
                waiting.put_nowait(loss)


async def _connect(paths: Sequence[str]) -> _Connection:
    attempts = {}
    for path in paths:
        try:
            return _Connection(*await asyncio.open_unix_connection(path))
        except OSError as error:
            attempts[path] = error.strerror or str(error)
    raise Unreachable(attempts)
