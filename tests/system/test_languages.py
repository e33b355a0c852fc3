"""Every page a customer sees, in English and both scripts of Chinese: the language is the visitor's, and no page mixes the scripts."""
import datetime
import email
import email.policy
import html
import re

import pytest

from rig.forms import Visitor, receipt
from rig.talk import eventually, lmtp, mail

# tag of the page -> (what a browser of its reader says, what is written in the form, the charset that holds every character of the script)
READERS = {"en": ("en-GB", "The lamp flickers", "ascii"), "zh-Hans": ("zh-CN", "台灯闪烁", "gb2312"), "zh-Hant": ("zh-TW, zh;q=0.9, en;q=0.8", "檯燈閃爍", "big5")}
SIGNS = str.maketrans("", "", "–·")             # signs of our own that not every charset has


class Reader(Visitor):
    """A visitor whose browser names a language, and who looks at every page: its tag, and whether all its words are in the script."""

    def __init__(self, daemon, tag):
        super().__init__(daemon)
        self.tag, self.seen = tag, []
        self.accept, self.words, self.charset = READERS[tag]

    def ask(self, method, path, body=None, headers=None):
        reply, page = super().ask(method, path, body, {"Accept-Language": self.accept, **(headers or {})})
        self.look(f"{method} {re.sub('[0-9A-Za-z_-]{16,}', 'X', path)} {reply.status}", page)
        return reply, page

    def look(self, name, page):
        assert f'<html lang="{self.tag}">' in page, (name, page[:200])
        page = re.sub(r'<nav class="languages.*?</nav>', "", page, flags=re.S)
        said = " ".join(re.findall(r'(?:alt|aria-label|placeholder|value)="([^"]*)"', page)) + re.sub(r"<[^>]*>", " ", page)
        wrong = [c for c in html.unescape(said).translate(SIGNS) if not can(c, self.charset)]
        assert wrong == [], (name, "".join(dict.fromkeys(wrong)))
        if self.tag != "en":
            assert re.search("[一-龥]", said), name
        self.seen.append(name)


def can(character, charset):
    try:
        return bool(character.encode(charset))
    except UnicodeEncodeError:
        return False


def texts(daemon):
    return [email.message_from_bytes(p.read_bytes(), policy=email.policy.default).get_content() for p in (daemon.folder / "maildir" / "new").glob("*")]


def links(daemon, kind):
    return [m.group(1) for m in (re.search(rf"http://[^/]+(/{kind}/\S+)", text) for text in texts(daemon)) if m]


@pytest.fixture
def pages(daemon):
    daemon.conf["channels"]["contact"].update(min_fill="0s", files=1, types=[".pdf"])
    daemon.conf["http"].update(lookups=1000, max_body="1M")
    daemon.conf["notices"] = {"survey_after": "1s", "per_day": 50}
    calendars = daemon.folder / "calendars"
    calendars.mkdir()
    (calendars / "always.cal").write_text(f"zone Asia/Shanghai\nknown 2025-01-01..{datetime.date.today() + datetime.timedelta(days=400)}\nweek Mon-Sun 00:00-24:00\n")
    daemon.conf["policy"] = {"calendars": str(calendars), "calendar": "always", "normal": {"clock": "working-time", "first_response": "16h", "start": "20h"}}
    return daemon.start()


def through_the_form(v, daemon, contact):
    """Everything a form can answer; the code of what was sent."""
    v.ask("GET", "/")
    v.post("/form/contact", token="x", subject="", text="", contact="")
    v.post("/form/contact", token=v.open(v.tag), subject=v.words, text=v.words, contact="nobody")
    v.post("/form/contact", token=v.open(v.tag), subject=v.words, text=v.words, contact=contact, fax_extension="1")
    token = v.open(v.tag)
    _, page = v.post("/form/contact", token=token, subject=v.words, text=v.words, contact=contact)
    v.post("/form/contact", token=token, subject=v.words, text=v.words + "!", contact=contact)
    reply, _ = v.ask("POST", "/form/contact", b"x" * 1100000, {"Content-Type": "multipart/form-data; boundary=boundary7"})
    assert reply.status == 413
    return receipt(page)


def through_the_status(v, daemon, number, code):
    v.ask("GET", "/status")
    v.post("/status", code="x")
    for state in ("received", "forwarded", "in_progress", "waiting_customer", "resolved", "closed"):
        if state != "received":
            daemon.ctl("set-state", number, state)
        _, page = v.ask("GET", f"/s/{code}")
        assert f'class="state state-{state}"' in page


def through_verification(v, daemon):
    link = eventually(lambda: [one for one in links(daemon, "verify")])[-1]
    v.ask("GET", link)
    v.post("/verify", token=link.rsplit("/", 1)[1])
    v.ask("GET", "/verify/x")


def through_the_survey(v, link):
    v.ask("GET", link)
    token = link.rsplit("/", 1)[1]
    v.post("/survey", token=token)
    v.post("/survey", token=token, level="4")
    v.ask("GET", link)


@pytest.mark.parametrize("tag", READERS)
def test_every_page_is_in_the_visitors_language_and_script(pages, tag):
    v = Reader(pages, tag)
    number, code = through_the_form(v, pages, "ann@customers.example.net")
    through_verification(v, pages)
    through_the_status(v, pages, number, code)
    assert lmtp(pages.lmtp_port, mail(v.words, sender="bob@customers.example.net"), sender="bob@customers.example.net") == 250
    ticket, = pages.ctl("list", "--channel", "mail")
    pages.ctl("set-state", ticket["number"], "resolved")
    through_the_survey(v, eventually(lambda: links(pages, "survey"))[0])
    assert len(v.seen) >= 7 + 8 + 3 + 4, v.seen


def test_a_browser_of_neither_language_gets_the_customers(pages):
    pages.stop()
    pages.conf["core"]["language"] = "zh-Hans"
    pages.start()
    v = Reader(pages, "zh-Hant")
    _, page = v.send(lang="zh-Hant", subject=v.words, text=v.words)
    _, code = receipt(page)
    v.accept = "fr, de;q=0.5"
    v.ask("GET", f"/s/{code}")
    assert lmtp(pages.lmtp_port, mail(v.words, sender="bob@customers.example.net"), sender="bob@customers.example.net") == 250
    pages.ctl("set-state", pages.ctl("list", "--channel", "mail")[0]["number"], "resolved")
    v.ask("GET", eventually(lambda: links(pages, "survey"))[0])
    other = Reader(pages, "zh-Hans")
    other.accept = "fr"
    other.ask("GET", "/status")
    other.accept = READERS["zh-Hans"][0]
    other.ask("GET", f"/s/{code}")


def test_what_a_reader_of_traditional_chinese_sends_is_answered_in_it(pages):
    v = Reader(pages, "zh-Hant")
    _, page = v.send(lang="zh-Hant", subject=v.words, text=v.words, contact="ann@customers.example.net")
    assert "第一次回覆" in page
    ticket, = pages.tickets()
    assert ticket["customer"]["language"] == "zh-Hant"
