"""Every ticket that leaves the gateway as JSON is what conf/schema/ticket.schema.json says, and has nothing the schema does not name."""
import copy
import json
import smtplib
import urllib.request

import jsonschema
import pytest

from rig.forms import Visitor
from rig.intaked import SECRET, TOP
from rig.talk import eventually
from test_journey import Helpdesk, post_signed

SCHEMA = json.loads((TOP / "conf" / "schema" / "ticket.schema.json").read_text())


def closed(schema):
    """The same schema without room for members it does not name."""
    schema = copy.deepcopy(schema)

    def close(node):
        if isinstance(node, dict):
            if "properties" in node:
                node["additionalProperties"] = False
            for child in node.values():
                close(child)
        elif isinstance(node, list):
            for child in node:
                close(child)

    close(schema)
    return schema


def check(ticket):
    jsonschema.Draft202012Validator(closed(SCHEMA)).validate(ticket)


def admin(daemon, path):
    request = urllib.request.Request(f"http://127.0.0.1:{daemon.admin_port}{path}",
                                     headers={"Authorization": "Bearer " + (daemon.folder / "admin.token").read_text().strip()})
    with urllib.request.urlopen(request, timeout=30) as reply:
        return json.load(reply)


MAIL = ("From: =?utf-8?B?5byg5LiJ?= <zhang@customers.example.net>\r\nTo: support@example.com\r\nSubject: =?utf-8?B?5Y+R56Wo?=\r\nMessage-ID: <{id}@customers.example.net>\r\n"
        "{more}MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
        "It has not come.\r\n\r\nOn Monday you wrote:\r\n> something\r\n--b\r\nContent-Type: application/pdf; name=\"a.pdf\"\r\nContent-Disposition: attachment\r\n"
        "Content-Transfer-Encoding: base64\r\n\r\nJVBERi0=\r\n--b--\r\n")


def fill(daemon):
    """Tickets of every kind this gateway makes by itself: with and without sender, files, links, answers, trouble."""
    v = Visitor(daemon)
    v.send(contact="ann@customers.example.net", name="Ann", order_number="SO-1")
    v.send(contact="+86 138 0000 0000", text="很长的内容", lang="zh")
    with smtplib.LMTP("127.0.0.1", daemon.lmtp_port) as lmtp:
        for name, more in (("m1", ""), ("m2", "In-Reply-To: <m1@customers.example.net>\r\n"), ("m3", "Auto-Submitted: auto-replied\r\n")):
            lmtp.sendmail("zhang@customers.example.net", ["support@example.com"], MAIL.format(id=name, more=more))
        lmtp.sendmail("x@customers.example.net", ["support@example.com"], b"From: x@customers.example.net\r\nSubject: \xff\xfe\r\n\r\n" + b"\x00\xff" * 50)
    assert post_signed(daemon, {"id": "1", "subject": "s", "text": "hello", "from": "u1"}, "evt_1")[0] == 202
    assert post_signed(daemon, {"id": "2", "text": "no sender"}, "evt_2")[0] == 202


def test_every_output_is_what_the_schema_says(daemon):
    desk = Helpdesk(answers=[500])
    daemon.secret("sink.secret", SECRET)
    daemon.conf["channels"]["contact"]["min_fill"] = "0s"
    taken = daemon.folder / "program.jsonl"
    program = daemon.folder / "take.py"
    program.write_text(f"import json, sys\nopen({str(taken)!r}, 'a').write(json.dumps(json.load(sys.stdin)) + '\\n')\n")
    daemon.conf["sinks"]["program"] = {"plugin": "exec", "command": ["/usr/bin/python3", str(program)]}
    daemon.conf["sinks"]["desk"] = {"plugin": "webhook", "url": desk.url, "secret": {"file": str(daemon.folder / "sink.secret")}, "retry_first": "1s"}
    daemon.start()
    fill(daemon)
    listed = daemon.ctl("list")
    assert len(listed) >= 6
    daemon.ctl("set-state", listed[-1]["number"], "in_progress", "--note", "with Li", check=False)
    assert eventually(lambda: all(d["state"] == "sent" for t in listed for d in daemon.ctl("show", t["number"])["deliveries"]), 30)
    lines = [json.loads(line) for line in (daemon.folder / "tickets.jsonl").read_text().splitlines()]
    outputs = {
        "intakectl list": daemon.ctl("list"),
        "intakectl show": [daemon.ctl("show", t["number"]) for t in listed],
        "the API's list": admin(daemon, "/api/v1/tickets")["tickets"],
        "the API's list with messages": admin(daemon, "/api/v1/tickets?messages=yes")["tickets"],
        "the API's ticket": [admin(daemon, f"/api/v1/tickets/{t['number']}") for t in listed],
        "the jsonl sink": [line["ticket"] for line in lines],
        "the exec sink": [json.loads(line)["data"] for line in taken.read_text().splitlines()],
        "the webhook sink": [json.loads(body)["data"] for _, body in desk.requests],
    }
    desk.stop()
    for where, tickets in outputs.items():
        assert len(tickets) >= 6, where
        for ticket in tickets:
            try:
                check(ticket)
            except jsonschema.ValidationError as problem:
                pytest.fail(f"{where}, {ticket.get('number')}: {problem.json_path}: {problem.message}")
    assert all("messages" in t for t in outputs["the API's ticket"]) and all("messages" not in t for t in outputs["intakectl list"])


BROKEN = [
    ("no code", lambda t: t.pop("code")), ("a code without its dashes", lambda t: t.update(code="7QP2YE1VGCKGZKRR")), ("a number as a number", lambda t: t.update(number=202611001)),
    ("a local time", lambda t: t.update(received_at="2026-11-22T10:00:00+08:00")), ("a state of another system", lambda t: t.update(state="open")),
    ("a member nobody knows", lambda t: t.update(secret=1)), ("a message without a direction", lambda t: t["messages"][0].pop("direction")),
    ("a link without a number", lambda t: t["links"].append({"kind": "related"})), ("no history", lambda t: t.update(history=[])),
]


def test_the_schema_itself_is_sound_and_refuses_what_is_no_ticket(daemon):
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    daemon.start()
    post_signed(daemon, {"id": "1", "text": "t"}, "evt_1")
    good = daemon.ctl("show", daemon.ctl("list")[0]["number"])
    check(good)
    for row, breaks in BROKEN:
        bad = copy.deepcopy(good)
        breaks(bad)
        with pytest.raises(jsonschema.ValidationError):
            check(bad)
            pytest.fail(row)
