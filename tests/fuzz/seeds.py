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

GROUP = b"From: \"'Ann' via Care\" <care@example.com>\nX-Original-From: Ann <ann@home.example>\nX-Original-Sender: ann@home.example\nReply-To: Ann <ann@home.example>\nPrecedence: list\n" \
    b"Mailing-list: list care@example.com; contact care+owners@example.com\nList-ID: Care <care.example.com>\nX-BeenThere: care@example.com\nList-Post: <https://groups.example/care>, <mailto:care@example.com>\n" \
    b"List-Unsubscribe: <mailto:care+unsubscribe@example.com>\nSubject: [Care] Re: lamp\n\nThe lamp is broken.\n"
write("mail", GROUP)
write("mail", b"\xff\xfe" + GROUP.decode().encode("utf-16le"))
write("mail", GROUP.replace(b"\n", b"\r"))
write("headers", GROUP)

CONVERSATION = b"LHLO mx.example\r\nMAIL FROM:<ann@example.org> SIZE=30 BODY=8BITMIME\r\nRCPT TO:<support@shop.example>\r\nRCPT TO:<\"a b\"@shop.example>\r\n" \
    b"DATA\r\nSubject: x\r\n\r\n..dot\r\ntext\r\n.\r\nRSET\r\nNOOP\r\nVRFY x\r\nQUIT\r\n"
write("lmtp", CONVERSATION)
write("lmtp", CONVERSATION.replace(b"\r\n.\r\n", b"\n.\n\r\n.\r\n"))
write("lmtp", "LHLO x\r\nMAIL FROM:<> SMTPUTF8\r\nRCPT TO:<@a.example:客服@shop.example>\r\nDATA\r\n.\r\nQUIT\r\n".encode())
write("draft", b"!\x00\x05\xff")
for kind, text, data in ((5, b"", b"draft"), (4, b"", b""), (5, b"why it failed", b"")):
    write("frame", struct.pack("<IBBBBIIQ", 0x46574B49, kind, 0, 0, 0, len(text), len(data), 0) + text + data)

write("uuencode", b"Hi\r\n=ybegin part=1 line=128 size=9 name=a b.bin\r\n=ypart begin=1 end=9\r\n*+=@,=}=J-\r\n=yend size=9 part=1 pcrc32=1\r\nbye\r\n")
write("uuencode", b"Hello\n\nbegin 644 a.txt\n#0V%T\n`\nend\nbye\n")
write("uuencode", b"begin 666 \xe5\x8f\x91.bin\r\nM:'1T<#HO+W=W=RYW:6MI<&5D:6$N;W)G#0H`\r\n`\r\nend\r\nbegin 600 b\n \nend\n")
write("signature", b"msg_1\n1790000000\nv1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4= v1a,x\n{}")
write("signature", b"m\n+1790000000\nsha256=00ff\nbody")
for path, text in (("a.b[0].c", '{"a":{"b":[{"c":1.5e3}]}}'), ("[1]", '[null,{"id":9007199254740993,"t":"\\ud83d\\ude00"}]'), ("", '"x"'), ("a..b", '{"":{}}')):
    write("json", f"{path}\n{text}".encode())
for text in ('{"id":"1","subject":"lamp","text":"It is broken.","from":"ann@example.org","sent_at":1790000000123,"conversation":7}',
             '{"text":true,"from":"+86 138 0000 0000","sent_at":"2026-05-12T18:04:11+02:00","name":"谭梅","order_number":1.25}', '{"text":" "}', '[1]'):
    write("webhook", text.encode())
for text in ("Ann+x@Example.ORG", "jürgen@bücher.example", "客服@例子.测试", "192.0.2.1:80, [2001:db8::1]:443, unix", "2001:db8::/32", "a@xn--bcher-kva.example.", "::ffff:10.0.0.1"):
    write("address", text.encode())
for label, text, codec in (("gb2312", "订单 20260512 的灯坏了，退款 199.00 元。", "gb18030"), ("", "こんにちは、5月12日の注文です。", "iso-2022-jp"), ("big5", "燈壞了，請退款。", "big5"),
                           ("utf-16", "The lamp of order A-1234 is broken.", "utf-16"), ("iso-8859-1", "Die Lampe für 12,50 € ist kaputt", "cp1252"), ("ks_c_5601-1987", "램프가 고장났어요", "cp949")):
    write("charset", label.encode() + b"\n" + text.encode(codec))
write("mime_write", "Ihre Anfrage äöü 我们已收到您的来信\nann@example.org\nDear Ann,\n.\nFrom us\n谢谢".encode())
write("mime_write", b"x" * 300 + b"\nm1@example.org\n" + b"y" * 1200)
write("http", b"=/status?lang=zh&code=ABCD%2d1234+%E6%9F%A5\n\n")
write("http", "=/form/shop\napplication/x-www-form-urlencoded\ntext=%E7%81%AF&name=a+b&file".encode())
write("http", b"=/form/shop\nmultipart/form-data; boundary=b\n--b\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\nlamp\r\n--b\r\nContent-Disposition: form-data; "
              b"name=\"file\"; filename=\"a.png\"\r\nContent-Type: image/png\r\n\r\n\x89PNG\r\n--b--\r\n")
write("http", b"=/in/shop\napplication/json\n{\"text\":\"x\"}")
write("http", b"POST /in/a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n2\r\n{}\r\n0\r\n\r\n")
write("http", b"GET /status HTTP/1.1\r\nHost: x\r\nAccept-Language: zh-CN,zh;q=0.9\r\n\r\nHEAD /nothing HTTP/1.0\r\n\r\n")
write("rtf", b"p\x2d\0\0\0\x2b\0\0\0LZFu\xf1\xc5\xc7\xa7\x03\0\x0a\0rcpg125B2\x0a\xf3 hel\x09\0 bw\x05\xb0ld}\x0a\x80\x0f\xa0")
write("rtf", b"{\\rtf1\\ansi\\ansicpg936\\fromhtml1{\\fonttbl{\\f0\\fcharset134 x;}{\\f1\\fcharset128 y;}}{\\*\\htmltag64 <p>}\\htmlrtf {\\htmlrtf0 \\f0\\'b5\\'c6\\u22351?\\u-10179?\\u-8704?}{\\*\\htmltag72 </p>\\par}}")
write("rtf", b"{\\rtf1\\ansi\\uc2 a\\tab b\\cell\\row{\\pict\\bin3 }}}{\\field{\\*\\fldinst{HYPERLINK}}{\\fldrslt{\\v x}y}}\\'83e\\~\\_\\-\\{\\par}")
write("rtf", b"e<bold>a</bold> << <color><param>red</param>b</color>\n\n<excerpt>c</excerpt><nofill>\n</nofill>")
write("rtf", b"r<Bold>a</Bold><nl>b<lt>c<comment>d</comment>")
