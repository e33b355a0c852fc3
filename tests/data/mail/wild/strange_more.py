"""strange_more.py - forwards that only their line tells, broken coding, parts nobody expects, short texts and their language."""
from cases import *
LINES = {"en": "---------- Forwarded message ---------", "de": "-------- Weitergeleitete Nachricht --------", "fr": "---------- Message transféré ---------", "es": "---------- Mensaje reenviado ---------", "it": "---------- Messaggio inoltrato ---------", "pt": "---------- Mensagem encaminhada ---------",
 "nl": "---------- Doorgestuurd bericht ---------", "ja": "---------- 転送メッセージ ---------", "ko": "---------- 전달된 메시지 ---------", "ru": "---------- Пересланное сообщение ---------", "pl": "---------- Wiadomość przekazana ---------", "sv": "---------- Vidarebefordrat brev ---------", "da": "---------- Videresendt meddelelse ---------",
 "no": "---------- Videresendt melding ---------", "fi": "---------- Välitetty viesti ---------", "tr": "---------- Yönlendirilen ileti ---------", "vi": "---------- Thư được chuyển tiếp ---------", "cs": "---------- Přeposlaná zpráva ---------", "hu": "---------- Továbbított levél ---------", "uk": "---------- Переслане повідомлення ---------",
 "ro": "---------- Mesaj redirecționat ---------", "el": "---------- Προωθημένο μήνυμα ---------", "th": "---------- ข้อความที่ส่งต่อ ---------", "ar": "---------- رسالة معاد توجيهها ---------", "he": "---------- הודעה שהועברה ---------", "id": "---------- Pesan terusan ---------", "zh": "---------- 转发的邮件 ---------", "zh-Hant": "---------- 轉寄的郵件 ----------", "sk": "---------- Preposlaná správa ---------", "bg": "---------- Препратено съобщение ---------"}
for language, line in LINES.items():
    body = "48213\n\n" + line + "\nShop <orders@shop.example>\n4.5.2026 09:12\n\n> 1\n\n-- \nShop"
    P("forward by its line, " + language, body, body, subject="77120")
# broken coding
def raw(name, kind, data, want, cte, **more): add(name, (head("lamp") + "Content-Type: %s\nContent-Transfer-Encoding: %s\n\n" % (kind, cte)).encode() + data, text=want, **more)
LAMP = "The lamp is broken. Größe 60."
QP = b"The lamp is broken. Gr=C3=B6=C3=9Fe 60."
raw("quoted-printable in small letters", "text/plain; charset=utf-8", QP.lower().replace(b"the lamp", b"The lamp").replace(b"gr=", b"Gr="), LAMP, "quoted-printable")
raw("quoted-printable with bad escapes", "text/plain; charset=utf-8", b"50 =% of =ZZ and = at the end =\n", ["50 =% of =ZZ and = at the end", "50 =% of =ZZ and = at the end "], "quoted-printable")
raw("quoted-printable with spaces at the ends", "text/plain; charset=utf-8", QP + b" \nBye=20\n", LAMP + "\nBye", "quoted-printable")
raw("quoted-printable soft break and blank", "text/plain; charset=utf-8", b"The lamp is= \n broken. Gr=C3=B6=C3=\n=9Fe 60.", LAMP, "quoted-printable")
raw("quoted-printable that is not declared", "text/plain; charset=utf-8", LAMP.encode(), LAMP, "quoted-printable")
raw("base64 in one line of 10,000", "text/plain; charset=utf-8", base64.b64encode((LAMP + "\n").encode() * 300), "\n".join([LAMP] * 300), "base64")
raw("base64 with quote marks", "text/plain; charset=utf-8", b"".join(b"> " + l + b"\n" for l in base64.encodebytes((LAMP * 4).encode()).split(b"\n") if l), LAMP * 4, "base64")
raw("base64 of HTML that says plain", "text/plain; charset=utf-8", base64.encodebytes("<html><body><p>Größe 60</p></body></html>".encode()), "Größe 60", "base64")
raw("binary", "text/plain; charset=utf-8", LAMP.encode(), LAMP, "binary")
raw("encoding in brackets and capitals", "text/plain; charset=utf-8", base64.encodebytes(LAMP.encode()), LAMP, "BASE64;")
raw("nothing but white space", "text/plain; charset=utf-8", b"  \n\t\n \xc2\xa0 \n", "", "8bit")
raw("zero-width marks in words", "text/plain; charset=utf-8", "La\u200bmp \ufeffbroken\u2060.".encode(), "Lamp broken.", "8bit")
raw("soft hyphens and a grapheme joiner in plain text", "text/plain; charset=utf-8", "Zu\u00adstel\u00adlung\u034f heute".encode(), "Zustellung heute", "8bit")
raw("a soft hyphen of Latin-1", "text/plain; charset=iso-8859-1", "Zu\u00adstellung für heute".encode("latin-1"), "Zustellung für heute", "8bit")
raw("U+FEFF in front of what is quoted", "text/plain; charset=utf-8", "Nobody came.\n\n> On 2 Nov 2026, at 13:07, Post <p@post.example> wrote:\n> \n> \ufeffWe were there.\n".encode(), "Nobody came.\n\n> On 2 Nov 2026, at 13:07, Post <p@post.example> wrote:\n> \n> We were there.", "8bit", reply=["Nobody came."])
raw("U+FEFF in HTML", "text/html; charset=utf-8", "<p>\ufeffNobody&#65279; came.</p>".encode(), "Nobody came.", "8bit")
raw("a line of nothing but U+FEFF", "text/plain; charset=utf-8", "one\n\ufeff\ntwo".encode(), "one\n\ntwo", "8bit")
raw("marks of direction and joiners stay", "text/plain; charset=utf-8", "\u200fהזמנה 12\u200e \u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645 \U0001F468\u200d\U0001F467".encode(), "\u200fהזמנה 12\u200e \u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645 \U0001F468\u200d\U0001F467", "8bit")
raw("marks of direction and joiners stay in HTML", "text/html; charset=utf-8", "<p>\u200fהזמנה 12\u200e \u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645 \U0001F468\u200d\U0001F467</p>".encode(), "\u200fהזמנה 12\u200e \u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645 \U0001F468\u200d\U0001F467", "8bit")
raw("Unicode's own line ends", "text/plain; charset=utf-8", "one\u2028two\u2029three\u0085four".encode(), "one\ntwo\nthree\nfour", "8bit")
raw("form feed and vertical tab", "text/plain; charset=utf-8", b"one\x0ctwo\x0bthree", ["one\ntwo\nthree", "onetwothree", "one two three"], "8bit")
raw("escape sequences of a terminal", "text/plain; charset=utf-8", b"\x1b[31mred\x1b[0m lamp", ["[31mred[0m lamp", "red lamp"], "7bit")
raw("a line of a hundred thousand", "text/plain; charset=utf-8", b"lamp " * 20000, ("lamp " * 20000).strip(), "8bit")
raw("bidirectional overrides stay", "text/plain; charset=utf-8", "code \u202e123\u202c end".encode(), ["code \u202e123\u202c end", "code 123 end"], "8bit")
# heads
add("no blank line behind the head", b"From: a@b.example\nSubject: lamp\nThe lamp is broken.\nBye\n", subject="lamp", sender="a@b.example", text="The lamp is broken.\nBye")
add("only a text", b"The lamp is broken.\n", text="The lamp is broken.", subject="")
add("only a line with a colon", b"Hello: the lamp is broken.\n", text=["", "Hello: the lamp is broken."])
add("empty", b"", text="", subject="")
add("blank lines first", b"\n\nFrom: a@b.example\nSubject: lamp\n\nwords\n", subject="lamp", sender="a@b.example", text="words")
add("two subjects", b"From: a@b.example\nSubject: one\nSubject: two\n\nwords\n", subject="one", text="words")
add("two senders in two fields", b"From: a@b.example\nFrom: c@d.example\nSubject: x\n\nwords\n", sender=None, text="words")
add("sender without a domain", b"From: root\nSubject: x\n\nwords\n", sender=None, text="words")
add("sender with a trailing comma", b"From: Anna <a@b.example>,\nSubject: x\n\nwords\n", sender="a@b.example", text="words")
add("sender with a semicolon list", b"From: Anna <a@b.example>; \nSubject: x\n\nwords\n", sender="a@b.example", text="words")
add("sender in capitals", b"FROM: ANNA <Anna@B.EXAMPLE>\nSUBJECT: x\n\nwords\n", sender="Anna@b.example", sender_name="ANNA", text="words")
add("field names with blanks before the colon", b"From : a@b.example\nSubject : lamp\n\nwords\n", sender="a@b.example", subject="lamp", text="words")
add("a fold that is only blanks", b"From: a@b.example\nSubject: lamp\n \n is broken\nX-Y: z\n\nwords\n", sender="a@b.example", text_has=["words"])
add("a date of another century", b"From: a@b.example\nDate: Mon, 4 May 98 10:20:30 EST\nSubject: x\n\nwords\n", date="1998-05-04T15:20:30Z", text="words")
add("a date with a comment and no weekday", b"From: a@b.example\nDate: 4 May 2026 10:20 +0200 (CEST)\nSubject: x\n\nwords\n", date="2026-05-04T08:20:00Z", text="words")
add("a date of ISO", b"From: a@b.example\nDate: 2026-05-04T10:20:30Z\nSubject: x\n\nwords\n", text="words")
add("references over many lines with comments", b"From: a@b.example\nReferences: <1@x>\n\t<2@x> (see)\n <3@x>\nIn-Reply-To: Your message of Monday <3@x>\nSubject: x\n\nwords\n", in_reply_to="3@x", references=["1@x", "2@x", "3@x"], text="words")
# short texts and their language
TALK = {"en": "Where is my parcel? I have been waiting for two weeks.", "de": "Wo bleibt mein Paket? Ich warte seit zwei Wochen.", "fr": "Où est mon colis ? J'attends depuis deux semaines.", "es": "¿Dónde está mi paquete? Llevo dos semanas esperando.", "it": "Dov'è il mio pacco? Aspetto da due settimane.",
 "pt": "Onde está minha encomenda? Estou esperando há duas semanas.", "nl": "Waar blijft mijn pakket? Ik wacht al twee weken.", "sv": "Var är mitt paket? Jag har väntat i två veckor.", "da": "Hvor er min pakke? Jeg har ventet i to uger nu, og I svarer ikke.", "no": "Hvor er pakken min? Jeg har ventet i to uker nå, og dere svarer ikke.", "fi": "Missä pakettini on? Olen odottanut kaksi viikkoa.",
 "pl": "Gdzie jest moja paczka? Czekam już dwa tygodnie.", "ru": "Где моя посылка? Я жду уже две недели.", "uk": "Де моя посилка? Я чекаю вже два тижні.", "tr": "Kargom nerede? İki haftadır bekliyorum.", "vi": "Gói hàng của tôi đâu? Tôi đã đợi hai tuần.", "cs": "Kde je můj balík? Čekám už dva týdny.", "hu": "Hol van a csomagom? Két hete várok.", "ro": "Unde este coletul meu? Aștept de două săptămâni.",
 "el": "Πού είναι το δέμα μου; Περιμένω δύο εβδομάδες.", "ja": "荷物はどこですか。二週間待っています。", "ko": "제 택배 어디 있나요? 2주째 기다리고 있어요.", "zh": "我的包裹在哪里？我已经等了两个星期。", "th": "พัสดุของฉันอยู่ที่ไหน รอมาสองสัปดาห์แล้ว", "ar": "أين طردي؟ أنتظر منذ أسبوعين.", "he": "איפה החבילה שלי? אני מחכה כבר שבועיים.", "id": "Di mana paket saya? Saya sudah menunggu dua minggu."}
for language, words in TALK.items(): P("language of two sentences, " + language, words, words, subject="48213", language=language, auto=False)
# names between marks, and labels that hold
add("a name of two quoted words", 'From: "\\"A\\" and \\"B\\"" <a@b.example>\nSubject: x\n\nwords\n', sender="a@b.example", sender_name='"A" and "B"', text="words")
add("a name with a quoted word", "From: %s <a@b.example>\nSubject: x\n\nwords\n" % w('"Bo" Berg'), sender="a@b.example", sender_name='"Bo" Berg', text="words")
add("a name between two pairs of marks", "From: \"'Anna Berg'\" <a@b.example>\nSubject: x\n\nwords\n", sender="a@b.example", sender_name="Anna Berg", text="words")
add("a name with one mark", "From: %s <a@b.example>\nSubject: x\n\nwords\n" % w('"Anna Berg'), sender="a@b.example", sender_name="Anna Berg", text="words")
add("a name that begins with an apostrophe", "From: 't Hooft <a@b.example>\nSubject: x\n\nwords\n", sender="a@b.example", sender_name="'t Hooft", text="words")
add("Cyrillic in a word of gb18030", "From: %s <a@b.example>\nSubject: x\n\nwords\n" % w("Анна Петрова", "gb18030"), sender="a@b.example", sender_name="Анна Петрова", text="words")
add("a rare name in a word of GBK", "From: %s <a@b.example>\nSubject: x\n\nwords\n" % w("侯仁海", "gbk"), sender="a@b.example", sender_name="侯仁海", text="words")
# every charset of the East under every label of it
EAST = {"gbk": ("我买的台灯坏了，请尽快退款", "投诉：质量太差"), "big5": ("我買的檯燈壞了，請儘快退款", "投訴：品質太差"), "shift_jis": ("ランプが壊れました。返金をお願いします", "商品の不良について"), "euc-jp": ("ランプが壊れました。返金をお願いします", "商品の不良について"), "euc-kr": ("램프가 고장났어요. 환불해 주세요", "상품 불량 문의")}
for charset, texts in EAST.items():
    for label in ("gb2312", "big5", "shift_jis", "euc-jp", "euc-kr", "iso-8859-1", "us-ascii"):
        for words in texts: add("%s that says it is %s" % (charset, label), b"From: a@b.example\nSubject: =?%s?B?%s?=\nContent-Type: text/plain; charset=%s\n\n" % (label.encode(), base64.b64encode(words.encode(charset)), label.encode()) + words.encode(charset) + b"\n", subject=words, text=words)
for charset, words in (("gb2312", "赵倩 欧阳"), ("gbk", "邹韬奋 侯仁海 淼"), ("shift_jis", "ｶﾅ"), ("euc-jp", "ｶﾅ"), ("big5", "龍鳳 鑫磊"), ("euc-kr", "김민수")):
    add("rare names in %s" % charset, "From: %s <a@b.example>\nSubject: x\n\nwords\n" % w(words, charset), sender="a@b.example", sender_name=words, text="words")
# texts of a line or two without any label
UNLABELLED = {
 "gbk": ("我买的台灯坏了", "请尽快退款", "订单一直没有收到", "客服电话打不通", "质量太差了", "已经等了两个星期", "希望今天给我答复", "物流显示已签收但没收到", "发票什么时候寄", "灯罩有裂痕"),
 "big5": ("我買的檯燈壞了", "請儘快退款", "訂單一直沒有收到", "客服電話打不通", "品質太差了", "已經等了兩個星期", "希望今天給我答覆", "發票什麼時候寄", "燈罩有裂痕"),
 "shift_jis": ("ランプが壊れました", "返金をお願いします", "注文した商品が届きません", "電話がつながりません", "二週間待っています", "領収書を送ってください", "色が違います"),
 "euc-kr": ("램프가 고장났어요", "환불해 주세요", "주문한 상품이 안 왔습니다", "전화를 안 받습니다", "이주일째 기다리고 있어요", "영수증 보내 주세요", "색상이 다릅니다."),
 "windows-1251": ("Лампа сломалась", "Верните деньги", "Заказ так и не пришёл", "По телефону никто не отвечает", "Жду уже две недели", "Пришлите чек", "Цвет не тот."),
 "windows-1252": ("Die Lampe ist kaputt, bitte prüfen Sie das für mich", "Ich möchte mein Geld zurück, die Größe stimmt nicht", "Où est mon colis, j'ai payé il y a deux semaines déjà", "La lámpara llegó rota y nadie contesta el teléfono aquí."),
 "cp874": ("โคมไฟเสียแล้ว กรุณาคืนเงิน", "สั่งซื้อไปแล้วยังไม่ได้รับของ", "โทรไปไม่มีคนรับสาย", "รอมาสองสัปดาห์แล้ว", "สีไม่ตรงกับที่สั่ง"),
 "windows-1253": ("Η λάμπα έσπασε και θέλω τα χρήματά μου πίσω", "Η παραγγελία δεν ήρθε ποτέ εδώ και δύο εβδομάδες", "Κανείς δεν απαντά στο τηλέφωνο όλη μέρα"),
 "windows-1255": ("המנורה שבורה ואני רוצה את הכסף שלי בחזרה", "ההזמנה לא הגיעה כבר שבועיים ואף אחד לא עונה", "הצבע לא נכון ואני רוצה להחליף"),
 "windows-1256": ("المصباح معطل وأريد استرداد المال من فضلكم", "لم يصل الطلب منذ أسبوعين ولا أحد يرد على الهاتف", "اللون غير صحيح وأريد الاستبدال"),
 "windows-1254": ("Lambam kırıldı, paramı geri istiyorum çünkü ışık vermiyor", "Siparişim iki haftadır gelmedi, telefona kimse çıkmıyor, şikâyetçiyim"),
 "windows-1250": ("Zamówiona lampa jest zepsuta, proszę o zwrot pieniędzy, żądam odpowiedzi", "Przesyłka nie dotarła od dwóch tygodni, nikt nie odbiera telefonu, śpieszę się", "Lampička je rozbitá, žádám vrácení peněz, děkuji předem"),
 "koi8-r": ("Лампа сломалась, верните деньги", "Заказ так и не пришёл, жду две недели", "По телефону никто не отвечает"),
}
for charset, texts in UNLABELLED.items():
    for name in {"shift_jis": ("shift_jis", "euc-jp"), "windows-1250": ("windows-1250", "iso-8859-2")}.get(charset, (charset,)):
        for words in texts: add("no label, %s" % name, b"From: a@b.example\nSubject: x\n\n" + words.encode(name) + b"\n", text=words)
TURKISH = "Lambam kırıldı, paramı geri istiyorum çünkü ışık vermiyor."
ICELANDIC = "Það er brotið og við viljum fá það bætt, þetta er óþolandi."
raw("Turkish that says it is Latin-1", "text/plain; charset=iso-8859-1", TURKISH.encode("cp1254"), TURKISH, "8bit")
raw("Icelandic in Latin-1", "text/plain; charset=iso-8859-1", ICELANDIC.encode("cp1252"), ICELANDIC, "8bit")
raw("a little Icelandic in Latin-1", "text/plain; charset=iso-8859-1", "Það er það.".encode("cp1252"), "Það er það.", "8bit")
raw("Icelandic without a label", "text/plain", ICELANDIC.encode("cp1252"), ICELANDIC, "8bit")
