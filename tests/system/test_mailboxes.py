"""Mailboxes: a real Dovecot by IMAP and POP3 over TLS, and scripted servers for what a real one does not do on demand."""
import datetime
import email
import email.policy
import email.utils
import itertools
import os
import re
import socket
import time

import pytest

from rig.dovecot import Dovecot
from rig.imap_script import ImapScript
from rig.ports import free_port
from rig.oracle import SERIAL
from rig.pop3_script import Pop3Script
from rig.postfix import Postfix
from rig.talk import eventually, mail

PASSWORD = "correct-horse-of-anna"


@pytest.fixture(scope="module")
def dovecot():
    """One server for all tests; every test has accounts of its own."""
    names = [f"user{n}" for n in range(40)]
    with Dovecot({name: PASSWORD for name in names}) as box:
        box.free = iter(names)
        yield box


def channel(daemon, box, user, kind="imap", tls="implicit", name="box", **more):
    """A mailbox channel of a real Dovecot; short intervals, so that tests are."""
    port = {("imap", "implicit"): box.imaps_port, ("imap", "starttls"): box.imap_port,
            ("pop3", "implicit"): box.pop3s_port, ("pop3", "starttls"): box.pop3_port}[kind, tls]
    scheme = kind + ("s" if tls == "implicit" else "")
    conf = {"plugin": kind, "server": f"{scheme}://localhost:{port}", "user": user, "ca_file": box.ca_file, "interval": "1s",
            "password": {"file": str(daemon.secret(f"{name}.password", PASSWORD))}, **more}
    daemon.conf["channels"][name] = conf
    daemon.conf["ack"]["enabled"] = False
    return conf


def numbered(count, start=1, **parts):
    return [mail(f"serial-{n:08d}-end", message_id=f"m{n}", subject=f"mail {n}", **parts) for n in range(start, start + count)]


def serials(daemon):
    """How often each serial stands in a ticket."""
    counts = {}
    for ticket in daemon.tickets():
        for message in ticket["messages"]:
            for serial in SERIAL.findall(message["text"] or ""):
                counts[int(serial)] = counts.get(int(serial), 0) + 1
    return counts


def serial_of(ticket):
    return int(SERIAL.findall(ticket["messages"][0]["text"])[0])


def wait_for(daemon, count, wait_s=30):
    found = eventually(lambda: (s := serials(daemon)) and len(s) >= count and s, wait_s)
    assert found, f"{len(serials(daemon))} of {count}\n" + daemon.log()
    return found


def state_of(daemon, name="box"):
    return next(c for c in daemon.ctl("status")["channels"] if c["name"] == name)


# ---- taken exactly once, and left as it was

@pytest.mark.parametrize("tls", ["implicit", "starttls"])
@pytest.mark.parametrize("kind", ["imap", "pop3"])
def test_every_mail_becomes_one_ticket_and_is_not_marked_as_read(daemon, dovecot, kind, tls):
    user = next(dovecot.free)
    dovecot.append(user, *numbered(12))
    channel(daemon, dovecot, user, kind, tls)
    daemon.start()
    wait_for(daemon, 12)
    dovecot.append(user, *numbered(3, start=13))
    wait_for(daemon, 15)
    daemon.stop()
    daemon.start()
    time.sleep(2.5)
    assert serials(daemon) == {n: 1 for n in range(1, 16)}
    if kind == "imap":      # by POP3 the server itself notes what was read
        assert [flags for _, flags, _ in dovecot.list(user)] == [[]] * 15, "no flag of ours, \\Seen least of all"
    row = next(r for r in daemon.ctl("ledger") if r["channel"] == "box")
    assert (row["offered"], row["accepted"], row["refused"], row["pending"]) == (15 + row["repeated"], 15, 0, 0)


AFTER = [
    ("imap keep", "imap", {"after": "keep"}, lambda left, moved: len(left) == 5 and not moved),
    ("imap move", "imap", {"after": "move", "move_to": "Done"}, lambda left, moved: not left and len(moved) == 5),
    ("imap delete", "imap", {"after": "delete"}, lambda left, moved: not left),
    ("imap flag", "imap", {"after": "flag", "flag": "$Taken"}, lambda left, moved: [f for _, f, _ in left] == [["$Taken"]] * 5),
    ("pop3 delete", "pop3", {"after": "delete"}, lambda left, moved: not left),
]


@pytest.mark.parametrize("name, kind, conf, holds", AFTER, ids=[a[0] for a in AFTER])
def test_what_comes_after_is_done_once_the_mail_is_stored(daemon, dovecot, name, kind, conf, holds):
    user = next(dovecot.free)
    dovecot.append(user, *numbered(5))
    dovecot.make(user, "Done")
    channel(daemon, dovecot, user, kind, **conf)
    daemon.start()
    assert wait_for(daemon, 5) == {n: 1 for n in range(1, 6)}
    assert eventually(lambda: holds(dovecot.list(user), dovecot.list(user, "Done"))), (name, dovecot.list(user), daemon.log())


@pytest.mark.parametrize("client", ["auto", "url"])
def test_a_folder_to_move_to_that_is_missing_keeps_no_mail_out_and_is_named(daemon, dovecot, client):
    user = next(dovecot.free)
    dovecot.append(user, *numbered(5))
    channel(daemon, dovecot, user, after="move", move_to="Nowhere", batch=2, client=client)
    daemon.start()
    assert wait_for(daemon, 5) == {n: 1 for n in range(1, 6)}
    bad = eventually(lambda: (s := state_of(daemon)) and s["last_error"] and s)
    assert re.search(r"after: .*server says: .*Mailbox doesn't exist: Nowhere", bad["last_error"]) and "] ]" not in bad["last_error"], bad
    dovecot.append(user, *numbered(2, start=6))
    assert wait_for(daemon, 7) == {n: 1 for n in range(1, 8)}
    found = daemon.ctl("doctor", "box", check=False)
    assert [f["ok"] for f in found] == [False] and "move_to: folder" in found[0]["detail"], found
    dovecot.make(user, "Nowhere")
    assert eventually(lambda: not dovecot.list(user) and len(dovecot.list(user, "Nowhere")) == 7), "what waited is moved as well"
    assert [f["ok"] for f in daemon.ctl("doctor", "box")] == [True]


@pytest.mark.parametrize("kind, conf", [("imap", {"after": "delete"}), ("pop3", {"after": "delete"})], ids=["imap", "pop3"])
def test_nothing_is_deleted_on_the_server_while_nothing_can_be_stored(daemon, dovecot, kind, conf):
    user = next(dovecot.free)
    dovecot.append(user, *numbered(3))
    channel(daemon, dovecot, user, kind, **conf)
    daemon.conf["store"]["free_space"] = "1000G"        # nothing is ever taken below this floor
    daemon.start(wait_s=0)
    assert eventually(lambda: "short of space" in daemon.log())
    time.sleep(2)
    assert len(dovecot.list(user)) == 3 and daemon.ctl("list") == []
    daemon.stop()
    del daemon.conf["store"]["free_space"]
    daemon.start()
    wait_for(daemon, 3)
    assert eventually(lambda: dovecot.list(user) == [])


def test_a_folder_that_was_renumbered_gives_only_the_new_mails(daemon):
    """D13: 300 old mails under other numbers and another UIDVALIDITY, and 10 new ones."""
    with ImapScript() as server:
        for raw in numbered(300):
            server.add(raw)
        script_channel(daemon, server, batch=100)
        daemon.start()
        wait_for(daemon, 300)
        for raw in numbered(10, start=301):
            server.add(raw)
        server.renumber(uidvalidity=99, first=1000)
        server.drop()
        found = wait_for(daemon, 310)
        time.sleep(2)
        assert found == {n: 1 for n in range(1, 311)}
        assert len(daemon.ctl("list")) == 310


@pytest.mark.parametrize("kind, after", [("imap", "keep"), ("imap", "delete"), ("pop3", "keep"), ("pop3", "delete")])
def test_kill_in_the_middle_of_500_mails_loses_and_doubles_none(daemon, dovecot, kind, after):
    user = next(dovecot.free)
    dovecot.append(user, *numbered(500))
    channel(daemon, dovecot, user, kind, after=after)
    daemon.start()
    at = []
    for goal in (20, 150, 300):
        eventually(lambda: state_of(daemon)["accepted"] + sum(at) >= goal or state_of(daemon)["state"] == "waiting", 20)
        at.append(state_of(daemon)["accepted"])
        daemon.kill()
        daemon.start()
    assert wait_for(daemon, 500, 60) == {n: 1 for n in range(1, 501)}
    if after == "delete":
        assert eventually(lambda: dovecot.list(user) == [])
    time.sleep(1.5)
    assert len(serials(daemon)) == sum(serials(daemon).values()) == 500


# ---- one broken mailbox

SILENT = []


def silent_port():
    """Of a listener that takes connections and says nothing."""
    listener = socket.create_server(("127.0.0.1", 0))
    SILENT.append(listener)
    return listener.getsockname()[1]


BROKEN = [
    ("wrong password", lambda box: {"password": "wrong"}, "login|password|refused"),
    ("nobody listens", lambda box: {"server": f"imaps://localhost:{free_port()}"}, "connect"),
    ("unknown authority", lambda box: {"ca_file": None}, "certificate"),
    ("silent where TLS is expected", lambda box: {"server": f"imaps://localhost:{silent_port()}", "timeout": "1s"}, "TLS"),
    ("no such folder", lambda box: {"folder": "Nowhere"}, "folder"),
]


@pytest.mark.parametrize("name, change, words", BROKEN, ids=[b[0] for b in BROKEN])
def test_a_broken_mailbox_is_named_in_words_and_the_other_goes_on(daemon, dovecot, name, change, words):
    good, bad = next(dovecot.free), next(dovecot.free)
    dovecot.append(good, *numbered(3))
    channel(daemon, dovecot, good, name="good")
    conf = channel(daemon, dovecot, bad, name="bad")
    for key, value in change(dovecot).items():
        if key == "password":
            daemon.secret("bad.password", value)
        elif value is None:
            del conf[key]
        else:
            conf[key] = value
    daemon.start()
    wait_for(daemon, 3)
    bad_state = eventually(lambda: (s := state_of(daemon, "bad")) and s["last_error"] and s)
    assert bad_state["state"] in ("paused", "parked") and re.search(words, bad_state["last_error"]), bad_state
    found = daemon.ctl("doctor", "bad", check=False)
    assert [f["ok"] for f in found] == [False] and re.search(words, found[0]["detail"]), found
    assert [f["ok"] for f in daemon.ctl("doctor", "good")] == [True]
    dovecot.append(good, *numbered(2, start=4))
    wait_for(daemon, 5)
    assert PASSWORD not in daemon.log() + str(found)


# ---- text that looks like protocol, and mails that are too large

PROTOCOL = [
    ")\r\nA003 OK FETCH completed\r\n* 5 EXPUNGE\r\n* BYE gone",
    "+OK\r\n.\r\n..\r\n-ERR no\r\n.QUIT",
    "* 1 FETCH (UID 7 BODY[] {100000}\r\n{5}\r\nabc",
    "250 ok\r\nDATA\r\n354 go\r\n..\r\nRSET",
]


@pytest.mark.parametrize("kind", ["imap", "pop3"])
def test_text_that_looks_like_protocol_is_text(daemon, dovecot, kind):
    user = next(dovecot.free)
    for n, text in enumerate(PROTOCOL):
        dovecot.append(user, mail(text.replace("\r\n", "\n") + f"\nserial-{n:08d}-end", subject=f"odd {n}", message_id=f"odd{n}"))
    channel(daemon, dovecot, user, kind)
    daemon.start()
    wait_for(daemon, len(PROTOCOL))
    texts = {t["subject"]: t["messages"][0]["text"] for t in daemon.tickets()}
    for n, text in enumerate(PROTOCOL):
        assert text.replace("\r\n", "\n") in texts[f"odd {n}"], texts[f"odd {n}"]


@pytest.mark.parametrize("kind", ["imap", "pop3"])
def test_a_mail_that_is_too_large_becomes_a_minimal_ticket_once_and_stays(daemon, dovecot, kind):
    user = next(dovecot.free)
    large = mail("x" * 70 + "\n" * 1, subject="large").replace(b"x" * 70, b"\r\n".join([b"y" * 70] * 3000))
    dovecot.append(user, *numbered(1), large, *numbered(1, start=2))
    channel(daemon, dovecot, user, kind, max_size="100K", after="delete")
    daemon.start()
    wait_for(daemon, 2)
    assert eventually(lambda: len(daemon.ctl("list")) == 3)
    assert eventually(lambda: [len(raw) > 100000 for _, _, raw in dovecot.list(user)] == [True]), "only the large one stays"
    kept = daemon.ctl("quarantine")
    assert len(kept) == 1 and "max_size" in kept[0]["reason"], kept
    daemon.stop()
    daemon.start()
    time.sleep(2)
    assert len(daemon.ctl("list")) == 3 and len(daemon.ctl("quarantine")) == 1


# ---- D12: a server that breaks off or lies

def script_channel(daemon, server, name="box", kind="imap", **more):
    conf = {"plugin": kind, "server": f"{kind}://127.0.0.1:{server.port}", "user": "anna", "insecure": True, "interval": "1s", "timeout": "5s",
            "password": {"file": str(daemon.secret(f"{name}.password", "secret"))}, **more}
    daemon.conf["channels"][name] = conf
    daemon.conf["ack"]["enabled"] = False
    return conf


FAULTS = [("cut in the literal", "cut"), ("declares too much", "over"), ("declares half", "under"), ("declares 100 TB", "huge"),
          ("NO for one", "no"), ("another mail's number", "other"), ("says goodbye", "bye"), ("OK and nothing", "gone")]


@pytest.mark.parametrize("name, kind", FAULTS, ids=[f[0] for f in FAULTS])
def test_a_mail_that_does_not_come_whole_is_retried_and_the_others_come_through(daemon, name, kind):
    with ImapScript() as server:
        for raw in numbered(7):
            server.add(raw)
        server.fault(4, kind, times=2)
        script_channel(daemon, server)
        daemon.start()
        wait_for(daemon, 6)
        found = wait_for(daemon, 7, 40) if kind != "huge" else serials(daemon)
        time.sleep(1.2)
        assert found == serials(daemon) and set(found.values()) == {1}, found
        if kind != "huge":
            assert len(daemon.ctl("list")) == 7 and daemon.ctl("quarantine") == []
        assert all("\\Seen" not in m["flags"] for m in server.mails)


def test_a_mail_that_never_comes_is_set_aside_with_a_ticket_after_its_tries(daemon):
    with ImapScript() as server:
        for raw in numbered(5):
            server.add(raw)
        server.fault(3, "no")
        script_channel(daemon, server, tries=2)
        daemon.start()
        wait_for(daemon, 4)
        assert eventually(lambda: len(daemon.ctl("list")) == 5, 30), daemon.log()
        assert len(daemon.ctl("quarantine")) == 1
        assert len(server.mails) == 5


@pytest.mark.parametrize("where", ["dele", "quit"])
def test_a_pop3_session_that_breaks_before_its_deletions_are_real_doubles_nothing(daemon, where):
    with Pop3Script() as server:
        for raw in numbered(6):
            server.add(raw)
        server.switch[where] = "cut"
        script_channel(daemon, server, kind="pop3", after="delete")
        daemon.start()
        wait_for(daemon, 6)
        time.sleep(1.5)
        server.switch[where] = "yes"
        assert eventually(lambda: not server.mails, 30), daemon.log()
        assert serials(daemon) == {n: 1 for n in range(1, 7)}


# ---- back into the customer's mailbox

@pytest.mark.skipif(os.geteuid() != 0, reason="Postfix needs root")
def test_an_imap_mail_is_acknowledged_through_postfix_into_the_customers_dovecot_mailbox(daemon):
    """The mailbox of the customer is a Maildir that Postfix fills and Dovecot serves; ours is one of the same Dovecot."""
    with Dovecot({"support": PASSWORD, "ann@customers.example.net": PASSWORD}) as box:
        with Postfix(daemon.folder, f"inet:127.0.0.1:{daemon.lmtp_port}", mail_root=os.path.join(box.dir, "post"), mail_user="mail") as postfix:
            os.symlink(os.path.join(box.dir, "post", "ann@customers.example.net"), os.path.join(box.dir, "mail", "ann"))
            box.append("support", mail("My lamp flickers.", message_id="imap-1"))
            channel(daemon, box, "support", address="support@example.com")
            daemon.conf["ack"]["enabled"] = True
            daemon.conf["smtp"] = {"server": f"smtp://127.0.0.1:{postfix.port}", "starttls": False}
            daemon.start()
            got = eventually(lambda: os.path.isdir(os.path.join(box.dir, "mail", "ann", "new")) and box.list("ann@customers.example.net"), 30)
            assert got and len(got) == 1, postfix.log() + daemon.log()
            ack = email.message_from_bytes(got[0][2], policy=email.policy.default)
            ticket = daemon.ctl("list")[0]
            assert ack["In-Reply-To"] == "<imap-1@customers.example.net>" and ticket["code"] in ack.get_content()
            assert eventually(lambda: daemon.ctl("show", ticket["number"])["ack"]["state"] == "sent")


# ---- heard at once, begun with what is new, older mail on request

def test_new_mail_is_heard_at_once(daemon, dovecot):
    user = next(dovecot.free)
    channel(daemon, dovecot, user, interval="1h")
    daemon.start()
    assert eventually(lambda: state_of(daemon)["state"] == "waiting")
    for n in range(1, 4):
        dovecot.append(user, *numbered(1, start=n))
        assert eventually(lambda: len(serials(daemon)) == n), daemon.log()


def test_backfill_takes_older_mail_once_without_acknowledgements(daemon, dovecot):
    user = next(dovecot.free)
    dovecot.append(user, *numbered(250))
    channel(daemon, dovecot, user, start="new", interval="1h")
    daemon.conf["ack"]["enabled"] = True
    daemon.start()
    assert eventually(lambda: state_of(daemon)["state"] == "waiting")
    dovecot.append(user, *numbered(2, start=251))
    wait_for(daemon, 2)
    assert sorted(serials(daemon)) == [251, 252]
    assert daemon.ctl("backfill", "box", "--since", "30d") == {"found": 252, "seen": 252, "taken": 250}
    assert serials(daemon) == {n: 1 for n in range(1, 253)}
    assert daemon.ctl("backfill", "box", "--since", "30d")["taken"] == 0
    assert len(serials(daemon)) == 252
    reasons = {t["ack"]["reason"] for t in daemon.tickets() if int(SERIAL.findall(t["messages"][0]["text"])[0]) <= 250}
    assert reasons == {"history"}
    dovecot.append(user, *numbered(1, start=253))
    wait_for(daemon, 253)


def test_backfill_begins_with_the_day_of_the_configured_zone_and_not_of_the_server(daemon, dovecot):
    user = next(dovecot.free)
    channel(daemon, dovecot, user, start="new", interval="1h")
    daemon.conf["policy"] = {"timezone": "Asia/Shanghai"}
    for n, came in enumerate(("2026-11-08T20:00:00Z", "2026-11-09T15:59:00Z", "2026-11-09T16:01:00Z", "2026-11-10T03:00:00Z"), 1):
        dovecot.append(user, *numbered(1, start=n), came_at=at(came))
    daemon.start()
    assert eventually(lambda: state_of(daemon)["state"] == "waiting")
    assert daemon.ctl("backfill", "box", "--since", "2026-11-10") == {"found": 2, "seen": 2, "taken": 2}
    assert sorted(serials(daemon)) == [3, 4]


def at(text):
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp()


def test_backfilled_mail_is_overdue_since_it_came_and_promised_nothing(daemon, dovecot):
    user = next(dovecot.free)
    came_at = int(time.time()) - 21 * 86400
    dovecot.append(user, *numbered(2, headers=["Date: " + email.utils.formatdate(came_at)]))
    channel(daemon, dovecot, user, start="new", interval="1h")
    daemon.conf["ack"]["enabled"] = True
    daemon.start()
    assert eventually(lambda: state_of(daemon)["state"] == "waiting")
    assert daemon.ctl("backfill", "box", "--since", "60d")["taken"] == 2
    for ticket in daemon.tickets():
        assert came_at < at(ticket["first_response_due"]) < came_at + 5 * 86400
        marks = [row["detail"] for row in ticket["history"] if row["event"] == "backfilled"]
        assert [at(mark) for mark in marks] == [came_at]
        assert (ticket["ack"]["state"], ticket["ack"]["reason"]) == ("withheld", "history")
    dovecot.append(user, *numbered(1, start=3))
    wait_for(daemon, 3)
    new = next(t for t in daemon.tickets() if serial_of(t) == 3)
    assert at(new["first_response_due"]) > time.time() and "backfilled" not in {row["event"] for row in new["history"]}


URGENT = b"From: Tom <tom@customer.example>\r\nTo: support@shop.example\r\nMessage-ID: <%s@customer.example>\r\nSubject: charger\r\n%s\r\nThe charger caught fire last night and my daughter is burned. Help us at once!\r\n"


def test_a_backfill_that_answers_everybody_wakes_nobody_for_what_is_long_over(daemon, dovecot):
    """What came ten days ago is acknowledged as asked for, without an alarm; what came yesterday raises one."""
    user = next(dovecot.free)
    dovecot.append(user, URGENT % (b"before", b""), came_at=int(time.time()) - 10 * 86400)
    dovecot.append(user, (URGENT % (b"yesterday", b"")).replace(b"tom@", b"tim@"), came_at=int(time.time()) - 86400)
    channel(daemon, dovecot, user, start="new", interval="1h")
    daemon.conf["ack"].update(enabled=True, own_addresses=["support@shop.example"])
    daemon.start()
    assert eventually(lambda: state_of(daemon)["state"] == "waiting")
    assert daemon.ctl("backfill", "box", "--since", "30d", "--acknowledge")["taken"] == 2
    assert eventually(lambda: len(daemon.tickets()) == 2), daemon.log()
    old, new = sorted(daemon.tickets(), key=lambda t: [h["detail"] for h in t["history"] if h["event"] == "backfilled"][0])
    assert old["ack"]["reason"] == new["ack"]["reason"] == "allowed"
    assert [h["detail"] for h in old["history"] if h["event"] == "alarm.withheld"] == ["urgent"]
    assert [a["number"] for a in daemon.ctl("alarms")] == [new["number"]]
    assert at(old["first_response_due"]) > time.time(), "its date is one that can be kept"


def test_the_first_look_takes_what_had_come_long_before_as_older_mail(daemon, dovecot):
    user = next(dovecot.free)
    came_at = int(time.time()) - 10 * 86400
    dovecot.append(user, URGENT % (b"dateless", b""), URGENT % (b"future", b"Date: Fri, 01 Jan 2099 10:00:00 +0000\r\n"), came_at=came_at)
    dovecot.append(user, URGENT % (b"today", b""))
    channel(daemon, dovecot, user, interval="1h")
    daemon.conf["ack"]["enabled"] = True
    daemon.start()

    def by_id():
        return {t["messages"][0]["external_id"]: t for t in daemon.tickets()}
    wait_for_tickets = lambda n: eventually(lambda: len(daemon.tickets()) == n)
    assert wait_for_tickets(3), daemon.log()
    old = [t for t in daemon.tickets() if t["ack"]["reason"] == "history"]
    assert len(old) == 2
    for ticket in old:
        assert came_at < at(ticket["first_response_due"]) <= came_at + 7200
        events = {row["event"]: row["detail"] for row in ticket["history"]}
        assert at(events["backfilled"]) == came_at and events["alarm.withheld"] == "urgent"
    new = next(t for t in daemon.tickets() if t not in old)
    assert at(new["first_response_due"]) > time.time() and not {"backfilled", "alarm.withheld"} & {row["event"] for row in new["history"]}
    assert [a["key"] for a in daemon.ctl("alarms") if a["kind"] == "urgent"] == [new["number"]]
    daemon.stop()
    dovecot.append(user, URGENT % (b"older", b""), came_at=came_at)             # a stop in the middle of the first look makes old mail no newer
    dovecot.append(user, URGENT % (b"waited", b""), came_at=int(time.time()) - 3600)
    daemon.start()
    assert wait_for_tickets(5), daemon.log()
    assert sum(t["ack"]["reason"] == "history" for t in daemon.tickets()) == 3


def test_the_first_look_by_pop3_goes_by_what_the_last_host_wrote_on_top(daemon, dovecot):
    user = next(dovecot.free)
    came_at = int(time.time()) - 10 * 86400
    hop = b"Received: from a.example by mx.shop.example; %s\r\n" % email.utils.formatdate(came_at).encode()
    dovecot.append(user, URGENT % (b"old", hop), URGENT % (b"silent", b""), URGENT % (b"new", hop.replace(email.utils.formatdate(came_at).encode(), email.utils.formatdate().encode())))
    channel(daemon, dovecot, user, kind="pop3", interval="1h")
    daemon.conf["ack"]["enabled"] = True
    daemon.start()
    assert eventually(lambda: len(daemon.tickets()) == 3), daemon.log()
    old = [t for t in daemon.tickets() if t["ack"]["reason"] == "history"]
    assert len(old) == 1 and came_at < at(old[0]["first_response_due"]) <= came_at + 7200


def test_mailboxes_of_one_server_log_in_a_few_at_a_time(daemon):
    with ImapScript(login_s=0.3) as server:
        for n in range(12):
            script_channel(daemon, server, name=f"box{n}")
        daemon.conf["core"] = {**daemon.conf.get("core", {}), "logins_per_server": 3}
        daemon.start()
        assert eventually(lambda: all(state_of(daemon, f"box{n}")["state"] == "waiting" for n in range(12)), 20), daemon.log()
        assert server.most_logging_in == 3


def test_doctor_names_the_wait_for_a_turn_to_log_in(daemon):
    with ImapScript(login_s=20) as server:
        script_channel(daemon, server, name="patient", timeout="20s")
        script_channel(daemon, server, name="hasty", timeout="1s")
        daemon.conf["core"] = {**daemon.conf.get("core", {}), "logins_per_server": 1}
        daemon.start()
        assert eventually(lambda: "waited for a turn" in (state_of(daemon, "hasty")["last_error"] or ""), 15)
        assert server.most_logging_in == 1
        said = daemon.ctl("doctor", "hasty", check=False)[0]["detail"]
        assert "1 other mailboxes are logging in" in said and "core.logins_per_server" in said
