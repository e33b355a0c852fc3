"""automatic_short.py - Short notices with few marks, and short mails of people with the same words."""
from cases import add, w, ME
import base64
def b64(t, cs="utf-8"): return base64.encodebytes(t.encode(cs)).decode()
def V(name, subject, sender, body, extra="", auto=True, bounce=False, html=False, cs="utf-8"):
    raw="Return-Path: <x@out.example>\nDelivered-To: %s\nFrom: %s\nTo: \"Shop, Support\" <%s>\nSubject: %s\nDate: Fri, 7 Aug 2026 14:02:00 -0500\nMessage-ID: <n%d@out.example>\n%sMIME-Version: 1.0\nContent-Type: text/%s; charset=%s\nContent-Transfer-Encoding: base64\n\n%s" % (ME, sender, ME, subject if subject.isascii() else w(subject,cs), len(name) * 37 + len(body), extra, "html" if html else "plain", cs, b64(body,cs))
    if "Return-Path" in extra: raw=raw.replace("Return-Path: <x@out.example>\n","",1)
    add(name, raw, auto=auto, bounce=bounce)
B=dict(bounce=True); H="Auto-Submitted: auto-replied\n"; NULL="Return-Path: <>\n"
# bounces with and without null sender
V("b1","Mail delivery failed: returning message to sender","Mail Delivery System <Mailer-Daemon@vps3.example>","This message was created automatically by mail delivery software.\n\nA message that you sent could not be delivered to one or more of its\nrecipients. This is a permanent error. The following address(es) failed:\n\n  wei@closed.example\n    retry timeout exceeded",NULL+"Auto-Submitted: auto-replied\nX-Failed-Recipients: wei@closed.example\n",**B)
V("b2","Undeliverable: 【工单】您的投诉已受理","Microsoft Outlook <MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@cn.example>","Delivery has failed to these recipients or groups:\n\nwei@cn.example\nThe recipient's mailbox is full and can't accept messages now.",**B)
V("b3","未能送达：您的投诉已受理","Microsoft Outlook <postmaster@cn.example>","你的邮件未能送达以下收件人：wei@cn.example\n邮箱已满。",**B)
V("b4","系统退信","admin@qiye.example","您好，您发给 wei@qiye.example 的邮件被退回。退信原因：用户不存在(User not found)。",**B)
V("b5","退信：您的投诉已受理","MAILER-DAEMON@mail139.example","邮件无法投递：收件人 139xxxx@mail139.example 已停机。",**B)
V("b6","Mail Delivery Subsystem: 配信エラー","mailer-daemon@googlemail.com","アドレス不明\n\nhana@gmail.com が見つからないか、メールを受信できないため、メールは配信されませんでした。",NULL,**B)
V("b7","Zustellung fehlgeschlagen","mailer-daemon@googlemail.com","Adresse nicht gefunden\n\nIhre Nachricht wurde nicht an otto@gmail.com zugestellt, da die Adresse nicht gefunden wurde.",NULL,**B)
V("b8","Échec de la distribution","mailer-daemon@googlemail.com","Adresse introuvable\n\nVotre message n'est pas parvenu à ana@gmail.com, car l'adresse est introuvable.",NULL,**B)
V("b9","No se ha podido entregar el mensaje","mailer-daemon@googlemail.com","No se ha encontrado la dirección. Tu mensaje no se ha entregado a ana@gmail.com.",NULL,**B)
V("b10","Delivery incomplete","Mail Delivery Subsystem <mailer-daemon@googlemail.com>","There was a temporary problem delivering your message to li@slow.example. Gmail will retry for 45 more hours.",NULL,**B)
V("b11","Message Delivery Failure","Barracuda <postmaster@ess.barracuda.example>","Your message could not be delivered. Reason: Recipient unknown bo@corp.example",**B)
V("b12","Rejected: Your complaint","mimecast <postmaster@mimecast.example>","The message you sent to cy@corp.example was rejected by the administrator's policy.",**B)
V("b13","Email delivery delayed: 4 hours","Postfix <MAILER-DAEMON@out1.example>","Your message to ed@slow.example has not been delivered yet; delivery attempts continue for 5 days.",**B)
V("b14","Notificación de estado de entrega (error)","postmaster@outlook.example","El servidor de correo no pudo entregar el mensaje a: flo@outlook.example",**B)
V("b15","メールを配信できませんでした","MAILER-DAEMON@mail.example.jp","宛先: gen@mail.example.jp\nユーザが存在しません。",cs="iso-2022-jp",**B)
V("b16","Mailbox unavailable","postmaster@hot.example","hal@hot.example\n550 5.5.0 Requested action not taken: mailbox unavailable",NULL,**B)
V("b17","WARNING: Your mail could not be sent yet","Mail System <mailer-daemon@sys.example>","The mail to ira@sys.example waits in the queue.",**B)
# vacation
V("v1","自动回复: [TK-1] 收到您的反馈","周周 <zz@qq.com>","这是一封自动回复邮件。已经收到您的来信，我会尽快回复。")
V("v2","Automatic reply: [TK-1] Wir haben Ihre Nachricht","Kurt <kurt@amt.example>","Ich bin wieder ab 17.8. erreichbar.",H+"X-Auto-Response-Suppress: All\n")
V("v3","Abwesenheitsnotiz","Lena <lena@ag.example>","Sehr geehrte Damen und Herren, ich bin im Urlaub.")
V("v4","Absence du bureau : [TK-1]","Marc <marc@sa.example>","Absent jusqu'au 17 août.")
V("v5","Fuera de la oficina","Nuria <nuria@sl.example>","Vuelvo el 17 de agosto.")
V("v6","【不在】[TK-1] 受付","木村 <kimura@kk.example>","夏季休暇中です。8月17日に出社いたします。")
V("v7","Re: [TK-1] We received your message","Owen <owen@ltd.example>","Thanks for your message. I'm currently on holiday and back on 17 August; I won't be reading emails. For anything urgent call our main line.")
V("v8","Re: [TK-1] 已收到您的反馈","皮先生 <pi@corp.example>","您好，我在休假中，8月17日上班后处理。紧急请联系 13800000000。")
V("v9","OOO until Aug 17","Quinn <quinn@inc.example>","I'm OOO until Aug 17.")
V("v10","I am no longer with the company","Rob <rob@inc.example>","I have left Inc. Please contact jobs@inc.example instead.",H)
V("v11","Ferienabwesenheit","Sepp <sepp@ag.example>","Grüezi, ich bin bis 17. August in den Ferien. Ihre Mail wird nicht weitergeleitet. Dringendes bitte an info@ag.example.")
V("v12","自動返信：夏季休業のお知らせ","総務 <soumu@kk.example>","誠に勝手ながら、8月10日から16日まで夏季休業とさせていただきます。")
V("v13","Automatisch antwoord: [TK-1]","Teun <teun@bv.example>","Ik ben vrij tot 17 augustus.")
V("v14","국경절 휴무 자동응답","박 <park@corp.example>","8월 17일까지 휴무입니다.")
V("v15","您好，我是王芳，我已休产假","王芳 <wf@corp.example>","您好，我已休产假至11月，业务请联系张丽 zl@corp.example，分机 8002，谢谢。")
V("v16","Re: [TK-1]","Ute <ute@gmbh.example>","Hallo und danke für Ihre Mail! Ich bin gerade auf Dienstreise und antworte erst nach meiner Rückkehr am 17.8.")
# acks
V("a1","Re: [TK-1] hello","Vendor Care <care@vendor.example>","Thank you for contacting Vendor Care. We have received your email and opened ticket #99812. Please do not change the subject line.",H)
V("a2","[##99812##] hello","Zoho Desk <support@vendor.zohodesk.example>","Your ticket has been created with ID 99812. Our team will look into it shortly.")
V("a3","感谢您的来信","某航空 <cs@air.example>","尊敬的旅客，我们已收到您的来信，将于7个工作日内回复。本邮箱为系统邮箱，请勿直接回复。")
V("a4","您的投诉我们已受理【单号 99812】","消费者协会 <315@cca.example>","您提交的投诉已受理，受理单号99812。我们将尽快为您处理。")
V("a5","Confirmation de réception","Service Réclamations <reclamations@train.example>","Madame, Monsieur, nous accusons réception de votre réclamation n° 99812. Elle sera traitée dans un délai de 15 jours.")
V("a6","Confirmación de recepción","Reclamaciones <reclamaciones@tren.example>","Hemos registrado su reclamación con el número 99812. Le contestaremos en un plazo máximo de un mes.")
V("a7","Wir kümmern uns!","Bahn Kundendialog <kundendialog@bahn.example>","Guten Tag, Ihre Nachricht ist bei uns eingegangen. Die Bearbeitung kann bis zu 14 Tage dauern.")
V("a8","お問い合わせを受け付けました","自動応答システム <auto@kk.example>","お問い合わせ番号 99812 で受け付けました。")
V("a9","Comment added to issue SUP-9","Tracker <tracker@it.example>","A new comment was added to SUP-9.\n\n-- \nThis message was sent by Atlassian Jira (v9.4.0)","X-JIRA-FingerPrint: 1\n")
# receipts etc
V("r1","Read: [TK-1] hello","Walt <walt@inc.example>","Your message was read on Friday, August 7, 2026 2:00 PM.")
V("r2","已读: [TK-1] 您好","薛 <xue@corp.example>","此邮件已于 2026年8月7日 14:00 被查看。")
V("r3","开封确认","山下 <yama@kk.example>","あなたのメールが開封されました。")
V("r4","Tentatively Accepted: call","Xenia <x@inc.example>","")
V("r5","已接受: 售后沟通会议","杨 <yang@corp.example>","")
V("r6","Accepted: Call @ Mon 10 Aug","Yuri <yuri@gmail.com>","Yuri has accepted this invitation.")
# machines
V("m1","[monitoring] disk usage 91% on db2","Zabbix <zabbix@mon.example>","Trigger: disk usage > 90%\nSeverity: Warning")
V("m2","Payment received","PayCo <service@payco.example>","You received a payment of 20.00 EUR. Please do not reply to this email; this mailbox is not monitored.")
V("m3","您的账单已出","某某银行 <creditcard@bank.example>","尊敬的客户，您的8月账单已出，请按时还款。此邮件为系统自动发送，请勿回复。")
V("m4","Neue Anmeldung","Konto-Team <konto-noreply@acc.example>","Neue Anmeldung von Berlin.")
V("m5","Weekly digest","Forum <digest@forum.example>","Top posts this week.\n\nUnsubscribe: https://forum.example/u")
V("m6","会員様限定セール","ショップ <info@sale.example>","会員様限定セール開催中。配信停止はこちら https://sale.example/stop","List-Unsubscribe: <https://sale.example/stop>\n")
V("m7","Invoice 20260807 from Hosting Ltd","billing-noreply@hosting.example","Your invoice is attached.")
V("m8","logcheck: web3 system events","logcheck system account <logcheck@web3.shop.example>","Aug 7 14:00:01 web3 CRON[1]: session opened",H.replace("replied","generated"))
V("m9","Subscription confirmation required","announce-request@lists.example","To confirm that you want to be added to the announce mailing list, reply to this message.","Precedence: bulk\n")
V("m10","DMARC: Report Domain: shop.example","postmaster@dmarc.example","aggregate report")
V("m11","您有一条新的留言","论坛 <notification@bbs.example>","用户“张三”给您留言了，点击查看。")
V("m12","Package delivered","Post <noreply.tracking@post.example>","Your package was delivered at 14:00.")
V("m13","Your mailbox is almost full","Mail Quota <quota@shop.example>","Your mailbox is using 95% of its space. This is an automatic warning.")
# persons
for n,s,f,b,x in [
("p1","Package delivered? No!","Al <al@mail.example>","Your tracking says delivered at 14:00. Nothing is here.",""),
("p2","Re: [TK-1] We received your message","Bea <bea@mail.example>","One more thing: the cable was missing too.\n\n> We received your message and will answer within 24 hours.\n> This is an automatic reply.","In-Reply-To: <a@shop.example>\n"),
("p3","Fwd: Automatic reply","Cem <cem@mail.example>","Your agent Kurt is out of office, who else can help me?\n\n---------- Forwarded message ---------\nFrom: Kurt <kurt@shop.example>\nDate: Fri, Aug 7, 2026\nSubject: Automatic reply: order\nTo: Cem\n\nI am out of the office.",""),
("p4","回复: 系统退信","陈 <chen@163.com>","上次的邮件被退回了，重新发一次：发票金额不对，应该是 320 元。",""),
("p5","退信","丁 <ding@qq.com>","我寄回的信被邮局退信了，地址是不是错的？",""),
("p6","自动扣款","冯 <feng@qq.com>","你们系统自动扣了我两个月的会员费，我没有开通自动续费，请退回。",""),
("p7","Automatische Abbuchung","Gerd <gerd@mail.example>","Es wurden automatisch 20 Euro abgebucht. Diese Buchung habe ich nicht erlaubt.",""),
("p8","Automatic payment","Hugo <hugo@mail.example>","This email is about an automatic payment of 20 EUR that I never agreed to.",""),
("p9","Please do not reply by email","Ina <ina@mail.example>","Please do not reply to this email address, my husband reads it. Call me at 030 551. It is about the ring.",""),
("p10","No reply","Jo <jo@mail.example>","I have had no reply to my message of 1 August. Ticket #5512.",""),
("p11","Ticket number 5512","Kai <kai@mail.example>","You created ticket number 5512 for my request on Monday. Any news?",""),
("p12","我的工单","李 <li@mail.example>","我的工单 5512 已创建三天了，一直显示处理中，能快点吗",""),
("p13","Vacation","Mo <mo@mail.example>","We had booked our vacation with you and the hotel was closed.",""),
("p14","Sick leave","Nia <nia@mail.example>","I am on sick leave because your chair collapsed under me. My lawyer will contact you.",""),
("p15","出差酒店","欧 <ou@mail.example>","我出差期间住你们酒店，房间漏水，前台态度很差，请联系我 13900000000。",""),
("p16","請假","彭 <peng@tw.example>","因為你們的冷氣機漏水，我請假一天在家等維修，結果沒人來。",""),
("p17","Urlaub ruiniert","Rosa <rosa@mail.example>","Wir waren im Urlaub und der Koffer war zwei Tage weg. Bitte erstatten Sie die Auslagen.",""),
("p18","Congés et livraison","Sam <sam@mail.example>","Je suis en congés du 10 au 17 août, merci de livrer après.",""),
("p19","休暇中の配達","高木 <takagi@mail.example>","8月10日から17日まで休暇で不在です。配達はその後にお願いします。",""),
("p20","Undelivered","Tara <tara@mail.example>","My order 551 is still undelivered. Please deliver or refund.",""),
("p21","Returned mail","Uri <uri@mail.example>","The letter with the refund cheque was returned to you by mail. My new address: Hill 5, Bath.",""),
("p22","Delivery failure","Val <val@mail.example>","Third delivery failure in a row! The courier never rings.",""),
("p23","Failure notice from your machine","Wes <wes@mail.example>","The washing machine shows \"failure notice E21\". How do I reset it?",""),
("p24","Bounced cheque","Xu <xu@mail.example>","Your refund cheque bounced. My bank charged me 12 EUR.",""),
("p25","Out of stock / out of office","Yan <yan@mail.example>","Your local office was closed again when I came. Is everyone out of the office in August?",""),
("p26","System","Zed <zed@mail.example>","The system generated the wrong invoice for my order. Correct it.",""),
("p27","AW: Ihre Nachricht ist eingegangen","Ada <ada@mail.example>","Danke. Ich ergänze: die Rechnungsnummer ist 7712.",""),
("p28","support reply","Helpdesk at Client Co <helpdesk@client.example>","Hi team, our user cannot log in to your portal since this morning, error 403. Could you check? Regards, Tom",""),
("p29","Info","info@cafe.example","Hallo, die Kaffeemaschine aus der letzten Lieferung tropft. Wann kann ein Techniker kommen? LG Mia",""),
("p30","Re: Newsletter August","Bob <bob@mail.example>","Nice offers, but my last order has still not arrived.","List-Unsubscribe-Post-Note: no\n"),
("p31","Order confirmation missing","Cleo <cleo@mail.example>","I paid but got no confirmation email, only an automatic message that payment was received.",""),
("p32","Danke","Dora <dora@mail.example>","Danke für Ihre schnelle Antwort, es funktioniert jetzt.",""),
("p33","谢谢","鄂 <e@mail.example>","收到，谢谢！",""),
("p34","Received","Fritz <fritz@mail.example>","Received the replacement today, thank you for your help.",""),
("p35","Test","Gus <gus@mail.example>","test",""),
("p36","问题已解决","何 <he@mail.example>","您好，问题已解决，工单可以关闭了。",""),
]: V(n,s,f,b,x,auto=False)
