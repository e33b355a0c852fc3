"""Nobody can be annoyed through us. Each test is named after the case of abuse it plays."""
import email
import email.policy
import json
import os
import threading
import time

import pytest

from rig.intaked import Intaked, SECRET
from rig.oracle import drained
from rig.postfix import Postfix
from rig.smtp_sink import SmtpSink
from rig.talk import eventually, lmtp, mail

needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="Postfix needs root")


def relay_of(daemon, **ack):
    sink = SmtpSink()
    daemon.conf["smtp"] = {"server": f"smtp://127.0.0.1:{sink.port}", "starttls": False}
    daemon.conf["ack"].update({"per_address_hour": 1000, "per_address_day": 1000, **ack})
    return sink


def parsed(sink):
    return [email.message_from_bytes(m[2], policy=email.policy.default) for m in sink.accepted]


def reasons(daemon):
    return [t["ack"]["reason"] for t in reversed(daemon.ctl("list"))]


# ---- C1: loops


def test_c1_a_helpdesk_without_headers_that_changes_its_subject_is_taken_for_a_machine(daemon):
    """It answers every mail of ours with one of its own, quotes us, counts in its subject, sets no header and says no word that tells what it is."""
    sink = relay_of(daemon)
    daemon.start()
    sent = 1
    assert lmtp(daemon.lmtp_port, mail("Hello, our order is late.", sender="help@desk.example.net", subject="Order"), sender="help@desk.example.net") == 250
    for n in range(8):
        drained(daemon)
        if len(sink.accepted) <= n:
            break
        ack = parsed(sink)[n]
        text = f"Good day to you. This is with the parts office now, sheet {4711 + n}.\n\n> " + ack.get_content().replace("\n", "\n> ")
        assert lmtp(daemon.lmtp_port, mail(text, sender="help@desk.example.net", subject=f"[#{4711 + n}] Parts office"), sender="help@desk.example.net") == 250
        sent += 1
    assert sent + len(sink.accepted) <= 6
    assert reasons(daemon)[-1] == "address-machine"
    evidence = next(line for line in daemon.log().splitlines() if "machine" in line)
    assert "same words" in evidence and "desk.example.net" not in evidence, "told, without the address"


def test_c1_a_person_who_writes_several_times_is_no_machine(daemon):
    sink = relay_of(daemon)
    daemon.start()
    for n in range(4):
        assert lmtp(daemon.lmtp_port, mail(f"Parcel {n}: it is late, the colour is wrong, nobody answers the phone. {'Really. ' * n}", subject=f"Parcel {n}")) == 250
    drained(daemon)
    assert len(sink.accepted) == 4


@needs_root
def test_c1_two_gateways_through_postfix_end_after_one_acknowledgement(daemon, folder):
    with Intaked(folder / "other") as other:
        with Postfix(folder, f"inet:127.0.0.1:{daemon.lmtp_port}", routes={"example.org": f"lmtp:inet:127.0.0.1:{other.lmtp_port}"}) as postfix:
            for d, own in ((daemon, "support@example.com"), (other, "help@example.org")):
                d.conf["smtp"] = {"server": f"smtp://127.0.0.1:{postfix.port}", "starttls": False}
                d.conf["ack"].update({"from": own, "own_addresses": [own]})
                d.start()
            assert lmtp(daemon.lmtp_port, mail("We have not been paid.", sender="help@example.org"), sender="help@example.org") == 250
            assert eventually(lambda: other.ctl("list"))
            time.sleep(3)
            drained(daemon)
            drained(other)
            assert len(daemon.ctl("list")) == 1 and len(other.ctl("list")) == 1
            assert reasons(daemon) == ["allowed"] and reasons(other)[0] in ("null-sender", "auto-submitted")


# ---- C2: a storm of bounces


def test_c2_a_storm_of_bounces_is_stored_and_not_answered(daemon):
    sink = relay_of(daemon)
    daemon.start()
    bounce = mail("Could not be delivered.", sender="MAILER-DAEMON@mx.example.org", subject="Undelivered",
                  headers=["Auto-Submitted: auto-replied", 'Content-Type: multipart/report; report-type=delivery-status; boundary=b'])
    errors = []

    def pour(n):
        for i in range(100):
            if lmtp(daemon.lmtp_port, bounce.replace(b"<", f"<{n}-{i}.".encode(), 1), sender="") != 250:
                errors.append(i)

    threads = [threading.Thread(target=pour, args=(n,)) for n in range(3)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    begun = time.monotonic()
    assert lmtp(daemon.lmtp_port, mail(subject="a person")) == 250
    assert time.monotonic() - begun < 10
    drained(daemon)
    assert not errors and len(sink.accepted) == 1
    assert set(reasons(daemon)) == {"null-sender", "allowed"}


# ---- C5: forged senders


def test_c5_forged_senders_get_nothing_from_us(daemon):
    sink = relay_of(daemon)
    daemon.conf["channels"]["mail"]["trust_authentication_results"] = ["mx.example.com"]
    daemon.start()
    for n in range(40):
        border = ["Authentication-Results: mx.example.com; dmarc=fail header.from=customers.example.net",
                  "Received: from spam.example.biz (spam.example.biz [192.0.2.7]) by mx.example.com with ESMTP; Sun, 22 Nov 2026 10:00:00 +0000"]
        assert lmtp(daemon.lmtp_port, mail(f"number {n}", subject=f"n {n}", headers=border if n % 2 else []), sender=f"x{n}@spam{n}.example.biz") == 250
    drained(daemon)
    assert sink.accepted == [] and len(daemon.ctl("list")) == 40
    assert set(reasons(daemon)) == {"auth-fail", "unaligned"}


def test_c5_a_trusted_forwarder_may_pass_on_mail_of_others(daemon):
    sink = relay_of(daemon, trusted_forwarders=["@alumni.example.org", "srs@relay.example.biz"])
    daemon.start()
    rows = [("x@alumni.example.org", "allowed"), ("srs@relay.example.biz", "allowed"), ("other@relay.example.biz", "unaligned"), ("x@sub.alumni.example.org", "unaligned")]
    for n, (envelope, _) in enumerate(rows):
        assert lmtp(daemon.lmtp_port, mail(f"number {n}", subject=f"n {n}"), sender=envelope) == 250
    drained(daemon)
    assert reasons(daemon) == [reason for _, reason in rows] and len(sink.accepted) == 2


GROUP = ["Precedence: list", "List-Id: <care.example.com>", "List-Post: <mailto:care@example.com>", "Mailing-list: list care@example.com; contact care+owners@example.com",
         "List-Unsubscribe: <mailto:care+unsubscribe@example.com>"]
MUNGED = ['From: "\'Ann\' via Care" <care@example.com>', "X-Original-From: Ann <ann@customers.example.net>", "X-Original-Sender: ann@customers.example.net",
          "Reply-To: Ann <ann@customers.example.net>"]
SHOWN = ["Authentication-Results: mx.example.com; dmarc=pass header.from=example.com",
         "Received: from lists.example.com by mx.example.com with ESMTP; Sun, 22 Nov 2026 10:00:00 +0000"]
TURNED = [SHOWN[0].replace("pass", "fail"), SHOWN[1]]


def test_mail_through_our_own_group_is_a_persons_and_nobody_is_answered_on_a_strangers_word(daemon):
    sink = relay_of(daemon, own_addresses=["support@example.com", "care@example.com"], trusted_forwarders=["@bounces.example.com"])
    daemon.conf["channels"]["mail"]["trust_authentication_results"] = ["mx.example.com"]
    daemon.start()
    group, stranger = "care+bncBC7@bounces.example.com", "ann@customers.example.net"
    rows = [
        ("From is the writer's", GROUP, stranger, "allowed"),
        ("From is the group's, all is shown", [*SHOWN, *MUNGED, *GROUP], group, "allowed"),
        ("nobody shows that it came through the group", [*MUNGED, *GROUP], group, "unaligned"),
        ("it did not come through the group", [*TURNED, *MUNGED, *GROUP], group, "auth-fail"),
        ("the group is not one that checks", [*SHOWN, *MUNGED, *GROUP], stranger, "unaligned"),
        ("Reply-To says another", [*SHOWN, *MUNGED[:3], "Reply-To: eve@elsewhere.example.org", *GROUP], group, "unaligned"),
        ("another's list", [GROUP[0], "List-Id: <care.elsewhere.example.org>"], stranger, "list"),
    ]
    for n, (_, headers, envelope, _) in enumerate(rows):
        assert lmtp(daemon.lmtp_port, mail(f"number {n}", subject=f"n {n}", headers=headers, to="care@example.com"), sender=envelope) == 250
    drained(daemon)
    assert reasons(daemon) == [reason for *_, reason in rows]
    assert [t["customer"]["handles"][0]["value"] for t in daemon.ctl("list")] == [stranger] * len(rows), "the writer, not the group"
    assert [m[1] for m in sink.accepted] == [[stranger]] * 2
    second = str(daemon.ctl("explain", daemon.ctl("list")[-2]["number"]))
    assert "care.example.com" in second and "care@example.com" in second and "through-list" in second, "explain names the list and what From said"


# ---- step 20: the breaker, and an operator's word


def test_the_breaker_pauses_what_is_far_more_than_usual_and_survives_a_restart(daemon):
    sink = relay_of(daemon, breaker=True, breaker_least=5)
    daemon.start()
    for n in range(8):
        assert lmtp(daemon.lmtp_port, mail(f"number {n}", sender=f"p{n}@c{n}.example.net", subject=f"n {n}"), sender=f"p{n}@c{n}.example.net") == 250
    assert reasons(daemon) == ["allowed"] * 6 + ["breaker"] * 2
    drained(daemon)
    assert len(sink.accepted) == 6 and len(daemon.ctl("list")) == 8
    assert "paused for 30 minutes" in daemon.log()
    daemon.kill()
    daemon.start()
    assert lmtp(daemon.lmtp_port, mail("after", sender="q@q.example.net", subject="after"), sender="q@q.example.net") == 250
    assert reasons(daemon)[-1] == "breaker"
    number = daemon.ctl("list")[0]["number"]
    daemon.ctl("acknowledge", number)
    assert eventually(lambda: len(sink.accepted) == 7)
    with pytest.raises(AssertionError):
        daemon.ctl("acknowledge", number)
    assert eventually(lambda: daemon.ctl("show", number)["ack"]["state"] == "sent")
    assert daemon.ctl("show", number)["ack"]["reason"] == "override"


def test_an_operator_overrides_doubts_and_limits_but_never_for_a_machine_and_not_without_end(daemon):
    sink = relay_of(daemon, per_address_hour=0, override_day=1)
    daemon.start()
    for n, headers in enumerate((["Auto-Submitted: auto-replied"], [], [])):
        assert lmtp(daemon.lmtp_port, mail(f"number {n}", subject=f"n {n}", headers=headers)) == 250
    machine, first, second = [t["number"] for t in reversed(daemon.ctl("list"))]
    for number in (machine, "209901-001"):
        with pytest.raises(AssertionError):
            daemon.ctl("acknowledge", number)
    daemon.ctl("acknowledge", first)
    with pytest.raises(AssertionError):
        daemon.ctl("acknowledge", second)
    assert eventually(lambda: len(sink.accepted) == 1)


def test_every_decision_is_counted_by_its_reason(daemon):
    import urllib.request
    relay_of(daemon)
    daemon.start()
    assert lmtp(daemon.lmtp_port, mail()) == 250 and lmtp(daemon.lmtp_port, mail(headers=["List-Id: <x.example>"])) == 250
    request = urllib.request.Request(f"http://127.0.0.1:{daemon.admin_port}/metrics",
                                     headers={"Authorization": "Bearer " + (daemon.folder / "admin.token").read_text().strip()})
    wanted = [f'intaked_acknowledgement_decisions_total{{channel="mail",reason="{reason}"}} 1' for reason in ("allowed", "list")]
    assert eventually(lambda: all(line in urllib.request.urlopen(request, timeout=10).read().decode() for line in wanted)), "counted after the answer"


# ---- C4, C13: nothing a stranger wrote leaves by mail


CANARY = "zq7canary"


def test_c4_no_word_of_a_stranger_leaves_by_mail(daemon):
    sink = relay_of(daemon)
    daemon.conf["notices"] = {"per_day": 100}
    daemon.start()
    boundary = f"--b\r\nContent-Type: text/plain\r\n\r\n{CANARY} text\r\n--b\r\nContent-Type: text/plain; name=\"{CANARY}.txt\"\r\n\r\n{CANARY}\r\n--b--"
    rows = [dict(sender=f'"{CANARY} http://evil.example" <ann@customers.example.net>'), dict(subject=f"{CANARY} buy http://evil.example"), dict(text=f"{CANARY} body"),
            dict(headers=[f"X-{CANARY}: {CANARY}", f"Organization: {CANARY}"]), dict(headers=[f"Subject: =?utf-8?Q?{CANARY}=0D=0ABcc:_victim@example.org?="]),
            dict(headers=["Content-Type: multipart/mixed; boundary=b"], text=boundary), dict(headers=[f"Reply-To: {CANARY}@evil.example"]),
            dict(headers=[f"References: <{CANARY} injected: {CANARY}>"])]
    for n, row in enumerate(rows):
        assert lmtp(daemon.lmtp_port, mail(**{"subject": f"row {n}", "text": f"Number {n} of our lamps, kind {n * 7}.", **row})) == 250
    drained(daemon)
    for ticket in daemon.ctl("list"):
        daemon.ctl("set-state", ticket["number"], "in_progress")
        daemon.ctl("set-state", ticket["number"], "resolved")
    drained(daemon)
    assert len(sink.accepted) >= 3
    for _, recipients, data in sink.accepted:
        assert recipients == ["ann@customers.example.net"]
        text = email.message_from_bytes(data, policy=email.policy.default)
        assert CANARY.encode() not in data and CANARY not in text.get_content() + str(text["Subject"]) + str(text["References"])
        assert "evil" not in data.decode() and len(data) <= 4096 and text["Bcc"] is None


# ---- C13, C14: what a stranger wrote makes no header, no second recipient and no second mail, even where it is passed on on purpose


INJECTIONS = ["ann@customers.example.net{0}Bcc: victim@example.org", "=?utf-8?Q?Ann=0D=0ABcc:_victim@example.org?= <ann@customers.example.net>",
              "=?utf-8?B?QW5uDQpCY2M6IHZpY3RpbUBleGFtcGxlLm9yZw==?= <ann@customers.example.net>", "=?utf-8?Q?Ann=E2=80=A8Bcc:_victim@example.org?= <ann@customers.example.net>",
              "=?utf-8?Q?Ann=C2=85Bcc:_victim@example.org?= <ann@customers.example.net>", "\"Ann{0} Bcc: victim@example.org\" <ann@customers.example.net>",
              "Ann <ann@customers.example.net>, victim@example.org", "Ann <ann@customers.example.net{0}>", "<ann@customers.example.net>{0}{0}DATA",
              "=?utf-16?B?AEEAbgBuAA0ACgBCAGMAYwA6ACAAdgBAAGUALgBvAHIAZw==?= <ann@customers.example.net>", "Ann <ann@customers\u2028.example.net>",
              "Ann <ann%0d%0aBcc:victim@example.org@customers.example.net>", "=?us-ascii?Q?=00=0A.=0A?= <ann@customers.example.net>", "ann@customers.example.net\x00",
              "Ann <@victim.example.org:ann@customers.example.net>", "Ann <ann@[127.0.0.1]>", "<>", "Ann <postmaster>"]
BREAKS = ["\r", "\n", "\r\n ", "\x0b", "\x0c", "\x85"]


def passed_on(daemon, sink):
    """Every mail also goes to a helpdesk's mailbox, with the sender as Reply-To and the original as attachment."""
    daemon.conf["sinks"]["desk"] = {"plugin": "mail", "to": "desk@helpdesk.example.com", "from": "support@example.com"}
    daemon.start()


def test_c13_no_header_of_a_stranger_makes_a_header_or_a_recipient_of_ours(daemon):
    sink = relay_of(daemon)
    passed_on(daemon, sink)
    rows = sorted({row.format(b) for row in INJECTIONS for b in BREAKS})
    assert len(rows) >= 30
    for n, row in enumerate(rows):
        for name in ("From", "Subject"):
            # Bytes as they are: smtplib's own care must not stand between
            data = mail(f"Number {n}", subject=f"{name} {n}", headers=["X-Mark: 1"]).replace(f"{name}: ".encode(), f"{name}: {row}\r\nX-Was: ".encode("utf-8", "surrogateescape"), 1)
            assert lmtp(daemon.lmtp_port, data) in (250, 554), row
    drained(daemon)
    assert len(sink.accepted) >= len(rows)
    for _, recipients, data in sink.accepted:
        assert len(recipients) == 1 and not recipients[0].endswith("example.org"), recipients
        head = data.split(b"\r\n\r\n", 1)[0]
        names = [line.split(b":", 1)[0].lower() for line in head.split(b"\r\n") if not line.startswith((b" ", b"\t"))]
        assert b"bcc" not in names and names.count(b"to") == 1 and names.count(b"subject") == 1 and names.count(b"from") == 1
        assert all(byte >= 32 and byte < 127 or byte in b"\r\n\t" for byte in head), "plain ASCII lines"


ENDS = [f"{a}.{b}" for a in ("\r\n", "\n", "\r") for b in ("\r\n", "\n", "\r")][1:] + ["\n.\r\n\r\n", "\r\n.\n\r\n", "\x00\r\n.\n", "\n\x00.\n", "\n. \n"]


def test_c14_a_mail_that_pretends_to_end_is_one_mail_at_the_relay(daemon):
    """What comes in by webhook holds the bytes of an end of data in twelve shapes and more; the relay sees one mail each."""
    from test_journey import post_signed
    sink = relay_of(daemon)
    passed_on(daemon, sink)
    evil = "MAIL FROM:<x@evil.example>{0}RCPT TO:<victim@example.org>{0}DATA{0}Subject: smuggled{0}{0}boo"
    assert len(ENDS) >= 12
    for n, end in enumerate(ENDS):
        text = f"one{end}" + evil.format("\r\n")
        assert post_signed(daemon, {"id": f"e{n}", "subject": f"S{end}", "text": text, "from": "ann@customers.example.net"}, f"evt_{n}")[0] == (400 if "\x00" in end else 202)
        assert lmtp(daemon.lmtp_port, mail(f"Mail {n}", subject=f"m{n}").replace(b"Mail ", b"Mail" + end.replace("\r\n.\r\n", "").encode() + evil.format("\n").encode(), 1)) in (250, 554)
    drained(daemon)
    assert not any(evil_line in m[0] for m in sink.accepted for evil_line in ("evil.example",)), "no envelope but ours"
    assert {r for m in sink.accepted for r in m[1]} <= {"desk@helpdesk.example.com", "ann@customers.example.net"}
    for m in sink.accepted:
        assert b"\n" not in m[2].replace(b"\r\n", b"") and b"\r" not in m[2].replace(b"\r\n", b""), "no bare line end leaves"
    handed_on = [m for m in sink.accepted if m[1] == ["desk@helpdesk.example.com"]]
    assert len(handed_on) == len(daemon.ctl("list")), "one each"


# ---- C18: a mail's name and subject cannot turn our writing round


def test_c18_a_mail_s_name_and_subject_are_shown_without_what_turns_writing_round(daemon):
    import urllib.request
    daemon.start()
    assert lmtp(daemon.lmtp_port, mail(subject="=?utf-8?Q?invoice=E2=80=AEfdp.exe=E2=81=A6=E2=80=8B?=",
                                       sender="=?utf-8?Q?=D1=80aypal=E2=80=AE?= <ann@xn--pypal-4ve.example>")) == 250
    ticket = eventually(lambda: daemon.ctl("list"))[0]
    token = (daemon.folder / "admin.token").read_text().strip()
    for path in ("/", f"/ticket/{ticket['number']}"):
        request = urllib.request.Request(f"http://127.0.0.1:{daemon.admin_port}{path}", headers={"Authorization": "Bearer " + token})
        with urllib.request.urlopen(request, timeout=20) as reply:
            page = reply.read().decode()
        assert "<bdi>invoicefdp.exe</bdi>" in page
        assert not set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\u200e\u200f\ufeff") & set(page)
    assert "xn--pypal-4ve.example" in json.dumps(daemon.ctl("show", ticket["number"])["customer"]), "the name of the host as it is in the DNS"


# ---- C36: a limit takes acknowledgements, never mail


def test_c36_a_flood_in_somebodys_name_costs_acknowledgements_and_nobody_his_mail(daemon):
    """Whoever writes in another's name uses up that address's acknowledgements of the hour; the mails are all taken, and other people are answered."""
    sink = relay_of(daemon, per_address_hour=3)
    daemon.start()
    for n in range(20):
        assert lmtp(daemon.lmtp_port, mail(f"Lamp number {n}, {n * 31} times.", subject=f"flood {n}", sender="vic@customers.example.net"), sender="vic@customers.example.net") == 250
    assert lmtp(daemon.lmtp_port, mail("Where is my parcel?", subject="another", sender="bob@customers.example.net"), sender="bob@customers.example.net") == 250
    drained(daemon)
    assert len(daemon.ctl("list")) == 21
    to = [m[1][0] for m in sink.accepted]
    assert to.count("vic@customers.example.net") == 3 and to.count("bob@customers.example.net") == 1


# ---- C6, C12: the code shows the state and nothing that was written


def test_c6_c12_the_status_page_shows_no_word_of_any_message_and_no_address(daemon):
    import urllib.request
    relay_of(daemon)
    daemon.start()
    assert lmtp(daemon.lmtp_port, mail(f"{CANARY} your login code is 4711", subject=f"{CANARY} verify", sender=f"{CANARY} <ann@customers.example.net>")) == 250
    ticket = eventually(lambda: daemon.ctl("list"))[0]
    daemon.ctl("set-state", ticket["number"], "waiting_customer", "--tell", f"{CANARY} question", "--note", f"{CANARY} note")
    with urllib.request.urlopen(f"http://127.0.0.1:{daemon.http_port}/s/{ticket['code']}", timeout=10) as reply:
        page, headers = reply.read().decode(), {k.lower(): v for k, v in reply.headers.items()}
    assert CANARY not in page and "4711" not in page and "customers.example.net" not in page
    assert headers["cache-control"] == "no-store" and headers["referrer-policy"] == "no-referrer" and headers["x-content-type-options"] == "nosniff"
    assert "noindex" in headers["x-robots-tag"]
    assert ticket["code"] not in daemon.log() and ticket["code"].replace("-", "") not in daemon.log()


# ---- C37: escapes in every field end as text


def test_c37_control_bytes_reach_neither_the_log_nor_the_terminal(daemon):
    import subprocess
    relay_of(daemon)
    daemon.start()
    evil = "\x1b]0;owned\x07\x1b[2J"
    assert lmtp(daemon.lmtp_port, mail(f"{evil} body", subject=f"=?utf-8?B?G10wO293bmVkBxtbMko=?=", sender=f"=?utf-8?B?G1sySg==?= <ann@customers.example.net>")) == 250
    number = eventually(lambda: daemon.ctl("list"))[0]["number"]
    daemon.ctl("set-state", number, "in_progress", "--note", evil)
    for command in (["list"], ["show", number], ["explain", number], ["outbox"]):
        run = subprocess.run([str(daemon.build / "intakectl"), "--socket", str(daemon.folder / "control.sock"), *command], capture_output=True, timeout=30)
        assert run.returncode == 0 and b"\x1b" not in run.stdout and b"\x07" not in run.stdout, command
    assert "\x1b" not in daemon.log() and "\x07" not in daemon.log()
