"""`intakectl add`: what a person took by telephone, letter or at the counter goes the way of every message."""
import getpass
import hashlib
import json
import os
import subprocess

import pytest

from rig.intaked import BUILD, Intaked
from rig.talk import eventually


@pytest.fixture(scope="module")
def daemon(tmp_path_factory):
    with Intaked(tmp_path_factory.mktemp("add") / "gateway") as daemon:
        daemon.conf["similar"] = {"enabled": True}
        daemon.start()
        yield daemon


def add(daemon, *args, text=None, status=0):
    out = subprocess.run([str(BUILD / "intakectl"), "--json", "--socket", str(daemon.folder / "control.sock"), "add", *args], input=text,
                         capture_output=True, text=True, timeout=30, stdin=None if text is not None else subprocess.DEVNULL)
    assert out.returncode == status, (out.returncode, out.stdout, out.stderr)
    return json.loads(out.stdout) if status == 0 else out.stderr


def test_a_call_becomes_a_ticket_with_number_code_promise_and_the_operator_in_its_history(daemon):
    made = add(daemon, "--channel", "phone", "--from", "phone:+86 10 1234", "--name", "李", "--subject", "充电器", "--text", "充电器昨晚起火了", "--order-number", "4711")
    ticket = made["ticket"]
    assert ticket["number"] == made["number"] and len(made["code"]) == 19 and made["repeat"] is False
    assert (ticket["category"], ticket["severity"], ticket["order_number"]) == ("safety", "urgent", "4711")
    assert ticket["channel"] == {"name": "phone", "type": "operator"} and ticket["promise"]["due"]
    assert ticket["customer"]["name"] == "李" and ticket["customer"]["handles"][0]["value"] == "+86 10 1234" and ticket["customer"]["handles"][0]["verified"] is False
    entered = [row for row in ticket["history"] if row["event"] == "entered"]
    assert entered and entered[0]["actor"] == "operator:" + getpass.getuser()
    assert (ticket["ack"]["state"], ticket["ack"]["reason"]) == ("none", "no-way-back")
    assert eventually(lambda: any(d["state"] == "sent" for d in daemon.ctl("show", made["number"])["deliveries"]))      # the sinks hear of it
    assert [row for row in daemon.ctl("ledger") if row["channel"] == "phone" and row["offered"] == row["accepted"] == 1]


def test_what_the_operator_says_goes_before_the_rules(daemon):
    made = add(daemon, "--channel", "counter", "--category", "billing", "--severity", "high", "--sentiment", "angry", "--department", "desk", "--product", "Lamp", "--wanted",
               "refund", "--brand", "acme", "--received-at", "2026-11-20T08:00:00Z", text="It flickers.")["ticket"]
    assert (made["category"], made["severity"], made["sentiment"], made["department"], made["product"], made["wanted"], made["brand"]) == \
        ("billing", "high", "angry", "desk", "Lamp", "refund", "acme")
    assert made["received_at"] == "2026-11-20T08:00:00Z" and made["first_response_due"] == "2026-11-21T08:00:00Z"
    assert daemon.ctl("explain", made["number"])["decisions"]["class"]["rule"] == "operator"
    calm = add(daemon, "--channel", "counter", "--sentiment", "neutral", "--text", "I am furious, your staff is an outrage and I am so angry!")["ticket"]
    assert calm["sentiment"] == "neutral" and "mood" not in daemon.ctl("explain", calm["number"])["decisions"]["class"], "who was there knows better"
    newer = add(daemon, "--channel", "counter", "--text", "Another matter: where is the shop?")["number"]
    listed = [row["number"] for row in daemon.ctl("list", "--since", "1h")]
    assert newer in listed and made["number"] not in listed
    assert made["number"] in [row["number"] for row in daemon.ctl("list", "--since", "2026-11-20")]


def test_a_receipt_goes_by_mail_only_when_it_is_asked_for(daemon):
    quiet = add(daemon, "--channel", "letter", "--from", "quiet@customers.example.net", "--text", "A letter about a bill.", "--ack", "no")["ticket"]
    assert quiet["ack"]["state"] == "none"
    made = add(daemon, "--channel", "letter", "--from", "email:ann@customers.example.net", "--text", "A letter about a missing parcel.", "--ack", "yes")
    assert made["ticket"]["ack"]["reason"] == "allowed"
    assert eventually(lambda: daemon.ctl("show", made["number"])["ack"]["state"] == "sent")
    mails = [p.read_text(errors="replace") for p in (daemon.folder / "maildir").rglob("*") if p.is_file()]
    assert any("ann@customers.example.net" in m and made["code"] in m for m in mails) and not any("quiet@customers" in m for m in mails)


def test_the_same_id_is_no_second_ticket(daemon):
    first = add(daemon, "--channel", "phone", "--id", "call-17", "--text", "The bill is wrong.")
    again = add(daemon, "--channel", "phone", "--id", "call-17", "--text", "The bill is wrong.")
    assert again["number"] == first["number"] and again["repeat"] is True and len(again["ticket"]["messages"]) == 1
    other = add(daemon, "--channel", "phone", "--id", "call-17", "--text", "Something else.")
    assert other["number"] == first["number"] and other["other_content"] is True and len(other["ticket"]["messages"]) == 1


def test_the_same_person_telling_the_same_joins_the_ticket(daemon):
    words = "Order A-99812: the espresso machine model EX-200 leaks water from the bottom and trips the fuse every morning."
    first = add(daemon, "--channel", "phone", "--from", "phone:5550199", "--text", words)
    again = add(daemon, "--channel", "phone", "--from", "phone:5550199", "--text", words)
    assert again["number"] == first["number"] and len(again["ticket"]["messages"]) == 2


def test_attachments_are_read_with_the_rights_of_the_caller_and_kept_whole(daemon, tmp_path):
    small, large = tmp_path / "scan.pdf", tmp_path / "call.wav"
    small.write_bytes(b"%PDF small")
    large.write_bytes(os.urandom(3_000_000))
    made = add(daemon, "--channel", "letter", "--attach", str(small), "--attach", str(large), "--text", "see the scan")["ticket"]
    rows = made["messages"][0]["attachments"]
    assert [(r["name"], r["content_type"], r["size"], r["sha256"]) for r in rows] == [
        (p.name, t, p.stat().st_size, hashlib.sha256(p.read_bytes()).hexdigest()) for p, t in ((small, "application/pdf"), (large, "audio/wav"))]


@pytest.mark.parametrize("args, status, word", [
    ((), 64, "--channel phone"), (("--channel", "Phone!"), 64, "--channel phone"), (("--channel", "phone", "--text", " \n "), 64, "no text"),
    (("--channel", "phone", "--text", "x", "--from", "nobody"), 64, "TYPE:VALUE"), (("--channel", "phone", "--text", "x", "--from", "email:not an address"), 64, "no mail address"),
    (("--channel", "phone", "--text", "x", "--severity", "worst"), 64, "urgent, high, normal or low"), (("--channel", "phone", "--text", "x", "--category", "zzz"), 65, "no category 'zzz'"),
    (("--channel", "phone", "--text", "x", "--sentiment", "zzz"), 65, "no sentiment"), (("--channel", "phone", "--text", "x", "--received-at", "tomorrow"), 64, "no day"),
    (("--channel", "phone", "--text", "x", "--received-at", "2099-01-01"), 64, "has not come yet"), (("--channel", "phone", "--text", "x", "--ack", "maybe"), 64, "yes or no"),
    (("--channel", "phone", "--text", "x", "--attach", "/nonexistent"), 66, "/nonexistent"), (("--channel", "phone", "--text", "x", "--attach", "/dev/zero"), 66, "no plain file"),
])
def test_wrong_use_stores_nothing_and_names_the_remedy(daemon, args, status, word):
    before = daemon.ctl("status")["counts"]["tickets"]
    assert word in add(daemon, *args, status=status)
    assert daemon.ctl("status")["counts"]["tickets"] == before
