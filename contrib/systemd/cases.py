"""What the units promise, a function a promise, in the order in which they are checked.

Each takes the host and returns what is worth printing. The units are those of the package, unchanged; where a test
needs a drop-in, that is one which the documentation tells administrators to write.
"""

import json
import os
import pathlib
import secrets
import sqlite3
import threading
import time

from container import wait_until
from host import ANSWER_SECONDS, CONFIGURATION, DATA, KEY, SLOW, Connection, now, require
from records import count_records

STATE = "/var/lib/finetuned"
CREDENTIALS = "/etc/credstore"
OWN_CREDENTIALS = "/etc/finetuned/credentials"
# Where the daemon gets stuck, and at which passage: the first ones are the start's.
HANGS = {"store": "store.sign_of_life.before:1", "event loop": "socket.heartbeat.before:2",
         "scheduler": "scheduler.turn.before:3"}
# What then shows no life, as the journal calls it.
SILENT = {"store": "store", "event loop": "socket", "scheduler": "scheduler"}
UNANSWERED = "3b6c7d7f7bb548f99f78320a9fa2e4d4"
UNITS = [
    "finetuned.service", "finetuned.socket", "finetuned-backup.service", "finetuned-backup.timer",
    "finetuned-wait@job.service"]
USER_UNITS = ["finetuned.service", "finetuned.socket"]
# A state that an older version left, with a job under way: see README.md.
OLDER_STATE = pathlib.Path(__file__).resolve().parent / "older-state.sql"
START_SECONDS, MIGRATION_SECONDS = 4, 7
LOADED_JOBS = int(os.environ.get("SYSTEMD_JOBS", "1000"))
RECORDS = int(os.environ.get("SYSTEMD_RECORDS", "100000"))


def installed(host):
    """the package installs, and the daemon runs"""
    # A container image's way to say that nothing is to be started in it.
    host.container.path("/usr/sbin/policy-rc.d").unlink(missing_ok=True)
    host.install(host.previous)
    require(host.is_active(), "the daemon is not active after the installation")
    status = host.wait_for_status("no jobs under way")
    verify(host.run, "verify", *(f"/lib/systemd/system/{unit}" for unit in UNITS))
    for unit in ("finetuned.service", "finetuned.socket", "finetuned-backup.timer"):
        require(host.systemctl("is-enabled", unit).stdout.strip() == "enabled", f"{unit} is not enabled")
    return f"STATUS={status}"


def verify(run, *words):
    # What it has to say of a unit does not always make it fail.
    told = run("systemd-analyze", *words).stderr
    require("finetuned" not in told, told)


def activated(host):
    """clients that connect before the start are served"""
    host.configure()
    host.container.write(f"{CREDENTIALS}/openai_api_key", KEY + "\n", 0o600)
    host.start_provider()
    host.systemctl("stop", "finetuned.service")
    require(host.is_active("finetuned.socket"), "the socket ended with the service")
    require(host.property("ActiveState") == "inactive", "the service is not stopped")
    host.ask("GET", "status")
    wait_until(host.is_active, "the service that the client started", 20)
    host.register()
    return "the first connection started the daemon and got its answer"


def job(host):
    """a job from records to model, under the full sandboxing"""
    end = host.finish(host.order())
    status = dict(
        line.split(":\t", 1) for line in host.container.path(f"/proc/{host.pid()}/status").read_text().splitlines()
        if ":\t" in line)
    require(status["Seccomp"] == "2" and status["NoNewPrivs"] == "1", "the daemon runs without its sandbox")
    require(int(status["CapEff"], 16) == int(status["CapBnd"], 16) == 0, "the daemon has capabilities")
    require(status["Uid"].split()[0] != "0", "the daemon runs as root")
    require(host.jobs_made() == 1, f"{host.jobs_made()} jobs were made")
    return end["model_id"]


def scheduled(host):
    """threads that work long step back, under the filter of system calls"""
    tasks = host.container.path(f"/proc/{host.pid()}/task")
    # The niceness is the 17th field after the name, which may hold spaces.
    niceness = [int((task / "stat").read_text().rpartition(")")[2].split()[16]) for task in tasks.iterdir()]
    usual = min(niceness)
    back = sum(1 for one in niceness if one == min(usual + 10, 19))
    require(0 < back < len(niceness), f"the niceness of the threads: {niceness}")
    return f"{back} of {len(niceness)} threads are nicer than the others"


def restarted_under_load(host):
    """two restarts under load, and no client is refused"""
    before = host.pid()
    load = Load(host.socket_path(), clients=8)
    load.start()
    for _ in range(2):
        time.sleep(0.5)
        host.systemctl("restart", "finetuned.service")
    time.sleep(0.5)
    load.stop()
    require(host.pid() != before, "it was not restarted")
    require(not load.failures, f"{len(load.failures)} clients were turned away: {sorted(set(load.failures))[:3]}")
    return f"{load.answers} connections, each answered; the longest wait {load.longest * 1000:.0f} ms"


class Load:
    """Clients that connect, ask and are answered, over and over."""

    def __init__(self, path, clients):
        self.path = path
        self.answers = 0
        self.longest = 0
        self.failures = []
        self.lock = threading.Lock()
        self.is_over = False
        self.threads = [threading.Thread(target=self.ask, daemon=True) for _ in range(clients)]

    def start(self):
        for thread in self.threads:
            thread.start()

    def stop(self):
        self.is_over = True
        for thread in self.threads:
            thread.join(ANSWER_SECONDS)

    def ask(self):
        while not self.is_over:
            begun = now()
            failure = self.once()
            with self.lock:
                if failure:
                    self.failures.append(failure)
                else:
                    self.answers += 1
                    self.longest = max(self.longest, now() - begun)

    def once(self):
        try:
            connection = Connection(self.path)
            connection.send("GET", "heartbeat")
            reply = connection.reply()
            connection.close()
        except OSError as error:
            return str(error)
        if reply is None:
            return "no reply"
        return None if reply["status"] == 200 else str(reply["body"])


def reloaded(host):
    """a reload takes a good file, and what can change changes"""
    pid = host.pid()
    connected = host.connect()
    host.configure(CONFIGURATION + "access: {users: {root: admin}, default_role: reader}\nlimits: {nesting: 32}\n")
    host.systemctl("reload", "finetuned.service")
    entry = host.wait_for_entry("MESSAGE_ID=ef4642e859634d6fb33793c3122cb732", f"_PID={pid}")
    require(entry["FT_IN_EFFECT"] == "access.default_role access.users", f"in effect: {entry['FT_IN_EFFECT']}")
    require(entry["FT_AFTER_RESTART"] == "limits.nesting", f"after a restart: {entry['FT_AFTER_RESTART']}")
    host.wait_for_status("after a restart: limits.nesting")
    refused = host.finetunectl("connection", "remove", "sample", user="nobody", check=False)
    require(host.pid() == pid and host.is_active(), "the daemon did not live through it")
    connected.send("GET", "heartbeat")
    require(connected.reply()["status"] == 200, "a client that was connected was not answered")
    connected.close()
    require(refused.returncode != 0, "a reader removed a connection")
    host.configure(CONFIGURATION.replace("log_level: info", "log_level: debug"))
    host.systemctl("reload", "finetuned.service")
    # A job's measurements are told at that level.
    host.finish(host.order())
    host.wait_for_entry("PRIORITY=7", f"_PID={pid}")
    host.configure()
    host.systemctl("reload", "finetuned.service")
    return entry["MESSAGE"]


def bad_file(host):
    """a reload of a bad file fails, keeps the old one and says so"""
    pid = host.pid()
    host.configure(CONFIGURATION + "acess: {default_role: reader}\n")
    result = host.systemctl("reload", "finetuned.service", check=False)
    require(result.returncode != 0, "systemctl reload did not fail")
    entry = host.wait_for_entry("MESSAGE_ID=83223945b06b4aca9e06e9fb1bcb0f8d", f"_PID={pid}")
    require("did you mean access" in entry["MESSAGE"], entry["MESSAGE"])
    status = host.wait_for_status("the old one stays")
    require(host.pid() == pid and host.is_active(), "the daemon did not live through it")
    host.run("kill", "-HUP", str(pid))
    host.ask("GET", "heartbeat")
    host.configure()
    host.systemctl("reload", "finetuned.service")
    wait_until(lambda: "stays" not in host.property("StatusText"), "the trouble to be over", 20)
    return f"STATUS={status[:100]}…"


def bad_start(host):
    """a start with a bad file ends with 78 and is not repeated"""
    host.configure("acess: {}\n")
    host.systemctl("restart", "finetuned.service", check=False)
    code = host.property("ExecMainStatus")
    errno, text = host.property("StatusErrno"), host.property("StatusText")
    require(code == "78", f"it exited with {code}")
    require(errno == "22" and "acess" in text, f"ERRNO={errno} STATUS={text}")
    require(host.property("ActiveState") == "failed", "it was started again")
    host.configure()
    host.systemctl("restart", "finetuned.socket", "finetuned.service")
    return f"ExecMainStatus={code} ERRNO={errno}"


def watched(host):
    """a daemon that is well is left alone by the watchdog"""
    pid, told = host.pid(), set()
    wait_until(lambda: told.add(host.property("WatchdogTimestampMonotonic")) or len(told) >= 6, "life", 60, 0.5)
    require(host.pid() == pid and host.property("NRestarts") == "0", "it was ended")
    require(not host.journal(f"MESSAGE_ID={UNANSWERED}", f"_PID={pid}"), "a part gave no sign of life")
    return f"{len(told) - 1} signs of life; longer than the interval of {host.property('WatchdogUSec')}"


def stopped_process(host):
    """a SIGSTOPped daemon is ended by the watchdog, and its job finishes"""
    id, pid = host.order_under_way(), host.pid()
    begun = now()
    host.run("kill", "-STOP", str(pid))
    host.wait_for_another(pid)
    seconds = now() - begun
    return survived(host, id, seconds)


def stuck(part):
    def case(host):
        id = host.order_under_way()
        # Through the service manager's own environment, so that the unit stays as it is.
        host.systemctl("set-environment", f"FINETUNED_FAIL_POINT={HANGS[part]}=hang")
        host.systemctl("restart", "finetuned.service")
        host.systemctl("unset-environment", "FINETUNED_FAIL_POINT")
        pid, begun = host.pid(), now()
        host.wait_for_another(pid)
        seconds = now() - begun
        silent = {entry["FT_PART"] for entry in host.journal(f"MESSAGE_ID={UNANSWERED}", f"_PID={pid}")}
        require(silent == {SILENT[part]}, f"no sign of life of {sorted(silent)}, not of the {part} alone")
        return survived(host, id, seconds)

    case.__doc__ = f"a daemon whose {part} is stuck is ended by the watchdog, and its job finishes"
    case.__name__ = f"stuck_{part.replace(' ', '_')}"
    return case


def survived(host, id, seconds):
    made = host.jobs_made()
    ends = [entry["MESSAGE"] for entry in host.journal("UNIT=finetuned.service", f"--since=-{seconds + 5:.0f}s")]
    require(any("Watchdog timeout" in end for end in ends), "the watchdog did not end it")
    host.finish(id)
    require(host.jobs_made() == made, "the job was made twice")
    return f"another daemon was ready {seconds:.0f} s later"


def killed(host):
    """a daemon that gets SIGKILL is started again, and its job finishes"""
    id, pid = host.order_under_way(), host.pid()
    made, begun = host.jobs_made(), now()
    host.run("kill", "-KILL", str(pid))
    answer = host.ask("GET", "heartbeat")
    waited = now() - begun
    host.wait_for_another(pid)
    host.finish(id)
    require(answer and host.jobs_made() == made, "the job was made twice")
    return f"a client that connected meanwhile was answered after {waited:.1f} s"


def credentials(host):
    """keys come as credentials, and are in no environment and no unit"""
    shown = host.systemctl("show", "finetuned.service").stdout
    environment = host.container.path(f"/proc/{host.pid()}/environ").read_bytes().decode()
    command = host.container.path(f"/proc/{host.pid()}/cmdline").read_bytes().decode()
    require(KEY not in shown + environment + command, "the key can be seen")
    require("CREDENTIALS_DIRECTORY=" in environment, "there is no folder of credentials")
    other = "sk-sandbox-" + secrets.token_hex(8)
    host.provider("PUT", "api-key", {"api_key": other})
    id = host.order()
    status = host.wait_for_status("key refused")
    require(status.endswith("systemctl restart finetuned"), status)
    # What the status tells to do.
    host.container.write(f"{CREDENTIALS}/openai_api_key", other, 0o600)
    host.systemctl("restart", "finetuned")
    host.finish(id)
    return f"STATUS={status}"


def encrypted_credentials(host):
    """encrypted credentials, the storage key too, with the documented drop-in"""
    key = "sk-sandbox-" + secrets.token_hex(8)
    host.provider("PUT", "api-key", {"api_key": key})
    host.container.path(f"{CREDENTIALS}/openai_api_key").unlink()
    store = f"{CREDENTIALS}.encrypted"
    host.run("systemd-creds", "encrypt", "--name=openai_api_key", "-", f"{store}/openai_api_key", input=key)
    host.container.path("/run/storage.key").write_bytes(os.urandom(32))
    host.run("systemd-creds", "encrypt", "--name=storage_key", "/run/storage.key", f"{store}/storage_key")
    host.container.write(
        "/etc/systemd/system/finetuned.service.d/encrypted.conf",
        "[Service]\nLoadCredentialEncrypted=openai_api_key\nLoadCredentialEncrypted=storage_key\n")
    require(key not in host.container.path(f"{store}/openai_api_key").read_text(), "the key is not encrypted")
    host.systemctl("daemon-reload")
    host.systemctl("restart", "finetuned.service")
    host.finish(host.order())
    sealed = host.ask("POST", "database-connections", {
        "alias": "sealed", "connection_uri": f"sqlite://{DATA}/sample.sqlite", "llm_api_key": "sk-own-0123456789"})
    host.systemctl("restart", "finetuned.service")
    found = host.ask("GET", f"database-connections/{sealed['id']}")
    require(found["llm_api_key"].endswith("6789"), "the connection's key was not read back")
    host.ask("DELETE", f"database-connections/{sealed['id']}")
    host.container.path("/etc/systemd/system/finetuned.service.d/encrypted.conf").unlink()
    host.container.write(f"{CREDENTIALS}/openai_api_key", key, 0o600)
    host.systemctl("daemon-reload")
    host.systemctl("restart", "finetuned.service")
    return "openai_api_key and storage_key from /etc/credstore.encrypted"


def own_credentials(host):
    """a key in the daemon's own directory is replaced by a reload, and the job that waited goes on"""
    host.container.path(f"{CREDENTIALS}/openai_api_key").unlink()
    host.systemctl("restart", "finetuned.service")
    missing = host.wait_for_status("no key")
    require(missing.endswith("put it into credential openai_api_key, then: systemctl restart finetuned"), missing)
    replace_own_key(host)
    host.systemctl("reload", "finetuned.service")
    host.finish(host.order())
    pid = host.pid()
    host.provider("PUT", "api-key", {"api_key": "sk-sandbox-" + secrets.token_hex(8)})
    id = host.order()
    status = host.wait_for_status("key refused")
    require(status.endswith(f"replace {OWN_CREDENTIALS}/openai_api_key, then: systemctl reload finetuned"), status)
    key = replace_own_key(host)
    host.systemctl("reload", "finetuned.service")
    host.finish(id)
    require(host.pid() == pid, "it was restarted")
    require(key not in host.systemctl("show", "finetuned.service").stdout, "the key can be seen")
    refused_keys(host, key)
    return f"STATUS={status}"


def replace_own_key(host):
    """Gives the provider and the daemon another key, as the documentation says."""
    key = "sk-sandbox-" + secrets.token_hex(8)
    host.provider("PUT", "api-key", {"api_key": key})
    host.container.write("/root/openai.key", key, 0o600)
    host.run("install", "-m", "400", "-o", "finetuned", "/root/openai.key", f"{OWN_CREDENTIALS}/openai_api_key")
    return key


def refused_keys(host, key):
    """A key that others may read, and one that is there twice; then the key is a credential again."""
    own = f"{OWN_CREDENTIALS}/openai_api_key"
    host.run("chmod", "440", own)
    require(host.systemctl("reload", "finetuned.service", check=False).returncode != 0, "others may read the key")
    host.wait_for_status("chmod 400")
    host.run("chmod", "400", own)
    host.container.write(f"{CREDENTIALS}/openai_api_key", key, 0o600)
    host.systemctl("restart", "finetuned.service", check=False)
    require("remove one of them" in host.property("StatusText"), host.property("StatusText"))
    host.run("rm", own)
    host.systemctl("restart", "finetuned.service")


def denied(host):
    """a peer outside of the group is denied, a member is served"""
    host.run("useradd", "--groups", "finetuned", "--create-home", "member")
    outside = host.finetunectl("status", user="nobody", check=False)
    require(outside.returncode == 3 and "Permission denied" in outside.stderr, outside.stderr)
    host.finetunectl("status", user="member")
    backup = host.finetunectl("admin", "backup", user="member", check=False)
    require(backup.returncode == 1 and "admin" in backup.stderr, "a member may administer")
    return outside.stderr.splitlines()[1].strip()


def journal(host):
    """the journal holds fields, and FT_JOB tells a job's story"""
    id = host.order()
    host.finish(id)
    host.wait_for_entry(f"FT_JOB={id}", "FT_EVENT=succeeded")
    entries = host.journal(f"FT_JOB={id}")
    events = [entry["FT_EVENT"] for entry in entries if "FT_EVENT" in entry]
    require(events.index("accepted") < events.index("job_created") < events.index("succeeded"), f"events: {events}")
    last = next(entry for entry in entries if entry.get("FT_EVENT") == "succeeded")
    require(last["MESSAGE_ID"] == "4bb53ff06acb4a849383ba87deda821b", "another message id")
    for field in ("PRIORITY", "CODE_FILE", "CODE_LINE", "CODE_FUNC"):
        require(last.get(field), f"no {field}")
    require(last["_SYSTEMD_UNIT"] == "finetuned.service" and last["_TRANSPORT"] == "journal", "not native")
    explained = host.run("journalctl", "--catalog", "--no-pager", f"FT_JOB={id}", "FT_EVENT=succeeded").stdout
    require("A finetuning succeeded" in explained, "the catalog does not explain it")
    by_peer = host.journal(f"FT_JOB={id}", "FT_PEER_UID=0")
    return f"{len(entries)} entries of one job, {len(by_peer)} with its peer: {', '.join(events[:3])}, …"


def backup(host):
    """the backup timer makes backups, and rotates them"""
    timer = host.systemctl("list-timers", "--no-pager", "finetuned-backup.timer").stdout
    require("finetuned-backup.service" in timer, "the timer waits for nothing")
    folder = host.container.disk(f"{STATE}/backups")
    host.run("install", "-d", "-o", "finetuned", "-g", "finetuned", "-m", "700", f"{STATE}/backups")
    for day in range(10, 30):
        (folder / f"state-202001{day}T000000.sqlite").touch()
    host.run("chown", "--recursive", "finetuned:finetuned", f"{STATE}/backups")
    # It missed the last two days, and does not wait for the hour at random that it has.
    host.container.write(
        "/run/systemd/system/finetuned-backup.timer.d/at-once.conf", "[Timer]\nRandomizedDelaySec=0\n")
    host.run("touch", "--date=2 days ago", "/var/lib/systemd/timers/stamp-finetuned-backup.timer")
    host.systemctl("daemon-reload")
    host.systemctl("restart", "finetuned-backup.timer")
    wait_until(lambda: host.property("ExecMainExitTimestamp", "finetuned-backup.service"), "the timer's backup", 20)
    require(host.property("Result", "finetuned-backup.service") == "success", "the backup failed")
    names = sorted(file.name for file in folder.iterdir() if file.name.startswith("state-"))
    require(len(names) == 14, f"{len(names)} backups are left")
    with sqlite3.connect(f"file:{folder / names[-1]}?mode=ro&immutable=1", uri=True) as state:
        require(state.execute("PRAGMA integrity_check").fetchone() == ("ok",), "the backup is damaged")
        count = state.execute("SELECT count(*) FROM golden_records").fetchone()[0]
    require(count == 12, f"the backup has {count} golden records")
    return f"{len(names)} are left of 21, the newest is whole"


def waited_for(host):
    """a unit can wait for a job, and its exit code tells the outcome"""
    codes = []
    for end in ("succeeded", "failed", "cancelled"):
        id = host.order_under_way()
        unit = f"finetuned-wait@{host.finetuning(id)['alias']}.service"
        host.systemctl("start", "--no-block", unit)
        wait_until(lambda: host.property("ActiveState", unit) == "activating", "the unit to wait", 20)
        if end == "failed":
            job = host.finetuning(id)["finetuning_job_id"]
            host.provider("POST", f"jobs/{job}", {"fail": {"code": "server_error", "message": "no luck"}})
        elif end == "cancelled":
            host.ask("POST", f"finetunings/{id}/cancel")
        host.finish(id, end)
        wait_until(lambda: host.property("ActiveState", unit) != "activating", "the unit's end", 20)
        codes.append((host.property("ActiveState", unit), host.property("ExecMainStatus", unit)))
    require(codes == [("active", "0"), ("failed", "4"), ("failed", "5")], f"{codes}")
    return "succeeded 0, failed 4, cancelled 5"


def user_mode(host):
    """a user's own daemon, by systemctl --user, with a key of its owner"""
    uid, as_person = logged_in(host)
    key = "sk-sandbox-" + secrets.token_hex(8)
    host.provider("PUT", "api-key", {"api_key": key})
    write_own_configuration(host, key)
    as_person("systemctl", "--user", "daemon-reload")
    verify(as_person, "--user", "verify", *(f"/usr/lib/systemd/user/{unit}" for unit in USER_UNITS))
    as_person("systemctl", "--user", "start", "finetuned.socket")
    path = f"/run/user/{uid}/finetuned/finetuned.sock"
    role = json.loads(as_person("finetunectl", "--socket", path, "status", "--json").stdout)["role"]
    require(role == "admin", f"its owner's role is {role}")
    state = as_person("systemctl", "--user", "show", "--value", "--property=ActiveState", "finetuned.service").stdout
    require(state.strip() == "active", f"the daemon is {state}")
    require(host.container.path("/home/person/.local/state/finetuned/state.sqlite").exists(), "no state")
    own = host.with_socket(path)
    own.register()
    own.finish(own.order())
    shown = as_person("systemctl", "--user", "show", "finetuned.service").stdout
    require(key not in shown, "the key can be seen")
    for change in ("reload", "restart"):
        as_person("systemctl", "--user", change, "finetuned.service")
    host.systemctl("stop", f"user@{uid}.service")
    host.provider("PUT", "api-key", {"api_key": host.container.path(f"{CREDENTIALS}/openai_api_key").read_text()})
    return f"started by its socket {path}; a job with its owner's credential"


def logged_in(host):
    """A user whose service manager runs: the number, and what runs commands as that user."""
    # The login manager, which is masked here, would have set this.
    host.container.write(
        "/etc/systemd/system/user@.service.d/runtime.conf", "[Service]\nEnvironment=XDG_RUNTIME_DIR=/run/user/%i\n")
    host.run("useradd", "--create-home", "person")
    uid = host.run("id", "-u", "person").stdout.strip()
    host.systemctl("daemon-reload")
    host.systemctl("start", f"user@{uid}.service")

    def as_person(*command):
        return host.run("runuser", "-u", "person", "--", "env", f"XDG_RUNTIME_DIR=/run/user/{uid}", *command)

    return uid, as_person


def write_own_configuration(host, key):
    home = "/home/person/.config"
    host.container.write(f"{home}/finetuned/finetuned.yaml", CONFIGURATION)
    host.container.write(f"{home}/finetuned/credentials/openai_api_key", key, 0o400)
    host.run("chown", "--recursive", "person:person", home)


def upgraded(host):
    """an upgrade with a job under way loses neither the job nor a client"""
    id, pid = host.order_under_way(), host.pid()
    made = host.jobs_made()
    load = Load(host.socket_path(), clients=2)
    load.start()
    host.install(host.package)
    load.stop()
    host.wait_for_another(pid)
    host.finish(id)
    require(host.jobs_made() == made, "the job was made twice")
    require(not load.failures, f"{len(load.failures)} clients were turned away: {sorted(set(load.failures))[:3]}")
    version = host.run("dpkg-query", "--show", "--showformat=${Version}", "finetuned").stdout
    require(version != "0.0.1", "it is the version from before")
    kept = host.container.path("/etc/finetuned/finetuned.yaml").read_text()
    require(kept == CONFIGURATION, "the configuration was replaced")
    return f"0.0.1 to {version}; {load.answers} connections meanwhile, each answered"


def migrated(host):
    """a state of an older version is migrated, for longer than a start may take, and its job goes on"""
    under_way = host.finetuning(host.order_under_way())
    id = lay_down_older_state(host, under_way)
    limit = "/run/systemd/system/finetuned.service.d/limit.conf"
    host.container.write(limit, f"[Service]\nTimeoutStartSec={START_SECONDS}\n")
    host.systemctl("daemon-reload")
    host.systemctl("set-environment", f"FINETUNED_FAIL_POINT=store.migration.before={MIGRATION_SECONDS}s")
    begun = now()
    host.systemctl("start", "--no-block", "finetuned.service")
    status = host.wait_for_status("migrating")
    connected = host.connect()
    connected.send("GET", f"finetunings/{id}")
    reply = connected.reply()
    seconds = now() - begun
    connected.close()
    host.systemctl("unset-environment", "FINETUNED_FAIL_POINT")
    require(host.property("NRestarts") == "0", "the start was cut off")
    require(seconds > START_SECONDS, f"it took {seconds:.0f} s, which is too short to tell")
    require(reply and reply["body"]["finetuning_job_id"] == under_way["finetuning_job_id"], f"the job: {reply}")
    made = host.jobs_made()
    host.finish(id)
    require(host.jobs_made() == made, "the job was made twice")
    backups = [file.name for file in host.container.disk(f"{STATE}/backups").iterdir() if "before-" in file.name]
    require(backups, "there is no backup of the older state")
    host.container.path(limit).unlink()
    host.systemctl("daemon-reload")
    return f"{seconds:.0f} s with TimeoutStartSec={START_SECONDS}; STATUS={status[:60]}…; {backups[0]}"


def lay_down_older_state(host, under_way):
    """Puts the state of an older version, to which the job at the provider belongs, in place of the daemon's own, and
    returns the id of its finetuning."""
    host.systemctl("stop", "finetuned.service")
    older = OLDER_STATE.read_text()
    for name in ("finetuning_file_id", "finetuning_job_id"):
        older = older.replace(f"@{name}@", under_way[name])
    file = host.container.disk(f"{STATE}/state.sqlite")
    file.unlink()
    with sqlite3.connect(file) as state:
        state.executescript(older)
        host.connection = state.execute("SELECT lower(hex(id)) FROM database_connections").fetchone()[0]
        id = state.execute("SELECT lower(hex(id)) FROM finetunings").fetchone()[0]
    state.close()
    host.run("chown", "finetuned:finetuned", f"{STATE}/state.sqlite")
    return id


def stopped_with_many_jobs(host):
    """a stop with many jobs in flight ends within its limit"""
    host.set_speed(SLOW)
    connection = host.connect()
    for number in range(LOADED_JOBS):
        connection.send("POST", "finetunings", host.order_body(f"load-{number}"), id=number)
        reply = connection.reply()
        require(reply and reply["status"] == 201, f"an order was refused: {reply}")
    connection.close()
    begun = now()
    host.systemctl("stop", "finetuned.service")
    seconds = now() - begun
    require(host.property("Result") == "success", f"it ended with {host.property('Result')}")
    require(seconds < 20, f"it took {seconds:.0f} s")
    host.systemctl("start", "finetuned.service")
    counts = host.ask("GET", "status")["finetunings"]
    under_way = counts["queued"] + counts["validating_files"] + counts["running"]
    require(under_way == LOADED_JOBS, f"{under_way} jobs are under way after the start")
    return f"{LOADED_JOBS} jobs in flight: {seconds:.1f} s"


def cold_start(host):
    """a cold start with many golden records (the time is printed)"""
    host.systemctl("stop", "finetuned.socket", "finetuned.service")
    with sqlite3.connect(host.container.disk(f"{STATE}/state.sqlite")) as state:
        state.execute("PRAGMA journal_mode = DELETE")
        state.execute("DELETE FROM finetunings")
        multiply(state, RECORDS)
    state.close()
    host.run("chown", "--recursive", "finetuned:finetuned", STATE)
    warm = [started_after(host) for _ in range(3)]
    for file in ("/usr/bin/finetuned", f"{STATE}/state.sqlite"):
        drop_from_memory(host.container.disk(file))
    from_disk = started_after(host)
    host.systemctl("start", "finetuned.service")
    host.run("kill", "-KILL", str(host.pid()))
    host.systemctl("stop", "finetuned.socket", "finetuned.service")
    after_crash = started_after(host)
    host.systemctl("start", "finetuned.socket", "finetuned.service")
    return (f"{RECORDS} golden records: READY after {', '.join(f'{ms:.0f}' for ms in warm)} ms; with nothing in memory "
            f"{from_disk:.0f} ms; after a crash, with all of it checked first, {after_crash:.0f} ms")


def started_after(host):
    """The milliseconds from the start of the service, which is then stopped again, to READY=1."""
    host.systemctl("start", "finetuned.socket", "finetuned.service")
    begun, ended = (int(host.property(f"{name}TimestampMonotonic")) for name in ("InactiveExit", "ActiveEnter"))
    host.systemctl("stop", "finetuned.socket", "finetuned.service")
    return (ended - begun) / 1000


def drop_from_memory(file):
    with open(file, "rb") as opened:
        os.fsync(opened.fileno())
        os.posix_fadvise(opened.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def multiply(state, count):
    """Fills the golden records up to a number with copies of the first, under ids of their own."""
    state.execute("PRAGMA foreign_keys = OFF")
    first = list(state.execute("SELECT * FROM golden_records LIMIT 1").fetchone())
    have = state.execute("SELECT count(*) FROM golden_records").fetchone()[0]
    places = ",".join("?" * len(first))
    rows = ((secrets.token_bytes(12) if isinstance(first[0], bytes) else secrets.token_hex(12), *first[1:])
            for _ in range(count - have))
    state.executemany(f"INSERT INTO golden_records VALUES ({places})", rows)
    count_records(state)


def removed(host):
    """the package removes and purges cleanly"""
    host.run("dpkg", "--remove", "finetuned")
    host.install(host.package)
    require(all(map(host.is_active, UNITS[:2])), "it does not run after a removal and another installation")
    host.run("dpkg", "--remove", "finetuned")
    require(not host.is_active() and not host.is_active("finetuned.socket"), "it still runs")
    require(not host.container.path("/run/finetuned/finetuned.sock").exists(), "the socket is left")
    require(host.container.path(f"{STATE}/state.sqlite").exists(), "the state went before a purge")
    host.run("dpkg", "--purge", "finetuned")
    for path in (STATE, "/etc/finetuned", "/run/finetuned", "/lib/systemd/system/finetuned.service"):
        require(not host.container.path(path).exists(), f"{path} is left")
    links = host.run("find", "/etc/systemd/system", "-name", "finetuned*", "-type", "l").stdout
    require(not links, f"left: {links}")
    require("enabled" not in host.run("systemctl", "list-unit-files", "finetuned*", check=False).stdout, "units left")
    return "stopped, its state kept until the purge"


# What the others stand on.
FIRST = [installed, activated]
# A container each, at a time: the first spends most of its time waiting for the watchdog.
CONTAINERS = [
    [watched, stopped_process, *map(stuck, HANGS), killed],
    [job, scheduled, restarted_under_load, reloaded, bad_file, bad_start, credentials, encrypted_credentials,
     own_credentials, denied, journal, backup, waited_for, user_mode, upgraded, migrated, stopped_with_many_jobs,
     cold_start, removed],
]
