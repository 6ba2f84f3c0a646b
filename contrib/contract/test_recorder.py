"""The recorder passes everything on as it was, and keeps it."""

import http.client
import threading
import unittest
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from recorder import Recorder


class Echo(BaseHTTPRequestHandler):
    """Answers with what it got; ends the connection at once for /gone."""

    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.path == "/v1/gone":
            self.close_connection = True
            return
        self.send_response_only(201)
        self.send_header("x-request-id", "one")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


class RecorderTests(unittest.TestCase):
    def setUp(self):
        upstream = ThreadingHTTPServer(("127.0.0.1", 0), Echo)
        thread = threading.Thread(target=upstream.serve_forever, args=[0.05])
        thread.start()
        self.addCleanup(upstream.server_close)
        self.addCleanup(thread.join)
        self.addCleanup(upstream.shutdown)
        self.recorder = self.enterContext(Recorder(f"http://127.0.0.1:{upstream.server_port}/v1"))

    def post(self, path, body, **options):
        address = self.recorder.base_url.removeprefix("http://").removesuffix("/v1")
        connection = http.client.HTTPConnection(address, timeout=10)
        self.addCleanup(connection.close)
        connection.request("POST", path, body=body, **options)
        response = connection.getresponse()
        return response.status, response.headers["x-request-id"], response.read()

    def test_a_reply_comes_back_and_both_sides_are_kept(self):
        self.assertEqual(self.post("/v1/files?a=1", b"\x00body"), (201, "one", b"\x00body"))
        (exchange,) = self.recorder.exchanges
        self.assertEqual((exchange.method, exchange.path, exchange.query), ("POST", "/v1/files", [("a", "1")]))
        self.assertEqual((exchange.body, exchange.reply.status, exchange.reply.body), (b"\x00body", 201, b"\x00body"))

    def test_a_chunked_body_arrives_whole(self):
        pieces = iter([b"one ", b"two"])
        self.assertEqual(self.post("/v1/files", pieces, encode_chunked=True)[2], b"one two")

    def test_a_lost_reply_is_lost_once(self):
        self.recorder.lose_next_reply("POST", "/v1/files")
        with self.assertRaises((http.client.HTTPException, ConnectionError)):
            self.post("/v1/files", b"first")
        self.assertEqual(self.post("/v1/files", b"second")[2], b"second")
        self.assertEqual([exchange.body for exchange in self.recorder.exchanges], [b"first", b"second"])

    def test_a_connection_that_the_upstream_drops_is_dropped(self):
        with self.assertRaises((http.client.HTTPException, ConnectionError)):
            self.post("/v1/gone", b"x")
        self.assertIsNone(self.recorder.exchanges[0].reply)


if __name__ == "__main__":
    unittest.main()
