"""Power cuts: ext4 on a loop device, shut down without flushing its log in the middle of the load, mounted again.

A power cut stops the machine with its disk. So the daemon is frozen first: what it says after the disk is gone it could never have said.
(Without that an fsync under way while the file system is being shut down may return success, and the answer that follows it counts as given.)

The negative control comes first: on this rig a file that was not synced must be gone and a synced one must be there;
without that the rest would prove nothing."""
import array
import fcntl
import os
import pathlib
import random
import signal
import subprocess
import time

import pytest

from rig.intaked import SECRET
from rig.oracle import Load, Oracle

EXT4_IOC_SHUTDOWN = 0x8004587D          # _IOR('X', 125, uint32_t)
NO_LOG_FLUSH = 2
pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="mounts a loop device: needs root")


class Disk:
    def __init__(self, folder):
        self.image, self.path = folder / "disk.img", folder / "state"
        self.path.mkdir(exist_ok=True)
        with open(self.image, "wb") as f:
            f.truncate(256 * 1024 * 1024)
        subprocess.run(["mkfs.ext4", "-q", "-F", str(self.image)], check=True)
        self.mount()
        self.path.chmod(0o700)

    def mount(self):
        subprocess.run(["mount", "-o", "loop", str(self.image), str(self.path)], check=True)

    def cut(self):
        fd = os.open(self.path, os.O_RDONLY)
        fcntl.ioctl(fd, EXT4_IOC_SHUTDOWN, array.array("I", [NO_LOG_FLUSH]))
        os.close(fd)

    def again(self):
        for _ in range(50):
            if subprocess.run(["umount", str(self.path)], capture_output=True).returncode == 0:
                break
            time.sleep(0.1)
        self.mount()

    def close(self):
        subprocess.run(["umount", "-l", str(self.path)], capture_output=True)


@pytest.fixture
def disk(folder):
    try:
        d = Disk(folder)
    except subprocess.CalledProcessError as error:
        pytest.skip(f"no loop device to mount: {error}")
    yield d
    d.close()


def test_the_rig_loses_what_was_not_synced(disk):
    synced, unsynced = disk.path / "synced", disk.path / "unsynced"
    with open(synced, "wb") as f:
        f.write(b"x" * 4096)
        f.flush()
        os.fsync(f.fileno())
    unsynced.write_bytes(b"y" * 4096)
    disk.cut()
    disk.again()
    assert synced.exists() and synced.read_bytes() == b"x" * 4096
    assert not unsynced.exists() or unsynced.read_bytes() != b"y" * 4096


def freeze(process):
    """Returns when no thread of it runs any more: each has ended the system call it was in."""
    process.send_signal(signal.SIGSTOP)
    until = time.monotonic() + 30
    while time.monotonic() < until:
        states = [stat.read_text().rpartition(")")[2].split()[0] for stat in pathlib.Path(f"/proc/{process.pid}/task").glob("*/stat")]
        if set(states) <= {"T", "t"}:
            return
        time.sleep(0.001)
    raise AssertionError(f"the daemon does not stop: {states}")


def cuts(daemon, disk, count, seed):
    oracle, rng = Oracle(), random.Random(seed)
    daemon.conf["store"].update({"free_space": "16M", "checkpoint_pages": 4000})
    daemon.start()
    load = Load(oracle, daemon, SECRET, seed).start()
    for _ in range(count):
        time.sleep(rng.uniform(0.1, 0.8))
        freeze(daemon.process)
        disk.cut()
        daemon.kill()
        disk.again()
        check = subprocess.run(["sqlite3", str(disk.path / "intaked.db"), "PRAGMA integrity_check"], capture_output=True, text=True)
        assert check.stdout.strip() == "ok", check
        daemon.start()
    load.stop()
    report = oracle.judge(daemon.tickets(), [], [])
    print({k: v if isinstance(v, int) else len(v) for k, v in report.items()})
    daemon.stop()
    assert report["accepted"] > 20
    assert report["lost"] == [] and report["doubled"] == [] and report["answers_differ"] == []


def test_five_power_cuts_lose_and_double_nothing(disk, daemon):
    cuts(daemon, disk, 5, 1)


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_fifty_power_cuts_lose_and_double_nothing(disk, daemon):
    cuts(daemon, disk, 50, 2)
