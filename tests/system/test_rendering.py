"""The mail of every event in every language, as it goes out, read by two parsers that know nothing of each other and read back from a mailbox."""
import base64
import email
import email.policy
import json
import re
import subprocess

import pytest

from rig.dovecot import Dovecot
from rig.intaked import BUILD
from rig.node import node

EVENTS = ["received", "duplicate", "mass-incident", "out-of-hours", "under-load", "more-information", "forwarded", "in-progress", "delayed", "resolved", "survey",
          "verification", "reply", "status"]
LANGUAGES = ["en", "zh-Hans", "zh-Hant"]


@pytest.fixture(scope="module")
def mails():
    """[(event, language, sort of sample, what was rendered, the mail's bytes)]"""
    out = []
    for event in EVENTS:
        for sort in ([], ["--bare"]):
            run = subprocess.run([str(BUILD / "intakectl"), "--json", "template", "preview", event, "--whole", *sort], capture_output=True, timeout=30)
            assert run.returncode == 0, run.stderr.decode()
            out += [(event, shown["language"], bool(sort), shown, shown["mail"].encode()) for shown in json.loads(run.stdout)]
    return out


def squeezed(text):
    """Without what a line's end and its padding are."""
    return re.sub(r"\s+", " ", text).strip()


def test_there_is_a_mail_of_every_event_in_every_language(mails):
    assert {(event, language) for event, language, *_ in mails} == {(e, x) for e in EVENTS for x in LANGUAGES}
    assert len({m["subject"] for *_, m, _ in mails}) >= len(EVENTS) * len(LANGUAGES) - 6, "hardly two events share a subject"


def test_two_parsers_read_the_same_subject_and_words(mails):
    others = node("parse_many.js", stdin=json.dumps([base64.b64encode(raw).decode() for *_, raw in mails]).encode())
    assert len(others) == len(mails)
    for (event, language, is_bare, shown, raw), other in zip(mails, others, strict=True):
        where = f"{event} {language} {'bare' if is_bare else 'full'}"
        mine = email.message_from_bytes(raw, policy=email.policy.default)
        assert len(raw) <= 4096 and b"\n" not in raw.replace(b"\r\n", b"") and b"\r" not in raw.replace(b"\r\n", b""), where
        assert max(len(line) for line in raw.split(b"\r\n")) <= 998 and all(b < 128 for b in raw), where
        assert mine.defects == [] and mine.get_content_type() == "text/plain" and not mine.is_multipart(), where
        assert str(mine["Subject"]) == other["subject"] == shown["subject"], where
        assert squeezed(mine.get_content()) == squeezed(other["text"]) == squeezed(shown["text"]), where
        assert mine["Content-Language"] == language and other["html"] is False and other["attachments"] == 0, where
        assert [a["address"] for a in other["to"]] == [a.addr_spec for a in mine["To"].addresses] == ["ann@customers.example.net"], where
        assert mine["To"].addresses[0].display_name == "" and mine["Cc"] is None and mine["Bcc"] is None, where
        assert mine["Auto-Submitted"] == other["automatic"] == "auto-replied" and mine["Precedence"] == "auto_reply" and mine["X-Auto-Response-Suppress"] == "All", where
        assert mine["Message-ID"] == other["messageId"] and mine["In-Reply-To"] == other["inReplyTo"] == "<first@customers.example.net>", where
        if language != "en":
            assert re.search("[一-鿿]", other["subject"]) and re.search("[一-鿿]", other["text"]), where


def test_a_mailbox_gives_them_back_as_they_were(mails):
    with Dovecot({"ann": "secret"}) as dovecot:
        dovecot.append("ann", *[raw for *_, raw in mails])
        kept = [raw for _, _, raw in dovecot.list("ann")]
        box = dovecot.connect("ann")
        box.select("INBOX", readonly=True)
        _, found = box.uid("SEARCH", None, "HEADER", "Auto-Submitted", "auto-replied")
        box.logout()
    assert kept == [raw for *_, raw in mails]
    assert len(found[0].split()) == len(mails)
    for (event, language, _, shown, _), raw in zip(mails, kept, strict=True):
        read = email.message_from_bytes(raw, policy=email.policy.default)
        assert str(read["Subject"]) == shown["subject"] and squeezed(read.get_content()) == squeezed(shown["text"]), (event, language)
