"""automatic_usual.py - The usual mixture: reports, notices by header, by subject and by text, and people who write about such mail."""
from cases import add, w, ME
import base64
def b64(t, cs="utf-8"): return base64.encodebytes(t.encode(cs)).decode()
def V(name, subject, sender, body, extra="", auto=True, bounce=False, html=False, cs="utf-8"):
    raw="From: %s\nTo: %s\nSubject: %s\nDate: Thu, 1 Oct 2026 18:20:00 +0800\nMessage-ID: <u%d@out.example>\n%sMIME-Version: 1.0\nContent-Type: text/%s; charset=%s\nContent-Transfer-Encoding: base64\n\n%s" % (sender, ME, subject if subject.isascii() else w(subject,cs), len(name)*41+len(body), extra, "html" if html else "plain", cs, b64(body,cs))
    add(name, raw, auto=auto, bounce=bounce)
def M(name, typ, subject, sender, parts, bounce=False, extra=""):
    raw="Return-Path: <>\nFrom: %s\nTo: %s\nSubject: %s\nDate: Thu, 1 Oct 2026 18:20:00 +0800\nMessage-ID: <w@out.example>\n%sMIME-Version: 1.0\nContent-Type: %s; boundary=\"kk\"\n\n"%(sender,ME,subject if subject.isascii() else w(subject),extra,typ)
    for t,b in parts: raw+="--kk\nContent-Type: %s\nContent-Transfer-Encoding: 8bit\n\n%s\n"%(t,b)
    add(name, raw+"--kk--\n", auto=True, bounce=bounce)
B=dict(bounce=True)
DS="message/delivery-status"; RF=("message/rfc822","From: %s\nTo: a@b.example\nSubject: ack\nMessage-ID: <ours@shop.example>\n\nHello"%ME)
M("dsn standard","multipart/report; report-type=delivery-status","Undelivered Mail Returned to Sender","MAILER-DAEMON@a.example",[("text/plain","failed"),(DS,"Reporting-MTA: dns; a.example\n\nFinal-Recipient: rfc822; a@b.example\nAction: failed\nStatus: 5.1.1"),RF],True)
M("dsn delayed","multipart/report; report-type=delivery-status","Delayed","MAILER-DAEMON@a.example",[("text/plain","delayed"),(DS,"Reporting-MTA: dns; a.example\n\nFinal-Recipient: rfc822; a@b.example\nAction: delayed\nStatus: 4.4.1"),RF],True)
M("dsn mixed type","multipart/mixed","Rückläufer","postmaster@a.example",[("text/plain","Unzustellbar"),(DS,"Reporting-MTA: dns; a.example\n\nFinal-Recipient: rfc822; a@b.example\nAction: failed\nStatus: 5.2.2"),RF],True)
M("mdn","multipart/report; report-type=disposition-notification","Read: ack","ann@a.example",[("text/plain","read"),("message/disposition-notification","Final-Recipient: rfc822; ann@a.example\nDisposition: automatic-action/MDN-sent-automatically; displayed")])
M("mdn deleted","multipart/report; report-type=disposition-notification","Not read: ack","ann@a.example",[("text/plain","deleted"),("message/disposition-notification","Final-Recipient: rfc822; ann@a.example\nDisposition: automatic-action/MDN-sent-automatically; deleted")])
M("arf","multipart/report; report-type=feedback-report","FW: ack","fbl@isp.example",[("text/plain","abuse"),("message/feedback-report","Feedback-Type: abuse\nVersion: 1\nUser-Agent: x"),RF])
M("success","multipart/report; report-type=delivery-status","Successful Mail Delivery Report","MAILER-DAEMON@a.example",[("text/plain","ok"),(DS,"Reporting-MTA: dns; a.example\n\nFinal-Recipient: rfc822; a@b.example\nAction: delivered\nStatus: 2.0.0")])
V("n qq","退信","PostMaster@foxmail.com","你好！\n你的邮件已被退回。收件人 12345@foxmail.com 账号不存在。",cs="gb18030",**B)
V("n 163 full","系统退信","Postmaster@yeah.net","抱歉，您的邮件被退回来了…… 收件人邮箱已满 you@yeah.net",cs="gb18030",**B)
V("n sohu","来自sohu.com的退信","postmaster@sohu.com","你的信件无法送达 you@sohu.com，原因：550 5.1.1 user unknown",cs="gb18030",**B)
V("n yahoo jp","Mail Delivery Failure","MAILER-DAEMON@yahoo.co.jp","送信できませんでした。\n<you@yahoo.co.jp>: 554 delivery error: This user doesn't have a yahoo.co.jp account",cs="iso-2022-jp",**B)
V("n exchange de","Unzustellbar: Eingangsbestätigung","Microsoft Outlook <postmaster@a.example>","Ihre Nachricht an you@a.example konnte nicht zugestellt werden.",**B)
V("n exchange fr","Non remis : Accusé de réception","Microsoft Outlook <postmaster@a.example>","Votre message à you@a.example n'a pas pu être remis.",**B)
V("n exchange es html","No se puede entregar: Acuse","Microsoft Outlook <postmaster@a.example>","<p>No se ha podido entregar el mensaje a you@a.example.</p>",html=True,**B)
V("n qmail","failure notice","MAILER-DAEMON@q.example","Hi. This is the qmail-send program at q.example.\nI'm afraid I wasn't able to deliver your message to the following addresses.\n\n<you@q.example>:\nThis address no longer accepts mail.",**B)
V("n fastmail","Undelivered Mail Returned to Sender","Mail Delivery System <MAILER-DAEMON@messagingengine.example>","<you@fm.example>: 550 5.1.1 mailbox does not exist",**B)
V("n proton","Delivery Status Notification (Failure)","MAILER-DAEMON@protonmail.example","Delivery to you@pm.example failed permanently. Address does not exist.",**B)
V("n mailgun style","Failed: ack","Mail Delivery Service <postmaster@mg.example>","We could not deliver your message to you@mg.example. 605 Not delivering to previously bounced address",**B)
V("n symantec","Warning: message delayed 8 hours","Mail Delivery System <mailer@sym.example>","Your message to you@sym.example has not yet been delivered after 8 hours.",**B)
for i,(s,b) in enumerate((("Automatic reply: ack","I'm out until Monday."),("Out of Office: ack","Away."),("Autoreply: ack","Thanks."),("自动回复: 已收到您的投诉","您好，我现在有事不在，一会再和您联系。"),("自动回复：已收到您的投诉","我正在忙，稍后回复。"),("自動回覆: 已收到","謝謝您的來信。"),("自動返信: 受付完了","ただいま留守にしております。"),("不在通知: 受付完了","出張しております。"),("Automatische Antwort: Eingang","Bin im Urlaub."),("Abwesenheitsnotiz: Eingang","Bin weg."),("Réponse automatique : reçu","En congé."),("Respuesta automática: recibido","Fuera."),("Risposta automatica: ricevuto","Fuori."),("Resposta automática: recebido","Fora."),("Automatisch antwoord: ontvangen","Weg."),("Автоответ: получено","В отпуске."),("자동 회신: 접수","부재중입니다."))): V("prefix %d"%i,s,"Kim <kim%d@corp.example>"%i,b)
V("sieve","Re: ack","Leo <leo@corp.example>","gone","Auto-Submitted: auto-replied\n")
V("auto-generated","Statement","Bank <info@bank.example>","x","Auto-Submitted: auto-generated; type=x\n")
V("auto-notified","Filter","Sieve <sieve@corp.example>","x","Auto-Submitted: auto-notified; owner-email=\"a@b\"\n")
V("body vac en","Re: ack","Mia <mia@corp.example>","Hello! I am out of the office from 1 to 9 October and will reply when I return. For urgent issues contact Ned at ned@corp.example.")
V("body vac zh","Re: 已收到您的投诉","倪 <ni@corp.example>","您好！国庆假期（10月1日-8日）我不在公司，邮件回复可能不及时，敬请谅解。紧急情况请拨打13800000000。")
V("body vac de","Re: Eingang","Olli <olli@corp.example>","Guten Tag, ich bin vom 1. bis 9. Oktober im Urlaub. Ihre Nachricht wird nach meiner Rückkehr bearbeitet.")
V("body vac fr","Re: reçu","Pia <pia@corp.example>","Bonjour, je suis en vacances jusqu'au 9 octobre. Je vous répondrai à mon retour.")
V("body vac ja","Re: 受付完了","斎藤 <saito@corp.example>","斎藤です。10月1日から9日まで休暇を取得しており、返信が遅れます。お急ぎの場合は代表までお願いします。")
V("ack zh","收到您的来信","客服部 <service@corp.example>","您好，您的邮件我们已经收到，将尽快安排专人与您联系。此邮件为系统自动回复，请勿回复。")
V("ack en","Ticket #7781 received","Helpdesk <helpdesk@corp.example>","Hello, your ticket #7781 has been received. Our team will respond as soon as possible.")
V("ack jira","SUP-7781 hello","Support <jira@corp.example>","Your request has been created.")
V("ack fresh","[#7781] Your request","Corp <support@corp.freshdesk.com>","Dear Support, your request has been received and a ticket #7781 was created.")
V("cal","Accepted: call","Quin <quin@corp.example>","Quin has accepted the meeting invitation.")
V("list","[users] question","Ray <ray@mail.example>","Does anybody know?","List-Id: <users.lists.example>\nPrecedence: list\n")
V("newsletter","Autumn","Shop <news@fashion.example>","New\n\nUnsubscribe: https://fashion.example/u","List-Unsubscribe: <https://fashion.example/u>\n")
V("noreply","Your code","Acc <no-reply@acc.example>","551200")
V("donotreply zh","系统通知","系统 <donotreply@sys.example>","您的账号有新消息。")
V("cron","Cron <root@a> x","root@a.example","out")
V("monitor","[ALERT] down","alerts@mon.example","down")
V("quota","邮箱容量告警","postmaster@shop.example","您的邮箱已使用95%，请及时清理。")
for n,s,b,x in [
("p1","Re: Automatic reply: ack","I am back. The lamp is still broken.",""),("p2","Re: 自动回复: 已收到您的投诉","到底什么时候处理？",""),("p3","AW: Abwesenheitsnotiz: Eingang","Und wer vertritt Sie?",""),
("p4","RE: Undeliverable: ack","I resend my complaint as the first one bounced. The shoes are too small.",""),("p5","Fwd: Undelivered Mail Returned to Sender","My mail to returns@shop.example came back, see attached.",""),
("p6","Complaint","My lamp broke. I am out of office tomorrow, call me on Friday.","Auto-Submitted: no\n"),("p7","Complaint","My lamp broke.","X-Auto-Response-Suppress: All\n"),("p8","Complaint","My lamp broke.","Precedence: normal\nX-Mailer: Outlook\n"),
("p9","投诉快递","快递显示派送失败，退回寄件人，我一直在家。",""),("p10","投诉客服","客服每次都是自动回复，没有人工。我要投诉。",""),("p11","Mail system","Your mail system refuses my messages with 550 relay denied. Please call me: 030 55.",""),
("p12","Undelivered parcel","The parcel 5512 was undelivered and returned to sender. Resend it.",""),("p13","Delivery Status","What is the delivery status of order 5512?",""),("p14","Out of office","Nobody in your office answers. Are you all out of office?",""),
("p15","Read this","Read: I want my money back.",""),("p16","Accepted: voucher","I accept the voucher of 20 EUR.",""),("p17","Automatic","The automatic lid does not close.",""),("p18","System","Das System zeigt, dass meine Retoure nicht zugestellt werden konnte. Was tun?",""),
("p19","Vacances gâchées","Nous étions en vacances et votre location était sale. Je veux un remboursement.",""),("p20","休暇","休暇中に届いた商品が壊れていました。交換をお願いします。",""),("p21","Ticket #7781","Any news on ticket #7781? You said within 24 hours.",""),
("p22","thank you","Thank you for your quick reply, the new lamp works.",""),("p23","订单","收到货了，但是少了一件，请补发。",""),("p24","Bestellung","Vielen Dank für Ihre Nachricht. Ich warte seit drei Wochen.",""),
("p25","No-reply address","Why do you write from a no-reply address? I want to answer.",""),("p26","密码","验证码发到旧手机了，号码换成13900001111，请帮忙修改。",""),("p27","Newsletter","Your newsletter lists a price of 20, the shop charges 25.",""),("p28","my mailbox","My mailbox was full last week, so please send the invoice again.","")]:
    V(n,s,"Sam <sam@mail.example>",b,x,auto=False)
