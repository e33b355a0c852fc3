"""An address typed into a form may be anybody's: one mail that asks, nothing else before the answer is yes."""
import collections
import concurrent.futures
import email
import email.policy
import re
import time

import pytest

from rig.forms import Visitor, receipt
from rig.talk import eventually
from test_journey import post_signed

CANARY = "CANARY-4f1c"


def mails(daemon):
    found = [email.message_from_bytes(path.read_bytes(), policy=email.policy.default) for path in (daemon.folder / "maildir" / "new").glob("*")]
    return sorted(found, key=lambda m: m["Date"].datetime)


def of(daemon, kind):
    word = {"question": "/verify/", "receipt": "/s/"}[kind]
    return [m for m in mails(daemon) if word in m.get_content()]


def link(mail):
    return re.search(r"http://[^/]+(/verify/\S+)", mail.get_content()).group(1)


def open_daemon(daemon, **ack):
    daemon.conf["channels"]["contact"].update({"min_fill": "0s", "client_limit": 0})
    daemon.conf["http"]["trusted_proxies"] = ["127.0.0.1"]
    daemon.conf["ack"].update({"per_address_hour": 100, "per_address_day": 100, **ack})
    return daemon.start()


def quiet(daemon, seconds=1.0):
    """Nothing is pending in the outbox any more."""
    assert eventually(lambda: not [d for d in daemon.ctl("outbox") if d["state"] in ("pending", "sending", "committing")], 60)
    time.sleep(seconds)


def test_the_mail_asks_the_link_shows_the_button_confirms_and_the_receipt_goes_out(daemon):
    open_daemon(daemon)
    v = Visitor(daemon, "198.51.100.7")
    status, page = v.send(name=CANARY, subject=CANARY, text=CANARY, order_number=CANARY)
    assert status == 200
    number, code = receipt(page)
    mail = eventually(lambda: of(daemon, "question"))[0]
    raw = mail.as_bytes().decode()
    assert mail["To"] == "ann@customers.example.net"
    assert CANARY not in raw and code not in raw and number not in raw
    assert mail["Auto-Submitted"] == "auto-replied"
    path = link(mail)
    for _ in range(3):
        reply, page = v.ask("GET", path)
        assert reply.status == 200 and '<form method="post" action="/verify">' in page
        assert "ann@" not in page and number not in page and code not in page
        assert reply.headers["Referrer-Policy"] == "no-referrer" and reply.headers["Cache-Control"] == "no-store"
    v.ask("HEAD", path)
    quiet(daemon)
    assert of(daemon, "receipt") == [], "opening the link changes nothing"
    assert not daemon.ctl("show", number)["customer"]["handles"][0]["verified"]
    for _ in range(3):
        reply, page = v.post("/verify", token=path.rsplit("/", 1)[1], lang="zh")
        assert reply.status == 200 and "邮箱地址已确认" in page
    sent = eventually(lambda: of(daemon, "receipt"))
    quiet(daemon)
    assert len(of(daemon, "receipt")) == 1, "pressed three times, sent once"
    assert code in sent[0].get_content() and CANARY not in sent[0].as_string()
    ticket = daemon.ctl("show", number)
    assert ticket["customer"]["handles"] == [{"type": "email", "value": "ann@customers.example.net", "verified": True}]
    assert [h["actor"] for h in ticket["history"] if h["event"] == "verified"] == ["customer"]
    status, page = v.send(subject="second")
    assert status == 200
    assert eventually(lambda: len(of(daemon, "receipt")) == 2), "a confirmed address gets its receipts"
    assert len(of(daemon, "question")) == 1


BAD = [("empty", ""), ("no mark", "x"), ("another kind", "f"), ("another id", "id"), ("one bit", "bit"), ("cut", "cut"), ("long", "long"), ("script", "<script>")]


def test_a_link_that_is_not_ours_does_nothing_and_says_so(daemon):
    open_daemon(daemon)
    v = Visitor(daemon)
    v.send()
    good = link(eventually(lambda: of(daemon, "question"))[0]).rsplit("/", 1)[1]
    forge = {"f": "f" + good[1:], "id": re.sub(r"^v\.\d+", "v.2", good), "bit": good[:-1] + ("0" if good[-1] != "0" else "1"), "cut": good[:-1], "long": good * 20}
    pages = set()
    for row, token in BAD:
        token = forge.get(token, token)
        for reply, page in (v.ask("GET", "/verify/" + token.replace("<", "%3C").replace(">", "%3E")), v.post("/verify", token=token)):
            assert reply.status == 404, row
            pages.add(page)
    assert len(pages) == 1, "one answer for all of them"
    quiet(daemon, 0.2)
    assert of(daemon, "receipt") == []


SPELLINGS = ["victim@customers.example.net", "Victim@Customers.Example.NET", "victim+shop@customers.example.net", "VICTIM+x.y@customers.example.net"]


def test_one_mail_a_day_however_the_address_is_written_and_whoever_sends(daemon):
    open_daemon(daemon)
    for n in range(12):
        assert Visitor(daemon, f"198.51.100.{n}").send(contact=SPELLINGS[n % len(SPELLINGS)], subject=f"s{n}")[0] == 200
    daemon.kill()
    daemon.start()
    for n in range(4):
        assert Visitor(daemon, f"203.0.113.{n}").send(contact=SPELLINGS[n], subject=f"t{n}")[0] == 200
    quiet(daemon)
    assert len(mails(daemon)) == 1
    assert len(daemon.ctl("list")) == 16, "no message is lost for it"


SILENT = [("ours", "support@example.com"), ("a robot", "no-reply@customers.example.net"), ("a role", "postmaster@customers.example.net"),
          ("a phone", "+86 138 0000 0000"), ("no domain", "ann@[127.0.0.1]")]


@pytest.mark.parametrize("row, contact", SILENT, ids=[row for row, _ in SILENT])
def test_nobody_who_must_not_be_written_to_is_asked(daemon, row, contact):
    open_daemon(daemon)
    Visitor(daemon).send(contact=contact)
    quiet(daemon, 0.3)
    assert mails(daemon) == []


def test_one_client_cannot_have_many_people_asked(daemon):
    open_daemon(daemon)
    for n in range(9):
        status, page = Visitor(daemon, f"2001:db8:1:2::{n:x}").send(contact=f"victim{n}@customers.example.net")
        assert status == 200
    quiet(daemon, 0.3)
    assert len(mails(daemon)) == 5
    withheld = [h["detail"] for h in daemon.ctl("show", receipt(page)[0])["history"] if h["event"] == "receipt.withheld"]
    assert withheld == ["limit-client-hour"]


OFF = [("switched off", {"verify": False}, {}), ("no public address", {}, {"public_url": None})]


@pytest.mark.parametrize("row, ack, http", OFF, ids=[row for row, _, _ in OFF])
def test_without_the_question_nothing_goes_to_a_typed_address(daemon, row, ack, http):
    for key in http:
        del daemon.conf["http"][key]
    open_daemon(daemon, **ack)
    Visitor(daemon).send()
    quiet(daemon, 0.3)
    assert mails(daemon) == []


def bomb(daemon, submissions, victims, threads=4):
    """Forms for victims from ever new clients, every field a canary; returns the mails by recipient."""
    def some(first):
        v = Visitor(daemon)
        for n in range(first, submissions, threads):
            v.client = f"10.{n >> 16 & 255}.{n >> 8 & 255}.{n & 255}"
            status, _ = v.send(contact=f"victim{n % victims}@customers{n % victims % 7}.example.net", subject=CANARY, text=f"{CANARY} {n}", name=CANARY,
                               order_number=CANARY, lang="zh" if n % 2 else "en")
            assert status == 200, status
        v.close()

    with concurrent.futures.ThreadPoolExecutor(threads) as pool:
        list(pool.map(some, range(threads)))
    quiet(daemon)
    found = mails(daemon)
    assert all(CANARY not in m.as_string() + m.get_content() for m in found)
    return collections.Counter(m["To"] for m in found)


def test_c3_a_flood_of_forms_brings_each_victim_at_most_one_mail(daemon):
    """C3 and C4 at a scale for every day; tests/fault/test_bomb.py has the full one."""
    daemon.conf["ack"]["global_hour"] = 40
    open_daemon(daemon, per_domain_hour=1000)
    got = bomb(daemon, 1400, 70)
    assert set(got.values()) == {1}
    assert len(got) == 40, "and all of them together no more than ack.global_hour"
    assert daemon.ctl("status")["channels"]


def test_an_address_sent_by_a_program_is_asked_like_one_typed_into_a_form_unless_the_program_vouches_for_it(daemon):
    daemon.conf["channels"]["vouching"] = {**daemon.conf["channels"]["hook"], "map": {"verified": "=true"}}
    open_daemon(daemon)
    for n in range(6):
        event = {"id": str(n), "subject": CANARY, "text": CANARY, "name": CANARY, "from": SPELLINGS[n % 4]}
        assert post_signed(daemon, event, f"evt_{n}")[0] == 202
    quiet(daemon)
    asked, = mails(daemon)
    assert "/verify/" in asked.get_content() and CANARY not in asked.as_bytes().decode() and len(daemon.ctl("list")) == 6
    assert post_signed(daemon, {"id": "9", "text": "hello", "from": "known@customers.example.net"}, "evt_9", path="/in/vouching")[0] == 202
    quiet(daemon)
    assert len(mails(daemon)) == 1, "who is vouched for is not asked"
    v = Visitor(daemon, "198.51.100.7")
    path = link(asked)
    assert v.post("/verify", token=path.rsplit("/", 1)[1])[0].status == 200
    assert eventually(lambda: len(of(daemon, "receipt")) == 3), "the newest three that waited"
    assert not [m for m in mails(daemon) if CANARY in m.as_bytes().decode()]
    number = daemon.ctl("list")[-1]["number"]
    daemon.ctl("set-state", number, "resolved")
    assert eventually(lambda: len(mails(daemon)) == 5), "and notices go there from then on"
