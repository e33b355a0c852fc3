"""Mails that bring the parse worker down: a ticket and a quarantine entry each, the daemon and the other mails go on."""
import time

import pytest

from rig.talk import eventually, lmtp, mail

FAULTS = ["segv", "hang", "memory", "exit", "garbage", "exec", "spin"]


@pytest.fixture
def listener(daemon):
    daemon.conf["worker"] = {"timeout": "2s", "processes": 2}
    return daemon.start(env={"INTAKED_TEST_FAULTS": "1"})


def crashing(kind, n=0):
    return mail(f"serial-{n:08d}-end", subject="boom", message_id=f"{kind}-{n}", headers=[f"X-Test-Crash: {kind}"])


@pytest.mark.parametrize("kind", FAULTS)
def test_a_mail_that_kills_its_worker_twice_is_kept_with_a_minimal_ticket(listener, kind):
    raw = crashing(kind)
    pid = listener.process.pid
    assert lmtp(listener.lmtp_port, raw, timeout=60) == 250
    tickets = listener.tickets()
    assert len(tickets) == 1
    assert "could not be read" in tickets[0]["subject"]
    assert "could not be read" in tickets[0]["messages"][0]["text"]
    assert (tickets[0]["ack"]["state"], tickets[0]["ack"]["reason"]) == ("withheld", "unreadable")
    kept = listener.ctl("quarantine")
    assert len(kept) == 1 and kept[0]["number"] == tickets[0]["number"] and "worker" in kept[0]["reason"], kept
    assert kept[0]["size"] == len(raw), "the raw bytes, whole"
    assert lmtp(listener.lmtp_port, mail("And I am well.")) == 250
    assert len(listener.ctl("list")) == 2
    assert listener.process.pid == pid and listener.process.poll() is None
    workers = listener.ctl("status")["workers"]
    assert workers["died"] + workers["timed_out"] == 2, workers


@pytest.mark.parametrize("kind", FAULTS)
def test_a_mail_that_kills_its_worker_once_is_read_at_the_second_try(listener, kind):
    assert lmtp(listener.lmtp_port, crashing(kind + "-once"), timeout=60) == 250
    tickets = listener.tickets()
    assert [t["subject"] for t in tickets] == ["boom"]
    assert "serial-00000000-end" in tickets[0]["messages"][0]["text"]
    assert listener.ctl("quarantine") == []


def test_other_mails_go_on_while_one_hangs(listener):
    import threading
    stuck = threading.Thread(target=lambda: lmtp(listener.lmtp_port, crashing("hang"), timeout=60))
    stuck.start()
    time.sleep(0.2)
    slowest = 0
    for n in range(10):
        begin = time.monotonic()
        assert lmtp(listener.lmtp_port, mail(f"well {n}")) == 250
        slowest = max(slowest, time.monotonic() - begin)
    assert stuck.is_alive(), "the test wants to measure beside the one that hangs"
    stuck.join()
    assert slowest < 1, f"{slowest:.2f} s"
    assert len(listener.ctl("list")) == 11


def test_a_mailbox_of_crashing_and_good_mails_comes_through_in_order(listener, daemon):
    """Ordered sources too: the IMAP channel's cursor passes over what could not be read."""
    from rig.imap_script import ImapScript
    daemon.stop()
    with ImapScript() as server:
        for n in range(10):
            server.add(crashing("exit", n) if n % 3 == 1 else mail(f"serial-{n:08d}-end", message_id=f"good{n}", subject=f"good {n}"))
        daemon.conf["channels"]["box"] = {"plugin": "imap", "server": f"imap://127.0.0.1:{server.port}", "user": "anna", "insecure": True, "interval": "1s",
                                          "password": {"file": str(daemon.secret("box.password", "secret"))}}
        daemon.start(env={"INTAKED_TEST_FAULTS": "1"})
        assert eventually(lambda: len(daemon.ctl("list")) == 10, 30), daemon.log()
        assert len(daemon.ctl("quarantine")) == 3
        time.sleep(1.5)
        assert len(daemon.ctl("list")) == 10


def test_the_header_is_only_text_where_no_test_runs(daemon):
    daemon.start()
    assert lmtp(daemon.lmtp_port, crashing("segv")) == 250
    assert [t["subject"] for t in daemon.ctl("list")] == ["boom"]
    assert daemon.ctl("quarantine") == []
