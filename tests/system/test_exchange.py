"""export and import: what is written comes back whole, the same file twice is no second ticket, and bad lines hold nothing up."""
import csv
import hashlib
import io
import json
import subprocess

import pytest

from rig.intaked import BUILD, Intaked
from rig.talk import eventually, lmtp, mail

SENDERS = [("Lamp", "The lamp flickers.", "Ann <ann@customers.example.net>"), ("Fire", "The charger caught fire last night.", "Bob <bob@customers.example.net>"),
           ("灯", "台灯一直闪烁，要求退货。", "li@customers.example.net")]


def ctl(daemon, *args, status=0, text=None):
    out = subprocess.run([str(BUILD / "intakectl"), "--socket", str(daemon.folder / "control.sock"), *args], input=text, capture_output=True, text=True, timeout=60)
    assert out.returncode == status, (out.returncode, out.stdout[-2000:], out.stderr[-2000:])
    return out


def export(daemon, *args):
    return [json.loads(line) for line in ctl(daemon, "export", *args).stdout.splitlines()]


def take_in(daemon, path, *args, status=0):
    out = ctl(daemon, "--json", "import", str(path), *args, status=status)
    return json.loads(out.stdout), out.stderr


@pytest.fixture(scope="module")
def daemon(tmp_path_factory):
    with Intaked(tmp_path_factory.mktemp("exchange") / "gateway") as daemon:
        daemon.start()
        for subject, text, sender in SENDERS:
            assert lmtp(daemon.lmtp_port, mail(text=text, sender=sender, subject=subject), sender=sender) == 250
        letter = daemon.folder / "letter.pdf"
        letter.write_bytes(b"%PDF of a letter")
        ctl(daemon, "add", "--channel", "letter", "--from", "email:ann@customers.example.net", "--attach", str(letter), "--text", "=HYPERLINK(1) and, \"more\"\nlines")
        assert eventually(lambda: len(daemon.ctl("list")) == 4)
        assert eventually(lambda: all(d["state"] == "sent" for t in daemon.ctl("list") for d in t["deliveries"]))
        assert eventually(lambda: sum(t["ack"]["state"] == "sent" for t in daemon.ctl("list")) == 3)
        one, two = [t["number"] for t in daemon.ctl("list")][1:3]
        ctl(daemon, "merge", one, two, "--any-customer")
        ctl(daemon, "set-state", daemon.ctl("list")[-1]["number"], "in_progress", "--note", "with Li")
        assert eventually(lambda: not [d for d in daemon.ctl("outbox") if d["state"] in ("pending", "sending", "committing")])
        yield daemon


@pytest.fixture
def empty(tmp_path):
    with Intaked(tmp_path / "other") as other:
        other.start()
        yield other


def as_told(ticket):
    """A ticket without the ids of the store it stands in and without the line that tells of the import."""
    ticket = json.loads(json.dumps(ticket))
    ticket["customer"]["id"] = ticket["customer"]["id"] is not None
    for message in ticket["messages"]:
        message["id"] = None
    ticket["history"] = [row for row in ticket["history"] if row["event"] != "imported"]
    return ticket


def test_what_is_exported_comes_back_whole_in_an_empty_store(daemon, empty, tmp_path):
    path = tmp_path / "all.jsonl"
    ctl(daemon, "export", "-o", str(path))
    before = [json.loads(line) for line in path.read_text().splitlines()]
    assert [t["number"] for t in before] == sorted(t["number"] for t in before) and len(before) == 4
    assert path.stat().st_mode & 0o777 == 0o600
    assert take_in(empty, path, "--dry-run")[0] == {"added": 4, "known": 0, "differ": 0, "refused": 0, "dry_run": True}
    assert export(empty) == []
    assert take_in(empty, path)[0]["added"] == 4
    assert [as_told(t) for t in export(empty)] == [as_told(t) for t in before]
    assert all(t["history"][-1]["event"] == "imported" and t["history"][-1]["actor"].startswith("operator:") for t in export(empty))
    again, _ = take_in(empty, path)
    assert (again["added"], again["known"]) == (0, 4) and len(export(empty)) == 4
    assert empty.ctl("status")["counts"]["states"] == daemon.ctl("status")["counts"]["states"]
    assert [p for p in (empty.folder / "maildir").rglob("*") if p.is_file()] == []           # nobody is told
    made = json.loads(ctl(empty, "--json", "add", "--channel", "phone", "--text", "new").stdout)["number"]
    assert made == f"{before[-1]['number'][:7]}{int(before[-1]['number'][7:]) + 1:03d}"     # numbers go on behind those that came


def test_answers_to_the_survey_come_along(empty, tmp_path):
    survey = {"asked_at": "2026-11-02T08:00:00Z", "at": "2026-11-03T08:00:00Z", "way": "link", "level": 2, "speed": 1, "attitude": None, "solution": 5, "thoroughness": None}
    path = tmp_path / "one.jsonl"
    path.write_text(json.dumps({"number": "202611-007", "channel": "old", "received_at": "2026-11-01T08:00:00Z", "priority": 2, "surveys": [survey],
                                "messages": [{"received_at": "2026-11-01T08:00:00Z", "text": "x", "reply": {"method": "chat", "until": "2026-11-02T08:00:00Z", "left": 0}}]}) + "\n")
    assert take_in(empty, path)[0]["added"] == 1
    ticket = export(empty)[0]
    assert ticket["surveys"] == [survey] and ticket["priority"] == 2 and ticket["number"] == "202611-007"
    assert ticket["messages"][0]["reply"] == {"method": "chat", "until": "2026-11-02T08:00:00Z", "left": 0}


def test_a_number_that_is_taken_gives_a_new_one_and_links_follow(daemon, empty, tmp_path):
    for n in range(2):
        ctl(empty, "add", "--channel", "phone", "--text", f"call {n}")
    path = tmp_path / "all.jsonl"
    ctl(daemon, "export", "-o", str(path))
    assert take_in(empty, path)[0]["added"] == 4
    by_code = {t["code"]: t for t in export(empty)}
    for old in export(daemon):
        new = by_code[old["code"]]
        told = [row["detail"] for row in new["history"] if row["event"] == "imported"]
        assert told == [old["number"] if old["number"] != new["number"] else None]
        codes = {t["number"]: t["code"] for t in export(daemon)}
        here = {t["number"]: t["code"] for t in by_code.values()}
        assert sorted((link["kind"], here[link["number"]]) for link in new["links"]) == sorted((link["kind"], codes[link["number"]]) for link in old["links"])
    assert len({t["number"] for t in export(empty)}) == 6


def test_a_mail_that_was_restored_is_known_when_its_source_gives_it_again(daemon, empty, tmp_path):
    path = tmp_path / "all.jsonl"
    with_id = {"channel": "hook", "external_id": "evt-9", "text": "A webhook event."}
    path.write_text(json.dumps(with_id) + "\n")
    take_in(daemon, path)
    ctl(daemon, "export", "--channel", "hook", "-o", str(path))
    assert take_in(empty, path)[0]["added"] == 1
    path.write_text(json.dumps(with_id) + "\n")
    assert take_in(empty, path)[0]["known"] == 1 and len(export(empty)) == 1


def test_filters_choose_and_files_come_along(daemon, tmp_path):
    assert {t["channel"]["name"] for t in export(daemon, "--channel", "letter")} == {"letter"}
    assert {t["state"] for t in export(daemon, "--state", "in_progress")} == {"in_progress"} and export(daemon, "--category", "safety")[0]["subject"] == "Fire"
    assert export(daemon, "--until", "2020-01-01") == [] and len(export(daemon, "--since", "1h")) >= 4
    tickets = export(daemon, "--files", str(tmp_path / "files"))
    found = {p.relative_to(tmp_path / "files").as_posix(): p.read_bytes() for p in (tmp_path / "files").rglob("*") if p.is_file()}
    for ticket in tickets:
        for message in ticket["messages"]:
            if message["channel"] == "mail":
                assert b"Subject:" in found[f"{ticket['number']}/{message['id']}-original"]
            for n, row in enumerate(message["attachments"]):
                assert hashlib.sha256(found[f"{ticket['number']}/{message['id']}-{n}"]).hexdigest() == row["sha256"]
    assert any(name.endswith("-0") for name in found)
    assert '--state: there is no "gone"; there are received' in ctl(daemon, "export", "--state", "gone", status=64).stderr and "--since" in ctl(daemon, "export", "--since", "yesterday", status=64).stderr


def test_a_table_is_safe_for_spreadsheets_and_comes_back_as_messages(daemon, empty, tmp_path):
    path = tmp_path / "all.csv"
    ctl(daemon, "export", "--csv", "--bom", "--channel", "letter", "-o", str(path))
    data = path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbfnumber,code,state,")
    row = next(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert row["text"] == "'=HYPERLINK(1) and, \"more\"\nlines" and row["from"] == "ann@customers.example.net"
    assert take_in(empty, path)[0]["added"] == 1
    ticket = export(empty)[0]
    assert ticket["messages"][0]["text"] == "=HYPERLINK(1) and, \"more\"\nlines" and ticket["channel"]["name"] == "letter"
    assert take_in(empty, path)[0]["known"] == 1


def test_old_records_are_classified_numbered_by_their_month_and_nobody_is_told(empty, tmp_path):
    path = tmp_path / "old.csv"
    path.write_text("external_id,from,name,subject,text,received_at,category,state\n"
                    "1,ann@customers.example.net,Ann,Fire,The charger caught fire,2026-09-03,,closed\n"
                    "2,phone:5550,,Bill,I was charged twice,2026-10-04T10:00:00Z,other,\n")
    assert take_in(empty, path)[0]["added"] == 2
    one, two = export(empty)
    assert (one["number"], one["category"], one["severity"], one["state"], one["channel"]["name"]) == ("202609-001", "safety", "urgent", "closed", "import")
    assert (two["number"], two["category"]) == ("202610-001", "other") and one["ack"]["state"] in ("none", "withheld")
    assert one["deliveries"] == [] and empty.ctl("alarms") == []
    path.write_text("external_id,text\n2,Other words\n3,New\n")
    told, _ = take_in(empty, path)
    assert told == {"added": 1, "known": 0, "differ": 1, "refused": 0, "dry_run": False}
    assert [t["number"] for t in empty.ctl("list", "--since", "1h")] == [export(empty)[-1]["number"]]


def test_bad_lines_are_named_with_their_reason_and_the_others_go_on(empty, tmp_path):
    path = tmp_path / "bad.jsonl"
    lines = ['{"text": "good"}', "{", "[1]", '{"text": " "}', '{"text": "x", "severity": "worst"}', '{"text": "x", "category": "zzz"}', '{"text": "x", "received_at": "later"}',
             '{"number": "x", "text": "y"}', '{"code": "AAAA", "channel": "x", "received_at": "2026-11-01T00:00:00Z"}', '{"text": "x", "channel": "A B"}',
             '{"text": "x", "from": "email:nobody"}', '{"number": "202611-900", "channel": "x", "received_at": "2026-11-01T00:00:00Z", "state": "gone"}',
             '{"number": "202611-901", "channel": "x", "received_at": "2026-11-01T00:00:00Z", "messages": [{"text": 1}]}', "", '{"text": "good too"}', '{"a": 1, "a": 2}', "\x00"]
    path.write_text("\n".join(lines) + "\n")
    told, problems = take_in(empty, path, status=65)
    named = [int(line.split(":")[1]) for line in problems.splitlines() if line.startswith(str(path))]
    assert (told["added"], told["refused"]) == (2, 14) and sorted(named) == [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 16, 17], problems
    assert len(export(empty)) == 2
    assert "zzz" in problems and "severity" in problems and "messages" in problems


@pytest.mark.parametrize("table, word", [("colour,text\nred,x\n", "'colour' says nothing"), ("text\n\"open\n", "not closed"), ("", "headings"), ("text\na,b\n", "more cells")])
def test_a_table_that_cannot_be_read_says_where(empty, tmp_path, table, word):
    path = tmp_path / "table.csv"
    path.write_text(table)
    assert word in ctl(empty, "import", str(path), status=65).stderr


def test_wrong_use_of_files_is_told(daemon, tmp_path):
    assert "/nonexistent" in ctl(daemon, "import", "/nonexistent", status=66).stderr
    assert "/nonexistent/x" in ctl(daemon, "export", "-o", "/nonexistent/x", status=73).stderr
    full = subprocess.run([str(BUILD / "intakectl"), "--socket", str(daemon.folder / "control.sock"), "export", "-o", "/dev/full"], capture_output=True, text=True, timeout=30)
    assert full.returncode == 74 and "could not be written" in full.stderr
