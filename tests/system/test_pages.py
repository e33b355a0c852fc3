"""The pages in a real browser: what axe-core finds on them, the keyboard alone, and the QR code read by another program."""
import base64
import contextlib
import email
import email.policy
import http.server
import json
import re
import subprocess
import threading

import pytest

from rig.forms import Visitor
from rig.node import node
from rig.talk import eventually, lmtp, mail


@contextlib.contextmanager
def site(page):
    """Another web site with one page; its address."""
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(page.encode())

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.2}, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def open_daemon(daemon, **form):
    daemon.conf["channels"]["contact"].update({"min_fill": "0s", **form})
    daemon.conf["http"]["lookups"] = 1000
    daemon.conf["notices"] = {"survey_after": "1s", "per_day": 50}
    return daemon.start()


LANGUAGES = ["en", "zh", "zh-Hant"]
COMBINATIONS = 4 * len(LANGUAGES)       # of language, size and scheme
MATTERS = ("The kettle leaks", "包裹还没有到", "Two invoices for one order", "退款问题", "The parcel is late", "会员积分少了", "The chair wobbles", "客服电话打不通",
           "The app crashes", "優惠券不能用", "My name is misspelt", "門市沒有開門")


def surveys(daemon):
    """Links of surveys, one for each combination: customers who wrote, and were asked after the resolution."""
    for n, matter in enumerate(MATTERS):
        sender = f"customer{n}@customers.example.net"
        subject = f"=?utf-8?B?{base64.b64encode(matter.encode()).decode()}?="
        assert lmtp(daemon.lmtp_port, mail(matter + ".", subject=subject, sender=sender), sender=sender) == 250
    for ticket in daemon.ctl("list", "--channel", "mail"):
        daemon.ctl("set-state", ticket["number"], "resolved")

    def links():
        texts = [email.message_from_bytes(p.read_bytes(), policy=email.policy.default).get_content() for p in (daemon.folder / "maildir" / "new").glob("*")]
        found = [re.search(r"http://\S+/survey/\S+", text) for text in texts]
        return [f.group(0) for f in found if f]
    assert eventually(lambda: len(links()) == COMBINATIONS), daemon.log()
    return links()


def walk(daemon, *folder, with_surveys=True, languages=LANGUAGES):
    """Every page there is in these languages, those behind a verification mail and a survey included."""
    Visitor(daemon).send(contact="wang@customers.example.net")
    question = eventually(lambda: [p.read_bytes() for p in (daemon.folder / "maildir" / "new").glob("*") if b"/verify/" in p.read_bytes()])[0]
    text = email.message_from_bytes(question, policy=email.policy.default).get_content()
    extra = {"verify": re.search(r"http://\S+/verify/\S+", text).group(0), "verify-old": f"http://127.0.0.1:{daemon.http_port}/verify/x"}
    token = (daemon.folder / "admin.token").read_text().strip()
    return node("walk.js", f"http://127.0.0.1:{daemon.http_port}", f"http://127.0.0.1:{daemon.admin_port}", token, *folder,
                stdin=json.dumps({"extra": extra, "surveys": surveys(daemon) if with_surveys else [], "languages": languages}).encode(), timeout=300)


LOOKS = [("as shipped", {}), ("a bright brand", {"name": "Sun & Co", "colour": "#ffd400"}), ("a dark brand", {"name": "夜", "colour": "#000"})]


@pytest.mark.parametrize("row, look", LOOKS, ids=[row for row, _ in LOOKS])
def test_axe_finds_nothing_on_any_page(daemon, row, look):
    open_daemon(daemon, **look)
    has_look = look != {}                   # which surveys, being about no form, do not have
    found = walk(daemon, with_surveys=not has_look, languages=LANGUAGES[:2] if has_look else LANGUAGES)      # no colour knows of a script
    assert len(found) >= (8 * 9 if has_look else COMBINATIONS * 13) + 4 * 4
    assert {page: bad for page, bad in found.items() if bad} == {}


def test_the_form_is_sent_with_the_keyboard_alone(daemon):
    open_daemon(daemon)
    told = node("keys.js", f"http://127.0.0.1:{daemon.http_port}/")
    names = [seen["name"] for seen in told["seen"]]
    assert names == ["subject", "text", "contact", "name", "order_number", "files", "BUTTON"], "in reading order, and not into the trap"
    assert all(seen["outline"] != "none" for seen in told["seen"]), "the focus can be seen"
    entered = node("keys.js", f"http://127.0.0.1:{daemon.http_port}/", "enter")
    assert eventually(lambda: {t["number"] for t in daemon.ctl("list")} == {told["number"], entered["number"]}), "Enter in a field sends"


def test_the_qr_code_of_the_receipt_opens_the_status_page(daemon):
    open_daemon(daemon)
    receipt = node("form.js", f"http://127.0.0.1:{daemon.http_port}/", "zh", daemon.folder)
    read = subprocess.run(["zbarimg", "--quiet", "--raw", str(daemon.folder / "receipt-zh.png")], capture_output=True, text=True, timeout=60)
    assert read.stdout.strip() == f"http://127.0.0.1:{daemon.http_port}/s/{receipt['code'].replace('-', '')}"


def test_a_browser_does_the_proof_of_work_and_one_without_script_waits(daemon):
    open_daemon(daemon, proof_of_work=12, proof_wait="3s")
    told = node("special.js", "proof", f"http://127.0.0.1:{daemon.http_port}/?lang=en")
    assert [m for m in told["told"] if "Content Security Policy" in m] == []
    assert told["scripted"]["title"] == "We have received your message"
    assert told["early"] == {"title": "How can we help?", "alert": 1, "subject": 1}
    assert told["late"]["title"] == "We have received your message"
    assert len(daemon.ctl("list")) == 2


FRAMES = [("a site that may", True, 1), ("a site that may not", False, 0)]


@pytest.mark.parametrize("row, is_allowed, shown", FRAMES, ids=[row for row, _, _ in FRAMES])
def test_the_form_is_shown_in_frames_of_the_sites_that_may(daemon, row, is_allowed, shown):
    page = f'<!doctype html><title>shop</title><iframe src="http://127.0.0.1:{daemon.http_port}/form/contact?lang=en" title="form"></iframe>'
    with site(page) as url:
        open_daemon(daemon, embed_on=[url if is_allowed else "https://elsewhere.example"])
        told = node("special.js", "frame", url + "/")
    assert told["shown"] == shown, told
