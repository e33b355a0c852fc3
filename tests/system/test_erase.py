"""`intakectl erase`: what somebody wrote is gone from every file of the store, and what it was about stays in the figures."""
import base64
import json
import os
import sqlite3
import subprocess

import pytest

from rig.forms import Visitor
from rig.intaked import BUILD, Intaked
from rig.talk import eventually, lmtp, mail

WORD = "Zanzibarkanarie灯笼"
ADDRESS = "zanzibar@customers.example.net"


def ctl(daemon, *args, status=0, text=None):
    out = subprocess.run([str(BUILD / "intakectl"), "--socket", str(daemon.folder / "control.sock"), *args], input=text, capture_output=True, text=True, timeout=90)
    assert out.returncode == status, (out.returncode, out.stdout[-2000:], out.stderr[-2000:], daemon.log()[-1500:])
    return out


def erase(daemon, *args):
    return json.loads(ctl(daemon, "--json", "erase", *args).stdout)


def holding(daemon, *needles):
    """The files of the state folder that hold one of these."""
    found = set()
    for path in (daemon.folder / "state").rglob("*"):
        if not path.is_file():
            continue
        data = path.read_bytes().lower()
        if any(n.encode().lower() in data for n in needles):
            found.add(path.name)
    return found


def settled(daemon):
    """What is just being sent cannot be erased."""
    return eventually(lambda: daemon.ctl("list") and not any(daemon.ctl("outbox", "--state", state) for state in ("pending", "sending", "committing")))


def parts(word, size):
    """A mail with an attachment that holds the word, of some size."""
    body = base64.encodebytes((word + " ").encode() * (size // len(word.encode()) + 1)).decode()
    return (f"--b\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n{word} broke.\n--b\nContent-Type: application/octet-stream; name=\"{word}.bin\"\n"
            f"Content-Transfer-Encoding: base64\nContent-Disposition: attachment\n\n{body}\n--b--")


@pytest.fixture
def daemon(tmp_path):
    with Intaked(tmp_path / "gateway") as daemon:
        daemon.conf["similar"] = {"enabled": True}
        daemon.conf["channels"]["contact"]["min_fill"] = "0s"
        daemon.start()
        yield daemon


def fill(daemon):
    """Ann's words by every way, and another customer's."""
    sender = f"{WORD} <{ADDRESS}>"
    for size in (100, 300_000):
        data = mail(text=parts(WORD, size), sender=sender, subject=f"{WORD} {size}", headers=["Content-Type: multipart/mixed; boundary=b"])
        assert lmtp(daemon.lmtp_port, data, sender=ADDRESS) == 250
    lmtp(daemon.lmtp_port, mail(text=f"{WORD} wrote once more.", sender=sender, subject="Re: Again"), sender=ADDRESS)
    assert Visitor(daemon).send(subject=WORD, text=f"{WORD} by the form.", contact=ADDRESS)[0] == 200
    large = daemon.folder / "large.bin"
    large.write_bytes(f"{WORD}\n".encode() * 20000)
    ctl(daemon, "add", "--channel", "phone", "--from", "email:" + ADDRESS, "--name", WORD, "--attach", str(large), "--order-number", WORD[:12], "--text", f"{WORD} on the phone")
    assert lmtp(daemon.lmtp_port, mail(text="The other customer's kettle leaks.", sender="bob@customers.example.net", subject="Kettle"), sender="bob@customers.example.net") == 250
    assert eventually(lambda: daemon.ctl("status")["counts"]["messages"] >= 6)
    assert settled(daemon)
    assert eventually(lambda: [t for t in daemon.ctl("list", "--search", "Zanzibarkanarie")])      # the index has it


@pytest.mark.parametrize("left", ["of another version", "damaged"])
def test_an_index_of_likeness_that_is_not_used_any_more_keeps_nothing_from_being_erased(tmp_path, left):
    with Intaked(tmp_path / "gateway") as daemon:
        path = daemon.folder / "state" / "similar.db"
        if left == "damaged":
            path.write_bytes(b"no database " * 1000)
        else:
            with sqlite3.connect(path) as db:
                db.executescript(f"CREATE TABLE message_print(id INTEGER PRIMARY KEY, word TEXT); INSERT INTO message_print VALUES(1, '{WORD}'); PRAGMA user_version=3;")
            db.close()
        daemon.start()
        assert lmtp(daemon.lmtp_port, mail(text=f"{WORD} broke.", sender=ADDRESS, subject=WORD), sender=ADDRESS) == 250
        assert settled(daemon)
        assert erase(daemon, "--person", "email:" + ADDRESS, "--yes")["done"] is True
        assert holding(daemon, WORD, ADDRESS) == set() and not path.exists()


def test_nothing_of_a_person_is_left_in_any_file_and_the_figures_stay(daemon):
    fill(daemon)
    before = {t["number"]: t for t in daemon.ctl("list")}
    figures = json.loads(ctl(daemon, "--json", "report").stdout)["tickets"]
    plan = erase(daemon, "--person", "email:Zanzibar@customers.example.net")
    assert plan["done"] is False and plan["messages"] >= 4 and plan["originals"] >= 2 and holding(daemon, WORD, ADDRESS)
    assert {c["sink"] for c in plan["copies"]} == {"file"} and {c["number"] for c in plan["copies"]} >= set(plan["tickets"])
    codes = [before[n]["code"] for n in plan["tickets"]]
    done = erase(daemon, "--person", "email:Zanzibar@customers.example.net", "--yes")
    assert done["done"] is True and done["clean"] is True and done["tickets"] == plan["tickets"]
    assert holding(daemon, WORD, ADDRESS, WORD[:11]) == set()
    daemon.stop()
    assert holding(daemon, WORD, ADDRESS, WORD[:11]) == set()
    daemon.start()
    after = {t["number"]: t for t in daemon.ctl("list")}
    assert set(after) == set(before)
    for number in plan["tickets"]:
        old, new = before[number], daemon.ctl("show", number)
        assert [new[k] for k in ("category", "severity", "state", "received_at", "first_response_due", "channel")] == \
            [old[k] for k in ("category", "severity", "state", "received_at", "first_response_due", "channel")]
        assert new["subject"] is None and new["order_number"] is None and new["customer"]["handles"] == [] and new["code"] != old["code"]
        assert all(m["text"] is None and m["sender"] is None and m["attachments"] == [] for m in new["messages"])
        assert new["history"][-1]["event"] == "erased" and new["history"][-1]["actor"].startswith("operator:")
    now = json.loads(ctl(daemon, "--json", "report").stdout)["tickets"]
    assert [now[k] for k in ("total", "by")] == [figures[k] for k in ("total", "by")]
    assert not ctl(daemon, "show", codes[0], status=65).stdout
    others = [t for t in after.values() if t["number"] not in plan["tickets"]]
    assert [daemon.ctl("show", t["number"])["subject"] for t in others if t["channel"]["name"] == "mail"] == ["Kettle"]
    assert eventually(lambda: [t["subject"] for t in daemon.ctl("list", "--search", "kettle")] == ["Kettle"], 40)
    again = erase(daemon, "--person", "email:" + ADDRESS, "--yes")
    assert (again["tickets"], again["messages"], again["handles"]) == ([], 0, 0)
    assert lmtp(daemon.lmtp_port, mail(text="I am back.", sender=ADDRESS, subject="New"), sender=ADDRESS) == 250
    assert eventually(lambda: any(t["subject"] == "New" for t in daemon.ctl("list")))


def test_words_in_the_alarm_of_an_incident_go_with_any_ticket_of_it(daemon):
    """The alarm stands at the first ticket, and tells what the one said by which the incident opened."""
    for who in ("bob@customers.example.net", ADDRESS):
        assert lmtp(daemon.lmtp_port, mail(text="The kettle leaks.", sender=who, subject=who[:3]), sender=who) == 250
    assert settled(daemon)
    with sqlite3.connect(daemon.folder / "state" / "intaked.db", timeout=20) as db:
        first, second = (row[0] for row in db.execute("SELECT id FROM ticket ORDER BY id"))
        db.execute("INSERT INTO incident(id, kind, state, first_ticket, began_at, opened_at, last_at, customers, weight, tickets) VALUES(7, 'likeness', 1, ?, 1, 1, 1, 2, 2, 2)", (first,))
        db.executemany("INSERT INTO incident_ticket(ticket_id, incident_id, weight, at) VALUES(?, 7, 1, 1)", [(first,), (second,)])
        db.execute("INSERT INTO alarm(kind, key, text, evidence, ticket_id, raised_at, last_at, count) VALUES('mass', 'incident 7', 'many', ?, ?, 1, 1, 1)",
                   (json.dumps({"likeness": WORD}, ensure_ascii=False), first))
    db.close()
    assert holding(daemon, WORD)
    assert erase(daemon, "--person", "email:" + ADDRESS, "--yes")["done"] is True
    assert holding(daemon, WORD) == set() and daemon.ctl("alarms")[0]["text"] == "many"


def test_one_ticket_goes_and_the_person_stays_as_long_as_there_is_another(daemon):
    first = json.loads(ctl(daemon, "--json", "add", "--channel", "phone", "--from", "phone:5550123456", "--text", f"{WORD} one", "--name", "Zoe").stdout)["number"]
    second = json.loads(ctl(daemon, "--json", "add", "--channel", "letter", "--from", "phone:5550123456", "--text", "Quite another matter: a bill for a lamp.").stdout)["number"]
    erase(daemon, first, "--yes")
    assert holding(daemon, WORD) == set() and holding(daemon, "5550123456")
    assert daemon.ctl("show", second)["customer"]["name"] == "Zoe"
    assert "would be erased: 0 messages" in ctl(daemon, "erase", first).stdout
    erase(daemon, second, "--yes")
    assert holding(daemon, "5550123456", "a bill for a lamp") == set()
    assert daemon.ctl("status")["counts"]["tickets"] == 2
    assert [row["pending"] for row in daemon.ctl("ledger")] == [0] * len(daemon.ctl("ledger"))


def test_what_waits_is_not_sent_any_more(daemon):
    daemon.stop()
    daemon.conf["sinks"] = {"desk": {"plugin": "webhook", "url": "http://127.0.0.1:9/", "secret": {"file": str(daemon.folder / "webhook.secret")}}}
    daemon.start()
    number = json.loads(ctl(daemon, "--json", "add", "--channel", "phone", "--text", f"{WORD} waits").stdout)["number"]
    assert eventually(lambda: daemon.ctl("outbox", "--state", "pending"))
    assert eventually(lambda: subprocess.run([str(BUILD / "intakectl"), "--socket", str(daemon.folder / "control.sock"), "erase", number, "--yes"]).returncode == 0)
    assert [d["state"] for d in daemon.ctl("show", number)["deliveries"]] == ["withheld"]
    counts = daemon.ctl("status")["counts"]["deliveries"]
    assert (counts["pending"], counts["withheld"]) == (0, 1)


@pytest.fixture(scope="module")
def idle(tmp_path_factory):
    with Intaked(tmp_path_factory.mktemp("erase") / "gateway") as daemon:
        yield daemon.start()


@pytest.mark.parametrize("args, status, word", [((), 64, "whom or what"), (("202611-999", "--person", "email:a@b.example"), 64, "whom or what"), (("202611-999",), 65, "there is no ticket"),
                                                (("--person", "nobody"), 64, "TYPE:VALUE"), (("--person", "email:nobody"), 64, "no mail address")])
def test_wrong_use_erases_nothing(idle, args, status, word):
    assert word in ctl(idle, "erase", *args, "--yes", status=status).stderr
