"""`intakectl report`: every figure is what the tickets say, in the configured zone, beside the period before."""
import csv
import io
import json
import subprocess
from datetime import datetime, timedelta, timezone
from html.parser import HTMLParser

import pytest

from rig.intaked import BUILD, Intaked

NOW = datetime.now(timezone.utc)


def ctl(daemon, *args, status=0):
    out = subprocess.run([str(BUILD / "intakectl"), "--socket", str(daemon.folder / "control.sock"), *args], capture_output=True, text=True, timeout=60)
    assert out.returncode == status, (out.returncode, out.stdout[-2000:], out.stderr[-2000:])
    return out


def ago(**span):
    return (NOW - timedelta(**span)).strftime("%Y-%m-%dT%H:%M:%SZ")


@pytest.fixture(scope="module")
def daemon(tmp_path_factory):
    with Intaked(tmp_path_factory.mktemp("report") / "gateway") as daemon:
        daemon.conf["policy"] = {"timezone": "Asia/Shanghai"}
        daemon.start()
        rows = [("phone", ago(days=1), "safety", "urgent"), ("phone", ago(days=2), "billing", "normal"), ("letter", ago(days=2), "billing", "normal"),
                ("phone", ago(days=8), "billing", "normal"), ("phone", ago(days=20), "other", "low")]
        made = [json.loads(ctl(daemon, "--json", "add", "--channel", c, "--received-at", at, "--category", category, "--severity", severity, "--text", f"{c} {at} {n}",
                               "--from", "phone:5550100", "--brand", "<b>&acme").stdout)["number"] for n, (c, at, category, severity) in enumerate(rows)]
        ctl(daemon, "set-state", made[0], "in_progress", "--tell", "We are on it.")
        ctl(daemon, "set-state", made[1], "in_progress", "--tell", "Soon.")
        yield daemon


def span(daemon, *args):
    return json.loads(ctl(daemon, "--json", "report", *args).stdout)


def test_counts_are_those_of_the_period_and_the_one_before_stands_beside(daemon):
    report = span(daemon, "--since", ago(days=7))
    tickets = report["tickets"]
    assert tickets["total"] == 3 and tickets["by"]["channel"] == {"phone": 2, "letter": 1} and tickets["by"]["category"] == {"safety": 1, "billing": 2}
    assert tickets["by"]["severity"] == {"urgent": 1, "normal": 2} and tickets["by"]["brand"] == {"<b>&acme": 3}
    assert sum(tickets["by_hour"]) == 3 and tickets["of_returning_customers"] == 2
    assert report["before"]["tickets"]["total"] == 1 and report["before"]["tickets"]["by"]["category"] == {"billing": 1}
    assert report["acknowledgements"]["by_state"] == {"none": 3} and report["acknowledgements"]["by_reason"] == {"no-way-back": 3}
    assert all(row["pending"] == 0 and row["offered"] == row["accepted"] for row in report["ledger"])
    assert report["satisfaction"]["all"] == [] and report["incidents"] == {"opened": 0, "tickets": 0} and report["period"]["zone"] == "Asia/Shanghai"
    assert span(daemon, "--since", ago(days=30), "--until", ago(days=15))["tickets"]["total"] == 1


def test_the_promise_is_measured_by_severity(daemon):
    first = span(daemon, "--since", ago(days=7))["first_response"]
    assert (first["kept"], first["late"], first["overdue"], first["waiting"]) == (0, 2, 1, 0) and first["kept_rate"] == 0
    assert (first["by_severity"]["urgent"]["late"], first["by_severity"]["normal"]["late"], first["by_severity"]["normal"]["overdue"]) == (1, 1, 1)
    assert 86400 - 60 <= first["seconds"]["p50"] <= 86400 + 600 and 2 * 86400 - 60 <= first["seconds"]["p99"] <= 2 * 86400 + 600
    assert span(daemon, "--since", ago(days=30), "--until", ago(days=15))["first_response"]["kept_rate"] is None      # nobody told of an answer


@pytest.mark.parametrize("period", ["day", "week", "month", "quarter", "year"])
def test_periods_begin_at_midnight_of_the_zone(daemon, period):
    report = span(daemon, "--period", period, "--back", "1")
    since = datetime.fromisoformat(report["period"]["since"].replace("Z", "+00:00")).astimezone(timezone(timedelta(hours=8)))
    until = datetime.fromisoformat(report["period"]["until"].replace("Z", "+00:00")).astimezone(timezone(timedelta(hours=8)))
    assert (since.hour, since.minute, since.second, until.hour) == (0, 0, 0, 0)
    local = NOW.astimezone(timezone(timedelta(hours=8)))
    assert until <= local and (period != "week" or since.weekday() == 0) and (period not in ("month", "quarter", "year") or since.day == 1)
    assert (until - since).days in {"day": (1,), "week": (7,), "month": (28, 29, 30, 31), "quarter": (90, 91, 92), "year": (365, 366)}[period]
    day = span(daemon, "--since", local.strftime("%Y-%m-%d"))["period"]["since"]
    assert day == span(daemon, "--period", "day")["period"]["since"]


class Cells(HTMLParser):
    def __init__(self):
        super().__init__()
        self.rows, self.tags, self.text = [], set(), None

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")

    def handle_data(self, data):
        if self.rows and self.rows[-1]:
            self.rows[-1][-1] += data


def test_page_rows_and_terminal_show_the_same_and_what_strangers_wrote_stays_text(daemon):
    args = ["report", "--since", ago(days=7)]
    page = Cells()
    page.feed(ctl(daemon, *args, "--html").stdout)
    assert [r for r in page.rows if r[0] == "billing"][0][1] == "2" and "b" not in page.tags and [r for r in page.rows if r[0] == "<b>&acme"]
    rows = list(csv.reader(io.StringIO(ctl(daemon, *args, "--csv", "--bom").stdout.lstrip("\ufeff"))))
    assert ["By category", "billing", "2", "66.7 %", "1", "'+100 %"] in rows
    text = ctl(daemon, *args).stdout
    assert "By category" in text and "66.7 %" in text and "Asia/Shanghai" in text


def test_a_chinese_report_says_the_same_in_chinese_and_leaves_the_names_of_others_alone(daemon):
    args = ["report", "--since", ago(days=7), "--language", "zh-Hans"]
    page = Cells()
    html = ctl(daemon, *args, "--html").stdout
    page.feed(html)
    assert '<html lang="zh-Hans">' in html and "受理报表" in html and [r for r in page.rows if r[0] == "费用"][0][1] == "2" and [r for r in page.rows if r[0] == "<b>&acme"]
    rows = list(csv.reader(io.StringIO(ctl(daemon, *args, "--csv").stdout)))
    assert ["按类别", "费用", "2", "66.7 %", "1", "'+100 %"] in rows and ["按渠道", "phone", "2", "66.7 %", "1", "'+100 %"] in rows
    english = list(csv.reader(io.StringIO(ctl(daemon, *args[:-2], "--csv").stdout)))
    theirs = {"phone", "letter", "<b>&acme", "no-way-back", "none", "finance", "safety", "urgent"}      # departments, reasons and alarms keep their names
    ours = [cell for row in rows for cell in (row[0], row[1]) if cell.isascii() and any(c.isalpha() for c in cell)]
    assert len(rows) == len(english) and not [cell for cell in ours if cell not in theirs], set(ours) - theirs
    assert "本期" in ctl(daemon, *args).stdout


@pytest.mark.parametrize("args, word", [(("--period", "fortnight"), "day, week, month"), (("--since", "soon"), "expected a day"), (("--since", "2026-02-30"), "expected a day"),
                                        (("--until", "2026-01-01"), "expected a day"), (("--since", "2026-02-01", "--until", "2026-01-01"), "not after"),
                                        (("--since", "1d", "--period", "day"), "either"), (("--back", "100000"), "1000")])
def test_wrong_use_names_what_is_expected(daemon, args, word):
    assert word in ctl(daemon, "report", *args, status=64).stderr
