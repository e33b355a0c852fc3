"""What happens to a ticket after its intake: states set by operators and by helpdesks, and what the customer hears of it."""
import email
import email.policy
import hashlib
import hmac
import http.server
import json
import threading
import time

import pytest

from rig.intaked import SECRET
from rig.oracle import drained, sign
from rig.smtp_sink import SmtpSink
from rig.talk import eventually, lmtp, mail
from test_journey import post

HMAC_SECRET = "a-shared-secret-of-the-tests-0123456789"


class Desk:
    """A helpdesk that gives every ticket an id of its own: D-1, D-2, ..."""

    def __init__(self):
        self.given, outer = {}, self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                event = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                number = event["data"]["number"]
                outer.given.setdefault(number, f"D-{len(outer.given) + 1}")
                body = json.dumps({"ticket": {"id": outer.given[number]}}).encode()
                self.send_response(201)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/hook"
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.2}, daemon=True).start()

    def stop(self):
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def desk(daemon):
    """The daemon with a relay that keeps mails and a helpdesk that sends states back in words of its own."""
    d = Desk()
    d.sink = SmtpSink()
    daemon.secret("desk.secret", SECRET)
    daemon.secret("hmac.secret", HMAC_SECRET)
    daemon.conf["smtp"] = {"server": f"smtp://127.0.0.1:{d.sink.port}", "starttls": False}
    daemon.conf["ack"].update(per_address_hour=100, per_address_day=100)
    daemon.conf["notices"] = {"per_day": 50, "agent_replies": True}
    daemon.conf["sinks"]["desk"] = {"plugin": "webhook", "url": d.url, "secret": {"file": str(daemon.folder / "desk.secret")}, "remote_id": "ticket.id",
                                    "callback_secret": {"file": str(daemon.folder / "desk.secret")},
                                    "callback_fields": {"event_id": "id", "remote_id": "ticket.id", "state": "ticket.status", "reply": "comment"},
                                    "callback_states": {"open": "in_progress", "pending": "waiting_customer", "solved": "resolved", "spam": "closed"}}
    daemon.conf["sinks"]["plain"] = {"plugin": "jsonl", "path": str(daemon.folder / "plain.jsonl"), "callback_scheme": "hmac-sha256",
                                     "callback_secret": {"file": str(daemon.folder / "hmac.secret")}}
    yield d
    d.stop()
    d.sink.stop()


def back(daemon, event, sink="desk", secret=SECRET, event_id=None):
    body = json.dumps(event).encode()
    at = int(time.time())
    name = event_id or event.get("id", "x")
    return post(daemon, body, {"webhook-id": name, "webhook-timestamp": str(at), "webhook-signature": sign(secret, name, at, body)}, f"/back/{sink}")


def back_hmac(daemon, event, secret=HMAC_SECRET, prefix="sha256="):
    body = json.dumps(event).encode()
    return post(daemon, body, {"X-Signature": prefix + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()}, "/back/plain")


def open_ticket(daemon, desk, subject="Lamp"):
    """A ticket of Ann's that is acknowledged and at the helpdesk."""
    assert lmtp(daemon.lmtp_port, mail(subject=subject)) == 250
    ticket = eventually(lambda: next((t for t in daemon.ctl("list") if t["subject"] == subject), None))
    assert eventually(lambda: daemon.ctl("show", ticket["number"])["state"] == "forwarded"), "a receiver that names the ticket has it"
    drained(daemon)
    return ticket


def subjects(desk):
    return [str(email.message_from_bytes(m[2], policy=email.policy.default)["Subject"]).split(" (")[0] for m in desk.sink.accepted]


def states(daemon, number):
    return [h["detail"] for h in daemon.ctl("show", number)["history"] if h["event"] == "state"]


def test_a_ticket_goes_its_way_and_the_customer_hears_of_each_node_once(daemon, desk):
    daemon.start()
    ticket = open_ticket(daemon, desk)
    remote = desk.given[ticket["number"]]
    for event in ({"id": "e1", "ticket": {"id": remote, "status": "open"}},
                  {"id": "e2", "ticket": {"id": remote, "status": "pending"}, "comment": "Which lamp is it?"},
                  {"id": "e3", "ticket": {"id": remote, "status": "solved"}},
                  {"id": "e3", "ticket": {"id": remote, "status": "solved"}},
                  {"id": "e1", "ticket": {"id": remote, "status": "open"}}):
        assert back(daemon, event)[0] == 202
    drained(daemon)
    assert states(daemon, ticket["number"]) == ["forwarded", "in_progress", "waiting_customer", "resolved"]
    assert subjects(desk) == ["We have received your message", "We are working on your matter", "We need a little more from you", "Your matter is marked as resolved"]
    question = email.message_from_bytes(desk.sink.accepted[2][2], policy=email.policy.default)
    assert "Which lamp is it?" in question.get_content() and question["Auto-Submitted"] == "auto-replied"
    assert question["In-Reply-To"] and question["Message-ID"] != email.message_from_bytes(desk.sink.accepted[0][2])["Message-ID"]
    shown = daemon.ctl("show", ticket["number"])
    assert [m["direction"] for m in shown["messages"]] == ["in", "out"] and shown["ack"]["state"] == "sent"


def test_only_a_good_signature_moves_a_ticket_and_nobody_learns_which_tickets_there_are(daemon, desk):
    daemon.start()
    ticket = open_ticket(daemon, desk)
    remote = desk.given[ticket["number"]]
    known = back(daemon, {"id": "a", "ticket": {"id": remote, "status": "no such word"}})
    assert known == back(daemon, {"id": "b", "ticket": {"id": "D-999", "status": "solved"}})
    assert known == back_hmac(daemon, {"event_id": "c", "number": "209901-001", "state": "closed"})
    assert known == back_hmac(daemon, {"event_id": "d", "remote_id": remote, "state": "closed"}), "an id counts for the sink that was given it"
    assert back(daemon, {"id": "f", "ticket": {"id": remote, "status": "solved"}}, secret="whsec_" + "A" * 43 + "=")[0] == 401
    assert back_hmac(daemon, {"event_id": "g", "number": ticket["number"], "state": "closed"}, secret="wrong")[0] == 401
    assert back(daemon, {"id": "h", "ticket": {"id": remote, "status": "solved"}}, sink="file")[0] == 404
    assert back(daemon, {"id": "i"})[0] == 400 and back(daemon, ["x"], event_id="j")[0] == 400
    assert states(daemon, ticket["number"]) == ["forwarded"]
    assert "state.unknown" in [h["event"] for h in daemon.ctl("show", ticket["number"])["history"]]
    assert back_hmac(daemon, {"event_id": 17, "number": ticket["number"], "state": "in_progress"}, prefix="")[0] == 202
    assert states(daemon, ticket["number"]) == ["forwarded", "in_progress"]


def test_an_operator_sets_states_and_is_told_which_moves_there_are_not(daemon, desk):
    daemon.start()
    ticket = open_ticket(daemon, desk)
    number = ticket["number"]
    daemon.ctl("set-state", number, "in_progress", "--note", "with Li")
    daemon.ctl("set-state", ticket["code"].lower(), "closed")
    for args in ((number, "forwarded"), (number, "done"), ("209901-001", "closed"), (number, "in_progress", "--tell", "x" * 1100)):
        with pytest.raises(AssertionError):
            daemon.ctl("set-state", *args)
    assert states(daemon, number) == ["forwarded", "in_progress", "closed"]
    assert ("note", "operator", "with Li") in [(h["event"], h["actor"], h["detail"]) for h in daemon.ctl("show", number)["history"]]


def test_an_answer_of_the_staff_reaches_the_customer_only_when_the_policy_says_so(daemon, desk):
    daemon.start()
    ticket = open_ticket(daemon, desk)
    daemon.ctl("set-state", ticket["number"], "in_progress", "--tell", "The part is on its way.")
    drained(daemon)
    assert "The part is on its way." in desk.sink.accepted[1][2].decode()
    daemon.conf["notices"]["agent_replies"] = False
    daemon.stop()
    daemon.start()
    daemon.ctl("set-state", ticket["number"], "in_progress", "--tell", "It has arrived.")
    drained(daemon)
    assert not any(b"It has arrived." in m[2] for m in desk.sink.accepted)
    assert [m["text"] for m in daemon.ctl("show", ticket["number"])["messages"]][1:] == ["The part is on its way.", "It has arrived."]


def test_no_customer_hears_more_than_the_daily_number(daemon, desk):
    daemon.conf["notices"]["per_day"] = 2
    daemon.start()
    first, second = open_ticket(daemon, desk, "One"), open_ticket(daemon, desk, "Two")
    for number in (first["number"], second["number"]):
        daemon.ctl("set-state", number, "in_progress")
        daemon.ctl("set-state", number, "resolved")
    drained(daemon)
    assert len(subjects(desk)) == 2 + 2, "two acknowledgements, two notices"
    withheld = [h["detail"] for n in (first, second) for h in daemon.ctl("show", n["number"])["history"] if h["event"] == "notice.withheld"]
    assert withheld == ["in-progress: limit-notices-day", "resolved: limit-notices-day"]


@pytest.mark.parametrize("headers, envelope", [(["Auto-Submitted: auto-replied"], "ann@customers.example.net"), (["List-Id: <x.example>"], "ann@customers.example.net"),
                                               ([], "")])
def test_whom_the_decision_list_keeps_silent_hears_no_notice_either(daemon, desk, headers, envelope):
    daemon.start()
    assert lmtp(daemon.lmtp_port, mail(headers=headers), sender=envelope) == 250
    number = eventually(lambda: daemon.ctl("list"))[0]["number"]
    daemon.ctl("set-state", number, "resolved")
    drained(daemon)
    assert desk.sink.accepted == []
    assert "resolved: no-way-back" in [h["detail"] for h in daemon.ctl("show", number)["history"]]


def test_a_new_date_is_told_before_the_promised_one_passes_and_not_too_often(daemon, desk):
    daemon.conf["policy"] = {"normal": {"first_response": "60s"}, "low": {"first_response": "60s"}, "high": {"first_response": "60s"}}
    daemon.conf["notices"].update(delayed_lead="58s", delayed_most=1)
    daemon.start()
    assert lmtp(daemon.lmtp_port, mail()) == 250
    ticket = eventually(lambda: daemon.ctl("list"))[0]
    assert eventually(lambda: len(daemon.ctl("show", ticket["number"])["history"]) > 1)
    answered = ticket["number"]
    # A quarter of the time at most: 15 s before the date, so the notice goes out 45 s after the receipt.
    daemon.kill()
    daemon.start()
    assert eventually(lambda: "We need more time than we told you" in subjects(desk), 70)
    shown = daemon.ctl("show", answered)
    assert shown["promise"]["due"] > shown["first_response_due"]
    sent_at = max(m["at"] for m in shown["history"] if m["event"] == "promise")
    assert sent_at < shown["first_response_due"], "before the date passes"


def test_an_answer_to_a_question_takes_the_ticket_up_again(daemon, desk):
    daemon.start()
    ticket = open_ticket(daemon, desk)
    daemon.ctl("set-state", ticket["number"], "waiting_customer", "--tell", "Which lamp?")
    drained(daemon)
    question = email.message_from_bytes(desk.sink.accepted[-1][2], policy=email.policy.default)
    before = len(desk.sink.accepted)
    assert lmtp(daemon.lmtp_port, mail("The green one.", subject="Re: " + question["Subject"], headers=[f"In-Reply-To: {question['Message-ID']}"])) == 250
    drained(daemon)
    shown = daemon.ctl("show", ticket["number"])
    assert shown["state"] == "in_progress" and len(shown["messages"]) == 3
    assert len(desk.sink.accepted) == before, "what answers a notice is not acknowledged"


class SlowDesk(Desk):
    """A helpdesk that tells of a ticket before it has answered the call that made it."""

    def __init__(self):
        super().__init__()
        self.may_answer = threading.Event()
        handler = self.server.RequestHandlerClass
        answer = handler.do_POST

        def wait_first(request):
            self.came.set()
            self.may_answer.wait(30)
            answer(request)
        self.came = threading.Event()
        handler.do_POST = wait_first


def test_a_callback_that_overtakes_the_answer_with_its_id_is_kept_over_a_kill_and_counts_once(daemon, desk):
    slow = SlowDesk()
    daemon.conf["sinks"]["desk"]["url"] = slow.url
    daemon.start()
    assert lmtp(daemon.lmtp_port, mail()) == 250
    assert slow.came.wait(20)
    number = daemon.ctl("list")[0]["number"]
    early = {"id": "early-1", "ticket": {"id": "D-1", "status": "solved"}, "comment": "The new lamp was sent."}
    assert [back(daemon, early)[0] for _ in range(3)] == [202, 202, 202]
    assert daemon.ctl("show", number)["state"] == "received" and daemon.ctl("status")["http"]["callbacks_held"] >= 1
    daemon.kill()
    slow.may_answer.set()
    daemon.start()
    assert eventually(lambda: daemon.ctl("show", number)["state"] == "resolved", 30), daemon.log()
    shown = daemon.ctl("show", number)
    assert [h["actor"] for h in shown["history"] if h["event"] == "state" and h["detail"] == "resolved"] == ["sink:desk"]
    assert eventually(lambda: daemon.ctl("status")["http"]["callbacks_held"] == 0)
    assert back(daemon, early)[0] == 202
    assert len([m for m in daemon.ctl("show", number)["messages"] if m["direction"] == "out"]) == 1, "said once"
    assert back(daemon, {"id": "none", "ticket": {"id": "D-99", "status": "solved"}})[0] == 202
    assert daemon.ctl("status")["http"]["callbacks_held"] == 0, "nothing is under way that could bring such an id"
    slow.stop()
