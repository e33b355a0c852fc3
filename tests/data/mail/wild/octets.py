"""octets.py - mails whose bytes are no plain lines: whole in UTF-16, NUL among them, line ends of other systems, yEnc; and forwards that a mail program quotes."""
import random, zlib
from cases import *
HEAD = "From: Anna Berg <anna@home.example>\nTo: support@shop.example\nSubject: lamp\nDate: Mon, 4 May 2026 10:20:30 +0800\nMessage-ID: <o1@home.example>\nMIME-Version: 1.0\nContent-Type: %s\nContent-Transfer-Encoding: 8bit\n\n"
WORDS = "The lamp — Größe 60 — is broken. 灯坏了。"
def raw(name, data, **expect): CASES.append((name, data, dict(sender="anna@home.example", subject="lamp", message_id="o1@home.example", **expect)))
def whole(words, kind="text/plain; charset=utf-8", end="\r\n"): return (HEAD % kind + words + "\n").replace("\n", end)
for order in ("utf-16le", "utf-16be"):
    raw("whole mail in %s" % order, whole(WORDS).encode(order), text=WORDS)
    raw("whole mail in %s with a mark" % order, ("\ufeff" + whole(WORDS, end="\n")).encode(order), text=WORDS)
raw("whole mail in UTF-16 beyond the basic plane", whole("Lamp 💡 broken 😡").encode("utf-16le"), text="Lamp 💡 broken 😡")
raw("whole mail in UTF-16, half a pair and half a unit at its end", ("\ufeff" + whole("Lamp broken")).encode("utf-16le") + b"\x00\xd8x", text_has=["Lamp broken"])
raw("whole mail in UTF-16 with parts", whole('--b\nContent-Type: text/plain\n\n' + WORDS + '\n--b\nContent-Type: image/png; name="a.png"\nContent-Transfer-Encoding: base64\n\niVBORw==\n--b--', 'multipart/mixed; boundary="b"').replace("Content-Transfer-Encoding: 8bit\r\n", "", 1).encode("utf-16be"), text=WORDS, attachments=[["a.png", "image/png", 4]])
raw("NUL in head and text", whole("The la\0mp is broken.\n\0\0\0\nAnna").replace("Subject: lamp", "Subject: la\0mp").encode(), text="The lamp is broken.\n\nAnna")
raw("lines end in CR", whole("The lamp is broken.\n\nPlease refund.", end="\r").encode(), text="The lamp is broken.\n\nPlease refund.")
raw("head ends in CR, text in CR LF", (HEAD % "text/plain").replace("\n", "\r").encode() + b"The lamp\r\nis broken.\r\n", text="The lamp\nis broken.")
raw("text ends in CR, head in CR LF", (HEAD % "text/plain").replace("\n", "\r\n").encode() + b"The lamp\ris broken.\r\rAnna\r\n", text="The lamp\nis broken.\n\nAnna")
raw("lines end in CR CR LF", whole("The lamp is broken.\n\nPlease refund.", end="\r\r\n").encode(), text="The lamp is broken.\n\nPlease refund.")
R = random.Random(7)
DATA = bytes(R.randrange(256) for _ in range(700))
def yenc(data, name, part=None):
    out, lines = b"", []
    for byte in data:
        c = (byte + 42) & 255
        out += bytes([61, (c + 64) & 255]) if c in (0, 9, 10, 13, 61) else bytes([c])
        if len(out) >= 128: lines.append(out); out = b""
    head = b"=ybegin %sline=128 size=%d name=%s" % (b"part=1 " if part else b"", len(data), name.encode())
    return b"\r\n".join([head] + ([b"=ypart begin=1 end=%d" % len(data)] if part else []) + lines + ([out] if out else []) + [b"=yend size=%d crc32=%08x" % (len(data), zlib.crc32(data)), b""])
def text(kind="text/plain; charset=iso-8859-1"): return (HEAD % kind).replace("\n", "\r\n").encode()
PHOTO = [["lamp photo.jpg", "image/jpeg", 700]]
raw("yEnc between words", text() + b"Hello, the photo:\r\n\r\n" + yenc(DATA, "lamp photo.jpg") + b"\r\nAnna\r\n", text="Hello, the photo:\n\nAnna", attachments=PHOTO)
raw("yEnc alone", text() + yenc(DATA, "lamp photo.jpg"), text="", attachments=PHOTO)
raw("yEnc in a label of UTF-8", text("text/plain; charset=utf-8") + "Größe 60:\r\n".encode() + yenc(DATA, "lamp photo.jpg", True), text="Größe 60:", attachments=PHOTO)
raw("yEnc in quoted-printable", text().replace(b"8bit", b"quoted-printable") + b"Photo:\r\n" + quopri.encodestring(yenc(DATA, "a.bin").replace(b"\r\n", b"\n")), text="Photo:", attachments=[["a.bin", "application/octet-stream", 700]])
CUT = yenc(DATA, "lamp photo.jpg")[:400]
CODED = b"".join(CUT.split(b"\r\n")[1:])
raw("yEnc without its end", text() + b"Hello\r\n\r\n" + CUT, text="Hello", attachments=[["lamp photo.jpg", "image/jpeg", len(CODED) - CODED.count(b"=")]])
raw("two files, yEnc and uuencode", text() + b"Both:\r\n\r\n" + yenc(b"abc", "a.txt") + b"\r\nbegin 644 b.txt\r\n#0V%T\r\n`\r\nend\r\n\r\n" + yenc(b"defg", "c.txt") + b"Bye\r\n", text=["Both:\n\nBye", "Both:\n\n\n\nBye"], attachments=[["a.txt", "text/plain", 3], ["b.txt", "text/plain", 3], ["c.txt", "text/plain", 4]])
raw("words about yEnc", text() + b"It says:\r\n=ybegin line=128 size=9 name=x.bin\r\nand then nothing.\r\n", text="It says:\n=ybegin line=128 size=9 name=x.bin\nand then nothing.", attachments=[])
# Apple Mail quotes what it forwards
MARKERS = {"en": ("Begin forwarded message:", ("From", "Subject", "Date", "To")), "de": ("Anfang der weitergeleiteten Nachricht:", ("Von", "Betreff", "Datum", "An")), "fr": ("Début du message transféré :", ("De", "Objet", "Date", "À")),
           "es": ("Inicio del mensaje reenviado:", ("De", "Asunto", "Fecha", "Para")), "it": ("Inizio messaggio inoltrato:", ("Da", "Oggetto", "Data", "A")), "ja": ("転送されたメッセージ:", ("差出人", "件名", "日付", "宛先")), "zh": ("开始转发的邮件：", ("发件人", "主题", "日期", "收件人"))}
for language, (marker, names) in MARKERS.items():
    values = ("Shop &lt;orders@shop.example&gt;", "<b>48213</b>", "4 May 2026 at 09:12:00 CEST", "anna@home.example")
    fields = "".join('<div style="margin: 0px;"><span><b>%s: </b></span><span>%s<br></span></div>' % f for f in zip(names, values))
    plain = "\n".join("%s: %s" % (n, re_) for n, re_ in zip(names, ("Shop <orders@shop.example>", "48213", "4 May 2026 at 09:12:00 CEST", "anna@home.example")))
    whole_text = "48213!\n\n%s\n\n%s\n\nOn its way.\n\n> And when?" % (marker, plain)
    H("Apple Mail forwards in HTML, " + language, '<html><body style="overflow-wrap: break-word;">48213!<br><div><br><blockquote type="cite"><div>%s</div><br class="Apple-interchange-newline">%s<br><div><div>On its way.<br><blockquote type="cite">And when?</blockquote></div></div></blockquote></div><br></body></html>' % (marker, fields), whole_text, subject="Fwd: 48213", text=whole_text)
H("Apple Mail answers in HTML", '<body>No, it is not.<br><div><br><blockquote type="cite"><div>On 4 May 2026, at 09:12, Shop &lt;support@shop.example&gt; wrote:</div><br><div>It is on its way.</div></blockquote></div></body>', "No, it is not.", text="No, it is not.\n\n> On 4 May 2026, at 09:12, Shop <support@shop.example> wrote:\n\n> It is on its way.")
