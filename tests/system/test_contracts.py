"""What other programs rely on, asked from outside as they would: files, answers, JSON."""
import http.client
import json
import os
import re
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request

import pytest

from rig.intaked import SECRET
from rig.oracle import sign
from rig.talk import eventually


def post(daemon, event, event_id):
    body, at = json.dumps(event).encode(), int(time.time())
    headers = {"Content-Type": "application/json", "webhook-id": event_id, "webhook-timestamp": str(at), "webhook-signature": sign(SECRET, event_id, at, body)}
    asked = urllib.request.Request(f"http://127.0.0.1:{daemon.http_port}/in/hook", body, headers)
    with urllib.request.urlopen(asked, timeout=20) as reply:
        return reply.status, json.loads(reply.read())


def test_nobody_else_can_read_a_file_of_the_store(daemon):
    daemon.conf["similar"] = {"enabled": True}
    daemon.start()
    post(daemon, {"text": "The lamp flickers. " * 20000}, "evt-1")
    state = daemon.folder / "state"
    assert eventually(lambda: (state / "search.db").exists() and (state / "similar.db").exists())
    files = [p for p in state.rglob("*") if p.is_file()]
    assert len(files) > 5 and [p for p in files if p.stat().st_mode & 0o077] == []
    assert [p for p in state.rglob("*") if p.is_dir() and p.stat().st_mode & 0o077] == []


def test_an_acknowledgement_in_the_answer_says_when_it_was_given(daemon):
    daemon.start()
    _, answer = post(daemon, {"text": "The lamp flickers."}, "evt-1")
    ticket = daemon.ctl("show", answer["number"])
    assert ticket["ack"] == {"state": "sent", "reason": "in-response", "at": ticket["received_at"]}


def test_an_event_that_the_map_gives_an_id_is_one_ticket_whatever_its_headers_say(daemon):
    daemon.conf["channels"]["hook"]["map"] = {"external_id": "event.id"}
    daemon.start()
    event = {"event": {"id": "A-1"}, "text": "The lamp flickers."}
    first = post(daemon, event, "evt-1")
    assert first[0] == 202 and post(daemon, event, "evt-2") == first
    assert post(daemon, {**event, "text": "And now it is dark."}, "evt-3")[1]["number"] != first[1]["number"], "the same id with other content is a new message"
    assert daemon.ctl("show", first[1]["code"])["messages"][0]["external_id"] == "A-1"


PAGES = ["/", "/form/contact", "/status", "/s/AAAA-AAAA-AAAA-AAAA"]


def page_language(daemon, path, **headers):
    connection = http.client.HTTPConnection("127.0.0.1", daemon.http_port, timeout=10)
    connection.request("GET", path, headers=headers)
    page = connection.getresponse().read().decode()
    connection.close()
    return re.search(r'<html lang="([^"]+)"', page).group(1)


def test_visitors_whose_browser_names_no_language_of_ours_get_the_configured_one(daemon):
    daemon.conf["core"]["language"] = "zh-Hans"
    daemon.start()
    for path in PAGES:
        assert [page_language(daemon, path), page_language(daemon, path, **{"Accept-Language": "fr, de;q=0.5"})] == ["zh-Hans", "zh-Hans"], path
        assert page_language(daemon, path, **{"Accept-Language": "fr, en;q=0.5"}) == "en", path
    daemon.conf["core"]["language"] = "en"
    daemon.write_config()
    daemon.ctl("reload")
    assert {page_language(daemon, path) for path in PAGES} == {"en"}


def api(daemon, query):
    token = (daemon.folder / "admin.token").read_text().strip()
    asked = urllib.request.Request(f"http://127.0.0.1:{daemon.admin_port}/api/v1/tickets?{query}", headers={"Authorization": f"Bearer {token}"})
    try:
        with urllib.request.urlopen(asked, timeout=20) as reply:
            return reply.status, len(json.loads(reply.read())["tickets"])
    except urllib.error.HTTPError as e:
        return e.code, json.loads(e.read())["error"]


def test_a_filter_that_says_nothing_is_refused_and_not_taken_for_an_empty_or_a_whole_list(daemon):
    daemon.start()
    number = post(daemon, {"text": "The lamp flickers."}, "evt-1")[1]["number"]
    severity = daemon.ctl("show", number)["severity"]
    for query, says in (("severity=bogus", 'severity: there is no "bogus"; there are urgent, high, normal, low'), ("state=bogus", "state: there is no"),
                        ("category=bogus", "after_sales, billing, information, other"), ("channel=hok", 'channel: there is no "hok"; there are hook, mail, contact'),
                        ("since=yesterday", "since: expected a day"), ("since=2026-02-30T00:00:00Z", "since:"), ("before=abc", 'no ticket "abc"'),
                        ("before=209912-001", "before:"), ("limit=all", "limit: expected a number")):
        status, said = api(daemon, query)
        assert status == 400 and says in said, (query, said)
    long = urllib.parse.quote("x" * 39 + "灯灯")                       # a character that a cut by bytes would halve
    for query in ("severity", "category", "before"):
        status, said = api(daemon, f"{query}={long}")
        assert status == 400 and "x" * 39 in said
    for query, count in ((f"severity={severity}", 1), ("state=received", 1), ("since=7d", 1), ("since=2026-01-01", 1), (f"before={number}", 0), ("category=billing&since=1s", 0), ("channel=contact", 0)):
        assert api(daemon, query) == (200, count), query
    for option in ("--severity", "--state", "--category", "--channel"):
        run = subprocess.run([str(daemon.build / "intakectl"), "--socket", str(daemon.folder / "control.sock"), "list", option, "bogus"], capture_output=True, text=True, timeout=20)
        assert run.returncode == os.EX_USAGE and f'{option}: there is no "bogus"; there are ' in run.stderr
    run = subprocess.run([str(daemon.build / "intakectl"), "--socket", str(daemon.folder / "control.sock"), "show", "x" * 63 + "灯"], capture_output=True, text=True, timeout=20)
    assert "there is no ticket with the number or code 'xxx" in run.stderr


def test_a_program_started_without_standard_streams_gives_their_numbers_to_no_file(daemon):
    daemon.start(prefix=("sh", "-c", 'exec "$0" "$@" <&- >&- 2>&-'))
    assert [os.readlink(f"/proc/{daemon.process.pid}/fd/{fd}") for fd in range(3)] == ["/dev/null"] * 3
    assert post(daemon, {"text": "The lamp flickers."}, "evt-1")[0] == 202 and daemon.stop() == 0


@pytest.mark.parametrize("closed, status", [("<&-", os.EX_NOINPUT), (">&-", os.EX_IOERR)])
def test_a_command_without_its_input_or_output_says_so(daemon, closed, status):
    run = subprocess.run(["sh", "-c", f'exec "$0" normalize --channel email - {closed}', str(daemon.build / "intakectl")],
                         input="Subject: x\n\nhello\n", capture_output=True, text=True, timeout=20)
    assert run.returncode == status and ("Bad file descriptor" in run.stderr or "could not be written" in run.stderr)
