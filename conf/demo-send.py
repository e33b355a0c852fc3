#!/usr/bin/python3
"""Sends one message to the running demo: `demo-send.py mail` by LMTP, `demo-send.py webhook` signed as Standard Webhooks asks. Says which ticket it is in:
the same words again are a repeat, and join the ticket they made the first time."""
import base64
import hashlib
import hmac
import json
import pathlib
import smtplib
import sys
import time
import urllib.request
import uuid

DEMO = pathlib.Path(__file__).resolve().parents[1] / "build" / "demo"
PUBLIC, ADMIN, LMTP_PORT = "http://127.0.0.1:8080", "http://127.0.0.1:8081", 8024


def messages():
    """The ids of the messages in the newest tickets, by ticket, as the operators' API shows them."""
    token = (DEMO / "secrets" / "admin-token").read_text().strip()
    request = urllib.request.Request(f"{ADMIN}/api/v1/tickets?messages=yes&limit=50", headers={"Authorization": f"Bearer {token}"})
    with urllib.request.urlopen(request) as reply:
        return {ticket["number"]: [m["id"] for m in ticket["messages"]] for ticket in json.load(reply)["tickets"]}


def send(kind):
    """Sends, and tells what became of it."""
    before = messages()
    print(kind())
    for number, ids in messages().items():
        if number not in before:
            print(f"a new ticket: {number}")
        elif len(ids) > len(before[number]):
            print(f"no new ticket: it is a repeat, and joins {number} as its message {len(ids)} (intakectl explain {number})")


def send_mail():
    mail = (f"From: Ann <ann@customers.example.net>\r\nTo: support@demo.example\r\nSubject: The lamp flickers\r\n"
            f"Message-ID: <{uuid.uuid4()}@customers.example.net>\r\n\r\nHello, the lamp of order SO-4711 flickers. Please help.\r\n")
    with smtplib.LMTP("127.0.0.1", LMTP_PORT) as lmtp:
        lmtp.sendmail("ann@customers.example.net", ["support@demo.example"], mail)      # raises when it is refused
    return "250 taken"


def send_webhook():
    body = json.dumps({"id": str(uuid.uuid4()), "subject": "Refund", "text": "Where is the refund for order SO-4712?", "from": "user-17"}).encode()
    key = base64.b64decode((DEMO / "secrets" / "webhook-secret").read_text().strip().removeprefix("whsec_"))
    event, at = f"evt_{uuid.uuid4().hex}", str(int(time.time()))
    mac = base64.b64encode(hmac.new(key, f"{event}.{at}.".encode() + body, hashlib.sha256).digest()).decode()
    request = urllib.request.Request(f"{PUBLIC}/in/demo", body, {
        "Content-Type": "application/json", "webhook-id": event, "webhook-timestamp": at, "webhook-signature": "v1," + mac})
    with urllib.request.urlopen(request) as reply:
        return f"{reply.status} {reply.read().decode().strip()}"


if __name__ == "__main__":
    kinds = {"mail": send_mail, "webhook": send_webhook}
    if len(sys.argv) != 2 or sys.argv[1] not in kinds:
        sys.exit("usage: demo-send.py mail|webhook")
    send(kinds[sys.argv[1]])
