"""automatic_third.py - a third round: newsletters without headers, travelling customers, notifiers."""
from cases import *
from automatic import M
me="Mei Tan <mei.tan@mail.example>"
A=lambda n,f,s,b,bounce=False,**k: M(n,True,bounce,f,s,b,**k)
Q=lambda n,f,s,b,**k: M(n,False,False,f,s,b,**k)
for n,f,s,b,bo in (
("1",me,"Automatic reply: AW: Ihre Anfrage","Ich bin im Urlaub.",False),
("2",me,"SV: Din förfrågan (Autosvar)","Jag är på semester och åter den 25 maj.",False),
("3",me,"Re: Your request [Auto-Reply]","I'm out of the office until 25 May and will reply when I return.",False),
("4",me,"RE: Su mensaje","Gracias por su mensaje. Estoy fuera de la oficina hasta el 25 de mayo. Para asuntos urgentes contacte con Ana.",False),
("5",me,"回复: 我们已收到您的邮件","您好！感谢您的来信。我目前正在出差，将于5月25日返回，届时会尽快回复您。",False),
("6",me,"Re: 我們已收到您的來信","您好，我目前休假中，5/25 回來後會儘快回覆。緊急事項請聯絡李小姐。",False),
("7",me,"Re: お問い合わせ","現在、休暇をいただいております。5月25日以降に改めてご連絡いたします。",False),
("8","Kundenservice <service@firma.example>","Ihre Anfrage ist bei uns eingegangen [Ticket#4711]","Dies ist eine automatische Antwort. Bitte antworten Sie nicht auf diese E-Mail.",False),
("9","Support <support@other.example>","Re: [#4711] We received your ticket","Hi, this is an automated response confirming that we received your ticket. Our team will get back to you within 24 hours.",False),
("10","淘宝客服 <service@taobao.example>","自动回复:您的咨询","亲，您好，客服暂时不在，稍后回复您。",False),
("11",me,"已读回执: 我们已收到","这是您发送给 mei 的邮件的阅读回执。邮件已于 2026-05-12 被打开。",False),
("12","postmaster@corp.example","Message Delivery Failure","The following recipient(s) could not be reached: nobody@corp.example 550",True),
("13","MAILER-DAEMON@yahoo.co.example","Delivery failure","Unable to deliver message to the following address(es). <x@y.example>: 554",True),
("14","postmaster@corp.example","Wiadomość niedostarczona","x@corp.example 550 5.1.1",True),
("15","Mail Delivery Subsystem <mailer-daemon@googlemail.com>","传送状态通知 (失败)","未能送达 x@gmail.example 550",True),
("16","Mail Delivery Subsystem <mailer-daemon@googlemail.com>","Delivery Status Notification (Delay)","still trying x@gmail.example",True),
("17","Mail Delivery Subsystem <mailer-daemon@googlemail.com>","Address not found","Your message wasn't delivered to x@gmail.example",True),
("18","Postmaster <postmaster@outlook.example>","Returned: message too large","552 size x@y.example",True),
("19","no-reply@dropbox.example","Mei shared a file","x",False),
("20","calendar-notification@google.example","Invitation: Repair","x",False),
("21","account-security-noreply@ms.example","Unusual sign-in","x",False),
("22","mailing@shop2.example","Sale -50%","If you no longer wish to receive these emails, unsubscribe here: https://x",False),
("23","reply-12345@bounce.news.example","News","You are receiving this newsletter because you subscribed. To unsubscribe click here.",False),
): A(n,f,s,b,bo)
for n,s,b in (("1","自动售货机吞钱","自动售货机吞了我20元。"),("2","Re: 您的反馈","谢谢，已收到退款。请联系快递取回旧件。"),("3","Holiday let cancelled","We were on holiday when you cancelled our booking until further notice."),("4","Out of stock","The item is out of stock since May."),("5","Newsletter","I never subscribed to your newsletter. Please unsubscribe me."),("6","Undeliverable mail order","My mail order was undeliverable, courier says address unknown."),("7","Re: Ihre Anfrage","Ich bin nächste Woche im Urlaub, bitte rufen Sie mich vorher an."),("8","Termin","Ich bin derzeit nicht zu Hause, bitte liefern Sie ab dem 25. Mai."),("9","RE: Repair","I am travelling next week, can the technician come on Friday?"),("10","RE: Repair","I will be out of town until Friday. Please send the technician on Monday."),("11","安装时间","我下周出差，请安排在25号之后上门。"),("12","Re: 安装","我正在出差，请周末再联系我安装。"),("13","Message not delivered in app","The chat message in your app is not delivered."),("14","请勿自动扣款","请勿直接扣款，我已经取消订阅。"),("16","Absence de réponse","Aucune réponse depuis dix jours."),("17","Réponse automatique inutile","Votre réponse automatique ne m'aide pas. Je veux parler à quelqu'un."),("18","Abwesenheitsnotiz von Herrn Lang","Herr Lang antwortet nicht, nur seine Abwesenheitsnotiz kommt.")):
    Q("p"+n,me,s,b)
