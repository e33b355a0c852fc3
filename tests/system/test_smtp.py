"""A relay that misbehaves, seen through the whole daemon: what is sent, what is not sent twice, and what an operator reads about it."""
import base64
import email
import os
import re
import shutil
import signal
import subprocess
import time

import pytest

from rig.ports import free_port
from rig.smtp_peer import SmtpPeer
from rig.talk import eventually, lmtp, mail


def through(daemon, port, **smtp):
    daemon.conf["smtp"] = {"server": f"smtp://127.0.0.1:{port}", "starttls": False, **smtp}
    return daemon


def duties(daemon, state):
    return [d for d in daemon.ctl("outbox", "--state", state) if d["kind"] == "ack"]


def ids_of(peer):
    return [email.message_from_bytes(base64.b64decode(m["data"]))["Message-ID"] for m in peer.mails()]


# ---- the answer that never came

@pytest.mark.parametrize("restart", ["stop", "kill"])
def test_a_relay_that_hangs_up_after_the_final_dot_is_uncertain_and_never_gets_the_mail_twice(daemon, restart):
    with SmtpPeer("--rule", "dot=late@1") as peer:
        through(daemon, peer.port).start()
        assert lmtp(daemon.lmtp_port, mail()) == 250
        unknown = eventually(lambda: duties(daemon, "uncertain"))
        assert len(unknown) == 1 and unknown[0]["address"] == "ann@customers.example.net"
        assert unknown[0]["last_error"], "an operator reads why"
        number = daemon.ctl("list")[0]["number"]
        assert daemon.ctl("show", number)["ack"]["state"] == "uncertain"
        getattr(daemon, restart)()
        daemon.start()
        assert lmtp(daemon.lmtp_port, mail(sender="bob@customers.example.net")) == 250
        assert eventually(lambda: len(peer.mails()) == 2), "others are served"
        time.sleep(1)
        assert [m["to"] for m in peer.mails()] == ["ann@customers.example.net", "bob@customers.example.net"]

        ident = str(duties(daemon, "uncertain")[0]["id"])
        answer = daemon.ctl("retry", ident, check=False)
        assert answer[0]["ok"] is False and "--uncertain" in answer[0]["error"]
        time.sleep(0.5)
        assert len(peer.mails()) == 2
        assert daemon.ctl("retry", "--uncertain", ident)[0]["ok"] is True
        assert eventually(lambda: len(peer.mails()) == 3)
        assert ids_of(peer)[0] == ids_of(peer)[2], "the same mail, by its Message-ID"
        assert eventually(lambda: daemon.ctl("show", number)["ack"]["state"] == "sent")


def test_a_connection_that_breaks_before_the_final_dot_is_retried(daemon):
    with SmtpPeer("--rule", "data=close@1") as peer:
        through(daemon, peer.port).start()
        assert lmtp(daemon.lmtp_port, mail()) == 250
        assert eventually(lambda: len(peer.mails()) == 1)
        assert eventually(lambda: daemon.ctl("list")[0]["ack"]["state"] == "sent")
        assert duties(daemon, "uncertain") == []


# ---- what the relay answers

LATER = ["greet=421", "ehlo=421", "mail=451@1", "rcpt=450@1", "data=451@1", "dot=452@1", "mail=421@1", "dot=421@1"]
NEVER = ["mail=553@1", "rcpt=550@1", "data=554@1", "dot=554@1"]


@pytest.mark.parametrize("rule", LATER)
def test_a_temporary_refusal_is_tried_again(daemon, rule):
    port = free_port()
    with SmtpPeer("--rule", rule, port=port) as peer:
        through(daemon, port).start()
        assert lmtp(daemon.lmtp_port, mail()) == 250
        waiting = eventually(lambda: [d for d in duties(daemon, "pending") if d["attempts"] >= 1 and d["last_error"]])
        assert len(waiting) == 1, daemon.ctl("outbox")
        assert peer.mails() == []
        assert daemon.ctl("list")[0]["ack"]["state"] == "pending"
        if "@" in rule:
            assert eventually(lambda: len(peer.mails()) == 1), "after some seconds, by itself"
            assert eventually(lambda: daemon.ctl("list")[0]["ack"]["state"] == "sent")


@pytest.mark.parametrize("rule", NEVER)
def test_a_permanent_refusal_is_final_and_visible_and_delays_nobody(daemon, rule):
    with SmtpPeer("--rule", rule) as peer:
        through(daemon, peer.port).start()
        assert lmtp(daemon.lmtp_port, mail()) == 250
        failed = eventually(lambda: duties(daemon, "failed"))
        assert len(failed) == 1 and re.search("55[034]|scripted", failed[0]["last_error"]), failed
        assert daemon.ctl("list")[0]["ack"]["state"] == "failed"
        assert lmtp(daemon.lmtp_port, mail(sender="bob@customers.example.net")) == 250
        assert eventually(lambda: len(peer.mails()) == 1)
        time.sleep(1)
        assert [m["to"] for m in peer.mails()] == ["bob@customers.example.net"]


def test_a_relay_that_is_down_gets_everything_once_when_it_comes_up(daemon):
    port = free_port()
    through(daemon, port).start()
    for n in range(5):
        assert lmtp(daemon.lmtp_port, mail(sender=f"ann{n}@customers.example.net")) == 250
    assert eventually(lambda: any(d["last_error"] for d in duties(daemon, "pending")))
    with SmtpPeer(port=port) as peer:
        assert eventually(lambda: len(peer.mails()) == 5, 30)
        assert eventually(lambda: duties(daemon, "pending") == [])
        assert len({m["to"] for m in peer.mails()}) == 5


# ---- TLS

TLS = [
    ("not offered", [], {}, "STARTTLS|TLS"),
    ("another name", ["--tls", "other.example.org"], {"trust": True}, "certificate|name|TLS"),
    ("unknown authority", ["--tls", "localhost"], {}, "certificate|TLS"),
]


@pytest.mark.parametrize("name, options, how, words", TLS, ids=[t[0] for t in TLS])
def test_no_password_and_no_mail_reach_a_relay_that_cannot_prove_its_name(daemon, name, options, how, words):
    with SmtpPeer("--user", "relay", "--secret", "hunter2-of-the-relay", "--plain-auth", *options) as peer:
        conf = {"server": f"smtp://localhost:{peer.port}", "starttls": True, "user": "relay",
                "password": {"file": str(daemon.secret("relay.password", "hunter2-of-the-relay"))}}
        if how.get("trust"):
            conf["ca_file"] = str(peer.ca_file)
        daemon.conf["smtp"] = conf
        daemon.start()
        assert lmtp(daemon.lmtp_port, mail()) == 250
        waiting = eventually(lambda: [d for d in duties(daemon, "pending") if d["last_error"]])
        assert waiting, daemon.ctl("outbox")
        assert re.search(words, waiting[0]["last_error"]), waiting[0]["last_error"]
        findings = {f["check"]: f for f in daemon.ctl("doctor", check=False)}
        assert findings["mail relay"]["ok"] is False and re.search(words, findings["mail relay"]["detail"])
        said = [str(e) for e in peer.log()]
        assert not any("auth" in e or "MAIL" in e or "mail" in e for e in said), said
        assert "hunter2" not in daemon.log() + str(waiting)


def test_login_over_tls_works_and_the_password_is_opened_by_the_sender_alone(daemon):
    strace = shutil.which("strace")
    if strace is None:
        pytest.skip("strace is not installed")
    with SmtpPeer("--tls", "localhost", "--user", "relay", "--secret", "hunter2-of-the-relay") as peer:
        password = daemon.secret("relay.password", "hunter2-of-the-relay")
        daemon.conf["smtp"] = {"server": f"smtp://localhost:{peer.port}", "user": "relay", "password": {"file": str(password)}, "ca_file": str(peer.ca_file)}
        trace = daemon.folder / "trace"
        daemon.start(prefix=[strace, "-f", "--seccomp-bpf", "-qq", "-s", "200", "-e", "trace=openat,open,execve", "-o", str(trace)], wait_s=60)
        assert lmtp(daemon.lmtp_port, mail()) == 250
        assert eventually(lambda: len(peer.mails()) == 1), daemon.log()
        assert [e["given"] for e in peer.log() if "auth" in e] == ["\0relay\0hunter2-of-the-relay"]
        assert all(e["tls"] for e in peer.log() if "auth" in e)
        # strace gets the signal's process group; the daemon is its child.
        children = subprocess.run(["pgrep", "-P", str(daemon.process.pid)], capture_output=True, text=True).stdout.split()
        os.kill(int(children[0]), signal.SIGTERM)
        daemon.process.wait(20)
        lines = trace.read_text(errors="replace").splitlines()
        readers = {line.split()[0] for line in lines if "open" in line and str(password) in line}
        senders = {line.split()[0] for line in lines if "execve(" in line and "--smtp-sender" in line}
        assert readers and readers <= senders, (readers, senders)


# ---- D19

def test_a_relay_that_stalls_delays_neither_intake_nor_other_queues_nor_the_stop(daemon):
    with SmtpPeer("--rule", "dot=stall") as peer:
        through(daemon, peer.port).start()
        assert lmtp(daemon.lmtp_port, mail(sender="ann@customers.example.net")) == 250
        assert eventually(lambda: peer.mails())
        slowest = 0
        for n in range(20):
            begin = time.monotonic()
            assert lmtp(daemon.lmtp_port, mail(sender=f"bob{n}@customers.example.net")) == 250
            slowest = max(slowest, time.monotonic() - begin)
        assert slowest < 10, f"{slowest:.2f} s"
        lines = daemon.folder / "tickets.jsonl"
        assert eventually(lambda: lines.exists() and len(lines.read_text().splitlines()) == 21), "the other queue goes on"
        assert daemon.stop(20) == 0
