"""A reverse proxy on loopback that keeps every exchange, and can lose a reply as a network does."""

import http.client
import threading
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

from exchange import Exchange, Reply

UPSTREAM_TIMEOUT_SECONDS = 60
SECONDS_TO_NOTICE_SHUTDOWN = 0.05

# A proxy answers these for its own connection, so they are not passed on (RFC 9110, section 7.6.1).
HOP_BY_HOP = {"connection", "keep-alive", "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade", "expect"}


class Recorder:
    """Use as a context manager; `base_url` is what a client is given in place of the upstream's address."""

    def __init__(self, upstream_base_url):
        upstream = urlsplit(upstream_base_url)
        self._upstream = (upstream.hostname, upstream.port)
        self._lock = threading.Lock()
        self._exchanges = []
        self._replies_to_lose = []
        handler = type("RecordingHandler", (Handler,), {"recorder": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=[SECONDS_TO_NOTICE_SHUTDOWN])
        self.base_url = f"http://127.0.0.1:{self._server.server_port}{upstream.path}"

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    @property
    def exchanges(self):
        with self._lock:
            return list(self._exchanges)

    def lose_next_reply(self, method, path):
        """The next such request reaches the upstream; its reply reaches nobody."""
        with self._lock:
            self._replies_to_lose.append((method, path))

    def connect(self):
        return http.client.HTTPConnection(*self._upstream, timeout=UPSTREAM_TIMEOUT_SECONDS)

    def keep(self, exchange):
        with self._lock:
            self._exchanges.append(exchange)

    def loses_reply(self, method, path):
        with self._lock:
            if (method, path) not in self._replies_to_lose:
                return False
            self._replies_to_lose.remove((method, path))
            return True


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    recorder: Recorder

    def handle_any(self):
        body = self.read_body()
        request = Exchange(self.command, self.path, self.headers.items(), body)
        loses_reply = self.recorder.loses_reply(request.method, request.path)
        reply = self.ask_upstream(request)
        self.recorder.keep(replace(request, reply=reply))
        if reply is None or loses_reply:
            self.close_connection = True
        else:
            self.pass_back(reply)

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = handle_any

    def read_body(self):
        if "chunked" in (self.headers.get("Transfer-Encoding") or "").lower():
            return b"".join(self.read_chunks())
        return self.rfile.read(int(self.headers.get("Content-Length") or 0))

    def read_chunks(self):
        while size := int(self.rfile.readline().split(b";")[0], 16):
            yield self.rfile.read(size)
            self.rfile.readline()
        while self.rfile.readline().strip():
            pass

    def ask_upstream(self, request):
        """The whole reply, or None where the upstream ends the connection without one."""
        connection = self.recorder.connect()
        headers = {name: value for name, value in request.headers if name.lower() not in HOP_BY_HOP}
        if request.body:
            headers["Content-Length"] = str(len(request.body))
        try:
            connection.request(request.method, request.target, body=request.body or None, headers=headers)
            response = connection.getresponse()
            return Reply(response.status, response.getheaders(), response.read())
        except (http.client.HTTPException, ConnectionError, TimeoutError):
            return None
        finally:
            connection.close()

    def pass_back(self, reply):
        self.send_response_only(reply.status)
        for name, value in reply.headers:
            if name.lower() not in HOP_BY_HOP | {"content-length"}:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(reply.body)))
        self.end_headers()
        self.wfile.write(reply.body)

    def log_message(self, *_):
        pass
