"""Likeness at intake: what is told again joins its ticket, what others tell alike is linked, many of them are one incident, and nobody gets into
or hides the ticket of somebody else."""
import email
import email.policy
import http.cookiejar
import json
import re
import signal
import sqlite3
import subprocess
import time
import urllib.parse
import urllib.request

import pytest

from rig.intaked import SECRET
from rig.oracle import drained, sign
from rig.talk import eventually, lmtp, mail

KETTLE = ("Order 4711-20833: the electric kettle I received on Monday leaks at the bottom and the base got wet, I am afraid of a short circuit. "
          "Please send me a new one or refund the 49.90 EUR.")


@pytest.fixture
def gate(daemon):
    daemon.conf["similar"] = {"enabled": True}
    daemon.conf["ack"].update(per_address_hour=1000, per_address_day=1000)
    daemon.conf["channels"]["contact"]["min_fill"] = "0s"
    return daemon


def send_mail(daemon, text, sender="li@home.example.net", subject="Kettle leaks", **more):
    assert lmtp(daemon.lmtp_port, mail(text=text, sender=sender, subject=subject, **more), sender=sender) == 250


def send_hook(daemon, event_id, text, sender, subject="Kettle leaks", **more):
    body = json.dumps({"id": event_id, "subject": subject, "text": text, "from": sender, **more}).encode()
    at = int(time.time())
    request = urllib.request.Request(f"http://127.0.0.1:{daemon.http_port}/in/hook", body, {
        "Content-Type": "application/json", "webhook-id": event_id, "webhook-timestamp": str(at), "webhook-signature": sign(SECRET, event_id, at, body)})
    with urllib.request.urlopen(request, timeout=20) as reply:
        return json.load(reply)


def send_form(daemon, text, address, subject="Kettle leaks"):
    """As a browser without script does it; the receipt as text."""
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
    page = opener.open(f"http://127.0.0.1:{daemon.http_port}/form/contact?lang=en", timeout=20).read().decode()
    fields = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))
    fields.update(subject=subject, text=text, contact=address)
    reply = opener.open(urllib.request.Request(f"http://127.0.0.1:{daemon.http_port}/form/contact", urllib.parse.urlencode(fields).encode(),
                                               {"Origin": f"http://127.0.0.1:{daemon.http_port}"}), timeout=20)
    return reply.read().decode()


def show(daemon, number):
    return daemon.ctl("show", number)


def all_tickets(daemon, count, wait_s=20):
    """All tickets in the order they came, once there are so many messages."""
    def enough():
        tickets = daemon.tickets()
        return tickets if sum(len(t["messages"]) for t in tickets) >= count else None
    tickets = eventually(enough, wait_s)
    assert tickets, daemon.log()
    return sorted(tickets, key=lambda t: t["number"])


def mails(daemon):
    return [email.message_from_bytes(p.read_bytes(), policy=email.policy.default) for p in sorted((daemon.folder / "maildir" / "new").glob("*"))]


def test_the_same_complaint_on_three_channels_is_one_ticket(gate):
    gate.conf["channels"]["hook"]["map"] = {"external_id": "id", "subject": "subject", "text": "text", "sender": "from", "sender_type": "=email"}
    gate.start()
    send_mail(gate, KETTLE)
    first = all_tickets(gate, 1)[0]
    receipt = send_form(gate, "Hello,\n\n" + KETTLE + "\n\nKind regards\nLi", "li@home.example.net")
    answer = send_hook(gate, "evt_1", KETTLE.upper(), "Li@Home.example.net")
    ticket, = all_tickets(gate, 3)
    assert answer["number"] == ticket["number"] == first["number"]
    assert first["number"] in receipt
    assert ticket["code"] not in receipt, "who types an address into a form is not told the code of that address's ticket"
    assert [m["channel"] for m in ticket["messages"]] == ["mail", "contact", "hook"], "nothing is dropped"
    assert ticket["repeat"]["case"] == 2
    assert [h["event"] for h in ticket["history"]].count("duplicate") == 2
    assert "same person" in str(ticket["history"])
    later = gate.ctl("explain", ticket["number"])["messages"]
    assert [m["id"] for m in later] == [m["id"] for m in reversed(ticket["messages"][1:])]
    for message in later:
        told = message["likeness"]["snapshot"], message["likeness"].get("since", {})
        assert any(t.get("verdict") == "duplicate" and "same person" in t["evidence"] and t["candidates"][0]["ticket"] for t in told), message
    drained(gate)
    assert len(mails(gate)) == 1, "the form and the webhook were answered at once"


def test_a_repeat_is_acknowledged_once_in_words_of_its_own(gate):
    gate.start()
    for n in range(4):
        send_mail(gate, KETTLE, subject="Kettle leaks" if n == 0 else "Kettle leaks again")
        all_tickets(gate, n + 1)
    ticket, = all_tickets(gate, 4)
    drained(gate)
    subjects = [str(m["Subject"]) for m in mails(gate)]
    assert len(subjects) == 2, subjects
    assert sum("added to what we already have" in s for s in subjects) == 1
    assert ticket["repeat"]["case"] == 3


ROWS = [  # first, second, other sender, verdict of the second
    ("another order", "Order 4711-20833: my parcel has not arrived.", "Order 4711-20999: my parcel has not arrived.", False, "new"),
    ("另一个订单", "订单号 83920011 的电水壶漏水，请尽快退款。", "订单号 83920099 的电水壶漏水，请尽快退款。", False, "new"),
    ("opposite news", "Order 4711-20833: I have not received the parcel yet.", "Order 4711-20833: I have received the parcel now, thank you.", False, "followup"),
    ("收到了", "订单 83920011 一直没有收到货，麻烦查一下。", "订单 83920011 的货今天收到了，谢谢。", False, "followup"),
    ("another amount", "You charged 49.90 EUR twice on my card for the blender, please pay it back.", "You charged 89.50 EUR twice on my card for the blender, please pay it back.", False, "new"),
    ("full width and traditional", "订单号 83920011 的电水壶漏水了，底座都湿了，请尽快给我换一台。", "訂單號 ８３９２００１１ 的電水壺漏水了，底座都濕了，請儘快給我換一台。", False, "duplicate"),
    ("the same template of somebody else", "I hereby demand deletion of my data under Article 17. Please confirm within one month.",
     "I hereby demand deletion of my data under Article 17. Please confirm within one month.", True, None),
    ("a translation by somebody else", "The electric kettle leaks at the bottom and smells burnt.", "电水壶底部漏水，还有焦味。", True, None),
    ("very short, somebody else", "退款", "退款", True, "new"),
    ("a copy with the order number by somebody else", KETTLE, KETTLE, True, None),
]


@pytest.mark.parametrize("name, first, second, is_other, verdict", ROWS, ids=[r[0] for r in ROWS])
def test_what_differs_stays_apart_and_others_never_join(gate, name, first, second, is_other, verdict):
    gate.start()
    send_mail(gate, first, subject="Complaint")
    send_mail(gate, second, sender="other@elsewhere.example.org" if is_other else "li@home.example.net", subject="Complaint")
    tickets = all_tickets(gate, 2)
    if verdict in ("duplicate", "followup"):
        assert len(tickets) == 1, daemon_says(gate, tickets)
        assert verdict in [h["event"] for h in tickets[0]["history"]]
    else:
        assert len(tickets) == 2, daemon_says(gate, tickets)
        if verdict == "new":
            assert gate.ctl("explain", tickets[1]["number"])["decisions"]["verdict"]["is"] in ("new", "related")


def daemon_says(daemon, tickets):
    return json.dumps([daemon.ctl("explain", t["number"]) for t in tickets], ensure_ascii=False)[:4000]


def test_a_message_that_follows_at_once_is_seen_though_the_index_file_has_not_got_it(gate):
    """All in one burst: the tail in memory joins them, whatever the file knows."""
    gate.start()
    answers = [send_hook(gate, f"evt_{n}", KETTLE, "user-1") for n in range(12)]
    assert len({a["number"] for a in answers}) == 1


def test_a_copy_of_somebody_else_is_linked_both_ways_and_explained(gate):
    gate.start()
    text = "The baby milk powder of batch LB20260417 smells sour and clumps, our child vomited after it."
    send_mail(gate, text, sender="a@one.example.net", subject="Milk powder")
    send_mail(gate, text + " What shall we do?", sender="b@two.example.net", subject="Milk")
    first, second = all_tickets(gate, 2)
    assert {"kind": "related", "number": first["number"]} in second["links"]
    assert {"kind": "related", "number": second["number"]} in show(gate, first["number"])["links"]
    likeness = gate.ctl("explain", second["number"])["decisions"]["likeness"]
    candidates = likeness["snapshot"]["candidates"] + likeness.get("since", {}).get("candidates", [])
    assert candidates and candidates[0]["same_person"] is False and "guards" in candidates[0]
    assert likeness["decided"] is True


def test_five_hundred_customers_of_one_batch_are_one_incident_and_one_alarm(gate):
    gate.start()
    import threading
    shops = ["Hangzhou", "Leeds", "Suzhou", "York", "Ningbo"]
    numbers, lock = [], threading.Lock()

    def run(part):
        for n in range(part, 500, 4):
            answer = send_hook(gate, f"evt_{n}", f"The baby milk powder of batch LB20260417 bought in {shops[n % 5]} smells sour and clumps, "
                               f"{'my daughter' if n % 2 else 'our son'} was sick after it. Order {70000000 + n * 7}.", f"user{n}@c{n}.example.net",
                               subject="Milk powder")
            with lock:
                numbers.append(answer["number"])

    threads = [threading.Thread(target=run, args=(part,)) for part in range(4)]
    for t in threads:
        t.start()
    for t in threads:
        t.join(90)
    assert len(set(numbers)) == 500, "tickets stay separate"
    incidents = gate.ctl("incidents")
    assert len(incidents) == 1, incidents
    assert incidents[0]["state"] == "open"
    assert incidents[0]["customers"] > 490
    assert gate.log().count("tell of like things") == 1, "one alarm"
    assert "same batch LB20260417" in incidents[0]["evidence"]
    alarm, = [a for a in gate.ctl("alarms") if a["kind"] == "mass"]
    assert alarm["evidence"]["batch"] == "LB20260417", "whoever is called knows which batch to look for"
    urgent = [a for a in gate.ctl("alarms") if a["kind"] == "urgent"]
    assert len(urgent) < 40, "those before it was an incident one by one, the others together"
    if sum(t["severity"] == "urgent" for t in gate.tickets()) > 450:
        together, = [a for a in urgent if a["key"] == f"incident {incidents[0]['id']}"]
        assert together["count"] > 400 and together["number"]
    newest = max(gate.tickets(), key=lambda t: t["number"])
    assert "mass" in {link["kind"] for link in newest["links"]}
    assert len(gate.ctl("incidents", str(incidents[0]["id"]))["tickets"]) > 490
    if newest["severity"] != "urgent":
        assert newest["priority"] == 2, "so many tell of it that it is the first thing after what is urgent"
    routing = gate.ctl("explain", newest["number"])["decisions"]["routing"]
    assert routing["reach"] > 490 and (newest["severity"] == "urgent" or "customers tell of it" in routing["why"])


def test_machines_and_one_talkative_customer_make_no_incident(gate):
    gate.start()
    text = "Disk usage of host web-{0} is above ninety percent, inode table nearly full, rotate logs soon."
    for n in range(12):
        send_mail(gate, text.format(n), sender=f"robot{n}@m{n}.example.net", subject="Alert", headers=("Auto-Submitted: auto-generated",))
    for n in range(12):
        send_mail(gate, f"Your riders parked on the meadow behind the chapel again, visit {n * 11 + 3}.", sender="same@home.example.net", subject=f"Riders {n}")
    all_tickets(gate, 24)
    assert gate.ctl("incidents") == []


def test_a_stranger_who_floods_copies_gets_nothing_merged_and_hides_nothing(gate):
    """Before and after, with guessed ids, the order number and the very words; the victim's ticket stays the victim's."""
    gate.start()
    for n in range(20):
        send_mail(gate, KETTLE, sender=f"x{n}@stranger.example.org", message_id=f"guess{n}")
        send_hook(gate, f"guess_{n}", KETTLE, f"stranger{n}", external_id="victim-1")
    send_mail(gate, KETTLE, sender="li@home.example.net", message_id="guess3")
    for n in range(20, 40):
        send_mail(gate, KETTLE, sender=f"x{n}@stranger.example.org")
    all_tickets(gate, 61)
    send_form(gate, KETTLE, "li@home.example.net")     # forty copies stand between the victim's two
    tickets = all_tickets(gate, 62)
    victims = [t for t in tickets if any(m["sender"] == "li@home.example.net" for m in t["messages"])]
    assert len(victims) == 1
    assert [m["sender"] for m in victims[0]["messages"]] == ["li@home.example.net"] * 2
    assert victims[0]["messages"][0]["text"].strip() == KETTLE
    assert victims[0]["customer"]["handles"][0]["value"] == "li@home.example.net" and len(victims[0]["customer"]["handles"]) == 1
    drained(gate)
    assert any("li@home.example.net" in str(m["To"]) for m in mails(gate)), "the victim is acknowledged"


def poison(daemon, route, key, text, sender):
    """One message of a stranger who has guessed a key of the victim's coming message."""
    code = "TK-7Q4M2X"
    if route == "mail":
        more = {"message_id": "victim-1"} if key == "Message-ID" else {"headers": ("In-Reply-To: <victim-1@home.example.net>", "References: <victim-1@home.example.net>")} if key == "references" else {}
        send_mail(daemon, text, sender=sender, subject=f"[{code}] Kettle leaks" if key == "tracking code" else "Kettle leaks", **more)
    elif route == "hook":
        send_hook(daemon, "victim-evt" if key == "external id" else f"x-{key}-{sender}", f"[{code}] {text}" if key == "tracking code" else text, sender)
    else:
        send_form(daemon, f"[{code}] {text}" if key == "tracking code" else text, sender)


POISON = {  # what the stranger knows -> what he writes
    "external id": "x", "Message-ID": "x", "references": "Thank you.", "tracking code": "Where is it?", "order number": "Order 4711-20833 is mine.",
    "number taken back": "I gave you the wrong number: the correct order number is 4711-20833, and my phone is 138 1234 5678.",
    "near copy": KETTLE, "near copy with the victim's address": KETTLE + " You reach me at li@home.example.net or 138 1234 5678.",
}


@pytest.mark.parametrize("keys", [sorted(POISON), ["near copy with the victim's address"]], ids=["all", "copy"])     # many namers of a number prove nothing by themselves
@pytest.mark.parametrize("route", ["mail", "hook", "form"])
def test_poisoning_with_guessed_keys_and_copies_hides_nobodys_message(gate, route, keys):
    """Beforehand a stranger uses every key that leads to a ticket; whatever way the victim then writes, it is a ticket of the victim alone."""
    gate.conf["channels"]["hook"]["map"] = {"external_id": "id", "subject": "subject", "text": "text", "sender": "from", "sender_type": "=email"}
    gate.start()
    for n, key in enumerate(keys):
        poison(gate, route, key, POISON[key], f"stranger{n}@bad.example.org")
    all_tickets(gate, len(keys))
    own = KETTLE + " Call me: 138 1234 5678."
    send_mail(gate, own, message_id="victim-1")
    send_form(gate, own, "li@home.example.net")
    answer = send_hook(gate, "victim-evt-2" if route != "hook" else "victim-evt", own, "li@home.example.net")
    tickets = all_tickets(gate, len(keys) + 3)
    mine = [t for t in tickets if any(m["sender"] == "li@home.example.net" for m in t["messages"])]
    assert sum(len(t["messages"]) for t in mine) == 3, "nothing is lost"
    for ticket in mine:
        assert {m["sender"] for m in ticket["messages"]} == {"li@home.example.net"}, ticket["messages"]
        assert [h["value"] for h in ticket["customer"]["handles"]] == ["li@home.example.net"]
    assert answer["number"] in {t["number"] for t in mine}


@pytest.mark.parametrize("kind, stranger", [("chat", "wx-bad-1"), ("phone", "+86 139 0000 1111")])
def test_a_stranger_on_chat_or_telephone_draws_nobody_into_his_ticket(gate, kind, stranger):
    """He knows the order, the telephone, the address and nearly the words, and writes first: the victim's own word must name him before it joins his."""
    gate.conf["channels"]["hook"]["map"] = {"external_id": "id", "subject": "subject", "text": "text", "sender": "from", "sender_type": f"={kind}"}
    gate.start()
    own = KETTLE + " Call me: 138 1234 5678."
    send_hook(gate, "evt_1", own + " My address is li@home.example.net.", stranger)
    send_mail(gate, own)
    send_form(gate, own + " As said, this is urgent.", "li@home.example.net")
    bad, mine = all_tickets(gate, 3)
    assert [len(bad["messages"]), len(mine["messages"])] == [1, 2], "a ticket of the victim's own"
    assert {m["sender"] for m in mine["messages"]} == {"li@home.example.net"}
    assert [h["value"] for h in mine["customer"]["handles"]] == ["li@home.example.net"]
    assert {"kind": "related", "number": bad["number"]} in mine["links"], "linked, so that whoever works on it sees both"


def test_repeats_are_known_after_a_kill_and_when_the_index_file_is_lost(gate):
    gate.start()
    send_mail(gate, KETTLE)
    all_tickets(gate, 1)
    gate.kill()
    gate.start()
    send_mail(gate, KETTLE)
    assert len(all_tickets(gate, 2)) == 1
    gate.kill()
    for path in (gate.folder / "state").glob("similar.db*"):
        path.unlink()
    gate.start()
    send_mail(gate, KETTLE)
    assert len(all_tickets(gate, 3)) == 1
    gate.kill()
    (gate.folder / "state" / "similar.db").write_bytes(b"no database at all" * 300)
    for path in (gate.folder / "state").glob("similar.db-*"):
        path.unlink()
    gate.start()
    send_mail(gate, KETTLE)
    assert len(all_tickets(gate, 4)) == 1


def test_split_and_merge_are_remembered_and_followed(gate):
    gate.conf["notices"] = {"delayed": "yes"}
    gate.start()
    send_mail(gate, KETTLE)
    send_mail(gate, "Order 4711-20833: besides, the toaster of the same parcel sparks when I plug it in, the fuse blew twice.", subject="Toaster sparks")
    ticket, = all_tickets(gate, 2)
    second = ticket["messages"][1]
    apart = gate.ctl("split", ticket["number"], str(second["id"]))["number"]
    old, new = all_tickets(gate, 2)
    assert (old["number"], new["number"]) == (ticket["number"], apart)
    assert [m["id"] for m in new["messages"]] == [second["id"]]
    assert {"kind": "related", "number": old["number"]} in new["links"] and {"kind": "related", "number": apart} in old["links"]
    assert any(h["event"] == "split" and h["actor"] == "operator" for h in old["history"])
    assert gate.ctl("split", apart, str(second["id"]), check=False) is None, "the only message is not split off"
    with sqlite3.connect(f"file:{gate.folder}/state/intaked.db?mode=ro", uri=True) as db:
        assert db.execute("SELECT count(*) FROM timer WHERE ticket_id = (SELECT max(id) FROM ticket)").fetchone() == (1,), "its date is watched"
    send_mail(gate, "Order 4711-20833: besides, the toaster of the same parcel sparks when I plug it in, the fuse blew twice!", subject="Toaster sparks")
    old, new = all_tickets(gate, 3)
    assert len(new["messages"]) == 2, "what is like the message that was moved goes where it is now"
    gate.ctl("merge", old["number"], new["number"])
    assert len(show(gate, old["number"])["messages"]) == 3
    merged = show(gate, new["number"])
    assert merged["state"] == "closed" and {"kind": "duplicate_of", "number": old["number"]} in merged["links"]
    send_mail(gate, "Any news of the toaster?", subject=f"Re: [{new['number']}] Toaster sparks")
    assert eventually(lambda: len(show(gate, old["number"])["messages"]) == 4), "an answer to the merged number goes to the ticket it was merged into"
    gate.kill()
    gate.start()
    assert len(show(gate, old["number"])["messages"]) == 4


def test_a_ticket_becomes_as_grave_as_the_one_merged_into_it(gate):
    gate.start()
    send_mail(gate, "The lamp flickers.", subject="Lamp")
    send_mail(gate, "The charger exploded and my hand was burned, I am in hospital.", subject="Charger")
    calm, urgent = all_tickets(gate, 2)
    assert (calm["severity"], urgent["severity"]) == ("normal", "urgent")
    gate.ctl("merge", calm["number"], urgent["number"])
    after = show(gate, calm["number"])
    assert (after["category"], after["severity"], after["department"], after["priority"]) == ("safety", "urgent", "safety", 1)
    assert after["first_response_due"] == urgent["first_response_due"], "due when the urgent one was"
    assert [h["detail"] for h in after["history"] if h["event"] == "class.raised"] == ["category=safety severity=urgent"]


def status_page(daemon, code):
    with urllib.request.urlopen(f"http://127.0.0.1:{daemon.http_port}/s/{code}?lang=en", timeout=20) as reply:
        return reply.read().decode()


def test_the_code_of_a_merged_ticket_follows_to_the_one_it_is_in(gate):
    """On the page with no word of the other's code; by mail for whoever wrote in it, and for nobody else."""
    gate.start()
    send_mail(gate, "The lamp flickers.", subject="Lamp")
    send_mail(gate, "My neighbour's rider parked in front of our gate.", subject="Rider")
    kept, gone = all_tickets(gate, 2)
    gate.ctl("merge", kept["number"], gone["number"])
    assert show(gate, gone["number"])["state"] == "closed"
    page = status_page(gate, gone["code"])
    assert 'id="state">Received' in page and "Closed" not in re.findall(r'id="state">([^<]+)', page)
    shown = page.replace("-", "").replace(" ", "")
    assert kept["code"].replace("-", "") not in shown and gone["code"].replace("-", "") in shown
    drained(gate)
    before = len(mails(gate))
    send_mail(gate, gone["code"], subject="Status")
    asked = eventually(lambda: (drained(gate), mails(gate)[before:])[1])
    assert asked and "Closed" not in str(asked[0].get_content()), "the question is answered with how the ticket it is in stands"
    assert any(h["event"] == "status-query" for h in show(gate, kept["number"])["history"])
    send_mail(gate, gone["code"], sender="x@stranger.example.org", subject="Status")
    assert eventually(lambda: len(gate.tickets()) == 3), "a stranger's code is an ordinary message"
    assert [h["event"] for h in show(gate, kept["number"])["history"]].count("status-query") == 1


def admin(daemon, path):
    request = urllib.request.Request(f"http://127.0.0.1:{daemon.admin_port}{path}", headers={"Authorization": "Bearer " + (daemon.folder / "admin.token").read_text().strip()})
    with urllib.request.urlopen(request, timeout=20) as reply:
        return reply.read().decode()


def test_a_rising_category_is_one_incident_whose_tickets_are_linked_one_by_one(gate):
    """Two tickets in the period before, four in this one: they alone are the incident's, on the command line, the page and in the API."""
    gate.conf["similar"] = {"enabled": True, "rise_window": "1h", "rise_least": 3}
    gate.start()
    texts = ["The courier left my parcel in the rain.", "Parcel of Monday never came.", "Where is my delivery? It is ten days late.", "The courier threw the box over the fence.",
             "Delivery went to a wrong street.", "My shipment is lost, says the depot in Leeds."]
    for n, text in enumerate(texts):
        send_mail(gate, text, sender=f"u{n}@c{n}.example.net", subject=f"Delivery {n}")
    tickets = all_tickets(gate, 6)
    assert {t["category"] for t in tickets} == {"logistics"}, [t["category"] for t in tickets]
    assert gate.ctl("incidents") == []
    gate.stop()
    with sqlite3.connect(gate.folder / "state" / "intaked.db") as store:
        store.execute("UPDATE ticket SET received_at = received_at - 5400 WHERE id IN (SELECT id FROM ticket ORDER BY id LIMIT 2)")
    gate.start()
    incident, = eventually(lambda: gate.ctl("incidents"))
    assert (incident["kind"], incident["category"], incident["state"], incident["customers"], incident["tickets"]) == ("category", "logistics", "open", 4, 4)
    later = [t["number"] for t in tickets[2:]]
    assert gate.ctl("incidents", str(incident["id"]))["tickets"] == later and incident["number"] == later[0]
    for number in later[1:]:
        assert {"kind": "mass", "number": later[0]} in show(gate, number)["links"]
    assert not show(gate, tickets[0]["number"])["links"], "what came in the period before is not part of it"
    assert json.loads(admin(gate, "/api/v1/incidents"))["incidents"] == [incident]
    page = admin(gate, "/incidents")
    assert "logistics" in page and f'<a href="/ticket/{later[0]}">' in page and incident["evidence"].split(",")[0] in page
    assert gate.log().count("category logistics rises") == 1


def test_a_reload_with_a_filled_tail_forgets_nothing(gate):
    gate.start()
    numbers = [send_hook(gate, f"evt_{n}", f"The lock of door {n * 7 + 3} jams since {n + 2} days, the key of bundle {1000 + n} broke off in it.", f"user-{n}")["number"] for n in range(20)]
    gate.signal(signal.SIGHUP)
    again = [send_hook(gate, f"evt_b{n}", f"The lock of door {n * 7 + 3} jams since {n + 2} days, the key of bundle {1000 + n} broke off in it!", f"user-{n}")["number"] for n in range(20)]
    assert again == numbers


def test_tickets_of_two_customers_are_merged_only_on_purpose(gate):
    gate.start()
    send_mail(gate, "The lamp flickers.", sender="a@one.example.net", subject="Lamp")
    send_mail(gate, "The door squeaks.", sender="b@two.example.net", subject="Door")
    first, second = all_tickets(gate, 2)
    assert gate.ctl("merge", first["number"], second["number"], check=False) is None
    assert len(gate.tickets()[0]["messages"]) == 1
    gate.ctl("merge", first["number"], second["number"], "--any-customer")
    assert len(show(gate, first["number"])["messages"]) == 2


TOLD_TWICE = KETTLE + " You reach me at li@home.example.net or 138 1234 5678."


def told_by_two_handles(gate):
    """The ticket of one customer who wrote by mail and, in the same words with his address and telephone, from a chat."""
    gate.conf["channels"]["hook"]["map"] = {"external_id": "id", "subject": "subject", "text": "text", "sender": "from", "sender_type": "=chat"}
    gate.start()
    send_mail(gate, TOLD_TWICE)
    all_tickets(gate, 1)
    send_hook(gate, "evt_1", TOLD_TWICE, "wx-55102")
    ticket, = all_tickets(gate, 2)
    return ticket


def test_two_handles_are_joined_by_number_and_mark_shown_and_parted(gate):
    ticket = told_by_two_handles(gate)
    handles = ticket["customer"]["handles"]
    assert [h["value"] for h in handles] == ["li@home.example.net", "wx-55102"]
    assert "joined_by" in handles[1]
    send_hook(gate, "evt_2", "Any news about my kettle, order 4711-20833? The refund is what I want.", "wx-55102")
    assert len(all_tickets(gate, 3)) == 1, "the other handle writes on in the same ticket"
    bell = send_hook(gate, "evt_bell", "By the way, my door bell is silent since the storm of Friday, article ZX-9.", "wx-55102", subject="Bell")["number"]
    assert show(gate, bell)["repeat"] == {"case": 0, "customer": 1}, "he came back, by another handle"
    own = gate.ctl("part", ticket["number"], "wx-55102")["number"]
    assert len(show(gate, ticket["number"])["customer"]["handles"]) == 1
    assert [m["sender"] for m in show(gate, ticket["number"])["messages"]] == ["li@home.example.net"], "what the other one wrote there left with him"
    assert [m["sender"] for m in show(gate, own)["messages"]] == ["wx-55102"] * 2 and show(gate, own)["promise"]["text"]
    assert send_hook(gate, "evt_3", TOLD_TWICE + "!", "wx-55102")["number"] == own
    send_mail(gate, "Order 5822-1100: the blender of last week stopped after two days, it smells of rubber. Mail li@home.example.net or 138 1234 5678.", subject="Blender")
    blender = all_tickets(gate, 6)[-1]["number"]
    gate.stop()
    gate.start()
    again = send_hook(gate, "evt_4", "Order 5822-1100: the blender of last week stopped after two days, it smells of rubber. Mail li@home.example.net or 138 1234 5678.", "wx-55102")
    assert again["number"] not in (blender, own, ticket["number"]), "no evidence joins them again"
    assert gate.ctl("explain", again["number"])["decisions"]["verdict"]["rule"] == "parted"
    assert gate.ctl("part", ticket["number"], "wx-55102", check=False) is None


def test_a_name_alone_joins_nobody(gate):
    gate.start()
    send_mail(gate, KETTLE, sender="Li Wei <li@home.example.net>")
    send_mail(gate, KETTLE, sender="Li Wei <li@other.example.org>")
    first, second = all_tickets(gate, 2)
    assert len(first["customer"]["handles"]) == len(second["customer"]["handles"]) == 1


def test_a_later_message_that_tells_of_more_people_moves_its_ticket_up_and_never_down(gate):
    gate.start()
    subject = "Heating"
    send_mail(gate, "The heating of order 4711-20833 has been cold since Monday.", subject=subject)
    def place():
        ticket, = gate.tickets()
        return ticket["priority"], [h["detail"] for h in ticket["history"] if h["event"] == "priority"]
    all_tickets(gate, 1)
    assert place() == (3, [])
    send_mail(gate, "Order 4711-20833: meanwhile 14 residents of the house are without heating.", subject="Re: " + subject)
    all_tickets(gate, 2)
    assert place() == (2, ["normal; 14 persons concerned"])
    send_mail(gate, "Order 4711-20833: 6 residents have left, nobody has come to look at it so far.", subject="Re: " + subject)
    all_tickets(gate, 3)
    assert place() == (2, ["normal; 14 persons concerned"]), "what fewer words say takes nothing back"
    assert gate.ctl("explain", gate.tickets()[0]["number"])["decisions"]["routing"]["persons"] == 14


def test_a_customer_who_comes_back_is_marked(gate):
    gate.start()
    send_mail(gate, "The kettle of order 83920011 leaks.", subject="Kettle")
    send_mail(gate, "Your rider shouted at my mother this morning in front of the house.", subject="Rider")
    first, second = all_tickets(gate, 2)
    assert first["repeat"] == {"case": 0, "customer": 0}
    assert second["repeat"] == {"case": 0, "customer": 1}


RISES = {        # category: tickets in the period before, tickets now, what else is done to those of now, whether it rises
    "logistics": (4, 5, None, False),           # 25 %
    "billing": (0, 3, None, True),              # nothing before, and there was a gateway to be told
    "information": (1, 4, "UPDATE ticket SET ack_reason = 'history' WHERE id IN ({})", False),
    "other": (1, 4, "INSERT INTO history(ticket_id, place, at, event) SELECT id, 99, received_at, 'backfilled' FROM ticket WHERE id IN ({})", False),
    "after_sales": (1, 3, "INSERT INTO person(contact_id, other_id, at, evidence) SELECT a.contact_id, b.contact_id, 0, 'x' FROM ticket a, ticket b WHERE a.id <> b.id AND "
                          "a.contact_id <> b.contact_id AND a.id IN ({0}) AND b.id IN ({0})", False),
    "safety": (3, 4, None, True),               # 33 %
}


def test_what_rises_is_counted_in_customers_of_now_and_against_what_was(gate):
    gate.conf["similar"] = {"enabled": True, "rise_window": "1h", "rise_least": 3, "incident_customers": 100000}
    gate.start()
    count = 1 + sum(before + now for before, now, _, _ in RISES.values())
    for n in range(count):
        send_hook(gate, f"evt_{n}", f"Number {n * 7919} of the kind {n * 31} in room {n * 17}.", f"user-{n}")
    all_tickets(gate, count)
    gate.stop()
    with sqlite3.connect(gate.folder / "state" / "intaked.db") as store:
        store.execute("UPDATE ticket SET received_at = received_at - 9000, category = 'service_attitude' WHERE id = 1")
        first = 2
        for category, (before, now, also, _) in RISES.items():
            store.execute("UPDATE ticket SET category = ?, received_at = received_at - 5400 WHERE id BETWEEN ? AND ?", (category, first, first + before - 1))
            ids = ", ".join(str(n) for n in range(first + before, first + before + now))
            store.execute(f"UPDATE ticket SET category = '{category}', ack_reason = 'allowed' WHERE id IN ({ids})")
            if also:
                store.execute(also.format(ids))
            first += before + now
    gate.start()
    assert eventually(lambda: len(gate.ctl("incidents")) >= 2)
    assert {i["category"] for i in gate.ctl("incidents")} == {category for category, row in RISES.items() if row[3]}
    assert "none in the period before" in next(i["evidence"] for i in gate.ctl("incidents") if i["category"] == "billing")


def test_one_person_on_thirty_handles_makes_no_incident(gate):
    """Joined by hand in the store, more than are compared as his own: they weigh as one customer, eight customers as eight."""
    gate.conf["similar"] = {"enabled": True, "incident_customers": 3}
    gate.conf["channels"]["hook"]["map"] = {"external_id": "id", "subject": "subject", "text": "text", "sender": "from", "sender_type": "=chat", "verified": "=true"}
    gate.start()
    for n in range(30):
        send_hook(gate, f"old_{n}", "Thank you.", f"user-{n}", subject="Hello")
    assert gate.ctl("incidents") == []
    gate.stop()
    with sqlite3.connect(gate.folder / "state" / "intaked.db") as store:
        store.execute("INSERT INTO person(contact_id, other_id, at, evidence) SELECT a.contact_id, b.contact_id, 0, 'x' FROM ticket a, ticket b WHERE a.contact_id <> b.contact_id")
    gate.start()
    for n in reversed(range(30)):
        send_hook(gate, f"evt_{n}", f"The kettle of batch K7731 leaks at the bottom and the whole base got wet, house number {n + 2}.", f"user-{n}")
    all_tickets(gate, 60)
    assert gate.ctl("incidents") == []
    for n in range(8):
        send_hook(gate, f"new_{n}", f"The kettle of batch K7731 leaks at the bottom and the whole base got wet, house number {n + 50}.", f"other-{n}")
    assert eventually(lambda: gate.ctl("incidents"))


@pytest.mark.parametrize("first, second", [("li@home.example.net", "wqsccfya@evil.example.org"), ("wqsccfya@evil.example.org", "li@home.example.net")])
def test_an_address_chosen_so_that_it_looks_like_another_one_in_the_index_joins_nobody(gate, first, second):
    """The index knows handles by 32 bits, for which anybody finds an address of his own within a minute."""
    gate.start()
    send_mail(gate, KETTLE, sender=first)
    send_mail(gate, KETTLE + " Hello? Any news?", sender=second)
    assert [[m["sender"] for m in t["messages"]] for t in all_tickets(gate, 2)] == [[first], [second]]
    decisions = gate.ctl("explain", gate.ctl("list")[0]["number"])["decisions"]
    assert decisions["verdict"]["rule"] == "no-proof-of-person"
    assert all("joined_by" not in handle for t in gate.tickets() for handle in t["customer"]["handles"])


def test_a_handle_that_wrote_a_thousand_times_takes_all_of_it_along(gate):
    """More than one transaction moves: all into one ticket, none left behind."""
    ticket = told_by_two_handles(gate)
    gate.stop()
    with sqlite3.connect(gate.folder / "state" / "intaked.db") as db:
        columns = ", ".join(row[1] for row in db.execute("PRAGMA table_info(message)") if row[1] != "id")
        db.execute(f"WITH RECURSIVE n(i) AS (VALUES(1) UNION ALL SELECT i + 1 FROM n WHERE i < 1049) INSERT INTO message({columns}) SELECT {columns} FROM message, n WHERE sender = 'wx-55102'")
    db.close()
    gate.start()
    parted = gate.ctl("part", ticket["number"], "wx-55102")
    assert parted["messages"] == 1050
    assert [m["sender"] for m in show(gate, ticket["number"])["messages"]] == ["li@home.example.net"]
    assert {m["sender"] for m in show(gate, parted["number"])["messages"]} == {"wx-55102"}
    assert [h["detail"] for h in show(gate, ticket["number"])["history"] if h["event"] == "parted"] == ["wx-55102"], "said once"
    gate.stop()
    with sqlite3.connect(gate.folder / "state" / "intaked.db") as db:
        assert sorted(db.execute("SELECT count(*) FROM message WHERE is_outbound = 0 GROUP BY ticket_id")) == [(1,), (1050,)]
    db.close()


def test_more_than_a_hundred_messages_are_split_off_in_turns(gate):
    ticket = told_by_two_handles(gate)
    told = subprocess.run([str(gate.build / "intakectl"), "--socket", str(gate.folder / "control.sock"), "split", ticket["number"], *map(str, range(1, 102))],
                          capture_output=True, text=True, timeout=30)
    assert told.returncode == 64 and "up to 100 messages" in told.stderr and "merge" in told.stderr
    assert len(gate.ctl("list")) == 1


def test_a_handle_is_parted_from_a_ticket_in_which_only_it_is_left(gate):
    ticket = told_by_two_handles(gate)
    gate.ctl("split", ticket["number"], str(ticket["messages"][0]["id"]))
    gate.ctl("part", ticket["number"], "wx-55102")
    assert [h["value"] for h in show(gate, ticket["number"])["customer"]["handles"]] == ["wx-55102"]
    text = "Order 5822-1100: the blender of last week stopped after two days, it smells of rubber. Mail li@home.example.net or 138 1234 5678."
    send_mail(gate, text, subject="Blender")
    all_tickets(gate, 3)
    assert gate.ctl("explain", send_hook(gate, "evt_2", text, "wx-55102")["number"])["decisions"]["verdict"]["rule"] == "parted"
