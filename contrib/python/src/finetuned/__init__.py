"""A client of the daemon `finetuned`, which fine-tunes language models for text-to-SQL.

    from finetuned import Client, routes

    with Client() as client:
        for finetuning in client.ask(routes.list_finetunings(status="succeeded")):
            print(finetuning["alias"], finetuning["model_id"])

Requests are values: the functions of `finetuned.routes` make them, a client sends them. `AsyncClient` is the same for
asyncio. Both files `routes` and `types` are generated from the daemon's OpenAPI document.
"""

from . import routes, types
from .async_client import AsyncClient, AsyncStream
from .calls import UNSET, Call, StreamCall
from .client import Client, Stream
from .errors import ConnectionLost, FinetunedError, LineTooLong, MalformedReply, Refused, TimedOut, Unreachable

__all__ = [
    "AsyncClient",
    "AsyncStream",
    "Call",
    "Client",
    "ConnectionLost",
    "FinetunedError",
    "LineTooLong",
    "MalformedReply",
    "Refused",
    "Stream",
    "StreamCall",
    "TimedOut",
    "UNSET",
    "Unreachable",
    "routes",
    "types",
]
