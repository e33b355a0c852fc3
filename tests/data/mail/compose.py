#!/usr/bin/python3
"""compose.py - writes the labelled mails of this folder: messages.json, replies.json, automatic.json.

Every mail is composed here, in the shapes that mail programs write (names and addresses are invented). What is expected follows from how
the mail was put together, never from what the program made of it. Run in this folder after a change: /usr/bin/python3 compose.py
"""
import base64, json, quopri

ME = "support@shop.example"

def b64(data): return base64.encodebytes(data).decode("ascii").replace("\n", "\r\n")
def word(text, charset="utf-8"): return "=?%s?B?%s?=" % (charset, base64.b64encode(text.encode(charset, "replace")).decode("ascii"))

def case(name, mail, **expect):
    """mail: str or bytes; expect: what must come out."""
    data = mail if isinstance(mail, bytes) else mail.encode("utf-8")
    data = data.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    try:
        text = data.decode("utf-8")
        return {"name": name, "mail": text, "expect": expect}
    except UnicodeDecodeError:
        return {"name": name, "mail_base64": base64.b64encode(data).decode("ascii"), "expect": expect}

def plain(subject, body, sender="Ann Lee <ann@example.org>", extra="", charset="utf-8"):
    return ("From: %s\nTo: %s\nSubject: %s\nDate: Mon, 4 May 2026 10:20:30 +0800\nMessage-ID: <m1@example.org>\n%sMIME-Version: 1.0\n"
            "Content-Type: text/plain; charset=%s\nContent-Transfer-Encoding: 8bit\n\n%s" % (sender, ME, subject, extra, charset, body))

def html(subject, body, sender="Ann Lee <ann@example.org>", extra=""):
    return ("From: %s\nTo: %s\nSubject: %s\nDate: Mon, 4 May 2026 10:20:30 +0800\nMessage-ID: <m1@example.org>\n%sMIME-Version: 1.0\n"
            "Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n%s" % (sender, ME, subject, extra, body))

# ---------------------------------------------------------------- replies
# per language: new words, old words, Gmail attribution, Thunderbird or Apple attribution, Outlook field names, "original message", phone line,
# reply prefix, forward prefix, forward line, the addresses' owner
L = {
 "en": dict(new="The second parcel is broken as well.\n\nPlease refund order 48213.", old="We have sent you a new one.\nYour support team", name="Shop Support",
   gmail="On Mon, May 4, 2026 at 9:12 AM Shop Support <support@shop.example> wrote:", apple="On 4 May 2026, at 09:12, Shop Support <support@shop.example> wrote:",
   fields=("From", "Sent", "To", "Subject"), day="Monday, May 4, 2026 9:12 AM", orig="Original Message", phone="Sent from my iPhone", re="Re: ", fw="Fwd: ", fwline="Forwarded message"),
 "de": dict(new="Auch das zweite Paket ist kaputt.\n\nBitte erstatten Sie mir die Bestellung 48213.", old="Wir haben Ihnen ein neues geschickt.\nIhr Team", name="Shop Kundendienst",
   gmail="Am Mo., 4. Mai 2026 um 09:12 Uhr schrieb Shop Kundendienst <support@shop.example>:", apple="Am 04.05.2026 um 09:12 schrieb Shop Kundendienst <support@shop.example>:",
   fields=("Von", "Gesendet", "An", "Betreff"), day="Montag, 4. Mai 2026 09:12", orig="Ursprüngliche Nachricht", phone="Von meinem iPhone gesendet", re="AW: ", fw="WG: ", fwline="Weitergeleitete Nachricht"),
 "fr": dict(new="Le deuxième colis est cassé aussi.\n\nMerci de rembourser la commande 48213.", old="Nous vous en avons envoyé un autre.\nVotre équipe", name="Service Client",
   gmail="Le lun. 4 mai 2026 à 09:12, Service Client <support@shop.example> a écrit :", apple="Le 4 mai 2026 à 09:12, Service Client <support@shop.example> a écrit :",
   fields=("De", "Envoyé", "À", "Objet"), day="lundi 4 mai 2026 09:12", orig="Message d'origine", phone="Envoyé de mon iPhone", re="RE: ", fw="TR: ", fwline="Message transféré"),
 "es": dict(new="El segundo paquete también está roto.\n\nQuiero el reembolso del pedido 48213.", old="Le hemos enviado otro.\nSu equipo", name="Atención al Cliente",
   gmail="El lun, 4 may 2026 a las 9:12, Atención al Cliente (<support@shop.example>) escribió:", apple="El 4 may 2026, a las 9:12, Atención al Cliente <support@shop.example> escribió:",
   fields=("De", "Enviado", "Para", "Asunto"), day="lunes, 4 de mayo de 2026 9:12", orig="Mensaje original", phone="Enviado desde mi iPhone", re="RE: ", fw="RV: ", fwline="Mensaje reenviado"),
 "it": dict(new="Anche il secondo pacco è rotto.\n\nVorrei il rimborso dell'ordine 48213.", old="Ne abbiamo spedito un altro.\nIl vostro team", name="Servizio Clienti",
   gmail="Il giorno lun 4 mag 2026 alle ore 09:12 Servizio Clienti <support@shop.example> ha scritto:", apple="Il giorno 4 mag 2026, alle ore 09:12, Servizio Clienti <support@shop.example> ha scritto:",
   fields=("Da", "Inviato", "A", "Oggetto"), day="lunedì 4 maggio 2026 09:12", orig="Messaggio originale", phone="Inviato da iPhone", re="R: ", fw="I: ", fwline="Messaggio inoltrato"),
 "pt": dict(new="O segundo pacote também está quebrado.\n\nQuero o reembolso do pedido 48213.", old="Enviamos outro para você.\nSua equipe", name="Atendimento",
   gmail="Em seg., 4 de mai. de 2026 às 09:12, Atendimento <support@shop.example> escreveu:", apple="Em 4 de mai. de 2026, à(s) 09:12, Atendimento <support@shop.example> escreveu:",
   fields=("De", "Enviado", "Para", "Assunto"), day="segunda-feira, 4 de maio de 2026 09:12", orig="Mensagem original", phone="Enviado do meu iPhone", re="RES: ", fw="ENC: ", fwline="Mensagem encaminhada"),
 "nl": dict(new="Ook het tweede pakket is kapot.\n\nIk wil mijn geld terug voor bestelling 48213.", old="Wij hebben u een nieuw gestuurd.\nUw team", name="Klantenservice",
   gmail="Op ma 4 mei 2026 om 09:12 schreef Klantenservice <support@shop.example>:", apple="Op 4 mei 2026 om 09:12 heeft Klantenservice <support@shop.example> het volgende geschreven:",
   fields=("Van", "Verzonden", "Aan", "Onderwerp"), day="maandag 4 mei 2026 09:12", orig="Oorspronkelijk bericht", phone="Verstuurd vanaf mijn iPhone", re="Antw: ", fw="FW: ", fwline="Doorgestuurd bericht"),
 "ja": dict(new="二つ目の荷物も壊れていました。\n\n注文48213の返金をお願いします。", old="新しい商品をお送りしました。\nサポート担当", name="サポート",
   gmail="2026年5月4日(月) 9:12 サポート <support@shop.example>:", apple="2026/05/04 9:12、サポート <support@shop.example>のメール：",
   fields=("差出人", "送信日時", "宛先", "件名"), day="2026年5月4日 月曜日 9:12", orig="元のメッセージ", phone="iPhoneから送信", re="Re: ", fw="転送: ", fwline="転送メッセージ"),
 "ko": dict(new="두 번째 소포도 파손되었습니다.\n\n주문 48213 환불해 주세요.", old="새 상품을 보내 드렸습니다.\n고객센터", name="고객센터",
   gmail="2026년 5월 4일 (월) 오전 9:12, 고객센터 <support@shop.example>님이 작성:", apple="2026. 5. 4. 오전 9:12, 고객센터 <support@shop.example> 작성:",
   fields=("보낸 사람", "보낸 날짜", "받는 사람", "제목"), day="2026년 5월 4일 월요일 오전 9:12", orig="원본 메시지", phone="나의 iPhone에서 보냄", re="Re: ", fw="전달: ", fwline="전달된 메시지"),
 "ru": dict(new="Вторая посылка тоже разбита.\n\nПрошу вернуть деньги за заказ 48213.", old="Мы отправили вам новую.\nСлужба поддержки", name="Поддержка",
   gmail="пн, 4 мая 2026 г. в 09:12, Поддержка <support@shop.example>:", apple="4 мая 2026 г., в 09:12, Поддержка <support@shop.example> написал(а):",
   fields=("От", "Отправлено", "Кому", "Тема"), day="4 мая 2026 г. 9:12", orig="Исходное сообщение", phone="Отправлено с iPhone", re="Re: ", fw="Fwd: ", fwline="Пересылаемое сообщение"),
 "pl": dict(new="Druga paczka też jest zniszczona.\n\nProszę o zwrot pieniędzy za zamówienie 48213.", old="Wysłaliśmy nową.\nTwój zespół", name="Obsługa Klienta",
   gmail="pon., 4 maj 2026 o 09:12 Obsługa Klienta <support@shop.example> napisał(a):", apple="Wiadomość napisana przez Obsługa Klienta <support@shop.example> w dniu 04.05.2026, o godz. 09:12:",
   fields=("Od", "Wysłano", "Do", "Temat"), day="poniedziałek, 4 maja 2026 09:12", orig="Wiadomość oryginalna", phone="Wysłane z iPhone'a", re="Odp: ", fw="PD: ", fwline="Treść przekazanej wiadomości"),
 "sv": dict(new="Det andra paketet är också trasigt.\n\nJag vill ha pengarna tillbaka för order 48213.", old="Vi har skickat ett nytt.\nKundtjänst", name="Kundtjänst",
   gmail="Den mån 4 maj 2026 kl 09:12 skrev Kundtjänst <support@shop.example>:", apple="4 maj 2026 kl. 09:12 skrev Kundtjänst <support@shop.example>:",
   fields=("Från", "Skickat", "Till", "Ämne"), day="den 4 maj 2026 09:12", orig="Ursprungligt meddelande", phone="Skickat från min iPhone", re="SV: ", fw="VB: ", fwline="Vidarebefordrat meddelande"),
 "da": dict(new="Den anden pakke er også ødelagt.\n\nJeg vil have pengene tilbage for ordre 48213.", old="Vi har sendt en ny.\nKundeservice", name="Kundeservice",
   gmail="Den man. 4. maj 2026 kl. 09.12 skrev Kundeservice <support@shop.example>:", apple="Den 4. maj 2026 kl. 09.12 skrev Kundeservice <support@shop.example>:",
   fields=("Fra", "Sendt", "Til", "Emne"), day="4. maj 2026 09:12", orig="Oprindelig meddelelse", phone="Sendt fra min iPhone", re="SV: ", fw="VS: ", fwline="Videresendt meddelelse"),
 "no": dict(new="Den andre pakken er også ødelagt.\n\nJeg vil ha pengene tilbake for bestilling 48213.", old="Vi har sendt en ny.\nKundeservice", name="Kundeservice",
   gmail="man. 4. mai 2026 kl. 09:12 skrev Kundeservice <support@shop.example>:", apple="4. mai 2026 kl. 09:12 skrev Kundeservice <support@shop.example>:",
   fields=("Fra", "Sendt", "Til", "Emne"), day="mandag 4. mai 2026 09:12", orig="Opprinnelig melding", phone="Sendt fra min iPhone", re="SV: ", fw="VS: ", fwline="Videresendt melding"),
 "fi": dict(new="Myös toinen paketti on rikki.\n\nHaluan rahat takaisin tilauksesta 48213.", old="Lähetimme uuden.\nAsiakaspalvelu", name="Asiakaspalvelu",
   gmail="ma 4. toukok. 2026 klo 9.12 Asiakaspalvelu (support@shop.example) kirjoitti:", apple="Asiakaspalvelu <support@shop.example> kirjoitti 4.5.2026 kello 9.12:",
   fields=("Lähettäjä", "Lähetetty", "Vastaanottaja", "Aihe"), day="maanantai 4. toukokuuta 2026 9.12", orig="Alkuperäinen viesti", phone="Lähetetty iPhonesta", re="VS: ", fw="VL: ", fwline="Välitetty viesti"),
 "tr": dict(new="İkinci paket de kırık geldi.\n\n48213 numaralı sipariş için iade istiyorum.", old="Size yenisini gönderdik.\nDestek ekibi", name="Destek",
   gmail="Destek <support@shop.example>, 4 May 2026 Pzt, 09:12 tarihinde şunu yazdı:", apple="Destek <support@shop.example> şunları yazdı (4 May 2026 09:12):",
   fields=("Kimden", "Gönderildi", "Kime", "Konu"), day="4 Mayıs 2026 Pazartesi 09:12", orig="Özgün İleti", phone="iPhone'umdan gönderildi", re="Ynt: ", fw="İlt: ", fwline="Yönlendirilen ileti"),
 "vi": dict(new="Gói hàng thứ hai cũng bị vỡ.\n\nTôi muốn được hoàn tiền cho đơn hàng 48213.", old="Chúng tôi đã gửi gói mới.\nBộ phận hỗ trợ", name="Hỗ trợ",
   gmail="Vào Th 2, 4 thg 5, 2026 vào lúc 09:12 Hỗ trợ <support@shop.example> đã viết:", apple="Vào 4 thg 5, 2026, lúc 09:12, Hỗ trợ <support@shop.example> đã viết:",
   fields=("Từ", "Đã gửi", "Đến", "Chủ đề"), day="Thứ Hai, 4 Tháng Năm, 2026 09:12", orig="Thư gốc", phone="Đã gửi từ iPhone của tôi", re="Re: ", fw="Fwd: ", fwline="Thư được chuyển tiếp"),
 "zh-Hans": dict(new="第二个包裹也是坏的。\n\n请退款，订单号48213。", old="我们已经为您补发。\n客服中心", name="客服中心",
   gmail="客服中心 <support@shop.example> 于2026年5月4日周一 09:12写道：", apple="在 2026年5月4日，09:12，客服中心 <support@shop.example> 写道：",
   fields=("发件人", "发送时间", "收件人", "主题"), day="2026年5月4日 星期一 9:12", orig="原始邮件", phone="发自我的iPhone", re="回复：", fw="转发：", fwline="转发的邮件"),
 "zh-Hant": dict(new="第二個包裹也是壞的。\n\n請退款，訂單號48213。", old="我們已經為您補寄。\n客服中心", name="客服中心",
   gmail="客服中心 <support@shop.example> 於 2026年5月4日 週一 上午9:12寫道：", apple="客服中心 <support@shop.example> 於 2026年5月4日 上午9:12 寫道：",
   fields=("寄件者", "寄件日期", "收件者", "主旨"), day="2026年5月4日 星期一 上午 09:12", orig="原始郵件", phone="從我的 iPhone 傳送", re="回覆：", fw="轉寄：", fwline="轉寄郵件"),
}
SUBJECT = {"zh-Hans": "包裹破损", "zh-Hant": "包裹破損", "ja": "荷物の破損", "ko": "파손된 소포", "ru": "Разбитая посылка"}

def quoted(text, mark="> "): return "\n".join((mark + l).rstrip() for l in text.split("\n"))

def wrap(line, width=60):
    """Breaks a line at a space, as mail programs do with attributions."""
    if len(line) <= width: return line
    cut = line.rfind(" ", 0, width)
    return line if cut < 10 else line[:cut] + "\n" + wrap(line[cut + 1:], width)

def block(l, colon=": ", mail=" <support@shop.example>"):
    f = l["fields"]
    return "%s%s%s%s\n%s%s%s\n%s%sann@example.org\n%s%s%s%s" % (f[0], colon, l["name"], mail, f[1], colon, l["day"], f[2], colon, f[3], colon, l["re"], "48213")

def p(text): return "".join("<p>%s</p>" % x for x in text.split("\n\n"))
def divs(text): return "".join("<div>%s</div>" % (x or "<br>") for x in text.split("\n"))
def e(text): return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")

def replies():
    out = []
    def add(name, mail, *reply, **more): out.append(case(name, mail, reply=list(reply), **more))
    for lang, l in L.items():
        s = word(l["re"] + SUBJECT.get(lang, "48213"))
        f = word(l["fw"] + SUBJECT.get(lang, "48213"))
        add("gmail plain " + lang, plain(s, l["new"] + "\n\n" + l["gmail"] + "\n\n" + quoted(l["old"]) + "\n"), l["new"])
        add("gmail plain wrapped " + lang, plain(s, l["new"] + "\n\n" + wrap(l["gmail"]) + "\n\n" + quoted(l["old"]) + "\n"), l["new"])
        add("apple plain with phone line " + lang, plain(s, l["new"] + "\n\n" + l["phone"] + "\n\n" + quoted(l["apple"] + "\n\n" + l["old"]) + "\n"), l["new"])
        add("apple plain " + lang, plain(s, l["new"] + "\n\n" + l["apple"] + "\n\n" + quoted(l["old"]) + "\n\n"), l["new"])
        add("attribution without quote marks " + lang, plain(s, l["new"] + "\n\n" + l["gmail"] + "\n\n" + l["old"] + "\n"), l["new"])
        add("outlook plain " + lang, plain(s, l["new"] + "\n\n________________________________\n" + block(l) + "\n\n" + l["old"] + "\n"), l["new"])
        add("outlook plain without line " + lang, plain(s, l["new"] + "\n\n" + block(l, mail=" [mailto:support@shop.example]") + "\n\n" + l["old"] + "\n"), l["new"])
        add("original message " + lang, plain(s, l["new"] + "\n\n-----" + l["orig"] + "-----\n" + block(l) + "\n\n" + l["old"] + "\n"), l["new"])
        add("bottom posting " + lang, plain(s, l["gmail"] + "\n\n" + quoted(l["old"]) + "\n\n" + l["new"] + "\n"), l["new"])
        a, b = l["old"].split("\n")
        c, d = l["new"].split("\n\n")
        add("between quotes " + lang, plain(s, l["apple"] + "\n> " + a + "\n\n" + c + "\n\n> " + b + "\n\n" + d + "\n"), c + "\n\n" + d)
        add("delimiter signature " + lang, plain(s, l["new"] + "\n\n-- \nAnn Lee\nExample Ltd.\n\n" + l["gmail"] + "\n\n" + quoted(l["old"])), l["new"])
        whole = c + "\n\n---------- " + l["fwline"] + " ---------\n" + block(l) + "\n\n" + l["old"]
        add("forward stays whole " + lang, plain(f, whole), whole)
        add("forward by subject stays whole " + lang, plain(f, c + "\n\n" + block(l) + "\n\n" + l["old"]), c + "\n\n" + block(l) + "\n\n" + l["old"])
        add("gmail html " + lang, html(s, '<div dir="ltr">' + divs(l["new"]) + '</div><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">' + e(l["gmail"])
            + '<br></div><blockquote class="gmail_quote" style="margin:0px 0px 0px 0.8ex">' + divs(l["old"]) + '</blockquote></div>'), l["new"])
        add("outlook html " + lang, html(s, '<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal{margin:0cm}</style></head><body lang=x><div class=WordSection1>'
            + "".join('<p class=MsoNormal>%s<o:p></o:p></p>' % (x or "<o:p>&nbsp;</o:p>") for x in l["new"].split("\n"))
            + '<p class=MsoNormal><o:p>&nbsp;</o:p></p><div><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p class=MsoNormal>'
            + "<br>".join("<b>%s:</b> %s" % tuple(e(x).split(": ", 1)) for x in block(l).split("\n")) + '</p></div></div>'
            + "".join('<p class=MsoNormal>%s</p>' % x for x in l["old"].split("\n")) + '</div></body></html>'), l["new"])
        add("apple html " + lang, html(s, '<html><body dir="auto">' + divs(l["new"]) + '<br><div dir="ltr">' + e(l["phone"]) + '</div><div dir="ltr"><br><blockquote type="cite">' + e(l["apple"])
            + '<br><br></blockquote></div><blockquote type="cite"><div dir="ltr">' + divs(l["old"]) + '</div></blockquote></body></html>'), l["new"])
        add("web outlook html " + lang, html(s, '<html><body><div style="font-family:Calibri">' + divs(l["new"]) + '</div><div id="appendonsend"></div><hr style="display:inline-block;width:98%" tabindex="-1">'
            '<div id="divRplyFwdMsg" dir="ltr"><font face="Calibri">' + "<br>".join("<b>%s:</b> %s" % tuple(e(x).split(": ", 1)) for x in block(l).split("\n"))
            + '</font><div>&nbsp;</div></div>' + divs(l["old"]) + '</body></html>'), l["new"])
        add("thunderbird html " + lang, html(s, '<html><body>' + p(l["new"]) + '<div class="moz-cite-prefix">' + e(l["apple"]) + '<br></div><blockquote type="cite" cite="mid:x@y">'
            + divs(l["old"]) + '</blockquote></body></html>'), l["new"])
    chinese(add)
    hard(add)
    return out

def chinese(add):
    new, old = L["zh-Hans"]["new"], L["zh-Hans"]["old"]
    s = word("回复：包裹破损")
    head = '发件人: "客服中心" <support@shop.example>;\n发送时间: 2026年5月4日(星期一) 上午9:12\n收件人: "安"<ann@example.cn>;\n主题: 回复：包裹破损'
    add("QQ mail plain", plain(s, new + "\n\n\n\n\n------------------ 原始邮件 ------------------\n" + head + "\n\n\n" + old), new)
    add("QQ mail plain English interface", plain(s, new + '\n\n\n------------------&nbsp;Original&nbsp;------------------\nFrom: "客服中心"<support@shop.example>;\nDate: Mon, May 4, 2026 09:12 AM\nTo: "安"<ann@example.cn>;\nSubject: Re:\n\n' + old), new)
    add("QQ mail html", html(s, "<div>" + new.replace("\n\n", "</div><div><br></div><div>") + '</div><div><br></div><div><br></div><div style="font-size: 12px;font-family: Arial Narrow;padding:2px 0 2px 0;">------------------&nbsp;原始邮件&nbsp;------------------</div>'
        '<div style="font-size: 12px;background:#efefef;padding:8px;"><div><b>发件人:</b>&nbsp;"客服中心"&lt;support@shop.example&gt;;</div><div><b>发送时间:</b>&nbsp;2026年5月4日(星期一) 上午9:12</div><div><b>收件人:</b>&nbsp;"安"&lt;ann@example.cn&gt;;</div><div><b>主题:</b>&nbsp;回复：包裹破损</div></div><div><br></div>' + divs(old)), new)
    add("QQ mail phone", plain(s, new + "\n\n\n\n发自我的iPhone\n\n\n------------------ 原始邮件 ------------------\n" + head + "\n\n" + old), new)
    add("163 plain", plain(s, new + '\n\n\n\n\n\n\n\n在 2026-05-04 09:12:33，"客服中心" <support@shop.example> 写道：\n\n' + old), new)
    add("163 plain quoted", plain(s, new + '\n\n\n在 2026-05-04 09:12:33，"客服中心" <support@shop.example> 写道：\n\n' + quoted(old, ">")), new)
    add("163 English interface", plain(s, new + '\n\n\nAt 2026-05-04 09:12:33, "Shop Support" <support@shop.example> wrote:\n\n' + old), new)
    add("163 html", html(s, '<div style="line-height:1.7;color:#000000;font-size:14px;font-family:Arial"><div>' + new.replace("\n\n", "</div><div><br></div><div>") + '</div><br><p style="margin: 0;"><br></p><div style="position:relative;zoom:1"></div><div id="divNeteaseMailCard"></div><p style="margin: 0;"><br></p>'
        '<pre><br>在 2026-05-04 09:12:33，"客服中心" &lt;support@shop.example&gt; 写道：<br></pre><blockquote id="isReplyContent" style="PADDING-LEFT: 1ex; MARGIN: 0px 0px 0px 0.8ex; BORDER-LEFT: #ccc 1px solid">' + divs(old) + '</blockquote></div>'), new)
    add("NetEase master phone", plain(s, new + "\n\n\n\n| |\n安\n|\n|\nann@example.cn\n|\n\n\n---- 回复的原邮件 ----\n| 发件人 | 客服中心<support@shop.example> |\n| 发送日期 | 2026年05月04日 09:12 |\n| 收件人 | <ann@example.cn> |\n| 主题 | 回复：包裹破损 |\n" + old), new, new + "\n\n| |\n安\n|\n|\nann@example.cn\n|")
    add("NetEase master with sender line", plain(s, new + "\n\n发自我的小米手机\n在 客服中心 <support@shop.example>，2026年5月4日 09:12写道：\n\n" + old), new)
    add("Foxmail plain", plain(s, new + "\n\n\n\nann@example.cn\n \n发件人： 客服中心\n发送时间： 2026-05-04 09:12\n收件人： 安\n主题： 回复: 包裹破损\n" + old), new, new + "\n\nann@example.cn")
    add("Foxmail html", html(s, '<div>' + new.replace("\n\n", "</div><div><br></div><div>") + '</div><div><br></div><hr style="width: 210px; height: 1px;" color="#b5c4df" size="1" align="left"><div><span><div style="MARGIN: 10px; FONT-FAMILY: verdana; FONT-SIZE: 10pt"><div>ann@example.cn</div></div></span></div>'
        '<blockquote style="margin-Top: 0px; margin-Bottom: 0px; margin-Left: 0.5em"><div>&nbsp;</div><div style="border:none;border-top:solid #B5C4DF 1.0pt;padding:3.0pt 0cm 0cm 0cm"><div style="PADDING-RIGHT: 8px; FONT-SIZE: 12px;FONT-FAMILY:tahoma;COLOR:#000000; BACKGROUND: #efefef"><div><b>发件人：</b>&nbsp;<a href="mailto:support@shop.example">客服中心</a></div><div><b>发送时间：</b>&nbsp;2026-05-04&nbsp;09:12</div><div><b>收件人：</b>&nbsp;<a href="mailto:ann@example.cn">安</a></div><div><b>主题：</b>&nbsp;回复: 包裹破损</div></div></div>' + divs(old) + '</blockquote>'), new, new + "\n\nann@example.cn")
    add("Lark plain", plain(s, new + "\n\n发件人： \"客服中心\"<support@shop.example>\n日期：  2026年5月4日 (周一) 09:12\n主题：  包裹破损\n收件人： \"安\"<ann@example.cn>\n" + old), new)
    add("Lark html", html(s, '<div id="editor_version_6.1.3_x" style="word-break:break-word"><div>' + new.replace("\n\n", "</div><div><br></div><div>") + '</div></div><div class="history-quote-wrapper" id="lark-mail-quote-177"><div data-html-block="quote" data-mail-html-ignore=""><div class="adit-html-block adit-html-block--collapsed" style="border-left:none;padding-left:0px"><div><div class="adit-html-block__attr history-quote-meta-before-collapsed history-quote-gap-tag" id="lark-mail-quote-meta-x"><div><div>发件人：<span><a href="mailto:support@shop.example">"客服中心"&lt;support@shop.example&gt;</a></span></div><div>日期：  2026年5月4日 (周一) 09:12</div><div>主题：  包裹破损</div></div></div>' + divs(old) + '</div></div></div></div>'), new)
    add("DingTalk plain", plain(s, new + "\n\n------------------------------------------------------------------\n发件人：客服中心 <support@shop.example>\n发送时间：2026年5月4日(星期一) 09:12\n收件人：安 <ann@example.cn>\n主　题：回复：包裹破损\n\n" + old), new)
    add("DingTalk html", html(s, '<div class="__aliyun_email_body_block"><div style="clear:both;"><span>' + new.replace("\n\n", "</span></div><div><br></div><div><span>") + '</span></div><div><br></div><blockquote style="margin-right:0;margin-top:0;margin-bottom:0;"><div style="clear:both;">------------------------------------------------------------------</div><div style="clear:both;">发件人：客服中心 &lt;support@shop.example&gt;</div><div>发送时间：2026年5月4日(星期一) 09:12</div><div>收件人：安 &lt;ann@example.cn&gt;</div><div>主　题：回复：包裹破损</div><div><br></div>' + divs(old) + '</blockquote></div>'), new)
    add("WeCom mail plain", plain(s, new + "\n\n\n------------------ Original ------------------\nFrom: &nbsp;\"客服中心\"<support@shop.example>;\nDate: &nbsp;Mon, May 4, 2026 09:12 AM\nTo: &nbsp;\"安\"<ann@example.cn>;\nSubject: &nbsp;包裹破损\n\n" + old), new)
    add("Huawei phone", plain(s, new + "\n\n发自我的华为手机\n\n\n-------- 原始邮件 --------\n发件人： 客服中心 <support@shop.example>\n日期： 2026年5月4日周一 09:12\n收件人： ann@example.cn\n主 题： 包裹破损\n" + quoted(old)), new)
    add("Xiaomi phone", plain(s, new + "\n\n来自小米手机\n在 客服中心 <support@shop.example>，2026年5月4日 上午9:12写道：\n\n" + old), new)
    add("Samsung phone", plain(word("Re: parcel"), "Still broken, please call me.\n\n\n\nSent from my Galaxy\n\n\n-------- Original message --------\nFrom: Shop Support <support@shop.example>\nDate: 5/4/26 09:12 (GMT+01:00)\nTo: ann@example.org\nSubject: Re: parcel\n\nWe have sent a new one."), "Still broken, please call me.")
    add("Outlook zh phone", plain(s, new + "\n\n获取 Outlook for iOS<https://aka.ms/o0ukef>\n________________________________\n发件人: 客服中心 <support@shop.example>\n发送时间: Monday, May 4, 2026 9:12:33 AM\n收件人: 安 <ann@example.cn>\n主题: 回复: 包裹破损\n\n" + old), new)
    add("Outlook en phone", plain(word("Re: parcel"), "Still broken.\n\nGet Outlook for Android<https://aka.ms/AAb9ysg>\n________________________________\nFrom: Shop Support <support@shop.example>\nSent: Monday, May 4, 2026 9:12:33 AM\nTo: Ann <ann@example.org>\nSubject: Re: parcel\n\nWe have sent a new one."), "Still broken.")
    add("Yahoo plain", plain(word("Re: parcel"), " Still broken.\n\n\n    On Monday, May 4, 2026 at 09:12:33 AM GMT+8, Shop Support <support@shop.example> wrote:  \n \n We have sent a new one.\n"), "Still broken.")
    add("Yahoo html", html(word("Re: parcel"), '<div class="yahoo-style-wrap"><div>Still broken.</div><div><br></div></div><div id="ydp1yahoo_quoted_1" class="ydp-yahoo-quoted yahoo_quoted"><div>On Monday, May 4, 2026 at 09:12:33 AM GMT+8, Shop Support &lt;support@shop.example&gt; wrote:</div><div><br></div><div>We have sent a new one.</div></div>'), "Still broken.")
    add("Proton html", html(word("Re: parcel"), '<div>Still broken.<br></div><div class="protonmail_signature_block"><div>Sent with Proton Mail</div></div><div class="protonmail_quote">On Monday, May 4th, 2026 at 9:12, Shop Support wrote:<blockquote class="protonmail_quote" type="cite">We have sent a new one.</blockquote></div>'), "Still broken.")
    add("confidentiality notice zh", plain(s, new + "\n\n本邮件及其附件含有保密信息，仅限于发送给上面地址中列出的个人或群组。禁止任何其他人以任何形式使用。"), new)
    add("confidentiality notice en", plain("parcel", "Still broken.\n\nThis e-mail and any attachments are confidential and intended solely for the addressee. If you are not the intended recipient, delete it."), "Still broken.")
    add("confidentiality notice de", plain("Paket", "Immer noch kaputt.\n\nDiese E-Mail enthält vertrauliche und/oder rechtlich geschützte Informationen. Wenn Sie nicht der richtige Adressat sind, informieren Sie bitte den Absender."), "Immer noch kaputt.")
    add("contact block", plain("parcel", "Still broken, as I said.\n\nBest regards,\nAnn Lee\nExample Ltd., 12 Mill Road\nTel: +44 20 7946 0000\nwww.example.org"), "Still broken, as I said.", "Still broken, as I said.\n\nBest regards,\nAnn Lee")
    add("contact block ja", plain(word("荷物"), "まだ壊れています。交換をお願いします。\n\n━━━━━━━━━━━━━━━\n株式会社サンプル 山田太郎\nTEL 03-0000-0000\nyamada@example.jp\n━━━━━━━━━━━━━━━"), "まだ壊れています。交換をお願いします。")

def hard(add):
    """What must not be cut, and what nearly looks like something else."""
    keep = [
        ("people quote people", "Re: visit", "On 12 May your colleague wrote:\nwe never give refunds. I do not accept that."),
        ("form with names of fields", "complaint", "Name: Ann Lee\nDate: 2026-05-04\nSubject: broken lamp\nOrder: 48213\nThe lamp does not work."),
        ("form zh", "投诉", "姓名：王芳\n日期：2026年5月4日\n主题：灯坏了\n订单号：48213\n灯不亮，要求退货。"),
        ("trip", "flight", "From: Beijing\nTo: Shanghai\nDate: 2026-05-04\nThe flight was cancelled and nobody told us."),
        ("dashes in text", "list", "I ordered:\n- a lamp\n- a chair\n---\nBoth are broken."),
        ("sent from in a sentence", "parcel", "The parcel was sent from my old address, which is wrong.\nPlease check the label."),
        ("time with colon at the end", "hours", "I came at 9:30 on 4 May 2026 and your shop said:\nclosed."),
        ("colon list zh", "投诉", "2026年5月4日客服对我说：\n没有办法退款。\n我要求经理联系我。"),
        ("only a greeting", "hi", "Hello"),
        ("one word", "x", "Refund!"),
        ("long signature word", "x", "Regards to your team, but the lamp is broken.\nPlease send a new one."),
        ("dashes between paragraphs", "lamp", "Hello,\nfirst the facts.\n--\nThe lamp was delivered on Monday and it was broken when I opened the box, as you can see in the pictures that I attached.\nWhat will you do?"),
        ("notice of a customer", "recall", "I tell you once more:\nImportant notice: your product is dangerous.\nThe information in this manual is wrong."),
        ("contents zh", "说明书", "本邮件是正式投诉。\n请在三天内答复。"),
        ("contents nl", "pakket", "Hallo,\nDe inhoud van dit pakket was kapot."),
        ("contents it", "sito", "Salve,\nle informazioni contenute nel sito sono sbagliate."),
        ("sent by carrier", "parcel", "Where is it?\nSent via DHL yesterday"),
        ("sent fi", "paketti", "Hei,\nLähetetty tuote oli rikki"),
        ("sent pt", "pacote", "Onde está?\nEnviado de volta hoje"),
        ("agent wrote in the text", "x", "This happened.\nIn 2026 your agent Max wrote:\nwe do not care.\nI do not accept that."),
        ("agent wrote zh", "投诉", "事情经过如下。\n2026年5月4日客服在微信里写道：\n没有办法。\n我不接受。"),
        ("answer by address", "x", "Hello.\nIn 2026 I asked <help@shop.example>:\nno answer came.\nPlease help."),
        ("original in a sentence", "box", "The original message on the box says 12 V, it is 24 V."),
        ("forward in a sentence", "post", "My letter was forwarded message by message, none arrived."),
        ("arrow of a shopper", "price", "The price changed from 10 -> 20 euro.\nWhy?"),
        ("phone number stays", "call", "Please call me back.\nMy number is 13800138000."),
        ("wrote in the middle", "x", "Your agent wrote: it is our fault.\nSo pay."),
        ("ja polite ending", word("返品"), "商品が壊れています。返品をお願いします。\nよろしくお願いいたします。\n山田"),
    ]
    for name, subject, body in keep: add("keep: " + name, plain(subject, body), body)
    add("empty reply above history", plain("Re: parcel", "\n\nOn Mon, May 4, 2026 at 9:12 AM Shop <support@shop.example> wrote:\n\n> We have sent a new one.\n"),
        "On Mon, May 4, 2026 at 9:12 AM Shop <support@shop.example> wrote:\n\n> We have sent a new one.")
    add("reply with a new forward inside history", plain("Re: parcel", "Not solved.\n\nOn Mon, May 4, 2026 at 9:12 AM Shop <support@shop.example> wrote:\n\n> FYI\n> ---------- Forwarded message ---------\n> From: x@y.example\n"), "Not solved.")
    add("two levels", plain("Re: parcel", "No.\n\nOn Mon, May 4, 2026 at 9:12 AM Shop <support@shop.example> wrote:\n> Yes.\n>\n> On Sun, May 3, 2026 at 9:00 AM Ann <ann@example.org> wrote:\n>> Is it sent?\n"), "No.")
    add("attribution over three lines", plain("Re: parcel", "No.\n\nOn Monday, May 4, 2026 at 9:12 AM\nThe Very Long Named Shop Support Department\n<support@shop.example> wrote:\n\n> Yes.\n"), "No.")
    add("gmail answers in html between quotes", html("Re: parcel", '<div dir="ltr"><div class="gmail_quote"><div class="gmail_attr">On Mon, May 4, 2026 at 9:12 AM Shop &lt;support@shop.example&gt; wrote:<br></div><blockquote class="gmail_quote">Which colour?</blockquote><div>Red.</div><blockquote class="gmail_quote">Which size?</blockquote><div>Large.</div></div></div>'), "Red.\n\nLarge.", "Red.\nLarge.")
    add("gmail forward in html", html("Fwd: parcel", '<div dir="ltr">See below.<br><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">---------- Forwarded message ---------<br>From: <strong>Shop</strong> &lt;support@shop.example&gt;<br>Date: Mon, May 4, 2026<br>Subject: parcel<br>To: &lt;ann@example.org&gt;<br></div><br>It is lost.</div></div>'),
        "See below.\n\n---------- Forwarded message ---------\nFrom: Shop <support@shop.example>\nDate: Mon, May 4, 2026\nSubject: parcel\nTo: <ann@example.org>\n\nIt is lost.")
    q = "\n\n> Yes.\n"
    add("attribution behind words", plain("Re: parcel", "No, not yet. On Mon, May 4, 2026 at 9:12 AM, shop@shop.example wrote:" + q), "No, not yet.")
    add("attribution behind words zh", plain(word("回复：包裹"), "没有收到。 在 2026年5月4日 09:12，客服 <support@shop.example> 写道：\n我们已经发货"), "没有收到。")
    add("attribution between dashes", plain("Re: parcel", "No.\n\n------On 05/04/2026 09:12 AM, Shop Support wrote-----\n\nYes."), "No.")
    add("date and address above quotes", plain("Re: parcel", "No.\n\n2026/5/4 Shop Support <support@shop.example>\n\n> Yes.\n"), "No.")
    add("block that begins with the date", plain("Re: parcel", "No.\n\nDate: Mon, 4 May 2026 09:12:02 -0600\nFrom: support@shop.example\nTo: ann@example.org\nSubject: parcel\n\nYes."), "No.")
    add("stars around names of fields", plain("Re: parcel", "No.\n\n*From:* support@shop.example [mailto:\nsupport@shop.example]\n*Sent:* Monday, May 4, 2026 3:05 PM\n*To:* ann@example.org\n*Subject:* parcel\n\nYes."), "No.")
    add("plain blockquote of html", html("Re: parcel", "<div>No.</div><div>On 4-May-2026, at 9:12 AM, Shop &lt;support@shop.example&gt; wrote:</div><blockquote><div>Yes.</div></blockquote>"), "No.")
    add("hr and header block in html", html("Re: parcel", '<div>No.<br><div><hr>From: <a href="mailto:support@shop.example">support@shop.example</a><br>Date: Mon, 4 May 2026 12:35:31 -0600<br>To: <a href="mailto:ann@example.org">ann@example.org</a><br>Subject: parcel<br><br>Yes.</div></div>'), "No.")
    add("naver", plain(word("Re: 배송"), "아직 못 받았습니다.\n\n-----Original Message-----\nFrom: \"고객센터\" <support@shop.example>\nTo: <ann@example.kr>\nCc:\nSent: 2026-05-04 (월) 09:12:33 (GMT+09:00)\nSubject: 배송\n\n보냈습니다."), "아직 못 받았습니다.")
    add("daum", plain(word("Re: 배송"), "아직 못 받았습니다.\n\n--------- 원본 메일 ---------\n보낸사람 : 고객센터 <support@shop.example>\n받는사람 : ann@example.kr\n날짜 : 2026년 5월 04일 (월) 09:12:33\n제목 : 배송\n\n보냈습니다."), "아직 못 받았습니다.")
    add("yahoo japan", plain(word("Re: 荷物"), "まだ届きません。\n\n----- Original Message -----\n>From: support <support@shop.example>\n>To: ann@example.jp\n>Date: 2026/5/4, Mon 09:12\n>Subject: 荷物\n>\n>送りました。"), "まだ届きません。")
    add("sina", plain(word("回复：包裹"), "没有收到。\n\n----- 原始邮件 -----\n发件人：客服 <support@shop.example>\n收件人：ann@example.cn\n主题：包裹\n日期：2026年05月04日 09点12分\n\n已发货"), "没有收到。")
    add("windows mail zh", plain(word("回复：包裹"), "没有收到。\n\n从 Windows 版邮件发送\n\n发件人: 客服\n发送时间: 2026年5月4日 9:12\n收件人: 安\n主题: 包裹\n\n已发货"), "没有收到。")
    for n, a in (("thunderbird ko", "2026-05-04 오전 9:12에 고객센터 이(가) 쓴 글:"), ("thunderbird ru", "04.05.2026 9:12, Поддержка пишет:"), ("thunderbird pl", "W dniu 4.05.2026 o 09:12, Obsługa pisze:"), ("thunderbird fr", "Le 04/05/2026 à 09:12, Service a écrit :"), ("thunderbird zh", "在 2026/5/4 9:12, 客服 写道:"), ("thunderbird fi", "Palvelu kirjoitti 4.5.2026 klo 9.12:"),
        ("yahoo de", "Am Montag, 4. Mai 2026 um 09:12:33 MESZ hat Shop <support@shop.example> Folgendes geschrieben:"), ("yahoo it", "Il lunedì 4 maggio 2026 alle ore 09:12:33 CEST, Shop <support@shop.example> ha scritto:"), ("mail.ru", "Понедельник, 4 мая 2026, 9:12 +03:00 от Shop <support@shop.example>:"), ("yandex", '04.05.2026, 09:12, "Shop" <support@shop.example>:'),
        ("zoho", "---- On Mon, 04 May 2026 09:12:33 +0800 Shop <support@shop.example> wrote ----"), ("zoho zh", "---- 在 星期一, 2026-05-04 09:12:33 客服 <support@shop.example> 撰写 ----"), ("spark", "On May 4, 2026 at 9:12 AM +0800, Shop <support@shop.example>, wrote:"), ("ios pt", "No dia 04/05/2026, às 09:12, Shop <support@shop.example> escreveu:"), ("ios cs", "4. 5. 2026 v 9:12, Shop <support@shop.example>:")):
        add(n, plain("Re: x", "It is broken again.\n\n" + a + "\n\nold words here\n"), "It is broken again.")
    add("gmx", plain("Aw: x", "Es ist wieder kaputt.\n\nGesendet: Montag, 04. Mai 2026 um 09:12 Uhr\nVon: \"Shop\" <support@shop.example>\nAn: ann@example.de\nBetreff: x\n\nalte Worte"), "Es ist wieder kaputt.")
    add("em client", plain("Re: x", "Broken again.\n\n------ Original Message ------\nFrom: \"Shop\" <support@shop.example>\nTo: ann@example.org\nDate: 5/4/2026 9:12:33 AM\nSubject: x\n\nold"), "Broken again.")
    add("coremail", plain(word("回复：灯"), "又坏了。\n\n\n-----Original Messages-----\nFrom: 客服 <support@shop.example>\nSent Time: 2026-05-04 09:12:33 (星期一)\nTo: ann@example.cn\nCc:\nSubject: 灯\n\n旧"), "又坏了。")
    add("outlook phone html", html("Re: x", '<html><body><div dir="ltr" style="font-family:Aptos">Broken again.</div><div id="ms-outlook-mobile-signature"><div><br></div>Get <a href="https://aka.ms/o0ukef">Outlook for iOS</a></div><div id="mail-editor-reference-message-container" class="ms-outlook-mobile-reference-message"><hr><div id="divRplyFwdMsg"><strong>From:</strong> Shop<br><strong>Sent:</strong> Monday</div>old</div></body></html>'), "Broken again.")
    add("lotus notes", plain("Re: parcel", "Still broken.\n\n\nShop Support <support@shop.example>\nwrote on 04/05/2026 09:12:33:\n\n> We have sent a new one.\n"), "Still broken.", "Still broken.\n\nShop Support <support@shop.example>")
    add("mailing list footer", plain("parcel", "Still broken.\n\n_______________________________________________\nshop-users mailing list\nshop-users@lists.example\nhttps://lists.example/shop-users"), "Still broken.")
    add("html signature of gmail", html("parcel", '<div dir="ltr">Still broken.<br clear="all"><div><br></div><span class="gmail_signature_prefix">-- </span><br><div dir="ltr" class="gmail_signature">Ann Lee<br>Example Ltd.</div></div>'), "Still broken.")

# ---------------------------------------------------------------- messages
def messages():
    out = []
    def add(name, mail, **expect): out.append(case(name, mail, **expect))
    H = "From: Ann Lee <ann@example.org>\nTo: support@shop.example\nSubject: lamp\nDate: Mon, 4 May 2026 10:20:30 +0800\nMessage-ID: <m1@example.org>\nMIME-Version: 1.0\n"
    base = dict(subject="lamp", sender="ann@example.org", date="2026-05-04T02:20:30Z", message_id="m1@example.org")
    add("plain", H + "\nThe lamp is broken.\n", text="The lamp is broken.", attachments=[], **base)
    add("html only", H + "Content-Type: text/html; charset=utf-8\n\n<html><body><p>The lamp<br>is broken.</p></body></html>", text="The lamp\nis broken.", **base)
    def alt(a, b): return H + 'Content-Type: multipart/alternative; boundary="b1"\n\npreamble\n--b1\nContent-Type: text/plain; charset=utf-8\n\n%s\n--b1\nContent-Type: text/html; charset=utf-8\n\n%s\n--b1--\nepilogue\n' % (a, b)
    add("alternative", alt("Plain words.", "<p>HTML words.</p>"), text="Plain words.", attachments=[], **base)
    add("alternative, plain empty", alt(" \n", "<p>HTML words.</p>"), text="HTML words.", attachments=[], **base)
    add("alternative, plain is a placeholder", alt("Your mail program does not support HTML messages.", "<p>HTML words.</p>"), text="HTML words.", **base)
    add("alternative, plain only nbsp", alt("\u00a0", "<p>HTML words.</p>"), text="HTML words.", **base)
    png = base64.b64encode(b"\x89PNG" + bytes(range(60))).decode()
    mixed = H + 'Content-Type: multipart/mixed; boundary=b1\n\n--b1\nContent-Type: text/plain\n\nSee picture.\n--b1\nContent-Type: image/png; name="a.png"\nContent-Transfer-Encoding: base64\nContent-Disposition: attachment; filename="a.png"\n\n' + png + "\n--b1--\n"
    add("attachment", mixed, text="See picture.", attachments=[["a.png", "image/png", 64]], **base)
    add("no closing boundary", mixed.replace("--b1--\n", ""), text="See picture.", attachments=[["a.png", "image/png", 64]], **base)
    add("boundary parameter wrong", mixed.replace("boundary=b1", "boundary=zz"), text="See picture.", attachments=[["a.png", "image/png", 64]], **base)
    add("boundary parameter missing", mixed.replace("; boundary=b1", ""), text="See picture.", attachments=[["a.png", "image/png", 64]], **base)
    add("related in alternative", H + 'Content-Type: multipart/alternative; boundary=o\n\n--o\nContent-Type: text/plain\n\nP.\n--o\nContent-Type: multipart/related; boundary=i\n\n--i\nContent-Type: text/html\n\n<b>H.</b><img src="cid:1">\n--i\nContent-Type: image/png; name=x.png\nContent-ID: <1>\nContent-Transfer-Encoding: base64\n\n' + png + "\n--i--\n--o--\n",
        text="P.", attachments=[["x.png", "image/png", 64]], **base)
    add("alternative in related", H + 'Content-Type: multipart/related; boundary=o\n\n--o\nContent-Type: multipart/alternative; boundary=i\n\n--i\nContent-Type: text/plain\n\nP.\n--i\nContent-Type: text/html\n\n<b>H.</b>\n--i--\n--o\nContent-Type: image/png\nContent-ID: <1>\nContent-Disposition: inline; filename="y.png"\nContent-Transfer-Encoding: base64\n\n' + png + "\n--o--\n",
        text="P.", attachments=[["y.png", "image/png", 64]], **base)
    add("apple: texts around a picture", H + 'Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nBefore.\n--b\nContent-Type: image/png; name=p.png\nContent-Disposition: inline; filename=p.png\nContent-Transfer-Encoding: base64\n\n' + png + "\n--b\nContent-Type: text/plain\n\nAfter.\n--b--\n",
        text="Before.\n\nAfter.", attachments=[["p.png", "image/png", 64]], **base)
    add("text file attached", H + 'Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nSee log.\n--b\nContent-Type: text/plain; name="log.txt"\nContent-Disposition: attachment; filename="log.txt"\n\nline1\n--b--\n', text="See log.", attachments=[["log.txt", "text/plain", 5]], **base)
    add("html beside text as attachment", H + 'Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nSee page.\n--b\nContent-Type: text/html; name="p.html"\nContent-Disposition: attachment; filename="p.html"\n\n<p>x</p>\n--b--\n', text="See page.", attachments=[["p.html", "text/html", 8]], **base)
    add("forwarded message attached", H + 'Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nSee mail.\n--b\nContent-Type: message/rfc822\nContent-Disposition: attachment; filename="old.eml"\n\nFrom: x@y.example\nSubject: old\n\nOld words.\n--b--\n', text="See mail.", attachments=[["old.eml", "message/rfc822", 45]], **base)
    add("forwarded message alone", H + 'Content-Type: message/rfc822\n\nFrom: x@y.example\nSubject: old\n\nThe lamp burns.\n', text_has=["The lamp burns."], **base)
    add("digest signed", H + 'Content-Type: multipart/signed; boundary=b; micalg=sha-256; protocol="application/pkcs7-signature"\n\n--b\nContent-Type: text/plain\n\nSigned words.\n--b\nContent-Type: application/pkcs7-signature; name=smime.p7s\nContent-Transfer-Encoding: base64\nContent-Disposition: attachment; filename=smime.p7s\n\nMIAG\n--b--\n', text="Signed words.", attachments=[["smime.p7s", "application/pkcs7-signature", 3]], **base)
    add("pgp encrypted", H + 'Content-Type: multipart/encrypted; boundary=b; protocol="application/pgp-encrypted"\n\n--b\nContent-Type: application/pgp-encrypted\n\nVersion: 1\n--b\nContent-Type: application/octet-stream; name="encrypted.asc"\n\n-----BEGIN PGP MESSAGE-----\n--b--\n', text="", attachments=[[None, "application/pgp-encrypted", 10], ["encrypted.asc", "application/octet-stream", 27]], **base)
    add("only a pdf", H + 'Content-Type: application/pdf; name="rechnung.pdf"\nContent-Transfer-Encoding: base64\nContent-Disposition: attachment; filename="rechnung.pdf"\n\nJVBERg==\n', text="", attachments=[["rechnung.pdf", "application/pdf", 4]], **base)
    add("flowed", H + "Content-Type: text/plain; charset=utf-8; format=flowed\n\nThis is one \nlong line.\n> quoted \n> too\n\n-- \nAnn\n", text="This is one long line.\n> quoted too\n\n-- \nAnn", reply=["This is one long line."], **base)
    add("flowed delsp", H + "Content-Type: text/plain; charset=utf-8; format=flowed; delsp=yes\n\n这是一 \n行。\n", text="这是一行。", **base)
    add("quoted-printable", H + "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\nDie L=C3=A4mpe ist=\n kaputt =3D Schrott.\n", text="Die Lämpe ist kaputt = Schrott.", **base)
    add("mbox From line", "From ann@example.org Mon May  4 10:20:30 2026\n" + H + "\nThe lamp.\n", text="The lamp.", **base)
    add("no header at all", "The lamp is broken and nobody answers.\nI want a refund.\n", text="The lamp is broken and nobody answers.\nI want a refund.", sender=None)
    add("space before the colon", H.replace("Subject:", "Subject :") + "\nx y z\n", text="x y z", **base)
    add("stray line in the header", H.replace("MIME-Version", "this is no header line\nMIME-Version") + "\nx y z\n", text="x y z", **base)
    add("charset with wrong case and quotes", H + "Content-Type: TEXT/PLAIN; CHARSET=\"UTF-8\"\n\nä\n", text="ä", **base)
    add("type without subtype", H + "Content-Type: text\n\nwords\n", text="words", **base)
    add("html called plain", H + "Content-Type: text/plain\n\n<html><body><p>The lamp</p></body></html>\n", text="The lamp", **base)
    import struct
    def att(level, ident, data): return struct.pack("<BII", level, ident, len(data)) + data + struct.pack("<H", sum(data) & 0xFFFF)
    def prop(ident, data): return struct.pack("<HHI", 0x1F, ident, 1) + struct.pack("<I", len(data)) + data + b"\0" * (-len(data) % 4)
    rend = att(2, 0x00069002, b"\1\0" + b"\xff" * 12)
    name = "发票.pdf".encode("utf-16-le") + b"\0\0"
    winmail = struct.pack("<IH", 0x223E9F78, 1) + att(1, 0x00069007, struct.pack("<II", 936, 0)) + att(1, 0x0002800C, "灯坏了。".encode("gb18030") + b"\0") + rend + att(2, 0x00018010, b"FAPIAO~1.PDF\0") + att(2, 0x0006800F, b"%PDF") + att(2, 0x00069005, struct.pack("<I", 1) + prop(0x3707, name))
    tn = 'Content-Type: application/ms-tnef; name="winmail.dat"\nContent-Transfer-Encoding: base64\nContent-Disposition: attachment; filename="winmail.dat"\n\n' + base64.encodebytes(winmail).decode()
    add("winmail.dat alone", H + tn, text="灯坏了。", attachments=[["发票.pdf", "application/pdf", 4]], **base)
    add("winmail.dat beside text", H + 'Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nSee file.\n--b\n' + tn + "--b--\n", text="See file.", attachments=[["发票.pdf", "application/pdf", 4]], **base)
    add("winmail.dat that is none", H + 'Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nSee file.\n--b\nContent-Type: application/ms-tnef; name=winmail.dat\n\nxyz\n--b--\n', text="See file.", attachments=[["winmail.dat", "application/ms-tnef", 3]], **base)
    # charsets
    def cs(name, text, label, codec, **more): add("charset " + name, (H + "Content-Type: text/plain%s\nContent-Transfer-Encoding: 8bit\n\n" % (("; charset=" + label) if label else "")).encode() + text.encode(codec), text=text, **{**base, **more})
    zh = "商品有质量问题，客服态度很差，要求退款。订单号48213。"
    tw = "商品有瑕疵，客服態度很差，要求退款。訂單號48213。"
    ja = "商品が壊れていました。返金をお願いします。注文番号48213です。"
    ko = "상품이 파손되었습니다. 환불을 요청합니다. 주문 번호 48213."
    ru = "Товар пришёл разбитым. Прошу вернуть деньги за заказ 48213."
    cs("gb2312", zh, "gb2312", "gb18030"); cs("gbk", zh, "gbk", "gb18030"); cs("gb18030 rare", "退款给朱镕基，𠀀。", "gb2312", "gb18030"); cs("gbk unlabelled", zh, None, "gb18030")
    cs("gbk as iso-8859-1", zh, "iso-8859-1", "gb18030"); cs("gbk as us-ascii", zh, "us-ascii", "gb18030"); cs("gbk as utf-8", zh, "utf-8", "gb18030"); cs("utf-8 as gb2312", zh, "gb2312", "utf-8"); cs("utf-8 as iso-8859-1", zh, "iso-8859-1", "utf-8")
    cs("utf-8 unlabelled", zh, None, "utf-8"); cs("two characters gbk", "退款", None, "gb18030"); cs("two characters labelled", "退款", "gb2312", "gb18030")
    cs("big5", tw, "big5", "big5"); cs("big5 unlabelled", tw, None, "big5"); cs("big5 as gb2312", tw, "gb2312", "big5")
    cs("iso-2022-jp", ja, "iso-2022-jp", "iso2022_jp"); cs("iso-2022-jp unlabelled", ja, None, "iso2022_jp"); cs("iso-2022-jp as utf-8", ja, "utf-8", "iso2022_jp"); cs("iso-2022-jp vendor characters", "①㈱サンプル", "iso-2022-jp", "iso2022_jp_2004") if False else None
    cs("shift_jis", ja, "shift_jis", "cp932"); cs("shift_jis vendor", "①㈱サンプル～", "shift_jis", "cp932"); cs("shift_jis unlabelled", ja, None, "cp932"); cs("euc-jp", ja, "euc-jp", "euc_jp"); cs("euc-jp unlabelled", ja, None, "euc_jp")
    cs("ks_c_5601", ko, "ks_c_5601-1987", "cp949"); cs("euc-kr extension", "뷁 환불", "euc-kr", "cp949"); cs("euc-kr unlabelled", ko, None, "cp949")
    cs("koi8-r", ru, "koi8-r", "koi8_r"); cs("windows-1251", ru, "windows-1251", "cp1251"); cs("windows-1251 unlabelled", ru, None, "cp1251"); cs("koi8-r unlabelled", ru, None, "koi8_r")
    cs("windows-1252 in iso-8859-1", "“Geld” – 5 €, größer", "iso-8859-1", "cp1252"); cs("latin unlabelled", "Die Lampe ist größer, aber kaputt. Ärgerlich für mich.", None, "cp1252"); cs("french unlabelled", "Le colis est cassé, très déçu. Où est l'été ?", None, "cp1252")
    cs("iso-8859-2", "Żółta łódź jest zniszczona", "iso-8859-2", "iso8859_2"); cs("windows-1250", "Příliš žluťoučký kůň", "windows-1250", "cp1250"); cs("iso-8859-9", "Şikayet: ürün kırık, iade istiyorum", "iso-8859-9", "iso8859_9"); cs("windows-1258", "don hàng", "windows-1258", "cp1258")
    cs("iso-8859-15", "5 € zurück", "iso-8859-15", "iso8859_15"); cs("unknown label", zh, "x-unknown", "utf-8"); cs("nonsense label", zh, "klingon", "gb18030"); cs("utf-16", zh, "utf-16", "utf-16")
    cs("hz", "包裹", "hz-gb-2312", "hz"); cs("iso-2022-kr", ko, "iso-2022-kr", "iso2022_kr")
    add("utf-7 is not followed", H + "Content-Type: text/plain; charset=utf-7\n\n+ADw-script+AD4-\n", text="+ADw-script+AD4-", **base)
    add("html names its charset", (H + "Content-Type: text/html\n\n").encode() + ('<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"></head><body>' + zh + "</body></html>").encode("gb18030"), text=zh, **base)
    # headers
    def hd(name, header, **expect): add("header " + name, ("From: a@b.example\nDate: Mon, 4 May 2026 10:20:30 +0800\n").encode() + (header if isinstance(header, bytes) else header.encode()) + b"\n\nbody words\n", text="body words", **expect)
    u = "投诉：商品有质量问题".encode("utf-8")
    hd("encoded words split inside a character", "Subject: =?utf-8?B?%s?=\n =?utf-8?B?%s?=" % (base64.b64encode(u[:10]).decode(), base64.b64encode(u[10:]).decode()), subject="投诉：商品有质量问题")
    whole = base64.b64encode(u).decode()
    hd("base64 split anywhere", "Subject: =?utf-8?B?%s?=\n =?utf-8?B?%s?=" % (whole[:10], whole[10:]), subject="投诉：商品有质量问题")
    hd("Q split inside a character", "Subject: =?utf-8?Q?=E6=8A=95=E8?=\n =?utf-8?Q?=AF=89_x?=", subject="投诉 x")
    hd("gb2312 word", "Subject: =?gb2312?B?%s?=" % base64.b64encode("镕基退款".encode("gb18030")).decode(), subject="镕基退款")
    hd("raw gbk", b"Subject: " + "投诉商品质量问题".encode("gb18030"), subject="投诉商品质量问题")
    hd("raw utf-8", "Subject: 投诉商品质量问题", subject="投诉商品质量问题")
    hd("iso-2022-jp words", "Subject: =?ISO-2022-JP?B?%s?=" % base64.b64encode("返金のお願い".encode("iso2022_jp")).decode(), subject="返金のお願い")
    hd("raw iso-2022-jp", b"Subject: " + "返金のお願い".encode("iso2022_jp"), subject="返金のお願い")
    hd("two charsets", "Subject: =?iso-8859-1?Q?gr=F6=DFer?= =?utf-8?B?%s?=" % base64.b64encode("退款".encode()).decode(), subject="größer退款")
    hd("plain between words", "Subject: =?utf-8?Q?a=C3=A4?= b =?utf-8?Q?c?=", subject="aä b c")
    hd("words without space between", "Subject: =?utf-8?Q?a=C3=A4?==?utf-8?Q?b?=", subject="aäb")
    hd("spaces inside a word", "Subject: =?utf-8?Q?so viel =C3=84rger?=", subject="so viel Ärger")
    hd("word with language", "Subject: =?utf-8*de?Q?=C3=84rger?=", subject="Ärger")
    hd("broken word stays", "Subject: =?utf-8?X?abc?= rest", subject="=?utf-8?X?abc?= rest")
    hd("folded", "Subject: a long\n subject\n\tline", subject="a long subject line")
    hd("empty subject", "Subject: ", subject="")
    hd("unlabelled word", "Subject: =?unknown-8bit?B?%s?=" % base64.b64encode("投诉商品质量".encode("gb18030")).decode(), subject="投诉商品质量")
    # addresses
    def fr(name, value, address, display=None): add("from " + name, ("From: ".encode() + (value if isinstance(value, bytes) else value.encode()) + b"\nSubject: s\n\nbody words\n"), sender=address, sender_name=display)
    fr("bare", "ann@Example.ORG", "ann@example.org"); fr("name", "Ann Lee <ann@example.org>", "ann@example.org", "Ann Lee"); fr("quoted comma", '"Lee, Ann" <ann@example.org>', "ann@example.org", "Lee, Ann")
    fr("bare comma", "Lee, Ann <ann@example.org>", "ann@example.org", "Lee, Ann"); fr("comment", "ann@example.org (Ann Lee)", "ann@example.org", "Ann Lee"); fr("encoded", word("王芳") + " <w@example.cn>", "w@example.cn", "王芳")
    fr("encoded in quotes", '"' + word("王芳") + '" <w@example.cn>', "w@example.cn", "王芳"); fr("raw gbk", "王芳先生".encode("gb18030") + b" <w@example.cn>", "w@example.cn", "王芳先生"); fr("without brackets", "Ann Lee ann@example.org", "ann@example.org", "Ann Lee")
    fr("two mailboxes", "a@example.org, b@example.org", None); fr("group", "Friends: a@example.org, b@example.org;", None); fr("empty", "", None); fr("undisclosed", "undisclosed-recipients:;", None); fr("not an address", "Ann Lee", None)
    fr("encoded word hides an address", word("Boss <boss@shop.example>") + " <evil@example.org>", "evil@example.org", "Boss <boss@shop.example>"); fr("only an encoded word", "=?utf-8?Q?boss@shop.example?=", None)
    fr("double brackets", "Ann <<ann@example.org>>", "ann@example.org", "Ann"); fr("mailto", "Ann <mailto:ann@example.org>", "ann@example.org", "Ann"); fr("quoted local part", '"a b"@example.org', '"a b"@example.org'); fr("no domain", "ann@", None)
    fr("space inside", "Ann <ann @example.org>", "ann@example.org", "Ann"); fr("utf-8 local part", "王芳@example.cn", "王芳@example.cn"); fr("apostrophes", "'ann@example.org' <ann@example.org>", "ann@example.org", "ann@example.org"); fr("ip literal", "ann@[192.0.2.1]", "ann@[192.0.2.1]")
    # names of attachments
    def at(name, header, file): add("file name " + name, (H + 'Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nSee file.\n--b\n').encode() + (header if isinstance(header, bytes) else header.encode()) + b"\n\nx\n--b--\n", text="See file.", attachments=[[file, "application/pdf", 1]])
    at("rfc2231", "Content-Type: application/pdf\nContent-Disposition: attachment; filename*=utf-8''%E5%8F%91%E7%A5%A8.pdf", "发票.pdf")
    at("rfc2231 pieces", "Content-Type: application/pdf\nContent-Disposition: attachment; filename*0*=gb2312''%B7%A2; filename*1*=%C6%B1; filename*2=.pdf", "发票.pdf")
    at("rfc2231 pieces out of order", "Content-Type: application/pdf\nContent-Disposition: attachment; filename*1=b.pdf; filename*0=a", "ab.pdf")
    at("rfc2047", "Content-Type: application/pdf; name=\"" + word("发票") + ".pdf\"\nContent-Disposition: attachment", "发票.pdf")
    at("raw gbk", b"Content-Type: application/pdf\nContent-Disposition: attachment; filename=\"" + "质量问题发票".encode("gb18030") + b".pdf\"", "质量问题发票.pdf")
    at("raw utf-8", "Content-Type: application/pdf\nContent-Disposition: attachment; filename=\"发票.pdf\"", "发票.pdf")
    at("bare with spaces", "Content-Type: application/pdf; name=my file.pdf", "my file.pdf")
    at("rfc2231 beats plain", "Content-Type: application/pdf\nContent-Disposition: attachment; filename=\"x.pdf\"; filename*=utf-8''%C3%A4.pdf", "ä.pdf")
    at("folded rfc2047", "Content-Type: application/pdf\nContent-Disposition: attachment;\n filename=\"=?utf-8?B?5Y+R?=\n =?utf-8?B?56Wo?=.pdf\"", "发票.pdf")
    at("quoted semicolon", "Content-Type: application/pdf\nContent-Disposition: attachment; filename=\"a;b.pdf\"", "a;b.pdf")
    # html
    def ht(name, body, text): add("html " + name, H + "Content-Type: text/html; charset=utf-8\n\n" + body, text=text)
    ht("paragraphs", "<p>One.</p><p>Two.</p>", "One.\n\nTwo."); ht("divs and breaks", "<div>One<br></div><div>Two</div><div><br></div><div>Three</div>", "One\nTwo\n\nThree"); ht("list", "<p>I want:</p><ul><li>money</li><li>answer</li></ul>", "I want:\n\n- money\n- answer")
    ht("ordered list", "<ol><li>a</li><li>b</li></ol>", "1. a\n2. b"); ht("table", "<table><tr><th>Item</th><th>Price</th></tr><tr><td>Lamp</td><td>5</td></tr></table>", "Item\tPrice\nLamp\t5"); ht("link", '<p>See <a href="https://example.org/x">the page</a>.</p>', "See the page <https://example.org/x>.")
    ht("link that says itself", '<a href="https://example.org/">example.org</a>', "example.org"); ht("mail link", '<a href="mailto:a@b.example">a@b.example</a>', "a@b.example"); ht("hidden", '<div style="display: none">secret</div><span style="font-size:0px">x</span><p hidden>y</p><p>Seen.</p>', "Seen.")
    ht("preheader", '<span class="preheader">Preview words</span><p>Seen.</p>', "Seen."); ht("hidden by style sheet", "<style>.pre{display:none!important}</style><div class=pre>secret</div><p>Seen.</p>", "Seen."); ht("outlook conditions", "<!--[if mso]><p>mso</p><![endif]--><![if !mso]><p>Seen.</p><![endif]>", "Seen.")
    ht("entities", "<p>5 &euro; &lt; 6&nbsp;&#20013;&#x6587; &amp; more</p>", "5 € < 6 中文 & more"); ht("script and style", "<style>p{}</style><script>alert(1)</script><p>Seen.</p>", "Seen."); ht("white space", "<p>  a \n  b   c </p>", "a b c"); ht("quote", "<p>A</p><blockquote>B</blockquote><p>C</p>", "A\n\n> B\n\nC")
    ht("right to left", '<p dir="rtl">\u200fשלום עולם</p>', "\u200fשלום עולם"); ht("pre", "<pre>a\n  b</pre>", "a\n  b"); ht("outlook paragraphs", "<p class=MsoNormal>a</p><p class=MsoNormal>b</p><p class=MsoNormal>&nbsp;</p><p class=MsoNormal>c</p>", "a\nb\n\nc"); ht("not closed", "<p>a<p>b<b>c", "a\n\nbc")
    ht("emoji as picture", '<p>Bad <img alt="😡" src="x"></p>', "Bad 😡"); ht("nested list", "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>", "- a\n  - b\n- c")
    # languages
    for lang, l in L.items(): add("language " + lang, plain("x", l["new"]), language=lang[:2])
    for lang, text in (("en", "Where is my order?"), ("de", "Wo bleibt mein Paket?"), ("fr", "Où est mon colis ?"), ("es", "¿Dónde está mi pedido?"), ("zh", "退款"), ("zh", "我的iPhone 15 Pro Max坏了"), ("ja", "返金して"), ("ar", "أين طلبي؟"), (None, "12345")):
        add("short " + text, plain("x" if lang else "1", text), language=lang)
    return out

# ---------------------------------------------------------------- automatic mail
def automatic():
    out = []
    def add(name, mail, auto, bounce=False, **more): out.append(case(name, mail, auto=auto, bounce=bounce, **more))
    person = "The lamp arrived broken. Please refund order 48213."
    def head(name, extra, auto, **more): add("header " + name, plain("lamp", person, extra=extra + "\n"), auto, **more)
    head("Auto-Submitted: auto-replied", "Auto-Submitted: auto-replied", True, no_ack="auto-submitted"); head("Auto-Submitted: auto-generated; x", "Auto-Submitted: auto-generated; type=x", True); head("Auto-Submitted: auto-notified", "Auto-Submitted: auto-notified", True)
    head("Auto-Submitted: no", "Auto-Submitted: no", False, no_ack=""); head("Auto-Submitted: No (comment)", "Auto-Submitted: No (a person)", False, no_ack=""); head("Auto-Submitted empty", "Auto-Submitted:", True); head("Auto-Submitted: (c) no ; x=y", "Auto-Submitted: (c) NO ; x=y", False); head("Auto-Submitted: none", "Auto-Submitted: none", True)
    head("Return-Path <>", "Return-Path: <>", True, no_ack="null-sender"); head("Return-Path < >", "Return-Path: < >", True) if False else None; head("Return-Path address", "Return-Path: <ann@example.org>", False)
    for v in ("bulk", "junk", "list", "auto_reply", "Bulk"): head("Precedence: " + v, "Precedence: " + v, True, no_ack="precedence")
    head("X-Precedence", "X-Precedence: bulk", True); head("Precedence: first-class", "Precedence: first-class", False); head("Precedence: normal", "Precedence: normal", False)
    for n in ("List-Id: <a.example>", "List-Unsubscribe: <mailto:x@y.example>", "List-Post: NO", "Mailing-List: x", "Feedback-ID: 1.eu-west-1.x=:AmazonSES", "Feedback-ID: 40118:40118.7712:us14:mc", "List-Help: <x>", "List-Owner: <x>", "List-Archive: <x>", "List-Subscribe: <x>"): head(n, n, True, no_ack="list")
    for v in ("1:2", "37790550:user:proton", "iab3e480c:Fastmail", "bizesmtp:mail.example:qybglogicsvrsz:qybglogicsvrsz4a-0"): head("Feedback-ID: " + v, "Feedback-ID: " + v, False, no_ack="")
    for v in ("1:2", "esmtpsz:mail.example:qybglogicsvrgz:qybglogicsvrgz8a-1"): head("Feedback-ID and Precedence: " + v, "Feedback-ID: " + v + "\nPrecedence: bulk", True, no_ack="precedence")
    for v in ("X-Mailer: PHPMailer 6.8.0", "X-SES-Outgoing: 2026.11.14-192.0.2.78"): head("Feedback-ID and " + v, "Feedback-ID: 1:2\n" + v, True, no_ack="list")
    for v in ("All", "DR, RN, OOF, AutoReply", "OOF", "autoreply"): head("X-Auto-Response-Suppress: " + v, "X-Auto-Response-Suppress: " + v, False, no_ack="suppress")
    for v in ("DR", "DR, NDR, RN, NRN", "None"): head("X-Auto-Response-Suppress: " + v, "X-Auto-Response-Suppress: " + v, False, no_ack="")
    for n in ("X-Autoreply: yes", "X-Autorespond: x", "X-Autoresponse: x", "X-AutoReply-From: x@y.example", "X-Mail-Autoreply: x", "X-Autogenerated: Reply", "X-Auto-Generated: yes", "X-FC-MachineGenerated: true", "X-Amazon-Mail-Relay-Type: notification", "Delivered-To: autoresponder", "X-Autoresponder: x", "X-POST-MessageClass: 9; Autoresponder"):
        head(n, n, True, no_ack="vendor")
    head("X-Autoreply: no", "X-Autoreply: no", False, no_ack=""); head("X-MS-Exchange-Inbox-Rules-Loop", "X-MS-Exchange-Inbox-Rules-Loop: a@b.example", False, no_ack="vendor")
    head("X-Loop of a person", "X-Loop: x", False); head("Importance", "Importance: high\nX-Priority: 1", False)
    for who in ("noreply@x.example", "no-reply@x.example", "no_reply@x.example", "donotreply@x.example", "do-not-reply@x.example", "DoNotReply@x.example", "orders-noreply@x.example", "noreply+abc@x.example", "mailer-daemon@x.example", "notifications@x.example", "newsletter@x.example", "bounce-123@x.example", "owner-list@x.example", "root@x.example", "list-bounces@x.example"):
        add("sender " + who, plain("Your invoice", "Your invoice is ready.", sender=who), True)
    for who in ("norbert@x.example", "replyton@x.example", "daemon.jones@x.example", "service@x.example", "info@x.example", "rooty@x.example", "notary@x.example"): add("person " + who, plain("lamp", person, sender=who), False)
    # vacation by subject
    away = "I am out of the office until Monday and will reply when I return."
    for subject in ("Automatic reply: Your ticket", "Auto: Your ticket", "Out of Office: Your ticket", "Out of Office", "Out of office Re: Your ticket", "AutoReply: Your ticket", "[Auto-Reply] Your ticket", "OOO: Your ticket", "Vacation reply"):
        add("vacation " + subject, plain(subject, away), True)
    tests = {"zh": ("我正在休假，回来后会尽快回复您。", ("自动回复: 您的工单", "自动回复：您的工单", "[自动回复] 您的工单", "【自动回复】您的工单", "自動回覆：您的工單", "自动答复: 您的工单", "休假自动回复", "外出自动回复：您的工单", "系统自动回复：已收到")),
      "ja": ("ただいま不在にしております。戻り次第ご連絡いたします。", ("自動応答: お問い合わせ", "自動返信：お問い合わせ", "不在通知", "【自動返信】お問い合わせ", "不在のお知らせ")),
      "de": ("Ich bin bis Montag nicht im Büro. In dringenden Fällen wenden Sie sich an meine Kollegin.", ("Automatische Antwort: Ihr Ticket", "Abwesenheitsnotiz: Ihr Ticket", "Abwesenheitsnotiz", "Abwesenheit: Ihr Ticket", "Abwesend: Ihr Ticket")),
      "fr": ("Je suis absent du bureau jusqu'au lundi. Je répondrai à mon retour.", ("Réponse automatique : Votre ticket", "Absence du bureau : Votre ticket", "Message d'absence", "Absence : votre ticket")),
      "es": ("Estoy fuera de la oficina hasta el lunes. Responderé a mi regreso.", ("Respuesta automática: Su caso", "Fuera de la oficina", "Fuera de oficina: Su caso", "Ausente: su caso")),
      "it": ("Sono assente fino al lunedì.", ("Risposta automatica: Il suo caso",)), "pt": ("Estou ausente até segunda.", ("Resposta automática: Seu caso",)), "nl": ("Ik ben afwezig tot en met maandag.", ("Automatisch antwoord: Uw ticket",)),
      "sv": ("Jag är inte på kontoret.", ("Autosvar: Ditt ärende", "Automatiskt svar: Ditt ärende")), "da": ("Jeg er ikke på kontoret.", ("Automatisk svar: Din sag",)), "fi": ("En ole paikalla.", ("Automaattinen vastaus: Asiasi",)),
      "pl": ("Nie ma mnie w biurze.", ("Automatyczna odpowiedź: Sprawa",)), "ru": ("Меня нет на работе.", ("Автоответ: Ваш запрос", "Автоматический ответ: Ваш запрос")), "tr": ("Ofis dışındayım.", ("Otomatik Yanıt: Talebiniz",)), "ko": ("부재중입니다.", ("자동 회신: 문의", "부재중: 문의")), "vi": ("Tôi đang nghỉ phép.", ("Trả lời tự động: Yêu cầu",))}
    for lang, (body, subjects) in tests.items():
        for s in subjects: add("vacation %s %s" % (lang, s), plain(word(s), body), True)
    for lang, body in (("en", "Hello,\n\nI am out of the office until 12 May with limited access to email. I will respond when I return.\n\nJohn"), ("zh", "您好，我正在休假，5月12日返岗，如有急事请联系李先生。"), ("ja", "お世話になっております。5月12日まで休暇をいただいております。戻り次第ご返信いたします。"), ("de", "Guten Tag,\nich bin bis zum 12. Mai im Urlaub. Nach meiner Rückkehr melde ich mich."), ("fr", "Bonjour,\nje suis absent du bureau jusqu'au 12 mai. Je répondrai dès mon retour."), ("es", "Hola,\nestoy de vacaciones hasta el 12 de mayo. Responderé a mi regreso.")):
        add("vacation without subject mark " + lang, plain(word("Re: [#48213] ticket"), body), True)
    # persons
    for name, subject, body in (("answers an out-of-office", "Re: Automatic reply: Your ticket", "OK, I will wait until you are back."), ("answers an out-of-office zh", "回复：自动回复：您的工单", "好的，等您回来再联系。"), ("AW of Abwesenheitsnotiz", "AW: Abwesenheitsnotiz: Ticket", "Gut, ich warte."),
        ("complains about auto replies", "Automatic replies do not help me", "I only get automatic replies. I want a person!"), ("complains about auto replies zh", "自动回复太慢了", "每次都是自动回复，我要人工客服。"), ("was on vacation", "Parcel", "I was on vacation for two weeks. Upon my return I found the parcel wet. Who pays for that?"),
        ("office chair", "Out of order lamp", "The lamp is out of order."), ("auto parts", "Auto parts missing", "The auto parts are missing from my order."), ("absence of parts", "Abwesenheit von Teilen im Paket", "Im Paket fehlen Teile."), ("delivery failure of a parcel", "Delivery failure - parcel 48213", "The courier failed to deliver my parcel again. I want my money back."),
        ("undelivered goods", "Undelivered goods", "My goods were not delivered. It is 3 weeks now."), ("returned mail as post", "Returned mail", "My letter came back to me. Your address on the site is wrong."), ("zh not delivered", "包裹未送达", "我的包裹一直没有送达，请处理。"), ("zh send failed", "退信用卡", "请帮我退信用卡年费。"),
        ("forwards a bounce", "Fwd: Undelivered Mail Returned to Sender", "Hi, your address does not work:\n\n---------- Forwarded message ---------\nFrom: MAILER-DAEMON <MAILER-DAEMON@mx.example>\nSubject: Undelivered Mail Returned to Sender\n\n<sales@shop.example>: 550 5.1.1 user unknown"),
        ("forwards a bounce zh", "转发：系统退信", "你们的邮箱退信了，请检查。\n\n发件人：postmaster@qq.com\n主题：系统退信\n\n无法投递"), ("asks for a read receipt", "lamp", "Did you read my mail?"), ("reads", "Read: the manual is wrong", "The manual says 12 V, it is 24 V."), ("holiday booking", "Vacation", "I booked a vacation with you and the hotel was closed. I want my money back."),
        ("holiday booking zh", "休假期间的订单", "我订的酒店有问题，要求退款。"), ("urlaub", "Urlaub", "Unser Hotel war schmutzig. Ich möchte eine Erstattung."), ("notification text", "Notification settings", "I get too many notifications from your app."), ("bounce house", "Bounce house broken", "The bounce house we bought has a hole."), ("automatic door", "Automatic door: broken", "The automatic door is broken."),
        ("status code in text", "Error 550 on your site", "When I pay, your site says error 550. Please help."), ("mail problem", "Cannot send mail", "Your mailbox is full, I could not send you my mail yesterday. My message: 552 5.2.2 over quota. Please call me.")):
        add("person " + name, plain(word(subject), body), False)
    for lang, body in (("en", "Thank you for contacting us. Your request 4711 was received.\n\nThis is an automated message, please do not reply to this email."), ("zh", "您的请求4711已收到。\n此邮件由系统自动发送，请勿直接回复。"), ("ja", "お問い合わせを受け付けました。\n※このメールは自動送信です。"), ("de", "Ihre Anfrage 4711 ist eingegangen. Diese E-Mail wurde automatisch erstellt."), ("fr", "Votre demande 4711 a été reçue. Ceci est un message automatique, merci de ne pas répondre."), ("es", "Hemos recibido su solicitud 4711. Este mensaje ha sido generado automáticamente.")):
        add("receipt of another helpdesk " + lang, plain(word("Ticket 4711"), body, sender="service@other.example"), True)
    add("person above a quoted automatic text", plain("Re: Ticket 4711", "Nobody has called me. Please do it now.\n\nOn Mon, May 4, 2026 at 9:12 AM Shop <support@shop.example> wrote:\n> I am out of the office until Monday and will reply when I return.\n> This is an automated message, please do not reply to this email.\n"), False)
    add("person asks about do not reply", plain("Contact", "Your mail says do not reply to this email. How can I reach you?"), False)
    # reports
    def report(kind, parts, subject="Undelivered Mail Returned to Sender", sender="MAILER-DAEMON@mx.example", extra="Return-Path: <>\n"):
        text = "From: %s\nTo: %s\nSubject: %s\nDate: Mon, 4 May 2026 10:20:30 +0800\n%sMIME-Version: 1.0\nContent-Type: multipart/report; report-type=%s; boundary=r\n\n" % (sender, ME, subject, extra, kind)
        return text + "".join("--r\n" + x + "\n" for x in parts) + "--r--\n"
    dsn = "Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n\nFinal-Recipient: rfc822; ann@example.org\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 user unknown\n"
    old = "Content-Type: message/rfc822\n\nFrom: support@shop.example\nTo: ann@example.org\nSubject: We got it\nMessage-ID: <ack.1.x@shop.example>\n\nYour code\n"
    heads = "Content-Type: text/rfc822-headers\n\nFrom: support@shop.example\nSubject: We got it\nMessage-ID: <ack.1.x@shop.example>\n"
    add("dsn", report("delivery-status", ["Content-Type: text/plain\n\nI am sorry.", dsn, old]), True, True, recipient="ann@example.org", status="5.1.1", returned="ack.1.x@shop.example")
    add("dsn with headers only", report("delivery-status", ["Content-Type: text/plain\n\nI am sorry.", dsn, heads]), True, True, recipient="ann@example.org", status="5.1.1", returned="ack.1.x@shop.example")
    add("dsn without null sender", report("delivery-status", ["Content-Type: text/plain\n\nI am sorry.", dsn, old], extra=""), True, True, recipient="ann@example.org")
    add("dsn delayed", report("delivery-status", ["Content-Type: text/plain\n\nWarning", dsn.replace("failed", "delayed").replace("5.1.1", "4.4.1")], subject="Delayed Mail (still being retried)"), True, True, status="4.4.1")
    add("dsn of success", report("delivery-status", ["Content-Type: text/plain\n\nDelivered", dsn.replace("failed", "delivered").replace("5.1.1", "2.0.0")], subject="Successful Mail Delivery Report"), True, False)
    add("read receipt", report("disposition-notification", ["Content-Type: text/plain\n\nYour message was displayed.", "Content-Type: message/disposition-notification\n\nFinal-Recipient: rfc822;a@b.example\nDisposition: manual-action/MDN-sent-manually; displayed"], subject="Return receipt", sender="ann@example.org", extra=""), True, False)
    add("feedback report", report("feedback-report", ["Content-Type: text/plain\n\nAbuse report", "Content-Type: message/feedback-report\n\nFeedback-Type: abuse"], subject="complaint about message", sender="fbl@isp.example", extra=""), True, False)
    add("dsn attached by a person", plain("your address fails", "x").split("MIME-Version")[0] + "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=m\n\n--m\nContent-Type: text/plain\n\nYour address fails, see attached.\n--m\nContent-Type: message/rfc822\n\n" + report("delivery-status", ["Content-Type: text/plain\n\nI am sorry.", dsn]) + "--m--\n", False, False)
    bounces = [
      ("postfix", "MAILER-DAEMON@mx.example (Mail Delivery System)", "Undelivered Mail Returned to Sender", "This is the mail system at host mx.example.\n\nI'm sorry to have to inform you that your message could not be delivered.\n\n<ann@example.org>: host mx[192.0.2.1] said: 550 5.1.1 User unknown", "ann@example.org", "5.1.1"),
      ("qmail", "MAILER-DAEMON@mx.example", "failure notice", "Hi. This is the qmail-send program at mx.example.\nI'm afraid I wasn't able to deliver your message to the following addresses.\n\n<ann@example.org>:\nSorry, no mailbox here by that name. (#5.1.1)", "ann@example.org", "5.1.1"),
      ("exim", "Mail Delivery System <Mailer-Daemon@mx.example>", "Mail delivery failed: returning message to sender", "A message that you sent could not be delivered to one or more of its recipients.\n\n  ann@example.org\n    Unrouteable address", "ann@example.org", None),
      ("exim delayed", "Mail Delivery System <Mailer-Daemon@mx.example>", "Warning: message 1abc delayed 24 hours", "The address to which the message has not yet been delivered is:\n\n  ann@example.org", "ann@example.org", None),
      ("sendmail", "Mail Delivery Subsystem <MAILER-DAEMON@mx.example>", "Returned mail: see transcript for details", "   ----- The following addresses had permanent fatal errors -----\n<ann@example.org>\n    (reason: 550 5.1.1 User unknown)", "ann@example.org", "5.1.1"),
      ("gmail", "Mail Delivery Subsystem <mailer-daemon@googlemail.com>", "Delivery Status Notification (Failure)", "Address not found\n\nYour message wasn't delivered to ann@example.org because the address couldn't be found.", "ann@example.org", None),
      ("exchange", "postmaster@corp.example", "Undeliverable: We got it", "Delivery has failed to these recipients or groups:\n\nann@example.org\nThe email address you entered couldn't be found.\n\n#550 5.1.10 RESOLVER.ADR.RecipientNotFound", "ann@example.org", "5.1.10"),
      ("exchange de", "postmaster@corp.example", "Unzustellbar: Ihre Anfrage", "Fehler bei der Nachrichtenzustellung an folgende Empfänger oder Gruppen:\n\nann@example.org\n\n550 5.1.1", "ann@example.org", "5.1.1"),
      ("exchange fr", "postmaster@corp.example", "Non remis : Votre demande", "Échec de la remise à ces destinataires ou groupes :\n\nann@example.org", "ann@example.org", None),
      ("exchange es", "postmaster@corp.example", "No se puede entregar: Su caso", "Error de entrega a estos destinatarios:\n\nann@example.org\n\n550 5.1.1", "ann@example.org", "5.1.1"),
      ("exchange zh", "postmaster@corp.example", "未送达: 您的工单", "无法传递给这些收件人或组:\n\nann@example.org\n\n550 5.1.1", "ann@example.org", "5.1.1"),
      ("exchange zh-Hant", "postmaster@corp.example", "無法傳遞: 您的工單", "無法傳遞給下列收件者:\n\nann@example.org", "ann@example.org", None),
      ("QQ", "PostMaster <PostMaster@qq.com>", "系统退信", "很抱歉您发送的邮件被退回，以下是该邮件的相关信息：\n收件人 ann@example.org\n退信原因 收件人邮箱不存在 550 5.1.1", "ann@example.org", "5.1.1"),
      ("163", "Postmaster@163.com", "系统退信", "抱歉，您的邮件被退回来了……\n收件人邮件地址：ann@example.org\n退信原因：用户不存在", "ann@example.org", None),
      ("ja provider", "MAILER-DAEMON@mail.example.jp", "メール配信エラー", "以下の宛先にメールを配信できませんでした。\n<ann@example.org>\n550 5.1.1 存在しません", "ann@example.org", "5.1.1"),
      ("ja phone", "Mail System <postmaster@docomo.example>", "Undeliverable mail", "次のあて先へのメッセージはエラーのため送信できませんでした。\n<ann@example.org>", "ann@example.org", None),
      ("odd subject by a daemon", "MAILER-DAEMON@mx.example", "Problem with your mail", "The message to <ann@example.org> could not be delivered. User unknown.", "ann@example.org", None),
      ("person-like sender, null path", "Mail <info@mx.example>", "Delivery failure", "Your message could not be delivered: 5.1.1 ann@example.org", "ann@example.org", "5.1.1"),
    ]
    for name, who, subject, body, rcpt, status in bounces:
        extra = "Return-Path: <>\n" if "null path" in name else ""
        add("bounce " + name, plain(word(subject) if not subject.isascii() else subject, body, sender=who, extra=extra), True, True, recipient=rcpt, **({"status": status} if status else {}))
    add("bounce by X-Failed-Recipients", plain("Mail delivery failed", "x", sender="Mail Delivery System <Mailer-Daemon@mx.example>", extra="X-Failed-Recipients: ann@example.org\n"), True, True, recipient="ann@example.org")
    cal = "From: Ann Lee <ann@example.org>\nTo: support@shop.example\nSubject: %s\nMIME-Version: 1.0\nContent-Type: multipart/alternative; boundary=c\n\n--c\nContent-Type: text/plain\n\n%s\n--c\nContent-Type: text/calendar; charset=utf-8; method=%s\n\nBEGIN:VCALENDAR\nMETHOD:%s\nEND:VCALENDAR\n--c--\n"
    for method, auto in (("REPLY", True), ("COUNTER", True), ("REQUEST", False)): add("calendar " + method, cal % ("Meeting", "Meeting words", method, method), auto, no_ack="calendar" if auto else "")
    add("calendar answer, method in the body only", cal.replace("; method=%s", "%.0s") % ("Accepted: Meeting", "x", "REPLY", "REPLY"), True)
    for s, b in (("Read: lamp", "Your message was read on Monday."), ("已读: 灯", "您的邮件已于2026年5月4日被阅读。"), ("Gelesen: Lampe", "Ihre Nachricht wurde am 4.5.2026 gelesen."), ("開封済み: ランプ", "メッセージは開封されました。")): add("receipt " + s, plain(word(s), b), True)
    for i in range(12): add("person plain %d" % i, plain(["Broken", "退款", "返金", "Kaputt", "Cassé", "Roto", "Lost parcel", "Order 1", "投诉", "Hilfe", "Rotto", "Quebrado"][i], list(L.values())[i % len(L)]["new"]), False, no_ack="")
    return out

for file, cases in (("messages.json", messages()), ("replies.json", replies()), ("automatic.json", automatic())):
    with open(file, "w", encoding="utf-8") as f:
        json.dump(cases, f, ensure_ascii=False, indent=1)
        f.write("\n")
    print(file, len(cases))
