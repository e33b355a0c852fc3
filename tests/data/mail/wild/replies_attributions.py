"""replies_attributions.py - Rarer attribution lines and header blocks, one a mail, containers of HTML, and texts that only look quoted."""
from cases import add, P, H, A, w, head
def alts(core, *tails):
    out=[core]
    for t in tails: out.append(out[-1]+t)
    return out
Q="\n\nHello Mei,\nthe lamp will arrive on Monday.\n"
N="Nothing came."
# attribution lines less common
for i,line in enumerate((
 "Shop Support <support@shop.example> wrote on 12.05.2026 09:14:",
 "Shop Support <support@shop.example> schrieb am Di., 12. Mai 2026, 09:14:",
 "Shop Support schrieb am 12.05.26 um 09:14:",
 "Quoting Shop Support <support@shop.example>:",
 "Zitat von Shop Support <support@shop.example>:",
 "Citando a Shop Support <support@shop.example>:",
 "* Shop Support <support@shop.example> [2026-05-12 09:14]:",
 "On 2026-05-12T09:14:33+0200, Shop Support wrote:",
 "On Tue, May 12 2026 at 09:14:33 AM +0200, Shop Support\n<support@shop.example> wrote:",
 "On 12 May 2026 09:14, \"Shop Support\" <support@shop.example> wrote:",
 "12.05.2026, 09:14, \"Shop Support\" <support@shop.example>:",
 "Вторник, 12 мая 2026, 9:14 +03:00 от Shop Support <support@shop.example>:",
 "12 мая 2026 г., в 09:14, Shop Support <support@shop.example> написал(а):",
 "Dňa ut 12. 5. 2026 o 9:14 Shop Support <support@shop.example> napísal(a):",
 "út 12. 5. 2026 v 9:14 odesílatel Shop Support <support@shop.example> napsal:",
 "Shop Support <support@shop.example> ezt írta (időpont: 2026. máj. 12., K, 9:14):",
 "Στις Τρί 12 Μαΐ 2026 στις 9:14 π.μ., ο/η Shop Support <support@shop.example> έγραψε:",
 "‫בתאריך יום ג׳, 12 במאי 2026 ב-9:14 מאת ‪Shop Support‬‏ <‪support@shop.example‬‏>:‬",
 "في الثلاثاء، 12 مايو 2026 في 9:14 ص تمت كتابة ما يلي بواسطة Shop Support <support@shop.example>:",
 "ในวันที่ อ. 12 พ.ค. 2026 เวลา 09:14 Shop Support <support@shop.example> เขียนว่า:",
 "Pada tanggal Sel, 12 Mei 2026 pukul 09.14 Shop Support <support@shop.example> menulis:",
 "Le mardi 12 mai 2026 à 09:14:33 UTC+2, Shop Support <support@shop.example> a écrit :",
 "El martes, 12 de mayo de 2026, 09:14:33 CEST, Shop Support <support@shop.example> escribió:",
 "Em terça-feira, 12 de maio de 2026 09:14:33 BRT, Shop Support <support@shop.example> escreveu:",
 "In data martedì 12 maggio 2026 09:14:33 CEST, Shop Support ha scritto:",
 "Il 12/05/2026 09:14, Shop Support ha scritto:",
 "Op 12-05-2026 om 09:14 schreef Shop Support:",
 "W dniu 12.05.2026 o 09:14, Shop Support pisze:",
 "12.05.2026 9:14, Shop Support пишет:",
 "Den 12-05-2026 kl. 09:14 skrev Shop Support:",
 "Shop Support kirjoitti 12.5.2026 klo 9.14:",
 "12.05.2026 09:14 tarihinde Shop Support yazdı:",
 "Vào 09:14, Th 3, 12 thg 5, 2026 Shop Support <support@shop.example> đã viết:",
 "2026/05/12 9:14、Shop Support さんは書きました:",
 "2026年5月12日(火) 9:14 に Shop Support <support@shop.example> さんが書きました:",
 "On Tue, 12 May 2026 09:14:33 +0900\nShop Support <support@shop.example> wrote:",
 "2026. 5. 12. 오전 9:14, Shop Support 이(가) 쓴 글:",
 "2026년 5월 12일 (화) 09:14, Shop Support <support@shop.example>님이 보낸 메시지:",
 "于 2026/5/12 9:14, Shop Support 写道:",
 "在 2026/5/12 9:14, Shop Support 写道:",
 "Shop Support <support@shop.example> 在 2026年5月12日 周二 9:14 写道：",
 "2026年5月12日 09:14，Shop Support <support@shop.example> 写道：",
 "周二, 2026年5月12日 09:14 Shop Support <support@shop.example> 写道：",
 "On May 12, 2026 at 09:14 +0800, Shop Support <support@shop.example>, wrote:",
 "---- On Tue, 12 May 2026 09:14:33 +0200 Shop Support <support@shop.example> wrote ----",
 "---- 在 星期二, 2026-05-12 09:14:33 Shop Support <support@shop.example> 撰写 ----",
 "------- Original Message -------\nOn Tuesday, May 12th, 2026 at 09:14, Shop Support <support@shop.example> wrote:",
 "-------- Ursprüngliche Nachricht --------\nVon: Shop Support <support@shop.example>\nDatum: 12.05.26 09:14 (GMT+01:00)\nAn: mei@mail.example\nBetreff: order",
 "-------- Messaggio originale --------\nDa: Shop Support <support@shop.example>\nData: 12/05/26 09:14 (GMT+01:00)\nA: mei@mail.example\nOggetto: order",
 "Gesendet: Dienstag, 12. Mai 2026 um 09:14 Uhr\nVon: \"Shop Support\" <support@shop.example>\nAn: mei@gmx.net\nBetreff: order",
 "Sent: Tuesday, May 12, 2026 at 9:14 AM\nFrom: \"Shop Support\" <support@shop.example>\nTo: mei@gmx.com\nSubject: order",
 "----- Original Message -----\nFrom: \"Shop Support\" <support@shop.example>\nTo: \"Mei\" <mei@free.example>\nSent: Tuesday, May 12, 2026 9:14:33 AM\nSubject: order",
 "----- Mail original -----\nDe: \"Shop Support\" <support@shop.example>\nÀ: \"Mei\" <mei@free.example>\nEnvoyé: Mardi 12 Mai 2026 09:14:33\nObjet: order",
 "----Messaggio originale----\nDa: support@shop.example\nData: 12-mag-2026 9.14\nA: <mei@libero.example>\nOgg: order",
 "From:\tShop Support <support@shop.example>\nTo:\tmei@bank.example\nDate:\t12.05.2026 09:14\nSubject:\torder",
 "From: Shop Support\n<support@shop.example>\nSent: Tuesday, May 12, 2026\n9:14 AM\nTo: mei@mail.example\nSubject: order",
 "_____\n\nVon: Shop Support [mailto:support@shop.example]\nGesendet: Dienstag, 12. Mai 2026 09:14\nAn: 'Mei'\nBetreff: order",
 "寄件人：Shop Support <support@shop.example>\n日期：2026年5月12日 星期二 上午9:14\n收件人：mei\n主題：訂單",
 "发件人：Shop Support <support@shop.example>\n日期：2026年5月12日 星期二 09:14\n收件人：\"mei\" <mei@corp.example>\n抄送：\"boss\" <b@corp.example>\n主题：Re: 订单",
 "| 发件人 | Shop Support |\n| 发送日期 | 2026年05月12日 09:14 |\n| 收件人 | mei |\n| 主题 | 订单 |",
 "-----邮件原件-----\n发件人: Shop Support [mailto:support@shop.example]\n发送时间: 2026年5月12日 9:14\n收件人: mei\n主题: 订单",
 "原始邮件\n发件人：Shop Support support@shop.example\n发件时间：2026年5月12日 09:14\n收件人：mei mei@corp.example\n主题：订单",
 "--------------原始邮件--------------\n发件人：\"Shop Support \"<support@shop.example>;\n发送时间：2026年5月12日(星期二) 上午9:14\n收件人：\"mei\" <mei@vip.qq.com>;\n主题：订单\n-----------------------------------",
 "---原始邮件---\n发件人: \"Shop Support\"<support@shop.example>\n发送时间: 2026年5月12日(周二) 上午9:14\n收件人: \"mei\"<mei@qq.com>;\n主题: 订单",
 "---------- 回复的邮件 ----------\n发信人：\"Shop Support\" <support@shop.example>\n发送日期：2026-05-12 09:14\n收信人：mei\n主题：订单",
 "-------- 元のメッセージ --------\n送信者: Shop Support <support@shop.example>\n日時: 2026/05/12 9:14\n宛先: mei\n件名: order",
 "-----元のメッセージ-----\nFrom: Shop Support\nSent: Tuesday, May 12, 2026 9:14 AM\nTo: mei\nSubject: RE: order",
 "--------- 원본 메일 ---------\n보낸사람 : Shop Support <support@shop.example>\n받는사람 : mei\n날짜 : 2026년 5월 12일 09:14\n제목 : order",
 "-------- Исходное сообщение --------\nОт: Shop Support <support@shop.example>\nДата: 12.05.2026 09:14\nКому: mei\nТема: order",
 "-------- Oprindelig meddelelse --------\nFra: Shop Support <support@shop.example>\nDato: 12.05.2026 09.14\nTil: mei\nEmne: order",
 "Fra: Shop Support <support@shop.example>\nSendt: tirsdag 12. mai 2026 09:14\nTil: mei\nEmne: SV: order",
 "Lähettäjä: Shop Support <support@shop.example>\nLähetetty: tiistai 12. toukokuuta 2026 9.14\nVastaanottaja: mei\nAihe: VS: order",
 "Kimden: Shop Support <support@shop.example>\nGönderildi: 12 Mayıs 2026 Salı 09:14\nKime: mei\nKonu: YNT: order",
 "Từ: Shop Support <support@shop.example>\nĐã gửi: Thứ Ba, 12 tháng 5, 2026 9:14 SA\nĐến: mei\nChủ đề: order",
)):
    P("attribution %02d %s"%(i,line.split("\n")[0][:40]), N+"\n\n"+line+Q, N)
    
P("quoted after no blank line", "Nothing came.\nOn Tue, May 12, 2026 at 9:14 AM Shop <s@shop.example> wrote:\n> Hello\n", N)
P("reply below header block", "> From: Shop\n> Date: 12 May\n>\n> Do you want a refund or a new one?\n\nA new one, in blue.\n", "A new one, in blue.")
P("inline with names", "Hi Shop,\n\nShop Support wrote:\n> 1. order number?\n77120\n> 2. bought where?\nOnline\n\nThanks\nMei", *alts("Hi Shop,\n\n77120\n\nOnline","\n\nThanks\nMei"), *alts("Hi Shop,\n\n77120\nOnline","\n\nThanks\nMei"))
P("see my answers below, outlook no marks", "See my answers in red below.\n\nFrom: Shop <s@shop.example>\nSent: Tuesday, May 12, 2026 9:14 AM\nTo: Mei\nSubject: order\n\nWhich colour? [Mei] blue\n", "See my answers in red below.")
P("empty answer over quote", "\n\nOn Tue, May 12, 2026 at 9:14 AM Shop <s@shop.example> wrote:\n> Hello Mei\n", "Hello Mei","> Hello Mei","On Tue, May 12, 2026 at 9:14 AM Shop <s@shop.example> wrote:\n> Hello Mei")
P("p.s. after signature name", "Nothing came.\n\nMei\n\nPS: the phone number is new: 030 99.\n", "Nothing came.\n\nMei\n\nPS: the phone number is new: 030 99.", subject="lamp")
P("postscript under quote is kept", "First.\n\n> quoted\n\nPS: second.\n", "First.\n\nPS: second.")
P("sent from de", "Kommt nicht an.\n\nGesendet mit der GMX Mail App\n", "Kommt nicht an.","Kommt nicht an.\n\nGesendet mit der GMX Mail App")
P("sent from zh xiaomi", "还没到。\n\n来自我的小米手机\n", "还没到。","还没到。\n\n来自我的小米手机")
P("sent from zh iphone", "还没到。\n\n发自我的 iPhone\n\n> 在 2026年5月12日，09:14，Shop <s@shop.example> 写道：\n> \n> 您好\n", "还没到。","还没到。\n\n发自我的 iPhone")
P("sent from yahoo", "Still nothing.\n\nSent from Yahoo Mail for iPhone\n\n\nOn Tuesday, May 12, 2026, 9:14 AM, Shop <s@shop.example> wrote:\n\nHello", "Still nothing.","Still nothing.\n\nSent from Yahoo Mail for iPhone")
P("ja signature lines", "まだ届いていません。\n\n━━━━━━━━━━━━━━━\n株式会社サンプル\n山田太郎\nTEL: 03-1234-5678\nE-mail: yamada@kaisha.example\n━━━━━━━━━━━━━━━\n", "まだ届いていません。","まだ届いていません。\n\n━━━━━━━━━━━━━━━\n株式会社サンプル\n山田太郎\nTEL: 03-1234-5678\nE-mail: yamada@kaisha.example\n━━━━━━━━━━━━━━━")
P("contact block with phone lines", "The cup leaks.\n\nBest regards,\nMei Tan\nSales Manager\nTan Trading Ltd.\nTel: +44 20 1234\nwww.tan.example\n", *alts("The cup leaks.","\n\nBest regards,\nMei Tan","\nSales Manager\nTan Trading Ltd.\nTel: +44 20 1234\nwww.tan.example"), "The cup leaks.\n\nBest regards,")
P("de disclaimer", "Bitte tauschen.\n\nMit freundlichen Grüßen\nMei\n\nDiese E-Mail enthält vertrauliche und/oder rechtlich geschützte Informationen. Wenn Sie nicht der richtige Adressat sind, informieren Sie bitte sofort den Absender und vernichten Sie diese Mail.\n", *alts("Bitte tauschen.","\n\nMit freundlichen Grüßen\nMei"))
P("environment line", "Please swap it.\n\nPlease consider the environment before printing this e-mail.\n", "Please swap it.")
P("avast footer", "Please swap it.\n\n-- \nDiese E-Mail wurde von Avast-Antivirussoftware auf Viren geprüft.\nwww.avast.com\n", "Please swap it.")
P("list footer", "Please swap it.\n_______________________________________________\nusers mailing list\nusers@lists.example\nhttps://lists.example/users\n", "Please swap it.","Please swap it.\n_______________________________________________\nusers mailing list\nusers@lists.example\nhttps://lists.example/users")
P("external mail banner then text", "CAUTION: This email originated from outside of the organization. Do not click links unless you recognize the sender.\n\nThe box was empty.\n", "The box was empty.", "CAUTION: This email originated from outside of the organization. Do not click links unless you recognize the sender.\n\nThe box was empty.")
# traps
for n,t in (("letter quoting the seller in the middle","I asked your shop and got this:\n\n\"On 12 May we wrote: it ships on Monday.\"\n\nIt did not ship. Why?"),
 ("zh pasted chat","客服 10:02 说：稍等\n我 10:05 说：好的\n客服 10:30 说：没有货\n\n这就是聊天记录，请处理。"),
 ("address block","Ship it to:\n\nTo: Mei Tan\nStreet: Hill Rd 5\nCity: Berlin\n\nThanks, and please no signature on delivery."),
 ("order block with date and subject","Order: 77120\nDate: 12 May 2026\nItem: Lamp\n\nThe glass is broken. Date on the box was wrong as well."),
 ("underscores as a form","Name: ____________\nSize: ____________\n\nThe form in the box is empty like above. What shall I write?"),
 ("gt list","Steps I took:\n> menu > settings > reset\n> wait one minute\n> nothing\nThe box stays dead."),
 ("dash dash in text","I ordered two lamps\n-- one white\n-- one black\nand got two black ones."),
 ("ends with colon","Here is what happened when I opened it on 12 May 2026:\n\nsmoke came out and the lights went off."),
 ("someone wrote earlier","On Monday my wife wrote:\n\nyou answered that the lamp is out of stock. But the web page says 12 left."),
 ("wrote quoted text human","Your brochure of 12 May 2026 wrote:\nwaterproof. It is not."),
 ("zh date wrote","5月12日我在你们网站留言写道：\n锅底掉漆。\n至今没有回复。"),
 ("zh from to in sentence","收件人：李雷\n地址：北京市海淀区1号\n电话：13800000000\n\n请寄到以上地址，谢谢。"),
 ("sent from my kitchen","The pan burns.\nSent from my kitchen floor where I cleaned up the mess for an hour.\nI want a new one."),
 ("hr in text","Part one: late.\n________________________________\nPart two: broken."),
 ("es de/para","De: Madrid\nPara: Sevilla\nEl paquete salió el 12 de mayo y no llegó."),
 ("confidential word","This is confidential: my husband must not know the gift arrived broken. Please call me, not him."),
 ("signature dashes with number","Pressure:\n--\n12 bar\n--\nToo high for this hose, isn't it?")):
    P("trap "+n, t, t, subject="lamp")
# html
H("superhuman", '<div>Nothing came.</div><br><div class="gmail_signature">Sent via <a href="https://superhuman.com">Superhuman</a></div><br><div class="gmail_quote">On Tue, May 12, 2026 at 9:14 AM, Shop <span>&lt;s@shop.example&gt;</span> wrote:<br><blockquote class="gmail_quote">hello</blockquote></div>', N, N+"\n\nSent via Superhuman")
H("zimbra html", '<div>Nothing came.</div><hr id="zwchr" data-marker="__DIVIDER__"><div data-marker="__HEADERS__"><b>De: </b>"Shop" &lt;s@shop.example&gt;<br><b>À: </b>"Mei"<br><b>Envoyé: </b>Mardi 12 Mai 2026 09:14:33<br><b>Objet: </b>order<br></div><div data-marker="__QUOTED_TEXT__">hello</div>', N)
H("gmx html", '<div>Nothing came.</div><div><div name="quote" style="margin:10px 5px 5px 10px;border-left:2px solid #C3D9E5;"><div style="margin:0 0 10px 0;"><b>Gesendet:</b> Dienstag, 12. Mai 2026 um 09:14 Uhr<br><b>Von:</b> Shop &lt;s@shop.example&gt;<br><b>An:</b> mei@gmx.net<br><b>Betreff:</b> order</div><div name="quoted-content">hallo</div></div></div>', N)
H("outlook mobile html", '<div dir="ltr">Nothing came.</div><div id="ms-outlook-mobile-signature"><div>Get <a href="https://aka.ms/o0ukef">Outlook for iOS</a></div></div><div id="mail-editor-reference-message-container"><div><hr><div><b>From:</b> Shop &lt;s@shop.example&gt;<br><b>Sent:</b> Tuesday, May 12, 2026 9:14:33 AM<br><b>To:</b> Mei<br><b>Subject:</b> order</div>hello</div></div>', N, N+"\n\nGet Outlook for iOS")
H("outlook for mac", '<p>Nothing came.</p><div id="mail-editor-reference-message-container"><div style="border-top:solid #B5C4DF 1.0pt"><p><b>From: </b>Shop<br><b>Date: </b>Tuesday, 12 May 2026 at 09:14<br><b>To: </b>Mei<br><b>Subject: </b>order</p></div><p>hello</p></div>', N)
H("outlook table de", '<p class=MsoNormal>Nichts da.</p><p class=MsoNormal>&nbsp;</p><div><div style=\'border:none;border-top:solid #E1E1E1 1.0pt\'><p class=MsoNormal><b>Von:</b> Shop &lt;s@shop.example&gt; <br><b>Gesendet:</b> Dienstag, 12. Mai 2026 09:14<br><b>An:</b> Mei<br><b>Cc:</b> Boss<br><b>Betreff:</b> AW: order</p></div></div><p class=MsoNormal>Hallo</p>', "Nichts da.")
H("foxmail html", '<div>什么时候退款？</div><div><br></div><hr style="WIDTH:210px;HEIGHT:1px" color="#b5c4df" size="1" align="left"><div><span>mei@corp.example</span></div><blockquote style="margin:0"><div>&nbsp;</div><div style="border:none;border-top:solid #B5C4DF 1.0pt"><div><div><b>发件人：</b>&nbsp;<a href="mailto:s@shop.example">Shop</a></div><div><b>发送时间：</b>&nbsp;2026-05-12 09:14</div><div><b>收件人：</b>&nbsp;mei</div><div><b>主题：</b>&nbsp;Re: 订单</div></div></div><div>您好</div></blockquote>', "什么时候退款？","什么时候退款？\n\nmei@corp.example","什么时候退款？\n\n----------\n\nmei@corp.example")
H("netease html 2024", '<div data-ntes="ntes_mail_body_root" style="line-height:1.7"><div>退款呢？</div></div><div data-ntes="ntes_mail_quote"><br>At 2026-05-12 09:14:33, "Shop" &lt;s@shop.example&gt; wrote:<br><blockquote id="isReplyContent">hello</blockquote></div>', "退款呢？")
H("netease mobile", '<div>退款呢？</div><div id="ntes-pcmail-signature"><div class="signatureBox">mei</div></div><div style="border-top:1px solid #ccc">---- 回复的原邮件 ----</div><table><tr><td>发件人</td><td>Shop&lt;s@shop.example&gt;</td></tr><tr><td>日期</td><td>2026年05月12日 09:14</td></tr><tr><td>收件人</td><td>mei</td></tr><tr><td>主题</td><td>订单</td></tr></table><div>您好</div>', "退款呢？","退款呢？\n\nmei")
H("dingtalk html", '<div class="__aliyun_email_body_block"><div>换一台</div><div class="__aliyun_signature_wrap"><div>梅</div></div><div>------------------------------------------------------------------</div><div>发件人：Shop &lt;s@shop.example&gt;</div><div>发送时间：2026年5月12日(星期二) 09:14</div><div>收件人：梅&lt;m@corp.example&gt;</div><div>主　题：订单</div><div>您好</div></div>', "换一台","换一台\n\n梅","换一台\n梅")
H("wecom html", '<div>好的</div><div><br></div><div><div class="xm_compose_origin_mail_container_sign"></div><div style="color:#959da6;font-size:12px">---------- 原始邮件 ----------</div><div style="background:#eff4f6">发件人: Shop &lt;s@shop.example&gt;<br>发送时间: 2026年05月12日 09:14<br>收件人: 梅<br>主题: 订单</div><div>您好</div></div>', "好的")
H("qq new html", '<div>没收到</div><div class="xmail_quote">Shop&lt;s@shop.example&gt;&nbsp;在 2026年5月12日 周二 9:14 写道：<blockquote>您好</blockquote></div>', "没收到")
H("html no container, only hr and bold header in table", '<p>Nothing came.</p><hr><table><tr><td><b>From:</b></td><td>Shop</td></tr><tr><td><b>Sent:</b></td><td>12 May 2026</td></tr><tr><td><b>To:</b></td><td>Mei</td></tr><tr><td><b>Subject:</b></td><td>order</td></tr></table><p>hello</p>', N)
H("html bottom posting", '<div class="moz-cite-prefix">On 12/05/2026 09:14, Shop wrote:<br></div><blockquote type="cite" cite="mid:1@x"><p>blue or red?</p></blockquote><p>Blue, please.</p>', "Blue, please.")
H("html forward gmail", '<div dir="ltr">This is what they sent me.<br><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">---------- Forwarded message ---------<br>From: <b>Courier</b> &lt;c@courier.example&gt;<br>Date: Mon, May 11, 2026<br>Subject: parcel<br>To: Mei</div><br>We lost it.</div></div>', "This is what they sent me.\n\n---------- Forwarded message ---------\nFrom: Courier <c@courier.example>\nDate: Mon, May 11, 2026\nSubject: parcel\nTo: Mei\n\nWe lost it.", subject="Fwd: parcel")
H("html forward outlook zh", '<div>请处理</div><hr><div id="divRplyFwdMsg"><b>发件人:</b> 快递 &lt;c@courier.example&gt;<br><b>发送时间:</b> 2026年5月11日<br><b>收件人:</b> 梅<br><b>主题:</b> 包裹</div><div>包裹丢了</div>', "请处理\n\n发件人: 快递 <c@courier.example>\n发送时间: 2026年5月11日\n收件人: 梅\n主题: 包裹\n包裹丢了", "请处理\n\n----------\n\n发件人: 快递 <c@courier.example>\n发送时间: 2026年5月11日\n收件人: 梅\n主题: 包裹\n包裹丢了", "请处理\n\n---\n\n发件人: 快递 <c@courier.example>\n发送时间: 2026年5月11日\n收件人: 梅\n主题: 包裹\n包裹丢了", subject="转发: 包裹")
H("html with hidden preheader and reply", '<div style="display:none;max-height:0">Re: order preview text</div><div>Nothing came.</div><blockquote type="cite">old</blockquote>', N)
H("html spans br quote with border-left", '<div>Nothing came.<br><br>On 12/05/2026 Shop wrote:<br><div style="border-left:1px #ccc solid;padding-left:1ex">hello</div></div>', N)
H("spark", '<html><body><div name="messageBodySection"><div dir="auto">Nothing came.</div></div><div name="messageSignatureSection"><br><div>Mei</div></div><div name="messageReplySection">On May 12, 2026 at 09:14 +0200, Shop &lt;s@shop.example&gt;, wrote:<br><blockquote type="cite" class="spark_quote">hello</blockquote></div></body></html>', N, N+"\n\nMei")
H("freshly typed html letter with bold labels", '<p><b>Product:</b> Lamp<br><b>Date:</b> 12 May<br><b>Fault:</b> dark</p><p>Please replace.</p>', "Product: Lamp\nDate: 12 May\nFault: dark\n\nPlease replace.", subject="fault")
