"""After the resolution: one question, one answer, and what follows from it."""
import datetime
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
from rig.telegram_fake import TelegramFake


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


TOKEN = "123456:test-token_A-not-for-the-log"


@pytest.fixture
def bot(daemon):
    daemon.conf["channels"]["chat"] = {"plugin": "telegram", "token": {"file": str(daemon.secret("bot.token", TOKEN))}, "timeout": "5s", "interval": "1s"}
    daemon.conf["ack"].update(per_address_hour=100, per_address_day=100)
    daemon.conf["notices"] = {"per_day": 50, "survey_after": "1s", "resolved": False}
    with TelegramFake(token=TOKEN) as fake:
        daemon.conf["channels"]["chat"]["server"] = fake.url
        yield fake


def asked(daemon, bot, chat, text="My lamp flickers.", language="en"):
    """A chat whose ticket is resolved and that was asked about it: the ticket's number and the question."""
    before = len(bot.sent)
    bot.message(text, chat=chat, language=language)
    assert eventually(lambda: len(bot.sent) == before + 1), daemon.log()
    number = daemon.ctl("list")[0]["number"]
    daemon.ctl("set-state", number, "resolved")
    assert eventually(lambda: len(bot.sent) == before + 2), daemon.log()
    assert bot.sent[-1]["chat"]["id"] == chat
    return number, bot.sent[-1]["text"]


def says(daemon, bot, text, **who):
    before = len(bot.sent)
    bot.message(text, **who)
    assert eventually(lambda: len(bot.sent) == before + 1), (text, daemon.log())
    return bot.sent[-1]["text"]


def test_a_chat_is_asked_with_numbers_and_its_owner_answers_there_once(daemon, bot):
    daemon.start()
    number, question = asked(daemon, bot, 7000000001)
    assert all(f"{n} " in question for n in range(1, 6)) and "5 4 5 3" in question and len(question) <= 500
    assert "in progress" not in says(daemon, bot, "5", chat=7000000002), "somebody else's number is a message of their own"
    assert daemon.ctl("show", number)["surveys"] == [] and len(daemon.ctl("list")) == 2
    told = says(daemon, bot, "5 4 5 3", chat=7000000001)
    shown = daemon.ctl("show", number)
    assert shown["state"] == "closed" and shown["code"] in told and "closed" in told
    survey, = shown["surveys"]
    assert {k: survey[k] for k in ("way", "level", "speed", "attitude", "solution", "thoroughness")} == \
        {"way": "chat", "level": 4, "speed": 5, "attitude": 4, "solution": 5, "thoroughness": 3} and survey["at"] >= survey["asked_at"]
    assert len(shown["messages"]) == 1 and len(daemon.ctl("list")) == 2, "it opens no ticket and is no message"
    says(daemon, bot, "1", chat=7000000001)
    shown = daemon.ctl("show", number)
    assert len(shown["surveys"]) == 1 and shown["surveys"][0]["level"] == 4, "once; the next number is an ordinary message"
    texts = [m["text"] for t in daemon.tickets() for m in t["messages"]]
    assert texts.count("1") == 1 and texts.count("5 4 5 3") == 0
    lines = [line for line in daemon.ctl("ledger") if line["channel"] == "chat"]
    assert sum(line["reasons"].get("survey-answer", 0) for line in lines) == 1 and all(line["pending"] == 0 for line in lines)


def test_a_dissatisfied_word_in_a_chat_opens_the_ticket_again_and_other_words_are_messages(daemon, bot):
    daemon.start()
    number, question = asked(daemon, bot, 7000000003, "灯坏了", "zh-hans")
    assert "非常不满意" in question and "5 4 5 3" in question
    assert says(daemon, bot, "我不满意你们的态度，灯还是坏的", chat=7000000003), "more than a rating is a message"
    assert daemon.ctl("show", number)["surveys"] == []
    number, _ = asked(daemon, bot, 7000000004, "快递丢了", "zh-hans")
    says(daemon, bot, "不满意", chat=7000000004)
    assert daemon.ctl("show", number)["state"] == "received" and daemon.ctl("show", number)["surveys"][0]["level"] == 2
    assert [a["kind"] for a in daemon.ctl("alarms") if a["number"] == number] == ["dissatisfied"]


def test_a_number_in_a_group_counts_from_the_customer_alone_and_not_after_a_question_of_the_staff(daemon, bot):
    daemon.start()
    bot.message("My lamp flickers.", chat=-500, sender=41)
    assert eventually(lambda: len(bot.sent) == 1), daemon.log()
    number = daemon.ctl("list")[0]["number"]
    daemon.ctl("set-state", number, "resolved")
    assert eventually(lambda: len(bot.sent) == 2), daemon.log()
    says(daemon, bot, "1", chat=-500, sender=42)
    assert daemon.ctl("show", number)["surveys"] == [] and daemon.ctl("show", number)["state"] == "resolved"
    says(daemon, bot, "4", chat=-500, sender=41)
    assert daemon.ctl("show", number)["surveys"][0]["level"] == 4
    number, _ = asked(daemon, bot, 7000000005)
    bot.message("My parcel is late, and it is another matter.", chat=7000000005)
    assert eventually(lambda: len(daemon.ctl("list")) == 4), [t["subject"] for t in daemon.ctl("list")]
    other = daemon.ctl("list")[0]["number"]
    before = len(bot.sent)
    daemon.ctl("set-state", other, "waiting_customer", "--tell", "Which parcel, 1 or 2?")
    assert eventually(lambda: any("Which parcel" in m["text"] for m in bot.sent[before - 1:])), daemon.log()
    says(daemon, bot, "2", chat=7000000005)
    assert daemon.ctl("show", number)["surveys"] == [], "it answers the staff's question"


def test_with_a_calendar_the_question_waits_for_working_time(daemon, sink):
    calendars = daemon.folder / "calendars"
    calendars.mkdir()
    now = datetime.datetime.now(datetime.timezone.utc)
    far = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"][(now.weekday() + 3) % 7]
    (calendars / "rare.cal").write_text(f"zone UTC\nknown 2025-01-01..2030-12-31\nweek {far} 09:00-17:00\n")
    daemon.conf["policy"] = {"calendars": str(calendars), "calendar": "rare", "timezone": "UTC", **{s: {"clock": "working-time"} for s in ("normal", "low", "high")}}
    daemon.start()
    assert lmtp(daemon.lmtp_port, mail("My lamp flickers a little.", subject="Lamp")) == 250
    number = eventually(lambda: daemon.ctl("list"))[0]["number"]
    daemon.ctl("set-state", number, "resolved")
    assert not eventually(lambda: surveys(sink), 4.5), "nobody works today"
    assert daemon.ctl("show", number)["state"] == "resolved"
