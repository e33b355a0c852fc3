"""cases.py - how the mails of this folder are put together; the other files hold the mails. Expectations stand beside each mail and follow from
how it was written: "reply" and "text" hold every accepted form."""
import base64, quopri, json
CASES=[]
ME="support@shop.example"
def w(t,cs="utf-8",e="B"):
    b=t.encode(cs,"replace")
    return "=?%s?B?%s?="%(cs,base64.b64encode(b).decode())
def add(name, mail, **expect):
    data = mail if isinstance(mail,bytes) else mail.encode("utf-8")
    data=data.replace(b"\r\n",b"\n").replace(b"\n",b"\r\n")
    CASES.append((name,data,expect))
def head(subject="Re: order 77120", sender="Mei Tan <mei.tan@mail.example>", extra="", to=ME):
    if not subject.isascii(): subject=w(subject)
    return "From: %s\nTo: %s\nSubject: %s\nDate: Tue, 12 May 2026 18:04:11 +0200\nMessage-ID: <k7@mail.example>\n%sMIME-Version: 1.0\n"%(sender,to,subject,extra)
def P(name, body, *want, subject="Re: order 77120", extra="", **more):
    """plain text reply; want: accepted reply_texts"""
    add(name, head(subject,extra=extra)+"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n"+body, **({"reply":list(want)} if want else {}), **more)
def H(name, body, *want, subject="Re: order 77120", extra="", **more):
    add(name, head(subject,extra=extra)+"Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n"+quopri.encodestring(body.encode()).decode(), **({"reply":list(want)} if want else {}), **more)
def A(name, text, htm, *want, subject="Re: order 77120", **more):
    add(name, head(subject)+'Content-Type: multipart/alternative; boundary="bb"\n\n--bb\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n'+base64.encodebytes(text.encode()).decode()+'--bb\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: base64\n\n'+base64.encodebytes(htm.encode()).decode()+'--bb--\n', reply=list(want), **more)
