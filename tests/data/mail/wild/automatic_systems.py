"""automatic_systems.py - Reports and notices of more systems, absences and acknowledgements without headers, monitors; and many people who write near them."""
from cases import add, w, ME
import base64, quopri
def b64(t, cs="utf-8"): return base64.encodebytes(t.encode(cs)).decode()
def R(name, raw, auto=True, bounce=False): add(name, raw.lstrip("\n"), auto=auto, bounce=bounce)
def V(name, subject, sender, body, extra="", auto=True, bounce=False, html=False, cs="utf-8"):
    R(name, "From: %s\nTo: %s\nSubject: %s\nDate: Mon, 6 Jul 2026 09:30:00 +0200\nMessage-ID: <r4.1@out.example>\n%sMIME-Version: 1.0\nContent-Type: text/%s; charset=%s\nContent-Transfer-Encoding: base64\n\n%s" % (sender, ME, subject if subject.isascii() else w(subject,cs), extra, "html" if html else "plain", cs, b64(body,cs)), auto, bounce)
B=dict(bounce=True); h=dict(auto=False)
def REPORT(name, sender, subject, note, action, status, rcpt, extra="", auto=True, bounce=True, typ="delivery-status"):
    R(name, "Return-Path: <>\nFrom: %s\nTo: %s\nSubject: %s\nDate: Mon, 6 Jul 2026 09:30:00 +0200\nMessage-ID: <r4.2@out.example>\n%sMIME-Version: 1.0\nContent-Type: multipart/report; report-type=%s; boundary=\"zz\"\n\n--zz\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n%s\n--zz\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mta.example\n\nFinal-Recipient: rfc822; %s\nAction: %s\nStatus: %s\n\n--zz\nContent-Type: text/rfc822-headers\n\nMessage-ID: <ours@shop.example>\nSubject: x\n\n--zz--\n"%(sender,ME,subject if subject.isascii() else w(subject),extra,typ,note,rcpt,action,status), auto, bounce)
REPORT("r postfix zh","MAILER-DAEMON@mail.corp.example (Mail Delivery System)","Undelivered Mail Returned to Sender","This is the mail system at host mail.corp.example.","failed","5.1.1","a@corp.example")
REPORT("r exchange ja","postmaster@corp.example","配信不能: ご連絡","次の受信者への配信に失敗しました","failed","5.1.10","b@corp.example")
REPORT("r delay","MAILER-DAEMON@mail.corp.example","Delivery delayed","still trying","delayed","4.4.7","c@corp.example")
REPORT("r relayed","postmaster@corp.example","Relayed: hello","relayed","relayed","2.1.9","d@corp.example",bounce=False)
REPORT("r expanded","postmaster@corp.example","Expanded: hello","expanded","expanded","2.0.0","list@corp.example",bounce=False)
V("t domino","DELIVERY FAILURE: Error transferring to MX.CORP.EXAMPLE; SMTP Protocol Returned a Permanent Error 550 5.7.1","Postmaster@notes.example","Your message\n\n  Subject: hello\n\nwas not delivered to:\n\n  e@corp.example\n\nbecause:\n\n  Error transferring to MX.CORP.EXAMPLE",**B)
V("t imail","Undeliverable Mail","postmaster@imail.example","User mailbox exceeds allowed size: f@imail.example\n\nOriginal message follows.",**B)
V("t surgemail","Failed mail: hello","Postmaster@surge.example","Your message cannot be delivered to the following recipients: g@surge.example",**B)
V("t mercury","Postmaster notify: see transcript for details","Mail Delivery Subsystem <MAILER-DAEMON@mercury.example>","The user 'h' does not exist at mercury.example.",**B)
V("t 163 html","系统退信","Postmaster <postmaster@126.com>","<div><p>尊敬的用户：</p><p>您的邮件被退回，原因如下</p><table><tr><td>收件人：</td><td>i@126.com</td></tr><tr><td>退信代码：</td><td>550 User has no permission</td></tr></table></div>",html=True,cs="gb18030",**B)
V("t tencent exmail zh","退信通知","postmaster@exmail.qq.example","收件人 j@corp.example 邮件地址不存在，您的邮件无法投递。\n建议您核对收件人地址后重新发送。",cs="gb18030",**B)
V("t feishu mail","邮件发送失败：处理结果通知","飞书邮箱 <mailer-daemon@feishu.example>","你的邮件未能成功发送给以下收件人：k@corp.example。原因：收件人域名不存在。",**B)
V("t aliyun en","Undelivered Mail: result","postmaster@aliyun.example","The message could not be delivered to l@corp.example. Diagnostic: 554 Reject by content spam at DATA State",**B)
V("t sapo","Falha na entrega da mensagem","MAILER-DAEMON@sapo.example","Não foi possível entregar a sua mensagem ao destinatário m@sapo.example.",**B)
V("t posteo de","Unzustellbare Nachricht","Mailer-Daemon <mailer-daemon@posteo.example>","Ihre Nachricht konnte nicht zugestellt werden.\n\nn@posteo.example: Das Postfach ist voll.",**B)
V("t web.de delay","Zustellung verzögert","Mail Delivery System <mailer-daemon@web.example>","Ihre E-Mail an o@web.example konnte bislang nicht zugestellt werden. Die Zustellung wird weiter versucht.",**B)
V("t seznam cz","Nedoručitelná zpráva","Mail Delivery System <MAILER-DAEMON@seznam.example>","Vaši zprávu nebylo možné doručit příjemci p@seznam.example.",**B)
V("t ok hungarian","Kézbesíthetetlen: válasz","postmaster@ceg.example","Nem sikerült kézbesíteni a következő címzetteknek: q@ceg.example",**B)
V("t greek","Μη παραδοτέο: απάντηση","postmaster@etaireia.example","Η παράδοση στους παρακάτω παραλήπτες απέτυχε: r@etaireia.example",**B)
V("t antispam block en","Mail rejected: policy","mailgw@corp.example","Your message sent to s@corp.example has been rejected because the attachment type is not allowed.",**B)
V("t zh quota","您发送的邮件未送达","postmaster@univ.example","由于收件人 t@univ.example 邮箱空间已满，您的邮件未能送达。",**B)
V("t null sender and few words","hello","Mail <mail@small.example>","u@small.example: gone.\n550 5.1.1","Return-Path: <>\n",**B)
# vacations with headers as real servers send
V("v exchange zh","自动答复: 处理结果","刘经理 <liu@corp.example>","我不在公司，有事请打手机。","X-Auto-Response-Suppress: All\nAuto-Submitted: auto-generated\nX-MS-Exchange-Generated-Message-Source: Mailbox Rules Agent\n")
V("v gmail","Away until Tuesday Re: Your ticket","Amy <amy@gmail.com>","Hi, I am away until Tuesday.","Precedence: bulk\nX-Autoreply: yes\nAuto-Submitted: auto-replied\n")
V("v cpanel","Autorespond","sales@tiny.example","Thanks for your mail!","X-Autorespond: hello\nAuto-Submitted: auto-replied\nX-Precedence: auto_reply\n")
V("v zimbra","Out of Office","Ben <ben@zimbra.example>","gone fishing","Auto-Submitted: auto-replied (zimbra; readonly)\nPrecedence: bulk\n")
V("v no header en","Annual leave","Kate Brown <kate@council.example>","Hello, I am on annual leave returning on 20 July. I will reply to your message then. If you need help sooner, please contact duty@council.example.")
V("v no header en 2","Re: Your complaint 221","Joe <joe@firm.example>","Thanks for your email. I'm out of the office this week with no access to email and will get back to you on Monday 13 July.")
V("v no header de","Re: Ihre Beschwerde 221","Uli <uli@firma.example>","Vielen Dank für Ihre E-Mail. Ich bin bis zum 13. Juli abwesend und habe keinen Zugriff auf meine E-Mails. Bitte wenden Sie sich an vertretung@firma.example.")
V("v no header fr","Re: Votre réclamation 221","Max <max@firme.example>","Bonjour, je suis absent jusqu'au 13 juillet inclus et ne consulterai pas mes messages. En cas d'urgence, contactez info@firme.example.")
V("v no header zh","Re: 您的投诉 221","小孙 <sun@firm.example>","您好，我正在休年假，7月13日返回，期间无法及时回复邮件，急事请联系同事小李：li@firm.example。")
V("v no header zh2","关于221号工单","市场部-陈晨 <cc@firm.example>","【自动回复】您好，您的邮件已收到，我将在24小时内回复，谢谢！")
V("v no header ja","Re: お客様のお申し出 221","田村 <tamura@firm.example>","メールありがとうございます。7月13日まで休暇をいただいております。お急ぎの方は support@firm.example までご連絡ください。戻りましたら返信いたします。")
V("v no header ko","Re: 민원 221","한지민 <han@firm.example>","안녕하세요. 7월 13일까지 휴가로 부재중입니다. 급하신 용무는 info@firm.example로 연락 주시기 바랍니다.")
V("v no header es","RE: Su queja 221","Eva <eva@firma.example>","Gracias por su mensaje. Estaré fuera de la oficina hasta el 13 de julio. Para asuntos urgentes, escriba a info@firma.example.")
V("v no header it","R: Reclamo 221","Gino <gino@ditta.example>","Grazie per il messaggio. Sarò assente fino al 13 luglio e risponderò al mio ritorno.")
V("v no header pt","RES: Reclamação 221","Ana <ana@empresa.example>","Obrigada pelo contato. Estarei de férias até 13/07. Assuntos urgentes: info@empresa.example.")
V("v no header nl","RE: Klacht 221","Piet <piet@zaak.example>","Dank voor uw bericht. Ik ben op vakantie tot 13 juli. Voor dringende zaken kunt u mailen naar info@zaak.example.")
V("v no header pl","ODP: Skarga 221","Jan <jan@spolka.example>","Dziękuję za wiadomość. Jestem na urlopie do 13 lipca. W sprawach pilnych proszę pisać na info@spolka.example.")
V("v no header ru","RE: Жалоба 221","Олег <oleg@firma.example>","Спасибо за письмо. Я в отпуске до 13 июля. По срочным вопросам пишите info@firma.example.")
V("v sms style","Auto reply","+491701234567 <491701234567@sms.example>","Driving right now, will call later.")
V("v zh-hant subject","外出自動回覆：您的申訴","吳小姐 <wu@firm.example>","我目前休假，7/13 回來。")
# acks, tickets
V("a servicenow","INC0010221 has been opened on your behalf","IT Service Desk <it@corp.service-now.example>","Your incident INC0010221 has been opened. We will contact you soon.\n\nRef:MSG0081221","X-ServiceNow-Generated: true\nAuto-Submitted: auto-generated\n")
V("a intercom","We've received your message","Bookly <support@bookly.intercom-mail.example>","Hi Shop,\n\nThanks for contacting Bookly! We typically reply in a few hours.\n\nThis is an automated reply.")
V("a helpscout","Re: hello","Tidy Team <help@tidy.example>","Hi,\n\nJust a quick note to let you know we've received your message and will get back to you within one business day.","Auto-Submitted: auto-replied\nX-HelpScout-Auto: 1\n")
V("a kayako no header","[#KAY-221-1002]: Your complaint","Kayako Support <support@kayak.example>","Support,\n\nThank you for contacting us. This is an automated response confirming the receipt of your ticket. One of our agents will get back to you as soon as possible.")
V("a hesk","Ticket received: hello","Helpdesk <helpdesk@hesk.example>","Dear Support,\n\nYour support ticket \"hello\" has been submitted. We try to reply to all tickets as soon as possible, usually within 24 hours.\n\nTicket tracking ID: ABC-123-XYZ")
V("a zh university","【自动回复】来信收悉","教务处 <jwc@univ.example>","老师/同学，您好：来信收悉，我们会在工作日及时处理并回复。")
V("a zh cloud","工单更新提醒","云服务 <noreply-ticket@cloud.example>","您的工单 #88120 有新的回复，请登录控制台查看。")
V("a de behoerde","Automatische Empfangsbestätigung","Poststelle <poststelle@behoerde.example>","Ihre Nachricht ist bei uns eingegangen. Diese Empfangsbestätigung wurde maschinell erstellt.")
V("a fr mairie","Réponse automatique : accusé de réception","Mairie <contact@ville.example>","Nous accusons réception de votre message.")
V("a ja shop","ご注文ありがとうございます（自動配信メール）","オンラインショップ <order@mise.example>","このメールは自動配信です。ご注文番号 221。")
# machine
V("m noreply variants","Security notice","Service <no_reply@acc.example>","Your password was changed.")
V("m reply-to noreply bulk","Weekly report","Insights <insights@tool.example>","Your weekly numbers.","Reply-To: noreply@tool.example\nList-Unsubscribe: <https://tool.example/u>\n")
V("m cron","Cron <www@web2> php /srv/job.php","www@web2.shop.example (Cron Daemon)","PHP Warning: foo in bar on line 1","X-Cron-Env: <LANG=C>\n")
V("m smartd","SMART error (CurrentPendingSector) detected on host: web2","root <root@web2.shop.example>","This message was generated by the smartd daemon running on:\n\n   host name:  web2\n   DNS domain: shop.example\n\nThe following warning/error was logged by the smartd daemon:\n\nDevice: /dev/sda [SAT], 8 Currently unreadable (pending) sectors")
V("m mdadm","DegradedArray event on /dev/md0:web2","mdadm monitoring <root@web2.shop.example>","This is an automatically generated mail message from mdadm\nrunning on web2\n\nA DegradedArray event had been detected on md device /dev/md0.")
V("m unattended upgrades","[reboot required] unattended-upgrades result for web2: SUCCESS","root <root@web2.shop.example>","Unattended upgrade result: All upgrades installed\n\nPackages that were upgraded:\n libssl3")
V("m certbot","Let's Encrypt certificate expiration notice","Let's Encrypt Expiry Bot <expiry@letsencrypt.example>","Hello,\n\nYour certificate (or certificates) for the names listed below will expire in 7 days.","List-Unsubscribe: <mailto:u@x>\n")
V("m uptime","Monitor is DOWN: shop.example","UptimeRobot <alert@uptimerobot.example>","Hi, The monitor shop.example is currently DOWN (Connection Timeout).")
V("m arf plain","Abuse report","feedbackloop@isp.example","","Content-Class: x\nPrecedence: junk\n")
V("m facebook","You have 3 new notifications","Facebook <notification+zj4o@facebookmail.example>","See what's new.","X-Facebook-Notify: x\n")
V("m mailman password","shop.example mailing list memberships reminder","mailman-owner@lists.example","This is a reminder, sent out once a month, about your lists.example mailing list memberships.","X-No-Archive: yes\nPrecedence: bulk\n")
R("m mdn", "From: Tim <tim@corp.example>\nTo: support@shop.example\nSubject: Return Receipt (displayed) - hello\nDate: Mon, 6 Jul 2026 09:30:00 +0200\nMIME-Version: 1.0\nContent-Type: multipart/report; report-type=disposition-notification; boundary=\"d\"\n\n--d\nContent-Type: text/plain\n\nThis is a Return Receipt.\n--d\nContent-Type: message/disposition-notification\n\nFinal-Recipient: rfc822;tim@corp.example\nDisposition: manual-action/MDN-sent-manually; displayed\n--d--\n")
R("m calendar counter", "From: Tim <tim@corp.example>\nTo: support@shop.example\nSubject: New Time Proposed: Call\nDate: Mon, 6 Jul 2026 09:30:00 +0200\nMIME-Version: 1.0\nContent-Type: text/calendar; method=COUNTER; charset=utf-8\n\nBEGIN:VCALENDAR\nMETHOD:COUNTER\nEND:VCALENDAR\n")
V("m calendar tentative de","Mit Vorbehalt: Telefonat","Uwe <uwe@corp.example>","","")
V("m tlsrpt","Report Domain: shop.example Submitter: mail.example Report-ID: <1@x>","tls-reports@mail.example","This is an aggregate TLS report from mail.example")
# persons
P=[("p wants stop of notices","Your notifications","Abe <abe@mail.example>","Your app sends me 20 notifications a day. Turn them off, please.",""),
("p autoreply word","autoreply","Bo <bo@mail.example>","Your autoreply says 24 hours. It has been five days. Where is my refund?",""),
("p re autoreply en","RE: Automatic reply: Your order","Cy <cy@corp.example>","I'm back. Yes, please send the replacement to my office.","Thread-Topic: Automatic reply: Your order\nX-Auto-Response-Suppress: DR, RN, NRN, OOF, AutoReply\n"),
("p aw abwesenheit","AW: Abwesenheitsnotiz: Ihre Anfrage","Dirk <dirk@werk.example>","Ich bin wieder da. Den Termin am Freitag nehme ich.","X-Auto-Response-Suppress: All\n"),
("p zh back","答复: 自动答复: 换货","孙工 <sun@corp.example>","我已经回来了，请按原地址换货。",""),
("p auto no with params","Lamp","Ed <ed@mail.example>","The lamp hums.","Auto-Submitted: no; owner-email=\"ed@mail.example\"\n"),
("p mailer daemon topic","What is mailer-daemon?","Flo <flo@mail.example>","I get mails from mailer-daemon whenever I answer your ticket. What is that?",""),
("p pasted delivery status","Mail returned","Gil <gil@mail.example>","Hello, this came back when I wrote to billing@shop.example:\n\nDelivery to the following recipient failed permanently: billing@shop.example\n\nCan you forward my complaint to billing? I was charged twice.",""),
("p cancels newsletter","Unsubscribe","Hal <hal@mail.example>","Unsubscribe me from this list at once. I never signed up.",""),
("p unsub zh","退订","小白 <xb@qq.com>","请帮我退订你们的短信和邮件，太烦了。",""),
("p vacation home","Holiday let: no hot water","Ira <ira@mail.example>","We are on holiday in your flat until Saturday and there is no hot water. Please send someone.",""),
("p out of office furniture","Out of office desk","Jan <jan@mail.example>","Is the office desk out of stock or out of office? The site says both.",""),
("p away address","Away from home","Kim <kim@mail.example>","I am away until 20 July, so the courier could not deliver. Please keep the parcel at the depot.",""),
("p de urlaub retoure","Retoure verpasst wegen Urlaub","Lea <lea@mail.example>","Guten Tag, ich war im Urlaub und habe die Frist für die Retoure verpasst. Geht es noch?",""),
("p fr absent","Livraison ratée","Mia <mia@mail.example>","Bonjour, le livreur m'a notée absente alors que j'étais chez moi. Merci de relivrer mon colis.",""),
("p es ausente","Ausente","Noa <noa@mail.example>","El repartidor puso 'ausente', pero yo estaba en casa. Quiero mi paquete hoy.",""),
("p it assente","Destinatario assente","Pia <pia@mail.example>","Il corriere ha scritto destinatario assente ma ero a casa tutto il giorno.",""),
("p ja fuzai","不在票について","小林 <kobayashi@mail.example>","不在票が入っていましたが、一日家にいました。再配達をお願いします。",""),
("p ko","부재중 배송","이수 <isu@mail.example>","부재중이라고 배송이 취소됐는데 집에 있었습니다. 다시 보내 주세요.",""),
("p zh buzai","快递说我不在家","小方 <xf@163.com>","快递员说我不在家就退回了，我一直在家，请重新派送。",""),
("p ru otpusk","Заказ и отпуск","Яна <yana@mail.example>","Я уезжаю в отпуск 10 июля, успеете ли доставить заказ до этого?",""),
("p nl vakantie","Levering tijdens vakantie","Daan <daan@mail.example>","Wij zijn tot 20 juli op vakantie. Kunt u de levering daarna plannen?",""),
("p b2b vacation plan","Re: delivery plan","Purchasing <purchasing@plant.example>","Our plant is closed for the holidays from 20 to 31 July. Please do not deliver in that time; for urgent parts contact our gate at +49 30 55.",""),
("p says thanks for ticket","Re: [Ticket#221] Lamp","Ray <ray@mail.example>","Ticket received, thanks. But the attached label is for another order.",""),
("p receipt wanted","Receipt","Sue <sue@mail.example>","I have not had a receipt for order 55. Please send it again.",""),
("p read receipt complaint","Read receipt","Tom <tom@mail.example>","I sent you three mails with read receipt and none was read!",""),
("p accepted","Accepted","Uta <uta@mail.example>","I accept your offer of 50 euros.",""),
("p invites","Invitation to a meeting about the damage","Vera <vera@corp.example>","Could we meet on Friday at 10 about the water damage your machine caused?",""),
("p security","New sign-in to my account?","Wim <wim@mail.example>","Someone signed in to my account and ordered a TV. It was not me. Block it!",""),
("p report","Monthly report wrong","Xia <xia@corp.example>","The monthly report your tool sends shows the wrong currency since May.",""),
("p abuse","Abuse by your driver","Yan <yan@mail.example>","Your driver shouted at my mother. This is abuse and I want an apology.",""),
("p dated zh letter","投诉信","赵敏 <zm@mail.example>","尊敬的领导：您好！我于6月1日购买的冰箱至今未送到。系统显示已签收，客服只会说请耐心等待，会尽快处理。请给我一个答复。",""),
("p zh robots","智能客服","钱多 <qd@qq.com>","你们的智能客服只会自动回复“您的问题已收到，我们会尽快处理”，能不能转人工？",""),
("p long with promises","Follow-up","Zac <zac@mail.example>","You received my request on 1 June (ticket number 2210) and promised to respond within 48 hours. I have waited five weeks. I expect an answer today.",""),
("p thanks in advance","Frage","Bea <bea@mail.example>","Vielen Dank für Ihre Nachricht. Leider passt der Termin nicht, da bin ich nicht im Büro. Geht es am Mittwoch?","In-Reply-To: <t@shop.example>\n"),
("p internal forward","FW: Your certificate will expire","Cara <cara@client.example>","Is this mail really from you or phishing?\n\nFrom: Let's Encrypt <noreply@x.example>\nSent: Monday\nTo: Cara\nSubject: Your certificate will expire\n\nThis is an automated message, please do not reply.",""),
("p from app","Message from the app","Dee <dee@mail.example>","The app says \"Your message could not be delivered\" whenever I write in the chat. Android 15.",""),
("p mail not delivered letter","Letters not delivered","Ely <ely@mail.example>","Your letters to us are not delivered: wrong house number. Our address is Hill Rd 5, ely@mail.example.",""),
]
for n,s,f,b,x in P: V(n,s,f,b,x,**h)
