"""What people correct in a ticket's class: by hand and by signed callback, taken once, shown, taken back, and learned from."""
import datetime
import json
import subprocess

import pytest

from rig.intaked import TOP
from rig.oracle import drained
from rig.talk import eventually, lmtp, mail
from test_progress import Desk, back



def open_ticket(daemon, subject="Lamp", text="The quonker is fizzled."):
    assert lmtp(daemon.lmtp_port, mail(text, subject=subject)) == 250
    return eventually(lambda: next((t for t in daemon.ctl("list") if t["subject"] == subject), None))


def entries(daemon, number, event):
    return [(h["actor"], h["detail"]) for h in daemon.ctl("show", number)["history"] if h["event"] == event]


def at(text):
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp()


def correct(daemon, *args, status=0):
    run = subprocess.run([str(daemon.build / "intakectl"), "--socket", str(daemon.folder / "control.sock"), "correct", *args], capture_output=True, text=True, timeout=60)
    assert run.returncode == status, run.stdout + run.stderr
    return run.stdout + run.stderr


def test_an_operator_corrects_a_ticket_and_takes_it_back(daemon):
    daemon.start()
    before = open_ticket(daemon)
    number = before["number"]
    other = "billing" if before["category"] != "billing" else "logistics"
    assert correct(daemon, number, "--category", other, "--severity", "urgent", "--product", "灯 QX") == "done\n"
    assert correct(daemon, number, "--category", other, "--severity", "urgent", "--product", "灯 QX") == "it was corrected like that before\n"
    after = daemon.ctl("show", number)
    assert (after["category"], after["severity"], after["product"]) == (other, "urgent", "灯 QX")
    assert after["first_response_due"] < before["first_response_due"] and after["handling_due"] < before["handling_due"]
    day = datetime.datetime.fromtimestamp(at(after["promise"]["due"]), datetime.timezone.utc)
    assert f"{day:%H:%M}" in after["promise"]["text"] and str(day.day) in after["promise"]["text"], "the words say the date that holds"
    assert entries(daemon, number, "class.corrected") == [("operator", f"category={other} severity=urgent product=灯 QX")]
    assert "class.corrected" in json.dumps(daemon.ctl("explain", number)) and daemon.ctl("alarms")[0]["kind"] == "urgent"
    drained(daemon)
    rows = [json.loads(line) for line in (daemon.folder / "tickets.jsonl").read_text().splitlines()]
    assert [(r["event"], r["ticket"]["category"]) for r in rows if r["event"] != "alarm.raised"] == [("ticket.created", before["category"]), ("ticket.updated", other)]
    assert correct(daemon, number, "--revoke") == "done\n"
    back_again = daemon.ctl("show", number)
    assert (back_again["category"], back_again["severity"], back_again["product"]) == (before["category"], before["severity"], None)
    assert back_again["first_response_due"] == after["first_response_due"], "a date never moves back"
    assert "no correction that stands" in correct(daemon, number, "--revoke", status=65)


@pytest.mark.parametrize("args, status, word", [
    (["--category", "bills"], 65, "bills"), (["--severity", "very"], 65, "very"), ([], 64, "what is another"), (["--revoke", "--category", "billing"], 64, "alone"),
    (["--product", "x" * 400], 64, "too long"),
], ids=["category", "severity", "nothing", "both", "long"])
def test_a_correction_in_other_words_changes_nothing(daemon, args, status, word):
    daemon.start()
    before = open_ticket(daemon)
    assert word in correct(daemon, before["number"], *args, status=status)
    assert entries(daemon, before["number"], "class.corrected") == []
    assert "no ticket" in correct(daemon, "209901-999", "--category", "billing", status=65)


BURNED = "The lamp has exploded now, my hand is burned and I am in hospital!"


@pytest.mark.parametrize("corrected, category, severity", [((), "safety", "urgent"), (("--severity", "low"), "safety", "low"), (("--category", "billing"), "billing", "urgent")])
def test_a_later_message_makes_its_ticket_graver_but_for_what_a_person_said(daemon, corrected, category, severity):
    daemon.start()
    assert lmtp(daemon.lmtp_port, mail("The lamp flickers a little since Monday.", message_id="first")) == 250
    before, = daemon.tickets()
    assert (before["category"], before["severity"]) == ("product_quality", "normal")
    if corrected:
        correct(daemon, before["number"], *corrected)
    for n, text in enumerate((BURNED, "Thank you, see you tomorrow.")):
        assert lmtp(daemon.lmtp_port, mail(text, subject="Re: Lamp", message_id=f"more{n}", headers=["In-Reply-To: <first@customers.example.net>"])) == 250
    after, = daemon.tickets()
    assert len(after["messages"]) == 3 and (after["category"], after["severity"]) == (category, severity)
    assert [a["kind"] for a in daemon.ctl("alarms")] == ["urgent"], "somebody is woken either way"
    if not corrected:
        assert entries(daemon, before["number"], "class.raised") == [("intaked", "category=safety severity=urgent")]
        assert after["department"] == "safety" and after["priority"] == 1
    if severity == "urgent":
        assert 3590 < at(after["first_response_due"]) - at(after["messages"][1]["received_at"]) <= 3600 and after["handling_due"] < before["handling_due"]
    else:
        assert after["first_response_due"] == before["first_response_due"]


def test_what_a_greeting_left_open_is_told_by_the_next_message(daemon):
    daemon.start()
    assert lmtp(daemon.lmtp_port, mail("Hello", subject="Hi", message_id="first")) == 250
    before, = daemon.tickets()
    assert (before["category"], before["severity"], before["wanted"]) == ("other", "low", None)
    for n, text in enumerate(("My parcel has not arrived for two weeks. I want my money back!", "And I demand an apology.", "Your courier was rude as well.")):
        assert lmtp(daemon.lmtp_port, mail(text, subject="Re: Hi", message_id=f"more{n}", headers=["In-Reply-To: <first@customers.example.net>"])) == 250
    after, = daemon.tickets()
    assert (after["category"], after["department"], after["wanted"]) == ("logistics", "logistics", "refund"), "the first one that says it counts"
    assert entries(daemon, before["number"], "class.raised")[0][1].startswith("category=logistics severity=normal")


def test_a_ticket_is_corrected_fifty_times_and_no_more(daemon):
    daemon.start()
    number = open_ticket(daemon)["number"]
    for n in range(50):
        correct(daemon, number, "--product", f"thing {n}")
    assert "50 times" in correct(daemon, number, "--product", "one more", status=65)
    assert daemon.ctl("show", number)["product"] == "thing 49"


@pytest.fixture
def desk(daemon):
    d = Desk()
    daemon.conf["sinks"]["desk"] = {
        "plugin": "webhook", "url": d.url, "secret": {"file": str(daemon.folder / "webhook.secret")}, "remote_id": "ticket.id",
        "callback_secret": {"file": str(daemon.folder / "webhook.secret")},
        "callback_fields": {"event_id": "id", "remote_id": "ticket.id", "category": "ticket.queue", "severity": "ticket.prio", "state": "ticket.status"},
        "callback_classes": {"category": {"Rechnung": "billing"}, "severity": {"P1": "urgent", "P2": "high"}}}
    yield d
    d.stop()


def test_a_helpdesk_corrects_in_its_own_words_once_and_learn_learns_from_it(daemon, desk):
    daemon.start()
    places = ["hall", "vestry", "garden", "cellar", "attic", "porch"]
    for n, place in enumerate(places):
        number = open_ticket(daemon, f"t {n}", f"The quonker is fizzled in the {place}.")["number"]
        remote = eventually(lambda: desk.given.get(number))
        assert eventually(lambda: daemon.ctl("show", number)["state"] == "forwarded")
        event = {"id": f"e{n}", "ticket": {"id": remote, "queue": "Rechnung", "prio": "P2", "status": "in_progress"}}
        assert back(daemon, event)[0] == 202 and back(daemon, event)[0] == 202
        shown = daemon.ctl("show", number)
        assert (shown["category"], shown["severity"], shown["state"]) == ("billing", "high", "in_progress")
        assert entries(daemon, number, "class.corrected") == [("sink:desk", "category=billing severity=high")]
    assert back(daemon, {"id": "again", "ticket": {"id": remote, "queue": "Rechnung", "prio": "P2"}})[0] == 202
    assert len(entries(daemon, number, "class.corrected")) == 1, "the same words under another event are no second correction"
    assert back(daemon, {"id": "odd", "ticket": {"id": remote, "queue": "Lager'; DROP", "prio": "P1"}})[0] == 202
    assert entries(daemon, number, "class.unknown") == [("sink:desk", "no category of ours is called Lager'; DROP")]
    assert daemon.ctl("show", number)["severity"] == "urgent"
    before = open_ticket(daemon, "before", "The quonker is utterly fizzled in the chapel.")
    assert before["category"] != "billing"
    correct(daemon, number, "--revoke")          # P1 is taken back, P2 of the event before stands
    some = daemon.folder / "training"            # the English one-liners, to be quick
    some.mkdir()
    for path in (TOP / "conf" / "models" / "training").glob("en-*.txt"):
        if "letters" not in path.name:
            (some / path.name).write_text(path.read_text())
    out = subprocess.run([str(daemon.build / "intakectl"), "--config", str(daemon.config_path), "learn", "--tickets", "--reload", "--training", str(some)],
                         capture_output=True, text=True, timeout=500)
    assert out.returncode == 0, out.stderr
    assert "6 of them corrections" in out.stdout and "category, 6 corrected texts held out" in out.stdout
    assert eventually(lambda: "the new configuration is in force" in daemon.log())
    assert open_ticket(daemon, "after", "The quonker is utterly fizzled in the chapel.")["category"] == "billing"


def test_words_of_a_helpdesk_for_nothing_of_ours_are_a_mistake_in_the_configuration(daemon, desk):
    daemon.conf["sinks"]["desk"]["callback_classes"]["category"]["Lager"] = "stock"
    daemon.write_config()
    out = subprocess.run([str(daemon.build / "intaked"), "--config", str(daemon.config_path)], capture_output=True, text=True, timeout=60)
    assert out.returncode == 78 and "callback_classes.category.Lager" in out.stderr + out.stdout


def test_the_advisers_word_does_not_touch_what_a_person_corrected(daemon):
    from rig.chat_fake import ChatFake
    with ChatFake() as fake:
        fake.says({"category": "logistics", "severity": "high", "sentiment": "negative"}, held=True)
        daemon.conf["adviser"] = {"url": fake.url, "model": "test-model", "below": 100, "token": {"file": str(daemon.secret("chat.token", fake.token))}}
        daemon.start()
        number = open_ticket(daemon)["number"]
        correct(daemon, number, "--category", "billing", "--severity", "low")
        fake.released.set()
        assert eventually(lambda: entries(daemon, number, "advice"))
        shown = daemon.ctl("show", number)
        assert (shown["category"], shown["severity"]) == ("billing", "low")
        assert "category" not in entries(daemon, number, "advice")[0][1].split("used:")[1]
