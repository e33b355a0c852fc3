"""Which text a customer gets: by what happened, in the language and script they write, in the brand's own words."""
import email
import email.policy

import pytest

from rig.oracle import drained
from rig.smtp_sink import SmtpSink
from rig.talk import eventually, lmtp, mail


@pytest.fixture
def sink(daemon):
    s = SmtpSink()
    daemon.conf["smtp"] = {"server": f"smtp://127.0.0.1:{s.port}", "starttls": False}
    daemon.conf["ack"].update(per_address_hour=1000, per_address_day=1000)
    yield s
    s.stop()


def answers(sink):
    return [email.message_from_bytes(m[2], policy=email.policy.default) for m in sink.accepted]


LANGUAGES = [("我的快递丢了，请帮我查一下到底在哪里。", "zh-Hans", "我们已收到您的来信"), ("我的包裹遺失了，請幫我查詢現在究竟在哪裡，謝謝。", "zh-Hant", "我們已收到您的來信"),
             ("My parcel has been lost, please find out where it is.", "en", "We have received your message"),
             ("这是一封普通的信，里面提到台灣的朋友，别的都是简体字，请处理一下我的订单。", "zh-Hans", "我们已收到您的来信")]


def test_each_customer_is_answered_in_the_script_they_write(daemon, sink):
    daemon.start()
    for n, (text, language, subject) in enumerate(LANGUAGES):
        assert lmtp(daemon.lmtp_port, mail(text, subject=f"n {n}")) == 250
        assert eventually(lambda: len(sink.accepted) == n + 1)
        got = answers(sink)[n]
        assert got["Content-Language"] == language and str(got["Subject"]).startswith(subject), text


def test_out_of_hours_says_when_somebody_is_back(daemon, sink):
    cal = daemon.folder / "calendars"
    cal.mkdir()
    import datetime
    today = datetime.datetime.now(datetime.timezone.utc)
    off = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"][(today.weekday() + 3) % 7]
    (cal / "rare.cal").write_text(f"zone UTC\nknown 2025-01-01..2030-12-31\nweek {off} 09:00-17:00\n")
    daemon.conf["policy"] = {"calendars": str(cal), "calendar": "rare", "timezone": "UTC",
                             **{s: {"clock": "working-time"} for s in ("normal", "low", "high")}}
    daemon.start()
    assert lmtp(daemon.lmtp_port, mail("My lamp flickers a little.")) == 250
    assert eventually(lambda: sink.accepted)
    got = answers(sink)[0]
    assert str(got["Subject"]).startswith("We have received your message outside our working hours")
    assert "our staff is back on" in got.get_content() and "09:00" in got.get_content()


def test_under_load_customers_are_told_of_a_wait(daemon, sink):
    daemon.conf["notices"] = {"under_load": 2}
    daemon.start()
    for n in range(3):
        assert lmtp(daemon.lmtp_port, mail(f"number {n}", subject=f"n {n}", sender=f"a{n}@customers.example.net"), sender=f"a{n}@customers.example.net") == 250
    drained(daemon)
    slow = [str(a["Subject"]) for a in answers(sink) if "a little longer" in str(a["Subject"])]
    assert len(slow) == 2, "the second and the third"


def test_a_follow_up_is_told_that_it_was_added_when_replies_are_acknowledged(daemon, sink):
    daemon.conf["ack"]["reply_to_replies"] = True
    daemon.start()
    assert lmtp(daemon.lmtp_port, mail(message_id="first")) == 250
    assert lmtp(daemon.lmtp_port, mail("One thing more.", subject="Re: Lamp", headers=["In-Reply-To: <first@customers.example.net>"])) == 250
    drained(daemon)
    assert sorted(str(a["Subject"]).split(" (")[0] for a in answers(sink)) == ["We have received your message", "Your message has been added to what we already have"]


def test_a_brand_speaks_in_its_own_words(daemon, sink):
    own = daemon.folder / "templates"
    (own / "brands/acme/en").mkdir(parents=True)
    (own / "brands/acme/en/received.txt").write_text("=== mail ===\nSubject: Acme has it ({{code}})\n\nAcme here: {{code}}, by {{due}}.\n")
    daemon.conf["policy"] = {"templates": str(own)}
    daemon.conf["channels"]["mail"]["brand"] = "acme"
    daemon.start()
    assert lmtp(daemon.lmtp_port, mail()) == 250
    assert eventually(lambda: sink.accepted)
    assert str(answers(sink)[0]["Subject"]).startswith("Acme has it")


def test_a_wrong_template_stops_the_start_and_is_named(daemon):
    own = daemon.folder / "templates"
    (own / "en").mkdir(parents=True)
    (own / "en/resolved.txt").write_text("=== mail ===\nSubject: Done\n\nDone, {{customer_name}}.\n")
    daemon.conf["policy"] = {"templates": str(own)}
    with pytest.raises(AssertionError):
        daemon.start()
    assert "resolved.txt:4" in daemon.log() and "customer_name" in daemon.log()


INCIDENTS = [
    ("zh-Hans", "我在星河公寓订的净水滤芯快递一直没有送到，物流显示包裹在城西仓库停了五天。", "（配送）"),
    ("zh-Hant", "我在星河公寓訂購的淨水濾芯包裹一直沒有送到，物流顯示包裹在城西倉庫停了五天。", "（配送）"),
    ("en", "The water filter cartridge ordered for Starlight Court never arrived, tracking shows the parcel stuck at the Westgate depot for five days.", "(delivery)"),
]


@pytest.mark.parametrize("language, text, words", INCIDENTS, ids=[row[0] for row in INCIDENTS])
def test_who_joins_an_incident_hears_what_it_is_about_in_words_of_ours_and_nobody_elses(daemon, sink, language, text, words):
    daemon.conf["similar"] = {"enabled": True, "incident_customers": 2}
    daemon.start()
    for n in range(6):
        assert lmtp(daemon.lmtp_port, mail(f"{text} ZETA{n}", sender=f"Cust {n} <c{n}@d{n}.example.net>", subject=f"{n}"), sender=f"c{n}@d{n}.example.net") == 250
        assert eventually(lambda: len(sink.accepted) == n + 1)
    assert daemon.ctl("incidents")[0]["state"] == "open"
    last = answers(sink)[-1]
    assert last["Content-Language"] == language and words in last.get_content(), last.get_content()
    for strange in ("ZETA", "Westgate", "Starlight", "星河", "城西", "滤芯", "濾芯"):
        assert strange not in last.get_content()
