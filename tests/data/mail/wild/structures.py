"""structures.py - whole mails in every structure and charset that real mailers make, with all their fields: nested bodies, wrappers, broken
boundaries, names of files in every coding, wrong and missing labels, dates and lists of addresses as they really come."""
from cases import *
PNG=b"\x89PNG\r\n\x1a\n"+bytes(range(40))
D="2026-05-12T16:04:11Z"
def b64(data): return base64.encodebytes(data).decode("ascii")
def whole(name, hdr, body, **e):
    """The usual header fields, each replaced or taken out (None) by hdr; body begins with its own header fields."""
    f={"From":"Mei Tan <mei@mail.example>","To":"support@shop.example","Subject":"lamp","Date":"Tue, 12 May 2026 18:04:11 +0200","Message-ID":"<s1@mail.example>","MIME-Version":"1.0"}
    f.update(hdr)
    e={**dict(sender="mei@mail.example",sender_name="Mei Tan",to=[["support@shop.example",None]],subject="lamp",date=D,message_id="s1@mail.example",in_reply_to=None,references=[],attachments=[]),**e}
    if e["attachments"] is None: del e["attachments"]
    lines=b"".join(k.encode()+b": "+(v if isinstance(v,bytes) else v.encode())+b"\n" for k,v in f.items() if v is not None)
    add(name, lines+(body if isinstance(body,bytes) else body.encode()), **e)
def M(kind, *parts, boundary="=_b", pre="", post="", end=True):
    out="Content-Type: multipart/%s; boundary=\"%s\"\n\n%s"%(kind,boundary,pre)
    for p in parts: out+="--%s\n%s\n"%(boundary,p)
    return out+("--%s--\n"%boundary if end else "")+post
def T(text, sub="plain", cs="utf-8", cte="8bit", extra=""):
    if cte=="base64": text=b64(text.encode(cs))
    elif cte=="quoted-printable": text=quopri.encodestring(text.encode(cs)).decode("ascii")
    return "Content-Type: text/%s; charset=%s\nContent-Transfer-Encoding: %s\n%s\n%s"%(sub,cs,cte,extra,text)
def F(name, typ="image/png", data=PNG, extra="", disp="attachment"):
    return "Content-Type: %s\nContent-Disposition: %s%s\nContent-Transfer-Encoding: base64\n%s\n%s"%(typ,disp,'; filename="%s"'%name if name else "",extra,b64(data))
LAMP="The lamp is broken."
HTML="<html><body><p>The lamp is <b>broken</b>.</p></body></html>"
N=len(PNG)
# nesting
whole("mixed of related of alternative",{},M("mixed",M("related",M("alternative",T(LAMP),T(HTML+'<img src="cid:a">',"html"),boundary="c"),F("a.png",extra="Content-ID: <a>\n",disp="inline"),boundary="b"),F("bill.pdf","application/pdf",b"%PDF-1.4 x"),boundary="a"),text=LAMP,attachments=[["a.png","image/png",N],["bill.pdf","application/pdf",10]])
whole("alternative holding related holding html",{},M("alternative",T(LAMP),M("related; type=\"text/html\"",T(HTML,"html"),F("x.gif","image/gif",b"GIF89a123",disp="inline"),boundary="i"),boundary="o"),text=LAMP,attachments=[["x.gif","image/gif",9]])
whole("related whose start is not first",{},M('related; start="<root>"',F("pic.png",extra="Content-ID: <pic>\n",disp="inline"),T(HTML,"html",extra="Content-ID: <root>\n")),text=LAMP,attachments=[["pic.png","image/png",N]])
whole("mixed without text then html",{},M("mixed",F("a.png"),T(HTML,"html")),text=LAMP,attachments=[["a.png","image/png",N]])
whole("empty plain beside real html",{},M("alternative",T("\n \n"),T(HTML,"html")),text=LAMP)
whole("plain of only nbsp beside html",{},M("alternative",T("\u00a0\n\u200b\n"),T(HTML,"html")),text=LAMP)
whole("text after the picture goes on",{},M("mixed",T("First part."),F("a.png",disp="inline"),T("Second part.")),text="First part.\n\nSecond part.",attachments=[["a.png","image/png",N]])
whole("attached text file is no body",{},M("mixed",T(LAMP),"Content-Type: text/plain; name=log.txt\nContent-Disposition: attachment; filename=log.txt\n\nline one\nline two\n"),text=LAMP,attachments=[["log.txt","text/plain",20]])
# the resource half of an apple double is nothing a person could open
whole("apple double",{},M("mixed",T(LAMP),M("appledouble",F("Bill.jpg","application/applefile",b"\x00\x05\x16\x07\x00\x02\x00\x00"),F("Bill.jpg","image/jpeg",b"\xff\xd8\xff\xe0abc",disp="inline"),boundary="ad")),text=LAMP,attachments=[["Bill.jpg","image/jpeg",7]])
INNER="From: Bo <bo@other.example>\nTo: mei@mail.example\nSubject: inner\nDate: Mon, 11 May 2026 10:00:00 +0000\nMessage-ID: <in@other.example>\n\nInner words.\n"
whole("forward as message/rfc822",{"Subject":"Fwd: inner"},M("mixed",T("See below."),"Content-Type: message/rfc822\nContent-Disposition: inline\n\n"+INNER),subject="Fwd: inner",text_has=["See below."],attachments=None)
whole("attached mail without a name keeps the outer fields",{},M("mixed",T(LAMP),"Content-Type: message/rfc822\n\n"+INNER.replace("Subject: inner","Subject: inner\nIn-Reply-To: <x@y.example>")),text_has=[LAMP],attachments=None)
whole("digest",{},M("mixed",T(LAMP),M("digest","\n"+INNER,"\n"+INNER.replace("in@","in2@"),boundary="dg")),text_has=[LAMP],attachments=None)
# format=flowed
whole("flowed DelSp in Chinese",{},"Content-Type: text/plain; charset=utf-8; format=flowed; delsp=yes\nContent-Transfer-Encoding: 8bit\n\n我的台灯 \n坏了，请 \n退款。\n谢谢\n",text="我的台灯坏了，请退款。\n谢谢")
whole("flowed without DelSp and stuffed lines",{},"Content-Type: text/plain; charset=us-ascii; format=flowed\n\nThe lamp that I \nbought is broken.\n From the first day.\n>> older words \n>> go on\n-- \nMei\n",text="The lamp that I bought is broken.\nFrom the first day.\n>> older words go on\n-- \nMei")
# wrappers
whole("smime opaque",{},"Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m\nContent-Disposition: attachment; filename=smime.p7m\nContent-Transfer-Encoding: base64\n\n"+b64(b"0\x82\x01\x00abcdef"),text="",attachments=[["smime.p7m","application/pkcs7-mime",10]])
whole("smime clear signed",{},M('signed; protocol="application/pkcs7-signature"; micalg=sha-256',M("alternative",T(LAMP),T(HTML,"html"),boundary="in"),F("smime.p7s","application/pkcs7-signature",b"0\x80sig")),text=LAMP,attachments=[["smime.p7s","application/pkcs7-signature",5]])
whole("pgp mime signed",{},M('signed; protocol="application/pgp-signature"',T(LAMP),"Content-Type: application/pgp-signature; name=\"signature.asc\"\nContent-Description: signature\n\n-----BEGIN PGP SIGNATURE-----\nabc\n-----END PGP SIGNATURE-----\n"),text=LAMP,attachments=[["signature.asc","application/pgp-signature",65]])
whole("pgp mime encrypted",{},M('encrypted; protocol="application/pgp-encrypted"',"Content-Type: application/pgp-encrypted\n\nVersion: 1\n","Content-Type: application/octet-stream; name=encrypted.asc\nContent-Disposition: inline; filename=encrypted.asc\n\n-----BEGIN PGP MESSAGE-----\nabc\n-----END PGP MESSAGE-----\n"),text="",attachments=[[None,"application/pgp-encrypted",12],["encrypted.asc","application/octet-stream",61]])
whole("pgp inline signed",{},T("-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\nThe lamp is broken.\n-----BEGIN PGP SIGNATURE-----\n\niQEzBAEBCAAdFiEE\n=abcd\n-----END PGP SIGNATURE-----\n"),text_has=[LAMP])
# names of files
whole("name in RFC 2231 pieces with a charset",{},M("mixed",T(LAMP),"Content-Type: application/pdf\nContent-Disposition: attachment;\n filename*0*=gb18030''%B7%A2%C6;\n filename*1*=%B1%20;\n filename*2=\"May.pdf\"\nContent-Transfer-Encoding: base64\n\n"+b64(b"%PDF")),text=LAMP,attachments=[["发票 May.pdf","application/pdf",4]])
whole("name pieces out of order",{},M("mixed",T(LAMP),"Content-Type: application/pdf\nContent-Disposition: attachment; filename*1=\"ce.pdf\"; filename*0=\"invoi\"\n\n%PDF"),text=LAMP,attachments=[["invoice.pdf","application/pdf",4]])
whole("name in encoded words inside quotes over two lines",{},M("mixed",T(LAMP),'Content-Type: image/png;\n name="=?utf-8?B?'+base64.b64encode("订单截".encode()).decode()+'?=\n =?utf-8?B?'+base64.b64encode("图.png".encode()).decode()+'?="\nContent-Transfer-Encoding: base64\n\n'+b64(PNG)),text=LAMP,attachments=[["订单截图.png","image/png",N]])
whole("name in raw gbk",{},M("mixed",T(LAMP),"Content-Type: image/png\nContent-Disposition: attachment; filename=\"@@\"\nContent-Transfer-Encoding: base64\n\n"+b64(PNG)).encode().replace(b"@@","发票照片.png".encode("gbk")),text=LAMP,attachments=[["发票照片.png","image/png",N]])
whole("filename* wins over filename",{},M("mixed",T(LAMP),"Content-Type: image/png; name=old.png\nContent-Disposition: attachment; filename=\"plain.png\"; filename*=UTF-8''%E7%81%AF.png\nContent-Transfer-Encoding: base64\n\n"+b64(PNG)),text=LAMP,attachments=[["灯.png","image/png",N]])
whole("name percent coded without a star",{},M("mixed",T(LAMP),"Content-Type: image/png; name*=UTF-8''%E7%81%AF.png\nContent-Disposition: attachment\nContent-Transfer-Encoding: base64\n\n"+b64(PNG)),text=LAMP,attachments=[["灯.png","image/png",N]])
whole("name with path and backslashes",{},M("mixed",T(LAMP),'Content-Type: image/png\nContent-Disposition: attachment; filename="C:\\\\Users\\\\Mei\\\\lamp.png"\nContent-Transfer-Encoding: base64\n\n'+b64(PNG)),text=LAMP,attachments=[["C:\\Users\\Mei\\lamp.png","image/png",N]])
whole("name unquoted with spaces",{},M("mixed",T(LAMP),"Content-Type: image/png\nContent-Disposition: attachment; filename=my lamp.png\nContent-Transfer-Encoding: base64\n\n"+b64(PNG)),text=LAMP,attachments=[["my lamp.png","image/png",N]])
# boundaries
whole("no closing boundary",{},M("mixed",T(LAMP),F("a.png"),end=False),text=LAMP,attachments=[["a.png","image/png",N]])
whole("boundary with spaces behind it",{},M("mixed",T(LAMP),F("a.png")).replace("--=_b\n","--=_b  \t\n"),text=LAMP,attachments=[["a.png","image/png",N]])
whole("declared boundary never comes",{},"Content-Type: multipart/mixed; boundary=nowhere\n\nThe lamp is broken.\n",text=LAMP)
whole("no boundary parameter",{},"Content-Type: multipart/alternative\n\n--x\nContent-Type: text/plain\n\nThe lamp is broken.\n--x--\n",text_has=[LAMP])
whole("inner boundary begins with the outer one",{},M("mixed",M("alternative",T(LAMP),T(HTML,"html"),boundary="ab-1"),F("a.png"),boundary="ab"),text=LAMP,attachments=[["a.png","image/png",N]])
whole("inner multipart is never closed",{},M("mixed",M("alternative",T(LAMP),T(HTML,"html"),boundary="q2",end=False),F("a.png"),boundary="q1"),text=LAMP,attachments=[["a.png","image/png",N]])
whole("preamble and epilogue are no text",{},M("mixed",T(LAMP),pre="This is a multi-part message in MIME format.\n",post="\nScanned by a gate.\n"),text=LAMP)
# charsets
def C(name, label, data, text, cte="8bit", **e): whole(name,{},(("Content-Type: text/plain%s\nContent-Transfer-Encoding: %s\n\n"%("; charset="+label if label else "",cte)).encode()+data),text=text,**e)
ZH="我上周买的台灯坏了，希望你们尽快安排退款，谢谢。"
C("gb2312 label with gb18030 characters","gb2312","订单的收货人是朱镕基，请改正。\u20ac".encode("gb18030"),"订单的收货人是朱镕基，请改正。\u20ac")
C("utf-8 label over gbk","utf-8",ZH.encode("gbk"),ZH)
C("gbk label over utf-8","gbk",ZH.encode(),ZH)
C("us-ascii label over utf-8","us-ascii",ZH.encode(),ZH)
C("iso-8859-1 label over windows-1252","iso-8859-1","It’s “broken” – 12 €".encode("cp1252"),"It’s “broken” – 12 €")
C("iso-2022-jp without a label",None,"先週買った電気スタンドが壊れました。".encode("iso-2022-jp"),"先週買った電気スタンドが壊れました。",cte="7bit")
C("shift_jis label with cp932 characters","Shift_JIS","注文番号①の㈱山田です。髙橋".encode("cp932"),"注文番号①の㈱山田です。髙橋")
C("ks_c_5601-1987 with cp949 characters","ks_c_5601-1987","똠방각하 펲시콜라 주문".encode("cp949"),"똠방각하 펲시콜라 주문")
C("unlabelled big5",None,"我上週買的檯燈壞了，希望你們儘快安排退款，謝謝。".encode("big5"),"我上週買的檯燈壞了，希望你們儘快安排退款，謝謝。")
C("hz-gb-2312","hz-gb-2312",b"~{NRIOV\\BrLO5FKp~} ok",b"~{NRIOV\\BrLO5FKp~} ok".decode("hz"),cte="7bit")
C("quoted-printable utf-8 split inside a character","utf-8",b"=E7=81=\n=AF=E5=9D=8F=E4=BA=86\n","灯坏了",cte="quoted-printable")
C("base64 with line noise","utf-8",b"VGhlIGxhbXAg!!aXMg\n  YnJva2VuLg=\n=\n",LAMP,cte="base64")
C("unknown encoding is taken as it is","utf-8",LAMP.encode(),LAMP,cte="x-unknown")
C("utf-16 with a mark","utf-16",base64.encodebytes(LAMP.encode("utf-16")),LAMP,cte="base64")
# header fields
whole("encoded words split inside a character",{"Subject":"=?utf-8?B?"+base64.b64encode("我的灯坏".encode()[:7]).decode()+"?=\n =?utf-8?B?"+base64.b64encode("我的灯坏".encode()[7:]).decode()+"?="},"\n"+LAMP,subject="我的灯坏",text=LAMP)
whole("mbox From line first",{},"\n"+LAMP,text=LAMP)
CASES[-1]=(CASES[-1][0],b"From mei@mail.example Tue May 12 18:04:11 2026\r\n"+CASES[-1][1],CASES[-1][2])
whole("header names folded oddly",{"Subject":"\n \n lamp","References":"<a@x.example>\n\t<b@x.example>\n <c@x.example>","In-Reply-To":"\n <c@x.example>"},"\n"+LAMP,text=LAMP,references=["a@x.example","b@x.example","c@x.example"],in_reply_to="c@x.example")
whole("in-reply-to with words around the id",{"In-Reply-To":"Your message of \"Mon, 11 May\" <q1@x.example>","References":"<q0@x.example><q1@x.example>,<q2@x.example>"},"\n"+LAMP,text=LAMP,in_reply_to="q1@x.example",references=["q0@x.example","q1@x.example","q2@x.example"])
whole("date without a weekday and with a zone's name",{"Date":"12 May 26 12:04 EDT"},"\n"+LAMP,text=LAMP,date="2026-05-12T16:04:00Z")
whole("date with a comment and no seconds",{"Date":"Tue,12 May 2026 18:04 +0200 (CEST)"},"\n"+LAMP,text=LAMP,date="2026-05-12T16:04:00Z")
whole("no date at all",{"Date":None},"\n"+LAMP,text=LAMP,date=None)
whole("group and list with commas in quotes",{"To":'"Tan, Mei" <mei@mail.example>, Team: a@x.example, "B, C" <b@x.example>;, support@shop.example'},"\n"+LAMP,text=LAMP,to=[["mei@mail.example","Tan, Mei"],["a@x.example",None],["b@x.example","B, C"],["support@shop.example",None]])
whole("undisclosed recipients",{"To":"undisclosed-recipients:;"},"\n"+LAMP,text=LAMP,to=[])
whole("sender without from",{"From":None,"Sender":"Bo <bo@mail.example>"},"\n"+LAMP,text=LAMP,sender=None,sender_name=None)
whole("several from with a sender",{"From":"Mei <mei@mail.example>, Bo <bo@mail.example>","Sender":"Bo <bo@mail.example>"},"\n"+LAMP,text=LAMP,sender=None,sender_name=None)
whole("calendar only",{"Content-Type":"text/calendar; charset=utf-8; method=REQUEST"},"\nBEGIN:VCALENDAR\nVERSION:2.0\nMETHOD:REQUEST\nBEGIN:VEVENT\nUID:1\nDTSTART:20260513T080000Z\nSUMMARY:Repair of the lamp\nEND:VEVENT\nEND:VCALENDAR\n",text="Repair of the lamp\n2026-05-13 08:00 UTC",attachments=None)
whole("calendar as third alternative",{},M("alternative",T(LAMP),T(HTML,"html"),"Content-Type: text/calendar; charset=utf-8; method=REQUEST\n\nBEGIN:VCALENDAR\nEND:VCALENDAR\n"),text=LAMP,attachments=None)
ICS="BEGIN:VCALENDAR\nVERSION:2.0\nMETHOD:%s\nBEGIN:VTIMEZONE\nTZID:Asia/Shanghai\nBEGIN:STANDARD\nDTSTART:19700101T000000\nEND:STANDARD\nEND:VTIMEZONE\nBEGIN:VEVENT\nUID:1\n%s\nEND:VEVENT\nEND:VCALENDAR\n"
def event(name, props, want, method="REQUEST"): whole(name,{"Content-Type":"text/calendar; charset=utf-8; method="+method},"\n"+ICS%(method,props),text=want,attachments=None)
event("calendar with zone, place and folded description","DTSTART;TZID=Asia/Shanghai:20260513T160000\nDTEND;TZID=Asia/Shanghai:20260513T173000\nSUMMARY:上门维修\nLOCATION:上海市长宁区\\, 3号楼\nBEGIN:VALARM\nDESCRIPTION:Reminder\nEND:VALARM\nDESCRIPTION:请带梯子。\\n电话在\n 门口。","上门维修\n2026-05-13 16:00 - 17:30 (Asia/Shanghai)\n上海市长宁区, 3号楼\n\n请带梯子。\n电话在门口。")
event("calendar of whole days","DTSTART;VALUE=DATE:20260530\nDTEND;VALUE=DATE:20260602\nSUMMARY;LANGUAGE=en:Plant closed","Plant closed\n2026-05-30 - 2026-06-01")
event("calendar of one day","DTSTART;VALUE=DATE:20260531\nDTEND;VALUE=DATE:20260601\nSUMMARY:Inventory","Inventory\n2026-05-31")
event("calendar over midnight","DTSTART:20260531T220000Z\nDTEND:20260601T010000Z\nSUMMARY:Cutover","Cutover\n2026-05-31 22:00 - 2026-06-01 01:00 UTC")
event("calendar called off","DTSTART:20260531T220000Z\nSUMMARY:Cutover","[CANCEL] Cutover\n2026-05-31 22:00 UTC",method="CANCEL")
event("calendar that says nothing","DTSTART:20260531T220000Z","")
whole("calendar beside an empty text",{},M("alternative",T(" \n"),"Content-Type: text/calendar; charset=utf-8; method=REQUEST\n\n"+ICS%("REQUEST","DTSTART:20260513T080000Z\nSUMMARY:Repair")),text="Repair\n2026-05-13 08:00 UTC",attachments=None)
