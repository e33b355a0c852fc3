"""After the resolution: one question, one answer, and what follows from it."""
import email
import email.policy
import re
import urllib.error
import urllib.parse
import urllib.request

import pytest

from rig.oracle import drained
from rig.smtp_sink import SmtpSink
from rig.talk import eventually, lmtp, mail


@pytest.fixture
def sink(daemon):
    s = SmtpSink()
    daemon.conf["smtp"] = {"server": f"smtp://127.0.0.1:{s.port}", "starttls": False}
    daemon.conf["ack"].update(per_address_hour=100, per_address_day=100)
    daemon.conf["notices"] = {"per_day": 50, "survey_after": "1s", "resolved": False}
    yield s
    s.stop()


def surveys(sink):
    mails = [email.message_from_bytes(m[2], policy=email.policy.default) for m in sink.accepted]
    return [m for m in mails if str(m["Subject"]).startswith(("How did we do?", "我们做得"))]


def resolved(daemon, sink, subject, text="The lamp flickers."):
    """A ticket that is resolved, and the link of its survey."""
    before = len(surveys(sink))
    assert lmtp(daemon.lmtp_port, mail(text, subject=subject)) == 250
    number = eventually(lambda: next((t["number"] for t in daemon.ctl("list") if t["subject"] == subject), None))
    daemon.ctl("set-state", number, "resolved")
    assert eventually(lambda: len(surveys(sink)) == before + 1), "the question comes by itself"
    return number, re.search(r"http://\S+/survey/\S+", surveys(sink)[-1].get_content()).group(0)


def get(url):
    try:
        with urllib.request.urlopen(url, timeout=10) as reply:
            return reply.status, reply.read().decode()
    except urllib.error.HTTPError as e:
        return e.code, e.read().decode()


def post(daemon, link, **fields):
    request = urllib.request.Request(f"http://127.0.0.1:{daemon.http_port}/survey",
                                     urllib.parse.urlencode({"token": link.rsplit("/", 1)[1], **fields}).encode())
    return get(request)


def survey_line(daemon, number):
    return [h["detail"] for h in daemon.ctl("show", number)["history"] if h["event"] == "survey"]


def test_who_is_dissatisfied_has_the_ticket_open_again_and_the_operator_alarmed(daemon, sink):
    daemon.start()
    number, link = resolved(daemon, sink, "Lamp")
    for _ in range(2):
        status, page = get(link)
        assert status == 200 and page.count('type="radio"') == 5 and page.count("<select") == 4
    assert daemon.ctl("show", number)["state"] == "resolved" and survey_line(daemon, number) == [], "opening it answers nothing"
    assert post(daemon, link, speed=1)[0] == 400, "a level has to be chosen"
    assert post(daemon, link, level=1, speed=2, solution=1, attitude="9", thoroughness="<b>")[0] == 200
    shown = daemon.ctl("show", number)
    assert shown["state"] == "received" and survey_line(daemon, number) == ["1 of 5; speed 2, attitude 0, solution 1, thoroughness 0; by link"]
    assert [a["kind"] for a in daemon.ctl("alarms") if a["number"] == number] == ["dissatisfied"]
    assert post(daemon, link, level=5)[0] == 404, "once"
    assert daemon.ctl("show", number)["state"] == "received"


def test_who_is_satisfied_closes_the_ticket_and_who_is_neither_leaves_it(daemon, sink):
    daemon.start()
    first, link = resolved(daemon, sink, "Lamp")
    assert post(daemon, link, level=5)[0] == 200 and daemon.ctl("show", first)["state"] == "closed"
    second, link = resolved(daemon, sink, "Parcel", "My parcel is late.")
    assert post(daemon, link, level=3)[0] == 200 and daemon.ctl("show", second)["state"] == "resolved"
    assert daemon.ctl("alarms") == []


def test_a_link_that_is_not_ours_opens_nothing(daemon, sink):
    daemon.start()
    number, link = resolved(daemon, sink, "Lamp")
    token = link.rsplit("/", 1)[1]
    parts = token.split(".")
    rows = [token[:-1] + ("0" if token[-1] != "0" else "1"), ".".join(["v", *parts[1:]]), ".".join([parts[0], str(int(parts[1]) + 1), *parts[2:]]), "x", "x" * 400,
            "%00", "../status"]
    answers = {get(link.rsplit("/", 1)[0] + "/" + row)[0] for row in rows}
    assert answers <= {404, 400} and 200 not in answers
    assert all(post(daemon, "/" + row, level=1)[0] == 404 for row in rows[:4])
    assert survey_line(daemon, number) == []


def test_a_kill_between_resolution_and_survey_neither_loses_nor_doubles_it(daemon, sink):
    daemon.conf["notices"]["survey_after"] = "3s"
    daemon.start()
    assert lmtp(daemon.lmtp_port, mail(subject="Lamp")) == 250
    number = eventually(lambda: daemon.ctl("list"))[0]["number"]
    drained(daemon)
    daemon.ctl("set-state", number, "resolved")
    daemon.kill()
    daemon.start()
    assert eventually(lambda: len(surveys(sink)) == 1)
    daemon.kill()
    daemon.start()
    assert not eventually(lambda: len(surveys(sink)) > 1, 5)


def test_a_ticket_opened_again_is_not_asked_about_and_a_quiet_one_is_closed(daemon, sink):
    daemon.conf["notices"].update(survey_after="3s", close_after="4s")
    daemon.start()
    numbers = []
    for subject, text in (("Lamp", "The lamp flickers."), ("Parcel", "My parcel is late.")):
        assert lmtp(daemon.lmtp_port, mail(text, subject=subject)) == 250
        numbers.append(eventually(lambda: next((t["number"] for t in daemon.ctl("list") if t["subject"] == subject), None)))
        daemon.ctl("set-state", numbers[-1], "resolved")
    daemon.ctl("set-state", numbers[0], "in_progress")
    assert eventually(lambda: daemon.ctl("show", numbers[1])["state"] == "closed")
    assert daemon.ctl("show", numbers[0])["state"] == "in_progress" and eventually(lambda: len(surveys(sink)) == 1)
