"""One HTTP request and its reply, as the recorder saw them go by."""

from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit


@dataclass(frozen=True)
class Reply:
    status: int
    headers: list
    body: bytes

    def header(self, name):
        return first_value(self.headers, name)


@dataclass(frozen=True)
class Exchange:
    method: str
    target: str
    headers: list
    body: bytes
    reply: Reply | None = None
    """None where the connection ended before a reply."""

    @property
    def path(self):
        return urlsplit(self.target).path

    @property
    def query(self):
        return parse_qsl(urlsplit(self.target).query, keep_blank_values=True)

    def header(self, name):
        return first_value(self.headers, name)


def first_value(headers, name):
    wanted = name.lower()
    return next((value for key, value in headers if key.lower() == wanted), None)
