"""Forms and status page against people who mean harm; each test is named after its case of the abuse list where it has one."""
import math
import smtplib
import socket
import statistics
import time
import urllib.parse

import pytest

from rig.forms import Visitor, receipt
from rig.talk import eventually
from test_journey import post_signed
from test_schema import admin

CANARY = "CANARY-77aa"


def open_daemon(daemon, http=None, **form):
    daemon.conf["channels"]["contact"].update({"min_fill": "0s", **form})
    daemon.conf["http"].update({"lookups": 1000000, **(http or {})})
    return daemon.start()


# ---- nothing typed is lost ---------------------------------------------------------------------------------------------------------------

TYPED = {"subject": "مرحبا \u202e שלום 👩‍👩‍👧‍👦", "text": "第一行\n\tsecond <b>line</b> & \"quotes\" '\u200f' 👍🏽 " + "长" * 5000, "contact": "wang@customers.example.net", "name": "O'Brien <x>",
         "order_number": "№ 42/\\"}


def unescape(page):
    import html
    return html.unescape(page)


def kept(page):
    page = unescape(page)
    return [name for name, value in TYPED.items() if (f'value="{value}"' if name != "text" else f"\n{value}</textarea>") not in page]


def test_every_page_that_refuses_gives_back_what_was_typed(daemon):
    open_daemon(daemon, client_limit=4, http={"trusted_proxies": ["127.0.0.1"]})
    v = Visitor(daemon, "198.51.100.1")
    used = v.open()
    pages = {
        "no contact": (422, v.send(**{**TYPED, "contact": "call me"})),
        "forged token": (422, v.send(token="0" * 66, **TYPED)),
        "trap": (422, v.send(fax_extension="x", **TYPED)),
        "too long": (422, v.send(**{**TYPED, "text": "x" * 20001})),
        "sent": (200, v.send(token=used, **TYPED)),
        "sent again": (200, v.send(token=used, **TYPED)),
        "sent with other words": (409, v.send(token=used, **{**TYPED, "order_number": "2"})),
        "in the other language": (200, v.send(switch="zh", **TYPED)),
        "second": (200, v.send(**TYPED)),
        "third": (429, v.send(**TYPED)),
    }
    for row, (want, (status, page)) in pages.items():
        assert status == want, row
        if row not in ("sent", "sent again", "second"):
            lost = kept(page)
            assert lost == {"no contact": ["contact"], "too long": ["text"], "sent with other words": ["order_number"]}.get(row, []), row
    assert receipt(pages["sent"][1][1]) == receipt(pages["sent again"][1][1])
    tickets = daemon.ctl("list")
    assert len(tickets) == 2, "nothing silently filed twice"
    message = daemon.ctl("show", tickets[0]["number"])["messages"][0]
    assert message["text"] == TYPED["text"] and tickets[0]["subject"] == TYPED["subject"]


def is_listening(daemon):
    with socket.socket() as s:
        return s.connect_ex(("127.0.0.1", daemon.http_port)) == 0


MULTIPART = {"Content-Type": "multipart/form-data; boundary=boundary7", "Accept-Language": "zh-CN"}


def upload(token, size):
    return (f'--boundary7\r\nContent-Disposition: form-data; name="token"\r\n\r\n{token}\r\n--boundary7\r\nContent-Disposition: form-data; name="files"; filename="a.bin"\r\n'
            f'Content-Type: application/octet-stream\r\n\r\n{"x" * size}\r\n--boundary7--\r\n').encode()


def test_a_full_disk_gives_the_form_back_and_no_receipt(daemon):
    open_daemon(daemon)
    v = Visitor(daemon)
    token = v.open()
    daemon.stop()
    daemon.conf["store"]["free_space"] = "1000G"
    daemon.start(wait_s=0)
    assert eventually(lambda: is_listening(daemon))
    assert eventually(lambda: not daemon.ctl("status")["has_room"])
    reply, page = v.post("/form/contact", token=token, lang="en", **TYPED)
    assert reply.status == 503 and int(reply.headers["Retry-After"]) > 0
    assert kept(page) == [] and token in page and "could not be stored" in page
    reply, page = v.ask("POST", "/form/contact", upload(token, 1000), MULTIPART)
    assert reply.status == 503 and "文字仍在" in page, "there is no room for files: said in words, in the customer's language"
    assert daemon.ctl("list") == []


def test_a_form_too_large_for_the_gateway_is_refused_in_words(daemon):
    open_daemon(daemon, http={"max_body": "1M"})
    v = Visitor(daemon)
    reply, page = v.ask("POST", "/form/contact", upload(v.open(), 1200000), MULTIPART)
    assert reply.status == 413 and '<html lang="zh-Hans">' in page and "文字仍在" in page
    with pytest.raises(OSError):
        v.ask("POST", "/form/contact", upload(v.open(), 30000000), MULTIPART)
    reply, page = v.ask("POST", "/form/contact", b"{}", {"Content-Type": "application/json"})
    assert reply.status == 415 and "could not be read" in page
    assert eventually(lambda: [r for r in daemon.ctl("ledger") if r["channel"] == "contact" and r["refused"] >= 3])


def test_two_forms_are_two_accounts_with_looks_of_their_own(daemon):
    daemon.conf["channels"]["returns"] = {"plugin": "form", "min_fill": "0s", "name": "Returns & Co", "colour": "#884400", "client_limit": 1, "brand": "returns"}
    open_daemon(daemon)
    one, two = Visitor(daemon), Visitor(daemon, form="returns")
    assert "Returns &amp; Co" in two.ask("GET", "/form/returns")[1] and "Returns" not in one.ask("GET", "/")[1]
    assert "--main: #884400" in two.ask("GET", "/form/returns/look.css")[1]
    assert one.ask("GET", "/form/contact/look.css")[0].status == 404 and one.ask("GET", "/form/nobody")[0].status == 404
    assert one.send(token=two.open())[0] == 422, "a token opens its own form only"
    assert [two.send()[0], two.send()[0], one.send()[0]] == [200, 429, 200]
    assert {(t["channel"]["name"], t["brand"]) for t in daemon.ctl("list")} >= {("returns", "returns")}


# ---- limits --------------------------------------------------------------------------------------------------------------------------------

SPOOFS = [
    # row, trusted proxies, X-Forwarded-For of three requests, status of the third (the limit is two)
    ("no proxy is trusted: the header is nothing", [], ["198.51.100.1", "198.51.100.2", "198.51.100.3"], 429),
    ("a trusted proxy tells three clients", ["127.0.0.1"], ["198.51.100.1", "198.51.100.2", "198.51.100.3"], 200),
    ("and one client three times", ["127.0.0.1"], ["198.51.100.1"] * 3, 429),
    ("what the client itself wrote stands on the left", ["127.0.0.1"], ["1.1.1.1, 198.51.100.1", "2.2.2.2, 198.51.100.1", "3.3.3.3, 198.51.100.1"], 429),
    ("a client that poses as the proxy", ["127.0.0.1"], ["127.0.0.1, 198.51.100.1", "9.9.9.9, 127.0.0.1, 198.51.100.1", "198.51.100.1, 127.0.0.1"], 429),
    ("two trusted proxies in a row", ["127.0.0.1", "10.0.0.0/8"], ["198.51.100.1, 10.1.1.1", "198.51.100.1, 10.2.2.2", "198.51.100.1, 10.3.3.3"], 429),
    ("one /64 is one client", ["127.0.0.1"], ["2001:db8:0:1::1", "2001:db8:0:1:ffff::2", "2001:db8:0:1:a:b:c:d"], 429),
    ("two /64 are two", ["127.0.0.1"], ["2001:db8:0:1::1", "2001:db8:0:1::2", "2001:db8:0:2::1"], 200),
    ("IPv4 written as IPv6", ["127.0.0.1"], ["198.51.100.1", "::ffff:198.51.100.1", "[::ffff:198.51.100.1]:4711"], 429),
    ("nonsense is the proxy itself", ["127.0.0.1"], ["evil", "also evil", "unknown"], 429),
]


@pytest.mark.parametrize("row, proxies, clients, status", SPOOFS, ids=[s[0] for s in SPOOFS])
def test_c35_a_client_is_who_trusted_proxies_say(daemon, row, proxies, clients, status):
    if proxies:
        daemon.conf["http"]["trusted_proxies"] = proxies
    open_daemon(daemon, client_limit=2)
    token_of = Visitor(daemon).open
    got = [Visitor(daemon, client).send(token=token_of())[0] for client in clients]
    assert got == [200, 200, status]


def test_a_limit_outlives_kill_9_and_says_when_it_ends(daemon):
    open_daemon(daemon, client_limit=3)
    for n in range(3):
        assert Visitor(daemon).send(subject=str(n))[0] == 200
    daemon.kill()
    daemon.start()
    v = Visitor(daemon)
    reply, page = v.post("/form/contact", token=v.open(), subject="kept", text="kept", contact="a@customers.example.net", lang="en")
    assert reply.status == 429 and 1 <= int(reply.headers["Retry-After"]) <= 600
    assert 'value="kept"' in page


def test_c36_whoever_is_limited_is_the_only_one(daemon):
    open_daemon(daemon, client_limit=1, http={"trusted_proxies": ["127.0.0.1"]})
    loud = Visitor(daemon, "198.51.100.1")
    _, code = receipt(loud.send()[1])
    assert all(loud.send()[0] == 429 for _ in range(20))
    assert Visitor(daemon, "198.51.100.2").send()[0] == 200
    assert post_signed(daemon, {"id": "1", "text": "t"}, "evt_1")[0] == 202
    with smtplib.LMTP("127.0.0.1", daemon.lmtp_port) as lmtp:
        assert lmtp.sendmail("ann@customers.example.net", ["support@example.com"], "From: ann@customers.example.net\r\nTo: support@example.com\r\n\r\nstill taken\r\n") == {}
    assert loud.ask("GET", f"/s/{code}")[0].status == 200
    assert eventually(lambda: len(daemon.ctl("list")) == 4)
    ledger = eventually(lambda: [r for r in daemon.ctl("ledger") if r["channel"] == "contact" and r["refused"] == 20])
    assert ledger and ledger[0]["offered"] == ledger[0]["accepted"] + ledger[0]["repeated"] + ledger[0]["refused"]


# ---- codes ----------------------------------------------------------------------------------------------------------------------------------

WRITTEN = ["{code}", "{plain}", "{lower}", "{spaced}", " {code} ", "{lookalike}", "{lower_plain}"]


def test_a_code_is_read_however_it_was_copied(daemon):
    open_daemon(daemon)
    v = Visitor(daemon)
    _, code = receipt(v.send()[1])
    while "0" not in code and "1" not in code:
        _, code = receipt(v.send(subject=code)[1])
    forms = {"code": code, "plain": code.replace("-", ""), "lower": code.lower(), "spaced": code.replace("-", " "), "lower_plain": code.replace("-", "").lower(),
             "lookalike": code.replace("0", "O").replace("1", "l")}
    for pattern in WRITTEN:
        reply, page = v.post("/status", code=pattern.format(**forms), lang="en")
        assert reply.status == 200 and "Received" in page, pattern
        assert v.ask("GET", "/s/" + urllib.parse.quote(pattern.format(**forms)))[0].status == 200, pattern


def welch(a, b):
    return abs(statistics.fmean(a) - statistics.fmean(b)) / math.sqrt(statistics.variance(a) / len(a) + statistics.variance(b) / len(b))


def answers_to_wrong_codes(daemon, rounds):
    """The answers to codes wrong in five ways are one; how far their times are apart (Welch's t) after `rounds` of each."""
    v = Visitor(daemon)
    number, code = receipt(v.send()[1])
    wrong = {"unknown": "Z" * 16, "near": code.replace("-", "")[:-1] + ("0" if code[-1] != "0" else "2"), "number": number, "garbage": "x" * 16, "short": "7Q"}

    def ask(text):
        begin = time.perf_counter()
        reply, page = v.ask("GET", f"/s/{text}?lang=en")
        took = time.perf_counter() - begin
        return took, (reply.status, page, sorted((k, w) for k, w in reply.headers.items() if k != "Date"))

    assert len({repr(ask(text)[1]) for text in wrong.values()}) == 1
    times = {row: [] for row in wrong}
    for _ in range(rounds):
        for row, text in wrong.items():
            times[row].append(ask(text)[0])
    trimmed = {row: sorted(t)[: len(t) * 8 // 10] for row, t in times.items()}
    return max(welch(trimmed["unknown"], trimmed[row]) for row in wrong)


def test_c7_every_wrong_code_gets_the_same_answer_in_the_same_time(daemon):
    open_daemon(daemon)
    # The machine has other things to do: a real difference shows every time
    assert any(answers_to_wrong_codes(daemon, 700) < 4.5 for attempt in range(3))


def test_c7_who_asks_for_many_codes_has_to_wait_and_others_have_not(daemon):
    open_daemon(daemon, http={"lookups": 5, "trusted_proxies": ["127.0.0.1"]})
    guesser, other = Visitor(daemon, "198.51.100.1"), Visitor(daemon, "198.51.100.2")
    answers = [guesser.ask("GET", f"/s/{'Z' * 16}?lang=en")[0] for _ in range(7)]
    assert [reply.status for reply in answers[5:]] == [429, 429] and 429 not in [reply.status for reply in answers[:5]]
    assert int(answers[-1].headers["Retry-After"]) >= 1
    assert other.ask("GET", f"/s/{'Z' * 16}?lang=en")[0].status != 429


# ---- headers, logs, words --------------------------------------------------------------------------------------------------------------------

GUARDS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "X-Frame-Options": "DENY"}


def test_c8_every_page_keeps_itself_out_of_caches_frames_indexes_and_referrers(daemon):
    open_daemon(daemon, client_limit=1)
    v = Visitor(daemon)
    _, code = receipt(v.send()[1])
    answers = [v.ask("GET", "/"), v.ask("GET", "/form/contact"), v.post("/form/contact", text="x"), v.ask("GET", f"/s/{code}"), v.ask("GET", "/status"),
               v.post("/status", code="x"), v.ask("GET", "/verify/x"), v.ask("GET", "/nowhere"), v.ask("DELETE", "/status"),
               v.post("/form/contact", token=v.open(), subject="s", text="t", contact="a@customers.example.net"), v.ask("GET", "/healthz")]
    for reply, page in answers:
        for name, value in GUARDS.items():
            assert reply.headers[name] == value, (reply.status, name)
        assert "noindex" in reply.headers["X-Robots-Tag"]
        policy = reply.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy and "script-src" not in policy and "unsafe" not in policy
        assert "<script" not in page and " style=" not in page and " onclick" not in page


def test_c8_c37_no_code_token_or_word_of_a_customer_stands_in_the_log(daemon):
    daemon.conf["log"]["level"] = "debug"
    open_daemon(daemon)
    v = Visitor(daemon)
    token = v.open()
    evil = f"{CANARY}\x1b[2J\r\n<3>intaked: forged line\n"
    _, code = receipt(v.send(token=token, subject=evil, text=evil, name=evil, order_number=evil)[1])
    v.ask("GET", f"/s/{code}")
    v.post("/status", code=code)
    v.post("/form/contact", token=token, text=evil, fax_extension=evil)
    v.ask("GET", f"/s/{code}/%0a{CANARY}")
    log = daemon.log()
    for secret in (code, code.replace("-", ""), token, CANARY, "\x1b", "forged line"):
        assert secret not in log, secret


def test_c12_a_code_shows_the_state_and_nothing_else(daemon):
    open_daemon(daemon)
    v = Visitor(daemon)
    number, code = receipt(v.send(subject=CANARY, text=CANARY, name=CANARY, order_number=CANARY, contact=f"{CANARY.lower()}@customers.example.net")[1])
    for path in (f"/s/{code}", f"/s/{code}?lang=zh"):
        page = v.ask("GET", path)[1]
        assert CANARY.lower() not in page.lower() and number not in page
    assert v.ask("GET", f"/s/{number}")[0].status == 404, "the number is no key"


CONTACTS = ["a@b.example\r\nBcc: x@y.example", "a@b.example\nX: y", "a@b.example,c@d.example", "<a@b.example>", "a b@c.example", "a@b.example\u2028x", "a@b\x00.example", "\"a\"@b.example"]


@pytest.mark.parametrize("contact", CONTACTS, ids=[repr(c) for c in CONTACTS])
def test_c13_no_contact_brings_a_header_or_a_second_recipient(daemon, contact):
    open_daemon(daemon)
    status, _ = Visitor(daemon).send(contact=contact)
    mails = [p.read_text() for p in (daemon.folder / "maildir" / "new").glob("*")]
    assert status == 422 or all("Bcc" not in m and m.count("\nTo:") == 1 and "," not in m.split("\nTo:")[1].split("\n")[0] for m in mails)


def test_c18_names_and_subjects_are_shown_without_what_turns_writing_round(daemon):
    open_daemon(daemon)
    Visitor(daemon).send(subject="invoice\u202efdp.exe\u2066\u200b\ufeff", name="An\u200en\u202d")
    ticket = daemon.ctl("list")[0]
    assert "\u202e" in ticket["subject"], "what came is kept"
    token = (daemon.folder / "admin.token").read_text().strip()
    import urllib.request
    for path in ("/", f"/ticket/{ticket['number']}"):
        request = urllib.request.Request(f"http://127.0.0.1:{daemon.admin_port}{path}", headers={"Authorization": "Bearer " + token})
        page = urllib.request.urlopen(request, timeout=20).read().decode()
        assert "<bdi>invoicefdp.exe</bdi>" in page
        assert not set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\u200e\u200f\ufeff") & set(page)
    assert admin(daemon, f"/api/v1/tickets/{ticket['number']}")["subject"] == ticket["subject"]
