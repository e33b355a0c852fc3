#!/usr/bin/python3
"""seeds.py FOLDER - writes seeds for the fuzz targets that read mail, a folder each: the labelled mails of tests/data/mail one by one, their texts
for the reply cutter, their winmail.dat parts, and a few conversations and frames."""
import base64
import email
import email.policy
import hashlib
import json
import pathlib
import struct
import sys

TOP = pathlib.Path(__file__).resolve().parents[2]
OUT = pathlib.Path(sys.argv[1])


def write(target, data):
    folder = OUT / target
    folder.mkdir(parents=True, exist_ok=True)
    (folder / hashlib.sha256(data).hexdigest()[:16]).write_bytes(data)


def bytes_of(case):
    return base64.b64decode(case["mail_base64"]) if "mail_base64" in case else case["mail"].encode()


def parts_of(data):
    message = email.message_from_bytes(data, policy=email.policy.compat32)
    subject = str(message["Subject"] or "").split("\n")[0]
    for part in message.walk():
        payload = part.get_payload(decode=True) or b""
        if part.get_content_type() in ("application/ms-tnef", "application/vnd.ms-tnef"):
            write("tnef", payload)
        if part.get_content_type() == "text/plain":
            write("reply", subject.encode("utf-8", "replace") + b"\n" + payload)
        if part.get_content_type() == "text/html":
            write("html", payload)


for file in sorted((TOP / "tests/data/mail").rglob("*.json")):
    for case in json.loads(file.read_text(encoding="utf-8")):
        write("mail", bytes_of(case))
        parts_of(bytes_of(case))

CONVERSATION = b"LHLO mx.example\r\nMAIL FROM:<ann@example.org> SIZE=30 BODY=8BITMIME\r\nRCPT TO:<support@shop.example>\r\nRCPT TO:<\"a b\"@shop.example>\r\n" \
    b"DATA\r\nSubject: x\r\n\r\n..dot\r\ntext\r\n.\r\nRSET\r\nNOOP\r\nVRFY x\r\nQUIT\r\n"
write("lmtp", CONVERSATION)
write("lmtp", CONVERSATION.replace(b"\r\n.\r\n", b"\n.\n\r\n.\r\n"))
write("lmtp", "LHLO x\r\nMAIL FROM:<> SMTPUTF8\r\nRCPT TO:<@a.example:客服@shop.example>\r\nDATA\r\n.\r\nQUIT\r\n".encode())
write("draft", b"!\x00\x05\xff")
for kind, text, data in ((5, b"", b"draft"), (4, b"", b""), (5, b"why it failed", b"")):
    write("frame", struct.pack("<IBBBBIIQ", 0x46574B49, kind, 0, 0, 0, len(text), len(data), 0) + text + data)
