"""What operators move: a message that gets a ticket of its own is decided as if it had opened one, and only sinks that have a ticket hear of it."""
import json

import pytest

from rig.oracle import drained
from rig.talk import eventually
from test_similar import all_tickets, send_mail, show, status_page

OFFICE = {"timezone": "Asia/Shanghai", "calendar": "china", "normal": {"clock": "working-time", "first_response": "8h", "start": "16h"}}


@pytest.fixture
def office(daemon):
    """Matters of safety go to one sink, all others to another; ordinary ones are promised in working time."""
    (daemon.folder / "route.tsv").write_text("danger\tsafety\t-\t-\t-\t-\trescue\tnight\tanna\talerts\nrest\t-\t-\t-\t-\t-\tdesk\t-\t-\tfile\n")
    daemon.conf["policy"] = {**OFFICE, "routes": str(daemon.folder / "route.tsv")}
    daemon.conf["similar"] = {"enabled": True}
    daemon.conf["sinks"]["alerts"] = {"plugin": "jsonl", "path": str(daemon.folder / "alerts.jsonl")}
    return daemon


def answer(daemon, text, message_id="more", subject="Re: Lamp"):
    send_mail(daemon, text, subject=subject, message_id=message_id, headers=["In-Reply-To: <first@customers.example.net>"])


def told(daemon, name):
    path = daemon.folder / name
    return [(row["event"], row["ticket"]["number"]) for row in map(json.loads, path.read_text().splitlines())] if path.exists() else []


def test_a_message_that_is_split_off_is_decided_as_if_it_had_opened_its_ticket(office):
    """The ticket it leaves is urgent by another message; its own words are ordinary, so are its date, its department and its sink."""
    office.start()
    send_mail(office, "The lamp flickers since Monday.", subject="Lamp", message_id="first")
    answer(office, "The cable is too short as well.")
    answer(office, "The lamp has exploded now, my hand is burned and I am in hospital!", "worse")
    ticket, = all_tickets(office, 3)
    assert (ticket["severity"], ticket["department"]) == ("urgent", "rescue")
    apart = office.ctl("split", ticket["number"], str(ticket["messages"][1]["id"]))["number"]
    new = show(office, apart)
    assert (new["category"], new["severity"], new["department"], new["priority"]) == ("product_quality", "normal", "desk", 3)
    last = new["promise"]["walk"][-1]
    assert last["until"] == new["first_response_due"] == new["promise"]["due"] and last["why"] == "working hours"
    assert sum(step["counted"] for step in new["promise"]["walk"]) == 8 * 3600
    assert "Beijing time" in new["promise"]["text"] and "2026" in new["promise"]["text"]
    decisions = office.ctl("explain", apart)["decisions"]
    assert decisions["verdict"]["rule"] == "split-by-operator" and decisions["routing"]["rule"] == "rest" and decisions["class"]["evidence"]
    drained(office)
    assert ("ticket.created", apart) in told(office, "tickets.jsonl") and apart not in {number for _, number in told(office, "alerts.jsonl")}
    assert show(office, ticket["number"])["severity"] == "urgent"


def test_a_date_that_comes_earlier_brings_its_walk(office):
    office.start()
    send_mail(office, "The lamp flickers since Monday.", subject="Lamp", message_id="first")
    before, = all_tickets(office, 1)
    assert before["promise"]["walk"][0]["why"] != "round the clock"
    answer(office, "The lamp has exploded now, my hand is burned and I am in hospital!")
    after, = all_tickets(office, 2)
    assert [step["why"] for step in after["promise"]["walk"]] == ["round the clock"]
    assert after["promise"]["walk"][-1]["until"] == after["first_response_due"] == after["promise"]["due"]
    decisions = office.ctl("explain", after["number"])["decisions"]
    assert decisions["deadline"]["first_response"] == before["first_response_due"], "what was decided at first stays beside it"
    assert decisions["deadline_now"]["first_response"] == after["first_response_due"]
    assert "outside working hours" not in status_page(office, after["code"])


def test_sinks_that_have_neither_ticket_hear_nothing_of_a_merge(office):
    office.start()
    send_mail(office, "The lamp flickers.", subject="Lamp")
    send_mail(office, "My door bell is silent since the storm.", subject="Bell")
    one, other = all_tickets(office, 2)
    office.ctl("merge", one["number"], other["number"])
    drained(office)
    assert ("ticket.updated", one["number"]) in told(office, "tickets.jsonl") and ("ticket.updated", other["number"]) in told(office, "tickets.jsonl")
    assert told(office, "alerts.jsonl") == []


def test_a_split_that_was_merged_back_is_split_again_and_still_followed(office):
    office.start()
    send_mail(office, "Order 4711-20833: the kettle leaks at the bottom.", subject="Kettle", message_id="first")
    toaster = "Order 4711-20833: besides, the toaster of the same parcel sparks when I plug it in."
    answer(office, toaster, subject="Re: Kettle")
    ticket, = all_tickets(office, 2)
    second = str(ticket["messages"][1]["id"])
    first_try = office.ctl("split", ticket["number"], second)["number"]
    office.ctl("merge", ticket["number"], first_try)
    assert len(show(office, ticket["number"])["messages"]) == 2 and show(office, first_try)["state"] == "closed"
    assert office.ctl("merge", ticket["number"], first_try, check=False) is None, "an empty ticket is not merged twice"
    again = office.ctl("split", ticket["number"], second)["number"]
    assert again not in (ticket["number"], first_try) and show(office, again)["promise"]["text"]
    office.stop()
    office.start()
    send_mail(office, toaster + " Please!", subject="Toaster")
    assert eventually(lambda: len(show(office, again)["messages"]) == 2), "the pair is remembered over a restart"
