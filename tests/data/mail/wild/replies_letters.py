"""replies_letters.py - Whole letters as answers, with closings, contact blocks, phone lines and histories in mixed languages; texts that only look quoted."""
from cases import add, P, H, A, w, head
import base64
def alts(core, *tails):
    out=[core]
    for t in tails: out.append(out[-1]+t)
    return out
# natural whole mails
P("letter en outlook thread", "Dear Support,\n\nThank you for your reply. Unfortunately the replacement bulb does not fit the socket (E14 instead of E27).\n\nCould you please send the right one, and confirm by Friday?\n\nKind regards,\n\nHelen Marsh\nOffice Manager | Marsh & Sons\nT: +44 1632 960 100\nM: +44 7700 900 100\nwww.marsh.example\n\n\nFrom: Shop Support <support@shop.example>\nSent: 03 June 2026 16:20\nTo: Helen Marsh <helen@marsh.example>\nCc: Accounts <acc@marsh.example>\nSubject: RE: [TK-221] Lamp\n\nDear Helen,\nthe bulb is on its way.\n\nFrom: Helen Marsh\nSent: 02 June 2026 09:00\nTo: support@shop.example\nSubject: Lamp\n\nno light\n",
  *alts("Dear Support,\n\nThank you for your reply. Unfortunately the replacement bulb does not fit the socket (E14 instead of E27).\n\nCould you please send the right one, and confirm by Friday?","\n\nKind regards,","\n\nHelen Marsh","\nOffice Manager | Marsh & Sons\nT: +44 1632 960 100\nM: +44 7700 900 100\nwww.marsh.example"))
P("letter de mit confidentiality and history", "Hallo Frau Weber,\n\nder Ersatz ist da, aber die Farbe ist falsch. Bitte um Abholung am Montag.\n\nViele Grüße\nTim Brandt\n\nBrandt GmbH · Ringstr. 5 · 50667 Köln\nGeschäftsführer: T. Brandt · HRB 1234 Köln\nTel. 0221 123456\n\nVon: Weber, Anna <support@shop.example>\nGesendet: Mittwoch, 3. Juni 2026 10:01\nAn: Tim Brandt <tim@brandt.example>\nBetreff: AW: Ersatzlampe\n\nHallo Herr Brandt\n",
  *alts("Hallo Frau Weber,\n\nder Ersatz ist da, aber die Farbe ist falsch. Bitte um Abholung am Montag.","\n\nViele Grüße","\nTim Brandt","\n\nBrandt GmbH · Ringstr. 5 · 50667 Köln\nGeschäftsführer: T. Brandt · HRB 1234 Köln\nTel. 0221 123456"))
P("zh letter with sign", "您好：\n\n    发来的发票抬头还是错的，应为“北京蓝天科技有限公司”，税号没问题。请重开。\n\n    谢谢！\n\n李明\n2026-06-04\n\n在 2026-06-03 16:20:11，\"售后服务\" <support@shop.example> 写道：\n\n李先生您好，发票已重开。\n",
  *alts("您好：\n\n    发来的发票抬头还是错的，应为“北京蓝天科技有限公司”，税号没问题。请重开。","\n\n    谢谢！","\n\n李明","\n2026-06-04"))
P("zh qq mobile short", "没有，一直没收到短信\n\n\n---原始邮件---\n发件人: \"售后服务\"<support@shop.example>\n发送时间: 2026年6月3日(周三) 下午4:20\n收件人: \"明\"<ming@qq.com>;\n主题: 回复: 验证码\n\n请问收到短信了吗？", "没有，一直没收到短信")
P("zh outlook thread", "王经理：\n\n附件是破损照片，请查收。运费谁来承担？\n\n张伟\n采购部\n\n发件人: 售后服务 <support@shop.example> \n发送时间: 2026年6月3日 16:20\n收件人: 张伟 <zw@corp.example>\n抄送: 王经理 <wjl@corp.example>\n主题: 答复: 货物破损\n\n请提供照片。\n", *alts("王经理：\n\n附件是破损照片，请查收。运费谁来承担？","\n\n张伟","\n采购部"))
P("zh hant gmail", "還是不行，重開機也一樣。\n\n客服 <support@shop.example> 於 2026年6月3日 週三 下午4:20寫道：\n\n> 請試著重開機。\n", "還是不行，重開機也一樣。")
P("ja reply", "サポート御中\n\nお世話になっております。\n交換品を受け取りましたが、やはり電源が入りません。\n返金をお願いできますでしょうか。\n\n山本\n\n2026年6月3日(水) 16:20 サポート <support@shop.example>:\n\n> 山本様\n> 交換品を発送しました。\n", *alts("サポート御中\n\nお世話になっております。\n交換品を受け取りましたが、やはり電源が入りません。\n返金をお願いできますでしょうか。","\n\n山本"))
P("ja outlook", "ありがとうございます。明日試してみます。\n\nFrom: サポート <support@shop.example>\nSent: Wednesday, June 3, 2026 4:20 PM\nTo: 山本 <y@corp.example>\nSubject: Re: 電源\n\n山本様\n", "ありがとうございます。明日試してみます。")
P("ko reply", "안녕하세요.\n여전히 작동하지 않습니다. 환불 부탁드립니다.\n\n2026년 6월 3일 (수) 오후 4:20, 고객센터 <support@shop.example>님이 작성:\n\n> 재시작해 보세요.\n", "안녕하세요.\n여전히 작동하지 않습니다. 환불 부탁드립니다.")
P("fr reply wrapped", "Bonjour,\n\nLe colis est bien arrivé mais il manque le câble.\n\nMerci d'avance,\nSophie\n\nLe mer. 3 juin 2026 à 16:20, Support Shop Example <support@shop.example>\na écrit :\n\n> Bonjour Sophie,\n> votre colis est parti.\n>\n", *alts("Bonjour,\n\nLe colis est bien arrivé mais il manque le câble.","\n\nMerci d'avance,","\nSophie"))
P("es outlook", "Buenas tardes:\n\nSigue sin funcionar. Quiero la devolución.\n\nDe: Soporte <support@shop.example>\nEnviado: miércoles, 3 de junio de 2026 16:20\nPara: Pablo\nAsunto: RE: lámpara\n\nPruebe a reiniciar.", "Buenas tardes:\n\nSigue sin funcionar. Quiero la devolución.")
P("it apple", "Non ancora, grazie.\n\nInviato da iPhone\n\n> Il giorno 3 giu 2026, alle ore 16:20, Shop <support@shop.example> ha scritto:\n> \n> È arrivato?\n", "Non ancora, grazie.","Non ancora, grazie.\n\nInviato da iPhone")
P("pt gmail", "Ainda não chegou :(\n\nEm qua., 3 de jun. de 2026 às 16:20, Shop <support@shop.example> escreveu:\n\n> Chegou?\n", "Ainda não chegou :(")
P("ru reply", "Добрый день! Деньги так и не пришли.\n\nср, 3 июн. 2026 г. в 16:20, Shop <support@shop.example>:\n\n> Деньги отправлены.\n", "Добрый день! Деньги так и не пришли.")
P("three levels mixed languages", "Doch, genau das habe ich geschrieben.\n\nAm Mi., 3. Juni 2026 um 16:20 Uhr schrieb Shop <support@shop.example>:\n\n> You did not say that.\n>\n> 在 2026年6月2日，Mei <m@mail.example> 写道：\n>> 灯坏了\n", "Doch, genau das habe ich geschrieben.")
P("inline numbered answers", "Hi Tom,\n\n> 1) Which model?\n\nX-200\n\n> 2) Firmware?\n\n1.4\n\n> 3) Since when does it fail, and did anything change before, for example an\n> update or a new router?\n\nSince Monday. No changes.\n\nBest\nEva\n", *alts("Hi Tom,\n\nX-200\n\n1.4\n\nSince Monday. No changes.","\n\nBest","\nEva"))
P("inline with attribution de", "Am 03.06.2026 um 16:20 schrieb Shop:\n> Haben Sie das Kabel geprüft?\n\nJa, mehrfach.\n\n> Ist die Lampe warm?\n\nNein.\n", "Ja, mehrfach.\n\nNein.")
P("bottom post with signature", "Shop wrote on Wed, 3 Jun 2026 16:20:\n> Is it red?\n\nNo, black.\n\n-- \nSent by mutt\n", "No, black.")
P("top and bottom", "See below.\n\nOn Wed, Jun 3, 2026 at 4:20 PM Shop <support@shop.example> wrote:\n> Which address?\n\nHill Rd 5, not 6.\n\n> Anything else?\n\nNo.\n", "See below.\n\nHill Rd 5, not 6.\n\nNo.")
P("forward with header only zh", "麻烦看下这个物流回复，是不是丢件了？\n\n发件人: 物流 <kf@kd.example>\n发送时间: 2026年6月2日 10:00\n收件人: 我\n主题: 查询结果\n\n您的件无法查询。", "麻烦看下这个物流回复，是不是丢件了？\n\n发件人: 物流 <kf@kd.example>\n发送时间: 2026年6月2日 10:00\n收件人: 我\n主题: 查询结果\n\n您的件无法查询。", subject="Fw: 查询结果")
t="Begin forwarded message:\n\nFrom: Courier <c@courier.example>\nSubject: Lost\nDate: 2 June 2026 at 10:00:00 BST\nTo: Mei <m@mail.example>\n\nWe lost it.\n\n-- \nCourier Ltd."
P("forward keeps its signature", t, t, subject="Fwd: Lost")
P("phone line zh huawei", "已经退回去了\n\n发自HUAWEI Mate 60\n\n在 2026年6月3日 16:20，售后 <support@shop.example> 写道：\n> 请退回\n", "已经退回去了","已经退回去了\n\n发自HUAWEI Mate 60")
P("phone line ios fr", "Oui merci\n\nEnvoyé de mon iPhone\n", "Oui merci","Oui merci\n\nEnvoyé de mon iPhone")
P("phone line ja", "了解です\n\niPhoneから送信\n\n2026/06/03 16:20、サポート <support@shop.example>のメール:\n\n> 発送しました\n", "了解です","了解です\n\niPhoneから送信")
P("legal notice long fr", "Le produit est défectueux.\n\nCe message et toutes les pièces jointes sont confidentiels et établis à l'intention exclusive de ses destinataires. Toute utilisation non conforme est interdite.\n", "Le produit est défectueux.")
P("legal notice stars", "Cable missing.\n\n***********************************************************\nThis email and any files transmitted with it are confidential and\nintended solely for the use of the individual to whom they are addressed.\n***********************************************************\n", "Cable missing.")
P("confidential zh dashes", "请尽快处理。\n\n------------------------------\n保密提示：本邮件及附件含有某公司保密信息，仅供收件人使用。\n", "请尽快处理。")
P("dash dash without space then name", "Not fixed.\n\n--\nRob\nRob's Bikes\n", "Not fixed.")
P("underscore signature", "Not fixed.\n\n________________\nRob Miller\nRob's Bikes\nTel 555 1234567\n", "Not fixed.","Not fixed.\n\n________________\nRob Miller\nRob's Bikes\nTel 555 1234567")
P("attribution with date only name", "ok\n\nShop, 3 June 2026, 16:20:\n> Is it ok?\n", "ok")
P("attribution bare name wrote", "ok then\n\nShop Support wrote:\n> Is it ok?\n", "ok then")
P("attribution in outlook plain gmail style no gt", "Nothing yet.\n\nOn Wed, 3 Jun 2026, 16:20 Shop Support, <support@shop.example> wrote:\n\nDid it come?\n", "Nothing yet.")
P("ticket marker", "Please reopen.\n\n##- Please type your reply above this line -##\n\nYour request (812) has been solved.", "Please reopen.")
P("reply over our html as text", "Please reopen.\n\n---- Original Message ----\nFrom: \"Shop\" <support@shop.example>\nTo: eva@mail.example\nSent: Wed 3 Jun 2026 16:20\nSubject: [TK-22] solved\n\nsolved", "Please reopen.")
P("blackberry", "call me\n\nSent from my BlackBerry 10 smartphone.\n  Original Message  \nFrom: Shop\nSent: Wednesday, June 3, 2026 16:20\nTo: Eva\nSubject: Re: hi\n\ntext", "call me","call me\n\nSent from my BlackBerry 10 smartphone.")
P("netease master inline date", "好的谢谢\n| |\n李明\n|\n|\nliming@163.com\n|\n---- 回复的原邮件 ----\n| 发件人 | 售后<support@shop.example> |\n| 日期 | 2026年06月03日 16:20 |\n| 收件人 | liming@163.com<liming@163.com> |\n| 抄送至 | |\n| 主题 | Re:退款 |\n已退款", "好的谢谢","好的谢谢\n| |\n李明\n|\n|\nliming@163.com\n|")
P("sohu", "没有解决。\n\n----- Original Message -----\n发件人: 售后 <support@shop.example>\n日期: 2026-06-03 16:20:00\n收件人: 李明 <lm@sohu.com>\n主题: 回复\n\n您好", "没有解决。")
P("139 mail", "还是一样\n\n\n\n----邮件原文----\n发件人：售后 <support@shop.example>\n收件人：13800001111 <13800001111@139.com>\n抄 送：(无)\n发送时间：2026-06-03 16:20:00\n主题：Re:报修\n\n您好", "还是一样")
P("coremail webmail", "收到，明天寄出\n\n\n> -----原始邮件-----\n> 发件人: \"售后\" <support@shop.example>\n> 发送时间: 2026-06-03 16:20:00 (星期三)\n> 收件人: lm@univ.edu.cn\n> 抄送: \n> 主题: 退货\n> \n> 您好\n", "收到，明天寄出")
P("feishu english", "done, thanks\n\nFrom: \"Shop\"<support@shop.example>\nDate: Wed, Jun 3, 2026, 16:20\nSubject: Re: refund\nTo: \"Ming\"<m@corp.example>\nhello", "done, thanks")
P("dingtalk english", "wrong item again\n------------------------------------------------------------------\nFrom:Shop <support@shop.example>\nSend Time:2026 Jun. 3 (Wed.) 16:20\nTo:Ming<m@corp.example>\nSubject:Re: order\n\nhello", "wrong item again")
# traps
for n,t in (("quotes own contract","Your terms say in section 5:\n\"On delivery the buyer has 14 days.\"\nI sent it back after 12 days."),
 ("log excerpt","The device prints this:\n\n2026-06-03 16:20:11 error: sensor <s1@bus> wrote: 0\n2026-06-03 16:20:12 reboot\n\nEvery hour."),
 ("meeting notes","On Wednesday, 3 June 2026 at 16:20 your technician Tom wrote down:\n- pump dead\n- board dead\n\nHe then left and never came back."),
 ("dialogue","Me: where is it?\nAgent: on the way\nMe: since when?\nAgent: Monday\n\nThis was the chat on 3 June 2026 at 16:20. Please read it."),
 ("recipe of form fields","Name: Eva Holm\nE-mail: eva@mail.example\nOrder: 77120\nSubject: broken glass\nMessage: The glass arrived in pieces."),
 ("zh form fields","姓名：李明\n电话：13800000000\n订单：77120\n主题：锅坏了\n内容：锅底掉漆，要求退货。"),
 ("greater than prices","I compared:\nshop A > 20 EUR\nshop B > 25 EUR\nYou > 40 EUR\nWhy?"),
 ("list with dashes and heading","--- Problems ---\n1. late\n2. dirty\n--- Wish ---\nRefund."),
 ("zh citing notice","快递员发短信写道：“已放驿站”。\n驿站说没有。\n我2026年6月3日16:20去的。"),
 ("thanks at start","Thanks,\nbut that does not help: the box was empty and the seal broken."),
 ("best as word","Best\nthing would be a refund, second best a new one."),
 ("from address in text","From: my new address is Hill Rd 5.\nTo be clear: the old one was Hill Rd 6."),
 ("address in two lines","Please use these addresses:\nmei@mail.example\nmei2@mail.example\nThe old one bounces."),
 ("short poem","Late, late,\nI wait, I wait.\n\nRefund?\n\n-- a sad customer who has waited for four long weeks and is not amused at all by the silence of your so called support team, is this normal?")):
    P("trap "+n, t, t, subject="complaint")
# html
H("outlook classic zh", '<html xmlns:o="urn:schemas-microsoft-com:office:office"><body lang="ZH-CN"><div class="WordSection1"><p class="MsoNormal"><span>照片见附件，</span><span>请尽快换货。</span></p><p class="MsoNormal"><span>&nbsp;</span></p><div><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p class="MsoNormal"><b>发件人<span lang="EN-US">:</span></b><span lang="EN-US"> Shop &lt;support@shop.example&gt; </span><br><b>发送时间<span lang="EN-US">:</span></b> 2026年6月3日 16:20<br><b>收件人:</b> 张伟<br><b>主题:</b> 答复: 破损</p></div></div><p class="MsoNormal">请提供照片。</p></div></body></html>', "照片见附件，请尽快换货。")
H("qq phone html", '还没有退款到账<br><br><br><div style="line-height:1.5"><div><br></div><div style="font-size: 12px;">---原始邮件---</div><div style="font-size: 12px;background:#f0f0f0;"><b>发件人:</b> "售后"&lt;support@shop.example&gt;<br><b>发送时间:</b> 2026年6月3日(周三) 下午4:20<br><b>收件人:</b> "明"&lt;m@qq.com&gt;;<br><b>主题:</b> 退款</div><br>已退款</div>', "还没有退款到账")
H("gmail html zh inline", '<div dir="ltr"><div dir="ltr">两个问题：</div><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">售后 &lt;<a href="mailto:s@shop.example">s@shop.example</a>&gt; 于2026年6月3日周三 16:20写道：<br></div><blockquote class="gmail_quote"><div>型号？</div></blockquote><div>X-200</div><blockquote class="gmail_quote"><div>购买日期？</div></blockquote><div>五月一日</div></div></div>', "两个问题：\n\nX-200\n\n五月一日","两个问题：\n\nX-200\n五月一日","两个问题：\nX-200\n五月一日")
H("gmail html signature", '<div dir="ltr">It leaks again.<div><br></div><span class="gmail_signature_prefix">-- </span><br><div dir="ltr" class="gmail_signature">Eva Holm<br>Tel 555</div></div><br><div class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">On Wed, Jun 3, 2026 at 4:20 PM Shop &lt;s@shop.example&gt; wrote:<br></div><blockquote class="gmail_quote">ok?</blockquote></div>', "It leaks again.")
H("outlook signature div", '<div><div>It leaks again.</div><div><br></div><div id="Signature"><div>Eva Holm</div><div>Holm AB</div></div><div id="appendonsend"></div><hr tabindex="-1"><div id="divRplyFwdMsg"><b>Från:</b> Shop<br><b>Skickat:</b> den 3 juni 2026<br><b>Till:</b> Eva<br><b>Ämne:</b> läcka</div><div>ok?</div></div>', *alts("It leaks again.","\n\nEva Holm","\nHolm AB"))
H("samsung html", '<html><body>Nein, ist noch nicht da.<div id="composer_signature"><div>Von meinem Galaxy gesendet</div></div><div><br></div><div style="font-size:100%"><!-- originalMessage --><div>-------- Ursprüngliche Nachricht --------</div><div>Von: Shop &lt;s@shop.example&gt;</div><div>Datum: 03.06.26 16:20 (GMT+01:00)</div><div>An: eva@mail.example</div><div>Betreff: Paket</div><div><br></div></div>Ist es da?</body></html>', "Nein, ist noch nicht da.","Nein, ist noch nicht da.\n\nVon meinem Galaxy gesendet","Nein, ist noch nicht da.\nVon meinem Galaxy gesendet")
H("thunderbird inline", '<p>Hallo,</p><blockquote type="cite" cite="mid:x"><p>Welche Farbe?</p></blockquote><p>Blau.</p><blockquote type="cite" cite="mid:x"><p>Welche Größe?</p></blockquote><p>M.</p><p>Gruß Eva</p>', *alts("Hallo,\n\nBlau.\n\nM.","\n\nGruß Eva"))
H("mail.ru html", '<p>Не пришло</p><blockquote style="border-left:1px solid #0857A6">Среда, 3 июня 2026, 16:20 +03:00 от Shop &lt;s@shop.example&gt;:<br><p>Отправлено</p></blockquote>', "Не пришло")
H("yandex html", '<div>Не пришло</div><div> </div><div>----------------</div><div>Кому: eva@yandex.ru (eva@yandex.ru);</div><div>Тема: Заказ;</div><div>03.06.2026, 16:20, "Shop" &lt;s@shop.example&gt;:</div><blockquote><p>Отправлено</p></blockquote>', "Не пришло")
H("naver html", '<div>아직 안 왔어요.</div><div><br></div><blockquote><div>-----Original Message-----<br><b>From:</b> "고객센터"&lt;s@shop.example&gt;<br><b>To:</b> "이"&lt;l@naver.example&gt;;<br><b>Cc:</b><br><b>Sent:</b> 2026-06-03 (수) 16:20:00 (GMT+09:00)<br><b>Subject:</b> 배송<br></div>도착했나요?</blockquote>', "아직 안 왔어요.")
H("roundcube html", '<p>Still dripping.</p><div id="_rc_sig"></div><p id="reply-intro">On 2026-06-03 16:20, Shop wrote:</p><blockquote type="cite" style="padding:0 0.4em;border-left:#1010ff 2px solid"><p>fixed?</p></blockquote>', "Still dripping.")
H("front app", '<div>Still dripping.</div><div class="front-signature"></div><br><div class="front-blockquote-wrapper"><div>On June 3, 2026, 4:20 PM GMT+2 <a href="mailto:s@shop.example">s@shop.example</a> wrote:</div><blockquote type="cite" class="front-blockquote">fixed?</blockquote></div>', "Still dripping.")
H("zoho html", '<div style="font-family:Verdana">Still dripping.<br></div><div class="zmail_extra"><div id="Zm-_Id_-Sgn1">---- On Wed, 03 Jun 2026 16:20:00 +0200 <b>Shop &lt;s@shop.example&gt;</b> wrote ---<br></div><blockquote>fixed?</blockquote></div>', "Still dripping.")
H("table letter", '<table><tr><td><p>Dear shop,</p><p>see the list:</p><table border=1><tr><th>Item</th><th>Fault</th></tr><tr><td>Cup</td><td>crack</td></tr></table><p>Please replace.</p></td></tr></table>', "Dear shop,\n\nsee the list:\n\nItem\tFault\nCup\tcrack\n\nPlease replace.","Dear shop,\n\nsee the list:\n\nItem | Fault\nCup | crack\n\nPlease replace.", subject="cups")
A("alternative with text without quote marks", "Still dripping.\n\nOn Wed, Jun 3, 2026 at 4:20 PM Shop <s@shop.example> wrote:\n\nfixed?\n", '<div>Still dripping.</div><br><div class="gmail_quote"><div class="gmail_attr">On Wed, Jun 3, 2026 at 4:20 PM Shop wrote:</div><blockquote>fixed?</blockquote></div>', "Still dripping.")
A("alternative empty text", "", '<p>Only here.</p><blockquote type="cite">old</blockquote>', "Only here.")
