"""An honest promise: when answers take longer than the target, the customer hears of it - in the acknowledgement, on the receipt and on the status page."""
import datetime
import email
import email.policy
import sqlite3
import time
import urllib.request

import pytest

from rig.talk import eventually, lmtp, mail

DAY = 86400


def at(text):
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp()


def acknowledgement(daemon, code):
    for path in (daemon.folder / "maildir" / "new").glob("*"):
        message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        if code in message.get_content():
            return message
    return None


def slow_staff(daemon):
    """Six tickets that were answered four days after they came."""
    daemon.start()
    for n in range(6):
        lmtp(daemon.lmtp_port, mail(f"Question {n}: where is order 10{n}-5551{n}?", sender=f"a{n}@c{n}.example.net", message_id=f"s{n}"), sender=f"a{n}@c{n}.example.net")
    for ticket in daemon.tickets():
        daemon.ctl("set-state", ticket["number"], "waiting_customer")
    assert daemon.stop() == 0
    with sqlite3.connect(daemon.folder / "state" / "intaked.db") as db:
        db.execute("UPDATE ticket SET received_at = received_at - ?, first_response_due = first_response_due - ?, severity = 'normal'", (4 * DAY, 4 * DAY))
    db.close()


@pytest.mark.parametrize("tell, days_told, says_wait", [("target", 1, False), ("measured", 4, True), ("both", 1, True)])
def test_the_customer_is_told_what_the_policy_says(daemon, tell, days_told, says_wait):
    daemon.conf["promise"] = {"tell": tell, "least": 5}
    daemon.conf["ack"].update(per_address_hour=100)
    slow_staff(daemon)
    daemon.start()
    assert eventually(lambda: daemon.ctl("status")["promise"]["normal"]["answers"] == 6)
    lmtp(daemon.lmtp_port, mail("The parcel 77-1234567 has not come and I am disappointed.", subject="Parcel", sender="new@later.example.net", message_id="n1"),
         sender="new@later.example.net")
    ticket = next(t for t in daemon.tickets() if t["subject"] == "Parcel")
    assert ticket["severity"] == "normal"
    target = at(ticket["first_response_due"]) - at(ticket["received_at"])
    assert round(target / DAY) == 1, "the target itself stays what it is"
    words = eventually(lambda: acknowledgement(daemon, ticket["code"])).get_content()
    told = datetime.datetime.fromtimestamp(at(ticket["received_at"]) + days_told * DAY, datetime.timezone.utc)
    assert f"{told.day}" in words and told.strftime("%B") in words
    assert ("at present" in words) == says_wait
    assert ticket["promise"]["text"].startswith(datetime.datetime.fromtimestamp(at(ticket["promise"]["due"]), datetime.timezone.utc).strftime("%A, %-d %B %Y, %H:%M"))
    assert round((at(ticket["promise"]["due"]) - at(ticket["received_at"])) / DAY) == (1 if tell == "target" else 4)
    page = urllib.request.urlopen(f"http://127.0.0.1:{daemon.http_port}/s/{ticket['code']}?lang=en", timeout=20).read().decode()
    assert "This is a new date" not in page, "it is the first one that was told"
    if tell != "target":
        assert "likely" in str(daemon.ctl("explain", ticket["number"]))


def test_a_date_that_slips_is_put_off_by_the_time_that_answers_take(daemon):
    """And over a restart: the timer stands in the store, what is measured is measured again."""
    daemon.conf["promise"] = {"tell": "measured", "least": 5}
    daemon.conf["ack"].update(per_address_hour=100)
    daemon.conf["notices"] = {"delayed": "yes"}
    slow_staff(daemon)
    daemon.start()
    assert eventually(lambda: daemon.ctl("status")["promise"]["normal"]["answers"] == 6)
    lmtp(daemon.lmtp_port, mail("The parcel 77-1234567 has not come and I am disappointed.", subject="Parcel", sender="new@later.example.net", message_id="n1"),
         sender="new@later.example.net")
    assert eventually(lambda: any(t["subject"] == "Parcel" for t in daemon.tickets()))
    daemon.stop()
    soon = int(time.time()) + 4
    with sqlite3.connect(daemon.folder / "state" / "intaked.db") as db:
        number, = db.execute("SELECT id FROM ticket WHERE subject = 'Parcel'").fetchone()
        db.execute("UPDATE ticket SET promised_at = ? WHERE id = ?", (soon, number))
        db.execute("UPDATE timer SET due_at = ? WHERE ticket_id = ?", (soon, number))
    db.close()
    daemon.start()
    assert eventually(lambda: daemon.ctl("status")["promise"]["normal"]["answers"] == 6)
    ticket = eventually(lambda: next((t for t in daemon.tickets() if t["subject"] == "Parcel" and at(t["promise"]["due"]) > soon), None))
    assert ticket, daemon.log()
    assert round((at(ticket["promise"]["due"]) - soon) / DAY) == 4, "not the target, which did not hold"
    assert [h["event"] for h in ticket["history"]].count("promise") == 1


def test_a_graver_matter_is_promised_what_answers_to_grave_ones_take(daemon):
    """Told ten days at first; grave ones are due in one and take four: the customer reads four, never later than he was told."""
    daemon.conf["promise"] = {"tell": "measured", "least": 5}
    daemon.conf["policy"] = {"normal": {"first_response": "10d", "start": "10d"}, "high": {"first_response": "1d", "start": "1d"}}
    daemon.conf["ack"].update(per_address_hour=100)
    slow_staff(daemon)
    with sqlite3.connect(daemon.folder / "state" / "intaked.db") as db:
        db.execute("UPDATE ticket SET severity = 'high', first_response_due = received_at + ?", (DAY,))
    db.close()
    daemon.start()
    assert eventually(lambda: daemon.ctl("status")["promise"]["high"]["answers"] == 6)
    lmtp(daemon.lmtp_port, mail("The parcel 77-1234567 has not come.", subject="Parcel", message_id="n1"))
    before = next(t for t in daemon.tickets() if t["subject"] == "Parcel")
    assert before["severity"] == "normal" and round((at(before["promise"]["due"]) - at(before["received_at"])) / DAY) == 10
    daemon.ctl("correct", before["number"], "--severity", "high")
    after = daemon.ctl("show", before["number"])
    assert round((at(after["first_response_due"]) - at(after["received_at"])) / DAY) == 1, "the target of the staff"
    assert round((at(after["promise"]["due"]) - at(after["received_at"])) / DAY) == 4
    assert after["promise"]["text"].startswith(datetime.datetime.fromtimestamp(at(after["promise"]["due"]), datetime.timezone.utc).strftime("%A, %-d %B %Y, %H:%M"))
    assert "likely" in daemon.ctl("explain", before["number"])["decisions"]["deadline_now"]
