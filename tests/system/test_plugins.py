"""Plugins of the tests' own in the real daemon: one that cannot be opened at first, and one that pages through a server by its cursor."""
import json
import pathlib
import subprocess
import threading
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from rig.intaked import TOP
from rig.talk import eventually, lmtp, mail, raw_http

SOURCES = pathlib.Path(__file__).resolve().parent / "plugins"


@pytest.fixture
def plugins(daemon):
    """A plugin folder with everything that was built, and the plugins of this folder in both places."""
    folder = daemon.folder / "plugins"
    for kind in ("channels", "sinks"):
        (folder / kind).mkdir(parents=True, mode=0o755)
        for built in (daemon.build / kind).glob("*.so"):
            (folder / kind / built.name).symlink_to(built.resolve())
    for source in SOURCES.glob("*.c"):
        into = folder / "channels" / (source.stem + ".so")
        subprocess.run(["cc", "-shared", "-fPIC", "-fvisibility=hidden", "-std=c17", "-pedantic", "-Wall", "-Wextra", "-Werror", f"-I{TOP / 'include'}", "-o", str(into), str(source), "-ljansson"], check=True)
        into.chmod(0o644)
        (folder / "sinks" / into.name).symlink_to(into)
    daemon.conf["core"]["plugin_dir"] = str(folder)
    return folder


def post(daemon, path, body):
    return raw_http(daemon.http_port, f"POST {path} HTTP/1.1\r\nHost: l\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n{body}".encode())


def instance(daemon, name, kind):
    return next(c for c in daemon.ctl("status")["channels"] if c["name"] == name and c["kind"] == kind)


def test_what_cannot_be_opened_at_first_is_opened_later_with_its_path_and_its_queue(daemon, plugins):
    gate, log = daemon.folder / "gate", daemon.folder / "moods"
    daemon.conf["channels"]["chat"] = {"plugin": "moody", "gate": str(gate), "log": str(log)}
    daemon.conf["sinks"]["desk"] = {"plugin": "moody", "gate": str(gate), "log": str(log)}
    daemon.start()
    shut = post(daemon, "/in/chat", "one")
    assert shut.startswith(b"HTTP/1.1 503") and b"\r\nretry-after: " in shut.lower()
    assert post(daemon, "/in/chatter", "one").startswith(b"HTTP/1.1 404"), "a name that is not configured is still unknown"
    assert lmtp(daemon.lmtp_port, mail()) == 250, "the others go on"
    for kind, name in (("channel", "chat"), ("sink", "desk")):
        told = instance(daemon, name, kind)
        assert (told["state"], told["last_error"]) == ("paused", "the gate is shut")
        assert told["next_try"].endswith("Z")
    assert eventually(lambda: {(o["target"], o["state"]) for o in daemon.ctl("outbox")} >= {("sink:desk", "pending"), ("sink:file", "sent")})
    gate.write_text("")
    assert eventually(lambda: post(daemon, "/in/chat", "one").startswith(b"HTTP/1.1 202"), 30)
    assert eventually(lambda: instance(daemon, "desk", "sink")["state"] == "running", 30)
    assert not instance(daemon, "desk", "sink").get("next_try")
    assert eventually(lambda: {o["state"] for o in daemon.ctl("outbox")} == {"sent"}), daemon.ctl("outbox")
    lines = log.read_text().splitlines()
    assert sorted(line.split()[0] for line in lines) == ["delivery", "delivery", "reply"], "each once"
    assert "could be opened after" in daemon.log()


def test_a_stop_does_not_wait_for_what_cannot_be_opened(daemon, plugins):
    gate, log = daemon.folder / "gate", daemon.folder / "moods"
    daemon.conf["channels"]["chat"] = {"plugin": "moody", "gate": str(gate), "log": str(log)}
    daemon.conf["sinks"]["desk"] = {"plugin": "moody", "gate": str(gate), "log": str(log)}
    daemon.start()
    assert lmtp(daemon.lmtp_port, mail()) == 250
    assert daemon.stop(15) == 0
    gate.write_text("")
    daemon.start()
    assert eventually(lambda: log.exists() and log.read_text().startswith("delivery"))


def test_a_cursor_reaches_the_server_as_it_was_given(daemon, plugins):
    strange, asked = ["1&admin=yes", "a+b/c==", "50% off#top", "测试 ?"], []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            query = urllib.parse.parse_qs(urllib.parse.urlsplit(self.path).query)
            asked.append(query)
            at = strange.index(query["since id"][0]) + 1 if query.get("since id", [""])[0] in strange else 0
            body = json.dumps([{"id": i} for i in strange[at:at + 1]]).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    daemon.conf["channels"]["pages"] = {"plugin": "pager", "server": f"http://127.0.0.1:{server.server_address[1]}/x?v=1", "interval": "1s"}
    daemon.start()
    assert eventually(lambda: len(daemon.ctl("list")) == len(strange), 30)
    assert eventually(lambda: asked[-1].get("since id") == [strange[-1]])
    server.shutdown()
    assert all(set(query) <= {"since id", "limit", "v"} and query["limit"] == ["40"] and query["v"] == ["1"] for query in asked), asked
    assert daemon.ctl("list")[0]["customer"]["handles"] == [{"type": "other", "value": "ann", "verified": False}], "a sender whose kind the plugin leaves out"
