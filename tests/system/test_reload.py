"""What a reload puts into force, what it refuses because only a restart can change it, and that neither loses anything."""
import os
import pathlib
import signal
import subprocess

import pytest

from rig.ports import free_port
from rig.talk import eventually, lmtp, mail, raw_http

HEALTH = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"


def reload(daemon, says="the new configuration is in force"):
    """SIGHUP with daemon.conf as it is now; waits for the answer in the log and returns what was logged since."""
    daemon.write_config()
    before = len(daemon.log_path.read_text(errors="replace"))
    daemon.signal(signal.SIGHUP)
    said = lambda: daemon.log_path.read_text(errors="replace")[before:]     # noqa: E731
    assert eventually(lambda: says in said()), said()
    daemon.wait_ready()
    return said()


# ---- what needs a restart

FIXED = [("store", "dir", "other-state"), ("store", "page_cache", "16M"), ("store", "search", False), ("control", "socket", "other.sock"),
         ("core", "plugin_dir", "plugins")]


@pytest.mark.parametrize("section, key, value", FIXED, ids=[f"{s}.{k}" for s, k, _ in FIXED])
def test_what_only_a_restart_can_change_is_refused_with_its_line_and_nothing_changes(daemon, section, key, value):
    daemon.start()
    daemon.conf[section][key] = str(daemon.folder / value) if key in ("dir", "socket", "plugin_dir") else value
    daemon.conf["smtp"]["maildir"] = str(daemon.folder / "other-maildir")
    said = reload(daemon, "the old one stays in force")
    line = next(n for n, text in enumerate(daemon.config_path.read_text().splitlines(), 1) if text.startswith(f"  {key}:"))
    assert f"{daemon.config_path}:{line}:" in said and f"{section}.{key}: changing " in said and "needs a restart" in said
    assert lmtp(daemon.lmtp_port, mail()) == 250
    assert eventually(lambda: [t["ack"]["state"] for t in daemon.tickets()] == ["sent"])
    assert list((daemon.folder / "maildir" / "new").iterdir()) and not (daemon.folder / "other-maildir").exists(), "no half of it came into force"
    assert not (daemon.folder / "other-state").exists()


def test_what_a_reload_can_change_is_in_force_afterwards(daemon):
    daemon.start()
    old, daemon.lmtp_port = daemon.lmtp_port, free_port()
    daemon.conf["channels"]["mail"]["listen"] = [f"127.0.0.1:{daemon.lmtp_port}"]
    daemon.conf["smtp"]["maildir"] = str(daemon.folder / "other-maildir")
    daemon.conf["worker"] = {"processes": 1}
    reload(daemon)
    with pytest.raises(OSError):
        lmtp(old, mail())
    assert lmtp(daemon.lmtp_port, mail()) == 250
    assert eventually(lambda: list((daemon.folder / "other-maildir" / "new").glob("*")))


def test_a_further_address_leaves_the_first_one_open(daemon):
    """A client that connects while the services are made anew waits in the queue of the socket, which is the same one throughout."""
    daemon.start()
    def target(fd):
        try:
            return os.readlink(f"/proc/{daemon.process.pid}/fd/{fd}")
        except FileNotFoundError:                       # closed since it was listed
            return None
    def inodes():
        return {target(fd) for fd in os.listdir(f"/proc/{daemon.process.pid}/fd")}
    def listening():
        table = [line.split() for line in open(f"/proc/{daemon.process.pid}/net/tcp").readlines()[1:]]
        return {int(row[1].split(":")[1], 16): f"socket:[{row[9]}]" for row in table if row[3] == "0A" and f"socket:[{row[9]}]" in inodes()}
    before, further = listening(), free_port()
    daemon.conf["http"]["listen"] += [f"127.0.0.1:{further}"]
    reload(daemon)
    after = listening()
    assert after[daemon.http_port] == before[daemon.http_port]
    assert raw_http(further, HEALTH).startswith(b"HTTP/1.1 200")
    daemon.conf["http"]["listen"].pop()
    reload(daemon)
    assert further not in listening() and listening()[daemon.http_port] == before[daemon.http_port]


# ---- when the disk fails at the very end

def test_a_disk_that_fails_during_the_last_checkpoint_is_told_by_the_exit_status(daemon):
    daemon.start(env={"ASAN_OPTIONS": "detect_leaks=0"})    # an instrumented build cannot look for leaks under a tracer
    assert lmtp(daemon.lmtp_port, mail()) == 250
    assert eventually(lambda: {o["state"] for o in daemon.ctl("outbox")} == {"sent"})       # from here on nothing is written until the end
    tracer = subprocess.Popen(["strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=fdatasync,fsync", "-e", "inject=fdatasync,fsync:error=EIO",
                               "-p", str(daemon.process.pid)], stderr=subprocess.DEVNULL)
    threads = pathlib.Path(f"/proc/{daemon.process.pid}/task")
    assert eventually(lambda: all(f"TracerPid:\t{tracer.pid}" in (t / "status").read_text() for t in threads.iterdir()))
    assert daemon.stop() == os.EX_IOERR
    assert "the store cannot be trusted" in daemon.log()
    tracer.wait(30)
    daemon.start()
    assert len(daemon.ctl("list")) == 1
