"""automatic_prose.py - Notices in plain prose, nearly all without headers, in many languages; and people who write about the same things."""
from cases import add, w, ME
import base64, quopri
def R(name, raw, auto=True, bounce=False): add(name, raw.lstrip("\n"), auto=auto, bounce=bounce)
def V(name, subject, sender, body, extra="", auto=True, bounce=False, html=False):
    R(name, "Received: from mx.out.example by mx.shop.example; Thu, 4 Jun 2026 10:00:00 +0000\nFrom: %s\nTo: Customer Care <%s>\nSubject: %s\nDate: Thu, 4 Jun 2026 10:00:00 +0000\nMessage-ID: <r3@mail.example>\n%sMIME-Version: 1.0\nContent-Type: text/%s; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n%s\n" % (sender, ME, subject if subject.isascii() else w(subject), extra, "html" if html else "plain", quopri.encodestring(body.encode()).decode()), auto, bounce)
B=dict(bounce=True); h=dict(auto=False)
# vacations, natural prose, no headers
V("vac en parental", "Out of the office until 1 September Re: Your ticket", "Grace O'Neil <grace@lawfirm.example>", "Thank you for getting in touch. I am on parental leave and will not be checking this account. My colleague Dan (dan@lawfirm.example) has taken over my files.")
V("vac en conference", "Automatic Reply - at a conference", "Prof. H. Stein <stein@uni.example>", "I am attending a conference this week and will have only intermittent access to e-mail. Expect a delayed response.")
V("vac en sick", "Re: Update on your complaint", "Mo <mo@council.example>", "Hello,\n\nI am currently off sick and will respond to your email when I return. If your enquiry is urgent, please contact the duty desk on 01632 960001.")
V("vac en retired", "Automatic reply: Re: [TK-8]", "Walt <walt@plant.example>", "I have retired from Plant Inc. This mailbox is no longer monitored. Please redirect your message to sales@plant.example.")
V("vac en christmas", "Christmas closure", "Bright Windows <office@windows.example>", "Our office is closed from 24 December to 2 January. All messages will be answered in the order received when we reopen. Happy holidays!\n\nThis is an auto-generated response.")
V("vac de resturlaub", "Automatische Antwort: Ihre Reklamation", "Sabine Wolf <wolf@stadtwerke.example>", "Vielen Dank für Ihre Nachricht. Ich habe Urlaub und bin am 15. Juni wieder für Sie da. Ihre Mail wird nicht automatisch weitergeleitet.")
V("vac de no prefix", "Urlaub bis 15.06.", "Sabine Wolf <wolf@stadtwerke.example>", "Guten Tag,\n\nderzeit bin ich nicht im Büro. Ab dem 15.06. bin ich wieder erreichbar. In dringenden Fällen hilft Ihnen Herr Beck weiter.")
V("vac de elternzeit", "Abwesend: Elternzeit", "Jens <jens@ag.example>", "Hallo, ich befinde mich in Elternzeit und kehre voraussichtlich im Januar zurück. Bitte wenden Sie sich an team@ag.example.")
V("vac fr conges", "Absence", "Claire Morel <claire@mairie.example>", "Bonjour,\n\nActuellement en congés, je serai de retour le 22 juin. Pour toute demande urgente, vous pouvez joindre l'accueil au 01 23 45 67 89.\n\nBien cordialement")
V("vac es", "Ausente por vacaciones", "Marta <marta@gestoria.example>", "Hola, gracias por su correo. Estoy de vacaciones hasta el 22 de junio. Si es urgente, escriba a info@gestoria.example.")
V("vac it", "Assente fino al 22 giugno", "Luca <luca@comune.example>", "Buongiorno, sono in ferie fino al 22 giugno compreso. Risponderò alla sua mail al mio rientro.")
V("vac pt", "Férias", "Rita <rita@clinica.example>", "Olá! Estou de férias e retorno no dia 22/06. Em caso de urgência, entre em contato com a recepção.")
V("vac nl", "Re: Uw klacht", "Kees <kees@gemeente.example>", "Beste afzender,\n\nIk ben tot en met 22 juni afwezig. Bij dringende vragen kunt u contact opnemen met mijn collega Ans.", "")
V("vac pl", "Re: Reklamacja", "Ola <ola@biuro.example>", "Dzień dobry, od 1 do 22 czerwca przebywam na urlopie. W pilnych sprawach proszę o kontakt z sekretariatem. Odpowiem po powrocie.")
V("vac ru", "В отпуске до 22 июня", "Ольга <olga@firma.example>", "Добрый день! Нахожусь в отпуске по 22 июня. По срочным вопросам пишите на info@firma.example, отвечу после возвращения.")
V("vac sv", "Frånvaro", "Eva <eva@kommun.example>", "Hej! Jag är på semester och tillbaka den 22 juni. Vid brådskande ärenden, ring växeln.")
V("vac ja", "Re: お問い合わせの件", "高橋 <takahashi@corp.example>", "お世話になっております。高橋です。\n\n誠に勝手ながら、6月4日から6月10日まで出張のため不在にしております。\nお急ぎの場合は、代表電話までご連絡ください。")
V("vac ja leave ended", "【自動返信】退職のお知らせ", "中村 <nakamura@corp.example>", "私、中村は5月末をもちまして退職いたしました。今後のご連絡は営業部までお願いいたします。")
V("vac ko", "[부재중] 6/4~6/10 휴가", "박지훈 <jihoon@corp.example>", "안녕하세요. 박지훈입니다.\n6월 10일까지 휴가 중이라 회신이 늦어질 수 있습니다. 급한 건은 김대리에게 연락 부탁드립니다.")
V("vac zh trip", "出差中 Re: 关于投诉的回复", "黄伟 <hw@group.example>", "您好！\n本人6月4日至6月10日在国外出差，查收邮件不便，会在返回后尽快回复您。紧急事宜请致电 138****0000。")
V("vac zh cute", "自动回复：工单进度更新", "喵喵 <1122334@qq.com>", "邮件收到啦，看到就会回的哦~")
V("vac zh leave company", "来自李娜的自动回复：确认", "李娜 <lina@ad.example>", "您好，本人已从公司离职，业务请联系王芳 wangfang@ad.example，谢谢。")
V("vac zh spring", "春节放假自动回复", "贸易部 <trade@ex.example>", "尊敬的客户：我司 1 月 20 日至 27 日春节放假，期间邮件将于节后处理，祝您新春快乐！")
V("vac zh-tw", "自動回覆: 客訴進度", "張經理 <chang@tw.example>", "您好，我於 6/4 至 6/10 請假，期間由陳小姐 (分機 203) 代理，造成不便敬請見諒。")
# acks without headers
V("ack shop en", "We got your message!", "Cozy Candles <hello@candles.example>", "Hi there!\n\nThanks for reaching out to Cozy Candles. Your message landed safely in our inbox and one of our humans will reply within 2 business days.\n\nPS: our FAQ answers most questions.")
V("ack ticket en", "Case 00481231 created", "Globex Support <support@globex.example>", "Hello,\n\nThank you for contacting Globex. Case 00481231 has been opened for your request: \"Re: your order\". An engineer will contact you shortly.")
V("ack fr", "Votre demande n° 55120 a bien été enregistrée", "Support Nord <support@nord.example>", "Bonjour,\n\nVotre demande a bien été enregistrée sous le numéro 55120. Un conseiller vous répondra dans les meilleurs délais.")
V("ack de", "Ihre Anfrage [#55120]", "Kundenservice <service@kaufhaus.example>", "Sehr geehrte Kundin, sehr geehrter Kunde,\n\nwir haben Ihre Anfrage erhalten und werden sie so schnell wie möglich bearbeiten.")
V("ack es", "Ticket #55120 abierto", "Soporte <soporte@nube.example>", "Estimado cliente:\n\nHemos recibido su solicitud y se le ha asignado el número de ticket 55120. Nuestro equipo le responderá a la brevedad.")
V("ack pt", "Chamado 55120 registrado", "Atendimento <atendimento@loja.example>", "Olá,\n\nRecebemos sua mensagem e seu chamado foi registrado com o protocolo 55120. Responderemos em até 2 dias úteis.")
V("ack zh", "您的来信已收到", "某某银行客服 <service@bank.example>", "尊敬的客户：\n\n您好！您的来信已收到，受理编号 202606040012，我们将在3个工作日内给您答复，请耐心等待。")
V("ack zh gov", "信访件受理告知", "市长信箱 <szxx@gov.example>", "您提交的信件已受理，编号：SZ20260604001，可凭查询码登录查询办理进度。本邮件由系统发出，无需回复。")
V("ack ja", "お問い合わせありがとうございます（受付番号 55120）", "カスタマーセンター <cs@mise.example>", "この度はお問い合わせいただき誠にありがとうございます。\n以下の内容で受け付けいたしました。担当者より2営業日以内にご連絡いたします。")
V("ack ko", "문의가 정상적으로 접수되었습니다", "고객센터 <cs@mall.example>", "고객님의 문의가 접수되었습니다. 영업일 기준 1~2일 이내에 답변드리겠습니다.")
V("ack ru", "Ваше обращение №55120 зарегистрировано", "Служба поддержки <support@bank.example>", "Здравствуйте! Ваше обращение зарегистрировано. Мы ответим вам в течение 24 часов.")
V("ack nl", "Ontvangstbevestiging", "Klantenservice <klantenservice@winkel.example>", "Beste klant,\n\nWij hebben uw bericht in goede orde ontvangen. Binnen 2 werkdagen krijgt u antwoord.")
V("ack it", "Abbiamo ricevuto la sua richiesta", "Assistenza <assistenza@negozio.example>", "Gentile cliente,\n\nla sua richiesta è stata ricevuta e verrà gestita entro 48 ore. Non rispondere a questo messaggio.")
V("ack resolved notice", "[Acme] Ticket 812 has been solved", "Acme <support@acme.example>", "Your request (812) has been marked as solved. To reopen it, reply to this email.\n\nThis email is a service from Acme. Delivered by Zendesk")
V("ack survey", "How did we do?", "Acme Feedback <feedback@acme.example>", "Please rate the support you received. Click a star below.\n\nYou are receiving this email because you contacted Acme support.", html=False)
# bounces
V("bounce generic host", "Mail could not be delivered", "Mail Administrator <admin@host.example>", "Your e-mail to the following recipient could not be delivered:\n\n    anna@host.example\n\nReason: mailbox full", **B)
V("bounce exchange hybrid nullsender", "Undeliverable: Acknowledgement", "postmaster@corp.example", "mx1.corp.example rejected your message to the following email addresses:\n\nbob@corp.example\n\nYour message wasn't delivered because the recipient's email provider rejected it.", "Return-Path: <>\n", **B)
V("bounce office365 html", "Undeliverable: Acknowledgement", "Microsoft Outlook <MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@corp.example>", "<html><body><table><tr><td><b>Your message to bob@corp.example couldn't be delivered.</b></td></tr><tr><td>bob wasn't found at corp.example.</td></tr></table><p>Error: 550 5.1.10</p></body></html>", html=True, **B)
V("bounce gmail full", "Delivery Status Notification (Failure)", "Mail Delivery Subsystem <mailer-daemon@googlemail.com>", "Recipient inbox full\n\nYour message couldn't be delivered to eve@gmail.com. Their inbox is full, or it's getting too much mail right now.", **B)
V("bounce icloud", "Undelivered Mail Returned to Sender", "MAILER-DAEMON@icloud.com", "Your message could not be delivered to x@icloud.com because the mailbox is over quota.", **B)
V("bounce gmx de", "Mail delivery failed: returning message to sender", "GMX Mailer Daemon <mailer-daemon@gmx.de>", "Diese Nachricht wurde automatisch vom E-Mail-System erstellt.\n\nDie E-Mail, die Sie gesendet haben, konnte nicht an alle Empfänger zugestellt werden. Dies ist ein permanenter Fehler.\n\ny@gmx.de: Benutzer unbekannt", **B)
V("bounce orange fr", "Non remis : Accusé de réception", "Mail Delivery System <MAILER-DAEMON@orange.example>", "Votre message n'a pas été distribué à z@orange.example : adresse inexistante.", **B)
V("bounce qq wrong", "来自 postmaster@exmail.example 的退信", "postmaster@exmail.example", "很抱歉，您发送的邮件被对方拒收。\n收件人：a@exmail.example\n原因：对方邮件服务器拒绝接收(spam)", **B)
V("bounce netease enterprise", "系统退信 / Undelivered Mail", "Postmaster@qiye163.example", "以下收件人未能收到您的邮件：b@qiye163.example\n可能原因：收件人邮箱地址不存在", **B)
V("bounce aliyun delay", "邮件投递延迟通知", "postmaster@aliyun.example", "您的邮件尚未成功投递到 c@dest.example，系统会继续尝试投递，直到 2026-06-07。", **B)
V("bounce zh-tw hinet", "郵件無法遞送通知", "Mail Delivery System <MAILER-DAEMON@hinet.example>", "很抱歉，您的信件無法送達以下收件人：\nd@hinet.example\n原因：無此帳號", **B)
V("bounce ja ocn", "メール配送エラー: 受付完了", "MAILER-DAEMON@ocn.example.jp", "あなたのメールは以下の宛先に届きませんでした。\n<e@ocn.example.jp> : 宛先アドレスが存在しません", **B)
V("bounce ja exchange", "配信不能: 受付完了", "Microsoft Outlook <postmaster@corp.example.jp>", "f@corp.example.jp へのメッセージを配信できませんでした。", **B)
V("bounce es telefonica", "Mensaje devuelto: Acuse de recibo", "Administrador de correo <postmaster@correo.example>", "El mensaje que envió a g@correo.example no ha podido ser entregado porque la cuenta no existe.", **B)
V("bounce it aruba", "AVVISO DI MANCATA CONSEGNA", "posta-certificata@pec.example", "Il messaggio con oggetto \"Ricevuta\" destinato all'utente h@pec.example è stato rifiutato dal sistema. Indirizzo non valido.", **B)
V("bounce pt uol", "Erro no envio da mensagem", "MAILER-DAEMON@uol.example", "Sua mensagem não pôde ser entregue a i@uol.example: caixa postal cheia.", **B)
V("bounce ru mail", "Не удалось доставить письмо", "postmaster@pochta.example", "Ваше письмо не доставлено получателю j@pochta.example: ящик не существует.", **B)
V("bounce ko daum", "메일이 반송되었습니다", "MAILER-DAEMON@daum.example", "보내신 메일이 k@daum.example 님에게 전달되지 못했습니다. 사유: 휴면 계정", **B)
V("bounce pl", "Wiadomość nie została dostarczona", "Mail Delivery System <mailer-daemon@poczta.example>", "Twoja wiadomość do l@poczta.example nie została dostarczona. Skrzynka jest pełna.", **B)
V("bounce greylist delay", "Warning: could not send message for past 4 hours", "Mail Delivery Subsystem <MAILER-DAEMON@relay.example>", "    **********************************************\n    **      THIS IS A WARNING MESSAGE ONLY      **\n    **  YOU DO NOT NEED TO RESEND YOUR MESSAGE  **\n    **********************************************\n\nThe original message was received at Thu, 4 Jun 2026 06:00:00 GMT", **B)
V("bounce trendmicro", "Message blocked: Acknowledgement", "Email Security <no-reply@emailsec.example>", "Your message to m@corp.example was blocked by the recipient's email security policy and has not been delivered.", **B)
R("bounce dsn in chinese without text subject", """
From: postmaster@lab.example
To: support@shop.example
Subject: 
Date: Thu, 4 Jun 2026 10:00:00 +0800
MIME-Version: 1.0
Content-Type: multipart/report; boundary="q"; report-type=delivery-status

--q
Content-Type: text/plain; charset=utf-8

抱歉

--q
Content-Type: message/delivery-status

Reporting-MTA: dns; lab.example

Final-Recipient: rfc822; n@lab.example
Action: delayed
Status: 4.2.2
--q--
""", bounce=True)
# machines
V("tracking", "Your order #1002 has shipped", "Parcelbox <tracking@parcelbox.example>", "Good news! Your package is on the way. Track it here: https://parcelbox.example/t/1002")
V("statement", "Your e-statement is ready", "First Bank <ebanking@bank.example>", "Your June statement is now available. This is a system generated email; please do not reply.")
V("login alert", "New sign-in to your account", "Accounts Team <account-security@cloud.example>", "We noticed a new sign-in from Windows. If this was you, you don't need to do anything.", "Auto-Submitted: auto-generated\n")
V("social", "Anna mentioned you in a comment", "Chatter <notification@chatter.example>", "Anna mentioned you: \"nice lamp\"")
V("calendar reminder", "Reminder: Call with Shop @ Fri", "Google Calendar <calendar-notification@google.com>", "This is a reminder for the event Call with Shop.")
V("meeting accepted ko", "수락됨: 환불 협의", "최유리 <yuri@corp.example>", "회의 초대를 수락했습니다.")
V("meeting declined fr", "Refusé : Point commande", "Hugo <hugo@corp.example>", "")
V("ups self test", "UPS: On battery", "ups@rack1.shop.example", "The UPS has switched to battery power.\nTime: 2026-06-04 10:00", "X-Mailer: APC NMC\nAuto-Submitted: auto-generated\n")
V("backup", "[OK] Backup report nightly", "veeam@backup.shop.example", "Backup job: nightly\nSuccess: 12\nWarning: 0\nError: 0")
V("printer", "Toner low on MFP-2", "MFP-2 <mfp2@office.shop.example>", "Black toner is low. Order a new cartridge.")
V("wordpress", "[My Shop] Some plugins were automatically updated", "WordPress <wordpress@shop.example>", "Howdy! Some plugins have automatically updated to their latest versions on your site.")
V("antispam digest zh", "垃圾邮件隔离通知（3封）", "邮件安全网关 <spam-admin@gw.example>", "以下邮件已被隔离，如需恢复请点击链接。此邮件由系统自动发送。")
V("e-invoice it pec", "Ricevuta di avvenuta consegna", "posta-certificata@pec.example", "Il messaggio è stato consegnato nella casella di destinazione. Ricevuta di avvenuta consegna.", "X-Ricevuta: avvenuta-consegna\nAuto-Submitted: auto-generated\n")
V("promo zh qq", "端午特惠：全场满300减50", "某旗舰店 <vip@edm.mall.example>", "亲爱的会员，端午特惠开始啦！点击 http://mall.example 抢购。退订请点击此处。", "List-Unsubscribe: <http://mall.example/td>\nPrecedence: bulk\n")
V("newsletter de no header", "Unser Juni-Newsletter", "Gartenwelt <info@garten.example>", "Liebe Gartenfreunde,\n\nneu im Juni: Rosen.\n\nSie möchten keinen Newsletter mehr erhalten? Hier abmelden: https://garten.example/ab")
V("mailing list daily digest", "dev Digest, Vol 12, Issue 4", "dev-request@lists.example", "Send dev mailing list submissions to dev@lists.example", "Precedence: list\n")
V("doi confirm", "Please confirm your subscription", "Blog <hello@blog.example>", "Click to confirm your subscription: https://blog.example/c/1\n\nIf you received this email by mistake, simply delete it. You won't be subscribed if you don't click the link above.", "Feedback-ID: x\n")
V("receipt zh foxmail", "已读回执：退款通知", "钱多多 <qdd@corp.example>", "您发送的邮件“退款通知”对方已于 2026-06-04 18:00 阅读。")
V("receipt es", "Leído: Confirmación", "Pablo <pablo@corp.example>", "El mensaje\n\n  Para: Pablo\n  Asunto: Confirmación\n  Enviados: jueves, 4 de junio de 2026\n\n fue leído el jueves, 4 de junio de 2026 10:00.")
V("challenge zh", "请确认您的邮件", "反垃圾系统 <antispam@corp.example>", "您发送给 o@corp.example 的邮件正在等待确认，请点击下面的链接验证您不是机器人，邮件才会投递。本邮件由系统自动发出。")
V("captcha", "[Action required] Verify your email to pete@mailbox.example", "MailGuard <guard@mailbox.example>", "pete@mailbox.example only accepts mail from verified senders. Please click the link to release your message. This is an automated request.")
V("otp", "482913 is your code", "Acme ID <id@acme.example>", "Your code is 482913. Do not share it.")
# persons
V("p answers vac", "Re: Out of the office until 1 September Re: Your ticket", "Dan <dan@lawfirm.example>", "Grace forwarded me your message before she left. We still need the replacement by Friday.", **h)
V("p zh replies autoreply", "回复：自动回复：工单进度更新", "喵喵 <1122334@qq.com>", "不好意思刚看到，那个杯子我还是想退掉。", **h)
V("p will be away", "Delivery date", "Ruth <ruth@mail.example>", "We are on holiday until 20 June, nobody will be at home. Please deliver after that. In urgent cases my neighbour has a key: 030 55.", **h)
V("p de urlaub", "Heizung kaputt", "Fam. Kurz <kurz@mail.example>", "Guten Tag, wir sind ab Samstag im Urlaub. Können Sie den Techniker vorher schicken? Die Heizung ist seit Tagen aus.", **h)
V("p zh trip", "改送货时间", "周先生 <zhou@163.com>", "我下周出差，6月10日回来，麻烦把送货时间改到11号之后。", **h)
V("p ja trip", "配送日の変更", "伊藤 <ito@mail.example>", "来週は出張のため不在です。配送日を6月12日に変更していただけますか。", **h)
V("p b2b received", "Re: RMA 221", "Dana <dana@parts.example>", "Hi, we have received your package but two boards are missing. Could you check on your side?", **h)
V("p b2b office mailbox", "Lieferschein 5512", "Einkauf <einkauf@werk.example>", "Hallo zusammen,\n\nzu Lieferschein 5512 fehlt uns noch die Rechnung. Bitte nachreichen.\n\nGruß, Petra", **h)
V("p bounce pasted", "cannot mail your returns department", "Gus <gus@mail.example>", "I tried returns@shop.example twice. This came back:\n\n<returns@shop.example>: host mx.shop.example said: 550 5.1.1 User unknown (in reply to RCPT TO command)\n\nWhat is the right address?", **h)
V("p bounce forwarded zh", "转发: 系统退信", "陈静 <cj@163.com>", "给你们发邮件被退了，看看怎么回事？\n\n---------- 转发的邮件 ----------\n发件人: Postmaster@163.com\n日期: 2026-06-03\n主题: 系统退信\n\n抱歉，您的邮件被退回来了", **h)
V("p fwd undeliverable", "FW: Undeliverable: refund form", "Ike <ike@corp.example>", "Your refund address does not work, see below. Please tell me where to send the form.\n\nFrom: Microsoft Outlook\nSent: Wednesday, June 3, 2026\nTo: Ike\nSubject: Undeliverable: refund form\n\nDelivery has failed to these recipients or groups", **h)
V("p automatic door", "Automatic door", "Una <una@mail.example>", "This message is about the automatic door we bought. It opens by itself at night. Please repair it.", **h)
V("p automatic translation", "Order help", "Kenji <kenji@mail.example>", "Sorry, this mail is translated automatically by software. The cup is broken, please exchange it.", **h)
V("p your code", "Verification code", "Sam <sam@mail.example>", "The verification code never arrives on my phone 0171 5551234. How do I log in?", **h)
V("p zh code", "收不到验证码", "阿明 <am@qq.com>", "我一直收不到验证码，手机号13800138000，怎么登录？", **h)
V("p newsletter reply", "AW: Unser Juni-Newsletter", "Ilse <ilse@mail.example>", "Bitte melden Sie mich ab. Der Link geht nicht.\n\n> Sie möchten keinen Newsletter mehr erhalten? Hier abmelden", **h)
V("p survey reply", "Re: How did we do?", "Otto <otto@mail.example>", "Terrible. Three weeks without an answer, and then a robot asks for stars.", **h)
V("p quotes ack in text", "Still no answer", "Pam <pam@mail.example>", "On 1 May you wrote \"This is an automated message, we received your request and will reply within 24 hours\". It is June now.", **h)
V("p de automatische mail", "Nur automatische Mails", "Rolf <rolf@mail.example>", "Von Ihnen kommen nur automatisch erstellte Mails, auf die man nicht antworten kann. Ich möchte mit einem Menschen sprechen.", **h)
V("p zh do not auto reply", "请不要再用自动回复敷衍我", "老周 <lz@126.com>", "请勿自动回复！我要人工处理，订单 99120 的退款已经拖了一个月。", **h)
V("p loop header of gateway", "Kaputter Stuhl", "Ina <ina@firma.example>", "Der Stuhl ist nach zwei Tagen zusammengebrochen.", "X-Loop: antivirus@firma.example\nX-Virus-Scanned: amavisd-new\nPrecedence: special-delivery\n", **h)
V("p from ticket system by hand", "[JIRA] (OPS-9) Re: wrong invoice", "Kim Holm <kim@client.example>", "Hello,\n\nplease correct invoice 77, the VAT number is missing. I attach the order.\n\nKim", "X-Mailer: Atlassian Mail\n", **h)
V("p service address", "Question about warranty", "Service Desk Hotel Nord <service@hotelnord.example>", "Hello, the coffee machine in our lobby leaks again. Does the warranty cover it? Best, Tim", **h)
V("p thanks", "Re: Your order has shipped", "Zoe <zoe@mail.example>", "Thank you for your message. The parcel arrived but it is the wrong colour.", **h)
V("p es recibido", "Paquete no recibido", "Inés <ines@mail.example>", "Hola, hemos recibido su mensaje de envío pero el paquete no llegó. ¿Dónde está?", **h)
V("p fr non remis", "Colis non remis", "Paul <paul@mail.example>", "Bonjour, le colis n'a pas été remis alors que j'étais présent. Merci de le livrer à nouveau.", **h)
V("p ru", "Автоответ не помог", "Анна <anna@mail.example>", "Ваш автоответ не помог. Верните деньги за заказ 551.", **h)
V("p ko", "배송 실패", "정수 <js@mail.example>", "배송 실패라고 뜨는데 집에 있었습니다. 다시 보내 주세요.", **h)
V("p zh delivery email address", "快递被退回", "小何 <xh@qq.com>", "快递被退回了，说地址不存在。我的地址没错，邮箱 xh@qq.com，电话 13900000000，请重新寄。", **h)
V("p two addresses failing", "Can't reach you", "Lee <lee@mail.example>", "My email to info@shop.example was not delivered, it says mailbox full, so I try this one. The heater I bought in May is dead.", **h)
