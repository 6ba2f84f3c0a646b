"""A container with a systemd of its own, over a copy-on-write view of this machine's root."""

import errno
import os
import pathlib
import secrets
import shutil
import signal
import subprocess
import tempfile
import time

BOOT_SECONDS = 90
COMMAND_SECONDS = 180
REMOVAL_SECONDS = 10
# They need what a container over another machine's root lacks, and nothing here needs them.
MASKED = ["systemd-tmpfiles-setup", "systemd-logind", "systemd-timesyncd", "systemd-networkd"]

LEFT_BEHIND = ["var/log/journal", "var/lib/finetuned", "etc/finetuned", "etc/credstore", "etc/credstore.encrypted"]


class Failed(Exception):
    """Something is not as it was promised."""


class ControlGroups:
    """Groups for one container alone, in each hierarchy that a systemd keeps its services in.

    Without them systemd-nspawn puts the containers of one caller into the same groups, where the systemd of one removes
    those in which another is about to start its services: they end with 219/CGROUP.
    """

    # By the hierarchy's name in /proc: where it is mounted, alone or beside the older ones.
    MOUNTS = {"": ["unified", "."], "name=systemd": ["systemd"]}

    def __init__(self, name):
        self.folders = []
        for line in pathlib.Path("/proc/self/cgroup").read_text().splitlines():
            _, hierarchy, own = line.split(":", 2)
            mounts = (pathlib.Path("/sys/fs/cgroup") / mount for mount in self.MOUNTS.get(hierarchy, []))
            root = next((mount for mount in mounts if (mount / "cgroup.procs").exists()), None)
            if root:
                self.folders.append(root / own.lstrip("/") / name)
        for folder in self.folders:
            folder.mkdir()

    def around(self, command):
        """The command, which joins the groups before it begins."""
        joined = "".join(f'echo $$ >"{folder}/cgroup.procs"; ' for folder in self.folders)
        return ["sh", "-c", f'{joined}exec "$@"', "sh", *command]

    def close(self):
        wait_until(self.are_removed, "the control groups to be empty", REMOVAL_SECONDS)

    def are_removed(self):
        try:
            for folder in self.folders:
                # From the innermost outwards. The files in them are the kernel's, and go with them.
                for path, *_ in os.walk(folder, topdown=False):
                    os.rmdir(path)
        except OSError as error:
            if error.errno != errno.EBUSY:
                raise
            return False
        return True


def wait_until(condition, what, seconds, pause=0.1):
    deadline = time.monotonic() + seconds
    while not (found := condition()):
        if time.monotonic() > deadline:
            raise Failed(f"waited {seconds} s in vain for {what}")
        time.sleep(pause)
    return found


class Container:
    """Boots when it is made; `close` leaves nothing behind.

    Its network is its own and leads nowhere, so that nothing in it meets what else runs on this machine.
    """

    def __init__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="finetuned-systemd-"))
        self.name = f"finetuned-{secrets.token_hex(4)}"
        self.console = self.folder / "console.log"
        self.process = None
        self.leader = None
        self.is_mounted = False
        self.groups = ControlGroups(self.name)
        try:
            self.mount()
            self.boot()
        except BaseException:
            self.close()
            raise

    def mount(self):
        for part in ("upper", "work", "root"):
            (self.folder / part).mkdir()
        options = f"lowerdir=/,upperdir={self.folder}/upper,workdir={self.folder}/work"
        subprocess.run(["mount", "-t", "overlay", "overlay", "-o", options, self.folder / "root"], check=True)
        self.is_mounted = True
        for unit in MASKED:
            path = self.folder / "root/etc/systemd/system" / f"{unit}.service"
            path.unlink(missing_ok=True)
            path.symlink_to("/dev/null")
        # What this machine has of its own is not the container's.
        for path in LEFT_BEHIND:
            shutil.rmtree(self.folder / "root" / path, ignore_errors=True)

    def boot(self):
        command = [
            "systemd-nspawn", "--quiet", f"--directory={self.folder}/root", f"--machine={self.name}", "--register=no",
            "--keep-unit", "--private-network", "--link-journal=no", "--resolv-conf=off", "--timezone=off",
            "--console=pipe", "--boot", "--", "--unit=basic.target",
        ]
        with open(self.console, "wb") as console:
            self.process = subprocess.Popen(
                self.groups.around(command), stdin=subprocess.DEVNULL, stdout=console, stderr=console,
                start_new_session=True)
        wait_until(self.has_booted, "the container to boot", BOOT_SECONDS)

    def find_leader(self):
        if self.process.poll() is not None:
            raise Failed(f"systemd-nspawn ended: {self.console.read_text(errors='replace')}")
        children = pathlib.Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        return int(children[0]) if children else None

    def has_booted(self):
        # At first nspawn has another child, which makes the namespaces and goes away.
        self.leader = self.find_leader()
        if not self.leader:
            return False
        state = self.run("systemctl", "is-system-running", check=False).stdout.strip()
        return state in ("running", "degraded")

    def path(self, path):
        """A file of the container, as this machine sees it."""
        return pathlib.Path(f"/proc/{self.leader}/root{path}")

    def disk(self, path):
        """The same for a file that is on the container's disk, by a path without links for SQLite to follow."""
        return self.folder / "root" / path.removeprefix("/")

    def write(self, path, text, mode=0o644):
        file = self.path(path)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
        file.chmod(mode)

    def take(self, file):
        """A copy of one of this machine's files inside; its path there."""
        target = f"/var/tmp/{file.name}"
        shutil.copy(file, self.path(target))
        return target

    def run(self, *command, check=True, input=None, seconds=COMMAND_SECONDS):
        entered = ["nsenter", "--target", str(self.leader), "--mount", "--uts", "--ipc", "--net", "--pid", "--"]
        environment = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LANG": "C.UTF-8", "DEBIAN_FRONTEND": "noninteractive"}
        result = subprocess.run(
            entered + [str(word) for word in command], capture_output=True, text=True, input=input,
            timeout=seconds, env=environment)
        if check and result.returncode != 0:
            raise Failed(f"{' '.join(map(str, command))}: {result.returncode}: {result.stderr or result.stdout}")
        return result

    def close(self):
        if self.process and self.process.poll() is None:
            # What nspawn takes as the wish to shut down in order; after that, all of it goes at once.
            self.process.terminate()
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                if self.leader:
                    os.kill(self.leader, signal.SIGKILL)
                self.process.kill()
                self.process.wait()
        if self.is_mounted:
            subprocess.run(["umount", "--lazy", self.folder / "root"], check=False)
        shutil.rmtree(self.folder, ignore_errors=True)
        self.groups.close()
