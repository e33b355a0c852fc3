"""automatic_wordings.py - Rarer systems and wordings in many languages, devices and monitors; and people whose words resemble them."""
from cases import add, w, ME
import base64
def R(name, raw, auto=True, bounce=False): add(name, raw.lstrip("\n"), auto=auto, bounce=bounce)
def b64(t, cs="utf-8"): return base64.encodebytes(t.encode(cs)).decode()
def S(t): return t if t.isascii() else w(t)
def V(name, subject, sender, body, extra="", auto=True, bounce=False, html=False):
    R(name, "From: %s\nTo: %s\nSubject: %s\nDate: Wed, 13 May 2026 08:15:00 +0200\nMessage-ID: <v2@mail.example>\n%sMIME-Version: 1.0\nContent-Type: text/%s; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n%s\n" % (sender, ME, S(subject), extra, "html" if html else "plain", body), auto, bounce)
B=dict(bounce=True)
V("proofpoint", "[Undeliverable] Your case", "Proofpoint Essentials <no-reply@ppe-hosted.example>", "We were unable to deliver your message to mark@bank.example. The recipient server said: 550 5.7.1 Message blocked.", **B)
V("ironport", "Delivery Status Notification (Failure)", "Mail Delivery System <mailer-daemon@esa1.hc12.iphmx.com>", "The following message to <y@corp.example> was undeliverable.\nThe reason for the problem:\n5.1.0 - Unknown address error 550-'Requested action not taken: mailbox unavailable'", **B)
V("messagelabs", "Mail Delivery Failure", "MAILER-DAEMON@server-5.tower-312.messagelabs.com", "This is the mail delivery agent at messagelabs.com.\nI was not able to deliver your message to the following addresses:\n\n<z@corp.example>:\n192.0.2.1 does not like recipient.", **B)
V("zimbra", "Undelivered Mail Returned to Sender", "Mail Delivery System <MAILER-DAEMON@zimbra.city.example>", "This is the mail system at host zimbra.city.example.\n\n<p@city.example>: mailbox is full", **B)
V("icewarp", "Mail delivery failed", "MAILER-DAEMON@icewarp.example", "Following recipients could not be delivered:\n\nq@icewarp.example - User <q> not known at this site.", **B)
V("communigate", "Undeliverable mail: order", "<MAILER-DAEMON@cgp.example>", "Failed to deliver to 'r@cgp.example'\nLOCAL module(account r) reports:\n account is full (quota exceeded)", **B)
V("kerio", "Error sending message: Undeliverable", "postmaster@kerio.example", "Your message could not be delivered to s@kerio.example.", **B)
V("opensmtpd", "Delivery status notification: error", "Mailer Daemon <MAILER-DAEMON@bsd.example>", "    Hi!\n\n    This is the MAILER-DAEMON, please DO NOT REPLY to this email.\n\n    An error has occurred while attempting to deliver a message for\n    the following list of recipients:\n\nt@bsd.example: 550 Invalid recipient", **B)
V("james", "Undeliverable mail", "postmaster@james.example", "Hi. This is the James mail server at james.example.\nI'm afraid I wasn't able to deliver your message to the following addresses.\nThis is a permanent error; I've given up. Sorry it didn't work out.", **B)
V("haraka", "Failed Mail", "Mail Delivery Subsystem <postmaster@haraka.example>", "I'm sorry to have to inform you that your message could not be delivered to u@x.example", **B)
V("yandex ru", "Недоставленное сообщение", "mailer-daemon@yandex.ru", "Это письмо отправлено почтовым сервером yandex.ru.\n\nК сожалению, мы вынуждены сообщить Вам о том, что Ваше письмо не может быть отправлено одному или нескольким адресатам.", **B)
V("mail.ru", "Mail failure.", "mailer-daemon@corp.mail.ru", "This message was created automatically by mail delivery software.\n\nA message that you sent could not be delivered to one or more of its recipients.", **B)
V("gmx de", "Mail delivery failed: returning message to sender", "GMX Mailer Daemon <mailer-daemon@gmx.net>", "This message was created automatically by mail delivery software.", **B)
V("t-online german", "Zustellfehler: Ihre Nachricht konnte nicht zugestellt werden", "Mail Delivery System <postmaster@t-online.example>", "Ihre Nachricht an folgende Empfänger konnte nicht zugestellt werden:\n\nw@t-online.example: Empfängeradresse unbekannt", **B)
V("german warning delay", "Verzögerte Zustellung Ihrer Nachricht", "Mailsystem <mailer@firma.example>", "Ihre Nachricht konnte bisher noch nicht zugestellt werden. Es wird weiter versucht, die Nachricht zuzustellen. Sie müssen nichts unternehmen.", **B)
V("libero it", "Mancato recapito del messaggio", "Postmaster <postmaster@libero.example>", "Non è stato possibile consegnare il messaggio ai seguenti destinatari:\n\na@libero.example: casella piena", **B)
V("pt exchange", "Não é possível entregar: pedido", "postmaster@empresa.example", "Falha na entrega para estes destinatários ou grupos:\n\nb@empresa.example", **B)
V("nl exchange", "Onbestelbaar: uw vraag", "Microsoft Outlook <postmaster@bedrijf.example>", "Bezorging is mislukt bij de volgende geadresseerden of groepen:\n\nc@bedrijf.example", **B)
V("exchange zh", "无法传递: 工单受理通知", "Microsoft Outlook <MicrosoftExchange329e@corp.example>", "未能传递到以下收件人或组：\n\nzhang@corp.example\n找不到您输入的电子邮件地址。请检查收件人的电子邮件地址，然后尝试重新发送该邮件。", **B)
V("exchange zh-tw", "無法傳遞的主旨: 受理通知", "postmaster@hk.example", "傳遞至下列收件者或群組失敗：\n\nlee@hk.example\n收件者的信箱已滿。", **B)
V("exchange ja", "配信不能: 受付のご連絡", "postmaster@kaisha.example", "次の受信者またはグループへの配信に失敗しました:\n\nd@kaisha.example", **B)
V("exchange ko", "배달되지 않음: 접수 안내", "postmaster@corp.example", "다음 받는 사람이나 그룹에 배달하지 못했습니다.\n\ne@corp.example", **B)
V("exchange pl", "Niedostarczalne: zgłoszenie", "postmaster@firma.example", "Dostarczenie do następujących adresatów lub grup nie powiodło się:\n\nf@firma.example", **B)
V("exchange sv", "Kan inte levereras: ärende", "postmaster@foretag.example", "Leverans till dessa mottagare eller grupper misslyckades:\n\ng@foretag.example", **B)
V("exchange fr delayed", "Remise différée : Votre demande", "postmaster@ecole.example", "La remise aux destinataires ou groupes suivants a été retardée :\n\nh@ecole.example\n\nAucune action de votre part n'est requise pour le moment.", **B)
V("exchange en delayed", "Delivery delayed: Your order", "Microsoft Outlook <MicrosoftExchange3@corp.example>", "Delivery to these recipients or groups has been delayed:\n\ni@corp.example\n\nNo action is required by you at this time.", **B)
V("naver", "[네이버 메일] 메일 발송 실패 안내", "네이버 메일 <postmaster@naver.example>", "회원님이 보내신 메일이 아래 사유로 전송되지 못했습니다.\n받는사람: j@naver.example\n사유: 존재하지 않는 계정", **B)
V("sina zh", "系统退信/Systems bounce", "MAILER-DAEMON@sina.com", "很抱歉，您发送的邮件没有成功投递到 k@sina.com。\n原因：用户不存在", **B)
V("139 zh without telling sender", "未送达：工单受理通知", "139邮箱 <service@mail139.example>", "您发给 13800001111@mail139.example 的邮件未能送达，原因：该用户已停用邮箱服务。", **B)
V("zh delay", "邮件延迟投递通知", "postmaster@corp.example", "您的邮件暂时无法投递到 l@corp.example，系统将在 24 小时内继续重试，您无需重新发送。", **B)
V("zh spam refusal", "您的邮件被拒绝", "mail-gateway@corp.example", "您发送给 m@corp.example 的邮件因包含可疑内容被邮件网关拦截，未投递给收件人。", **B)
V("ja au", "Mail System Error - Returned Mail", "Postmaster@ezweb.ne.jp", "Each of the following recipients was rejected by a remote mail server.\n    Recipient: n@ezweb.ne.jp", **B)
V("ja softbank", "Undeliverable Mail / メール送信エラー", "MAILER-DAEMON@softbank.ne.jp", "次の宛先へのメールは配信できませんでした。\n宛先: o@softbank.ne.jp", **B)
V("ja delay", "配送遅延のお知らせ", "Mail Delivery Subsystem <postmaster@isp.example.jp>", "お送りいただいたメールは現在まだ配信できておりません。引き続き再送を試みます。", **B)
V("google groups refuses", "Re: order", "Mail Delivery Subsystem <mailer-daemon@googlemail.com>", "We're writing to let you know that the group you tried to contact (buyers) may not exist, or you may not have permission to post messages to the group.", **B)
V("sendgrid forwarder reject", "Message rejected", "postmaster@relay.example", "Your message to p@corp.example was rejected by the recipient's server and has not been delivered.\n\n554 5.7.1 Service unavailable; Client host blocked", **B)
V("sender verify exchange: too large", "Message not delivered: too large", "Mail Gateway <mailer-daemon@gw.example>", "The message exceeds the maximum size and could not be delivered to q@gw.example.", **B)
V("domain name system notice spanish hosting", "Correo no entregado: devolución al remitente", "Sistema de correo <MAILER-DAEMON@hosting.example>", "Lo sentimos, su mensaje no pudo ser entregado a:\n\n<r@hosting.example>: buzón lleno", **B)
V("vietnamese", "Không gửi được: yêu cầu", "postmaster@cty.example", "Không thể gửi thư tới những người nhận sau:\n\ns@cty.example", **B)
V("turkish", "Teslim edilemedi: talep", "postmaster@sirket.example", "Şu alıcılara veya gruplara teslim başarısız oldu:\n\nt@sirket.example", **B)
R("dsn without subject words, only structure", """
From: System <daemon@mta.example>
To: support@shop.example
Subject: order
Date: Tue, 12 May 2026 01:31:00 +0900
Content-Type: multipart/mixed; boundary="m1"

--m1
Content-Type: text/plain

See below.
--m1
Content-Type: message/delivery-status

Reporting-MTA: dns; mta.example

Final-Recipient: rfc822; u@x.example
Action: failed
Status: 5.4.4
--m1--
""", bounce=True)
R("delivery success report is automatic but no bounce", """
From: postmaster@corp.example
To: support@shop.example
Subject: Delivered: Your order
Date: Tue, 12 May 2026 01:31:00 +0000
Content-Type: multipart/report; report-type=delivery-status; boundary="m2"

--m2
Content-Type: text/plain

Your message has been delivered to the following recipients:

v@corp.example
--m2
Content-Type: message/delivery-status

Reporting-MTA: dns; corp.example

Final-Recipient: rfc822; v@corp.example
Action: delivered
Status: 2.0.0
--m2--
""")
R("relayed report", """
From: postmaster@corp.example
To: support@shop.example
Subject: Relayed: Your order
Date: Tue, 12 May 2026 01:31:00 +0000
Content-Type: multipart/report; report-type=delivery-status; boundary="m2"

--m2
Content-Type: text/plain

Delivery to these recipients or groups is complete, but no delivery notification was sent by the destination server:

v@corp.example
--m2
Content-Type: message/delivery-status

Reporting-MTA: dns; corp.example

Final-Recipient: rfc822; v@corp.example
Action: relayed
Status: 2.0.0
--m2--
""")
# ---------- receipts
V("not read", "Not read: Your order", "Amy <amy@corp.example>", "Your message\n\n   To: Amy\n   Subject: Your order\n   Sent: Monday\n\nwas deleted without being read on Wednesday, May 13, 2026 8:14:51 AM.")
V("gelesen", "Gelesen: Ihre Anfrage", "Karl <karl@werk.example>", "Ihre Nachricht\n\n   An: Karl\n   Betreff: Ihre Anfrage\n   Gesendet: Dienstag, 12. Mai 2026 10:00\n\nwurde am Mittwoch, 13. Mai 2026 08:14 gelesen.")
V("lu", "Lu : Votre demande", "Julie <julie@ecole.example>", "Votre message\n\n   À : Julie\n   Objet : Votre demande\n   Envoyé : mardi 12 mai 2026 10:00\n\na été lu le mercredi 13 mai 2026 08:14.")
V("kaifu", "開封済み: 受付のご連絡", "鈴木 <suzuki@kaisha.example>", "あなたのメッセージは 2026年5月13日 8:14 に開封されました。")
V("qq read receipt", "收到邮件回执：工单受理通知", "小周 <zz@qq.com>", "这是邮件收条，您发送给小周的邮件已被打开阅读。")
V("thunderbird mdn text", "Return Receipt (displayed) - Your order", "Max <max@mail.example>", "This is a Return Receipt for the mail that you sent to max@mail.example.\n\nNote: This Return Receipt only acknowledges that the message was displayed on the recipient's computer. There is no guarantee that the recipient has read or understood the message contents.")
V("declined meeting zh", "已拒绝: 退款沟通会", "李强 <lq@corp.example>", "", "X-MS-Has-Attach:\nContent-Class: urn:content-classes:calendarmessage\n")
V("google calendar", "Declined: Call @ Fri May 15, 2026 10am (support@shop.example)", "Bea <bea@gmail.com>", "Bea has declined this invitation.\n\nCall\nFri May 15, 2026\n\nInvitation from Google Calendar: https://calendar.google.com/calendar/", "Sender: Google Calendar <calendar-notification@google.com>\n")
# ---------- vacation, odd
V("vacation by gmail zh-tw subject none", "外出中：訂單", "林小姐 <lin@tw.example>", "您好，我目前休假中，將於 5/20 回來後回覆您。")
V("away body only, re subject, sieve", "Re: We received your message", "Leo <leo@mail.example>", "Ich bin derzeit nicht erreichbar und ab dem 20. Mai wieder im Büro. Ihre E-Mail wird nicht weitergeleitet. In dringenden Fällen wenden Sie sich bitte an meine Vertretung Frau Kurz (kurz@mail.example).\n\nDies ist eine automatisch generierte Antwort.")
V("autoreply prefix", "[Auto-Reply] Re: order", "Wu <wu@taobao.example>", "Thank you for your mail. We will answer soon.")
V("autoreply word", "Autoreply: order", "info@hotel.example", "We will get back to you.")
V("zh 假期", "假期自动回复", "吴经理 <wu@trade.example>", "因国庆放假，公司 10 月 1 日至 7 日休息，邮件将于 8 日统一处理。")
V("maternity leave", "Automatic reply: order", "Kim <kim@corp.example>", "I am on maternity leave until November.", "Auto-Submitted: auto-replied\n")
V("abwesend", "Ich bin bis 25.05. nicht im Hause", "Helga <helga@amt.example>", "Sehr geehrte Damen und Herren,\n\nich bin bis einschließlich 25.05. nicht im Haus. Ihre E-Mail wird nicht gelesen. Bitte wenden Sie sich in dringenden Fällen an poststelle@amt.example.", "Precedence: auto_reply\n")
V("x-auto-reply-from", "Congé", "Luc <luc@mail.example>", "Je suis en congé.", "X-Auto-Reply-From: luc@mail.example\n")
V("lotus out", "Kai Meyer ist außer Haus", "Kai Meyer <kai@bank.example>", "Ich werde ab 12.05.2026 nicht im Büro sein. Ich kehre zurück am 20.05.2026.\n\nHinweis: Dies ist eine automatische Antwort auf Ihre Nachricht \"Anfrage\" gesendet am 12.05.2026. Diese ist die einzige Benachrichtigung, die Sie empfangen werden, während diese Person abwesend ist.")
V("lotus out en", "AUTO: Kai Meyer is out of the office (returning 20.05.2026)", "Kai Meyer <kai@bank.example>", "I am out of the office until 20.05.2026.\n\nNote: This is an automated response to your message  \"order\" sent on 12.05.2026 10:00:00.\n\nThis is the only notification you will receive while this person is away.")
V("fi", "Automaattinen vastaus: tilaus", "Pekka <pekka@yritys.example>", "Olen lomalla 20.5. asti.")
V("sv", "Autosvar: order", "Lars <lars@foretag.example>", "Jag är på semester till den 20 maj.")
V("da", "Automatisk svar: ordre", "Mette <mette@firma.example>", "Jeg er på ferie til 20. maj.")
V("cs", "Automatická odpověď: objednávka", "Jana <jana@firma.example>", "Do 20. 5. čerpám dovolenou.")
V("vi", "Trả lời tự động: đơn hàng", "Lan <lan@cty.example>", "Tôi đang nghỉ phép đến ngày 20/5.")
V("th", "ตอบกลับอัตโนมัติ: คำสั่งซื้อ", "Somchai <som@co.example>", "ขณะนี้ไม่อยู่ที่สำนักงาน")
V("ar", "رد تلقائي: طلب", "Omar <omar@co.example>", "أنا خارج المكتب حتى 20 مايو.")
# ---------- machines
V("dmarc report", "Report Domain: shop.example Submitter: google.com Report-ID: 1234", "noreply-dmarc-support@google.com", "")
V("dmarc report, other sender", "Report domain: shop.example Submitter: mail.example Report-ID: <2026.5>", "DMARC Aggregate <dmarc@mail.example>", "This is a DMARC aggregate report for shop.example.")
V("scanner", "Message from KM_C224e", "scanner@office.shop.example", "", )
V("fax", "New fax from +49301234", "eFax <message@inbound.efax.example>", "You have received a 2 page fax at 2026-05-13 08:00. View this fax using your PDF reader.")
V("voicemail", "Voicemail from 0301234 (0:32)", "Teams PBX <voicemail@pbx.example>", "You received a new voice message from 0301234.", "X-Mailer: Asterisk\n")
V("jenkins", "Build failed in Jenkins: shop #441", "jenkins@ci.shop.example", "See <https://ci.shop.example/job/shop/441/display/redirect>", "X-Jenkins-Job: shop\nX-Jenkins-Result: FAILURE\n")
V("zabbix", "Problem: High CPU load on db1", "zabbix@mon.example", "Problem started at 08:15:00 on 2026.05.13\nProblem name: High CPU load\nHost: db1\nSeverity: High")
V("alertmanager", "[FIRING:1] DiskFull (db1 critical)", "alertmanager@mon.example", "1 alert for alertname=DiskFull\n\nView in Alertmanager", html=False)
V("logwatch", "Logwatch for web1 (Linux)", "logwatch@web1.example", " ################### Logwatch 7.5 ####################")
V("stripe", "Your receipt from Acme #1712-2211", "Acme <receipts@stripe.example>", "Receipt from Acme. Amount paid 20.00", "Auto-Submitted: auto-generated\n")
V("verify code zh", "邮箱验证码", "某云 <service@cloud.example>", "您的验证码是 482913，10 分钟内有效。系统邮件，请勿回复。")
V("zh promotion", "618年中大促，全场五折起", "某某商城 <edm@mall.example>", "尊敬的会员：\n全场五折起，点击查看。\n\n如不想再收到此类邮件，请点击退订。", "List-Unsubscribe: <mailto:td@mall.example>\n")
V("zh promotion without header", "【限时优惠】会员专享", "某某商城 <newsletter@mall.example>", "本邮件为推广邮件。如果您不想再收到，请点击此处退订。")
V("invoice notice zh", "您有一张新的电子发票", "电子发票平台 <noreply@fapiao.example>", "您好，您收到一张电子发票。")
V("linkedin", "You appeared in 9 searches", "LinkedIn <messages-noreply@linkedin.example>", "See who's looking.")
V("mailchimp", "May news", "Tea House <hello@tea.example>", "New teas.\n\nUpdate your preferences or unsubscribe from this list.", "X-Mailer: Mailchimp Mailer\nList-Unsubscribe: <https://x.example/u>\nFeedback-ID: 12:12:us5:mc\n")
V("quarantine digest", "Quarantine digest: 3 messages", "quarantine@security.example", "These messages were held. Release or delete them.", "Auto-Submitted: auto-generated\n")
V("outlook quota zh", "您的邮箱已接近存储上限", "Microsoft Outlook <MicrosoftExchange329@shop.example>", "您的邮箱几乎已满。")
V("abuse ack", "[abuse #5512] Thank you for your report", "Abuse Team <abuse@isp.example>", "This is an automatic acknowledgement that we received your report. You will not receive a personal answer.")
V("government ack de", "Eingangsbestätigung", "Stadt Musterstadt <buergerservice@stadt.example>", "Sehr geehrte Damen und Herren,\n\nvielen Dank für Ihre Nachricht. Diese E-Mail wurde automatisch erzeugt, bitte antworten Sie nicht darauf.")
V("fr ack", "Accusé de réception", "Service client <contact@boutique.example>", "Bonjour,\n\nNous avons bien reçu votre message et vous répondrons sous 48 heures.\n\nCeci est un message automatique, merci de ne pas y répondre.")
V("ja ack", "【自動送信】お問い合わせを受け付けました", "サポート窓口 <contact@mise.example>", "お問い合わせありがとうございます。\n※このメールは自動送信されています。このメールに返信いただいてもお答えできません。")
V("es ack", "Hemos recibido su mensaje", "Atención al cliente <atencion@tienda.example>", "Gracias por contactarnos. Este es un mensaje automático, por favor no responda a este correo.")
V("subscription confirm", "confirm 8a7f9c", "users-confirm+8a7f9c@lists.example", "Mailing list subscription confirmation notice for mailing list users")
V("majordomo", "Majordomo results", "Majordomo@lists.example", ">>>> help\n\nThis help message is being sent to you")
# ---------- persons
h=dict(auto=False)
V("person about office chair", "Out of office chair parts", "Ben <ben@mail.example>", "Are you out of office chair wheels? I need five.", **h)
V("person vacation rental", "Vacation rental refund", "Di <di@mail.example>", "We were on vacation in your rental and the heating was off. I want a refund.", **h)
V("person abwesenheit", "Abwesenheit am Liefertag", "Olaf <olaf@mail.example>", "Hallo, am 20. Mai bin ich nicht zu Hause. Bitte stellen Sie das Paket beim Nachbarn ab.", **h)
V("person reponse automatique", "Réponse automatique reçue mais rien depuis", "Zoé <zoe@mail.example>", "Bonjour, j'ai reçu une réponse automatique le 3 mai puis plus rien. Où en est mon remboursement ?", **h)
V("person automatic reply all i get", "Automatic reply is all I ever get", "Fay <fay@mail.example>", "Five mails, five automatic replies. Is there a person?", **h)
V("person zh 已读不回", "已读不回", "阿强 <aq@qq.com>", "你们客服已读不回，什么意思？我要投诉。", **h)
V("person zh 退信", "邮件老是退信", "老陈 <lc@163.com>", "给你们售后邮箱发的邮件总被系统退信，提示对方邮箱已满。麻烦告诉我正确的邮箱。", **h)
V("person zh 自动回复机器人", "自动回复没用", "丽丽 <ll@126.com>", "自动回复没用，我要人工客服。订单号 88321，衣服破了。", **h)
V("person read subject", "Read: your terms, section 4", "Gil <gil@mail.example>", "Hello, I read section 4 of your terms and it contradicts what your agent told me.", **h)
V("person declined card", "Declined: my card payment", "Hal <hal@mail.example>", "Your shop declined my card three times although the bank says it is fine.", **h)
V("person undeliverable parcel", "Undeliverable parcel 0017", "Jo <jo@mail.example>", "Parcel 0017 was marked undeliverable. I need it by Friday.", **h)
V("person mail delivery failed", "Mail delivery failed again", "Kay <kay@mail.example>", "The mailman threw my parcel over the fence and the mail delivery failed twice before. Unacceptable.", **h)
V("person unsubscribes", "Re: Summer Sale starts now", "Lou <lou@mail.example>", "Stop sending me this. I unsubscribed three times!\n\n> Summer Sale starts now\n> 20% off\n> Unsubscribe here | View in browser", **h)
V("person forwards newsletter", "Fwd: Summer Sale", "Moe <moe@mail.example>", "Why does this code not work?\n\n-------- Forwarded Message --------\nSubject: Summer Sale\nFrom: Shop <newsletter@shop.example>\nTo: moe@mail.example\n\nUse SUN20. This is an automated message, do not reply. Unsubscribe", **h)
V("person forwards noreply notice zh", "转发：您的包裹已签收", "小赵 <zhao@qq.com>", "我根本没签收！\n\n------------------ 原始邮件 ------------------\n发件人: \"快递\"<noreply@kd.example>;\n发送时间: 2026年5月12日\n收件人: \"小赵\"<zhao@qq.com>;\n主题: 您的包裹已签收\n\n系统邮件，请勿回复。", **h)
V("postmaster person", "Your SPF record is broken", "Ned (postmaster) <postmaster@school.example>", "Hi, I run the mail here. Your SPF record has two all terms, so our server has to refuse your invoices. Could you have a look? Ned", **h)
V("root person", "lamp order", "Nils <root@nils.example>", "hi, lamp 22 arrived cracked. photo attached. thx nils", **h)
V("person with no (comment)", "Wrong size", "Pia <pia@corp.example>", "The coat is too small.", "Auto-Submitted: no (human)\nPrecedence: first-class\nX-Loop-Check: ok\n", **h)
V("person kr", "자동 회신만 옵니다", "이영희 <yh@mail.example>", "문의할 때마다 자동 회신만 오고 답이 없습니다. 환불해 주세요.", **h)
V("person says returning monday", "Broken heater", "Ray <ray@mail.example>", "The heater stopped. I will be out of the office until Monday and back on Tuesday, so call me on my mobile. My wife is at home.", **h)
V("person lotus", "Kai Meyer ist unfreundlich", "Sue <sue@mail.example>", "Ihr Mitarbeiter Kai Meyer war am Telefon sehr unfreundlich.", **h)
V("person thanks for automatic", "Re: [Request received] Your order", "Tia <tia@mail.example>", "Thank you for your quick automatic confirmation. To add: the box was open.\n\nOn Tue, May 12, 2026 at 9:00 AM Gadget Support <support@gadget.example> wrote:\n> ##- Please type your reply above this line -##\n> Your request (48211) has been received.", "References: <q@shop.example>\n", **h)
V("person do not reply to", "Please do not reply to my old address", "Uma <uma@mail.example>", "Please do not reply to my old address, it is blocked. Use this one. Where is my refund?", **h)
V("person newsletter question", "Newsletter", "Vic <vic@mail.example>", "How do I unsubscribe from your newsletter? The link is dead.", **h)
V("person quota", "Mailbox full?", "Wes <wes@mail.example>", "You said my mailbox is full. It is not, I have 3 GB left. Please send the invoice again.", **h)
V("person zh-tw vacation", "訂單延後", "王小姐 <wang@tw.example>", "您好，我下週休假不在公司，請改到 5/25 送貨，謝謝。", **h)
V("person reports alert", "ALERT: battery on fire", "Xan <xan@mail.example>", "The battery caught fire while charging!", **h)
V("person confirm", "confirm my address", "Yui <yui@mail.example>", "Please confirm that you have my new address: 5 Hill Rd.", **h)
V("person delayed", "Delivery delayed: order 55", "Zed <zed@mail.example>", "My delivery is delayed for the third time. No action was taken. I want a refund.", **h)
V("person it", "Mancata consegna", "Rosa <rosa@mail.example>", "Buongiorno, il pacco non è stato consegnato. Il corriere dice destinatario assente ma ero a casa.", **h)
V("person zh 未送达", "未送达：订单88231", "小吴 <wu@163.com>", "快递显示未送达，电话也没打一个，请核实。", **h)
