"""A client of the line protocol that keeps all that was said."""

import json
import socket
from dataclasses import dataclass, field
from urllib.parse import urlencode

REPLY_SECONDS = 60
PARTIAL = 206


@dataclass
class Exchange:
    """A request and the lines of its reply."""

    method: str
    path: str
    query: dict
    body: object
    lines: list = field(default_factory=list)
    """Status and body of each line."""

    @property
    def status(self):
        return self.lines[-1][0]

    @property
    def reply(self):
        return self.lines[-1][1]


class LineClient:
    def __init__(self, path, exchanges):
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.settimeout(REPLY_SECONDS)
        self._socket.connect(str(path))
        self._lines = self._socket.makefile("rb")
        self._exchanges = exchanges

    def close(self):
        self._lines.close()
        self._socket.close()

    def ask(self, method, path, body=None, **query):
        """Sends a request and reads the whole of its reply."""
        request_id = len(self._exchanges)
        exchange = self.send(request_id, method, path, body, **query)
        while not exchange.lines or exchange.status == PARTIAL:
            self.read_line({request_id: exchange})
        return exchange

    def send(self, request_id, method, path, body=None, **query):
        exchange = Exchange(method, f"/api/v1{path}", query, body)
        target = exchange.path + (f"?{urlencode(query)}" if query else "")
        request = {"id": request_id, "method": method, "path": target}
        if body is not None:
            request["body"] = body
        self._socket.sendall(json.dumps(request).encode() + b"\n")
        self._exchanges.append(exchange)
        return exchange

    def read_line(self, exchanges):
        """Reads one line, which belongs to one of these exchanges, by their ids."""
        line = json.loads(self._lines.readline())
        exchanges[line["id"]].lines.append((line["status"], line["body"]))
