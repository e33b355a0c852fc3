"""Full disks and failing writes: no 2xx for what is not stored, recovery by itself, and an fsync error ends the process."""
import os
import pathlib
import subprocess
import time

import pytest

from rig.intaked import SECRET
from rig.oracle import Load, Oracle, drained
from rig.talk import eventually

needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="mounts a tmpfs: needs root")


@pytest.fixture
def small_disk(folder):
    """A tmpfs of 64 MB for the state directory."""
    path = folder / "state"
    path.mkdir(exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64m,mode=700", "tmpfs", str(path)], check=True)
    yield path
    subprocess.run(["umount", "-l", str(path)], check=False)


def fill(path, left):
    """Takes all but `left` bytes of the disk, whatever others write meanwhile."""
    with open(path, "wb", buffering=0) as f:
        while (free := os.statvfs(path.parent)).f_bavail * free.f_frsize > left:
            try:
                f.write(b"x" * min(1 << 20, free.f_bavail * free.f_frsize - left))
            except OSError:
                return


@needs_root
def test_a_full_disk_refuses_and_recovers_by_itself(small_disk, daemon):
    daemon.conf["store"].update({"free_space": "4M", "checkpoint_pages": 1000})
    daemon.start()
    oracle = Oracle()
    load = Load(oracle, daemon, SECRET).start(webhooks=2, mails=1)
    time.sleep(1)
    ballast = small_disk / "ballast"
    fill(ballast, 1024 * 1024)
    assert eventually(lambda: not daemon.ctl("status")["has_room"])
    time.sleep(1)                                   # for what was on its way
    before = len(oracle.accepted)
    time.sleep(1)
    assert len(oracle.accepted) - before <= 3, "accepted although there is no room"
    ballast.unlink()
    assert eventually(lambda: len(oracle.accepted) > before + 3), "did not recover"
    load.stop()
    report = oracle.judge(daemon.tickets(), [], [])
    assert report["lost"] == [] and report["doubled"] == []


def inject(daemon, what):
    """Starts the daemon under strace with one injected failure in the commit path; its exit status."""
    trace = daemon.folder / "trace"
    daemon.start(prefix=["strace", "-f", "-o", str(trace), "-e", "trace=fdatasync,fsync,pwrite64", "-e", f"inject={what}"], wait_s=0)


def test_eio_on_fdatasync_ends_the_process_and_loses_nothing(daemon):
    daemon.start()
    daemon.stop()                                   # the store exists: from here on syncs are commits
    oracle = Oracle()
    load = Load(oracle, daemon, SECRET)
    inject(daemon, "fdatasync:error=EIO:when=30+")
    load.start(webhooks=2, mails=1)
    status = daemon.process.wait(60)
    assert status in (74, 128 + 6, -6), f"ended with {status}\n{daemon.log()}"
    daemon.start()
    time.sleep(0.5)
    load.stop()
    report = oracle.judge(daemon.tickets(), [], [])
    assert report["lost"] == [] and report["doubled"] == [], report


@pytest.mark.parametrize("call", ["pwrite64", "fdatasync"])
def test_a_kill_at_every_system_call_of_the_commit_loses_nothing(daemon, call):
    """The n-th write or sync kills the process, for n = 1, 2, 3, ...; after each the store is whole and complete."""
    oracle = Oracle()
    load = Load(oracle, daemon, SECRET)
    daemon.start()
    load.start(webhooks=1, mails=1)
    most = 24 if call == "pwrite64" else 12
    for n in range(1, most + 1):
        time.sleep(0.05)
        daemon.kill()
        daemon.start(prefix=["strace", "-f", "-qq", "-o", "/dev/null", "-e", f"trace={call}", "-e", f"inject={call}:signal=KILL:when={n}"], wait_s=0)
        try:
            daemon.process.wait(8)
        except subprocess.TimeoutExpired:
            daemon.kill()
            subprocess.run(["pkill", "-9", "-f", str(daemon.config_path)], check=False)
        daemon.start()
    load.stop()
    drained(daemon)
    report = oracle.judge(daemon.tickets(), [], [])
    assert report["lost"] == [] and report["doubled"] == [] and report["answers_differ"] == [], report


@pytest.mark.parametrize("call", ["pwrite64", "fdatasync", "fsync"])
def test_no_space_at_the_nth_call_is_survived(daemon, call):
    oracle = Oracle()
    load = Load(oracle, daemon, SECRET)
    daemon.start()
    daemon.stop()
    for n in (1, 3, 7, 12, 20):
        daemon.start(prefix=["strace", "-f", "-qq", "-o", "/dev/null", "-e", f"trace={call}", "-e", f"inject={call}:error=ENOSPC:when={n}"], wait_s=0)
        load = Load(oracle, daemon, SECRET).start(webhooks=1, mails=1)
        time.sleep(1.5)
        if daemon.process.poll() is not None:
            daemon.start()                          # a failed fsync ends the process by design
        load.stop()
        subprocess.run(["pkill", "-9", "-f", str(daemon.config_path)], check=False)
        daemon.process.wait(10)
    daemon.start()
    report = oracle.judge(daemon.tickets(), [], [])
    assert report["lost"] == [] and report["doubled"] == [], report


def test_no_space_while_the_index_of_likeness_is_filled_hurts_nobody(daemon):
    """Its file alone has no room for the first two writes: intake goes on, repeats are known from memory, and later the file is complete."""
    daemon.conf["similar"] = {"enabled": True}
    daemon.start()
    daemon.stop()
    path = daemon.folder / "state" / "similar.db"
    daemon.start(prefix=["strace", "-f", "-qq", "-o", str(daemon.folder / "trace"), "-P", str(path), "-P", f"{path}-wal", "-e", "trace=pwrite64", "-e", "inject=pwrite64:error=ENOSPC:when=1..2"])
    oracle = Oracle()
    load = Load(oracle, daemon, SECRET).start(webhooks=2, mails=1)
    time.sleep(3)
    assert eventually(lambda: len(oracle.accepted) > 20)
    load.stop()
    assert "ENOSPC" in (daemon.folder / "trace").read_text(), "the failure was injected"
    assert eventually(lambda: daemon.ctl("status")["similar"]["behind"] == 0, 60), daemon.log()[-2000:]
    assert "disk is full" in daemon.log() and daemon.process.poll() is None
    subprocess.run(["pkill", "-9", "-f", str(daemon.config_path)], check=False)
    daemon.process.wait(10)
    daemon.start()
    report = oracle.judge(daemon.tickets(), [], [])
    assert report["lost"] == [] and report["doubled"] == [], report


def test_two_daemons_never_share_a_store(daemon):
    daemon.start()
    second = subprocess.run([str(daemon.build / "intaked"), "--config", str(daemon.config_path)], capture_output=True, text=True, timeout=20)
    assert second.returncode == 78
    assert str(daemon.process.pid) in second.stderr
    assert pathlib.Path(daemon.folder / "control.sock").exists()
