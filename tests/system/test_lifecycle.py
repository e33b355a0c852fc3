"""Start, reload and stop as systemd sees them; what the daemon refuses to start with; programs as channels; a full disk."""
import json
import os
import pathlib
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request

import pytest

from rig.intaked import SECRET, Intaked
from rig.ports import free_port
from rig.oracle import Load, Oracle, drained
from rig.smtp_peer import SmtpPeer
from rig.smtp_sink import SmtpSink
from rig.talk import eventually, lmtp, mail, raw_http

HEALTH = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"


# ---- sd_notify

class NotifySocket:
    """What the daemon tells systemd, in order."""

    def __init__(self, folder):
        self.path = str(folder / "notify.sock")
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.socket.bind(self.path)
        self.socket.settimeout(0.1)
        self.said = []

    def read(self):
        try:
            while True:
                self.said += self.socket.recv(4096).decode().splitlines()
        except TimeoutError:
            pass
        return self.said

    def until(self, word, wait_s=30):
        return eventually(lambda: word in self.read(), wait_s)


def test_systemd_is_told_ready_reloading_alive_and_stopping(daemon):
    notify = NotifySocket(daemon.folder)
    daemon.start(env={"NOTIFY_SOCKET": notify.path, "WATCHDOG_USEC": "600000"})
    assert notify.until("READY=1")
    assert raw_http(daemon.http_port, HEALTH).startswith(b"HTTP/1.1 200"), "ready means served"
    notify.said.clear()
    begin = time.monotonic()
    assert eventually(lambda: notify.read().count("WATCHDOG=1") >= 4)
    assert notify.said.count("WATCHDOG=1") <= 4 + (time.monotonic() - begin) / 0.15
    notify.said.clear()
    daemon.signal(signal.SIGHUP)
    assert notify.until("READY=1")
    said = [line for line in notify.said if "=" in line and not line.startswith(("STATUS", "WATCHDOG"))]
    assert said[0] == "RELOADING=1" and said[-1] == "READY=1"
    notify.said.clear()
    assert daemon.stop() == 0
    assert notify.until("STOPPING=1")


def test_the_watchdog_falls_silent_with_the_store(daemon):
    """The control: a store whose file system hangs is not told as alive. A stopped process stands for it."""
    notify = NotifySocket(daemon.folder)
    daemon.start(env={"NOTIFY_SOCKET": notify.path, "WATCHDOG_USEC": "600000"})
    assert notify.until("WATCHDOG=1")
    daemon.signal(signal.SIGSTOP)
    time.sleep(0.3)
    notify.read()
    notify.said.clear()
    time.sleep(1)
    assert "WATCHDOG=1" not in notify.read()
    daemon.signal(signal.SIGCONT)
    assert notify.until("WATCHDOG=1"), "and speaks again"


# ---- socket activation

LAUNCHER = """\
import os, sys
fds = [int(n) for n in sys.argv[1].split(",")]
for i, fd in enumerate(fds):
    os.dup2(fd, 100 + i)
for i in range(len(fds)):
    os.dup2(100 + i, 3 + i, inheritable=True)
os.closerange(3 + len(fds), 200)
os.environ.update(LISTEN_FDS=str(len(fds)), LISTEN_FDNAMES=sys.argv[2], LISTEN_PID=str(os.getpid()))
os.execv(sys.argv[3], sys.argv[3:])
"""


@pytest.mark.parametrize("names", ["http", "http:admin"])
def test_sockets_of_systemd_are_served_and_no_others_opened(daemon, names):
    daemon.write_config()
    unused, launcher = daemon.http_port, daemon.folder / "launch.py"
    launcher.write_text(LAUNCHER)
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in names.split(":")]
    early = socket.create_connection(sockets[0].getsockname(), timeout=20)
    early.sendall(HEALTH)                           # a client that was there before the daemon
    daemon.http_port = sockets[0].getsockname()[1]
    prefix = [sys.executable, str(launcher), ",".join(str(s.fileno()) for s in sockets), names]
    daemon.process = subprocess.Popen([*prefix, str(daemon.build / "intaked"), "--config", str(daemon.config_path)], stdin=subprocess.DEVNULL,
                                      stderr=open(daemon.log_path, "ab"), pass_fds=[s.fileno() for s in sockets])
    daemon.wait_ready()
    assert early.recv(12) == b"HTTP/1.1 200"
    with pytest.raises(OSError):
        socket.create_connection(("127.0.0.1", unused), timeout=1)
    if len(sockets) > 1:
        assert raw_http(sockets[1].getsockname()[1], HEALTH.replace(b"healthz", b"metrics")).startswith((b"HTTP/1.1 200", b"HTTP/1.1 401"))
    daemon.conf["http"]["listen"] = [f"127.0.0.1:{free_port()}"]
    daemon.write_config()
    daemon.signal(signal.SIGHUP)
    assert eventually(lambda: "the new configuration is in force" in daemon.log())
    assert raw_http(daemon.http_port, HEALTH).startswith(b"HTTP/1.1 200"), "systemd's sockets count, whatever the configuration names"
    assert daemon.stop() == 0
    early.close()
    for s in sockets:
        s.close()


def visit(address, seen, is_over):
    """Comes again and again with a new connection, as a browser or a webhook's source does."""
    while not is_over.is_set():
        seen.append(raw_http(address[1], b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")[:12])


def test_a_restart_behind_a_socket_of_systemd_refuses_nobody(daemon):
    daemon.conf["channels"]["contact"] = {"plugin": "form"}
    daemon.write_config()
    launcher, seen, is_over = daemon.folder / "launch.py", [], threading.Event()
    launcher.write_text(LAUNCHER)
    with socket.create_server(("127.0.0.1", 0), backlog=1024) as public:
        daemon.http_port = public.getsockname()[1]
        prefix = [sys.executable, str(launcher), str(public.fileno()), "http"]
        visitors = [threading.Thread(target=visit, args=(public.getsockname(), seen, is_over)) for _ in range(6)]
        for n in range(8):
            daemon.process = subprocess.Popen([*prefix, str(daemon.build / "intaked"), "--config", str(daemon.config_path)], stdin=subprocess.DEVNULL,
                                              stderr=open(daemon.log_path, "ab"), pass_fds=[public.fileno()])
            daemon.wait_ready()
            if n == 0:
                [v.start() for v in visitors]
            time.sleep(0.1)
            if n < 7:
                assert daemon.stop() == 0
        is_over.set()
        [v.join() for v in visitors]
    assert len(seen) > 100 and set(seen) == {b"HTTP/1.1 200"}, {s: seen.count(s) for s in set(seen)}


# ---- stop

def answer_during_the_stop(daemon):
    daemon.start()
    with socket.create_connection(("127.0.0.1", daemon.http_port), timeout=60) as early:
        time.sleep(0.1)                             # accepted, and not idle for long
        daemon.signal(signal.SIGTERM)
        time.sleep(0.15)
        try:
            early.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            answer = early.recv(12)
        except ConnectionError:
            answer = b""
    assert daemon.process.wait(40) == 0
    return answer


def test_who_came_before_the_stop_and_asks_during_it_is_answered(daemon):
    daemon.conf["channels"]["contact"] = {"plugin": "form"}
    answers = (answer_during_the_stop(daemon) for _ in range(5))         # it has half a second for that, which a busy machine may take from it
    assert b"HTTP/1.1 200" in answers


def test_sigterm_under_load_ends_it_in_time_and_loses_nothing(daemon):
    oracle, sink = Oracle(), SmtpSink()
    daemon.conf["smtp"] = {"server": f"smtp://127.0.0.1:{sink.port}", "starttls": False}
    daemon.start()
    load = Load(oracle, daemon, SECRET).start()
    try:
        for _ in range(10):
            time.sleep(0.4)
            assert daemon.stop(20) == 0, daemon.log()
            daemon.start()
    finally:
        load.stop()
    duties = drained(daemon)
    report = oracle.judge(daemon.tickets(), [r for _, r, _ in sink.accepted], duties)
    sink.stop()
    assert report["accepted"] > 100
    assert {k: report[k] for k in ("lost", "doubled", "ack_missing", "ack_doubled", "answers_differ", "uncertain")} == dict.fromkeys(
        ("lost", "doubled", "ack_missing", "ack_doubled", "answers_differ", "uncertain"), []), "a clean stop leaves nothing uncertain either"


def test_a_second_sigterm_ends_it_at_once_and_nothing_is_lost(daemon):
    with SmtpPeer("--rule", "dot=stall") as peer:
        daemon.conf["smtp"] = {"server": f"smtp://127.0.0.1:{peer.port}", "starttls": False}
        daemon.start(env={"TSAN_OPTIONS": "report_thread_leaks=0"})                # ended at once, with its threads
        assert lmtp(daemon.lmtp_port, mail()) == 250
        assert eventually(lambda: peer.mails())
        daemon.signal(signal.SIGTERM)
        time.sleep(0.5)
        assert daemon.process.poll() is None, "the first one waits for what is under way"
        daemon.signal(signal.SIGTERM)
        assert daemon.process.wait(30) == os.EX_TEMPFAIL, "who waits for the sender to the end says something else"
    daemon.conf["smtp"] = {"maildir": str(daemon.folder / "maildir")}
    daemon.start()
    assert len(daemon.ctl("list")) == 1


def test_sigusr1_logs_the_status(daemon):
    daemon.start()
    daemon.signal(signal.SIGUSR1)
    assert eventually(lambda: re.search(r'status: \{.*"version"', daemon.log()))


# ---- what it does not start with

def run(daemon, *args):
    done = subprocess.run([str(daemon.build / "intaked"), "--config", str(daemon.config_path), *args], capture_output=True, text=True, timeout=30)
    return done.returncode, done.stdout + done.stderr


def schema_version(path, change):
    """Raises or lowers the version in the file; the new one."""
    db = sqlite3.connect(path)
    version = db.execute("PRAGMA user_version").fetchone()[0] + change
    db.execute(f"PRAGMA user_version = {version}")
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()
    return version


def test_a_store_of_a_newer_version_is_refused_and_left_alone(daemon):
    daemon.start()
    assert lmtp(daemon.lmtp_port, mail()) == 250
    assert daemon.stop() == 0
    path = next(p for p in (daemon.folder / "state").iterdir() if p.suffix in (".db", ".sqlite") and "search" not in p.name)
    version = schema_version(path, +1)
    before = path.read_bytes()
    status, said = run(daemon)
    assert status == os.EX_CONFIG and re.search(f"version {version} .* newer", said), said
    assert path.read_bytes() == before
    schema_version(path, -1)
    daemon.start()
    assert len(daemon.ctl("list")) == 1


def test_two_daemons_on_one_state_folder_are_one_too_many(daemon):
    daemon.start()
    with Intaked(daemon.folder / "second") as other:
        other.conf["store"]["dir"] = str(daemon.folder / "state")
        other.write_config()
        status, said = run(other)
        assert status != 0 and re.search("another|already|in use", said), (status, said)
    assert raw_http(daemon.http_port, HEALTH).startswith(b"HTTP/1.1 200")


BROKEN = """\
core:
  hostnam: x
store:
  dir: {dir}
  free_space: lots
http:
  listen: ["127.0.0.1:{port}"]
  threads: 1000
colour: blue
channels:
  hook:
    plugin: webhok
  other:
    plugin: webhook
    secret: {{file: /nonexistent/secret}}
  plain:
    plugin: webhook
    secret: hunter2-in-the-open
  Bad_Name:
    plugin: form
  box:
    plugin: imap
    server: http://example.com
"""
EXPECTED = [(2, 3, "hostname"), (5, 15, "size"), (8, 12, "64"), (9, 1, "colour"), (12, 13, "webhook"), (15, 13, "/nonexistent/secret"),
            (18, 13, "must not stand"), (19, 3, "Bad_Name"), (23, 13, "imaps"), (None, None, "user")]


def test_check_config_lists_every_problem_with_its_place(daemon):
    daemon.config_path.write_text(BROKEN.format(dir=daemon.folder / "state", port=daemon.http_port))
    status, said = run(daemon, "--check-config")
    assert status == os.EX_CONFIG
    lines = said.splitlines()
    for line, column, word in EXPECTED:
        place = f":{line}:{column}: " if line else ":"
        assert any(place in s and word in s for s in lines), (line, column, word, said)
    assert "hunter2" not in said, "a secret is not repeated"
    assert run(daemon)[0] == os.EX_CONFIG, "and it does not start with it"


# ---- a program as a channel

PROGRAM = """\
import json, sys
log = open(sys.argv[1], "a")
for n in range(3):
    print(json.dumps({"id": str(n), "text": "serial-%08d-end" % n, "subject": "by program", "from": "ann@customers.example.net"}), flush=True)
print("this is no JSON", flush=True)
for line in sys.stdin:
    log.write(line)
    log.flush()
"""


def test_a_program_hands_over_messages_and_hears_what_became_of_them_over_a_kill(daemon):
    program, heard = daemon.folder / "program.py", daemon.folder / "heard"
    program.write_text(PROGRAM)
    daemon.conf["channels"]["tool"] = {"plugin": "exec", "command": ["/usr/bin/python3", program, heard]}
    daemon.start()
    assert eventually(lambda: heard.exists() and len(heard.read_text().splitlines()) >= 3), daemon.log()
    daemon.kill()
    heard.rename(daemon.folder / "first")
    daemon.start()
    assert eventually(lambda: heard.exists() and len(heard.read_text().splitlines()) >= 3), daemon.log()
    first, second = ([json.loads(line) for line in p.read_text().splitlines()] for p in (daemon.folder / "first", heard))
    taken = [[(a["taken"], a["number"], a["code"]) for a in answers if "taken" in a] for answers in (first, second)]
    assert len(taken[0]) == 3 and taken[0] == taken[1], "the same answers for the same messages"
    assert len([t for t in daemon.ctl("list") if t["subject"] == "by program"]) == 3


# ---- a full disk, by its floors

FLOORS = [("space", {"free_space": "1000G"}), ("inodes", {"free_inodes": 1000000000})]


@pytest.mark.parametrize("name, floor", FLOORS, ids=[f[0] for f in FLOORS])
def test_below_the_floors_nothing_is_taken_and_everybody_is_told_to_come_back(daemon, name, floor):
    state = daemon.folder / "state"
    if name == "inodes" and os.statvfs(state).f_files == 0:
        pytest.skip("this file system counts no inodes")
    daemon.conf["store"].update(floor)
    daemon.start(wait_s=0)
    assert eventually(lambda: (raw_http(daemon.http_port, HEALTH) if daemon.process.poll() is None and listens(daemon.http_port) else b"").startswith(b"HTTP/1.1 503"))
    answer = raw_http(daemon.http_port, b"POST /in/hook HTTP/1.1\r\nHost: l\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}")
    assert answer.startswith(b"HTTP/1.1 503") and b"retry-after" in answer.lower()
    assert eventually(lambda: daemon.ctl("status", check=False))["has_room"] is False
    assert lmtp(daemon.lmtp_port, mail()) in (450, 451, 452), "at once, so that the mail server keeps it and goes on with others"
    findings = {f["check"]: f for f in daemon.ctl("doctor", check=False)}
    assert findings["store space"]["ok"] is False
    assert daemon.ctl("list") == []


def listens(port):
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
        return True
    except OSError:
        return False


# ---- a question that hangs

def asked_doctor(daemon, *what):
    return subprocess.Popen([str(daemon.build / "intakectl"), "--socket", str(daemon.folder / "control.sock"), "doctor", *what],
                            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def stops_in_time(daemon, asking):
    time.sleep(1)
    assert asking.poll() is None
    assert daemon.stop(20) == 0
    asking.wait(30)


def test_a_doctors_test_that_hangs_does_not_hold_up_the_stop(daemon):
    """A mailbox server that accepts and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        daemon.conf["channels"]["box"] = {"plugin": "imap", "server": f"imap://127.0.0.1:{silent.getsockname()[1]}", "user": "anna", "insecure": True,
                                          "password": {"file": str(daemon.secret("box.password", "secret"))}}
        daemon.start()
        stops_in_time(daemon, asked_doctor(daemon, "box"))


def test_a_silent_relay_does_not_hold_up_the_stop(daemon):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        daemon.conf["smtp"] = {"server": f"smtp://127.0.0.1:{silent.getsockname()[1]}", "starttls": False}
        daemon.start()
        stops_in_time(daemon, asked_doctor(daemon))
