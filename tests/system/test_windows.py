"""Channels that can be answered for a time and a number of times only: what goes the cheapest open way, and what goes to a verified mail address instead."""
import email
import email.policy
import hashlib
import hmac
import http.server
import json
import sys
import threading
import time

import pytest

from rig.intaked import SECRET
from rig.oracle import sign
from rig.smtp_sink import SmtpSink
from rig.talk import eventually
from test_journey import post, post_signed

# A chat bridge: passes on the lines of the file "in", keeps what it is told in "out", and answers what it is asked to send by the word in "mood".
BRIDGE = r'''
import json, os, sys, threading, time
folder = sys.argv[1]
def hear():
    for line in sys.stdin:
        said = json.loads(line)
        with open(folder + "/out", "a") as out:
            out.write(line)
        if "reply" in said:
            mood = open(folder + "/mood").read().strip() if os.path.exists(folder + "/mood") else "sent"
            if mood == "mute":
                continue
            print(json.dumps({"sent": {"sent": said["reply"]}, "closed": {"failed": said["reply"], "why": "window", "closed": True},
                              "later": {"later": said["reply"], "after": 1}, "failed": {"failed": said["reply"], "why": "no such chat"}}[mood]), flush=True)
    os._exit(0)
threading.Thread(target=hear, daemon=True).start()
at = 0
while True:
    if os.path.exists(folder + "/in"):
        with open(folder + "/in") as f:
            f.seek(at)
            for line in f:
                if line.endswith("\n"):
                    at += len(line.encode())
                    sys.stdout.write(line)
                    sys.stdout.flush()
    time.sleep(0.05)
'''


class Bridge:
    def __init__(self, daemon):
        self.folder = daemon.folder / "bridge"
        self.folder.mkdir()
        (self.folder / "bridge.py").write_text(BRIDGE)
        self.conf = {"plugin": "exec", "command": [sys.executable, str(self.folder / "bridge.py"), str(self.folder)], "replies": True, "timeout": "2s"}

    def says(self, number, text, **more):
        with open(self.folder / "in", "a") as f:
            f.write(json.dumps({"id": str(number), "text": text, "from": "u1", "from_type": "chat", "verified": True, "conversation": "room-1", "language": "en", **more}) + "\n")

    def mood(self, word):
        (self.folder / "mood").write_text(word)

    def heard(self, key="reply"):
        out = self.folder / "out"
        return [line for line in map(json.loads, out.read_text().splitlines() if out.exists() else []) if key in line]


@pytest.fixture
def bridge(daemon):
    b = Bridge(daemon)
    sink = SmtpSink()
    daemon.sink = sink
    daemon.conf["channels"]["chat"] = b.conf
    daemon.conf["smtp"] = {"server": f"smtp://127.0.0.1:{sink.port}", "starttls": False}
    daemon.conf["ack"].update(per_address_hour=100, per_address_day=100)
    daemon.conf["notices"] = {"per_day": 50, "survey": False}
    yield b
    sink.stop()


def mails(daemon):
    return [(m[1], email.message_from_bytes(m[2], policy=email.policy.default)) for m in daemon.sink.accepted]


def ticket_of(daemon, bridge, number):
    """The ticket of a line, once it is taken: its number."""
    assert eventually(lambda: any(line["taken"] == str(number) for line in bridge.heard("taken"))), daemon.log()
    return next(line["number"] for line in bridge.heard("taken") if line["taken"] == str(number))


def reply_of(daemon, number):
    return daemon.ctl("show", number)["messages"][0]["reply"]


def rerouted(daemon, number):
    return [h["detail"] for h in daemon.ctl("show", number)["history"] if h["event"] == "notice.rerouted"]


def seconds_until(text):
    return time.mktime(time.strptime(text, "%Y-%m-%dT%H:%M:%SZ")) - time.timezone - time.time()


def test_a_program_passes_notices_on_for_48_hours_and_five_times_and_then_a_verified_mail_address_hears_of_it(daemon, bridge):
    bridge.conf.update(reply_window="48h", reply_most=5)
    daemon.start()
    bridge.says(1, "My lamp flickers.", mail="Li@customers.example.net")
    number = ticket_of(daemon, bridge, 1)
    reply = reply_of(daemon, number)
    assert reply["method"] == "chat" and reply["left"] == 5 and 48 * 3600 - 60 < seconds_until(reply["until"]) <= 48 * 3600
    assert bridge.heard() == [] and bridge.heard("taken")[0]["text"], "the acknowledgement went the cheapest way: the answer to the line"
    for n, state in enumerate(("in_progress", "resolved", "in_progress", "resolved", "in_progress")):
        daemon.ctl("set-state", number, state)
        assert eventually(lambda: len(bridge.heard()) == n + 1), daemon.log()
        assert reply_of(daemon, number)["left"] == 4 - n
    assert {r["conversation"] for r in bridge.heard()} == {"room-1"} and {r["to"] for r in bridge.heard()} == {"1"} and len({r["reply"] for r in bridge.heard()}) == 5
    assert mails(daemon) == []
    daemon.ctl("set-state", number, "resolved")
    assert eventually(lambda: len(mails(daemon)) == 1), daemon.log()
    assert mails(daemon)[0][0] == ["li@customers.example.net"] and len(bridge.heard()) == 5 and rerouted(daemon, number) == ["resolved: the way it came by is closed; sent to the verified mail address"]
    bridge.says(2, "status")
    assert eventually(lambda: len(bridge.heard()) == 6), daemon.log()
    assert reply_of(daemon, number)["left"] == 4, "who writes again can be answered again"


def test_a_window_of_seconds_closes_while_a_text_waits_and_it_goes_by_mail(daemon, bridge):
    daemon.start()
    bridge.mood("closed")
    bridge.says(1, "My lamp flickers.", mail="li@customers.example.net", reply_until=int(time.time()) + 3600)
    number = ticket_of(daemon, bridge, 1)
    daemon.ctl("set-state", number, "in_progress")
    assert eventually(lambda: len(mails(daemon)) == 1), daemon.log()
    assert len(bridge.heard()) == 1 and len(rerouted(daemon, number)) == 1, "the program says that it is closed"
    bridge.says(2, "My parcel is late.", mail="li@customers.example.net", **{"from": "u2"}, reply_until=int(time.time()) + 2)
    number = ticket_of(daemon, bridge, 2)
    assert eventually(lambda: reply_of(daemon, number)["until"] and seconds_until(reply_of(daemon, number)["until"]) < 0)
    daemon.ctl("set-state", number, "in_progress")
    assert eventually(lambda: len(mails(daemon)) == 2), daemon.log()
    assert len(bridge.heard()) == 1 and len(rerouted(daemon, number)) == 1
    bridge.mood("later")
    bridge.says(3, "My bill is wrong.", mail="li@customers.example.net", **{"from": "u3"}, reply_until=int(time.time()) + 5)
    number = ticket_of(daemon, bridge, 3)
    daemon.ctl("set-state", number, "in_progress")
    assert eventually(lambda: len(mails(daemon)) == 3), daemon.log()
    tries = len(bridge.heard()) - 1
    assert 1 <= tries <= 6 and len(rerouted(daemon, number)) == 1, "the program is not asked once the time is over"
    time.sleep(1.5)
    assert len(bridge.heard()) == tries + 1 and daemon.ctl("outbox", "--state", "failed") == []


def test_who_has_no_other_address_hears_nothing_and_the_ticket_says_so(daemon, bridge):
    daemon.start()
    bridge.mood("closed")
    bridge.says(1, "My lamp flickers.")
    number = ticket_of(daemon, bridge, 1)
    daemon.ctl("set-state", number, "in_progress")
    assert eventually(lambda: len(daemon.ctl("outbox", "--state", "failed")) == 1), daemon.log()
    bridge.says(2, "And more.", reply_until=1, **{"from": "u3"})
    other = ticket_of(daemon, bridge, 2)
    daemon.ctl("set-state", other, "in_progress")
    assert [h["detail"] for h in daemon.ctl("show", other)["history"] if h["event"] == "notice.withheld"] == ["in-progress: no-way-back"]
    assert mails(daemon) == [] and len(bridge.heard()) == 1


def test_a_program_that_does_not_say_leaves_it_uncertain_and_hears_of_it_once(daemon, bridge):
    daemon.start()
    bridge.mood("mute")
    bridge.says(1, "My lamp flickers.", mail="li@customers.example.net")
    number = ticket_of(daemon, bridge, 1)
    daemon.ctl("set-state", number, "in_progress")
    assert eventually(lambda: len(daemon.ctl("outbox", "--state", "uncertain")) == 1), daemon.log()
    time.sleep(1)
    assert len(bridge.heard()) == 1 and mails(daemon) == []


def test_the_owner_asks_and_rates_through_a_program(daemon, bridge):
    daemon.conf["notices"].update(survey=True, survey_after="1s", resolved=False)
    daemon.start()
    bridge.says(1, "My lamp flickers.")
    number = ticket_of(daemon, bridge, 1)
    bridge.says(2, "status", **{"from": "u9"}, conversation="room-9")
    assert eventually(lambda: len(daemon.ctl("list")) == 2), "of nothing of theirs"
    daemon.ctl("set-state", number, "resolved")
    assert eventually(lambda: len(bridge.heard()) == 1), daemon.log()
    assert "5 4 5 3" in bridge.heard()[0]["text"]
    bridge.says(3, "五")
    assert eventually(lambda: daemon.ctl("show", number)["state"] == "closed"), daemon.log()
    assert daemon.ctl("show", number)["surveys"][0]["level"] == 5 and len(daemon.ctl("list")) == 2
    assert eventually(lambda: len(bridge.heard()) == 2) and "closed" in bridge.heard()[1]["text"]


class Poster:
    """Where a webhook channel posts its texts."""

    def __init__(self):
        self.got, self.status, outer = [], 204, self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                outer.got.append((dict(self.headers), self.rfile.read(int(self.headers["Content-Length"]))))
                self.send_response(outer.status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/texts"
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True).start()

    def stop(self):
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def poster(daemon):
    p = Poster()
    daemon.sink = SmtpSink()
    daemon.conf["channels"]["hook"].update(reply_url=p.url, map={"reply_until": "window.until", "replies": "window.left", "verified": "=true", "mail": "profile.mail",
                                                                 "conversation": "chat", "sender_type": "=chat"})
    daemon.conf["smtp"] = {"server": f"smtp://127.0.0.1:{daemon.sink.port}", "starttls": False}
    daemon.conf["notices"] = {"per_day": 50, "survey": False}
    yield p
    p.stop()
    daemon.sink.stop()


def test_a_webhook_states_a_window_of_24_hours_and_its_texts_are_posted_signed(daemon, poster):
    daemon.start()
    until = int(time.time()) + 24 * 3600
    status, answer = post_signed(daemon, {"id": "1", "text": "My lamp flickers.", "from": "u1", "chat": "room-1", "window": {"until": until, "left": 1}, "profile": {"mail": "li@customers.example.net"}}, "evt_1")[:2]
    assert status == 202
    number = daemon.ctl("list")[0]["number"]
    assert reply_of(daemon, number) == {"method": "chat", "until": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(until)), "left": 1}
    assert poster.got == [], "the acknowledgement was the answer to the request"
    daemon.ctl("set-state", number, "in_progress")
    assert eventually(lambda: len(poster.got) == 1), daemon.log()
    headers, body = {k.lower(): v for k, v in poster.got[0][0].items()}, poster.got[0][1]
    assert headers["webhook-signature"] == sign(SECRET, headers["webhook-id"], int(headers["webhook-timestamp"]), body)
    said = json.loads(body)
    assert said["type"] == "reply" and {k: said["data"][k] for k in ("conversation", "sender", "to")} == {"conversation": "room-1", "sender": "u1", "to": "evt_1"} and daemon.ctl("list")[0]["code"] in said["data"]["text"]
    assert reply_of(daemon, number)["left"] == 0
    daemon.ctl("set-state", number, "resolved")
    assert eventually(lambda: len(mails(daemon)) == 1) and len(poster.got) == 1 and len(rerouted(daemon, number)) == 1


def test_a_conversation_that_is_gone_and_a_plain_signature(daemon, poster):
    daemon.secret("hmac.secret", "a-shared-secret-of-the-tests-0123456789")
    daemon.conf["channels"]["hook"].update(scheme="hmac-sha256", secret={"file": str(daemon.folder / "hmac.secret")})
    daemon.start()
    body = json.dumps({"id": "1", "text": "My lamp flickers.", "from": "u1", "chat": "room-1", "profile": {"mail": "li@customers.example.net"}}).encode()
    mac = hmac.new(b"a-shared-secret-of-the-tests-0123456789", body, hashlib.sha256).hexdigest()
    assert post(daemon, body, {"X-Signature-256": "sha256=" + mac})[0] == 202
    number = daemon.ctl("list")[0]["number"]
    poster.status = 410
    daemon.ctl("set-state", number, "in_progress")
    assert eventually(lambda: len(mails(daemon)) == 1), daemon.log()
    headers, body = {k.lower(): v for k, v in poster.got[0][0].items()}, poster.got[0][1]
    assert headers["x-signature-256"] == "sha256=" + hmac.new(b"a-shared-secret-of-the-tests-0123456789", body, hashlib.sha256).hexdigest()
    assert len(rerouted(daemon, number)) == 1
