"""What an operator has to know at once: told once, with evidence, through the sinks that alarms.to names - and through no other."""
import contextlib
import json
import os
import pathlib
import socket
import sqlite3
import subprocess
import time

import pytest
from rig.intaked import Intaked
from rig.talk import eventually, lmtp, mail

URGENT = "The charger exploded and my hand was burned, I am in hospital."
QUIET = "What are your opening hours on Saturday?"

PAGER = """#!/bin/sh
# A pager: keeps what it gets; the status file says how to end.
cat >>"$FOLDER/paged.jsonl"
echo "page-$INTAKED_KEY"
echo "pager: $(cat "$FOLDER/status")" >&2
exit "$(cat "$FOLDER/status")"
"""


def lines(path):
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


def alive_in_group(group):
    """Process ids of a group that run; what nobody has waited for yet is dead all the same."""
    out = []
    for stat in pathlib.Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, pgrp = stat.read_text().rpartition(")")[2].split()[:3]
        except OSError:
            continue
        if int(pgrp) == group and state != "Z":
            out.append(int(stat.parent.name))
    return out


@pytest.fixture
def daemon(tmp_path):
    home = tmp_path / "d"
    home.mkdir(mode=0o755)
    pager = home / "pager"
    pager.write_text(PAGER)
    pager.chmod(0o755)
    (home / "status").write_text("0")
    with Intaked(home) as d:
        d.conf["sinks"]["pager"] = {"plugin": "exec", "command": [str(pager)], "tickets": "no", "retry_first": "1s", "environment": {"FOLDER": str(home)}}
        d.conf["sinks"]["ops"] = {"plugin": "jsonl", "path": str(home / "alarms.jsonl"), "tickets": "no"}
        d.conf["sinks"]["mailed"] = {"plugin": "mail", "to": "ops@example.com", "from": "intake@example.com", "tickets": "no"}
        d.conf["alarms"] = {"to": ["pager", "ops", "mailed"]}
        yield d


def test_an_urgent_case_is_told_to_every_route_and_an_ordinary_one_to_none(daemon):
    daemon.start()
    assert lmtp(daemon.lmtp_port, mail(QUIET, subject="Hours", message_id="q1")) == 250
    assert lmtp(daemon.lmtp_port, mail(URGENT, subject="Charger", message_id="u1")) == 250
    paged = eventually(lambda: lines(daemon.folder / "paged.jsonl"))
    assert [p["type"] for p in paged] == ["alarm.raised"]
    number = daemon.tickets()[0]["number"]
    assert paged[0]["data"]["kind"] == "urgent" and paged[0]["data"]["number"] == number
    assert paged[0]["data"]["evidence"]["evidence"] and paged[0]["data"]["text_zh"] and paged[0]["data"]["remedy"]
    told = eventually(lambda: lines(daemon.folder / "alarms.jsonl"))
    assert [t["event"] for t in told] == ["alarm.raised"] and told[0]["alarm"]["number"] == number
    mails = eventually(lambda: [m for m in (daemon.folder / "maildir" / "new").glob("*") if b"To: ops@example.com" in m.read_bytes()])
    assert len(mails) == 1 and b"[alarm] urgent" in mails[0].read_bytes() and number.encode() in mails[0].read_bytes()
    eventually(lambda: len(lines(daemon.folder / "tickets.jsonl")) == 2)
    assert {line["event"] for line in lines(daemon.folder / "tickets.jsonl")} == {"ticket.created"}
    listed = daemon.ctl("alarms")
    assert [(a["kind"], a["number"], a["count"]) for a in listed] == [("urgent", number, 1)]


@pytest.mark.parametrize("status, times, state", [("0", 1, "sent"), ("75", 2, "pending"), ("1", 1, "failed")], ids=["taken", "later", "refused"])
def test_how_the_pager_ends_says_what_becomes_of_the_alarm(daemon, status, times, state):
    (daemon.folder / "status").write_text(status)
    daemon.start()
    lmtp(daemon.lmtp_port, mail(URGENT, subject="Charger", message_id="u2"))
    assert eventually(lambda: len(lines(daemon.folder / "paged.jsonl")) >= times)
    duty = eventually(lambda: [o for o in daemon.ctl("outbox") if o["target"] == "sink:pager" and o["state"] == state])
    assert duty, daemon.ctl("outbox")
    if state == "sent":
        assert duty[0]["remote_id"] == f"page-{duty[0]['key']}" if "key" in duty[0] else duty[0].get("remote_id", "page-").startswith("page-")
    else:
        assert f"pager: {status}" in duty[0]["last_error"]


def test_a_pager_that_hangs_is_ended_with_all_its_children(daemon):
    (daemon.folder / "pager").write_text("#!/bin/sh\necho $$ >\"$FOLDER/pid\"\nsleep 300 & sleep 300\n")
    daemon.conf["sinks"]["pager"]["timeout"] = "1s"
    daemon.conf["sinks"]["pager"]["retry_first"] = "1m"
    daemon.start()
    lmtp(daemon.lmtp_port, mail(URGENT, subject="Charger", message_id="u3"))
    duty = eventually(lambda: [o for o in daemon.ctl("outbox") if o["target"] == "sink:pager" and o["last_error"]])
    assert "did not end in time" in duty[0]["last_error"]
    assert eventually(lambda: not alive_in_group(int((daemon.folder / "pid").read_text())))


def test_an_alarm_survives_kill_minus_nine_and_is_told(daemon):
    (daemon.folder / "status").write_text("75")
    daemon.start()
    lmtp(daemon.lmtp_port, mail(URGENT, subject="Charger", message_id="u4"))
    assert eventually(lambda: lines(daemon.folder / "paged.jsonl"))
    daemon.kill()
    (daemon.folder / "status").write_text("0")
    daemon.start()
    assert eventually(lambda: [o for o in daemon.ctl("outbox") if o["target"] == "sink:pager" and o["state"] == "sent"])
    keys = {line["key"] for line in lines(daemon.folder / "paged.jsonl")}
    assert len(keys) == 1, "the same key at every attempt"


def test_a_channel_a_helpdesk_and_a_relay_that_stay_down_are_told_once_each(daemon):
    with socket.socket() as box, socket.socket() as desk, socket.socket() as relay:         # bound and not listening: refused
        port = {}
        for name, s in (("box", box), ("desk", desk), ("relay", relay)):
            s.bind(("127.0.0.1", 0))
            port[name] = s.getsockname()[1]
        daemon.conf["channels"]["box"] = {"plugin": "pop3", "server": f"pop3s://127.0.0.1:{port['box']}", "user": "u",
                                          "password": {"file": str(daemon.secret("pop.secret", "x"))}, "interval": "1s"}
        daemon.conf["sinks"]["desk"] = {"plugin": "webhook", "url": f"http://127.0.0.1:{port['desk']}/x", "secret": {"file": str(daemon.folder / "webhook.secret")},
                                        "retry_first": "1s", "retry_max": "5s"}
        daemon.conf["smtp"] = {"server": f"smtp://127.0.0.1:{port['relay']}", "starttls": False}
        daemon.conf["alarms"]["channel_down"] = "30s"
        daemon.start()
        assert lmtp(daemon.lmtp_port, mail(QUIET)) == 250
        def shown():
            return next(c for c in daemon.ctl("status")["channels"] if c["name"] == "desk")
        def down():
            return {a["key"]: a["count"] for a in daemon.ctl("alarms") if a["kind"] == "channel"}
        assert eventually(lambda: shown()["state"] == "paused") and shown()["down_since"] and "connect" in shown()["last_error"]
        assert eventually(lambda: set(down()) == {"box", "desk", "ack:mail"}, 60), daemon.ctl("status")
        assert eventually(lambda: min(down().values()) > 1, 75), down()
        told = [t["alarm"] for t in lines(daemon.folder / "alarms.jsonl") if t["alarm"]["kind"] == "channel"]
        assert sorted(a["key"] for a in told) == ["ack:mail", "box", "desk"] and all("connect" in a["evidence"]["error"].lower() for a in told), told
        desk.listen()
        with desk.accept()[0] as one:
            one.recv(1 << 20)
            one.sendall(b"HTTP/1.1 204 No Content\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        assert eventually(lambda: shown()["state"] == "running" and shown()["down_since"] is None), shown()


@pytest.mark.parametrize("alarms, words", [
    ({"to": ["pagr"]}, "alarms.to: there is no sink called pagr; did you mean pager?"),
    ({"off": ["urgnt"]}, "alarms.off: there is no kind of alarm called urgnt; did you mean urgent?"),
], ids=["a sink that is not there", "a kind that is not there"])
def test_a_slip_in_the_section_is_told_with_its_line(daemon, alarms, words):
    daemon.conf["alarms"] = alarms
    daemon.write_config()
    run = subprocess.run([daemon.build / "intaked", "--config", daemon.config_path, "--check-config"], capture_output=True, text=True, timeout=30)
    assert run.returncode == 78 and words in run.stderr and f"{daemon.config_path}:" in run.stderr


@pytest.mark.parametrize("answered", [False, True], ids=["nobody answers", "somebody answered"])
def test_before_a_first_answer_is_late_its_ticket_is_an_alarm(daemon, answered):
    daemon.conf["sinks"]["file"].update(callback_scheme="hmac-sha256", callback_secret={"file": str(daemon.secret("back.secret", "a-shared-secret-of-the-tests-0123456789"))})
    daemon.conf["policy"] = {level: {"first_response": "64s"} for level in ("high", "normal", "low")}
    daemon.conf["alarms"]["deadline_before"] = "1m"
    daemon.start()
    lmtp(daemon.lmtp_port, mail(QUIET, subject="Hours", message_id="d1"))
    number = daemon.tickets()[0]["number"]
    assert lmtp(daemon.lmtp_port, mail("I am away until Monday.", subject="Automatic reply", message_id="d2", headers=["Auto-Submitted: auto-replied"])) == 250
    if answered:
        daemon.ctl("set-state", number, "waiting_customer")
        time.sleep(8)
        assert daemon.ctl("alarms") == []
        return
    alarm, = eventually(lambda: daemon.ctl("alarms"))
    time.sleep(1.5)
    assert len(daemon.ctl("alarms")) == 1, "no machine waits for an answer"
    ticket, = (t for t in daemon.tickets() if t["number"] == number)
    assert (alarm["kind"], alarm["number"]) == ("deadline", number) and alarm["evidence"]["due"] == ticket["first_response_due"]


def test_an_angry_customer_a_full_disk_and_a_ledger_that_does_not_balance_are_alarms(daemon):
    daemon.start()
    lmtp(daemon.lmtp_port, mail("This is outrageous!!! I am FURIOUS, the worst service ever, you liars!", subject="Fed up", message_id="a1"))
    assert eventually(lambda: [a for a in daemon.ctl("alarms") if a["kind"] == "anger"])
    assert daemon.stop() == 0
    with contextlib.closing(sqlite3.connect(daemon.folder / "state" / "intaked.db")) as db:
        db.execute("UPDATE ledger SET day = day - 2")
        db.execute("UPDATE ledger SET count = count + 3 WHERE what = 0 AND channel = 'mail'")      # offered, and never heard of again
        db.commit()
    room = os.statvfs(daemon.folder)
    daemon.conf["store"]["free_space"] = str(room.f_bavail * room.f_frsize * 3 // 4)
    daemon.start()
    found = eventually(lambda: {a["kind"]: a for a in daemon.ctl("alarms") if a["kind"] in ("disk", "ledger")} if len(daemon.ctl("alarms")) >= 3 else None)
    assert found["ledger"]["key"] == "mail" and found["ledger"]["evidence"]["unaccounted"] == 3
    assert found["disk"]["evidence"]["free_bytes"] < 2 * int(daemon.conf["store"]["free_space"])
