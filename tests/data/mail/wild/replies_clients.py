"""replies_clients.py - Answers from mail programs in the languages of their attribution lines and header blocks, signatures, forwards, and texts that only look quoted."""
from cases import add, P, H, A, w, head
def alts(core, *tails):
    out=[core]
    for t in tails: out.append(out[-1]+t)
    return out
X="You wrote that the lamp would arrive on Monday."
# ---- gmail in languages
for lang, line in (("en","On Tue, May 12, 2026 at 9:14 AM Shop Support <support@shop.example> wrote:"),
  ("en 2012","2012/3/4 Shop Support <support@shop.example>"),
  ("zh","Shop Support <support@shop.example> 于2026年5月12日周二 09:14写道："),
  ("zh-tw","Shop Support <support@shop.example> 於 2026年5月12日 週二 上午9:14寫道："),
  ("de","Am Di., 12. Mai 2026 um 09:14 Uhr schrieb Shop Support <support@shop.example>:"),
  ("fr","Le mar. 12 mai 2026 à 09:14, Shop Support <support@shop.example> a écrit :"),
  ("es","El mar, 12 may 2026 a las 9:14, Shop Support (<support@shop.example>) escribió:"),
  ("it","Il giorno mar 12 mag 2026 alle ore 09:14 Shop Support <support@shop.example> ha scritto:"),
  ("pt","Em ter., 12 de mai. de 2026 às 09:14, Shop Support <support@shop.example> escreveu:"),
  ("nl","Op di 12 mei 2026 om 09:14 schreef Shop Support <support@shop.example>:"),
  ("ja","2026年5月12日(火) 9:14 Shop Support <support@shop.example>:"),
  ("ko","2026년 5월 12일 (화) 오전 9:14, Shop Support <support@shop.example>님이 작성:"),
  ("ru","вт, 12 мая 2026 г. в 09:14, Shop Support <support@shop.example>:"),
  ("pl","wt., 12 maj 2026 o 09:14 Shop Support <support@shop.example> napisał(a):"),
  ("sv","Den tis 12 maj 2026 kl 09:14 skrev Shop Support <support@shop.example>:"),
  ("da","Den tir. 12. maj 2026 kl. 09.14 skrev Shop Support <support@shop.example>:"),
  ("no","tir. 12. mai 2026 kl. 09:14 skrev Shop Support <support@shop.example>:"),
  ("fi","ti 12. toukok. 2026 klo 9.14 Shop Support (support@shop.example) kirjoitti:"),
  ("tr","Shop Support <support@shop.example>, 12 May 2026 Sal, 09:14 tarihinde şunu yazdı:"),
  ("vi","Vào Th 3, 12 thg 5, 2026 vào lúc 09:14 Shop Support <support@shop.example> đã viết:")):
    P("gmail "+lang, "It has not come yet.\n\nCan you look?\n\n"+line+"\n\n> "+X+"\n> Kind regards\n", "It has not come yet.\n\nCan you look?")
# without > marks (client strips them), attributed
for lang, line in (("en","On May 12, 2026, at 09:14, Shop Support <support@shop.example> wrote:"),("de","Am 12.05.2026 um 09:14 schrieb Shop Support:"),("fr","Le 12/05/2026 à 09:14, Shop Support a écrit :"),("zh","在 2026年5月12日，上午9:14，Shop Support <support@shop.example> 写道："),("ja","2026/05/12 9:14、Shop Support <support@shop.example>のメール:"),("es","El 12/05/2026 a las 9:14, Shop Support escribió:")):
    P("apple/thunderbird unmarked "+lang, "Nothing came.\n\n"+line+"\n\n"+X+"\n\nShop Support\n", "Nothing came.")
# ---- wrapped
P("wrapped over three", "Still waiting.\n\nOn Tuesday, May 12, 2026 at 09:14:33 AM GMT+2,\nThe Support Team of Shop Example Incorporated\n<support@shop.example> wrote:\n\n"+X+"\n", "Still waiting.")
P("wrapped inside quote marks", "Thanks, it works.\n\n> On 12 May 2026, at 09:14, Shop Support\n> <support@shop.example> wrote:\n> \n> "+X+"\n", "Thanks, it works.")
P("wrapped de", "Danke, hat geklappt.\n\nAm Dienstag, den 12.05.2026, 09:14 +0200 schrieb Shop\nSupport:\n> "+X+"\n","Danke, hat geklappt.")
# ---- outlook blocks
for lang, rows in (("en",("From: Shop Support <support@shop.example>","Sent: Tuesday, May 12, 2026 9:14 AM","To: Mei Tan <mei.tan@mail.example>","Subject: RE: order 77120")),
  ("de",("Von: Shop Support <support@shop.example>","Gesendet: Dienstag, 12. Mai 2026 09:14","An: Mei Tan","Betreff: AW: order 77120")),
  ("fr",("De : Shop Support <support@shop.example>","Envoyé : mardi 12 mai 2026 09:14","À : Mei Tan","Objet : RE: order 77120")),
  ("es",("De: Shop Support <support@shop.example>","Enviado el: martes, 12 de mayo de 2026 9:14","Para: Mei Tan","Asunto: RE: order 77120")),
  ("it",("Da: Shop Support <support@shop.example>","Inviato: martedì 12 maggio 2026 09:14","A: Mei Tan","Oggetto: R: order 77120")),
  ("pt",("De: Shop Support <support@shop.example>","Enviada em: terça-feira, 12 de maio de 2026 09:14","Para: Mei Tan","Assunto: RES: order 77120")),
  ("nl",("Van: Shop Support <support@shop.example>","Verzonden: dinsdag 12 mei 2026 09:14","Aan: Mei Tan","Onderwerp: RE: order 77120")),
  ("zh",("发件人: Shop Support <support@shop.example>","发送时间: 2026年5月12日 9:14","收件人: Mei Tan","主题: 答复: order 77120")),
  ("zh-tw",("寄件者: Shop Support <support@shop.example>","寄件日期: 2026年5月12日 上午 09:14","收件者: Mei Tan","主旨: RE: order 77120")),
  ("ja",("差出人: Shop Support <support@shop.example>","送信日時: 2026年5月12日 9:14","宛先: Mei Tan","件名: RE: order 77120")),
  ("ko",("보낸 사람: Shop Support <support@shop.example>","보낸 날짜: 2026년 5월 12일 화요일 오전 9:14","받는 사람: Mei Tan","제목: RE: order 77120")),
  ("ru",("От: Shop Support <support@shop.example>","Отправлено: 12 мая 2026 г. 9:14","Кому: Mei Tan","Тема: RE: order 77120")),
  ("pl",("Od: Shop Support <support@shop.example>","Wysłano: wtorek, 12 maja 2026 09:14","Do: Mei Tan","Temat: RE: order 77120")),
  ("cs",("Od: Shop Support <support@shop.example>","Odesláno: úterý 12. května 2026 9:14","Komu: Mei Tan","Předmět: RE: order 77120")),
  ("sv",("Från: Shop Support <support@shop.example>","Skickat: den 12 maj 2026 09:14","Till: Mei Tan","Ämne: SV: order 77120"))):
    P("outlook "+lang, "The second one is broken as well.\n\n"+"\n".join(rows)+"\n\n"+X+"\n", "The second one is broken as well.")
P("outlook 2003 divider", "Nope.\n\n-----Original Message-----\nFrom: Shop Support\nSent: Tuesday, May 12, 2026 9:14 AM\nTo: Mei Tan\nSubject: RE: order\n\n"+X, "Nope.")
P("outlook web underscores and bold", "I want my money back.\n________________________________\n*From:* Shop Support <support@shop.example>\n*Sent:* Tuesday, May 12, 2026 9:14 AM\n*To:* Mei Tan <mei.tan@mail.example>\n*Subject:* RE: order 77120\n\n"+X, "I want my money back.")
# ---- chinese clients
P("qq text", "还是没收到，麻烦再查一下。\n\n\n------------------ 原始邮件 ------------------\n发件人: \"Shop Support\" <support@shop.example>;\n发送时间: 2026年5月12日(星期二) 上午9:14\n收件人: \"梅\"<mei@qq.com>;\n主题: 回复：订单 77120\n\n您好，灯将于周一到。", "还是没收到，麻烦再查一下。")
P("qq original english form", "ok 收到了\n\n---Original---\nFrom: \"Shop Support\"<support@shop.example>\nDate: Tue, May 12, 2026 09:14 AM\nTo: \"mei\"<mei@qq.com>;\nSubject: order 77120\n\n您好", "ok 收到了")
P("163 text", "第二件也坏了，怎么退？\n\n\n\n\n\n\n\n在 2026-05-12 09:14:33，\"Shop Support\" <support@shop.example> 写道：\n\n您好，灯将于周一到。\n", "第二件也坏了，怎么退？")
P("163 At style", "thanks\n\n\n\nAt 2026-05-12 09:14:33, \"Shop Support\" <support@shop.example> wrote:\n>Hello\n>lamp comes\n", "thanks")
P("163 mobile reply", "已经三天了。\n\n\n| |\n梅\n|\n|\nmei_2000@163.com\n|\n签名由网易邮箱大师定制\n\n\n---- 回复的原邮件 ----\n| 发件人 | Shop Support<support@shop.example> |\n| 日期 | 2026年05月12日 09:14 |\n| 收件人 | mei_2000@163.com |\n| 主题 | 订单 77120 |\n您好", "已经三天了。","已经三天了。\n\n\n| |\n梅\n|\n|\nmei_2000@163.com\n|\n签名由网易邮箱大师定制")
P("foxmail", "请问什么时候退款？\n\n\n\nmei@corp.example\n \n发件人： Shop Support\n发送时间： 2026-05-12 09:14\n收件人： mei\n主题： Re: 订单 77120\n您好，\n灯将于周一到。", "请问什么时候退款？","请问什么时候退款？\n\nmei@corp.example")
P("lark", "已确认，谢谢。\n\n> 发件人: \"Shop Support\"<support@shop.example>\n> 日期: 2026年5月12日(周二) 09:14\n> 主题: 订单 77120\n> 收件人: \"梅\"<mei@corp.example>\n> 您好，灯将于周一到。", "已确认，谢谢。")
P("dingtalk", "麻烦换一台新的。\n\n------------------------------------------------------------------\n发件人：Shop Support <support@shop.example>\n发送时间：2026年5月12日(星期二) 09:14\n收件人：梅<mei@corp.example>\n主　题：订单 77120\n\n您好", "麻烦换一台新的。")
P("wecom", "好的，等你们消息\n\n梅\n发自我的企业微信\n\n\n------------------ Original ------------------\nFrom: \"Shop Support\"<support@shop.example>;\nDate: Tue, May 12, 2026 09:14 AM\nTo: \"梅\"<mei@corp.example>;\nSubject: 订单 77120\n\n您好", *alts("好的，等你们消息","\n\n梅","\n发自我的企业微信"))
P("aliyun mail", "收到的是旧款。\n------------------------------------------------------------------\n发件人：Shop Support <support@shop.example>\n日　期：2026年05月12日 09:14:33\n收件人：mei@corp.example <mei@corp.example>\n主　题：订单 77120\n\n您好", "收到的是旧款。")
P("sina", "还没退款\n\n----- 原始邮件 -----\n发件人：Shop Support <support@shop.example>\n收件人：mei <mei@sina.com>\n主题：订单\n日期：2026年05月12日 09点14分\n\n您好", "还没退款")
P("huawei phone", "不行，还是不亮。\n\n发自我的华为手机\n\n\n-------- 原始邮件 --------\n发件人： Shop Support <support@shop.example>\n日期： 2026年5月12日周二 09:14\n收件人： mei@mail.example\n主 题： Re: 订单 77120\n\n您好", "不行，还是不亮。","不行，还是不亮。\n\n发自我的华为手机")
P("xiaomi phone", "可以，周五送来吧\n\nShop Support <support@shop.example>于 2026年5月12日周二 上午9:14写道：\n\n您好，周五可以吗？\n", "可以，周五送来吧")
P("samsung", "Yes please.\n\n\nSent from my Galaxy\n\n\n-------- Original message --------\nFrom: Shop Support <support@shop.example>\nDate: 12/05/2026 09:14 (GMT+01:00)\nTo: mei.tan@mail.example\nSubject: Re: order 77120\n\nDo you want a refund?\n", "Yes please.","Yes please.\n\n\nSent from my Galaxy")
P("iphone", "Das ist mir zu spät.\n\nVon meinem iPhone gesendet\n\n> Am 12.05.2026 um 09:14 schrieb Shop Support <support@shop.example>:\n> \n> ﻿"+X+"\n", "Das ist mir zu spät.","Das ist mir zu spät.\n\nVon meinem iPhone gesendet")
# ---- inline, bottom
P("inline answers", "Hello,\n\nOn Tue, 12 May 2026, Shop Support wrote:\n> What is the order number?\n\n77120\n\n> When did you buy it?\n\nIn March.\n", "Hello,\n\n77120\n\nIn March.","Hello,\n77120\n\nIn March.")
P("bottom posting", "On 12/05/2026 09:14, Shop Support wrote:\n> "+X+"\n> Shop\n\nIt did not.\n\nMei\n", *alts("It did not.","\n\nMei"))
P("inline zh", "> 请问您的订单号是多少？\n77120\n\n> 有照片吗？\n有，见附件。\n", "77120\n\n有，见附件。")
P("several levels", "Agreed.\n\nOn Tue, 12 May 2026 at 09:14, Shop Support <support@shop.example> wrote:\n> Refund of 20?\n>\n> On Mon, 11 May 2026 at 10:00, Mei Tan <mei.tan@mail.example> wrote:\n>> I want it back.\n>>> older\n", "Agreed.")
# ---- forwards kept whole
fw="Please see what your courier wrote to me.\n\n---------- Forwarded message ---------\nFrom: Courier <c@courier.example>\nDate: Mon, May 11, 2026 at 10:00 AM\nSubject: Your parcel\nTo: Mei Tan <mei.tan@mail.example>\n\nWe lost your parcel.\n"
P("forward gmail", fw, fw, subject="Fwd: Your parcel")
fw2="请看下面\n\n------------------ 转发邮件 ------------------\n发件人: \"快递\"<c@courier.example>;\n发送时间: 2026年5月11日(星期一) 上午10:00\n收件人: \"梅\"<mei@qq.com>;\n主题: 包裹\n\n您的包裹丢失。\n"
P("forward qq", fw2, fw2, subject="转发：包裹")
fw3="Zur Info, das kam von der Post.\n\nVon: Post <p@post.example>\nGesendet: Montag, 11. Mai 2026 10:00\nAn: Mei Tan\nBetreff: Sendung\n\nIhre Sendung ist verloren.\n"
P("forward outlook de", fw3, fw3, subject="WG: Sendung")
fw4="Anfang der weitergeleiteten Nachricht:\n\nVon: Post <p@post.example>\nBetreff: Sendung\nDatum: 11. Mai 2026 um 10:00:00 MESZ\nAn: Mei Tan\n\nIhre Sendung ist verloren.\n"
P("forward apple de, nothing above", fw4, fw4, subject="Fwd: Sendung")
# ---- signatures
P("delimiter", "The cup leaks.\n\n-- \nMei Tan\nHead of Nothing\n+49 30 1234\n", "The cup leaks.")
P("confidentiality", "The cup leaks.\n\nRegards,\nMei\n\nCONFIDENTIALITY NOTICE: This e-mail and any attachments are for the sole use of the intended recipient and may contain confidential information. If you are not the intended recipient, please delete it.\n", *alts("The cup leaks.","\n\nRegards,\nMei"))
P("contact block zh", "杯子漏水，请处理。\n\n--\n梅 Tan\n市场部 | 某某科技有限公司\n电话：010-12345678\n", "杯子漏水，请处理。")
P("disclaimer zh", "发票抬头写错了。\n\n本邮件及其附件含有保密信息，仅限于发送给上面地址中列出的个人或群组。禁止任何其他人以任何形式使用。如果您错收了本邮件，请立即通知发件人并删除。\n", "发票抬头写错了。")
P("sent from outlook for ios", "No, I said blue.\n\nGet Outlook for iOS<https://aka.ms/o0ukef>\n________________________________\nFrom: Shop Support <support@shop.example>\nSent: Tuesday, May 12, 2026 9:14:33 AM\nTo: Mei Tan <mei.tan@mail.example>\nSubject: Re: order\n\nred?\n", "No, I said blue.","No, I said blue.\n\nGet Outlook for iOS<https://aka.ms/o0ukef>")
# ---- traps: no quotes
for n,t in (("courier wrote","My courier wrote on Monday:\nhe could not find the house.\n\nThat is not true, the house has a number."),
 ("from/to dates","I was away\nfrom: 3 May\nto: 10 May\nand the plant died because of your bad pot."),
 ("gt comparisons","Temperatures:\n> 40 degrees at noon\n< 5 at night\nThe thermometer shows 20 all day."),
 ("dashes in text","Two faults:\n-----\n1. lid\n2. handle\n-----\nPlease repair both."),
 ("code","The API answers:\n\nif (a > b) {\n  return \">\";\n}\n\n$ curl -v\n> GET / HTTP/1.1\n> Host: shop.example\n< HTTP/1.1 500\n\nWhy 500?"),
 ("table","Item      Price\nLamp      20\nBulb      5\n-----------------\nSum       25\n\nYou took 35."),
 ("zh said","我5月12日写道客服不理人，现在依旧。\n\n发件人地址我也换了，还是收不到。"),
 ("subject only one field","Subject: my money\n\nWhere is it?"),
 ("on date i wrote","On 3 May I wrote to you and nobody answered.\nOn 5 May your agent wrote: \"soon\".\nNow it is June."),
 ("de am schrieb","Am 3. Mai schrieb ich Ihnen:\nkeine Antwort.\nAm 5. Mai noch einmal.\nWas soll das?"),
 ("original message words","The original message on the package said 100 W.\nIt is 60 W.")):
    P("trap "+n, t, t, subject="lamp")
# ---- html
H("gmail html", '<div dir="ltr">Not good enough.</div><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">On Tue, May 12, 2026 at 9:14 AM Shop &lt;<a href="mailto:s@shop.example">s@shop.example</a>&gt; wrote:<br></div><blockquote class="gmail_quote" style="margin:0"><div>hello</div></blockquote></div>', "Not good enough.")
H("outlook html", '<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><!--[if gte mso 9]><xml><o:x/></xml><![endif]--><style>p{margin:0}</style></head><body><div class="WordSection1"><p class="MsoNormal">The wheel fell off.<o:p></o:p></p><p class="MsoNormal"><o:p>&nbsp;</o:p></p><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p class="MsoNormal"><b>From:</b> Shop &lt;s@shop.example&gt;<br><b>Sent:</b> Tuesday, May 12, 2026 9:14 AM<br><b>To:</b> Mei<br><b>Subject:</b> RE: order</p></div><p class="MsoNormal">Hello</p></div></body></html>', "The wheel fell off.")
H("owa html zh", '<div>轮子掉了。</div><div id="appendonsend"></div><hr style="display:inline-block;width:98%" tabindex="-1"><div id="divRplyFwdMsg" dir="ltr"><b>发件人:</b> Shop &lt;s@shop.example&gt;<br><b>发送时间:</b> 2026年5月12日 9:14<br><b>收件人:</b> Mei<br><b>主题:</b> 答复: 订单</div><div>您好</div>', "轮子掉了。")
H("thunderbird html", '<p>Es ist immer noch kaputt.</p><div class="moz-cite-prefix">Am 12.05.26 um 09:14 schrieb Shop:<br></div><blockquote type="cite" cite="mid:1@x"><p>Hallo</p></blockquote><div class="moz-signature">-- <br>Mei</div>', "Es ist immer noch kaputt.")
H("apple html", '<html><body>Nein danke.<br id="lineBreakAtBeginningOfMessage"><div><br><blockquote type="cite"><div>Am 12.05.2026 um 09:14 schrieb Shop &lt;s@shop.example&gt;:</div><br><div>Hallo</div></blockquote></div></body></html>', "Nein danke.")
H("qq html", '<div>没收到。</div><div><br></div><div style="position:relative;"><div style="font-size:12px;font-family:Arial;padding:2px 0;">------------------&nbsp;原始邮件&nbsp;------------------</div><div style="font-size:12px;background:#efefef;padding:8px;"><div><b>发件人:</b>"Shop"&lt;s@shop.example&gt;;</div><div><b>发送时间:</b>2026年5月12日(星期二) 上午9:14</div><div><b>收件人:</b>"mei"&lt;m@qq.com&gt;;</div><div><b>主题:</b>订单</div></div><div>您好</div></div>', "没收到。")
H("163 html", '<div style="line-height:1.7">退款呢？<br></div><br><div id="divNeteaseMailCard"></div><br>在 2026-05-12 09:14:33，"Shop" &lt;s@shop.example&gt; 写道：<br><blockquote id="isReplyContent" style="PADDING-LEFT:1ex">您好</blockquote>', "退款呢？")
H("yahoo html", '<div class="yahoo-style-wrap"><div>Too small.</div></div><div id="yahoo_quoted_1" class="yahoo_quoted"><div>On Tuesday, May 12, 2026 at 09:14:00 AM GMT+2, Shop &lt;s@shop.example&gt; wrote:</div><div>hello</div></div>', "Too small.")
H("proton html", '<div style="font-family: Arial">Keep it.</div><div class="protonmail_signature_block"><div class="protonmail_signature_block-proton">Sent with <a href="https://proton.me">Proton Mail</a> secure email.</div></div><div class="protonmail_quote">On Tuesday, May 12th, 2026 at 9:14 AM, Shop &lt;s@shop.example&gt; wrote:<br><blockquote class="protonmail_quote" type="cite">hello</blockquote></div>', "Keep it.","Keep it.\n\nSent with Proton Mail secure email.")
H("lark html", '<p>好的。</p><div class="history-quote-wrapper"><div data-html-block="quote"><div style="border-left:none"><div class="adit-html-block__attr history-quote-meta-wrapper"><div>发件人: <span>"Shop"&lt;s@shop.example&gt;</span></div><div>日期: 2026年5月12日(周二) 09:14</div><div>主题: 订单</div><div>收件人: "梅"&lt;m@corp.example&gt;</div></div><div>您好</div></div></div></div>', "好的。")
H("html inline between blockquotes", '<div>Hi,</div><blockquote type="cite"><div>Order number?</div></blockquote><div>77120</div><blockquote type="cite"><div>Colour?</div></blockquote><div>Blue</div>', "Hi,\n\n77120\n\nBlue","Hi,\n77120\nBlue")
H("html blockquote that is no quote of mail", '<p>The leaflet says:</p><blockquote style="margin:1em">Do not wash.</blockquote><p>But the label says 40 degrees. Which is right?</p>', "The leaflet says:\n\nDo not wash.\n\nBut the label says 40 degrees. Which is right?","The leaflet says:\n\n> Do not wash.\n\nBut the label says 40 degrees. Which is right?", subject="washing")
A("alternative outlook", "It is black, I wanted white.\r\n\r\nFrom: Shop <s@shop.example>\r\nSent: Tuesday, May 12, 2026 9:14 AM\r\nTo: Mei\r\nSubject: order\r\n\r\nHello", '<p>It is black, I wanted white.</p><hr><p><b>From:</b> Shop<br><b>Sent:</b> Tuesday, May 12, 2026 9:14 AM<br><b>To:</b> Mei<br><b>Subject:</b> order</p><p>Hello</p>', "It is black, I wanted white.")
P("quote only", "> "+X+"\n", X, "> "+X)
