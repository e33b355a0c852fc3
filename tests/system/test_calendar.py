"""Deadlines in working time as an operator sees them: sla, calendar check and calendar import, all without a daemon."""
import json
import os
import subprocess

import pytest

from rig.intaked import TOP

BUILD = os.environ.get("TEST_BUILD", "build")
CTL = os.path.join(BUILD, "intakectl")


def ctl(*args):
    return subprocess.run([CTL, *args], capture_output=True, text=True, timeout=60)


def configuration(folder, policy):
    path = folder / "intaked.yaml"
    path.write_text(f"store: {{dir: state}}\ncontrol: {{socket: control.sock}}\npolicy: {policy}\n")
    return str(path)


NORMAL = "{timezone: UTC, calendar: china, brand_calendars: {acme: germany}, normal: {clock: working-time, first_response: 8h, start: 16h}}"


@pytest.mark.parametrize("severity, brand, due", [
    ("normal", None, "2026-02-14T09:00:00Z"),
    ("normal", "acme", "2026-02-16T10:00:00Z"),
    ("urgent", "acme", "2026-02-13T10:00:00Z"),
])
def test_sla_prints_the_deadline_with_its_walk(tmp_path, severity, brand, due):
    args = ["--config", configuration(tmp_path, NORMAL), "--json", "sla", "--severity", severity, "--at", "2026-02-13T17:00:00+08:00"]
    out = ctl(*args, *(["--brand", brand] if brand else []))
    answer = json.loads(out.stdout)
    assert out.returncode == 0, out.stderr
    assert answer["first_response_due"] == due
    walk = answer["walk"]
    assert walk[0]["from"] == answer["received_at"] == "2026-02-13T09:00:00Z"
    assert walk[-1]["until"] == due
    assert all(a["until"] == b["from"] for a, b in zip(walk, walk[1:]))
    assert sum(step["counted"] for step in walk) == (3600 if severity == "urgent" else 8 * 3600)


def test_sla_for_people_shows_local_times_and_reasons(tmp_path):
    out = ctl("--config", configuration(tmp_path, NORMAL), "sla", "--severity", "normal", "--at", "2026-02-13T17:00:00+08:00")
    assert out.returncode == 0, out.stderr
    for words in ("first response by 2026-02-14T17:00:00+08:00", "moved working day: 春节调休", "break", "outside working hours"):
        assert words in out.stdout


@pytest.mark.parametrize("args, word", [
    (["--severity", "soon"], "urgent, high, normal or low"),
    (["--severity", "high", "--at", "tomorrow"], "tomorrow"),
])
def test_sla_refuses_what_it_cannot_read(tmp_path, args, word):
    out = ctl("--config", configuration(tmp_path, "{timezone: UTC}"), "sla", *args)
    assert out.returncode == 64
    assert word in out.stderr


def test_working_time_without_a_calendar_is_a_configuration_error(tmp_path):
    out = ctl("--config", configuration(tmp_path, "{low: {clock: working-time}}"), "sla", "--severity", "low")
    assert out.returncode == 78
    assert "policy.low.clock" in out.stderr


@pytest.mark.parametrize("at, status", [
    ("2026-11-01T00:00:00+08:00", 0), ("2026-11-02T00:00:00+08:00", 1), ("2027-06-01T00:00:00Z", 1),
])
def test_calendar_check_warns_sixty_days_ahead(tmp_path, at, status):
    out = ctl("--config", configuration(tmp_path, "{calendar: china}"), "--json", "calendar", "check", "--at", at)
    assert out.returncode == status, out.stderr
    row, = json.loads(out.stdout)
    assert row["name"] == "china" and row["known_until"] == "2026-12-31" and row["ok"] == (status == 0)


def test_calendar_check_names_the_broken_line(tmp_path):
    (tmp_path / "own.cal").write_text("zone UTC\nholiday 2026-01-01\n")
    out = ctl("--config", configuration(tmp_path, "{calendars: ., calendar: own}"), "calendar", "check")
    assert out.returncode == 65
    assert "line 2" in out.stderr


def test_calendar_check_says_that_a_calendar_is_not_there(tmp_path):
    out = ctl("--config", configuration(tmp_path, "{calendar: china}"), "calendar", "check", "chian")
    assert out.returncode == 65 and 'there is no calendar "chian" in ' in out.stderr
    assert "cannot name a calendar" in ctl("--config", configuration(tmp_path, "{calendar: china}"), "calendar", "check", "../china").stderr


def test_an_imported_calendar_can_be_used(tmp_path):
    (tmp_path / "h.ics").write_text("\r\n".join([
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//x//EN", "BEGIN:VEVENT", "UID:1", "DTSTART;VALUE=DATE:20001225", "RRULE:FREQ=YEARLY",
        "SUMMARY:Christmas", "END:VEVENT", "END:VCALENDAR", ""]))
    made = ctl("calendar", "import", "--zone", "Europe/London", "--from", "2026-01-01", "--until", "2026-12-31", str(tmp_path / "h.ics"))
    assert made.returncode == 0, made.stderr
    (tmp_path / "own.cal").write_text(made.stdout)
    out = ctl("--config", configuration(tmp_path, "{calendars: ., calendar: own, low: {clock: working-time, first_response: 2h}}"),
              "--json", "sla", "--severity", "low", "--at", "2026-12-24T17:00:00Z")
    assert json.loads(out.stdout)["first_response_due"] == "2026-12-28T10:00:00Z"
    assert "holiday: Christmas" in out.stdout


def test_a_year_is_added_by_a_calendar_of_ones_own(tmp_path):
    (tmp_path / "china.cal").write_bytes((TOP / "conf" / "calendars" / "china.cal").read_bytes())
    (tmp_path / "own.cal").write_text("include china\nknown 2025-01-01..2027-12-31\nclosed 2027-01-01..2027-01-03 元旦\nworkday 2027-02-20 春节调休\n")
    config = configuration(tmp_path, "{timezone: UTC, calendars: ., calendar: own, normal: {clock: working-time, first_response: 2h}}")
    assert ctl("--config", config, "calendar", "check", "--at", "2026-11-22T00:00:00Z").returncode == 0

    def due(at):
        return json.loads(ctl("--config", config, "--json", "sla", "--severity", "normal", "--at", at).stdout)["first_response_local"]

    assert due("2027-01-01T10:00:00+08:00") == "2027-01-04T11:00:00+08:00"
    assert due("2027-02-19T17:00:00+08:00") == "2027-02-20T10:00:00+08:00"
    assert due("2026-10-10T10:00:00+08:00") == "2026-10-10T12:00:00+08:00", "what was known stays"


def test_sla_around_the_clock_shows_the_times_of_the_configured_zone(tmp_path):
    out = ctl("--config", configuration(tmp_path, "{timezone: Asia/Kolkata}"), "sla", "--severity", "urgent", "--at", "2026-10-10T10:00:00Z")
    assert "round-the-clock, Asia/Kolkata" in out.stdout and "first response by 2026-10-10T16:30:00+05:30" in out.stdout
