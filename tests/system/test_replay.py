"""What another configuration would have decided: exactly the decisions it changes differ, and the store stays as it is."""
import base64
import hashlib
import json
import os
import random
import shutil
import subprocess
import time
import urllib.request

import pytest

from rig.forms import Visitor
from rig.intaked import BUILD, SECRET, TOP, Intaked, to_yaml
from rig.oracle import sign
from rig.talk import eventually, lmtp, mail

FIRE = "The charger caught fire last night."
MAILS = [("Fire", FIRE, "ann@customers.example.net"), ("Twice", "I was charged twice on my credit card.", "bob@customers.example.net"),
         ("Late", "My parcel has not arrived, the tracking has not moved.", "vip@customers.example.net"),
         ("灯", "台灯一直闪烁，要求退货。", "li@customers.example.net"),
         ("Machine", "This was written by a machine.", "no-reply@customers.example.net"),
         ("Ours", "We write this ourselves.", "eve@customers.example.net")]


def hook(daemon, event, text):
    body = json.dumps({"id": event, "text": text, "from": "dan@customers.example.net"}).encode()
    at = str(int(time.time()))
    request = urllib.request.Request(f"http://127.0.0.1:{daemon.http_port}/in/hook", body, {
        "webhook-id": event, "webhook-timestamp": at, "webhook-signature": sign(SECRET, event, at, body), "Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=30) as reply:
        assert reply.status == 202


@pytest.fixture(scope="module")
def busy(tmp_path_factory):
    """A daemon with tickets of every kind of channel."""
    with Intaked(tmp_path_factory.mktemp("replay") / "gateway") as daemon:
        daemon.conf["channels"]["mail"]["brand"] = "acme"
        daemon.conf["ack"]["own_addresses"] = ["support@example.com", "eve@customers.example.net"]
        daemon.conf["channels"]["contact"]["min_fill"] = "0s"
        daemon.start()
        for subject, text, sender in MAILS:
            assert lmtp(daemon.lmtp_port, mail(text=text, sender=sender, subject=subject), sender=sender) == 250
        hook(daemon, "evt-1", "The invoice is wrong, I was charged twice.")
        assert Visitor(daemon).send(subject="Lamp", text="The lamp flickers since I bought it.")[0] == 200
        eventually(lambda: len(daemon.ctl("list")) == 8)
        yield daemon


def other(daemon, name, **sections):
    """The daemon's configuration with some sections changed, in a file of its own."""
    conf = json.loads(json.dumps(daemon.conf))
    for section, values in sections.items():
        conf.setdefault(section, {}).update(values)
    path = daemon.folder / f"{name}.yaml"
    path.write_text(to_yaml(conf) + "\n")
    return path


def run(daemon, path, *args):
    return subprocess.run([str(BUILD / "intakectl"), "--config", str(daemon.config_path), *args, "replay", "--config", str(path)],
                          capture_output=True, text=True, timeout=100)


def replay(daemon, path, *args):
    """(changes by subject: {what: (before, after)}, summary)"""
    out = subprocess.run([str(BUILD / "intakectl"), "--json", "--config", str(daemon.config_path), "replay", "--config", str(path), *args],
                         capture_output=True, text=True, timeout=100)
    assert out.returncode == 0, out.stderr
    lines = [json.loads(line) for line in out.stdout.splitlines()]
    subjects = {row["number"]: row["subject"] or row["channel"]["name"] for row in daemon.ctl("list")}
    return {subjects[line["number"]]: {c["what"]: (c["before"], c["after"]) for c in line["changes"]} for line in lines[:-1]}, lines[-1]["summary"]


def digests(daemon):
    return {str(p): hashlib.sha256(p.read_bytes()).hexdigest() for p in sorted((daemon.folder / "state").rglob("*"))
            if p.is_file() and not p.name.endswith("-shm")}


def test_the_same_configuration_changes_nothing(busy):
    changes, summary = replay(busy, other(busy, "same"))
    assert changes == {}
    assert (summary["tickets"], summary["differ"], summary["what"], summary["left_out"]) == (8, 0, {}, {})
    assert summary["not_replayed"] == ["repeats", "threads", "likeness", "limits"]


def test_a_rule_a_deadline_and_a_route_change_their_decisions_alone(busy):
    rules = busy.folder / "rules"
    shutil.copytree(TOP / "conf/rules", rules, dirs_exist_ok=True)
    (busy.folder / "route.tsv").write_text("night\tsafety\t-\t-\t-\t-\trescue\tnight\tanna\tfile\n")
    path = other(busy, "routes", policy={"routes": str(busy.folder / "route.tsv"), "urgent": {"first_response": "2h", "start": "1h"}})
    changes, summary = replay(busy, path)
    assert set(changes["Fire"]) == {"department", "team", "owner", "sinks", "first_response_due"}, changes
    assert changes["Fire"]["department"] == ("safety", "rescue") and changes["Fire"]["owner"] == (None, "anna")
    assert changes["Fire"]["sinks"] == ("(every sink)", "file")
    before, after = changes["Fire"]["first_response_due"]
    assert before < after
    assert all(set(what) <= {"department", "team"} and "rescue" not in str(what) for name, what in changes.items() if name != "Fire"), changes
    assert summary["what"]["first_response_due"] == 1 and summary["what"]["owner"] == 1


@pytest.mark.parametrize("sections, subjects, what", [
    ({"policy": {"low": {"first_response": "48h", "start": "96h"}, "normal": {"first_response": "24h", "start": "96h"}}}, None, {"first_response_due", "handling_due"}),
    ({"ack": {"enabled": False}}, {"Fire", "Twice", "Late", "灯"}, {"acknowledgement"}),
    ({"ack": {"own_addresses": ["support@example.com", "bob@customers.example.net"]}}, {"Twice", "Ours"}, {"acknowledgement"}),
    ({"core": {"brands": {"support@example.com": "other"}}}, {"Fire", "Twice", "Late", "灯", "Machine", "Ours"}, {"brand"}),
])
def test_each_section_changes_what_it_decides(busy, sections, subjects, what):
    changes, _ = replay(busy, other(busy, "section", **sections))
    assert changes and set().union(*changes.values()) <= what, changes
    assert subjects is None or set(changes) == subjects


def test_an_address_that_is_no_longer_ours_would_be_acknowledged(busy):
    changes, _ = replay(busy, other(busy, "lifted", ack={"own_addresses": ["support@example.com"]}))
    assert changes == {"Ours": {"acknowledgement": ("own-address", "allowed")}}


def test_a_calendar_moves_the_deadlines_of_its_brand(busy):
    path = other(busy, "calendar", policy={"calendar": "china", **{severity: {"clock": "working-time"} for severity in ("high", "normal", "low", "urgent")}})
    changes, summary = replay(busy, path)
    # The urgent one has an hour: in the middle of a Chinese working day that is the same hour.
    assert summary["differ"] == len(changes) and len(set(changes) | {"Fire"}) == 8 and set(summary["what"]) == {"first_response_due", "handling_due"}
    assert all(before < after for what in changes.values() for before, after in what.values())


def test_rules_of_ones_own_decide_the_category(busy):
    rules = busy.folder / "own-rules"
    shutil.copytree(TOP / "conf/rules", rules, dirs_exist_ok=True)
    for path in rules.glob("classify-*.tsv"):
        path.write_text("".join(line for line in path.read_text().splitlines(keepends=True) if line.startswith("#") or "fire" not in line))
    changes, _ = replay(busy, other(busy, "rules", policy={"rules": str(rules), "rules_only": True}))
    assert "severity" in changes["Fire"] or "category" in changes["Fire"], changes


def test_channel_since_and_limit_choose_tickets(busy):
    path = other(busy, "same")
    assert replay(busy, path, "--channel", "mail")[1]["tickets"] == 6
    assert replay(busy, path, "--channel", "hook", "--since", "1h")[1]["tickets"] == 1
    assert replay(busy, path, "--limit", "3")[1]["tickets"] == 3
    assert replay(busy, path, "--since", "2099-01-01T00:00:00Z")[1]["tickets"] == 0


def test_a_channel_that_is_not_there_any_more_is_left_out(busy):
    conf = json.loads(json.dumps(busy.conf))
    del conf["channels"]["hook"]
    path = busy.folder / "less.yaml"
    path.write_text(to_yaml(conf) + "\n")
    _, summary = replay(busy, path)
    assert summary["tickets"] == 7 and summary["left_out"] == {"channel is not in the other configuration": 1}


def test_people_get_a_table_and_a_summary(busy):
    out = run(busy, other(busy, "off", ack={"enabled": False}))
    assert out.returncode == 0, out.stderr
    assert "8 tickets, 4 differ: acknowledgement 4" in out.stdout and "disabled" in out.stdout and "allowed" in out.stdout
    assert out.stdout.count("Not decided anew") == 1


def test_a_configuration_with_errors_is_refused_with_its_line(busy):
    path = busy.folder / "broken.yaml"
    path.write_text(busy.config_path.read_text() + "\nnonsense: 1\n")
    out = run(busy, path)
    assert out.returncode == 65 and "broken.yaml:" in out.stderr and "nonsense" in out.stderr
    (busy.folder / "bad-route.tsv").write_text("one\ttwo\n")
    out = run(busy, other(busy, "bad", policy={"routes": str(busy.folder / "bad-route.tsv")}))
    assert out.returncode == 65 and "bad-route.tsv:1" in out.stderr


@pytest.mark.parametrize("args", [["--since", "yesterday"], ["--limit", "many"], ["--channel", "hok"]])
def test_wrong_use_says_so(busy, args):
    out = subprocess.run([str(BUILD / "intakectl"), "replay", "--config", str(busy.config_path), *args], capture_output=True, text=True, timeout=60)
    assert out.returncode == 64 and args[0].lstrip("-") in out.stderr


def test_nothing_in_the_store_changes(busy):
    path = other(busy, "routes", policy={"urgent": {"first_response": "2h", "start": "1h"}}, ack={"enabled": False})
    outbox = busy.ctl("outbox")
    before = eventually(lambda: (lambda a: time.sleep(1) or (a if a == digests(busy) else None))(digests(busy)))
    assert replay(busy, path)[1]["differ"] > 0
    assert digests(busy) == before
    assert busy.ctl("outbox") == outbox


def test_hostile_and_odd_mails_read_the_same_again(tmp_path):
    """Every recorded mail, and some that are noise: the replay reads them as the daemon did, in a worker, and survives."""
    noise = random.Random(7)
    recorded = [row["mail"].encode() if "mail" in row else base64.b64decode(row["mail_base64"]) for name in ("replies", "automatic", "messages") 
                for row in json.loads((TOP / f"tests/data/mail/{name}.json").read_text())]
    with Intaked(tmp_path / "gateway") as daemon:
        daemon.start()
        raws = list(recorded)
        raws += [bytes(noise.randrange(256) for _ in range(2000)) for _ in range(3)]
        raws += [mail("x", headers=["Content-Type: multipart/mixed; boundary=b"] + [f"X-{n}: {'a' * 900}" for n in range(200)])]
        for raw in raws:
            lmtp(daemon.lmtp_port, raw.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"), sender="bounce@lists.example.org")
        count = len(daemon.ctl("list"))
        out = subprocess.run([str(BUILD / "intakectl"), "--json", "--socket", str(daemon.folder / "control.sock"), "replay", "--config", str(daemon.config_path)],
                             capture_output=True, text=True, timeout=100)
        assert out.returncode == 0, out.stderr
        lines = [json.loads(line) for line in out.stdout.splitlines()]
        assert lines[:-1] == []
        assert lines[-1]["summary"]["tickets"] == count and count > 100


def test_large_originals_come_a_page_at_a_time_and_none_is_lost(tmp_path):
    with Intaked(tmp_path / "gateway") as daemon:
        daemon.start()
        for n in range(5):
            part = base64.encodebytes(os.urandom(3 << 20)).decode()
            raw = mail(f"--b\nContent-Type: text/plain\n\nThe lamp {n} flickers.\n--b\nContent-Type: image/png\nContent-Transfer-Encoding: base64\n\n{part}--b--",
                       subject=f"Lamp {n}", headers=["Content-Type: multipart/mixed; boundary=b"])
            assert lmtp(daemon.lmtp_port, raw, timeout=60) == 250
        changes, summary = replay(daemon, other(daemon, "same"))
        assert changes == {} and summary["tickets"] == 5 and summary["left_out"] == {}


def test_what_a_limit_withheld_stays_withheld(tmp_path):
    with Intaked(tmp_path / "gateway") as daemon:
        daemon.conf["ack"]["per_address_hour"] = 1
        daemon.start()
        for n in range(3):
            assert lmtp(daemon.lmtp_port, mail(f"Matter {n}.", subject=f"Matter {n}")) == 250
        assert [t["ack"]["reason"] for t in daemon.ctl("list")].count("limit-address-hour") == 2
        assert replay(daemon, other(daemon, "same"))[0] == {}
        changes, _ = replay(daemon, other(daemon, "off", ack={"enabled": False}))
        assert {what["acknowledgement"] for what in changes.values()} == {("limit-address-hour", "disabled"), ("allowed", "disabled")}


def test_a_mail_that_kills_its_worker_harms_nobody(tmp_path):
    with Intaked(tmp_path / "gateway") as daemon:
        daemon.start()
        assert lmtp(daemon.lmtp_port, mail("One.", subject="boom", headers=["X-Test-Crash: segv"])) == 250
        assert lmtp(daemon.lmtp_port, mail("Two.", subject="well")) == 250
        out = subprocess.run([str(BUILD / "intakectl"), "--json", "--socket", str(daemon.folder / "control.sock"), "replay", "--config", str(daemon.config_path)],
                             capture_output=True, text=True, timeout=100, env={**os.environ, "INTAKED_TEST_FAULTS": "1"})
        assert out.returncode == 0, out.stderr
        lines = [json.loads(line) for line in out.stdout.splitlines()]
        assert lines[-1]["summary"]["tickets"] == 2 and lines[-1]["summary"]["differ"] == 1
        what = {c["what"]: c for c in lines[0]["changes"]}
        assert what["acknowledgement"]["after"] == "unreadable" and "worker" in what["reply_text"]["rule"]
