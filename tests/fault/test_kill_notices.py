"""kill -9 while a helpdesk moves tickets: of acknowledgement, notices and survey each customer hears each once, and misses none."""
import collections
import email
import email.policy
import json
import os
import random
import sys
import threading
import time
import pathlib

import pytest

from rig.oracle import drained
from rig.smtp_sink import SmtpSink
from rig.talk import eventually, lmtp, mail

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "system"))
from test_progress import HMAC_SECRET, back_hmac  # noqa: E402

SEED = int(os.environ.get("TEST_SEED", "20261122"))
NODES = ("We have received your message", "We are working on your matter", "Your matter is marked as resolved", "How did we do?")


class Desk(threading.Thread):
    """Moves every ticket to in_progress and then to resolved by signed callbacks, each repeated until it is answered 202."""

    def __init__(self, daemon, numbers):
        super().__init__(daemon=True)
        self.rig, self.numbers, self.failed = daemon, numbers, []

    def run(self):
        for state in ("in_progress", "resolved"):
            for number in self.numbers:
                if not eventually(lambda: self.tell(number, state), 60):
                    self.failed.append((number, state))
                time.sleep(0.03)

    def tell(self, number, state):
        try:
            return back_hmac(self.rig, {"event_id": f"{state}-{number}", "number": number, "state": state})[0] == 202
        except OSError:
            return False


def slowly(_recipients, _data):
    """A relay that takes its time after the final dot: there a kill can leave in doubt what became of a mail."""
    time.sleep(0.02)
    return "250 2.0.0 taken"


def moved_under_kills(daemon, people, kills, seed):
    """(how often each address heard each node, what the daemon lists as uncertain) after `kills` kills while the desk works."""
    sink, rng = SmtpSink(on_data=slowly), random.Random(seed)
    daemon.secret("hmac.secret", HMAC_SECRET)
    daemon.conf["smtp"] = {"server": f"smtp://127.0.0.1:{sink.port}", "starttls": False}
    daemon.conf["ack"].update(per_address_hour=100, per_address_day=100)
    daemon.conf["notices"] = {"per_day": 50, "survey_after": "2s"}
    daemon.conf["sinks"]["plain"] = {"plugin": "jsonl", "path": str(daemon.folder / "plain.jsonl"), "callback_scheme": "hmac-sha256",
                                     "callback_secret": {"file": str(daemon.folder / "hmac.secret")}}
    daemon.start()
    for n in range(people):
        assert lmtp(daemon.lmtp_port, mail(f"Lamp {n} flickers.", sender=f"c{n}@customers.example.net", subject=f"Lamp {n}"), sender=f"c{n}@customers.example.net") == 250
    numbers = eventually(lambda: [t["number"] for t in daemon.ctl("list", "--limit", str(people + 1))])
    assert len(numbers) == people
    desk = Desk(daemon, numbers)
    desk.start()
    for _ in range(kills):
        time.sleep(rng.uniform(0.01, 0.6))
        daemon.kill()
        daemon.start()
    desk.join(120)
    assert not desk.is_alive() and desk.failed == []
    uncertain = lambda: {(d["address"], d["event"]) for d in drained(daemon)}
    heard = lambda: collections.Counter((recipients[0], next(n for n in NODES if subject(data).startswith(n))) for _, recipients, data in sink.accepted)
    eventually(lambda: len(heard()) + len(uncertain()) >= people * len(NODES), 60)
    time.sleep(1)
    found = heard(), uncertain()
    sink.stop()
    return found


def subject(data):
    return str(email.message_from_bytes(data, policy=email.policy.default)["Subject"])


def check(found, people, kills):
    heard, uncertain = found
    doubled = [key for key, times in heard.items() if times > 1]
    missing = [(f"c{n}@customers.example.net", node) for n in range(people) for node in NODES if (f"c{n}@customers.example.net", node) not in heard]
    print(json.dumps({"people": people, "heard": sum(heard.values()), "doubled": len(doubled), "missing": len(missing), "uncertain": sorted(uncertain)}))
    assert doubled == []
    unexplained = [key for key in missing if key[0] not in {address for address, _ in uncertain}]
    assert unexplained == [] and len(missing) <= len(uncertain) <= 2 * kills, "at most what was at the relay when it was cut off"


def test_kills_during_notices_and_surveys_double_and_lose_none(daemon):
    check(moved_under_kills(daemon, 60, 20, SEED), 60, 20)


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_hundreds_of_kills_during_notices_and_surveys_double_and_lose_none(daemon):
    check(moved_under_kills(daemon, 1500, 400, SEED + 1), 1500, 400)
