"""A mail that says nothing but a tracking code or "status" is answered with the state: to the owner, a few times a day, and never to a machine."""
import email
import email.policy

import pytest

from rig.oracle import drained
from rig.smtp_sink import SmtpSink
from rig.talk import eventually, lmtp, mail


@pytest.fixture
def asked(daemon):
    """A ticket of Ann's that somebody works on; how many mails went out by then."""
    sink = SmtpSink()
    daemon.conf["smtp"] = {"server": f"smtp://127.0.0.1:{sink.port}", "starttls": False}
    daemon.conf["ack"].update(per_address_hour=100, per_address_day=100)
    daemon.conf["notices"] = {"in_progress": False}
    daemon.start()
    assert lmtp(daemon.lmtp_port, mail(message_id="first")) == 250
    assert eventually(lambda: len(sink.accepted) == 1)
    daemon.ticket, daemon.sink = daemon.ctl("list")[0], sink
    daemon.ctl("set-state", daemon.ticket["number"], "in_progress")
    yield daemon
    sink.stop()


def mails(daemon):
    return [(m[1], email.message_from_bytes(m[2], policy=email.policy.default)) for m in daemon.sink.accepted]


def writes(daemon, text, sender="ann@customers.example.net", **parts):
    """What goes out because of a mail, as (recipients, mail)."""
    before = len(mails(daemon))
    assert lmtp(daemon.lmtp_port, mail(text, sender=sender, **parts), sender=sender) == 250
    drained(daemon)
    return mails(daemon)[before:]


def test_the_owner_asks_by_mail_and_gets_the_state_and_no_ticket(asked):
    ack = mails(asked)[0][1]
    for text, parts in (("status", {"subject": "?"}), (asked.ticket["code"].lower(), {"subject": "hello"}),
                        ("进度\n\n发自我的iPhone\n\nOn Mon, 23 Nov 2026 at 10:00, Shop <support@example.com> wrote:\n\n> Hello,", {"subject": "Re: " + str(ack["Subject"]), "headers": [f"In-Reply-To: {ack['Message-ID']}"]})):
        answer, = writes(asked, text, **parts)
        assert answer[0] == ["ann@customers.example.net"] and asked.ticket["code"] in answer[1].get_content() and "in progress" in answer[1].get_content()
        assert answer[1]["Auto-Submitted"] == "auto-replied" and "hello" not in str(answer[1])
    assert len(asked.ctl("list")) == 1 and len(asked.ctl("show", asked.ticket["number"])["messages"]) == 1
    history = [h["detail"] for h in asked.ctl("show", asked.ticket["number"])["history"] if h["event"] == "status-query"]
    assert history == ["allowed"] * 3
    more = writes(asked, "status", subject="and again")
    assert len(asked.ctl("list")) == 2 and "in progress" not in more[0][1].get_content(), "the fourth of a day is an ordinary mail"
    lines = [line for line in asked.ctl("ledger") if line["channel"] == "mail"]
    assert sum(line["reasons"].get("status-query", 0) for line in lines) == 3 and all(line["pending"] == 0 for line in lines)


def test_a_stranger_with_a_code_gets_what_every_mail_gets(asked):
    made_up = writes(asked, "7QP2-YE1V-GCKG-ZKRR", sender="eve@elsewhere.example.org", subject="one")
    real = writes(asked, asked.ticket["code"], sender="mallory@somewhere.example.org", subject="two")
    for told in (made_up, real):
        assert len(told) == 1 and "in progress" not in told[0][1].get_content() and asked.ticket["code"] not in told[0][1].get_content()

    def shape(m):
        return sorted((k, len(str(v))) for k, v in m.items() if k in ("Subject", "From", "Precedence", "Auto-Submitted", "Content-Type"))
    assert shape(made_up[0][1]) == shape(real[0][1]) and len(asked.ctl("list")) == 3


SILENT = [
    ("an automatic mail", {"headers": ["Auto-Submitted: auto-replied"]}), ("a list", {"headers": ["List-Id: <x.example.net>"]}),
    ("bulk", {"headers": ["Precedence: bulk"]}), ("not to us", {"to": "friends@elsewhere.example.org"}),
]


@pytest.mark.parametrize("row, parts", SILENT, ids=[r[0] for r in SILENT])
def test_what_may_not_be_acknowledged_is_not_told_the_state(asked, row, parts):
    assert writes(asked, "status", subject="x", **parts) == [], row
    assert asked.ctl("show", asked.ticket["number"])["messages"] and len(asked.ctl("list")) == 2, "it is an ordinary message"


def test_words_beside_the_question_make_it_a_message(asked):
    for n, text in enumerate(("status? I have waited for a week!", asked.ticket["code"] + " still flickers", "What is the status")):
        for _, told in writes(asked, text, subject=f"more {n}"):
            assert "in progress" not in told.get_content()
    texts = [m["text"] for t in asked.tickets() for m in t["messages"]]
    assert len(texts) == 4
