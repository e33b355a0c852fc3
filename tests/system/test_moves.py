"""What operators move: a message that gets a ticket of its own is decided as if it had opened one, and only sinks that have a ticket hear of it."""
import json
import socket
import sqlite3
import subprocess

import pytest

from rig.oracle import drained
from rig.talk import eventually, lmtp, mail
from test_progress import Desk, back
from test_similar import all_tickets, mails, send_mail, show, status_page

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


def two_tickets(gate, sender="b@two.example.net"):
    gate.start()
    send_mail(gate, "The lamp flickers.", sender="a@one.example.net", subject="Lamp", message_id="lamp")
    send_mail(gate, "My door bell is silent since the storm.", sender=sender, subject="Bell", message_id="bell")
    return all_tickets(gate, 2)


def test_merged_the_wrong_way_round_a_ticket_lives_again(office):
    office.conf["notices"] = {"delayed": "yes"}
    one, other = two_tickets(office)
    office.ctl("merge", one["number"], other["number"], "--any-customer")
    office.ctl("set-state", one["number"], "in_progress")
    with sqlite3.connect(office.folder / "state" / "intaked.db") as db:         # as if they had passed meanwhile
        db.execute("DELETE FROM timer")
    db.close()
    office.ctl("merge", other["number"], one["number"], "--any-customer")
    with sqlite3.connect(f"file:{office.folder}/state/intaked.db?mode=ro", uri=True) as db:
        assert db.execute("SELECT count(*) FROM timer WHERE ticket_id = 2").fetchone() == (1,), "its date is watched again"
    left, right = show(office, one["number"]), show(office, other["number"])
    assert (left["state"], len(left["messages"]), right["state"], len(right["messages"])) == ("closed", 0, "in_progress", 2)
    assert [link["kind"] for link in right["links"]] == ["related"] and {"kind": "duplicate_of", "number": other["number"]} in left["links"]
    send_mail(office, "It flickers still.", sender="a@one.example.net", subject=f"Re: [{one['number']}] Lamp")
    assert eventually(lambda: len(show(office, other["number"])["messages"]) == 3), "an answer to the closed one follows"
    send_mail(office, "It is silent still.", sender="b@two.example.net", subject=f"Re: [{other['number']}] Bell")
    assert eventually(lambda: len(show(office, other["number"])["messages"]) == 4)
    assert 'id="state">In progress' in status_page(office, one["code"]) and 'id="state">In progress' in status_page(office, other["code"])


def test_nothing_is_merged_into_a_ticket_that_is_in_another_one(office):
    one, other = two_tickets(office)
    send_mail(office, "Where is my parcel?", sender="c@three.example.net", subject="Parcel")
    third = all_tickets(office, 3)[2]
    office.ctl("merge", one["number"], other["number"], "--any-customer")
    run = subprocess.run([str(office.build / "intakectl"), "--socket", str(office.folder / "control.sock"), "merge", other["number"], third["number"], "--any-customer"],
                         capture_output=True, text=True, timeout=20)
    assert run.returncode == 65 and f"{other['number']} was merged into {one['number']}: name that one" in run.stderr
    assert len(show(office, third["number"])["messages"]) == 1


def test_a_merge_is_undone_by_splitting_its_messages_off_together(office):
    """And the code that the customer has shows his matter again, not the one it was merged into."""
    one, other = two_tickets(office)
    send_mail(office, "It stays silent.", sender="b@two.example.net", subject="Re: Bell", headers=["In-Reply-To: <bell@customers.example.net>"])
    ids = [str(m["id"]) for m in eventually(lambda: (lambda t: t if len(t["messages"]) == 2 else None)(show(office, other["number"])))["messages"]]
    office.ctl("merge", one["number"], other["number"], "--any-customer")
    apart = office.ctl("split", one["number"], *ids)["number"]
    assert [str(m["id"]) for m in show(office, apart)["messages"]] == ids and len(show(office, one["number"])["messages"]) == 1
    office.ctl("set-state", apart, "in_progress")
    assert 'id="state">In progress' in status_page(office, other["code"]) and 'id="state">Received' in status_page(office, one["code"])
    send_mail(office, "Any news of the bell?", sender="b@two.example.net", subject=f"Re: [{other['number']}] Bell")
    assert eventually(lambda: len(show(office, apart)["messages"]) == 3)
    assert office.ctl("split", apart, *ids, "99", check=False) is None and len(show(office, apart)["messages"]) == 3, "all or none"


def test_of_several_messages_split_off_the_gravest_decides(office):
    office.start()
    send_mail(office, "The lamp flickers since Monday.", subject="Lamp", message_id="first")
    answer(office, "The cable is too short as well.")
    answer(office, "The lamp has exploded now, my hand is burned and I am in hospital!", "worse")
    ticket, = all_tickets(office, 3)
    apart = show(office, office.ctl("split", ticket["number"], *[str(m["id"]) for m in ticket["messages"][1:]])["number"])
    assert (apart["category"], apart["severity"], apart["department"]) == ("safety", "urgent", "rescue")
    drained(office)
    assert ("ticket.created", apart["number"]) in told(office, "alerts.jsonl")


def test_nothing_happens_any_more_in_a_ticket_that_was_merged(office):
    one, other = two_tickets(office, sender="a@one.example.net")
    office.ctl("merge", one["number"], other["number"])
    for args in (["set-state", other["number"], "in_progress"], ["correct", other["number"], "--severity", "urgent"], ["correct", other["number"], "--revoke"],
                 ["split", other["number"], str(other["messages"][0]["id"])]):
        run = subprocess.run([str(office.build / "intakectl"), "--socket", str(office.folder / "control.sock"), *args], capture_output=True, text=True, timeout=20)
        assert run.returncode == 65 and f"{other['number']} was merged into {one['number']}: name that one" in run.stderr, args
    assert show(office, other["number"])["state"] == "closed" and "urgent" not in {a["kind"] for a in office.ctl("alarms")}


def test_what_a_helpdesk_says_of_a_merged_ticket_reaches_the_customer_and_moves_nothing(daemon):
    desk = Desk()
    daemon.conf["sinks"]["desk"] = {"plugin": "webhook", "url": desk.url, "secret": {"file": str(daemon.folder / "webhook.secret")}, "remote_id": "ticket.id",
                                    "callback_secret": {"file": str(daemon.folder / "webhook.secret")}}
    daemon.conf["notices"] = {"agent_replies": True}
    try:
        one, other = two_tickets(daemon, sender="a@one.example.net")
        remote = eventually(lambda: desk.given.get(other["number"]))
        assert eventually(lambda: show(daemon, other["number"])["state"] == "forwarded")
        daemon.ctl("merge", one["number"], other["number"])
        before = show(daemon, one["number"])["state"]
        assert back(daemon, {"event_id": "e1", "remote_id": remote, "state": "resolved", "reply": "A new bell is on its way.", "severity": "urgent"})[0] == 202
        kept, gone = show(daemon, one["number"]), show(daemon, other["number"])
        assert (kept["state"], gone["state"], kept["severity"]) == (before, "closed", one["severity"])
        assert [m["text"] for m in kept["messages"] if m["direction"] == "out"] == ["A new bell is on its way."] and gone["messages"] == []
        assert {h["event"] for h in gone["history"]} >= {"state.refused", "class.refused"}
    finally:
        desk.stop()


def test_a_repeat_that_is_split_off_was_none(office):
    """Told three times, of which a person says that the last one is another matter."""
    office.start()
    text = "Order 4711-20833: the kettle leaks at the bottom and the base got wet, please send me a new one."
    send_mail(office, text, subject="Kettle")
    for n in range(2):
        send_mail(office, text + " " * n, subject="Kettle again")
    ticket, = all_tickets(office, 3)
    assert ticket["repeat"]["case"] == 2
    apart = office.ctl("split", ticket["number"], str(ticket["messages"][2]["id"]))["number"]
    assert show(office, ticket["number"])["repeat"]["case"] == 1 and show(office, apart)["repeat"] == {"case": 0, "customer": 1}


@pytest.mark.parametrize("into, other, then", [("closed", "in_progress", "in_progress"), ("resolved", "received", "received"), ("in_progress", "resolved", "in_progress"),
                                               ("closed", "resolved", "closed")])
def test_an_open_matter_stays_open_in_whatever_it_is_merged_into(office, into, other, then):
    one, two = two_tickets(office, sender="a@one.example.net")
    for ticket, state in ((one, into), (two, other)):
        if state != "received":
            office.ctl("set-state", ticket["number"], state)
    office.ctl("merge", one["number"], two["number"])
    assert (show(office, one["number"])["state"], show(office, two["number"])["state"]) == (then, "closed")
    with sqlite3.connect(f"file:{office.folder}/state/intaked.db?mode=ro", uri=True) as db:
        resolved, = db.execute("SELECT resolved_at FROM ticket WHERE id = 1").fetchone()
    assert (resolved is not None) == (then in ("resolved", "closed"))


def test_of_a_ticket_that_was_merged_nobody_is_asked_how_it_was(daemon):
    """Resolved, then put into another one that goes on: the question is asked once, when that one is done."""
    daemon.conf["notices"] = {"survey_after": "2s", "per_day": 50}
    daemon.conf["ack"].update(per_address_hour=100, per_address_day=100)
    one, two = two_tickets(daemon, sender="a@one.example.net")
    daemon.ctl("set-state", two["number"], "resolved")
    daemon.ctl("merge", one["number"], two["number"])
    daemon.ctl("set-state", one["number"], "resolved")

    def surveyed(number):
        return [h for h in show(daemon, number)["history"] if "survey" in h["event"] + str(h["detail"])] + [d for d in daemon.ctl("outbox") if d["event"].startswith("survey") and d["number"] == number]
    assert eventually(lambda: surveyed(one["number"])), daemon.ctl("outbox")
    assert not surveyed(two["number"])


def parted_reply(daemon, headers=()):
    """The number of a ticket that was split off one of these mails."""
    daemon.start()
    send_mail(daemon, "The lamp flickers.", subject="Lamp", message_id="first", headers=headers)
    send_mail(daemon, "My parcel of Monday is missing.", subject="Re: Lamp", message_id="more", headers=["In-Reply-To: <first@customers.example.net>", *headers])
    ticket, = all_tickets(daemon, 2)
    return ticket, daemon.ctl("split", ticket["number"], str(ticket["messages"][1]["id"]))["number"]


def test_who_wrote_what_was_split_off_hears_of_it(daemon):
    """No second receipt by itself; but an operator may send it, and news of the new ticket goes out with its code."""
    daemon.conf["ack"].update(per_address_hour=100, per_address_day=100)
    ticket, apart = parted_reply(daemon)
    code = show(daemon, apart)["code"]
    assert show(daemon, apart)["ack"] == {"state": "none", "reason": "split", "at": None}
    daemon.ctl("acknowledge", apart)
    daemon.ctl("set-state", apart, "in_progress")
    drained(daemon)
    told = [m for m in mails(daemon) if code in str(m["Subject"])]
    assert len(told) == 2 and all(m["To"] == "li@home.example.net" for m in told)
    assert "notice.withheld" not in {h["event"] for h in show(daemon, apart)["history"]}


def test_whom_the_list_keeps_silent_hears_nothing_of_what_was_split_off_either(daemon):
    ticket, apart = parted_reply(daemon, headers=["Precedence: bulk"])
    assert ticket["ack"]["reason"] == "precedence" and show(daemon, apart)["ack"]["reason"] in ("precedence", "auto-submitted")
    daemon.ctl("set-state", apart, "in_progress")
    assert daemon.ctl("acknowledge", apart, check=False) is None, "what machines sent is never answered"
    drained(daemon)
    assert [h["detail"] for h in show(daemon, apart)["history"] if h["event"] == "notice.withheld"] == ["in-progress: no-way-back"]


def test_whom_the_list_keeps_silent_hears_nothing_of_what_his_ticket_was_merged_into(daemon):
    """His address stands in a mail that came from elsewhere: he may never have heard of us."""
    daemon.start()
    send_mail(daemon, "The lamp flickers.", sender="a@one.example.net", subject="Lamp")
    assert lmtp(daemon.lmtp_port, mail(text="My door bell is silent.", sender="b@two.example.net", subject="Bell"), sender="x@elsewhere.example.org") == 250
    one, two = all_tickets(daemon, 2)
    assert (one["ack"]["reason"], two["ack"]["reason"]) == ("allowed", "unaligned")
    daemon.ctl("merge", one["number"], two["number"], "--any-customer")
    daemon.ctl("set-state", one["number"], "in_progress")
    drained(daemon)
    assert {str(m["To"]) for m in mails(daemon)} == {"a@one.example.net"}


def corrections(daemon):
    """{text: category} that `intakectl learn --tickets` would learn."""
    with socket.socket(socket.AF_UNIX) as s:
        s.connect(str(daemon.folder / "control.sock"))
        s.sendall(b'{"command":"corrections","args":{}}\n')
        return {row["text"].strip(): row["category"] for row in json.loads(s.makefile().readline())["result"]["rows"]}


def test_a_correction_is_learned_from_the_text_it_was_said_of_wherever_that_is_now(daemon):
    one, two = two_tickets(daemon, sender="a@one.example.net")
    daemon.ctl("correct", one["number"], "--category", "billing")
    daemon.ctl("correct", two["number"], "--category", "logistics")
    said = {"The lamp flickers.": "billing", "My door bell is silent since the storm.": "logistics"}
    assert corrections(daemon) == said
    daemon.ctl("merge", two["number"], one["number"])                  # the older message is in the later ticket now
    assert corrections(daemon) == said
    apart = daemon.ctl("split", two["number"], str(two["messages"][0]["id"]))["number"]
    assert corrections(daemon) == said
    daemon.ctl("correct", apart, "--category", "after_sales")
    assert corrections(daemon).keys() == said.keys(), "what a ticket was split off for is its own text"


def test_a_ticket_that_was_merged_waits_for_no_answer_in_the_report(daemon):
    one, two = two_tickets(daemon, sender="a@one.example.net")
    assert daemon.ctl("report")["tickets"]["total"] == 2 and daemon.ctl("report")["first_response"]["waiting"] == 2
    daemon.ctl("merge", one["number"], two["number"])
    assert daemon.ctl("report")["tickets"]["total"] == 2 and daemon.ctl("report")["first_response"]["waiting"] == 1
    daemon.ctl("set-state", one["number"], "waiting_customer")
    answers = daemon.ctl("report")["first_response"]
    assert (answers["kept"], answers["waiting"], answers["overdue"]) == (1, 0, 0)


def test_a_chain_of_merges_is_followed_and_turned_round(office):
    one, two = two_tickets(office, sender="a@one.example.net")
    send_mail(office, "Where do I find the manual of my blender?", sender="a@one.example.net", subject="Manual")
    three = all_tickets(office, 3)[2]
    office.ctl("merge", two["number"], one["number"])
    office.ctl("merge", three["number"], two["number"])
    send_mail(office, "Any news of the lamp?", sender="a@one.example.net", subject=f"Re: [{one['number']}] Lamp")
    assert eventually(lambda: len(show(office, three["number"])["messages"]) == 4)
    office.ctl("merge", one["number"], three["number"])
    assert [(show(office, t["number"])["state"], len(show(office, t["number"])["messages"])) for t in (one, two, three)] == [("received", 4), ("closed", 0), ("closed", 0)]
    assert {link["kind"] for link in show(office, one["number"])["links"]} == {"related"}
    office.ctl("set-state", one["number"], "in_progress")
    assert all('id="state">In progress' in status_page(office, t["code"]) for t in (one, two, three))


def test_a_ticket_that_lives_again_goes_on_when_its_first_message_is_split_off(office):
    one, two = two_tickets(office, sender="a@one.example.net")
    office.ctl("merge", two["number"], one["number"])
    office.ctl("merge", one["number"], two["number"])
    apart = office.ctl("split", one["number"], str(one["messages"][0]["id"]))["number"]
    office.ctl("set-state", one["number"], "in_progress")
    assert show(office, one["number"])["state"] == "in_progress"
    send_mail(office, "Any news of it?", sender="a@one.example.net", subject=f"Re: [{one['number']}] Lamp")
    assert eventually(lambda: len(show(office, one["number"])["messages"]) == 2) and len(show(office, apart)["messages"]) == 1


def test_a_code_leads_to_what_opened_its_ticket_and_not_to_what_was_merged_into_it(office):
    """Whoever's code it is would see another customer's matter."""
    one, two = two_tickets(office)
    send_mail(office, "Where do I find the manual of my blender?", sender="b@two.example.net", subject="Manual")
    three = all_tickets(office, 3)[2]
    office.ctl("merge", two["number"], one["number"], "--any-customer")
    office.ctl("merge", three["number"], two["number"], "--any-customer")
    apart = office.ctl("split", three["number"], str(one["messages"][0]["id"]))["number"]
    office.ctl("set-state", apart, "resolved")
    assert 'id="state">Received' in status_page(office, two["code"])
    assert 'id="state">Resolved' in status_page(office, one["code"])
