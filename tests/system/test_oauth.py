"""Mailboxes behind OAuth 2: a real Dovecot that asks the platform about every token, and a token server that rotates and forgets refresh tokens."""
import json
import time
import urllib.request

import pytest

from rig.dovecot import Dovecot
from rig.oauth import TokenServer
from rig.oracle import SERIAL
from rig.smtp_peer import SmtpPeer
from rig.talk import eventually, mail

CLIENT_SECRET = "secret-of-app"
FIRST = "refresh-0"
SCOPE = "https://outlook.office365.com/.default"


@pytest.fixture
def platform():
    with TokenServer() as server:
        yield server


@pytest.fixture
def dovecot(platform):
    with Dovecot({"anna": "her-own-password"}, userinfo_url=platform.userinfo_url) as box:
        platform.set(mailbox="anna")
        yield box


def channel(daemon, box, platform, kind="imap", grant="refresh", name="box", secret=CLIENT_SECRET, **more):
    port = box.imaps_port if kind == "imap" else box.pop3s_port
    conf = {"plugin": kind, "server": f"{kind}s://localhost:{port}", "user": "anna", "ca_file": box.ca_file, "interval": "1s",
            "token_url": platform.token_url, "client_id": "app", "client_secret": {"file": str(daemon.secret(f"{name}.client", secret))}, **more}
    if grant == "refresh":
        conf["refresh_token"] = {"file": str(daemon.secret(f"{name}.refresh", FIRST))}
    else:
        conf["scope"] = SCOPE
    daemon.conf["channels"][name] = conf
    daemon.conf["ack"]["enabled"] = False
    return conf


def append(box, *serials):
    box.append("anna", *[mail(f"serial-{n:08d}-end", message_id=f"o{n}", subject=f"mail {n}") for n in serials])


def taken(daemon):
    return sorted(int(s) for t in daemon.tickets() for m in t["messages"] for s in SERIAL.findall(m["text"] or ""))


def wait_taken(daemon, serials, wait_s=40):
    assert eventually(lambda: taken(daemon) == serials, wait_s), f"{taken(daemon)}\n" + daemon.log()


def state_of(daemon, name="box"):
    return next(c for c in daemon.ctl("status")["channels"] if c["name"] == name)


def doctor_of(daemon, name="box"):
    found = daemon.ctl("doctor", name, check=False)
    return json.dumps(found)


def no_secret(daemon, platform, *texts):
    """Neither in the log nor in what is shown."""
    secrets = [CLIENT_SECRET, FIRST, platform.do("state")["refresh"], *platform.do("issued")]
    for text in [daemon.log(), json.dumps(daemon.ctl("status")), *texts]:
        assert not [s for s in secrets if s in text]


@pytest.mark.parametrize("grant", ["refresh", "client"])
@pytest.mark.parametrize("kind", ["imap", "pop3"])
def test_mail_comes_with_a_token_of_the_platform(daemon, dovecot, platform, kind, grant):
    append(dovecot, 1, 2)
    channel(daemon, dovecot, platform, kind, grant)
    before = time.time()
    daemon.start()
    wait_taken(daemon, [1, 2])
    append(dovecot, 3)
    wait_taken(daemon, [1, 2, 3])
    log = platform.log()
    assert len(log) == 1, "one token serves many polls"
    assert log[0] == {"grant": "refresh_token" if grant == "refresh" else "client_credentials", "refresh": FIRST if grant == "refresh" else None,
                      "scope": SCOPE if grant == "client" else None, "ok": True}
    state = state_of(daemon)
    assert state["token_expires"] >= time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(before + 3600)) and state["token_failing"] is False
    stored = daemon.folder / "state" / "tokens" / "box"
    if grant == "refresh":
        assert stored.stat().st_mode & 0o777 == 0o600
        assert json.loads(stored.read_text())["refresh_token"] == platform.do("state")["refresh"]
    else:
        assert not stored.exists()
    no_secret(daemon, platform)


@pytest.mark.parametrize("kind", ["imap", "pop3"])
def test_a_refused_token_is_replaced_once_and_then_the_operator_is_told(daemon, dovecot, platform, kind):
    append(dovecot, 1)
    channel(daemon, dovecot, platform, kind)
    daemon.start()
    wait_taken(daemon, [1])
    platform.do("expire")               # the server refuses it before its time is over
    append(dovecot, 2)
    if kind == "imap":
        dovecot.kick()                  # a session goes on although its token is over
    wait_taken(daemon, [1, 2])
    assert [entry["ok"] for entry in platform.log()] == [True, True] and "parked" not in daemon.log()
    platform.do("expire")
    platform.set(is_honoured=False)     # and so are all that follow
    if kind == "imap":
        dovecot.kick()
    assert eventually(lambda: state_of(daemon)["state"] == "parked", 20), daemon.log()
    assert len(platform.log()) == 3, "one more try, not a loop"
    error = state_of(daemon)["last_error"]
    assert error.startswith("login: anna of localhost") and "a fresh token was refused as well" in error, error
    no_secret(daemon, platform, doctor_of(daemon))


def test_a_rotated_refresh_token_survives_kill_9(daemon, dovecot, platform):
    channel(daemon, dovecot, platform)
    for n in range(1, 4):
        append(dovecot, n)
        daemon.start()
        wait_taken(daemon, list(range(1, n + 1)))
        daemon.kill()
    log = platform.log()
    assert [entry["ok"] for entry in log] == [True] * 3
    assert len({entry["refresh"] for entry in log}) == 3, "each was used once"


def metric(daemon, name):
    token = (daemon.folder / "admin.token").read_text().strip()
    request = urllib.request.Request(f"http://127.0.0.1:{daemon.admin_port}/metrics", headers={"Authorization": "Bearer " + token})
    with urllib.request.urlopen(request, timeout=10) as reply:
        return next(float(line.split()[-1]) for line in reply.read().decode().splitlines() if line.startswith(name + "{"))


@pytest.mark.parametrize("kind", ["imap", "pop3"])
def test_tokens_are_renewed_before_they_end(daemon, dovecot, platform, kind):
    """By imap while one connection goes on, by pop3 with a session each poll."""
    platform.set(expires_in=4)
    channel(daemon, dovecot, platform, kind)
    daemon.start()
    assert eventually(lambda: len(platform.log()) >= 3), daemon.log()
    assert all(entry["ok"] for entry in platform.log()) and "login:" not in daemon.log()
    assert abs(metric(daemon, "intaked_token_expires_seconds") - time.time()) < 6 and metric(daemon, "intaked_token_failing") == 0
    platform.set(fail={"status": 503, "body": {}})
    assert eventually(lambda: state_of(daemon)["token_failing"]), daemon.log()
    # "serves": while the old one is still good; a busy machine may ask only after its end. The line follows the state.
    said = ("the access token cannot be renewed and serves", "the access token has ended and cannot be renewed", "paused: token:")
    assert eventually(lambda: any(line in daemon.log() for line in said)), daemon.log()
    assert metric(daemon, "intaked_token_failing") == 1


WORDS = [
    ("revoked", {"refresh": "another"}, {}, "parked", "answered 400 with invalid_grant: the refresh token was revoked or has expired; sign in again"),
    ("wrong secret", {}, {"secret": "not-the-secret"}, "parked", "answered 401 with invalid_client, AADSTS7000215: client_secret is wrong"),
    ("busy", {"fail": {"status": 503, "body": {"error": "temporarily_unavailable"}}}, {}, "paused", "answered 503"),
    ("wrong address", {}, {"token_url": "{base}/nowhere"}, "parked", "the answer is none of OAuth 2; check token_url"),
    ("nobody there", {}, {"token_url": "http://127.0.0.1:1/token"}, "paused", "token: http://127.0.0.1:1: "),
]


@pytest.mark.parametrize("kind", ["imap", "pop3"])
@pytest.mark.parametrize("name, platform_state, conf, state, words", WORDS, ids=[w[0] for w in WORDS])
def test_doctor_says_why_there_is_no_token(daemon, dovecot, platform, kind, name, platform_state, conf, state, words):
    platform.set(**platform_state)
    conf = {k: v.format(base=f"http://127.0.0.1:{platform.port}") for k, v in conf.items()}
    channel(daemon, dovecot, platform, kind, **conf)
    daemon.start()
    assert eventually(lambda: state_of(daemon)["state"] == state), daemon.log()
    said = doctor_of(daemon)
    assert words in said and '"token: ' in said, said
    assert words in state_of(daemon)["last_error"]
    no_secret(daemon, platform, said)
    assert "not-the-secret" not in said + daemon.log()


def test_two_askers_at_once_use_a_refresh_token_once(daemon, dovecot, platform):
    """doctor beside the poll: a platform that sees an old refresh token again may close the account."""
    platform.set(expires_in=1)
    channel(daemon, dovecot, platform, "pop3")
    daemon.start()
    for _ in range(5):
        doctor_of(daemon)
    assert eventually(lambda: len(platform.log()) >= 6, 20)
    assert all(entry["ok"] for entry in platform.log()), platform.log()


def test_without_the_mechanism_doctor_names_it(daemon, platform):
    with Dovecot({"anna": "her-own-password"}) as box:
        channel(daemon, box, platform)
        daemon.start()
        assert eventually(lambda: state_of(daemon)["state"] == "parked"), daemon.log()
        assert "XOAUTH2" in state_of(daemon)["last_error"], state_of(daemon)


# ---- the same account at the relay

def relay(daemon, peer, **smtp):
    daemon.conf["ack"]["enabled"] = True
    daemon.conf["smtp"] = {"server": f"smtp://localhost:{peer.port}", "ca_file": str(peer.ca_file), "user": "anna", **smtp}


@pytest.mark.parametrize("refused", [0, 1])
def test_acknowledgements_go_out_with_the_token_of_a_channel(daemon, dovecot, platform, refused):
    """refused: the relay turns down so many tokens; one more is fetched, not a flood."""
    with SmtpPeer("--tls", "localhost", "--user", "anna", "--refuse-tokens", str(refused)) as peer:
        append(dovecot, 1)
        channel(daemon, dovecot, platform)
        daemon.conf["channels"]["box"]["catch_all"] = True
        relay(daemon, peer, token_of="box")
        daemon.start()
        assert eventually(lambda: len(peer.mails()) == 1, 60), daemon.log() + str(daemon.ctl("outbox"))
        assert {e["auth"] for e in peer.log() if "auth" in e} == {"XOAUTH2"} and all(e["tls"] for e in peer.log() if "auth" in e)
        assert len(platform.log()) == 1 + refused
        no_secret(daemon, platform, "")


def test_a_relay_without_its_account_is_told_before_the_start(daemon, dovecot, platform):
    with SmtpPeer("--tls", "localhost") as peer:
        channel(daemon, dovecot, platform)
        relay(daemon, peer, token_of="nobody")
        daemon.start(wait_s=0)
        assert eventually(lambda: "token_of: there is no channel called 'nobody'" in daemon.log()), daemon.log()


@pytest.mark.parametrize("days, alarmed", [(10, True), (60, False)])
def test_the_day_a_secret_ends_is_told_two_weeks_before(daemon, dovecot, platform, days, alarmed):
    day = time.strftime("%Y-%m-%d", time.gmtime(time.time() + days * 86400))
    channel(daemon, dovecot, platform, secret_expires=day)
    daemon.start()
    assert eventually(lambda: state_of(daemon)["state"] == "waiting"), daemon.log()
    assert state_of(daemon)["secret_expires"] == day + "T00:00:00Z"
    found = lambda: [a for a in daemon.ctl("alarms") if "secret_expires" in json.dumps(a)]
    assert bool(eventually(found, 30 if alarmed else 3)) == alarmed, daemon.ctl("alarms")


def test_a_day_that_is_none_is_refused(daemon, dovecot, platform):
    channel(daemon, dovecot, platform, secret_expires="next May")
    daemon.start()
    assert eventually(lambda: "expected a day" in (state_of(daemon)["last_error"] or ""))
