"""automatic_products.py - Notices as products send them: bounces of mail systems, vacation notices, helpdesks, receipts, lists; and people who write about such mail."""
from cases import add, w, ME
import base64
def R(name, raw, auto=True, bounce=False): add(name, raw.lstrip("\n"), auto=auto, bounce=bounce)
def b64(t, cs="utf-8"): return base64.encodebytes(t.encode(cs)).decode()

# ---------- bounces
R("exchange online ndr, text only after a relay rewrote the report", """
Return-Path: <>
Received: from EUR05-AM6-obe.outbound.protection.outlook.com by mx.shop.example
From: Microsoft Outlook <MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@contoso.example>
To: <support@shop.example>
Date: Mon, 4 May 2026 07:12:44 +0000
Subject: Undeliverable: [TK-11] We received your message
Message-ID: <9c3d1b1e-1c@AM6PR05MB5001.eurprd05.prod.outlook.com>
In-Reply-To: <k1@shop.example>
Content-Type: text/plain; charset="us-ascii"
MIME-Version: 1.0

Delivery has failed to these recipients or groups:

anna.berg@contoso.example<mailto:anna.berg@contoso.example>
The email address you entered couldn't be found. Please check the recipient's email address and try to resend the message. If the problem continues, please contact your email admin.

Diagnostic information for administrators:

Generating server: AM6PR05MB5001.eurprd05.prod.outlook.com

anna.berg@contoso.example
Remote server returned '550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient anna.berg@contoso.example not found by SMTP address lookup'

Original message headers:

From: support@shop.example
To: anna.berg@contoso.example
Subject: [TK-11] We received your message
""", bounce=True)
R("exchange german ndr multipart report", """
From: postmaster@firma.example
To: support@shop.example
Date: Tue, 5 May 2026 09:00:01 +0200
Subject: Unzustellbar: Ihre Anfrage
Content-Type: multipart/report; report-type=delivery-status; boundary="x1"
Message-ID: <aa@firma.example>
MIME-Version: 1.0

--x1
Content-Type: text/plain; charset=utf-8

Fehler bei der Nachrichtenzustellung an folgende Empfänger oder Gruppen:

peter.lang@firma.example
Das Postfach des Empfängers ist voll und kann zurzeit keine Nachrichten annehmen.

--x1
Content-Type: message/delivery-status

Reporting-MTA: dns;mail.firma.example

Final-recipient: RFC822;peter.lang@firma.example
Action: failed
Status: 5.2.2

--x1
Content-Type: message/rfc822

From: support@shop.example
To: peter.lang@firma.example
Subject: Ihre Anfrage
Message-ID: <orig@shop.example>

Guten Tag

--x1--
""", bounce=True)
R("gmail address not found", """
Return-Path: <>
From: Mail Delivery Subsystem <mailer-daemon@googlemail.com>
To: support@shop.example
Auto-Submitted: auto-replied
Subject: Delivery Status Notification (Failure)
References: <out1@shop.example>
In-Reply-To: <out1@shop.example>
X-Failed-Recipients: nobody.here@gmail.com
Message-ID: <6643.050a0220.GMR@mx.google.com>
Date: Tue, 14 May 2026 03:03:47 -0700 (PDT)
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8

** Address not found **

Your message wasn't delivered to nobody.here@gmail.com because the address couldn't be found, or is unable to receive mail.

The response from the remote server was:
550 5.1.1 The email account that you tried to reach does not exist.
""", bounce=True)
R("gmail chinese delay", """
From: Mail Delivery Subsystem <mailer-daemon@googlemail.com>
To: support@shop.example
Subject: Delivery Status Notification (Delay)
Date: Thu, 14 May 2026 03:03:47 -0700 (PDT)
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8

** 邮件未完成传送 **

将您的邮件递送至 zhou@farm.example 时出现暂时性问题。Gmail 会在 47 小时内重新尝试。如果递送永久失败，您将会收到通知。
""", bounce=True)
R("postfix mail system without report type", """
Return-Path: <>
Date: Wed, 6 May 2026 11:22:33 +0200 (CEST)
From: MAILER-DAEMON@mx7.provider.example (Mail Delivery System)
Subject: Undelivered Mail Returned to Sender
To: support@shop.example
Message-Id: <20260506092233.A1B2C3@mx7.provider.example>

This is the mail system at host mx7.provider.example.

I'm sorry to have to inform you that your message could not
be delivered to one or more recipients. It's attached below.

<hans@dead.example>: Host or domain name not found. Name service error for
    name=dead.example type=A: Host not found
""", bounce=True)
R("postfix delayed", """
Date: Wed, 6 May 2026 15:22:33 +0200 (CEST)
From: MAILER-DAEMON@mx7.provider.example (Mail Delivery System)
Subject: Delayed Mail (still being retried)
To: support@shop.example
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="dl"

--dl
Content-Type: text/plain; charset=us-ascii

This is the mail system at host mx7.provider.example.

####################################################################
# THIS IS A WARNING ONLY.  YOU DO NOT NEED TO RESEND YOUR MESSAGE. #
####################################################################

Your message could not be delivered for more than 4 hour(s).
It will be retried until it is 5 day(s) old.
--dl
Content-Type: message/delivery-status

Reporting-MTA: dns; mx7.provider.example

Final-Recipient: rfc822; x@slow.example
Action: delayed
Status: 4.4.1
--dl--
""", bounce=True)
R("exim failure plain", """
Return-path: <>
Envelope-to: support@shop.example
From: Mail Delivery System <Mailer-Daemon@web12.hoster.example>
To: support@shop.example
Subject: Mail delivery failed: returning message to sender
Message-Id: <E1uCabc-0001Xy-2Z@web12.hoster.example>
X-Failed-Recipients: joe@closed.example
Date: Fri, 08 May 2026 10:00:00 +0100

This message was created automatically by mail delivery software.

A message that you sent could not be delivered to one or more of its
recipients. This is a permanent error. The following address(es) failed:

  joe@closed.example
    host mx.closed.example [192.0.2.9]
    SMTP error from remote mail server after RCPT TO:<joe@closed.example>:
    550 No such user here

------ This is a copy of the message, including all the headers. ------

Return-path: <support@shop.example>
Subject: Thank you
""", bounce=True)
R("exim warning, delayed 24 hours", """
From: Mail Delivery System <Mailer-Daemon@web12.hoster.example>
To: support@shop.example
Subject: Warning: message 1uCabc-0001Xy-2Z delayed 24 hours
Date: Fri, 08 May 2026 10:00:00 +0100

This message was created automatically by mail delivery software.
A message that you sent has not yet been delivered to one or more of its
recipients after more than 24 hours on the queue on web12.hoster.example.
No action is required on your part.
""", bounce=True)
R("qmail failure notice", """
Date: 9 May 2026 08:01:02 -0000
From: MAILER-DAEMON@old.univ.example
To: support@shop.example
Subject: failure notice

Hi. This is the qmail-send program at old.univ.example.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.

<lina@old.univ.example>:
Sorry, no mailbox here by that name. (#5.1.1)

--- Below this line is a copy of the message.

Return-Path: <support@shop.example>
""", bounce=True)
R("sendmail returned mail", """
Date: Sat, 9 May 2026 12:00:00 -0400
From: Mail Delivery Subsystem <MAILER-DAEMON@unix.corp.example>
Message-Id: <202605091600.549G0@unix.corp.example>
To: <support@shop.example>
Subject: Returned mail: see transcript for details
Auto-Submitted: auto-generated (failure)

The original message was received at Sat, 9 May 2026 11:59:58 -0400
from mail.shop.example [198.51.100.4]

   ----- The following addresses had permanent fatal errors -----
<dave@unix.corp.example>
    (reason: 550 5.1.1 <dave@unix.corp.example>... User unknown)
""", bounce=True)
R("qq mail bounce", """
From: <PostMaster@qq.com>
To: <support@shop.example>
Subject: %s
Date: Sun, 10 May 2026 09:30:00 +0800
Message-ID: <tencent_0011@qq.com>
Mime-Version: 1.0
Content-Type: text/html; charset="gb18030"
Content-Transfer-Encoding: base64

%s
""" % (w("系统退信","gb18030"), b64("<div>抱歉，您的邮件被退回来了……</div><table><tr><td>收件人</td><td>99887766@qq.com</td></tr><tr><td>退信原因</td><td>收件人的邮箱账号不存在。</td></tr><tr><td>邮件主题</td><td>工单受理通知</td></tr></table>","gb18030")), bounce=True)
R("netease bounce", """
From: Postmaster@163.com
To: support@shop.example
Subject: %s
Date: Sun, 10 May 2026 09:30:00 +0800
Message-ID: <6aFF.1@m0.mail.163.com>
MIME-Version: 1.0
Content-Type: text/plain; charset=gbk
Content-Transfer-Encoding: base64

%s
""" % (w("系统退信","gbk"), b64("抱歉，您的邮件被退回来了……\n\n原邮件信息：\n时　间 2026-05-10 09:29:50\n主　题 关于您的投诉\n收件人 lyq_2001@163.com\n\n退信原因：对方邮箱已满，请稍后重试。\n","gbk")), bounce=True)
R("coremail bounce", """
From: postmaster@university.edu.cn
To: support@shop.example
Subject: %s
Date: Sun, 10 May 2026 09:31:00 +0800
X-CM-TRANSID: AQAAfwDX1
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8

您的邮件 "工单已受理" 无法投递到下列收件人：

    wangfang@university.edu.cn

Reason: SMTP error, RCPT TO: Host university.edu.cn(10.0.0.4) said 550 User not found
""" % w("邮件投递失败通知"), bounce=True)
R("aliyun enterprise mail bounce", """
From: postmaster <postmaster@mail.aliyun.example>
To: support <support@shop.example>
Subject: %s
Date: Mon, 11 May 2026 09:31:00 +0800
MIME-Version: 1.0
Content-Type: text/html; charset=utf-8

<html><body><p>尊敬的用户：</p><p>很抱歉，您发送的邮件未能送达以下收件人：</p><p>sunli@factory.example</p><p>失败原因：550 Mailbox not found，收件人地址不存在</p><p>此邮件由系统自动发出，请勿直接回复。</p></body></html>
""" % w("退信通知：工单已受理"), bounce=True)
R("tencent exmail bounce english", """
From: "postmaster" <postmaster@exmail.example>
To: support@shop.example
Subject: Returned mail from exmail.example
Date: Mon, 11 May 2026 09:31:00 +0800
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8

Sorry, we were unable to deliver your message to the following address.

<zhao@exmail.example>
Mailbox unavailable or access denied [MXPsQ]. ip: 198.51.100.4
""", bounce=True)
R("yahoo failure", """
From: MAILER-DAEMON@yahoo.com
To: support@shop.example
Subject: Failure Notice
Date: Mon, 11 May 2026 01:31:00 +0000

Sorry, we were unable to deliver your message to the following address.

<kelly88@yahoo.com>:
554: delivery error: dd Requested mail action aborted, mailbox not found - mta4012.mail.bf1.yahoo.com

--- Below this line is a copy of the message.
""", bounce=True)
R("zoho undelivered", """
From: mailer-daemon@mail.zoho.com
To: support@shop.example
Subject: Undelivered Mail Returned to Sender
Date: Mon, 11 May 2026 01:31:00 +0000
Content-Type: text/plain; charset=UTF-8

This message was created automatically by mail delivery software.
 A message that you sent could not be delivered to one or more of its recipients. This is a permanent error.

ravi@tea.example, ERROR CODE :550 - 5.1.1 User does not exist
""", bounce=True)
R("lotus notes delivery failure", """
From: Postmaster@bank.example
To: support@shop.example
Subject: DELIVERY FAILURE: User k.meier (k.meier@bank.example) not listed in Domino Directory
Date: Tue, 12 May 2026 01:31:00 +0200
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="==IFJRGLKFGIR"

--==IFJRGLKFGIR
Content-Type: text/plain; charset=US-ASCII

Your message

  Subject: your request

was not delivered to:

  k.meier@bank.example

because:

  User k.meier (k.meier@bank.example) not listed in Domino Directory

--==IFJRGLKFGIR
Content-Type: message/delivery-status

Reporting-MTA: dns;mail1.bank.example

Final-Recipient: rfc822;k.meier@bank.example
Action: failed
Status: 5.1.1
--==IFJRGLKFGIR--
""", bounce=True)
R("mdaemon", """
From: "MDaemon at office.example" <MDaemon@office.example>
To: support@shop.example
Subject: Permanent Delivery Failure
Date: Tue, 12 May 2026 01:31:00 +0200
X-MDaemon-Deliver-To: support@shop.example
Content-Type: text/plain

The attached message had PERMANENT fatal delivery errors.

After one or more unsuccessful delivery attempts the attached message has
been removed from the mail queue on this server.
Failed address: pat@nowhere.example
""", bounce=True)
R("mimecast rejected", """
From: "Mimecast Postmaster" <postmaster@eu-mta.mimecast.example>
To: support@shop.example
Subject: [Postmaster] Email Delivery Failure
Date: Tue, 12 May 2026 01:31:00 +0000
Content-Type: text/html; charset=utf-8

<p>This is an automatically generated message from Mimecast.</p><p>The email you tried to send could not be delivered.</p><table><tr><td>To:</td><td>x@client.example</td></tr><tr><td>Reason</td><td>550 Invalid Recipient</td></tr></table>
""", bounce=True)
R("ses bounce", """
From: MAILER-DAEMON@eu-west-1.amazonses.com
To: support@shop.example
Subject: Delivery Status Notification (Failure)
Date: Tue, 12 May 2026 01:31:00 +0000
Content-Type: multipart/report; boundary="p1"; report-type="delivery-status"

--p1
Content-Type: text/plain

An error occurred while trying to deliver the mail to the following recipients:
x@gone.example
--p1
Content-Type: message/delivery-status

Reporting-MTA: dns; a4-2.smtp-out.eu-west-1.amazonses.com

Action: failed
Final-Recipient: rfc822; x@gone.example
Diagnostic-Code: smtp; 550 5.1.1 user unknown
Status: 5.1.1
--p1--
""", bounce=True)
R("orange french mailer without headers", """
From: postmaster@messagerie.example
To: support@shop.example
Subject: =?utf-8?Q?Echec_de_la_remise_du_message?=
Date: Tue, 12 May 2026 01:31:00 +0200
Content-Type: text/plain; charset=utf-8

Votre message n'a pas pu être remis à un ou plusieurs destinataires.

  claire@messagerie.example
  Boîte aux lettres inconnue
""", bounce=True)
R("spanish ndr from exchange", """
From: Administrador del sistema <postmaster@empresa.example>
To: support@shop.example
Subject: No se puede entregar: Su consulta
Date: Tue, 12 May 2026 01:31:00 +0200
Content-Type: text/plain; charset=utf-8

No se pudo entregar el mensaje a estos destinatarios o grupos:

luis@empresa.example
No se encontró la dirección de correo electrónico que especificó.
""", bounce=True)
R("japanese docomo bounce", """
From: Mail Administrator<Postmaster@docomo.ne.jp>
To: support@shop.example
Subject: Mail System Error - Returned Mail
Date: Tue, 12 May 2026 01:31:00 +0900
Content-Type: text/plain; charset=iso-2022-jp

This Message was undeliverable due to the following reason:

Each of the following recipients was rejected by a remote mail server.
    Recipient: <sakura@docomo.ne.jp>
    Reason:    <sakura@docomo.ne.jp>... User unknown
""", bounce=True)
R("japanese hosting bounce", """
From: postmaster@server.example.jp
To: support@shop.example
Subject: %s
Date: Tue, 12 May 2026 01:31:00 +0900
Content-Type: text/plain; charset=utf-8

メールサーバーからのお知らせです。

下記の宛先にメールを配信できませんでした。
  tanaka@server.example.jp
理由: 宛先のメールボックスが存在しません。
""" % w("メール配信エラーのお知らせ"), bounce=True)
R("barracuda blocked", """
From: Barracuda Networks <noreply@barracudanetworks.example>
To: support@shop.example
Subject: **Message you sent blocked by our bulk email filter**
Date: Tue, 12 May 2026 01:31:00 +0000
Content-Type: text/plain

Your message to: hr@corp.example
was blocked by our Spam Firewall. The email you sent with the following subject has NOT BEEN DELIVERED:

Subject: Your request
""", bounce=True)
R("mail to a mailbox quota exceeded, groupwise style", """
From: Mail Administrator <administrator@city.example>
To: support@shop.example
Subject: Message status - undeliverable
Date: Tue, 12 May 2026 01:31:00 +0000
X-Mailer: GroupWise Internet Agent
Content-Type: text/plain

The message that you sent was undeliverable to the following:
    jmiller (mailbox is full)
""", bounce=True)

# ---------- vacations
def V(name, subject, sender, body, extra="", auto=True):
    R(name, "From: %s\nTo: %s\nSubject: %s\nDate: Wed, 13 May 2026 08:15:00 +0200\nMessage-ID: <v@mail.example>\n%sMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\n%s\n" % (sender, ME, subject if subject.isascii() else w(subject), extra, body), auto)
V("outlook automatic reply en", "Automatic reply: Your order 4471", "Lee, Amanda <amanda.lee@corp.example>", "Thank you for your email. I am out of the office until 25 May with limited access to email. For urgent matters please contact Bob (bob@corp.example).", "X-Auto-Response-Suppress: All\nauto-submitted: auto-generated\nIn-Reply-To: <a@shop.example>\n")
V("de abwesenheit no headers", "Abwesenheitsnotiz: Ihre Bestellung", "Karl Maier <k.maier@werk.example>", "Guten Tag,\n\nich bin vom 11. bis 22. Mai nicht im Büro. Ihre Nachricht wird nicht weitergeleitet.\n\nFreundliche Grüße\nKarl Maier")
V("fr absence", "Réponse automatique : Votre demande", "Julie Petit <julie.petit@ecole.example>", "Bonjour,\n\nJe suis absente jusqu'au 18 mai. En cas d'urgence, merci de contacter le secrétariat.")
V("es fuera de oficina", "Respuesta automática: su pedido", "Ana Ruiz <ana@tienda.example>", "Estoy fuera de la oficina hasta el lunes 18 de mayo. Contestaré a mi regreso.")
V("it fuori sede", "Risposta automatica: ordine 12", "Paolo Conti <paolo@studio.example>", "Sono fuori ufficio fino al 20 maggio. Per urgenze contattare la segreteria.")
V("pt ausencia", "Resposta automática: Pedido", "João Lima <joao@casa.example>", "Estarei ausente do escritório até dia 20 de maio e responderei no meu regresso.")
V("ru avtootvet", "Автоответ: Ваш заказ", "Иван Петров <ivan@zavod.example>", "Здравствуйте! Я в отпуске до 25 мая. По срочным вопросам обращайтесь к коллегам.")
V("ko", "자동 회신: 주문 문의", "김민수 <minsu@corp.example>", "안녕하세요. 5월 20일까지 휴가로 자리를 비웁니다. 급한 용무는 동료에게 연락 바랍니다.")
V("ja", "自動応答: ご注文の件", "山田太郎 <yamada@kaisha.example>", "ただいま休暇中のため、5月20日まで不在にしております。戻り次第ご連絡いたします。")
V("ja subject fuzai", "【不在通知】Re: お問い合わせ", "鈴木 <suzuki@kaisha.example>", "お世話になっております。鈴木です。\n5月15日まで夏季休暇のため不在にしております。")
V("zh qq auto reply", "自动回复:工单受理通知", "雨后彩虹 <55667788@qq.com>", "您好，您的邮件我已收到，我会尽快回复您。谢谢！")
V("zh 163 auto reply", "自动回复: 您的反馈已收到", "刘洋 <liuyang_77@163.com>", "我最近在度假中，无法亲自回复您的邮件。我将在假期结束后，尽快给您回复。")
V("zh hant", "自動回覆：訂單查詢", "陳大文 <tm.chan@hk.example>", "本人現正休假，將於五月二十日返回辦公室。如有急事請致電 2345 6789。")
V("zh outside office without prefix in subject", "Re: 工单受理通知", "王磊 <wanglei@it.example>", "您好！\n我正在休假，5月20日返回公司。期间如有紧急事务请联系李娜（lina@it.example，分机 8021）。\n此为系统自动回复。", "Auto-Submitted: auto-replied\n")
V("gmail vacation with precedence", "Out of Office Re: [TK-12]", "Sam Hill <samhill@gmail.com>", "I'm hiking until June 1 and won't be reading mail.", "Precedence: bulk\nX-Autoreply: yes\n")
V("sieve vacation dovecot", "Auto: Re: ticket", "Kim <kim@dovecot.example>", "I am away.", "Auto-Submitted: auto-replied (vacation)\nPrecedence: bulk\n")
V("no headers, Out of office subject", "Out of Office: Your complaint", "Rita <rita@co.example>", "I am currently out of the office and will be back on Monday.")
V("nl", "Afwezig: Uw bestelling", "Jan de Vries <jan@bedrijf.example>", "Bedankt voor uw bericht. Ik ben tot 18 mei met vakantie en lees mijn e-mail niet.")
V("x-autorespond header", "Thanks for your message", "Sales <sales@small.example>", "Thanks for writing, we answer within two days.", "X-Autorespond: yes\n")
V("loop header", "Thank you for contacting us", "info@small.example", "We have received your message.", "X-Loop: info@small.example\nX-Auto-Response-Suppress: All\nAuto-Submitted: auto-replied\n")
V("pl", "Odpowiedź automatyczna: zamówienie", "Ewa Nowak <ewa@firma.example>", "Jestem na urlopie do 20 maja.")
V("tr", "Otomatik yanıt: Sipariş", "Ayşe Kaya <ayse@sirket.example>", "20 Mayıs'a kadar izindeyim.")
V("left the company", "Automatic reply: invoice", "Tom <tom@corp.example>", "I no longer work for Corp. Please direct all enquiries to office@corp.example.", "X-MS-Exchange-Inbox-Rules-Loop: tom@corp.example\n")

# ---------- auto acks of helpdesks
V("zendesk", "[Request received] Your order", "Gadget Support <support@gadget.zendesk.com>", "##- Please type your reply above this line -##\n\nYour request (48211) has been received and is being reviewed by our support staff.", "Auto-Submitted: auto-generated\nX-Auto-Response-Suppress: All\nX-Mailer: Zendesk Mailer\nX-Delivery-Context: event-id-77\n")
V("freshdesk", "Ticket Received - Your order [#8122]", "Gizmo <support@gizmo.freshdesk.com>", "Dear customer,\n\nWe would like to acknowledge that we have received your request and a ticket has been created.\nA support representative will be reviewing your request and will send you a personal response.", "X-Autogenerated: true\n" )
V("otrs", "[Ticket#2026051210000017] RE: Anfrage", "Service Desk <servicedesk@otrs.example>", "Ihre E-Mail wurde unter der Ticketnummer 2026051210000017 aufgenommen.", "X-OTRS-Loop: servicedesk@otrs.example\nX-Powered-By: OTRS\nPrecedence: bulk\n")
V("rt autoreply", "[helpdesk.example #5512] AutoReply: printer", "The RT System itself via RT <rt@helpdesk.example>", "Greetings,\n\nThis message has been automatically generated in response to the\ncreation of a trouble ticket regarding printer.", "RT-Ticket: helpdesk.example #5512\nManaged-BY: RT 5.0\nRT-Originator: RT_System\nPrecedence: bulk\n")
V("jira", "[JIRA] (ACME-12) Order problem", "Jira Service Management <jira@acme.atlassian.net>", "Just confirming that we got your request. We're on it.", "X-JIRA-FingerPrint: ab12\nAuto-Submitted: auto-generated\nPrecedence: bulk\n")
V("osticket without headers", "Ticket Opened [#771233] - support", "Support <helpdesk@school.example>", "A request for support has been created and assigned ticket #771233. A representative will follow-up with you as soon as possible.\n\nYou can view this ticket's progress online.")
V("zammad", "[Ticket#61007] Danke für Ihre Anfrage", "Zammad Helpdesk <zammad@verein.example>", "Ihre Anfrage (Ticket#61007) ist eingegangen und wird so schnell wie möglich bearbeitet.", "X-Mailer: Zammad Mail Service\nX-Auto-Response-Suppress: All\nAuto-Submitted: auto-replied\nPrecedence: list\n")
V("chinese service desk ack without headers", "【系统通知】您的工单已创建 #20260513007", "客服中心 <service@cloud.example>", "尊敬的用户，您好！\n您提交的工单已创建，工单编号 20260513007，我们将在 24 小时内处理。\n本邮件由系统自动发送，请勿回复。")
V("no reply shop", "Your parcel is on its way", "Parcel Post <no-reply@parcel.example>", "Your parcel 00123 will be delivered tomorrow.")
V("donotreply bank", "Statement available", "Bank <do_not_reply@bank.example>", "Your May statement is ready.")
# ---------- receipts, calendar, feedback, challenge
R("outlook read receipt", """
From: Amy Wu <amy@corp.example>
To: support@shop.example
Subject: Read: Your order
Date: Wed, 13 May 2026 08:15:00 +0200
Message-ID: <rr@corp.example>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=disposition-notification; boundary="rr"

--rr
Content-Type: text/plain; charset=utf-8

Your message

   To: Amy Wu
   Subject: Your order
   Sent: Wednesday, May 13, 2026 8:00:00 AM (UTC+02:00)

was read on Wednesday, May 13, 2026 8:14:51 AM (UTC+02:00).
--rr
Content-Type: message/disposition-notification

Reporting-UA: corp.example; Microsoft Outlook
Final-Recipient: rfc822; amy@corp.example
Disposition: manual-action/MDN-sent-manually; displayed
--rr--
""")
V("foxmail receipt plain chinese", "已读：工单受理通知", "赵云 <zhaoyun@corp.example>", "您的邮件\n\n主题：工单受理通知\n时间：2026-05-13 09:00\n\n已于 2026-05-13 09:12 被阅读。")
R("calendar accept", """
From: Amy Wu <amy@corp.example>
To: support@shop.example
Subject: Accepted: Call about my order
Date: Wed, 13 May 2026 08:15:00 +0200
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary="cc"

--cc
Content-Type: text/plain; charset=utf-8

Amy Wu has accepted this invitation.
--cc
Content-Type: text/calendar; charset=utf-8; method=REPLY

BEGIN:VCALENDAR
METHOD:REPLY
BEGIN:VEVENT
UID:1
ATTENDEE;PARTSTAT=ACCEPTED:mailto:amy@corp.example
END:VEVENT
END:VCALENDAR
--cc--
""")
R("arf", """
From: staff@hotmail.example
To: support@shop.example
Subject: complaint about message from 198.51.100.4
Date: Wed, 13 May 2026 08:15:00 +0000
MIME-Version: 1.0
Content-Type: multipart/report; report-type=feedback-report; boundary="ar"

--ar
Content-Type: text/plain

This is an email abuse report.
--ar
Content-Type: message/feedback-report

Feedback-Type: abuse
User-Agent: SNDS/1.0
Version: 1
--ar
Content-Type: message/rfc822

From: support@shop.example
Subject: hi

x
--ar--
""")
V("challenge boxbe", "Waiting List: Your message to ron@boxed.example [Action Required]", "Boxbe <notifier@boxbe.example>", "Hello, your message about \"order\" was waitlisted. Please add yourself to my Guest List so your messages will be delivered to my Inbox. Use the link below.", "Auto-Submitted: auto-replied\n")
V("challenge without headers", "Please confirm your message", "ron@spamarrest.example", "Hi,\n\nThis is an automated message. I am using a spam-protection service. To have your message delivered to me, please click the link below to verify that you are a real person.")
V("newsletter", "Summer Sale starts now", "Shoes & More <news@shoes.example>", "View this email in your browser\n\n20% off everything.\n\nUnsubscribe here", "List-Unsubscribe: <https://shoes.example/u>\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\nPrecedence: bulk\nX-Campaign: 811\n")
V("mailman moderation", "Your message to users awaits moderator approval", "users-bounces@lists.example", "Your mail to 'users' with the subject\n\n    order\n\nIs being held until the list moderator can review it for approval.", "Precedence: bulk\nX-BeenThere: users@lists.example\nList-Id: users <users.lists.example>\nX-List-Administrivia: yes\n")
V("list post", "[dev] release 2.1", "Pete <pete@dev.example>", "Hi all,\n\n2.1 is out.", "List-Id: <dev.lists.example>\nList-Unsubscribe: <mailto:dev-leave@lists.example>\nList-Post: <mailto:dev@lists.example>\nPrecedence: list\n")
V("cron", "Cron <root@web1> /usr/local/bin/backup.sh", "root@web1.shop.example (Cron Daemon)", "tar: Removing leading `/' from member names", "X-Cron-Env: <SHELL=/bin/sh>\nX-Cron-Env: <HOME=/root>\nAuto-Submitted: auto-generated\n")
V("nagios", "** PROBLEM Service Alert: web1/HTTP is CRITICAL **", "nagios@mon.shop.example", "***** Nagios *****\n\nNotification Type: PROBLEM\n\nService: HTTP\nHost: web1\nState: CRITICAL\n\nDate/Time: Wed May 13 08:15:00 CEST 2026\n\nAdditional Info:\n\nCONNECTION REFUSED")
V("quota notice", "Mailbox quota warning: 95% used", "Mail System <postmaster@shop.example>", "Your mailbox is 95% full. You will not be able to receive mail when it is full.", auto=True)
V("github notification", "[acme/shop] Checkout fails (Issue #12)", "octo <notifications@github.com>", "octo left a comment\n\nIt fails.\n\n-- \nReply to this email directly or view it on GitHub", "List-ID: acme/shop <shop.acme.github.com>\nPrecedence: list\nX-GitHub-Reason: mention\n")
# ---------- persons
V("person answers the out-of-office", "Re: Automatic reply: Your order 4471", "Lee, Amanda <amanda.lee@corp.example>", "Hi, I'm back now. Please go on with the replacement.\n\nAmanda", "In-Reply-To: <x@shop.example>\n", auto=False)
V("person, RE: Undeliverable", "RE: Undeliverable: Your order", "Tom Fox <tom@fox.example>", "My last mail to you came back with an error, so here again: the lamp is broken.\n\nDelivery has failed to these recipients or groups:\nsuport@shop.example", auto=False)
V("person complains about bounces", "Your address bounces", "Eva <eva@mail.example>", "Hello,\n\nwhenever I write to returns@shop.example I get \"550 5.1.1 User unknown\" and \"Undelivered Mail Returned to Sender\". How do I reach you?", auto=False)
V("person says out of the office", "Order 88", "Bea <bea@mail.example>", "Hi, I'm out of the office tomorrow and next week, can the courier come on the 25th instead?", auto=False)
V("person zh speaks of auto replies", "你们只有自动回复", "小林 <xl@qq.com>", "给你们发了三封邮件，每次都是自动回复，说已收到会尽快处理，到现在没人理我！什么时候退款？", auto=False)
V("auto-submitted no", "Invoice wrong", "Rob <rob@corp.example>", "The invoice has the wrong VAT number.", "Auto-Submitted: no\n", auto=False)
V("suppress header on person", "Broken zip", "Carl <carl@corp.example>", "The zip broke after one day.", "X-Auto-Response-Suppress: DR, RN, NRN, OOF, AutoReply\nX-MS-Exchange-Organization-AuthSource: x\n", auto=False)
V("person via company with list-unsubscribe? no, via ticket system with precedence normal", "RE: [#4471] parts", "Dana at Parts Co <dana@parts.example>", "Hello,\n\nwe have not had the delivery note for the parts yet. Could you send it?\n\nDana", "X-Mailer: Zammad Mail Service\nX-Priority: 3\nPrecedence: normal\n", auto=False)
V("forwarded bounce with comment", "Fwd: Delivery Status Notification (Failure)", "Max <max@gmail.com>", "See below, your mailbox seems to be full?\n\n---------- Forwarded message ---------\nFrom: Mail Delivery Subsystem <mailer-daemon@googlemail.com>\nDate: Tue, May 12, 2026 at 9:00 AM\nSubject: Delivery Status Notification (Failure)\nTo: <max@gmail.com>\n\n** Message not delivered **\nThe recipient's inbox is full.", auto=False)
V("person accepted subject", "Accepted: your offer of 20 EUR", "Ida <ida@mail.example>", "Hi, I accept the 20 euro voucher you offered. Please send it.", auto=False)
V("person quotes our ack", "Re: [TK-1] We received your message", "Uwe <uwe@mail.example>", "Das ist jetzt eine Woche her.\n\nAm 13.05.2026 um 08:00 schrieb Shop:\n> This is an automatic reply. Please do not reply to this message.\n> We received your message.", auto=False)
V("person delivery failed = parcel", "Delivery failed", "Nora <nora@mail.example>", "The driver says delivery failed because nobody was home. I was home all day! Please send it again.", auto=False)
V("person parcel returned to sender", "Returned to sender", "Nils <nils@mail.example>", "Tracking says my parcel was undeliverable and returned to sender. My address is right. What now?", auto=False)
V("person zh delivery failed", "投递失败", "孙丽 <sunli@163.com>", "快递显示投递失败，退回了。我电话一直开着，为什么没打给我？", auto=False)
V("person list of google groups to address but personal", "Question on the group order", "Ola <ola@school.example>", "Hello, we are a school and would like to order 30 lamps. Is there a discount?", "X-Google-Group-Id: 7\n", auto=False)
V("person from info@", "Rechnung falsch", "Tischlerei Holz <info@holz.example>", "Guten Tag, auf der Rechnung 55 fehlt unsere USt-IdNr. Bitte korrigieren.", auto=False)
V("person support@", "Our order of spare parts", "Support Team <support@reseller.example>", "Hello, our customer still waits for the part. Any news? Kind regards, Tina", auto=False)
V("person with vacation words in the body zh", "订单 5521", "周敏 <zm@corp.example>", "您好，我下周休假不在公司，请把货送到前台，联系人李娜。另外发票抬头写错了。", auto=False)
V("person about automatic renewal", "Automatic renewal", "Liz <liz@mail.example>", "I did not agree to the automatic renewal of my subscription. Please refund it.", auto=False)
V("person ja about auto reply", "Re: 自動返信: お問い合わせありがとうございます", "佐藤 <sato@mail.example>", "自動返信をいただきましたが、その後ご連絡がありません。いつ頃になりますか。", "In-Reply-To: <z@shop.example>\n", auto=False)
V("person de wg bounce", "WG: Unzustellbar: Reklamation", "Ute <ute@mail.example>", "Hallo, meine Mail kam zurück, daher über diese Adresse.\n\nVon: postmaster@shop.example\nGesendet: Dienstag, 12. Mai 2026 10:00\nAn: Ute\nBetreff: Unzustellbar: Reklamation\n\nFehler bei der Nachrichtenzustellung", auto=False)
