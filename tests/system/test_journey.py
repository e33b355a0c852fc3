"""The whole journey: three ways in, three tickets, three acknowledgements, three deliveries, with real counterparts."""
import email
import email.policy
import http.client
import http.server
import json
import os
import smtplib
import threading
import time

import pytest

from rig.intaked import SECRET
from rig.node import node
from rig.oracle import sign
from rig.postfix import Postfix
from rig.talk import eventually

needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="Postfix needs root")


class Helpdesk:
    """A webhook receiver that keeps what it gets; answers[n] is the status of the n-th request, 200 behind the list's end."""

    def __init__(self, answers=()):
        self.requests, answers = [], list(answers)
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                outer.requests.append((dict(self.headers.items()), body.decode()))
                self.send_response(answers.pop(0) if answers else 200)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/hook"
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.2}, daemon=True).start()

    def stop(self):
        self.server.shutdown()
        self.server.server_close()


def post(daemon, body, headers, path="/in/hook"):
    connection = http.client.HTTPConnection("127.0.0.1", daemon.http_port, timeout=20)
    connection.request("POST", path, body, {"Content-Type": "application/json", **headers})
    reply = connection.getresponse()
    text = reply.read()
    connection.close()
    return reply.status, text


def post_signed(daemon, event, event_id, secret=SECRET, shift=0, path="/in/hook"):
    body = json.dumps(event).encode()
    at = int(time.time()) + shift
    return post(daemon, body, {"webhook-id": event_id, "webhook-timestamp": str(at), "webhook-signature": sign(secret, event_id, at, body)}, path)


def test_form_mail_and_webhook_become_three_tickets_three_acks_three_deliveries(daemon):
    daemon.start()
    receipt = node("form.js", f"http://127.0.0.1:{daemon.http_port}/", "en", daemon.folder)
    assert receipt["number"] and receipt["code"]
    with smtplib.LMTP("127.0.0.1", daemon.lmtp_port) as lmtp:
        assert lmtp.sendmail("ann@customers.example.net", ["support@example.com"],
                             "From: Ann <ann@customers.example.net>\r\nTo: support@example.com\r\nSubject: Late\r\nMessage-ID: <1@customers.example.net>\r\n"
                             "\r\nMy parcel SO-1 is late.\r\n") == {}
    body = json.dumps({"id": "evt_1", "subject": "Refund", "text": "Where is my money?", "from": "user1"}).encode()
    status, text = post(daemon, body, node("sign.js", SECRET, "evt_1", stdin=body))
    assert status == 202
    assert set(json.loads(text)) == {"number", "code"}

    assert eventually(lambda: len(daemon.ctl("list")) == 3)
    sent = eventually(lambda: (found := [p.read_text() for p in (daemon.folder / "maildir" / "new").glob("*")]) and len(found) == 2 and found)
    assert sum("/verify/" in mail for mail in sent) == 1, "the mail's acknowledgement, and for the form's address only the question whose it is"
    lines = eventually(lambda: (rows := (daemon.folder / "tickets.jsonl").read_text().splitlines()) and len(rows) == 3 and rows)
    assert lines and len(lines) == 3
    states = {t["channel"]["type"]: t["ack"]["state"] for t in daemon.ctl("list")}
    eventually(lambda: daemon.ctl("show", json.loads(text)["number"])["deliveries"][0]["state"] == "sent")
    assert states["form"] == "sent" and states["webhook"] == "sent"
    assert receipt["code"] in receipt["status"] or "received" in receipt["status"].lower()
    assert "flickers" not in receipt["status"], "the status page shows no message text"


@needs_root
def test_a_mail_through_postfix_is_acknowledged_into_the_customers_mailbox(daemon):
    with Postfix(daemon.folder, f"inet:127.0.0.1:{daemon.lmtp_port}") as postfix:
        daemon.conf["smtp"] = {"server": f"smtp://127.0.0.1:{postfix.port}", "starttls": False}
        daemon.start()
        with smtplib.SMTP("127.0.0.1", postfix.port) as smtp:
            smtp.sendmail("wang@customers.example.net", ["support@example.com"],
                          "From: =?gb2312?B?zfXQocP3?= <wang@customers.example.net>\r\nTo: support@example.com\r\n"
                          "Subject: =?utf-8?B?5b+r6YCS5Lii5aSx?=\r\nMessage-ID: <w1@customers.example.net>\r\nMIME-Version: 1.0\r\n"
                          "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n".encode()
                          + "我的快递丢了，订单号 SO-88，请尽快处理。\r\n".encode())
        ticket = eventually(lambda: daemon.ctl("list"))[0]
        assert ticket["subject"] == "快递丢失"
        mails = eventually(lambda: postfix.mails("wang@customers.example.net"))
        assert len(mails) == 1, postfix.log()
        ack = email.message_from_bytes(mails[0], policy=email.policy.default)
        assert ack["Auto-Submitted"] == "auto-replied"
        assert ack["In-Reply-To"] == "<w1@customers.example.net>"
        assert ack["Return-Path"] in ("<>", "<MAILER-DAEMON>")
        assert ticket["code"] in ack.get_content(), "the tracking code is in the text"
        assert "快递" not in ack.get_content() + str(ack["Subject"]), "no word of the sender leaves by mail"
        other = node("parse.js", stdin=mails[0])
        assert ticket["code"] in other["text"] and other["subject"] == ack["Subject"]
        assert eventually(lambda: daemon.ctl("show", ticket["number"])["ack"]["state"] == "sent")


def test_a_delivery_is_signed_retried_with_the_same_key_and_verified_by_the_sdk(daemon):
    helpdesk = Helpdesk(answers=[503, 500])
    daemon.secret("sink.secret", SECRET)
    daemon.conf["sinks"]["desk"] = {"plugin": "webhook", "url": helpdesk.url, "secret": {"file": str(daemon.folder / "sink.secret")}, "retry_first": "1s"}
    daemon.start()
    status, text = post_signed(daemon, {"id": "e1", "subject": "s", "text": "hello"}, "evt_9")
    assert status == 202
    assert eventually(lambda: len(helpdesk.requests) >= 3, 30)
    assert len({h["webhook-id"] for h, _ in helpdesk.requests}) == 1
    for headers, body in helpdesk.requests:
        lower = {k.lower(): v for k, v in headers.items()}
        assert node("verify.js", SECRET, stdin=json.dumps({"headers": lower, "body": body}).encode()) == "ok"
    assert json.loads(helpdesk.requests[-1][1])["data"]["number"] == json.loads(text)["number"]
    assert eventually(lambda: [d["state"] for d in daemon.ctl("show", json.loads(text)["number"])["deliveries"] if d["sink"] == "desk"] == ["sent"])
    helpdesk.stop()


def test_the_same_event_gets_the_same_answer_and_one_ticket_even_after_a_restart(daemon):
    daemon.start()
    first = post_signed(daemon, {"id": "x", "text": "hello"}, "evt_same")
    again = post_signed(daemon, {"id": "x", "text": "hello"}, "evt_same")
    daemon.kill()
    daemon.start()
    third = post_signed(daemon, {"id": "x", "text": "hello"}, "evt_same")
    assert first[0] == 202 and first == again == third
    assert len(daemon.ctl("list")) == 1
    other = post_signed(daemon, {"id": "x", "text": "something else"}, "evt_same")
    assert other[0] == 202 and other[1] != first[1], "same key, other content: a new ticket, never dropped"
    assert len(daemon.ctl("list")) == 2


BAD = [
    ("wrong secret", {"id": "1", "text": "t"}, {"secret": "whsec_" + "A" * 40}, 401),
    ("stale", {"id": "1", "text": "t"}, {"shift": -400}, 401),
    ("future", {"id": "1", "text": "t"}, {"shift": 400}, 401),
    ("no text", {"id": "1"}, {}, 400),
]


@pytest.mark.parametrize("row, event, how, want", BAD, ids=[b[0] for b in BAD])
def test_bad_webhooks_get_their_status_and_no_ticket(daemon, row, event, how, want):
    daemon.start()
    assert post_signed(daemon, event, "evt_bad", **how)[0] == want
    assert daemon.ctl("list") == []
    ledger = eventually(lambda: [r for r in daemon.ctl("ledger") if r["channel"] == "hook" and r["refused"] == 1])
    assert ledger, f"{row}: {daemon.ctl('ledger')}"


def test_a_reload_with_a_broken_configuration_changes_nothing(daemon):
    import signal
    daemon.start()
    good = daemon.config_path.read_text()
    daemon.config_path.write_text(good + "nonsense: 1\n")
    daemon.signal(signal.SIGHUP)
    assert eventually(lambda: "old one stays in force" in daemon.log())
    assert post_signed(daemon, {"id": "1", "text": "t"}, "evt_r1")[0] == 202
    daemon.conf["channels"]["second"] = dict(daemon.conf["channels"]["hook"])
    daemon.write_config()
    daemon.signal(signal.SIGHUP)
    assert eventually(lambda: "new configuration is in force" in daemon.log())
    assert post_signed(daemon, {"id": "1", "text": "t"}, "evt_r2")[0] == 202
    body = json.dumps({"id": "2", "text": "t"}).encode()
    at = int(time.time())
    status, _ = post(daemon, body, {"webhook-id": "evt_r3", "webhook-timestamp": str(at), "webhook-signature": sign(SECRET, "evt_r3", at, body)}, "/in/second")
    assert status == 202


def test_sigterm_finishes_and_exits_zero(daemon):
    daemon.start()
    for n in range(50):
        assert post_signed(daemon, {"id": str(n), "text": "t"}, f"evt_t{n}")[0] == 202
    begin = time.monotonic()
    assert daemon.stop() == 0
    assert time.monotonic() - begin < 10


def test_the_ledger_balances(daemon):
    daemon.start()
    for n in range(10):
        post_signed(daemon, {"id": str(n), "text": "t"}, f"evt_l{n}")
    post_signed(daemon, {"id": "3", "text": "t"}, "evt_l3")
    post_signed(daemon, {"id": "3", "text": "t"}, "evt_x", secret="whsec_" + "B" * 40)
    rows = eventually(lambda: [r for r in daemon.ctl("ledger") if r["channel"] == "hook" and r["offered"] == 12])
    assert rows, daemon.ctl("ledger")
    assert rows[0]["offered"] == rows[0]["accepted"] + rows[0]["repeated"] + rows[0]["refused"]
    assert (rows[0]["accepted"], rows[0]["repeated"], rows[0]["refused"]) == (10, 1, 1)
