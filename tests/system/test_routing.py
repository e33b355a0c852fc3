"""What a text is, who gets it and what the gateway learns: explain without a daemon, routes to sinks and departments, learn with a reload."""
import json
import os
import pathlib
import re
import shutil
import subprocess
import time
import urllib.request

import pytest

from rig.intaked import SECRET, TOP, Intaked
from rig.oracle import sign
from rig.talk import eventually, lmtp, mail
from test_journey import post

BUILD = os.environ.get("TEST_BUILD", "build")
CTL = os.path.join(BUILD, "intakectl")


def ctl(*args, text=None):
    return subprocess.run([CTL, *args], input=text, capture_output=True, text=True, timeout=500)


def explain(*args, text=None):
    out = ctl("--json", "explain", *args, text=text)
    assert out.returncode == 0, out.stderr
    return json.loads(out.stdout)


def test_explain_tells_the_chain_of_a_text_without_a_daemon():
    found = explain("--text", "订单号：JD20240501889，充电器昨晚起火了，手机 13812345678")
    assert found["class"]["category"] == "safety" and found["class"]["severity"] == "urgent" and found["class"]["language"] == "zh"
    assert "起火" in found["class"]["evidence"] and found["class"]["rule"]
    assert {"order", "phone"} <= {one["kind"] for one in found["identifiers"]}
    assert found["routing"]["department"] == "safety" and found["routing"]["priority"] == 1
    assert found["deadline"]["first_response"] and found["deadline"]["walk"]
    assert explain("-", text="The parcel never arrived.\n")["class"]["category"] == "logistics"
    assert ctl("explain").returncode == 64


@pytest.mark.parametrize("text, curses", [("我妈妈的手被夹住了。", False), ("我妈的包裹不见了。", False), ("他妈的到底管不管,骗子!", True), ("我妈说你们是骗子,无耻!", True)])
def test_a_mother_is_no_curse(text, curses):
    found = explain("--text", text)["class"]
    assert (found["sentiment"] == "angry") == curses and (found.get("mood", {}).get("rule") == "zh.mood.curse") == ("他妈的" in text), found


@pytest.mark.parametrize("text, severity", [("Your courier threatened me with a knife.", "urgent"), ("The guard pulled a gun on me.", "urgent"), ("外送員拿刀威脅我。", "urgent"),
                                            ("He was not threatened with a knife.", "normal"), ("我的刀具套装收到了。", "normal"), ("I cut it with a knife and it tore.", "normal")])
def test_a_weapon_is_danger_and_a_knife_is_none(text, severity):
    found = explain("--text", text)["class"]
    assert found["severity"] == severity and (found["category"] == "safety") == (severity == "urgent"), found


def routed(tmp_path):
    daemon = Intaked(tmp_path / "gateway")
    (daemon.folder / "route.tsv").write_text("danger\tsafety\t-\t-\t-\t-\trescue\tnight\tanna\tfile,alerts\n"
                                             "gold\t-\t-\t-\t-\tgold\tcare\t-\t-\tfile\n"
                                             "money\tbilling\t-\t-\t-\t-\tfinance\t-\t-\tledger\n")
    (daemon.folder / "tiers.csv").write_text("vip@customers.example.net,gold,1\n")
    daemon.conf["policy"] = {"routes": str(daemon.folder / "route.tsv"), "tiers": str(daemon.folder / "tiers.csv")}
    for name in ("alerts", "ledger"):
        daemon.conf["sinks"][name] = {"plugin": "jsonl", "path": str(daemon.folder / f"{name}.jsonl")}
    return daemon


def tickets_of(daemon, sink):
    path = daemon.folder / ("tickets.jsonl" if sink == "file" else f"{sink}.jsonl")
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


def subjects(daemon, sink):
    return {line.get("ticket", line)["subject"] for line in tickets_of(daemon, sink)}


def test_routes_say_which_sink_and_department_gets_a_ticket(tmp_path):
    daemon = routed(tmp_path).start()
    try:
        for subject, text, sender in [("Fire", "The charger caught fire last night.", "ann@customers.example.net"),
                                      ("Twice", "I was charged twice on my credit card.", "bob@customers.example.net"),
                                      ("Late", "My parcel has not arrived, the tracking has not moved.", "vip@customers.example.net"),
                                      ("Lamp", "The lamp flickers since I bought it.", "eve@customers.example.net")]:
            lmtp(daemon.lmtp_port, mail(text=text, sender=sender, subject=subject), sender=sender)
        assert eventually(lambda: subjects(daemon, "file") == {"Fire", "Late", "Lamp"} and subjects(daemon, "ledger") == {"Twice", "Lamp"}
                          and subjects(daemon, "alerts") == {"Fire", "Lamp"})
        rows = {row["subject"]: row for row in daemon.ctl("list")}
        assert rows["Fire"]["department"] == "rescue" and rows["Twice"]["department"] == "finance" and rows["Lamp"]["department"] is None
        routing = daemon.ctl("explain", rows["Late"]["number"])["decisions"]["routing"]
        assert routing["rule"] == "gold" and routing["tier"] == "gold" and routing["priority"] == 2 and routing["first_receiver"] == "mail"
        assert daemon.ctl("show", rows["Late"]["number"])["customer"]["tier"] == "gold"
        assert daemon.ctl("explain", rows["Fire"]["number"])["decisions"]["routing"]["owner"] == "anna"
    finally:
        daemon.stop()


def test_rules_of_a_shop_name_product_wish_and_department_where_they_hold(tmp_path):
    with Intaked(tmp_path / "d") as d:
        rules = pathlib.Path(shutil.copytree(TOP / "conf" / "rules", d.folder / "rules"))
        (rules / "classify-shop.tsv").write_text(
            "s.lamp\ten\tproduct\tQX lamp\t1\tkeyword\tqx lamp*\t-\tkeep\t-\t-\n"
            "s.acme\ten\tdepartment\tacme_lamps\t1\tkeyword\tlamp*\t-\tkeep\t-\tchannel=mail brand=acme\n"
            "s.other\ten\tdepartment\tnever\t9\tkeyword\tlamp*\t-\tkeep\t-\tchannel=hook\n")
        d.conf["policy"] = {"rules": str(rules)}
        d.conf["channels"]["mail"]["brand"] = "acme"
        d.start()
        assert lmtp(d.lmtp_port, mail("My QX lamp flickers. I want my money back!", subject="Order 1")) == 250
        ticket, = d.tickets()
        assert (ticket["product"], ticket["wanted"], ticket["department"]) == ("QX lamp", "refund", "acme_lamps")
        as_text = ctl("--json", "--config", str(d.config_path), "explain", "--channel", "mail", "--text", "My QX lamp flickers.")
        assert json.loads(as_text.stdout)["routing"]["department"] == "acme_lamps", "the brand is that of the channel"
        says = d.ctl("explain", ticket["number"])["decisions"]["class"]
        assert says["product"] == {"is": "QX lamp", "rule": "s.lamp", "evidence": "QX lamp"} and says["wanted"]["rule"] == "en.wanted.refund.ask"
        assert says["department"]["rule"] == "s.acme"
        (rules / "classify-shop.tsv").write_text("s.lamp\ten\tproduct\tGlow\t1\tkeyword\tqx lamp*\t-\tkeep\t-\tbrand=acme\n")
        seen = ctl("--json", "--config", str(d.config_path), "replay", "--config", str(d.config_path))
        changes = {c["what"]: (c["before"], c["after"]) for c in json.loads(seen.stdout.splitlines()[0])["changes"]}
        assert changes["product"] == ("QX lamp", "Glow") and changes["department"][0] == "acme_lamps" and set(changes) == {"product", "department"}


def test_a_rule_whose_expression_is_given_up_is_told_everywhere_an_operator_looks(tmp_path):
    def lines(d):
        return [line for line in d.log().splitlines() if "given up" in line]

    def metrics(d):
        request = urllib.request.Request(f"http://127.0.0.1:{d.admin_port}/metrics", headers={"Authorization": "Bearer " + (d.folder / "admin.token").read_text().strip()})
        with urllib.request.urlopen(request, timeout=20) as reply:
            return reply.read().decode()

    with Intaked(tmp_path / "d") as d:
        rules = pathlib.Path(shutil.copytree(TOP / "conf" / "rules", d.folder / "rules"))
        (rules / "classify-shop.tsv").write_text("# ours\ns.slow\ten\tproduct\tSlow\t1\tregex\t(a|aa)+$\t-\tkeep\t-\n")
        d.conf["policy"] = {"rules": str(rules)}
        d.start()
        for n in range(2):
            assert lmtp(d.lmtp_port, mail(f"The lamp {n} says {'a' * 3000}!", subject=f"Lamp {n}")) == 250
        assert lmtp(d.lmtp_port, mail("The parcel never arrived.", subject="Parcel")) == 250
        said = {t["subject"]: d.ctl("explain", t["number"])["decisions"]["class"].get("given_up") for t in d.tickets()}
        assert said == {"Lamp 0": "s.slow", "Lamp 1": "s.slow", "Parcel": None}
        place = f"{rules}/classify-shop.tsv:2"
        assert d.ctl("status")["rules_given_up"] == [{"rule": "s.slow", "texts": 2, "place": place}]
        assert 'intaked_rule_given_up_total{rule="s.slow"} 2\n' in metrics(d)
        finding, = [f for f in d.ctl("doctor") if f["check"] == "rule s.slow"]
        assert finding["ok"] and finding["warning"] and finding["detail"].startswith(f"{place}: ") and "2 texts" in finding["detail"]
        assert len(lines(d)) == 1 and f"{place}: rule s.slow: " in lines(d)[0], "once, not for every text"
        d.ctl("reload")
        assert d.ctl("status")["rules_given_up"] == []
        assert lmtp(d.lmtp_port, mail(f"The lamp 3 says {'a' * 3000}!", subject="Lamp 3")) == 250
        assert eventually(lambda: len(lines(d)) == 2), "told again by the rules that were loaded anew"
        told = ctl("--config", str(d.config_path), "explain", "--text", "a" * 3000 + "!")
        assert "given_up" in told.stdout and place in told.stderr


def test_a_ticket_that_becomes_another_matter_reaches_the_sinks_of_its_new_route(tmp_path):
    daemon = routed(tmp_path).start()
    try:
        for subject, sender in (("Twice", "bob@customers.example.net"), ("Again", "eve@customers.example.net")):
            lmtp(daemon.lmtp_port, mail(text="I was charged twice on my credit card.", sender=sender, subject=subject, message_id=subject), sender=sender)
        assert eventually(lambda: subjects(daemon, "ledger") == {"Twice", "Again"})
        number = next(row["number"] for row in daemon.ctl("list") if row["subject"] == "Twice")
        daemon.ctl("correct", number, "--category", "safety")
        lmtp(daemon.lmtp_port, mail(text="The card reader caught fire now and my hand is burned!", sender="eve@customers.example.net", subject="Re: Again",
                                    headers=["In-Reply-To: <Again@customers.example.net>"]), sender="eve@customers.example.net")
        assert eventually(lambda: subjects(daemon, "alerts") == {"Twice", "Again"} == subjects(daemon, "file")), daemon.log()
        daemon.ctl("correct", number, "--category", "billing")
        daemon.ctl("correct", number, "--category", "safety")

        def events():
            rows = [json.loads(line) for line in (daemon.folder / "alerts.jsonl").read_text().splitlines()]
            return [r["event"] for r in rows if r["ticket"]["subject"] == "Twice"]
        assert eventually(lambda: len(events()) == 3)
        assert sorted(events()) == ["ticket.created", "ticket.updated", "ticket.updated"], "it is handed over once"
    finally:
        daemon.stop()


def test_a_department_that_a_rule_or_a_person_named_stays_when_a_later_message_is_graver(tmp_path):
    burned = "The lamp has exploded now, my hand is burned and I am in hospital!"
    with Intaked(tmp_path / "d") as d:
        rules = pathlib.Path(shutil.copytree(TOP / "conf" / "rules", d.folder / "rules"))
        (rules / "classify-shop.tsv").write_text("s.lamp\ten\tdepartment\tlamps\t1\tkeyword\tqx lamp*\t-\tkeep\t-\t-\n")
        d.conf["policy"] = {"rules": str(rules)}
        d.start()
        entered = d.ctl("add", "--channel", "counter", "--from", "email:bob@shop.example.net", "--department", "desk", "--text", "The kettle flickers a little.")["number"]
        assert lmtp(d.lmtp_port, mail("My QX lamp flickers.", message_id="first")) == 250
        assert lmtp(d.lmtp_port, mail(burned, subject="Re: Lamp", message_id="more", headers=["In-Reply-To: <first@customers.example.net>"])) == 250
        assert lmtp(d.lmtp_port, mail(burned, subject=f"Re: [{entered}]", sender="bob@shop.example.net", message_id="bobs"), sender="bob@shop.example.net") == 250
        seen = {t["department"]: (t["category"], t["severity"], len(d.ctl("show", t["number"])["messages"])) for t in d.tickets()}
        assert seen == {"lamps": ("safety", "urgent", 2), "desk": ("safety", "urgent", 2)}


def department_of(d):
    return json.loads(ctl("--json", "--config", str(d.config_path), "explain", "--text", "The parcel has not come.").stdout)["routing"]["department"]


def test_the_routes_of_a_folder_of_ones_own_count_without_being_named(tmp_path):
    rules = shutil.copytree(TOP / "conf" / "rules", tmp_path / "rules")
    (rules / "route.tsv").write_text("all\t-\t-\t-\t-\t-\tmine\t-\t-\t-\n")
    named = tmp_path / "named.tsv"
    named.write_text("all\t-\t-\t-\t-\t-\tnamed\t-\t-\t-\n")
    for policy, department in (({}, "logistics"), ({"rules": str(rules)}, "mine"), ({"rules": str(rules), "routes": str(named)}, "named")):
        d = Intaked(tmp_path / "d")
        d.conf["policy"] = policy
        d.write_config()
        assert department_of(d) == department
    (rules / "route.tsv").unlink()
    d.conf["policy"] = {"rules": str(rules)}
    d.write_config()
    assert department_of(d) == "logistics"


def test_high_anger_makes_a_matter_high_and_its_alarm_names_the_words(daemon):
    daemon.start()
    assert lmtp(daemon.lmtp_port, mail("快递晚了三天！！！你们这群骗子，气死我了，什么垃圾公司！！！", subject="投诉")) == 250
    ticket, = daemon.tickets()
    assert (ticket["sentiment"], ticket["severity"]) == ("angry", "high")
    alarm, = daemon.ctl("alarms")
    assert alarm["kind"] == "anger" and alarm["evidence"]["rule"] == "zh.mood.insult" and alarm["evidence"]["evidence"] == "骗子"


def test_a_route_to_a_sink_that_is_not_there_is_an_error_with_its_line(tmp_path):
    daemon = routed(tmp_path)
    del daemon.conf["sinks"]["ledger"]
    daemon.write_config()
    out = subprocess.run([os.path.join(BUILD, "intaked"), "--config", str(daemon.config_path), "--check-config"], capture_output=True, text=True, timeout=60)
    assert out.returncode == 78
    assert "route.tsv:3:" in out.stderr + out.stdout and "ledger" in out.stderr + out.stdout


def short_training(tmp_path):
    """The one-liners in English of what ships, to be quick."""
    some = tmp_path / "training"
    some.mkdir()
    for path in (TOP / "conf" / "models" / "training").glob("en-*.txt"):
        if "letters" not in path.name:
            (some / path.name).write_text(path.read_text())
    return some


def test_learning_from_corrections_changes_the_judgement_of_the_running_daemon(tmp_path):
    daemon, some = Intaked(tmp_path / "gateway").start(), short_training(tmp_path)
    text = "The quonker is completely fizzled in the vestry."
    try:
        def judged(subject):
            lmtp(daemon.lmtp_port, mail(text=text, subject=subject, message_id=f"<{subject}@customers.example.net>"))
            return eventually(lambda: [row for row in daemon.ctl("list") if row["subject"] == subject])[0]["category"]

        before = judged("before")
        assert before != "billing"
        lines = [{"id": n, "text": f"The quonker is fizzled in the {place}.", "category": "billing", "severity": "normal"}
                 for n, place in enumerate(["hall", "vestry", "garden", "cellar", "attic", "porch"])]
        (tmp_path / "corrections.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
        out = ctl("--config", str(daemon.config_path), "learn", "--reload", "--training", str(some), str(tmp_path / "corrections.jsonl"))
        assert out.returncode == 0, out.stderr
        assert (daemon.folder / "state" / "classify.model").stat().st_mode & 0o777 == 0o644
        assert eventually(lambda: "the new configuration is in force" in daemon.log())
        assert judged("after") == "billing"
        told = ctl("--json", "--config", str(daemon.config_path), "explain", "--text", text)
        assert json.loads(told.stdout)["class"]["category"] == "billing", "a text on the command line is judged by what was learned, too"
        kept = (daemon.folder / "state" / "classify.model").read_bytes()
        noise = [{"text": f"The parcel was late by {n} days", "category": cat} for n in range(50) for cat in ("safety", "billing")]
        (tmp_path / "noise.jsonl").write_text("".join(json.dumps(line) + "\n" for line in noise))
        out = ctl("--config", str(daemon.config_path), "learn", "--training", str(some), str(tmp_path / "noise.jsonl"))
        assert out.returncode == 65 and "50 texts were corrected in two ways" in out.stdout and "the old model stays" in out.stderr
        assert (daemon.folder / "state" / "classify.model").read_bytes() == kept
    finally:
        daemon.stop()


def test_corrections_that_make_it_judge_worse_are_refused_with_the_figures(tmp_path):
    """Somebody who calls every third shipped text information, in slightly other words: the new model would judge the shipped ones worse."""
    lines, heading, some = [], None, short_training(tmp_path)
    for path in sorted(some.glob("*.txt")):
        for n, line in enumerate(path.read_text().splitlines()):
            if line.startswith("@"):
                heading = line.split()[1]
            elif line and not line.startswith("#") and n % 3 == 0 and heading != "information":
                lines.append({"text": line + " so", "category": "information"})
    (tmp_path / "wrong.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    out = ctl("learn", "--training", str(some), "--out", str(tmp_path / "x.model"), str(tmp_path / "wrong.jsonl"))
    assert out.returncode == 65 and "category worse" in out.stderr and not (tmp_path / "x.model").exists()
    figures = re.search(r"category, (\d+) shipped texts held out: (\d+) right without what was taught, (\d+) with it \((\d+) gained, (\d+) lost\)", out.stdout)
    texts, before, now, gained, lost = map(int, figures.groups())
    assert now - before == gained - lost < 0 and before <= texts


def test_a_correction_with_a_word_that_is_no_category_is_named_by_its_line(tmp_path):
    (tmp_path / "x.jsonl").write_text('{"id":1,"text":"a","category":"billing"}\n{"id":2,"text":"b","category":"bills"}\n')
    out = ctl("learn", "--out", str(tmp_path / "x.model"), str(tmp_path / "x.jsonl"))
    assert out.returncode == 65 and "x.jsonl:2:" in out.stderr and "bills" in out.stderr
    assert not (tmp_path / "x.model").exists()


@pytest.mark.parametrize("text, priority, words", [
    ("The oven does not heat any more.", 3, "normal"),
    ("The oven does not heat any more, 12 residents are without a warm meal.", 2, "12 persons concerned"),
    ("食堂烤箱坏了，我们班35名学生没有饭吃。", 2, "35 persons concerned"),
])
def test_the_reach_of_a_matter_moves_it_up_and_explain_says_why(text, priority, words):
    routing = explain("--text", text)["routing"]
    assert (routing["priority"], words in routing["why"]) == (priority, True), routing


def test_followers_that_a_channel_states_reach_the_queue_and_the_sinks(tmp_path):
    daemon = Intaked(tmp_path / "gateway").start()
    try:
        for n, followers in enumerate((0, 25000, "many", -5)):
            body = json.dumps({"id": f"f{n}", "subject": f"f {n}", "text": "The oven does not heat any more.", "from": f"u{n}", "followers": followers}).encode()
            at = int(time.time())
            assert post(daemon, body, {"webhook-id": f"f{n}", "webhook-timestamp": str(at), "webhook-signature": sign(SECRET, f"f{n}", at, body)})[0] == 202
        shown = [daemon.ctl("show", t["number"])["priority"] for t in sorted(daemon.ctl("list"), key=lambda t: t["subject"])]
        assert shown == [3, 2, 3, 3]
        rows = eventually(lambda: (rows := (tmp_path / "gateway" / "tickets.jsonl").read_text().splitlines()) and len(rows) == 4 and rows)
        assert sorted(json.loads(row)["ticket"]["priority"] for row in rows) == [2, 3, 3, 3]
    finally:
        daemon.stop()


@pytest.mark.parametrize("args, text, status, words", [
    (["202611-001", "--text", "x"], None, 64, "not both"), (["202611-001", "--subject", "x"], None, 64, "not with a ticket"), ([], None, 64, "--text"),
    (["-"], "", 65, "no text"), (["--text", " "], None, 65, "no text"),
], ids=["both", "options of a text", "nothing", "empty input", "empty text"])
def test_explain_says_what_it_cannot_do(args, text, status, words):
    out = ctl("explain", *args, text=text)
    assert (out.returncode, words in out.stderr) == (status, True), out.stderr


def test_explain_doubts_a_channel_that_is_not_configured(tmp_path):
    daemon = Intaked(tmp_path / "gateway")
    daemon.write_config()
    for channel, doubts in (("hook", False), ("hok", True)):
        out = ctl("--config", str(daemon.config_path), "explain", "--channel", channel, "--text", "The lamp flickers.")
        assert out.returncode == 0 and (f'no channel is called "{channel}" in {daemon.config_path}' in out.stderr) == doubts, out.stderr


def test_explain_reads_what_is_no_valid_text_as_intake_does():
    out = subprocess.run([CTL, "--json", "explain", "-"], input=b"The parcel \xff\xfe never came\x00, where is it?", capture_output=True, timeout=60)
    assert out.returncode == 0 and json.loads(out.stdout)["class"]["category"] == "logistics"
