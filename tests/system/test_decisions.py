"""The acknowledgement decision list end to end: a mail goes in, the reason stands on the ticket, and no mail comes out."""
import email
import email.policy
import os
import re
import time

import pytest

from rig.dumb_helpdesk import DumbHelpdesk
from rig.intaked import Intaked
from rig.oracle import drained
from rig.postfix import Postfix
from rig.smtp_sink import SmtpSink
from rig.talk import eventually, lmtp, mail

REPORT = ("Content-Type: multipart/report; report-type=disposition-notification; boundary=b",
          "--b\nContent-Type: text/plain\n\nYour message was displayed.\n--b\nContent-Type: message/disposition-notification\n\n"
          "Disposition: manual-action/MDN-sent-manually; displayed\n--b--")
MEETING = ("Content-Type: text/calendar; method=REPLY; charset=utf-8",
           "BEGIN:VCALENDAR\nMETHOD:REPLY\nBEGIN:VEVENT\nUID:1\nEND:VEVENT\nEND:VCALENDAR")


def row(name, reason, *headers, envelope="ann@customers.example.net", **parts):
    return name, reason, envelope, {"headers": headers, **parts}


SILENT = [
    row("1 null envelope sender", "null-sender", envelope=""),
    row("1 a Return-Path below the first", "null-sender", "Return-Path: <ann@customers.example.net>", "Return-Path: <>"),
    row("2 answered by a machine", "auto-submitted", "Auto-Submitted: auto-replied"),
    row("2 capitals and comment", "auto-submitted", "AUTO-SUBMITTED: Auto-Generated (rejected)"),
    row("2 empty", "auto-submitted", "Auto-Submitted: "),
    row("3 receipt of reading", "report", REPORT[0], text=REPORT[1]),
    row("3 failed recipients", "report", "X-Failed-Recipients: x@example.org"),
    row("4 list", "list", "List-Id: <news.example.org>"),
    row("4 only unsubscribe", "list", "List-Unsubscribe: <mailto:x@example.org>"),
    row("4 feedback", "list", "Feedback-ID: 1:campaign:us14:mc"),
    row("5 bulk", "precedence", "Precedence: BULK"),
    row("5 the other name", "precedence", "X-Precedence: auto_reply"),
    row("6 asks for silence", "suppress", "X-Auto-Response-Suppress: DR, RN, OOF, AutoReply"),
    row("6 all", "suppress", "X-Auto-Response-Suppress: all"),
    row("7 autoreply", "vendor", "X-Autoreply: yes"),
    row("7 machine generated", "vendor", "X-FC-MachineGenerated: true"),
    row("7 inbox rule", "vendor", "X-MS-Exchange-Inbox-Rules-Loop: ann@customers.example.net"),
    row("11 two writers", "no-address", sender="a@customers.example.net, b@customers.example.net"),
    row("11 nobody", "no-address", sender="undisclosed:;"),
    row("11 address literal", "no-address", sender="ann@[192.0.2.1]"),
    row("11 no such domain", "no-address", sender="ann@customers.invalid"),
    row("12 daemon", "role", sender="MAILER-DAEMON@customers.example.net"),
    row("12 no reply", "role", sender="No-Reply <no-reply+x@customers.example.net>"),
    row("12 bounce address", "role", sender="bounces-17@customers.example.net"),
    row("12 list request", "role", sender="talk-request@customers.example.net"),
    row("12 VERP", "role", sender="prvs=1234=ann@customers.example.net"),
    row("13 ours", "own-address", sender="support@example.com"),
    row("13 ours with a tag", "own-address", sender="Support <SUPPORT+x@Example.COM>"),
    row("13 alias of ours", "own-address", sender="hilfe@example.com"),
    row("14 meeting answer", "calendar", MEETING[0], text=MEETING[1]),
    row("15 not to us", "not-addressed", to="friends@elsewhere.example.org"),
]

HEARD = [
    row("a person", "allowed"),
    row("2 says no", "allowed", "Auto-Submitted: No (a person)"),
    row("6 only delivery reports", "allowed", "X-Auto-Response-Suppress: DR, NDR, RN"),
    row("12 a name that only begins so", "allowed", sender="rooth@customers.example.net"),
    row("15 in Cc", "allowed", "Cc: \"Support\" <support@example.com>", to="friends@elsewhere.example.org"),
]


@pytest.fixture(scope="module")
def listener(tmp_path_factory):
    """One daemon and one relay for all rows: rows do not depend on each other."""
    sink = SmtpSink()
    folder = tmp_path_factory.mktemp("ik")
    with Intaked(folder) as d:
        d.conf["smtp"] = {"server": f"smtp://127.0.0.1:{sink.port}", "starttls": False}
        d.conf["ack"].update(own_addresses=["support@example.com", "hilfe@example.com"], per_address_hour=1000, per_address_day=1000)
        d.start()
        yield d, sink
    sink.stop()


def ticket_of(daemon, subject):
    return eventually(lambda: next((t for t in daemon.ctl("list") if t["subject"] == subject), None))


@pytest.mark.parametrize("name, reason, envelope, parts", SILENT, ids=[r[0] for r in SILENT])
def test_a_mail_that_must_not_be_answered_becomes_a_ticket_without_a_mail(listener, name, reason, envelope, parts):
    daemon, sink = listener
    before = len(sink.accepted)
    subject = f"row {SILENT.index((name, reason, envelope, parts))}"
    assert lmtp(daemon.lmtp_port, mail(subject=subject, **parts), sender=envelope) == 250
    ticket = ticket_of(daemon, subject)
    assert ticket, "a ticket in any case"
    assert (ticket["ack"]["state"], ticket["ack"]["reason"]) == ("withheld", reason), name
    explained = daemon.ctl("explain", ticket["number"])
    assert reason in str(explained)
    assert eventually(lambda: daemon.ctl("outbox", "--state", "pending") == []), "the delivery is done, and nothing else was owed"
    assert len(sink.accepted) == before


@pytest.mark.parametrize("name, reason, envelope, parts", HEARD, ids=[r[0] for r in HEARD])
def test_a_person_who_wrote_to_us_is_answered_once(listener, name, reason, envelope, parts):
    daemon, sink = listener
    before = len(sink.accepted)
    subject = f"heard {HEARD.index((name, reason, envelope, parts))}"
    assert lmtp(daemon.lmtp_port, mail(subject=subject, **parts), sender=envelope) == 250
    assert ticket_of(daemon, subject)["ack"]["reason"] == reason
    drained(daemon)
    assert len(sink.accepted) == before + 1, name


# ---- what answers us

def conversation(daemon):
    """A relay that keeps mails, a first ticket of Ann's, and our acknowledgement of it as a parsed mail."""
    sink = SmtpSink()
    daemon.conf["smtp"] = {"server": f"smtp://127.0.0.1:{sink.port}", "starttls": False}
    daemon.conf["ack"].update(per_address_hour=1000, per_address_day=1000)
    daemon.start()
    assert lmtp(daemon.lmtp_port, mail(message_id="first")) == 250
    assert eventually(lambda: sink.accepted)
    drained(daemon)
    ack = email.message_from_bytes(sink.accepted[0][2], policy=email.policy.default)
    return sink, daemon.ctl("list")[0], ack


def test_a_reply_to_our_acknowledgement_joins_the_ticket_and_is_not_answered(daemon):
    sink, first, ack = conversation(daemon)
    assert lmtp(daemon.lmtp_port, mail("And one thing more.", subject="Re: " + ack["Subject"], headers=[f"In-Reply-To: {ack['Message-ID']}"])) == 250
    assert [t["number"] for t in daemon.ctl("list")] == [first["number"]]
    shown = daemon.ctl("show", first["number"])
    assert ["And one thing more." in m["text"] for m in shown["messages"]] == [False, True]
    drained(daemon)
    assert len(sink.accepted) == 1
    sink.stop()


def test_a_stranger_with_a_forged_reference_gets_a_ticket_of_his_own_that_is_linked(daemon):
    sink, first, ack = conversation(daemon)
    for n, reference in enumerate((str(ack["Message-ID"]), "<first@customers.example.net>")):
        assert lmtp(daemon.lmtp_port, mail("Show me all.", sender=f"mallory{n}@elsewhere.example.org", headers=[f"References: {reference}"])) == 250
    assert lmtp(daemon.lmtp_port, mail("Me too.", sender="mallory2@elsewhere.example.org", subject=f"Re: {first['code']}")) == 250
    tickets = daemon.ctl("list")
    assert len(tickets) == 4
    assert len(daemon.ctl("show", first["number"])["messages"]) == 1, "nothing of a stranger enters the ticket"
    for ticket in tickets:
        if ticket["number"] != first["number"]:
            assert first["number"] in [link["number"] for link in daemon.ctl("show", ticket["number"])["links"]]
    sink.stop()


def test_a_code_in_the_subject_joins_only_the_senders_own_ticket_and_is_not_answered(daemon):
    sink, first, _ = conversation(daemon)
    assert lmtp(daemon.lmtp_port, mail("Any news?", subject=f"Re: {first['code']}")) == 250
    assert len(daemon.ctl("list")) == 1
    assert len(daemon.ctl("show", first["number"])["messages"]) == 2
    drained(daemon)
    assert len(sink.accepted) == 1
    sink.stop()


SELF = [("its Message-ID", lambda ack: [f"Message-ID: {ack['Message-ID']}"]),
        ("its loop mark behind a relay that gives new Message-IDs", lambda ack: [f"X-Intaked-Loop: {ack['X-Intaked-Loop']}"])]


@pytest.mark.parametrize("name, headers", SELF, ids=[s[0] for s in SELF])
def test_our_own_mail_that_comes_back_opens_no_ticket(daemon, name, headers):
    sink, first, ack = conversation(daemon)
    assert lmtp(daemon.lmtp_port, mail("Thank you for your message.", subject=str(ack["Subject"]), headers=headers(ack))) == 250
    assert [t["number"] for t in daemon.ctl("list")] == [first["number"]]
    assert len(daemon.ctl("show", first["number"])["messages"]) == 1
    assert [q["reason"] for q in daemon.ctl("quarantine")] == ["self"]
    sink.stop()


def test_a_forged_loop_mark_hides_nothing(daemon):
    sink, _, ack = conversation(daemon)
    forged = re.sub(r"\d", lambda m: str((int(m.group()) + 1) % 10), str(ack["X-Intaked-Loop"]))
    assert lmtp(daemon.lmtp_port, mail("A real complaint.", sender="bob@customers.example.net", headers=[f"X-Intaked-Loop: {forged}"])) == 250
    assert len(daemon.ctl("list")) == 2
    sink.stop()


def bounce_of(ack, recipient, status="5.1.1"):
    original = "".join(f"{name}: {value}\n" for name, value in ack.items())
    return ("--r\nContent-Type: text/plain\n\nYour mail could not be delivered.\n--r\nContent-Type: message/delivery-status\n\n"
            f"Reporting-MTA: dns; mx.example.org\n\nFinal-Recipient: rfc822; {recipient}\nAction: failed\nStatus: {status}\n"
            f"Diagnostic-Code: smtp; 550 no such user\n\n--r\nContent-Type: text/rfc822-headers\n\n{original}\n--r--")


BOUNCES = [("for good", "ann@customers.example.net", "5.1.1", "address-bounced"),
           ("with a tag", "ann+shop@customers.example.net", "5.2.1", "address-bounced"),
           ("for now", "ann@customers.example.net", "4.2.2", "allowed")]


@pytest.mark.parametrize("name, address, status, reason", BOUNCES, ids=[b[0] for b in BOUNCES])
def test_after_a_bounce_of_our_acknowledgement_no_further_mail_goes_there(daemon, name, address, status, reason):
    sink = SmtpSink()
    daemon.conf["smtp"] = {"server": f"smtp://127.0.0.1:{sink.port}", "starttls": False}
    daemon.start()
    assert lmtp(daemon.lmtp_port, mail(sender=address)) == 250
    assert eventually(lambda: sink.accepted)
    drained(daemon)
    ack = email.message_from_bytes(sink.accepted[0][2], policy=email.policy.default)
    report = mail(bounce_of(ack, address, status), sender="Mail Delivery System <MAILER-DAEMON@mx.example.org>", subject="Undelivered Mail",
                  headers=["Content-Type: multipart/report; report-type=delivery-status; boundary=r", "Auto-Submitted: auto-replied"])
    assert lmtp(daemon.lmtp_port, report, sender="") == 250
    assert len(daemon.ctl("list")) == 1, "the report belongs to the ticket whose acknowledgement came back"
    daemon.stop()
    daemon.start()
    assert lmtp(daemon.lmtp_port, mail(subject="Again", sender=address)) == 250
    assert ticket_of(daemon, "Again")["ack"]["reason"] == reason
    drained(daemon)
    assert len(sink.accepted) == (2 if reason == "allowed" else 1)
    sink.stop()


def test_a_forged_bounce_marks_nobody(daemon):
    sink, _, ack = conversation(daemon)
    forged = email.message_from_bytes(ack.as_bytes(), policy=email.policy.default)
    forged.replace_header("Message-ID", "<a.1.0123456789abcdef.0123456789abcdef@intake.example.com>")
    report = mail(bounce_of(forged, "ann@customers.example.net"), sender="MAILER-DAEMON@mx.example.org",
                  headers=["Content-Type: multipart/report; report-type=delivery-status; boundary=r"])
    assert lmtp(daemon.lmtp_port, report, sender="") == 250
    assert lmtp(daemon.lmtp_port, mail(subject="Again")) == 250
    assert ticket_of(daemon, "Again")["ack"]["reason"] == "allowed"
    sink.stop()


# ---- limits

LIMITS = [
    ("per address and hour", {"per_address_hour": 2}, lambda n: f"Ann <ann+{n}@customers.example.net>", "limit-address-hour"),
    ("per address and day", {"per_address_hour": 1000, "per_address_day": 2}, lambda n: "ann@customers.example.net", "limit-address-day"),
    ("per domain and hour", {"per_domain_hour": 2}, lambda n: f"ann{n}@customers.example.net", "limit-domain-hour"),
    ("for everybody", {"global_hour": 2}, lambda n: f"ann@customers{n}.example.net", "limit-global-hour"),
]


@pytest.mark.parametrize("name, conf, sender, reason", LIMITS, ids=[x[0] for x in LIMITS])
def test_a_limit_holds_over_a_restart(daemon, name, conf, sender, reason):
    daemon.conf["ack"].update(conf)
    daemon.start()
    for n in range(2):
        assert lmtp(daemon.lmtp_port, mail(subject=f"mail {n}", sender=sender(n))) == 250
    daemon.kill()
    daemon.start()
    for n in range(2, 4):
        assert lmtp(daemon.lmtp_port, mail(subject=f"mail {n}", sender=sender(n))) == 250
    reasons = {t["subject"]: t["ack"]["reason"] for t in daemon.ctl("list")}
    assert [reasons[f"mail {n}"] for n in range(4)] == ["allowed", "allowed", reason, reason], name
    drained(daemon)
    assert len(list((daemon.folder / "maildir" / "new").iterdir())) == 2


# ---- loops

@pytest.mark.skipif(os.geteuid() != 0, reason="Postfix needs root")
def test_two_gateways_that_answer_each_other_fall_silent(folder):
    """support@example.com and help@example.net write to each other through Postfix: at most three mails on either side."""
    with Intaked(folder / "a") as a, Intaked(folder / "b") as b:
        routes = {"example.net": f"lmtp:inet:127.0.0.1:{b.lmtp_port}"}
        with Postfix(folder, f"inet:127.0.0.1:{a.lmtp_port}", routes=routes) as postfix:
            for d, own in ((a, "support@example.com"), (b, "help@example.net")):
                d.conf["smtp"] = {"server": f"smtp://127.0.0.1:{postfix.port}", "starttls": False}
                d.conf["ack"].update({"from": own, "own_addresses": [own], "per_address_hour": 1000, "per_address_day": 1000})
                d.conf["core"]["hostname"] = own.split("@")[1]
                d.start()
            # A mail to A in the name of B: A answers B, whose answer, if there were one, would go to A, and so on.
            assert lmtp(a.lmtp_port, mail(sender="help@example.net", to="support@example.com"), sender="help@example.net") == 250
            assert eventually(lambda: b.ctl("list")), postfix.log()
            quiet_since, count = time.monotonic(), None
            while time.monotonic() - quiet_since < 3:
                now = [sum(len(a_or_b.ctl("show", t["number"])["messages"]) for t in a_or_b.ctl("list")) for a_or_b in (a, b)]
                if now != count:
                    quiet_since, count = time.monotonic(), now
                time.sleep(0.2)
            assert max(count) <= 3, count
            assert postfix.queue() == []


@pytest.mark.skipif(os.geteuid() != 0, reason="Postfix needs root")
@pytest.mark.parametrize("subject, in_reply_to", [("kept", False), ("own", False), ("kept", True), ("own", True)])
def test_a_helpdesk_without_any_marker_falls_silent(folder, subject, in_reply_to):
    """Two gateways and a helpdesk that answers everything and marks nothing, all in one Postfix: it writes to both, and nobody sends a fourth mail."""
    desk = DumbHelpdesk("parts@parts.example.org", subject, in_reply_to)
    with Intaked(folder / "a") as a, Intaked(folder / "b") as b:
        routes = {"example.net": f"lmtp:inet:127.0.0.1:{b.lmtp_port}", "parts.example.org": f"smtp:[127.0.0.1]:{desk.port}"}
        with Postfix(folder, f"inet:127.0.0.1:{a.lmtp_port}", routes=routes) as postfix:
            desk.relay_port = postfix.port
            owners = {"support@example.com": a, "help@example.net": b}
            for own, d in owners.items():
                d.conf["smtp"] = {"server": f"smtp://127.0.0.1:{postfix.port}", "starttls": False}
                d.conf["ack"].update({"from": own, "own_addresses": [own]})
                d.conf["core"]["hostname"] = own.split("@")[1]
                d.start()
                desk.begin(own)
            assert lmtp(a.lmtp_port, mail(sender="help@example.net", to="support@example.com"), sender="help@example.net") == 250
            assert eventually(lambda: desk.received >= 2), postfix.log()
            quiet_since, count = time.monotonic(), None
            while time.monotonic() - quiet_since < 3:
                now = (desk.sent, desk.received, [len(d.ctl("list")) for d in owners.values()])
                if now != count:
                    quiet_since, count = time.monotonic(), now
                time.sleep(0.2)
            for own in owners:
                sent = sum(own in s[0] or own in s[2].decode(errors="replace").split("\n\n")[0] for s in desk.sink.accepted)
                assert 1 <= sent <= 3, (own, sent, count)
            assert desk.sent <= 3 * len(owners), count
            assert postfix.queue() == []
    desk.stop()
