"""automatic_absences.py - Absences for every reason and acknowledgements of every office, nearly all without headers; and people whose matters touch the same words."""
from cases import add, w, ME
import base64
def b64(t, cs="utf-8"): return base64.encodebytes(t.encode(cs)).decode()
def V(name, subject, sender, body, extra="", auto=True, bounce=False, html=False, cs="utf-8"):
    raw="From: %s\nTo: %s\nSubject: %s\nDate: Wed, 2 Sep 2026 08:20:00 +0000\nMessage-ID: <s%d@out.example>\n%sMIME-Version: 1.0\nContent-Type: text/%s; charset=%s\nContent-Transfer-Encoding: base64\n\n%s" % (sender, ME, subject if subject.isascii() else w(subject,cs), len(name)*31+len(body), extra, "html" if html else "plain", cs, b64(body,cs))
    add(name, raw, auto=auto, bounce=bounce)
B=dict(bounce=True)
# typical with headers
V("h exchange oof","Automatic reply: Case 5531","Patel, Ravi <ravi.patel@bank.example>","I am currently travelling.","Auto-Submitted: auto-generated\nX-Auto-Response-Suppress: All\nX-MS-Exchange-CrossTenant-id: x\n")
V("h gmail vac","Thanks for your mail Re: Case 5531","Rosa <rosa@gmail.com>","Back Monday.","Auto-Submitted: auto-replied\nPrecedence: bulk\nX-Autoreply: yes\n")
V("h zendesk","Case 5531","Acme (Support) <support@acme.zendesk.com>","##- Please type your reply above this line -##\n\nYour request (5531) has been updated.","Auto-Submitted: auto-generated\nX-Zendesk-From-Account-Id: 1\n")
V("h mailgun newsletter","September news","News <hi@store.example>","New things","List-Unsubscribe: <mailto:u@store.example>\nX-Mailgun-Sid: x\n")
V("h facebookish","Someone liked your post","Net <notify@net.example>","x","X-Auto-Response-Suppress: All\n")
V("h precedence auto_reply","Hi","a@b.example","x","Precedence: auto_reply\n")
V("h auto-submitted empty comment","Hi","a@b.example","x","Auto-Submitted: (auto-replied) auto-replied\n")
V("h autoreply fr","Réponse automatique : dossier 5531","Luc <luc@cie.example>","En congé.","X-Autorespond: Re: dossier\n")
# vacations, none of the headers
V("v en camp","Re: Case 5531","Tess <tess@school.example>","Hi, thanks for writing. I'm away at camp with the kids until 9 September and can't check mail. I'll get back to you once I'm home. If it can't wait, Mr. Dale (dale@school.example) can help.")
V("v en field","Out this week","Uma <uma@ngo.example>","I am in the field this week with patchy internet. Replies will be slow. Urgent matters: +44 20 7946 0000.")
V("v en jury","Automatic response","Vic <vic@corp.example>","On jury duty. Back 14 Sept.")
V("v en part time","Re: Case 5531","Wen <wen@corp.example>","Thank you for your email. Please note that I work part time (Mon-Wed). I will respond to your email on my next working day.")
V("v en term","Re: Case 5531","Xena <xena@uni.example>","The office is closed between terms. We will reply to your message when we reopen on 21 September.")
V("v de krank","Re: Fall 5531","Yve <yve@praxis.example>","Guten Tag, wegen Krankheit bin ich bis auf Weiteres nicht zu erreichen. In dringenden Fällen wenden Sie sich an die Zentrale unter 030 1234.")
V("v de betriebsferien","Betriebsferien","Tischlerei <info@tischler.example>","Wir haben Betriebsferien vom 1. bis 14. September. Ihre Nachricht beantworten wir danach.")
V("v de kurz","Bin bis 14.9. nicht im Büro","Zita <zita@amt.example>","Ihre E-Mail wird nicht weitergeleitet. Vertretung: Herr Au, Tel. 44.")
V("v fr formation","Re: dossier 5531","Alix <alix@cie.example>","Bonjour, je suis en formation jusqu'à vendredi et ne pourrai répondre qu'à mon retour. Merci de votre compréhension.")
V("v fr fermeture","Fermeture annuelle","Atelier <contact@atelier.example>","Bonjour, notre atelier est fermé du 1er au 14 septembre. Votre message sera traité à la réouverture.")
V("v es baja","Re: caso 5531","Blas <blas@sl.example>","Hola, me encuentro de baja. Para cualquier gestión puede dirigirse a mi compañera Sol: sol@sl.example. Un saludo")
V("v es cerrado","Cerrado por vacaciones","Taller <taller@sl.example>","Estimado cliente, permaneceremos cerrados hasta el 14 de septiembre. Le responderemos a la vuelta.")
V("v it","Re: caso 5531","Carla <carla@srl.example>","Salve, sono in maternità. Per qualsiasi necessità potete contattare la collega Anna (anna@srl.example).")
V("v pt","Re: caso 5531","Davi <davi@lt.example>","Olá, estarei fora do escritório de 1 a 14 de setembro, com acesso limitado ao e-mail.")
V("v nl","Re: zaak 5531","Els <els@bv.example>","Hallo, ik ben momenteel met zwangerschapsverlof. Mijn collega Bo neemt waar: bo@bv.example.")
V("v pl","Re: sprawa 5531","Filip <filip@zoo.example>","Dzień dobry, jestem nieobecny do 14 września. Na wiadomości odpowiem po powrocie.")
V("v ru","Re: дело 5531","Глеб <gleb@ooo.example>","Здравствуйте! Меня не будет на месте до 14 сентября. Отвечу на ваше письмо по возвращении.")
V("v tr","Re: dosya 5531","Hale <hale@as.example>","Merhaba, 14 Eylül'e kadar yıllık izindeyim. Acil durumlarda destek@as.example adresine yazabilirsiniz.")
V("v ja kinmu","Re: 5531の件","井上 <inoue@kk.example>","ご連絡ありがとうございます。9月14日まで育児休業を取得しております。その間のご用件は佐藤（sato@kk.example）までお願いいたします。")
V("v ja short","ただいま不在です","上田 <ueda@kk.example>","申し訳ございませんが、現在メールを確認できません。後日改めてご連絡いたします。")
V("v ko","Re: 5531","정 <jung@corp.example>","현재 해외 출장 중으로 메일 확인이 어렵습니다. 9월 14일 복귀 후 회신드리겠습니다.")
V("v zh","Re: 5531号","康 <kang@corp.example>","你好，我最近在外地培训，看邮件不方便，14号回来后统一回复。急事打我电话。")
V("v zh2","休假中","林 <lin@corp.example>","本人9月1日-14日休假，工作由赵工负责，联系电话 010-1234。")
V("v zh hant","Re: 5531","馬 <ma@hk.example>","您好，本人於九月十四日前不在香港，未能即時回覆電郵，不便之處敬請原諒。如有急事請聯絡何小姐。")
# acks
V("a en bank","We've got your complaint","Bank Complaints <complaints@bank.example>","Dear customer,\n\nThank you for letting us know about your concerns. We've logged your complaint under reference CMP-5531 and will write to you within eight weeks.")
V("a en city","Service request SR-5531 submitted","City 311 <311@city.example>","Your service request SR-5531 has been submitted to the Streets department.")
V("a en small","Thank you!","Rosie's Cakes <rosie@cakes.example>","Thanks for your email! We aim to reply to all enquiries within 24 hours, Monday to Friday.\n\nThis is an auto-response.")
V("a de versicherung","Eingangsbestätigung zu Ihrem Anliegen","Versicherung AG <kontakt@vers.example>","Guten Tag,\n\nvielen Dank für Ihre E-Mail. Sie hören innerhalb von fünf Werktagen von uns.\n\nDiese Bestätigung wurde automatisch versandt.")
V("a fr assurance","Nous avons bien reçu votre message","Assurance <contact@assur.example>","Bonjour, votre message a bien été transmis à nos équipes. Une réponse vous sera apportée sous 72 heures.")
V("a zh mall","在线客服：您的留言已提交","某商城 <kefu@mall.example>","亲，您的留言已提交成功，客服会在24小时内联系您哦~")
V("a zh 12345","12345热线受理通知","12345 <12345@gov.example>","您反映的问题已登记，工单编号5531，将转相关部门办理。")
V("a ja city","【受付完了】ご意見ありがとうございます","市役所 <koho@city.example>","ご意見を受け付けました。回答までに1週間程度お時間をいただく場合がございます。")
V("a ko gov","[국민신문고] 민원 접수 안내","국민신문고 <minwon@gov.example>","귀하의 민원이 접수되었습니다. 접수번호: 5531. 처리기간은 7일입니다.")
# bounces w/o headers
V("b1","Returned mail: User unknown","Mail Delivery Subsystem <MAILER-DAEMON@ux.example>","   ----- The following addresses had permanent fatal errors -----\n<kim@ux.example>\n\n   ----- Transcript of session follows -----\n... while talking to mx.ux.example.:\n>>> RCPT To:<kim@ux.example>\n<<< 550 User unknown",**B)
V("b2","Non delivery report: 5.1.1 (Unknown address)","postmaster@nd.example","Recipient: lee@nd.example",**B)
V("b3","邮件退回通知","postmaster@ent.example","您发送给 mo@ent.example 的邮件《5531》被退回，原因：邮箱不存在。",**B)
V("b4","邮件无法送达","邮件系统 <mailsystem@ent.example>","收件人 na@ent.example 的服务器暂时无法连接，系统将继续重试48小时。",**B)
V("b5","Meldung zur Zustellung","postmaster@dz.example","Die Zustellung an folgende Empfänger ist fehlgeschlagen:\n\nola@dz.example",**B)
V("b6","Notification d'échec de remise","postmaster@fr.example","Impossible de remettre votre message à pia@fr.example : boîte pleine.",**B)
V("b7","Recipient mailbox is full","Mail Administrator <postmaster@full.example>","Your message to quin@full.example was not delivered, the mailbox is full.",**B)
V("b8","宛先不明のためメールが戻りました","MAILER-DAEMON@jp.example","ren@jp.example: User unknown",**B)
V("b9","Delivery Status Notification (Delay)","Mail Delivery Subsystem <mailer-daemon@googlemail.com>","Delivery to sam@slow.example has been delayed. We will keep trying.",**B)
# machine
V("m1","Zahlungserinnerung","Buchhaltung <buchhaltung-noreply@firma.example>","Rechnung 55 ist fällig.")
V("m2","Your scheduled report is ready","BI Portal <reports@bi.example>","This report was generated automatically on 2 Sep 2026.")
V("m3","Backup completed with warnings","NAS01 <nas01@shop.example>","Backup task nightly completed with 2 warnings. This notification was sent from NAS01 automatically.")
V("m4","Alarm: Temperature high in rack 4","sensor4@dc.shop.example","Temperature: 41 C. Threshold: 35 C.","X-Mailer: APC Environmental Manager\nAuto-Submitted: auto-generated\n")
V("m5","Fwd: voicemail","Voicemail System <vm@pbx.example>","You have a new voicemail from 030 55 (0:41).")
V("m6","【系统提醒】密码即将过期","IT <it-system@corp.example>","您的密码将于3天后过期，请及时修改。系统自动发送，请勿回复。")
V("m7","Ihr Paket kommt heute","Paketdienst <benachrichtigung@paket.example>","Ihr Paket kommt heute zwischen 12 und 14 Uhr. Bitte antworten Sie nicht auf diese E-Mail.")
V("m8","验证您的邮箱","某网 <account@site.example>","您的验证码为 551234，30分钟内有效。")
V("m9","Confirm your email address","Site <welcome@site.example>","Please confirm your email address by clicking the link below. If you did not sign up, ignore this email. This message was sent automatically.")
V("m10","Aggregate report","DMARC <dmarc-noreply@mail.example>","")
# persons
for n,s,f,b in [
("p1","Part time","Ann <ann@mail.example>","Do you have part time jobs? I work Monday to Wednesday."),
("p2","Case 5531","Bob <bob@mail.example>","Thank you for your email. I will send the photos on Monday, I am travelling now."),
("p3","Re: Case 5531","Cat <cat@mail.example>","Thanks for your reply. I am not at home until 9 September, can we postpone the repair?"),
("p4","Re: Case 5531","Dov <dov@corp.example>","Thanks, I'll be in the office on Friday. Please send the courier then."),
("p5","AW: Fall 5531","Eva <eva@mail.example>","Ich war krank und konnte nicht antworten. Anbei die Rechnung."),
("p6","AW: Fall 5531","Fay <fay@mail.example>","Danke, ich melde mich nach dem Urlaub noch einmal wegen der Rückerstattung."),
("p7","Re: dossier 5531","Guy <guy@mail.example>","Bonjour, je rentre vendredi, vous pouvez livrer samedi."),
("p8","Re: 5531","郝 <hao@mail.example>","好的，我14号回来，到时候再寄给你们。"),
("p9","Re: 5531","贾 <jia@corp.example>","收到，我先和领导确认一下，尽快回复您。"),
("p10","Re: 5531","Ken <ken@corp.example>","Received with thanks. We will check and get back to you."),
("p11","Re: 5531","石川 <ishikawa@kk.example>","ご連絡ありがとうございます。社内で確認のうえ、改めてご連絡いたします。"),
("p12","Complaint registered where?","Lia <lia@mail.example>","I registered a complaint on your page but got no number. Was it received?"),
("p13","投诉登记","毛 <mao@mail.example>","我上周登记的投诉，编号5531，至今无人联系。"),
("p14","Fermeture de compte","Nat <nat@mail.example>","Bonjour, je demande la fermeture de mon compte et l'effacement de mes données."),
("p15","Closed store","Ole <ole@mail.example>","Your store was closed until 10 although the sign says 9."),
("p16","Jury prize","Pat <pat@mail.example>","I won the jury prize and never got the voucher."),
("p17","Password","Qi <qi@mail.example>","您的系统提示我密码过期，改不了，怎么办？"),
("p18","Voicemail","Rod <rod@mail.example>","I left three voicemails. Nobody calls back."),
("p19","Backup","Sid <sid@mail.example>","Your backup software deleted my files. The report says completed with warnings."),
("p20","Verification","Tim <tim@mail.example>","Code 551234 does not work. It says invalid verification code."),
("p21","Your mail returned","Una <una@mail.example>","Your letter to my old address came back. New address: Hill 7."),
("p22","Mailbox full","Vi <vi@mail.example>","When I mail you I get 'mailbox full'. Clean up, please."),
("p23","Part missing","Wu <wu@mail.example>","A part is missing in the box: screw M4. Please send one to Hill 7."),
("p24","Maternity clothes","Xia <xia@mail.example>","The maternity dress tore after one day on leave."),
("p25","Re: Eingangsbestätigung","Yul <yul@mail.example>","Danke für die Bestätigung. Wann kommt eine echte Antwort?"),
("p26","关于休假期间的宽带","邹 <zou@mail.example>","我休假期间宽带一直断网，回来后还是不行，请派人来修。"),
("p27","出国漫游费","朱 <zhu@mail.example>","我出国期间被扣了500元漫游费，从没开通过，请退还。"),
("p28","Baja de contrato","Zoe <zoe@mail.example>","Quiero darme de baja del contrato desde hoy."),
("p29","Ferie rovinate","Ada <ada2@mail.example>","Le nostre ferie sono state rovinate dal vostro albergo. Chiediamo un rimborso."),
("p30","Auto","Ben <ben2@mail.example>","Mein Auto wurde bei der Lieferung zerkratzt."),
]: V(n,s,f,b,auto=False)
