"""The oracle: knows what was sent and what was answered, outside the daemon, and compares it with the tickets and the mails.

Every message carries a serial in its text. Four numbers come out, all to be 0: lost (accepted, in no ticket), doubled (in more
than one message of one or several tickets), acknowledgement missing, acknowledgement doubled. An acknowledgement may only be
missing when the daemon itself lists it as uncertain."""
import base64
import hashlib
import hmac
import http.client
import itertools
import json
import random
import re
import smtplib
import socket
import threading
import time

SERIAL = re.compile(r"serial-(\d{8})-end")


def sign(secret, event_id, at, body):
    key = base64.b64decode(secret.removeprefix("whsec_"))
    mac = hmac.new(key, f"{event_id}.{at}.".encode() + body, hashlib.sha256).digest()
    return "v1," + base64.b64encode(mac).decode()


class Oracle:
    def __init__(self):
        self.lock = threading.Lock()
        self.count = itertools.count(1)
        self.sent = {}          # serial -> channel
        self.accepted = {}      # serial -> channel
        self.answers = {}       # serial -> set of (number, code) seen in answers
        self.addresses = {}     # address -> serial

    def new(self, channel):
        with self.lock:
            serial = next(self.count)
            self.sent[serial] = channel
            return serial

    def took(self, serial, number=None, code=None):
        with self.lock:
            self.accepted[serial] = self.sent[serial]
            if number:
                self.answers.setdefault(serial, set()).add((number, code))

    def judge(self, tickets, mails, duties):
        """tickets: with messages; mails: list of recipient lists that were accepted by the sink; duties: intakectl outbox."""
        seen, holders = {}, {}
        for ticket in tickets:
            for message in ticket["messages"]:
                for text in SERIAL.findall(message["text"] or ""):
                    seen[int(text)] = seen.get(int(text), 0) + 1
                    holders.setdefault(int(text), set()).add((ticket["number"], ticket["code"]))
        acks = {}
        for recipients in mails:
            for address in recipients:
                if address in self.addresses:
                    acks[self.addresses[address]] = acks.get(self.addresses[address], 0) + 1
        uncertain = {self.addresses.get(d.get("address")) for d in duties if d["state"] == "uncertain"}
        report = {
            "lost": sorted(s for s in self.accepted if s not in seen),
            "doubled": sorted(s for s, n in seen.items() if n > 1),
            "ack_missing": sorted(s for s, c in self.accepted.items() if c == "mail" and s not in acks and s not in uncertain),
            "ack_doubled": sorted(s for s, n in acks.items() if n > 1),
            "answers_differ": sorted(s for s, a in self.answers.items() if len(a) > 1 or (s in holders and not a <= holders[s])),
            "uncertain": sorted(s for s in uncertain if s),
        }
        report["sent"], report["accepted"] = len(self.sent), len(self.accepted)
        return report


class Load:
    """Mixed load from several threads: each thread sends one message after the other and repeats it until it is accepted."""

    def __init__(self, oracle, daemon, secret, seed=0):
        self.oracle, self.daemon, self.secret = oracle, daemon, secret
        self.random = random.Random(seed)
        self.stopping = threading.Event()
        self.threads = []

    def start(self, webhooks=2, mails=2):
        for send in [self.send_webhook] * webhooks + [self.send_mail] * mails:
            thread = threading.Thread(target=self.run, args=(send,), daemon=True)
            thread.start()
            self.threads.append(thread)
        return self

    def stop(self):
        """No new messages; what is under way is repeated until it is accepted."""
        self.stopping.set()
        for thread in self.threads:
            thread.join(60)
        assert not any(thread.is_alive() for thread in self.threads), "the load did not end"

    def run(self, send):
        while not self.stopping.is_set():
            send()

    def until_taken(self, once):
        until = time.monotonic() + 60
        while time.monotonic() < until:
            try:
                if once():
                    return
            except (OSError, http.client.HTTPException, smtplib.SMTPException, ValueError):
                pass
            time.sleep(0.005)
        raise AssertionError("not accepted within a minute")

    def send_webhook(self):
        serial = self.oracle.new("webhook")
        event_id = f"evt_{serial:08d}"
        body = json.dumps({"id": event_id, "subject": "Lamp", "text": f"The lamp flickers. serial-{serial:08d}-end", "from": f"user{serial}"}).encode()

        def once():
            at = int(time.time())
            connection = http.client.HTTPConnection("127.0.0.1", self.daemon.http_port, timeout=10)
            try:
                connection.request("POST", "/in/hook", body, {
                    "Content-Type": "application/json", "webhook-id": event_id, "webhook-timestamp": str(at),
                    "webhook-signature": sign(self.secret, event_id, at, body)})
                reply = connection.getresponse()
                text = reply.read()
                if reply.status != 202:
                    return False
                answer = json.loads(text)
                self.oracle.took(serial, answer["number"], answer["code"])
                return True
            finally:
                connection.close()

        self.until_taken(once)

    def send_mail(self):
        serial = self.oracle.new("mail")
        address = f"customer{serial}@customers.example.net"
        with self.oracle.lock:
            self.oracle.addresses[address] = serial
        mail = (f"From: Customer {serial} <{address}>\r\nTo: support@example.com\r\nSubject: Lamp\r\nMessage-ID: <m{serial}@customers.example.net>\r\n"
                f"Date: Sun, 22 Nov 2026 10:00:00 +0000\r\n\r\nThe lamp flickers. serial-{serial:08d}-end\r\n")

        def once():
            with smtplib.LMTP("127.0.0.1", self.daemon.lmtp_port, timeout=10) as lmtp:
                if lmtp.sendmail(address, ["support@example.com"], mail) != {}:
                    return False
                self.oracle.took(serial)
                return True

        self.until_taken(once)


def drained(daemon, wait_s=60):
    """Waits until nothing in the outbox is pending or under way; the duties."""
    until = time.monotonic() + wait_s
    while True:
        open_duties = [d for s in ("pending", "sending", "committing") for d in daemon.ctl("outbox", "--state", s)]
        if not open_duties:
            return daemon.ctl("outbox", "--state", "uncertain")
        if time.monotonic() > until:
            raise AssertionError(f"the outbox does not drain: {open_duties[:3]}\n{daemon.log()}")
        time.sleep(0.1)
