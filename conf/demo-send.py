#!/usr/bin/python3
"""Sends one message to the running demo: `demo-send.py mail` by LMTP, `demo-send.py webhook` signed as Standard Webhooks asks."""
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


def send_mail():
    mail = (f"From: Ann <ann@customers.example.net>\r\nTo: support@demo.example\r\nSubject: The lamp flickers\r\n"
            f"Message-ID: <{uuid.uuid4()}@customers.example.net>\r\n\r\nHello, the lamp of order SO-4711 flickers. Please help.\r\n")
    with smtplib.LMTP("127.0.0.1", 8024) as lmtp:
        lmtp.sendmail("ann@customers.example.net", ["support@demo.example"], mail)      # raises when it is refused
        print("250 taken")


def send_webhook():
    body = json.dumps({"id": str(uuid.uuid4()), "subject": "Refund", "text": "Where is the refund for order SO-4712?", "from": "user-17"}).encode()
    key = base64.b64decode((DEMO / "secrets" / "webhook-secret").read_text().strip().removeprefix("whsec_"))
    event, at = f"evt_{uuid.uuid4().hex}", str(int(time.time()))
    mac = base64.b64encode(hmac.new(key, f"{event}.{at}.".encode() + body, hashlib.sha256).digest()).decode()
    request = urllib.request.Request("http://127.0.0.1:8080/in/demo", body, {
        "Content-Type": "application/json", "webhook-id": event, "webhook-timestamp": at, "webhook-signature": "v1," + mac})
    with urllib.request.urlopen(request) as reply:
        print(reply.status, reply.read().decode())


if __name__ == "__main__":
    kinds = {"mail": send_mail, "webhook": send_webhook}
    if len(sys.argv) != 2 or sys.argv[1] not in kinds:
        sys.exit("usage: demo-send.py mail|webhook")
    kinds[sys.argv[1]]()
