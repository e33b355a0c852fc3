"""C2 and C5 at full scale: floods of bounces and of forged senders bring no acknowledgement, and the other channels go on."""
import json
import pathlib
import smtplib
import statistics
import sys
import threading
import time

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "system"))
from rig.oracle import drained  # noqa: E402
from rig.talk import lmtp, mail  # noqa: E402
from test_abuse import reasons, relay_of  # noqa: E402
from test_journey import post_signed  # noqa: E402

BOUNCES = 50000
SECONDS = 600


def webhook_times(daemon, name, count, pause_s):
    """How long each of `count` webhooks waited for its answer, in seconds."""
    waits = []
    for n in range(count):
        begun = time.monotonic()
        assert post_signed(daemon, {"id": f"{name}{n}", "subject": "Lamp", "text": f"The lamp {name} {n} flickers.", "from": f"u{n}"}, f"evt_{name}_{n}")[0] == 202
        waits.append(time.monotonic() - begun)
        time.sleep(pause_s)
    return waits


def p99(waits):
    return statistics.quantiles(waits, n=100)[98]


class Bounces(threading.Thread):
    """Bounces at a steady rate over one kept connection each."""

    def __init__(self, port, name, count, seconds):
        super().__init__(daemon=True)
        self.port, self.id, self.count, self.seconds, self.taken = port, name, count, seconds, 0

    def run(self):
        peer, begun = None, time.monotonic()
        body = mail("Could not be delivered.", sender="MAILER-DAEMON@mx.example.org", subject="Undelivered", message_id="BOUNCE",
                    headers=["Auto-Submitted: auto-replied", 'Content-Type: multipart/report; report-type=delivery-status; boundary=b'])
        for n in range(self.count):
            time.sleep(max(0.0, begun + n * self.seconds / self.count - time.monotonic()))
            if peer is None:
                peer = smtplib.LMTP("127.0.0.1", self.port, timeout=60)
                peer.ehlo("mx.example.org")
            peer.mail("")
            peer.rcpt("support@example.com")
            self.taken += peer.data(body.replace(b"BOUNCE", f"b{self.id}.{n}".encode()))[0] == 250
            if n % 90 == 89:        # below the listener's number of commands a connection
                peer.quit()
                peer = None


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_c2_fifty_thousand_bounces_in_ten_minutes_get_no_answer_and_slow_nobody_down(daemon):
    sink = relay_of(daemon)
    daemon.start()
    quiet = webhook_times(daemon, "quiet", 2000, 0.01)
    flood = [Bounces(daemon.lmtp_port, n, BOUNCES // 4, SECONDS) for n in range(4)]
    for thread in flood:
        thread.start()
    waits = []
    while any(thread.is_alive() for thread in flood):
        waits += webhook_times(daemon, f"flood{len(waits)}", 100, 0.05)
    figures = {"bounces": sum(t.taken for t in flood), "p99_quiet_ms": round(p99(quiet) * 1000, 2), "p99_flood_ms": round(p99(waits) * 1000, 2)}
    print(json.dumps(figures))
    drained(daemon)
    assert figures["bounces"] == BOUNCES and sink.accepted == []
    assert p99(waits) < max(2 * p99(quiet), 0.05), figures


@pytest.mark.long
def test_c5_a_thousand_forged_senders_get_no_mail(daemon):
    sink = relay_of(daemon)
    daemon.conf["channels"]["mail"]["trust_authentication_results"] = ["mx.example.com"]
    daemon.start()
    border = ["Authentication-Results: mx.example.com; dmarc=fail header.from=customers.example.net",
              "Received: from spam.example.biz (spam.example.biz [192.0.2.7]) by mx.example.com with ESMTP; Sun, 22 Nov 2026 10:00:00 +0000"]
    for n in range(1000):
        data = mail(f"number {n}", subject=f"n {n}", sender=f"victim{n}@customers.example.net", headers=border if n % 2 else [])
        assert lmtp(daemon.lmtp_port, data, sender=f"x{n}@spam{n % 7}.example.biz") == 250
    drained(daemon)
    assert sink.accepted == [] and set(reasons(daemon)) == {"auth-fail", "unaligned"}
