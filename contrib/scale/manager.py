"""What a service manager is told: the other end of systemd's notifications."""

import socket
import threading
import time


class Manager(threading.Thread):
    """Listens at a socket of its own, and keeps each message with the moment at which it came."""

    def __init__(self, path):
        super().__init__(daemon=True)
        self.path = path
        self.messages = []
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.socket.bind(str(path))
        self.start()

    def run(self):
        while True:
            message = self.socket.recv(65536).decode()
            self.messages.append((time.monotonic(), message.splitlines()))

    def start_of(self, daemon):
        """Starts a daemon; returns what was told until it was ready."""
        seen = len(self.messages)
        daemon.start()
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline:
            told = self.messages[seen:]
            for place, (_, lines) in enumerate(told):
                if "READY=1" in lines:
                    return told[:place + 1]
            time.sleep(0.02)
        return []


def patience(told, started):
    """Whether the manager was never left without word for longer than it had been asked to wait, and what it was told."""
    words, is_patient, until = [], True, started + 90
    for moment, lines in told:
        is_patient &= moment <= until
        for line in lines:
            key, _, value = line.partition("=")
            if key == "EXTEND_TIMEOUT_USEC":
                until = moment + int(value) / 1e6
            elif key == "STATUS" and (not words or words[-1] != value):
                words.append(value)
    return bool(told) and is_patient, "; ".join(words)
