"""Rough handling of the real daemon: signals on top of each other, configurations changed under messages that are on their way, files that are
no files, hostile clients of the control socket, crowds of idle connections. It goes on, loses nothing and doubles nothing."""
import json
import os
import signal
import socket
import subprocess
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from rig.intaked import SECRET
from rig.oracle import Load, Oracle, drained
from rig.talk import eventually, lmtp, mail, raw_http

HEALTH = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
CLEAN = dict.fromkeys(("lost", "doubled", "ack_missing", "ack_doubled", "answers_differ", "uncertain"), [])


class Receiver:
    """A webhook receiver that answers after a while, or never before it is let go."""

    def __init__(self, pause_s=0.0, status=204):
        self.ids, self.pause_s, self.status = [], pause_s, status
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                self.rfile.read(int(self.headers["Content-Length"]))
                receiver.ids.append(self.headers["webhook-id"])
                time.sleep(receiver.pause_s)
                try:
                    self.send_response(receiver.status)
                    self.end_headers()
                except OSError:
                    pass

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/"


def with_receiver(daemon, receiver, name="desk"):
    daemon.conf["sinks"][name] = {"plugin": "webhook", "url": receiver.url, "timeout": "60s", "secret": {"file": str(daemon.secret("desk.secret", SECRET))}}


# ---- signals

def test_a_storm_of_reloads_under_load_loses_and_doubles_nothing(daemon):
    oracle = Oracle()
    daemon.start()
    load = Load(oracle, daemon, SECRET).start(webhooks=2, mails=1)
    for i in range(30):
        daemon.signal(signal.SIGHUP)
        time.sleep((0, 0.02, 0.3)[i % 3])
    assert eventually(lambda: len(oracle.accepted) > 50)
    load.stop()
    eventually(lambda: raw_http(daemon.http_port, HEALTH).startswith(b"HTTP/1.1 200"))
    drained(daemon)
    report = oracle.judge(daemon.tickets(), [], daemon.ctl("outbox"))
    assert report["accepted"] > 50
    assert {k: report[k] for k in ("lost", "doubled", "answers_differ")} == dict.fromkeys(("lost", "doubled", "answers_differ"), [])
    assert not [o for o in daemon.ctl("outbox") if o["state"] != "sent"]
    assert daemon.stop() == 0


ORDERS = [("a stop right behind a reload", (signal.SIGHUP, signal.SIGTERM)), ("a reload right behind a stop", (signal.SIGTERM, signal.SIGHUP)),
          ("reloads around a stop", (signal.SIGHUP, signal.SIGHUP, signal.SIGTERM, signal.SIGHUP))]


@pytest.mark.parametrize("name, numbers", ORDERS, ids=[o[0] for o in ORDERS])
def test_a_stop_ends_in_time_whatever_reloads_surround_it(daemon, name, numbers):
    """With a receiver that hangs each end of the services takes the whole grace: two of them would take too long."""
    with_receiver(daemon, Receiver(pause_s=60))
    daemon.start()
    assert lmtp(daemon.lmtp_port, mail()) == 250
    assert eventually(lambda: any(o["target"] == "sink:desk" and o["state"] == "sending" for o in daemon.ctl("outbox")))
    began = time.monotonic()
    for number in numbers:
        daemon.signal(number)
        time.sleep(0.1)
    assert daemon.process.wait(20) == 0
    assert time.monotonic() - began < 9
    if numbers[0] == signal.SIGHUP:
        assert "the new configuration is in force" not in daemon.log(), "nothing was started for a moment only"


# ---- a configuration changed under what is on its way

def test_a_sink_taken_away_keeps_what_waits_for_it_and_says_so(daemon):
    receiver = Receiver(pause_s=3)
    with_receiver(daemon, receiver)
    daemon.start()
    for _ in range(3):
        assert lmtp(daemon.lmtp_port, mail()) == 250
    assert eventually(lambda: receiver.ids)
    removed = daemon.conf["sinks"].pop("desk")
    daemon.write_config()
    daemon.signal(signal.SIGHUP)                            # in the middle of the first delivery
    assert eventually(lambda: "the new configuration is in force" in daemon.log())
    waiting = [o for o in daemon.ctl("outbox") if o["target"] == "sink:desk" and o["state"] == "pending"]
    assert waiting
    told = f"{len(waiting)} entries of the outbox wait for 'desk'"
    assert eventually(lambda: told in daemon.log())
    assert [f for f in daemon.ctl("doctor", check=False) if f["check"] == "outbox" and not f["ok"] and told in f["detail"]]
    receiver.pause_s = 0
    daemon.conf["sinks"]["desk"] = removed
    daemon.write_config()
    daemon.signal(signal.SIGHUP)
    assert eventually(lambda: len([o for o in daemon.ctl("outbox") if o["target"] == "sink:desk" and o["state"] == "sent"]) == 3)
    assert len(set(receiver.ids)) == 3
    assert not [f for f in daemon.ctl("doctor", check=False) if f["check"] == "outbox"]


def test_a_channel_taken_away_under_its_messages_answers_each_of_them(daemon):
    oracle = Oracle()
    daemon.start()
    load = Load(oracle, daemon, SECRET).start(webhooks=3, mails=0)
    hook = daemon.conf["channels"]["hook"]
    for _ in range(3):
        time.sleep(0.5)
        del daemon.conf["channels"]["hook"]
        daemon.write_config()
        daemon.signal(signal.SIGHUP)
        time.sleep(0.5)
        daemon.conf["channels"]["hook"] = hook
        daemon.write_config()
        daemon.signal(signal.SIGHUP)
    assert eventually(lambda: len(oracle.accepted) > 20)
    load.stop()
    report = oracle.judge(daemon.tickets(), [], [])
    assert report["accepted"] > 20
    assert (report["lost"], report["doubled"], report["answers_differ"]) == ([], [], [])


def test_what_rests_after_trouble_is_shown_with_its_reason_and_its_next_try(daemon):
    receiver = Receiver(status=404)
    with_receiver(daemon, receiver)
    daemon.conf["smtp"] = {"server": "smtp://127.0.0.1:1", "starttls": False}
    daemon.start()
    assert lmtp(daemon.lmtp_port, mail()) == 250
    def shown():
        status = daemon.ctl("status")
        return next(c for c in status["channels"] if c["name"] == "desk"), {r["target"]: r for r in status["resting"]}
    assert eventually(lambda: shown()[0]["state"] == "parked" and "ack:mail" in shown()[1]), shown()
    desk, resting = shown()
    assert "404" in desk["last_error"] and desk["next_try"] > desk["since"]
    assert resting["ack:mail"]["state"] == "paused" and resting["ack:mail"]["last_error"] and resting["ack:mail"]["next_try"]
    assert set(resting) == {"ack:mail", "sink:desk"}
    receiver.status = 204
    daemon.conf["smtp"] = {"maildir": str(daemon.folder / "maildir")}
    daemon.write_config()
    daemon.signal(signal.SIGHUP)
    assert eventually(lambda: {o["state"] for o in daemon.ctl("outbox")} == {"sent"}), "a reload tries at once"
    assert shown()[0]["state"] == "running" and shown()[1] == {}


# ---- files that are no files

STRANGE = [("pipe", lambda p: os.mkfifo(p), "is not a plain file"), ("folder", lambda p: p.mkdir(), "is not a plain file"),
           ("dangling link", lambda p: p.symlink_to("/nonexistent/x"), "No such file"), ("device", lambda p: p.symlink_to("/dev/zero"), "is not a plain file"),
           ("bytes", lambda p: p.write_bytes(b"\x00\xff\xfe" * 100), "x.yaml:1:1: error: the line is no UTF-8 text"),
           ("NUL in the middle", lambda p: p.write_bytes(b"log:\n  level: info\n\x00ack: {from: x}\n"), "x.yaml:3:1: error"), ("too large", lambda p: p.write_bytes(b"# x\n" * 400000), "larger than"),
           ("deep", lambda p: p.write_text("core: " + "{a: " * 5000), "error"), ("nothing", lambda p: p.write_text(""), None)]


@pytest.mark.parametrize("name, make, says", STRANGE, ids=[s[0] for s in STRANGE])
def test_an_included_file_that_cannot_be_read_holds_nobody_up(daemon, name, make, says):
    daemon.start()
    (daemon.folder / "conf.d").mkdir()
    make(daemon.folder / "conf.d" / "x.yaml")
    daemon.config_path.write_text(daemon.config_path.read_text() + "\ninclude: conf.d/*.yaml\n")
    daemon.signal(signal.SIGHUP)
    assert eventually(lambda: ("stays in force" if says else "is in force") in daemon.log()), daemon.log()
    if says:
        assert "conf.d/x.yaml" in daemon.log() and says in daemon.log()
    daemon.wait_ready()
    assert lmtp(daemon.lmtp_port, mail()) == 250
    assert daemon.stop() == 0


@pytest.mark.skipif(os.geteuid() != 0, reason="becomes another user")
def test_a_file_that_the_daemons_user_may_not_read_is_named(daemon):
    daemon.write_config()
    (daemon.folder / "conf.d").mkdir()
    (daemon.folder / "conf.d" / "x.yaml").write_text("log: {level: info}\n")
    (daemon.folder / "conf.d" / "x.yaml").chmod(0o600)
    daemon.config_path.write_text("include: conf.d/*.yaml\n")
    daemon.config_path.chmod(0o644)
    daemon.folder.chmod(0o755)
    done = subprocess.run(["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", str(daemon.build / "intaked"), "--config", str(daemon.config_path), "--check-config"],
                          capture_output=True, text=True, timeout=30)
    if "intaked: " in done.stderr and "Permission denied" in done.stderr and "conf.d/x.yaml" not in done.stderr:
        pytest.skip("the other user cannot reach the program")
    assert done.returncode == os.EX_CONFIG and "conf.d/x.yaml" in done.stderr and "Permission denied" in done.stderr, done.stderr


def test_a_secret_that_is_a_pipe_is_refused_and_not_waited_for(daemon):
    os.mkfifo(daemon.folder / "pipe", 0o600)
    daemon.conf["channels"]["hook"]["secret"] = {"file": str(daemon.folder / "pipe")}
    daemon.write_config()
    done = subprocess.run([str(daemon.build / "intaked"), "--config", str(daemon.config_path), "--check-config"], capture_output=True, text=True, timeout=10)
    assert done.returncode == os.EX_CONFIG and "pipe is not a plain file" in done.stderr


def test_an_address_that_is_somebody_elses_file_is_left_alone(daemon):
    victim = daemon.folder / "precious"
    victim.write_text("data")
    daemon.conf["http"]["listen"].append(f"unix:{victim}")
    daemon.write_config()
    done = subprocess.run([str(daemon.build / "intaked"), "--config", str(daemon.config_path)], capture_output=True, text=True, timeout=20)
    assert done.returncode == os.EX_CONFIG and "precious exists and is no socket" in done.stderr
    assert victim.read_text() == "data"


# ---- the control socket

def control(daemon, data, wait_s=15, end=True):
    """Everything it answers to these bytes until it closes; nothing when it lets nobody in at the moment."""
    got = b""
    with socket.socket(socket.AF_UNIX) as s:
        s.settimeout(wait_s)
        try:
            s.connect(str(daemon.folder / "control.sock"))
            s.sendall(data)
            if end:
                s.shutdown(socket.SHUT_WR)
            while piece := s.recv(65536):
                got += piece
        except (BrokenPipeError, ConnectionResetError, BlockingIOError):
            pass
    return got


HOSTILE = [
    ("no JSON", b"\x00\x01\xff\xfe hello\n"), ("NUL inside", b'{"command":"list\x00"}\n'), ("an array", b"[1,2,3]\n"), ("a number", b"7\n"), ("empty line", b"\n"),
    ("null", b"null\n"), ("no command", b"{}\n"), ("command of another kind", b'{"command":7}\n'), ("unknown command", b'{"command":"drop tables"}\n'),
    ("arguments of another kind", b'{"command":"list","args":[1]}\n'), ("deep", b'{"command":' * 20000 + b"\n"), ("doubled keys", b'{"command":"list","command":"x"}\n'),
    ("numbers out of range", b'{"command":"list","args":{"limit":-9223372036854775808}}\n'), ("huge number", b'{"command":"list","args":{"limit":1e999}}\n'),
    ("since nonsense", b'{"command":"list","args":{"since":"99999999999999999999d"}}\n'), ("search syntax", b'{"command":"list","args":{"search":"\\"((NEAR AND *"}}\n'),
    ("ids of another kind", b'{"command":"retry","args":{"ids":["x",{}]}}\n'), ("ids out of range", b'{"command":"retry","args":{"ids":[9223372036854775807,-1]}}\n'),
    ("ticket too long", b'{"command":"show","args":{"ticket":"' + b"9" * 100000 + b'"}}\n'), ("lone surrogate", b'{"command":"show","args":{"ticket":"\\ud800"}}\n'),
    ("format", b'{"command":"%n%s%n"}\n'), ("longer than allowed", b"x" * (1 << 21)),
]


def test_nothing_a_client_of_the_control_socket_says_disturbs_it(daemon):
    daemon.start()
    assert lmtp(daemon.lmtp_port, mail()) == 250
    for name, data in HOSTILE:
        for line in control(daemon, data).splitlines():
            answer = json.loads(line)
            assert "ok" in answer or "progress" in answer, name
        assert daemon.process.poll() is None, name
    assert control(daemon, b'{"command":"status"}\n' * 50).count(b'"ok"') >= 50, "many requests at once are answered in turn"
    assert control(daemon, b'{"command":"sta', end=True) == b"", "half a request"
    assert daemon.ctl("list")


def test_idle_clients_of_the_control_socket_keep_nobody_out_for_long(daemon):
    daemon.start()
    idle = []
    for _ in range(40):
        s = socket.socket(socket.AF_UNIX)
        s.connect(str(daemon.folder / "control.sock"))
        idle.append(s)
    assert eventually(lambda: b'"version"' in control(daemon, b'{"command":"status"}\n'), 20), "silence is given ten seconds"
    began = time.monotonic()
    assert daemon.stop() == 0
    assert time.monotonic() - began < 8, "silence is not waited for"
    for s in idle:
        s.close()


# ---- crowds

def test_a_thousand_idle_connections_leave_room_for_who_asks(daemon):
    daemon.conf["http"]["connections"] = 1000
    daemon.start()
    idle = []
    for i in range(1050):
        s = socket.socket()
        s.bind((f"127.0.{i // 40}.{i % 40 + 2}", 0))
        s.connect(("127.0.0.1", daemon.http_port))
        idle.append(s)
    time.sleep(1.5)
    for _ in range(20):
        assert raw_http(daemon.http_port, HEALTH).startswith(b"HTTP/1.1 200")
    daemon.signal(signal.SIGHUP)
    assert eventually(lambda: "is in force" in daemon.log())
    assert raw_http(daemon.http_port, HEALTH).startswith(b"HTTP/1.1 200")
    assert daemon.stop(20) == 0
    for s in idle:
        s.close()
