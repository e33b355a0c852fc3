"""replies_shapes.py - inline answers, forwards, signatures, HTML without containers, and words that only look like history."""
from cases import *
# ---- content that looks like history / signature
P("complaint quotes attribution","""Hello,

in your last mail it said: On Monday you wrote: the parcel will come Friday. It did not.

On 3 May Anna from your team wrote: "we will call back". Nobody called.

Please call me.""","Hello,\n\nin your last mail it said: On Monday you wrote: the parcel will come Friday. It did not.\n\nOn 3 May Anna from your team wrote: \"we will call back\". Nobody called.\n\nPlease call me.",subject="Missing parcel")
P("typed sender block zh","""我收到一封可疑邮件，内容如下，请核实是不是你们发的：

发件人：商城官方客服
内容：您的账户已被冻结，请点击链接。

我没有点。请尽快回复。""","我收到一封可疑邮件，内容如下，请核实是不是你们发的：\n\n发件人：商城官方客服\n内容：您的账户已被冻结，请点击链接。\n\n我没有点。请尽快回复。",subject="可疑邮件")
P("form zh fields","""姓名：谭梅
电话：13800000000
日期：2026年5月3日
主题：空调不制冷
收件人：谭梅
地址：上海市静安区
问题描述：安装后一直不制冷。""","姓名：谭梅\n电话：13800000000\n日期：2026年5月3日\n主题：空调不制冷\n收件人：谭梅\n地址：上海市静安区\n问题描述：安装后一直不制冷。",subject="投诉")
P("parcel label zh","""包裹上的信息是：
寄件人：深圳仓
收件人：谭梅
电话：13800000000
但里面是空的！""","包裹上的信息是：\n寄件人：深圳仓\n收件人：谭梅\n电话：13800000000\n但里面是空的！",subject="空包裹")
P("list with dashes","""Problems so far:
-- lid does not close
-- handle is loose
- paint comes off
Please send a new one.""","Problems so far:\n-- lid does not close\n-- handle is loose\n- paint comes off\nPlease send a new one.",subject="Kettle")
P("greater than measure","""My measurements:
> 40 dB at night (limit is 35)
> 60 dB by day
The air conditioner is far too loud.""","My measurements:\n> 40 dB at night (limit is 35)\n> 60 dB by day\nThe air conditioner is far too loud.","The air conditioner is far too loud.\n",subject="Noise")
P("separator in content","""First problem: the door.

---------------

Second problem: the lamp.

_______________

Third: nobody answers.""","First problem: the door.\n\n---------------\n\nSecond problem: the lamp.\n\n_______________\n\nThird: nobody answers.",subject="Three problems")
P("address as content","""Please send the replacement to my new address:

Mei Tan
12 Orchard Road
#04-11
Singapore 238841
Tel. +65 6123 4567""","Please send the replacement to my new address:\n\nMei Tan\n12 Orchard Road\n#04-11\nSingapore 238841\nTel. +65 6123 4567",subject="New address")
P("thanks in the middle","""Thanks for the quick answer.

Best regards do not help me though, I want my money back.

The order number is 77120.""","Thanks for the quick answer.\n\nBest regards do not help me though, I want my money back.\n\nThe order number is 77120.")
P("wrote line to a person","""John wrote:
"You can return it." But the shop refused.""","John wrote:\n\"You can return it.\" But the shop refused.",subject="Return refused")
P("from to in words","""From: Berlin
To: Munich
Date: 4 May
The train was 3 hours late, I want compensation.""","From: Berlin\nTo: Munich\nDate: 4 May\nThe train was 3 hours late, I want compensation.",subject="Delay compensation")
P("transport von an","""Von: Köln
An: Hamburg
Betrifft: Sendung 123
Paket seit 2 Wochen verschollen.""","Von: Köln\nAn: Hamburg\nBetrifft: Sendung 123\nPaket seit 2 Wochen verschollen.",subject="Sendung")
P("original message words","""The original message on the box said 'waterproof'. It is not.
原始邮件我找不到了。""","The original message on the box said 'waterproof'. It is not.\n原始邮件我找不到了。",subject="Watch")
P("zh colon wrote","""客服小李在5月3日写道：
“七天内退款”。
现在已经二十天了。""","客服小李在5月3日写道：\n“七天内退款”。\n现在已经二十天了。",subject="退款超时")
P("zh star list","""问题如下：
--充不进电
--发热严重
—— 以上""","问题如下：\n--充不进电\n--发热严重\n—— 以上",subject="充电宝")
P("confidential is content","""Your driver told my neighbours confidential information about my order. This message is a formal complaint.""","Your driver told my neighbours confidential information about my order. This message is a formal complaint.",subject="Privacy")
# ---- signatures
P("sig delimiter","""The zip broke.

-- 
Mei Tan
Buyer, Tan Trading
+65 6123 4567""","The zip broke.")
P("sig delimiter no space","""The zip broke.

--
Mei Tan""","The zip broke.")
P("disclaimer en","""The zip broke after two days.

Mei Tan

This e-mail and any files transmitted with it are confidential and intended solely for the use of the individual or entity to whom they are addressed. If you have received this email in error please notify the system manager.""","The zip broke after two days.\n\nMei Tan","The zip broke after two days.")
P("disclaimer zh","""拉链用了两天就坏了。

声明：本邮件及其附件含有本公司的保密信息，仅限于发送给上面地址中列出的个人或群组。禁止任何其他人以任何形式使用。如果您错收了本邮件，请您立即电话或邮件通知发件人并删除本邮件！""","拉链用了两天就坏了。",subject="拉链")
P("disclaimer de","""Der Reißverschluss ist kaputt.

Diese E-Mail enthält vertrauliche und/oder rechtlich geschützte Informationen. Wenn Sie nicht der richtige Adressat sind, informieren Sie bitte sofort den Absender und vernichten Sie diese Mail.""","Der Reißverschluss ist kaputt.")
P("environment","""The zip broke.

Please consider the environment before printing this email.""","The zip broke.")
P("zh phone sig variants","""拉链坏了。

发自我的 OPPO 手机""","拉链坏了。",subject="拉链")
P("zh phone vivo","""拉链坏了。
来自vivo手机""","拉链坏了。","拉链坏了。",subject="拉链")
P("zh sent by mail master","""拉链坏了。

发自 网易邮箱大师""","拉链坏了。",subject="拉链")
P("zh qq android","""拉链坏了。


发自我的安卓手机QQ邮箱""","拉链坏了。",subject="拉链")
P("zh honor","""拉链坏了。

发自我的荣耀手机""","拉链坏了。",subject="拉链")
P("sent from outlook android","""The zip broke.

Get Outlook for Android<https://aka.ms/AAb9ysg>""","The zip broke.")
P("sent from android mobile","""The zip broke.

Sent from my mobile. Please excuse typos.""","The zip broke.")
P("sent from yahoo mail iphone","""The zip broke.

Sent from Yahoo Mail for iPhone

On Monday, May 11, 2026, 3:20 PM, Shop Support <support@shop.example> wrote:

Please restart.""","The zip broke.")
P("fr phone","""La fermeture est cassée.

Envoyé de mon iPad""","La fermeture est cassée.")
P("es phone","""La cremallera se rompió.

Enviado desde mi Samsung Mobile de Claro""","La cremallera se rompió.")
P("ja sig block","""ファスナーが壊れました。

-- 
田中 太郎
株式会社田中商事""","ファスナーが壊れました。",subject="Re: 鞄")
P("ja sig ruler","""ファスナーが壊れました。

*********************************
田中 太郎 <tanaka@mail.example>
株式会社田中商事
TEL 03-1234-5678
*********************************""","ファスナーが壊れました。",subject="Re: 鞄")
P("contact block en","""The zip broke after two days, please replace it.

Kind regards,
Mei Tan

Mei Tan | Purchasing Manager
Tan Trading Pte Ltd
T: +65 6123 4567 | M: +65 9123 4567
mei.tan@mail.example | www.tan.example""","The zip broke after two days, please replace it.\n\nKind regards,\nMei Tan","The zip broke after two days, please replace it.","The zip broke after two days, please replace it.\n\nKind regards,\nMei Tan\n\nMei Tan | Purchasing Manager")
# ---- inline, bottom, mixed
P("inline en","""> When did you buy it?
On 2 March.

> Do you have the receipt?
Yes, attached.

> Which size?
XL.
""","On 2 March.\n\nYes, attached.\n\nXL.")
P("inline zh","""在 2026-05-11 15:20:33，"商城客服" <support@shop.example> 写道：
> 1. 什么时候购买的？
3月2日。
> 2. 有发票吗？
有，见附件。
> 3. 什么颜色？
黑色。
""","3月2日。\n有，见附件。\n黑色。","3月2日。\n\n有，见附件。\n\n黑色。",subject="Re: 拉链")
P("top and inline","""Answers below.

On Mon, May 11, 2026 at 3:20 PM Shop Support <support@shop.example> wrote:

> When did you buy it?

On 2 March.

> Which size?

XL.
""","Answers below.\n\nOn 2 March.\n\nXL.")
P("bottom with sig in quote","""On Mon, May 11, 2026 at 3:20 PM Shop Support <support@shop.example> wrote:
> Please restart.
>
> -- 
> Shop Support
> Tel. 0800 123

I did, no change.

-- 
Mei
""","I did, no change.")
P("nested levels","""Third time I ask.

On Mon, May 11, 2026 at 3:20 PM Shop Support <support@shop.example> wrote:

> We will check.
>
> On Sun, May 10, 2026 at 8:00 AM Mei Tan <mei.tan@mail.example> wrote:
>
>> Where is it?
>>
>> On Sat, May 9, 2026 at 8:00 AM Shop Support <support@shop.example> wrote:
>>
>>> Shipped.
""","Third time I ask.")
P("empty reply above quote","""

On Mon, May 11, 2026 at 3:20 PM Shop Support <support@shop.example> wrote:

> We will check.
""",
"On Mon, May 11, 2026 at 3:20 PM Shop Support <support@shop.example> wrote:\n\n> We will check.","> We will check.","We will check.")
P("quoted prefix own mail inline comments caps","""On Mon, May 11, 2026 at 3:20 PM Shop Support <support@shop.example> wrote:
> Hello Mei,
> is the lamp green?
No it is red.
> Regards
> Shop""","No it is red.")
P("two outlook blocks","""Not acceptable.

From: Shop Support <support@shop.example>
Sent: Monday, May 11, 2026 3:20 PM
To: Mei Tan <mei.tan@mail.example>
Subject: RE: order 77120

We offer 5 EUR.

From: Mei Tan <mei.tan@mail.example>
Sent: Sunday, May 10, 2026 8:20 AM
To: Shop Support <support@shop.example>
Subject: order 77120

I want my money.""","Not acceptable.")
P("reply after outlook block missing blank","""Not acceptable.
From: Shop Support
Sent: Monday, May 11, 2026 3:20 PM
To: Mei Tan
Subject: RE: order 77120
We offer 5 EUR.""","Not acceptable.")
P("outlook with importance and attachments","""Not acceptable.

From: Shop Support <support@shop.example>
Sent: Monday, May 11, 2026 3:20 PM
To: Mei Tan <mei.tan@mail.example>
Cc: Boss <boss@mail.example>; Other
 <other@mail.example>
Subject: RE: order 77120
Attachments: offer.pdf
Importance: High

We offer 5 EUR.""","Not acceptable.")
P("external banner","""[EXTERNAL EMAIL] Do not click links or open attachments unless you recognize the sender.

Not acceptable.

From: Shop Support <support@shop.example>
Sent: Monday, May 11, 2026 3:20 PM
To: Mei Tan <mei.tan@mail.example>
Subject: RE: order 77120

We offer 5 EUR.""","[EXTERNAL EMAIL] Do not click links or open attachments unless you recognize the sender.\n\nNot acceptable.","Not acceptable.")
# ---- forwards
F="""I got this from your courier. Please explain!

---------- Forwarded message ---------
From: Fast Courier <info@courier.example>
Date: Mon, May 11, 2026 at 3:20 PM
Subject: Your parcel
To: <mei.tan@mail.example>


Your parcel was destroyed."""
P("gmail fwd comment",F,F,subject="Fwd: Your parcel")
F2=F.split("\n\n",1)[1]
P("gmail fwd bare",F2,F2,subject="Fwd: Your parcel")
F="""请看下面的邮件，这是欺骗消费者。

-------- 转发邮件信息 --------
发件人："物流公司" <info@courier.example>
发送日期：2026-05-11 15:20:33
收件人：mei.tan@mail.example
主题：您的包裹

您的包裹已损毁。"""
P("163 fwd",F,F,subject="Fw:您的包裹")
F="""请处理


------------------ 转发邮件 ------------------
发件人: "物流公司" <info@courier.example>;
发送时间: 2026年5月11日(星期一) 下午3:20
收件人: "谭梅"<mei.tan@mail.example>;
主题: 您的包裹

您的包裹已损毁。"""
P("qq fwd",F,F,subject="转发：您的包裹")
F="""See below.

From: Fast Courier <info@courier.example>
Sent: Monday, May 11, 2026 3:20 PM
To: Mei Tan <mei.tan@mail.example>
Subject: Your parcel

Your parcel was destroyed."""
P("outlook fw",F,F,subject="FW: Your parcel")
P("outlook fw de",F,F,subject="WG: Ihr Paket")
P("outlook fw zh",F,F,subject="转发: 您的包裹")
F="""Begin forwarded message:

> From: Fast Courier <info@courier.example>
> Subject: Your parcel
> Date: 11. May 2026 at 15:20:33 CEST
> To: mei.tan@mail.example
> 
> Your parcel was destroyed."""
P("apple fwd bare",F,F,subject="Fwd: Your parcel")
F="""Das ist eine Frechheit.

Anfang der weitergeleiteten Nachricht:

Von: Fast Courier <info@courier.example>
Betreff: Ihr Paket
Datum: 11. Mai 2026 um 15:20:33 MESZ
An: mei.tan@mail.example

Ihr Paket wurde zerstört."""
P("apple fwd de",F,F,subject="Fwd: Ihr Paket")
F="""FYI this is what I got

-------- Forwarded Message --------
Subject: 	Your parcel
Date: 	Mon, 11 May 2026 15:20:33 +0200
From: 	Fast Courier <info@courier.example>
To: 	mei.tan@mail.example



Your parcel was destroyed."""
P("tb fwd",F,F,subject="Fwd: Your parcel")
F="""转给你们看看

发自我的iPhone

以下是转发的邮件：

> 发件人： 物流公司 <info@courier.example>
> 日期： 2026年5月11日 GMT+8 15:20:33
> 收件人： mei.tan@mail.example
> 主题： 您的包裹
> 
> 您的包裹已损毁。"""
P("ios fwd zh",F,F,F.replace("发自我的iPhone\n\n",""),subject="转发： 您的包裹")
F="""この件、どうなっていますか。

---------- Forwarded message ---------
From: 運送 <info@courier.example>
Date: 2026年5月11日(月) 15:20
Subject: 荷物
To: <tanaka@mail.example>

荷物が破損しました。"""
P("gmail fwd ja",F,F,subject="Fwd: 荷物")
F="""Regardez.

---------- Message transféré ---------
De : Transporteur <info@courier.example>
Date: lun. 11 mai 2026 à 15:20
Objet : Colis
À : <luc@mail.example>

Colis détruit."""
P("gmail fwd fr",F,F,subject="Tr: Colis")
F="""What is this???

---------- Forwarded message ---------
From: Fast Courier <info@courier.example>
Date: Mon, May 11, 2026 at 3:20 PM
Subject: Your parcel
To: <mei.tan@mail.example>

Your parcel was destroyed.

On Sun, May 10, 2026 at 8:00 AM Mei Tan <mei.tan@mail.example> wrote:

> Where is my parcel?"""
P("fwd with thread inside",F,F,subject="Fwd: Your parcel")
P("fwd without prefix in subject",F,F,subject="Courier destroyed my parcel")
H("gmail fwd html","""<div dir="ltr">What is this?<br><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">---------- Forwarded message ---------<br>From: <b class="gmail_sendername" dir="auto">Fast Courier</b> <span dir="auto">&lt;<a href="mailto:info@courier.example">info@courier.example</a>&gt;</span><br>Date: Mon, May 11, 2026 at 3:20 PM<br>Subject: Your parcel<br>To:  &lt;<a href="mailto:mei.tan@mail.example">mei.tan@mail.example</a>&gt;<br></div><br><br><div dir="ltr">Your parcel was destroyed.</div></div></div>""",
"""What is this?

---------- Forwarded message ---------
From: Fast Courier <info@courier.example>
Date: Mon, May 11, 2026 at 3:20 PM
Subject: Your parcel
To: <mei.tan@mail.example>

Your parcel was destroyed.""","""What is this?

---------- Forwarded message ---------
From: Fast Courier <info@courier.example>
Date: Mon, May 11, 2026 at 3:20 PM
Subject: Your parcel
To:  <mei.tan@mail.example>

Your parcel was destroyed.""",subject="Fwd: Your parcel")
H("outlook fw html","""<html><body lang="EN-US"><div class="WordSection1"><p class="MsoNormal">What is this?<o:p></o:p></p><p class="MsoNormal"><o:p>&nbsp;</o:p></p><div><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0in 0in 0in"><p class="MsoNormal"><b>From:</b> Fast Courier &lt;info@courier.example&gt; <br><b>Sent:</b> Monday, May 11, 2026 3:20 PM<br><b>To:</b> Mei Tan &lt;mei.tan@mail.example&gt;<br><b>Subject:</b> Your parcel<o:p></o:p></p></div></div><p class="MsoNormal">Your parcel was destroyed.<o:p></o:p></p></div></body></html>""","""What is this?

From: Fast Courier <info@courier.example>
Sent: Monday, May 11, 2026 3:20 PM
To: Mei Tan <mei.tan@mail.example>
Subject: Your parcel
Your parcel was destroyed.""",subject="FW: Your parcel")
P("reply then forwarded inside history","""No.

On Mon, May 11, 2026 at 3:20 PM Shop Support <support@shop.example> wrote:

> ---------- Forwarded message ---------
> From: Fast Courier <info@courier.example>
> Your parcel was destroyed.
""","No.",subject="Re: Fwd: Your parcel")
P("re fwd chain outlook","""No, I do not agree.

From: Shop Support <support@shop.example>
Sent: Monday, May 11, 2026 3:20 PM
To: Mei Tan <mei.tan@mail.example>
Subject: RE: FW: Your parcel

Please agree.""","No, I do not agree.",subject="RE: FW: Your parcel")
# ---- HTML
H("gmail html","""<div dir="ltr"><div>It leaks <b>again</b>.</div><div><br></div><div>Order 77120</div></div><br><div class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">On Mon, May 11, 2026 at 3:20 PM Shop Support &lt;<a href="mailto:support@shop.example">support@shop.example</a>&gt; wrote:<br></div><blockquote class="gmail_quote" style="margin:0px 0px 0px 0.8ex;border-left:1px solid rgb(204,204,204);padding-left:1ex"><div>Please restart.</div></blockquote></div>""","It leaks again.\n\nOrder 77120")
H("gmail html inline","""<div dir="ltr"><br></div><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">On Mon, May 11, 2026 at 3:20 PM Shop Support &lt;support@shop.example&gt; wrote:<br></div><blockquote class="gmail_quote"><div>When did you buy it?</div></blockquote><div>On 2 March.</div><blockquote class="gmail_quote"><div>Which size?</div></blockquote><div>XL.</div></div>""","On 2 March.\nXL.","On 2 March.\n\nXL.")
H("gmail sig html","""<div dir="ltr">It leaks.<div><br></div><div>-- <br><div dir="ltr" class="gmail_signature" data-smartmail="gmail_signature"><div>Mei Tan<br>Buyer</div></div></div></div>""","It leaks.")
H("outlook html","""<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style><!-- p.MsoNormal {margin:0cm;} --></style><!--[if gte mso 9]><xml><o:shapedefaults v:ext="edit"/></xml><![endif]--></head><body lang="EN-GB"><div class="WordSection1"><p class="MsoNormal">It leaks again.<o:p></o:p></p><p class="MsoNormal"><o:p>&nbsp;</o:p></p><p class="MsoNormal">Order 77120<o:p></o:p></p><p class="MsoNormal"><o:p>&nbsp;</o:p></p><div><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p class="MsoNormal"><b><span lang="EN-US">From:</span></b><span lang="EN-US"> Shop Support &lt;support@shop.example&gt; <br><b>Sent:</b> 11 May 2026 15:20<br><b>To:</b> Mei Tan<br><b>Subject:</b> RE: order 77120<o:p></o:p></span></p></div></div><p class="MsoNormal">Please restart.</p></div></body></html>""","It leaks again.\n\nOrder 77120")
H("owa html","""<div class="elementToProof" style="font-family: Aptos">It leaks again.</div><div id="appendonsend"></div><hr style="display:inline-block;width:98%" tabindex="-1"><div id="divRplyFwdMsg" dir="ltr"><font face="Calibri"><b>From:</b> Shop Support &lt;support@shop.example&gt;<br><b>Sent:</b> Monday, May 11, 2026 3:20 PM<br><b>To:</b> Mei Tan<br><b>Subject:</b> Re: order 77120</font><div>&nbsp;</div></div><div>Please restart.</div>""","It leaks again.")
H("outlook mobile html","""<div dir="auto">It leaks again.</div><div id="ms-outlook-mobile-signature" dir="auto"><div><br></div>Get <a href="https://aka.ms/o0ukef">Outlook for iOS</a></div><hr style="display:inline-block;width:98%"><div id="divRplyFwdMsg" dir="ltr"><font><b>From:</b> Shop Support &lt;support@shop.example&gt;<br><b>Sent:</b> Monday, May 11, 2026 3:20 PM<br><b>Subject:</b> Re</font></div><div>Please restart.</div>""","It leaks again.")
H("outlook for mac zh html","""<html><body><div><p class="MsoNormal">还是漏水。</p></div><div style="border:none;border-top:solid #B5C4DF 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p class="MsoNormal"><b>发件人: </b>商城客服 &lt;support@shop.example&gt;<br><b>日期: </b>星期一, 2026年5月11日 15:20<br><b>收件人: </b>谭梅 &lt;mei.tan@mail.example&gt;<br><b>主题: </b>Re: 漏水</p></div><p>请重新安装。</p></body></html>""","还是漏水。",subject="Re: 漏水")
H("apple html","""<html><head></head><body style="overflow-wrap: break-word;">It leaks again.<br id="lineBreakAtBeginningOfMessage"><div><br><blockquote type="cite"><div>On May 11, 2026, at 3:20 PM, Shop Support &lt;support@shop.example&gt; wrote:</div><br class="Apple-interchange-newline"><div>Please restart.</div></blockquote></div><br></body></html>""","It leaks again.")
H("ios html","""<html><body dir="auto">It leaks again.<div><br id="lineBreakAtBeginningOfSignature"><div dir="ltr">Sent from my iPhone</div><div dir="ltr"><br><blockquote type="cite">On 11 May 2026, at 15:20, Shop Support &lt;support@shop.example&gt; wrote:<br><br></blockquote></div><blockquote type="cite"><div dir="ltr">﻿Please restart.</div></blockquote></div></body></html>""","It leaks again.")
H("tb html","""<html><head></head><body><p>It leaks again.</p><div class="moz-cite-prefix">On 11/05/2026 15:20, Shop Support wrote:<br></div><blockquote type="cite" cite="mid:x@shop.example"><p>Please restart.</p></blockquote><p><br></p><div class="moz-signature">-- <br>Mei</div></body></html>""","It leaks again.")
H("tb html bottom","""<html><body><div class="moz-cite-prefix">On 11/05/2026 15:20, Shop Support wrote:<br></div><blockquote type="cite" cite="mid:x"><p>Please restart.</p></blockquote><p>I did, no change.</p></body></html>""","I did, no change.")
H("html no container","""<p>It leaks again.</p><p>On Mon, May 11, 2026 at 3:20 PM, Shop Support &lt;support@shop.example&gt; wrote:</p><p>Please restart.</p><p>Shop Support</p>""","It leaks again.")
H("html no container zh","""<p>还是漏水。</p><p>发件人：商城客服 &lt;support@shop.example&gt;<br>发送时间：2026-05-11 15:20<br>收件人：谭梅<br>主题：漏水</p><p>请重新安装。</p>""","还是漏水。",subject="回复：漏水")
H("html table block","""<div>It leaks again.</div><table><tr><td>From:</td><td>Shop Support &lt;support@shop.example&gt;</td></tr><tr><td>Sent:</td><td>Monday, May 11, 2026 3:20 PM</td></tr><tr><td>To:</td><td>Mei Tan</td></tr><tr><td>Subject:</td><td>RE: order 77120</td></tr></table><div>Please restart.</div>""","It leaks again.")
H("blockquote is content","""<p>Your page says:</p><blockquote>Delivery within two days.</blockquote><p>It took nine.</p>""","Your page says:\n\nDelivery within two days.\n\nIt took nine.","Your page says:\n\n> Delivery within two days.\n\nIt took nine.",subject="Late")
H("zoho html","""<div>It leaks again.<br></div><div class="zmail_extra_hr" style="border-top: 1px solid rgb(204, 204, 204)"><br></div><div class="zmail_extra" data-zbluepencil-ignore="true"><div><br></div><div id="Zm-_Id_-Sgn1">---- On Mon, 11 May 2026 15:20:33 +0800 <b>Shop Support &lt;support@shop.example&gt;</b> wrote ---<br></div><div><br></div><blockquote style="margin: 0px;"><div>Please restart.</div></blockquote></div>""","It leaks again.")
H("proton html","""<div style="font-family: Arial">It leaks again.</div><div class="protonmail_signature_block"><div class="protonmail_signature_block-proton">Sent with <a href="https://proton.me">Proton Mail</a> secure email.</div></div><div><br></div><div class="protonmail_quote">On Monday, May 11th, 2026 at 3:20 PM, Shop Support &lt;support@shop.example&gt; wrote:<br><blockquote class="protonmail_quote" type="cite">Please restart.</blockquote></div>""","It leaks again.")
H("gmx html","""<html><head></head><body><div style="font-family: Verdana;font-size: 12.0px;"><div>Tropft immer noch.</div><div>&nbsp;</div><div>&nbsp;<div name="quote" style="margin:10px 5px 5px 10px; padding: 10px 0 10px 10px; border-left:2px solid #C3D9E5;"><div style="margin:0 0 10px 0;"><b>Gesendet:</b>&nbsp;Montag, 11. Mai 2026 um 15:20 Uhr<br/><b>Von:</b>&nbsp;"Shop Support" &lt;support@shop.example&gt;<br/><b>An:</b>&nbsp;joerg@mail.example<br/><b>Betreff:</b>&nbsp;Re: 77120</div><div name="quoted-content">Bitte neu starten.</div></div></div></div></body></html>""","Tropft immer noch.")
H("yandex html","""<div>Всё ещё течёт.</div><div> </div><div>11.05.2026, 15:20, "Shop Support" &lt;support@shop.example&gt;:</div><blockquote><p>Перезагрузите.</p></blockquote>""","Всё ещё течёт.")
H("mailru html","""<HTML><BODY><div>Всё ещё течёт.</div><blockquote style="border-left:1px solid #0857A6; margin:10px; padding:0 0 0 10px;">Понедельник, 11 мая 2026, 15:20 +03:00 от Shop Support &lt;support@shop.example&gt;:<br>&nbsp;<div id=""><div class="js-helper js-readmsg-msg">Перезагрузите.</div></div></blockquote></BODY></HTML>""","Всё ещё течёт.")
H("samsung html","""<html><head></head><body><div dir="auto">It leaks again.</div><div dir="auto"><br></div><div id="composer_signature" dir="auto"><div style="font-size:12px;color:#575757" dir="auto">Sent from my Galaxy</div></div><div dir="auto"><br></div><div><br></div><div align="left" dir="auto" style="font-size:100%;color:#000000"><div>-------- Original message --------</div><div>From: Shop Support &lt;support@shop.example&gt; </div><div>Date: 5/11/26  15:20  (GMT+08:00) </div><div>To: Mei Tan &lt;mei.tan@mail.example&gt; </div><div>Subject: Re: order 77120 </div><div><br></div></div>Please restart.</body></html>""","It leaks again.")
H("huawei html","""<html><body><div dir="auto">还是漏水<div dir="auto"><br></div><div id="signature" dir="auto">发自我的华为手机</div></div><div class="quote" style="line-height:1.5"><br><br>-------- 原始邮件 --------<br>发件人：商城客服 &lt;support@shop.example&gt;<br>日期：2026年5月11日周一 15:20<br>收件人：谭梅 &lt;mei.tan@mail.example&gt;<br>主 题：Re: 漏水<br><blockquote class="quote" style="margin:0 0 0 .8ex">请重新安装。</blockquote></div></body></html>""","还是漏水",subject="回复：漏水")
H("exchange mobile zh html","""<div>还是漏水</div><div><br></div><div>发自我的 iPhone</div><div><br></div><blockquote><div>在 2026年5月11日，下午3:20，商城客服 &lt;support@shop.example&gt; 写道：</div></blockquote><blockquote><div>请重新安装。</div></blockquote>""","还是漏水",subject="回复：漏水")
H("naver html","""<div style="font-size:10pt"><p>아직 샙니다.</p><p><br></p><p>-----Original Message-----<br><b>From:</b> "Shop Support"&lt;support@shop.example&gt; <br><b>To:</b> &lt;kim@mail.example&gt;; <br><b>Cc:</b> <br><b>Sent:</b> 2026-05-11 (월) 15:20:33 (GMT+09:00)<br><b>Subject:</b> Re: 77120<br></p><p>다시 시작해 주세요.</p></div>""","아직 샙니다.")
H("hidden preheader","""<div style="display:none;max-height:0">Preheader text</div><p>It leaks again.</p>""","It leaks again.")
H("word list html","""<p class=MsoNormal>Three things:</p><ol><li>It leaks</li><li>It smells</li></ol><ul><li>no manual</li></ul>""",subject="Three",text_has=["1. It leaks","2. It smells","no manual"])
H("html table content","""<p>My orders:</p><table><tr><th>No</th><th>Item</th></tr><tr><td>77120</td><td>Lamp</td></tr><tr><td>77121</td><td>Cable</td></tr></table><p>Both are missing.</p>""",subject="Orders",text_has=["77120","Lamp","Both are missing."])
A("alternative disagree","It leaks again.\n\nOn Mon, May 11, 2026 at 3:20 PM Shop Support <support@shop.example>\nwrote:\n\n> Please restart.\n","<div>It leaks again.</div><div class=\"gmail_quote\">On Mon.. wrote:<blockquote>Please restart.</blockquote></div>","It leaks again.")
A("empty text real html"," \n\n","<p>It leaks again.</p>","It leaks again.")
A("text is a stub","Your email client does not support HTML.","<p>It leaks again.</p>","It leaks again.","Your email client does not support HTML.")
