"""What --check-config, a start and a reload say of the files that the configuration names: calendars, rules, templates."""
import datetime
import os
import re
import signal
import subprocess
import urllib.request

import pytest

from rig.talk import eventually

CALENDAR = "zone Asia/Shanghai\nknown 2025-01-01..{until}\nweek Mon-Fri 09:00-18:00\n"


def day(days):
    return (datetime.date.today() + datetime.timedelta(days=days)).isoformat()


@pytest.fixture
def calendars(daemon):
    folder = daemon.folder / "calendars"
    folder.mkdir()
    (folder / "good.cal").write_text(CALENDAR.format(until=day(400)))
    (folder / "soon.cal").write_text(CALENDAR.format(until=day(20)))
    (folder / "over.cal").write_text(CALENDAR.format(until=day(-3)))
    (folder / "broken.cal").write_text(CALENDAR.format(until=day(400)) + "closed 2026-02-30 no such day\n")
    daemon.conf["policy"] = {"calendars": str(folder), "calendar": "good", "normal": {"clock": "working-time"}}
    return folder


def run(daemon, *args, program="intaked"):
    daemon.write_config()
    done = subprocess.run([str(daemon.build / program), "--config", str(daemon.config_path), *args], capture_output=True, text=True, timeout=30)
    return done.returncode, done.stdout + done.stderr


def line_of(daemon, text):
    return next(n for n, line in enumerate(daemon.config_path.read_text().splitlines(), 1) if text in line)


def column_of(daemon, text):
    line = daemon.config_path.read_text().splitlines()[line_of(daemon, text) - 1]
    return len(line) - len(line.lstrip()) + 1


WRONG = [
    ("missing", {"calendar": "goood"}, "calendar: ", r"there is no calendar 'goood' in .*calendars; there are .*did you mean 'good'\?", 78),
    ("broken", {"calendar": "broken"}, "calendar: ", r'calendar broken, line 4: expected a date .*2026-02-30', 78),
    ("over", {"calendar": "over"}, "calendar: ", r"over\.cal ended on .*: of the time after that it knows weekends, but no holidays\. Add the days", 78),
    ("soon over", {"calendar": "soon"}, "calendar: ", r"warning: policy\.calendar: .*soon\.cal ends on .*, in (20|19) days", 0),
    ("of a severity", {"normal": {"clock": "working-time", "calendar": "nowhere"}}, "nowhere", r"policy\.normal\.calendar: there is no calendar 'nowhere'", 78),
    ("of a brand", {"brand_calendars": {"acme": "broken"}}, "brand_calendars", r"policy\.brand_calendars\.acme: calendar broken, line 4", 78),
    ("of a brand, round the clock", {"brand_calendars": {"acme": "round-the-clok"}}, "brand_calendars", r"there is no calendar 'round-the-clok' .*did you mean 'round-the-clock'\?", 78),
    ("of a brand and no severity", {"brand_calendars": {"acme": {"hihg": "good"}}}, "brand_calendars", r"policy\.brand_calendars\.acme\.hihg: there is no severity 'hihg'; did you mean 'high'\?", 78),
    ("of a brand with a dot", {"brand_calendars": {"shop.example": "good"}}, None, r"^(.*: no problems\n)?$", 0),
    ("no name of a file", {"calendar": "../etc/passwd"}, "calendar: ", r'"\.\./etc/passwd" cannot name a calendar', 78),
    ("none is named", {"calendar": None}, None, r"policy\.normal\.clock is working-time, but there is no calendar; set policy\.calendar", 78),
    ("rules", {"rules": "/nonexistent"}, "rules: ", r"policy\.rules: .*/nonexistent", 78),
    ("time zone", {"timezone": "Asia/Nowhere"}, "timezone: ", r"policy\.timezone: .*Asia/Nowhere", 78),
]


@pytest.mark.parametrize("name, policy, at, says, status", WRONG, ids=[w[0] for w in WRONG])
def test_a_check_names_what_is_wrong_with_files_that_are_named_and_where(daemon, calendars, name, policy, at, says, status):
    daemon.conf["policy"].update(policy)
    daemon.conf["policy"] = {key: value for key, value in daemon.conf["policy"].items() if value is not None}
    for program, args in (("intaked", ["--check-config"]), ("intakectl", ["config", "check"])):
        got, said = run(daemon, *args, program=program)
        assert got == status and re.search(says, said), (program, got, said)
        if at:
            assert f"{daemon.config_path}:{line_of(daemon, at)}:{column_of(daemon, at)}: " in said


ELSEWHERE = "http://desk.example.net:8000/x"
HOOK, BOX = {"plugin": "webhook"}, {"plugin": "imap", "server": "imaps://mail.example.net", "user": "anna", "client_id": "i"}
CLEAR = [       # (section, name, entry, option): every option that secrets or customers' texts go to, whatever plugin has it
    ("adviser", None, {"model": "m"}, "url"),
    ("sinks", "desk", HOOK, "url"),
    ("channels", "shop", HOOK, "reply_url"),
    ("channels", "bot", {"plugin": "telegram"}, "server"),
    ("channels", "box", BOX, "token_url"),
    ("channels", "old", {**BOX, "plugin": "pop3", "server": "pop3s://mail.example.net"}, "token_url"),
]


@pytest.mark.parametrize("section, name, entry, option", CLEAR, ids=[f"{c[0]}-{c[1] or c[3]}" for c in CLEAR])
def test_nothing_is_sent_over_a_network_in_clear_text_unless_that_is_asked_for(daemon, section, name, entry, option):
    secret = {"token": "bot"} if entry.get("plugin") == "telegram" else {"client_secret": "app"} if "client_id" in entry else {"secret": "hook"} if name else {}
    secrets = {key: {"file": str(daemon.secret(f"{word}.secret", "whsec_" + "A" * 32))} for key, word in secret.items()}
    path = f"{section}.{name}.{option}" if name else f"{section}.{option}"

    def check(**values):
        full = {**entry, **secrets, **values}
        daemon.conf[section] = {**daemon.conf.get(section, {}), name: full} if name else full
        return run(daemon, "--check-config")

    status, said = check(**{option: ELSEWHERE})
    assert (status, said.count("error: ")) == (os.EX_CONFIG, 1), said
    assert f"{daemon.config_path}:{line_of(daemon, ELSEWHERE)}:" in said and f"error: {path}: " in said and "https://" in said
    if section == "adviser":
        assert "insecure" not in said, "it has no such option"
    else:
        assert "insecure: yes" in said
        assert check(**{option: ELSEWHERE, "insecure": True}) == (0, "")
    for fine in (ELSEWHERE.replace("http:", "https:"), "http://127.0.0.1:8000/x"):
        assert check(**{option: fine}) == (0, "")


def test_a_calendar_in_order_is_not_talked_about(daemon, calendars):
    assert run(daemon, "--check-config") == (0, "")


def test_a_daemon_does_not_start_with_a_missing_calendar_but_does_with_one_that_is_over(daemon, calendars):
    daemon.conf["policy"]["calendar"] = "goood"
    status, said = run(daemon)
    assert status == os.EX_CONFIG and f":{line_of(daemon, 'calendar: ')}:" in said and "did you mean 'good'?" in said
    daemon.conf["policy"]["calendar"] = "over"
    daemon.start()
    assert re.search("over ended on .* it knows weekends, but no holidays", daemon.log())


def test_a_calendar_that_soon_ends_is_told_in_log_status_and_metrics(daemon, calendars):
    daemon.conf["policy"]["brand_calendars"] = {"acme": "soon"}
    daemon.start()
    assert re.search(r"<4>calendar: soon ends on .*, in (20|19) days", daemon.log()) and "calendar: good" not in daemon.log()
    told = {c["name"]: c for c in daemon.ctl("status")["calendars"]}
    assert told["soon"]["days_left"] in (19, 20, 21) and told["good"]["days_left"] > 300 and told["soon"]["known_until"] == day(20)
    request = urllib.request.Request(f"http://127.0.0.1:{daemon.admin_port}/metrics",
                                     headers={"Authorization": "Bearer " + (daemon.folder / "admin.token").read_text().strip()})
    metrics = urllib.request.urlopen(request, timeout=20).read().decode()
    assert re.search(r'^intaked_calendar_days_left\{calendar="soon"\} (19|20|21)$', metrics, re.M), metrics
    found = {f["check"]: f for f in daemon.ctl("doctor")}
    assert found["calendar soon"]["ok"] and found["calendar soon"]["warning"] and "no holidays. Add the days" in found["calendar soon"]["detail"]
    assert found["calendar good"]["detail"] == "works"
    alarm, = eventually(lambda: [a for a in daemon.ctl("alarms") if a["kind"] == "calendar"])
    assert alarm["key"] == "soon" and alarm["evidence"]["known_until"] == day(20) and "Add the days" in alarm["evidence"]["why"]
    daemon.stop()
    daemon.start()
    assert eventually(lambda: daemon.ctl("alarms")[0]["count"] == 2), "a restart is no reason to tell it again"
    assert len(daemon.ctl("alarms")) == 1


def test_a_calendar_that_is_over_fails_the_doctor(daemon, calendars):
    daemon.conf["policy"]["calendar"] = "over"
    daemon.start()
    status, said = run(daemon, "--socket", str(daemon.folder / "control.sock"), "doctor", program="intakectl")
    assert status == 69 and re.search("FAIL calendar over: ended on .*, but no holidays. Add the days", said)


def test_a_reload_with_a_broken_calendar_stops_nothing(daemon, calendars):
    daemon.start()
    asked = daemon.ctl("status")["channels"]
    daemon.conf["policy"]["calendar"] = "broken"
    daemon.write_config()
    daemon.signal(signal.SIGHUP)
    assert eventually(lambda: "the old one stays in force" in daemon.log())
    assert "calendar broken, line 4" in daemon.log()
    assert [c["since"] for c in daemon.ctl("status")["channels"]] == [c["since"] for c in asked], "no channel was stopped for it"
    assert daemon.ctl("status")["calendars"][0]["name"] == "good"


LISTEN = [
    ("http", "127.0.0.1:65535", True), ("http", "0.0.0.0:8080", True), ("http", "[::]:8080", True), ("http", "unix:/run/x.sock", True),
    ("http", "127.0.0.1:65536", False), ("http", "127.0.0.1:280800", False), ("http", "127.0.0.1:0", False), ("http", "127.0.0.1:+80", False),
    ("http", "127.0.0.1", False), ("http", ":8080", False), ("http", "support.example.org:8080", False), ("http", "unix:", False), ("http", "unix:beside-the-file.sock", True),
    ("admin", "127.0.0.1:8081", True), ("admin", "127.9.9.9:8081", True), ("admin", "[::1]:8081", True), ("admin", "unix:/run/x.sock", True),
    ("admin", "0.0.0.0:8081", False), ("admin", "192.0.2.1:8081", False), ("admin", "[::]:8081", False),
]


def test_an_address_nobody_can_listen_on_and_pages_for_operators_that_others_reach_are_refused_by_line(daemon):
    good = [where for where, _, _ in LISTEN]
    for section in dict.fromkeys(good):
        daemon.conf[section]["listen"] = [address for where, address, _ in LISTEN if where == section]
    status, said = run(daemon, "--check-config")
    assert status == 78
    for where, address, is_fine in LISTEN:
        at = re.search(rf'{re.escape(str(daemon.config_path))}:(\d+):3: error: {where}\.listen: .*"?{re.escape(address.removeprefix("unix:"))}"?[ :]', said)
        assert (at is None) == is_fine, (where, address, said)
    assert said.count("error:") == sum(not is_fine for _, _, is_fine in LISTEN)


def test_a_trusted_proxy_that_is_no_network_is_refused_by_line(daemon):
    daemon.conf["http"]["trusted_proxies"] = ["10.0.0.0/8", "unix", "10.0.0.0/99"]
    status, said = run(daemon, "--check-config")
    assert status == 78 and f"{daemon.config_path}:{line_of(daemon, 'trusted_proxies')}:3: error: http.trusted_proxies: " in said and said.count("error:") == 1


def test_a_public_url_that_nothing_can_be_put_behind_is_refused_by_line(daemon):
    for url, is_fine in (("https://help.example.org/intake", True), ("https://help.example.org/?page=1", False), ("https://help.example.org/#top", False)):
        daemon.conf["http"]["public_url"] = url
        status, said = run(daemon, "--check-config")
        assert status == (0 if is_fine else 78) and (f"{daemon.config_path}:{line_of(daemon, 'public_url')}:3: error: http.public_url: " in said) != is_fine


def test_a_check_doubts_routes_that_no_ticket_takes(daemon):
    (daemon.folder / "tiers.csv").write_text("# customers\nHandle,Tier,Steps\nann@example.com,gold,2\n")
    (daemon.folder / "route.tsv").write_text("a\t-\t-\t-\thook\tgold\tcare\t-\t-\t-\nb\t-\t-\t-\thok\t-\tcare\t-\t-\t-\nc\t-\t-\t-\t-\tgold,platinum\tcare\t-\t-\t-\n")
    daemon.conf["policy"] = {"routes": str(daemon.folder / "route.tsv"), "tiers": str(daemon.folder / "tiers.csv")}
    status, said = run(daemon, "--check-config")
    assert status == 0 and 'route.tsv:2: there is no channel "hok"' in said and 'route.tsv:3: there is no customer in policy.tiers with the tier "platinum"' in said
    assert said.count("warning: ") == 2 and f":{line_of(daemon, 'routes')}:" in said
