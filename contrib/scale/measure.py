"""Round trips, memory and connections."""

import json
import os
import statistics
import time

TIMES = 200
# A machine that is busy with other things says nothing by its times: SCALE_TIMES=no has them printed and not judged.
JUDGES_TIMES = os.environ.get("SCALE_TIMES", "") != "no"


def round_trip(daemon, method, path, body=None):
    """Microseconds from a request's first byte to its reply's last line."""
    request = {"id": 1, "method": method, "path": f"/api/v1/{path}"}
    if body is not None:
        request["body"] = body
    line = json.dumps(request).encode() + b"\n"
    started = time.perf_counter()
    daemon.lines.write(line)
    daemon.lines.flush()
    while (reply := daemon.lines.readline()).startswith(b'{"id":1,"status":206'):
        pass
    took = time.perf_counter() - started
    if not reply.startswith((b'{"id":1,"status":200', b'{"id":1,"status":201')):
        raise AssertionError(f"{method} {path}: {reply[:200]!r}")
    return took * 1e6


def round_trips(daemon, method, path, body=None, times=TIMES):
    return [round_trip(daemon, method, path, body) for _ in range(times)]


def median(daemon, method, path, body=None, times=TIMES):
    return statistics.median(round_trips(daemon, method, path, body, times))


def worst(daemon, method, path, while_true):
    """The round trips for as long as something is true; at least one."""
    found = [round_trip(daemon, method, path)]
    while while_true():
        found.append(round_trip(daemon, method, path))
    return found


def connections_to(port, process):
    """Established connections of a process to a port of this host. Others that ask there are not counted."""
    with open("/proc/net/tcp") as file:
        entries = [line.split() for line in file][1:]
    sockets = {entry[9] for entry in entries if entry[3] == "01" and int(entry[2].split(":")[1], 16) == port}
    return len(sockets & sockets_of(process))


def sockets_of(process):
    """The inode numbers of a process's open sockets."""
    folder = f"/proc/{process}/fd"
    found = set()
    for name in os.listdir(folder):
        try:
            kind, _, number = os.readlink(f"{folder}/{name}").partition(":")
        except FileNotFoundError:
            continue
        if kind == "socket":
            found.add(number.strip("[]"))
    return found


def resident_megabytes(process):
    with open(f"/proc/{process}/status") as file:
        return int(next(line for line in file if line.startswith("VmRSS")).split()[1]) // 1024
