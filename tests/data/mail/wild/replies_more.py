"""replies_more.py - a second round of replies: newer programs, lines wrapped oddly, links below the line of a program."""
from cases import *
H("qq new web html","""<div class="qmbox"><p style="font-size:14px;font-family:system-ui"><span>你好，收到的是二手机，外壳有划痕。</span></p><p>要求全额退款。</p></div><br><br><div style="border-bottom:1px solid #EAEAEA"></div><div class="xm_write_quote" style="line-height:20px"><div style="font-size:12px;background:#f7f7f7;padding:8px"><div><b>发件人：</b>商城客服&lt;support@shop.example&gt;</div><div><b>发件时间：</b>2026年5月11日 15:20</div><div><b>收件人：</b>谭梅&lt;mei.tan@mail.example&gt;</div><div><b>主题：</b>Re: 手机</div></div><div>您好，请提供照片。</div></div>""","你好，收到的是二手机，外壳有划痕。\n\n要求全额退款。","你好，收到的是二手机，外壳有划痕。\n要求全额退款。",subject="回复：手机")
H("outlook table signature","""<html><body><div class="WordSection1"><p class="MsoNormal">The pump is broken.</p><p class="MsoNormal"><o:p>&nbsp;</o:p></p><p class="MsoNormal">Kind regards</p><table class="MsoNormalTable"><tr><td><p class="MsoNormal">Mei Tan</p></td><td><p class="MsoNormal">T +65 6123 4567</p><p class="MsoNormal">www.tan.example</p></td></tr></table><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p class="MsoNormal"><b>Von:</b> Shop &lt;support@shop.example&gt;<br><b>Gesendet:</b> Montag, 11. Mai 2026 15:20<br><b>An:</b> Mei<br><b>Betreff:</b> AW: Pumpe</p></div><p>Bitte neu starten.</p></div></body></html>""","The pump is broken.","The pump is broken.\n\nKind regards","The pump is broken.\n\nKind regards\nMei Tan\nT +65 6123 4567\nwww.tan.example",subject="AW: Pumpe")
H("gmail mobile html","""<div dir="auto">还是不行。<div dir="auto">请给我退货。</div></div><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">商城客服 &lt;<a href="mailto:support@shop.example">support@shop.example</a>&gt; 于 2026年5月11日周一 15:20写道：<br></div><blockquote class="gmail_quote" style="margin:0 0 0 .8ex;border-left:1px #ccc solid;padding-left:1ex">请重启。</blockquote></div>""","还是不行。\n请给我退货。",subject="Re: 退货")
H("163 new blockquote","""<div data-ntes="ntes_mail_body_root" style="line-height:1.7"><div style="margin:0">没有收到赠品。</div><div><br></div><p style="margin:0"><br></p></div><div style="position:relative;zoom:1"></div><div></div><p>在 2026-05-11 15:20:33，"商城客服" &lt;support@shop.example&gt; 写道：</p><blockquote id="isReplyContent" class="ntes_not_fresh_editor">赠品随单发出。</blockquote>""","没有收到赠品。",subject="Re:赠品")
H("sina html","""<p>一直没有人联系我。</p><p><br></p><div class="quoted"><p>----- 原始邮件 -----<br/>发件人：商城客服 &lt;support@shop.example&gt;<br/>收件人：mei.tan@mail.example<br/>主题：投诉<br/>日期：2026年05月11日 15点20分</p><p>我们会尽快联系您。</p></div>""","一直没有人联系我。",subject="回复：投诉")
H("empty reply html above quote","""<div dir="ltr"><br></div><div class="gmail_quote"><div class="gmail_attr">On Mon, May 11, 2026 at 3:20 PM Shop &lt;support@shop.example&gt; wrote:</div><blockquote class="gmail_quote">Is it solved?</blockquote></div>""","On Mon, May 11, 2026 at 3:20 PM Shop <support@shop.example> wrote:\n\n> Is it solved?","On Mon, May 11, 2026 at 3:20 PM Shop <support@shop.example> wrote:\n> Is it solved?","Is it solved?","> Is it solved?")
H("apple inline zh","""<html><body><blockquote type="cite"><div>1. 购买日期？</div></blockquote><div>3月2日</div><blockquote type="cite"><div>2. 订单号？</div></blockquote><div>77120</div></body></html>""","3月2日\n77120","3月2日\n\n77120",subject="Re: 资料")
P("zh inline with arrows","""您好，回复如下：

> 请问购买日期？
3月2日

> 请问订单号？
77120

谢谢""","您好，回复如下：\n\n3月2日\n\n77120\n\n谢谢",subject="回复：资料")
P("zh typed block with several fields","""以下是骗子发给我的邮件，请核实：
发件人：xx商城 <fake@scam.example>
主题：中奖通知
请问是你们发的吗？""","以下是骗子发给我的邮件，请核实：\n发件人：xx商城 <fake@scam.example>\n主题：中奖通知\n请问是你们发的吗？","以下是骗子发给我的邮件，请核实：",subject="可疑邮件")
P("zh sig company","""请尽快安排维修。

此致
敬礼
谭梅
上海某某贸易有限公司
电话：021-12345678
邮箱：mei.tan@mail.example""","请尽快安排维修。","请尽快安排维修。\n\n此致\n敬礼\n谭梅",subject="维修")
P("zh sig dashes","""请尽快安排维修。

--
谭梅 采购部
手机 13800000000""","请尽快安排维修。",subject="维修")
P("zh disclaimers2","""请尽快安排维修。

本电子邮件（包括任何附件）可能含有保密信息，仅供指定收件人使用。如您非指定收件人，请立即删除。""","请尽快安排维修。",subject="维修")
P("zh gmail wrapped","""不同意。

商城售后服务中心（官方） <support@shop.example>
于2026年5月11日周一 15:20写道：

> 退一半可以吗？
""","不同意。",subject="Re: 退款")
P("zh outlook with mailto en mix","""不同意。

From: 商城客服 [mailto:support@shop.example]
Sent: 2026年5月11日 15:20
To: 谭梅
Subject: RE: 退款

退一半可以吗？""","不同意。",subject="RE: 退款")
P("zh foxmail original","""不同意。

------------------ Original ------------------
From:  "商城客服";<support@shop.example>;
Date:  Mon, May 11, 2026 03:20 PM
To:  "谭梅"<mei.tan@mail.example>;
Subject:  Re: 退款

退一半可以吗？""","不同意。",subject="回复：退款")
P("dingtalk rule short","""不同意。
------------------
发件人:商城客服<support@shop.example>
日 期:2026年05月11日 15:20:33
收件人:谭梅<mei.tan@mail.example>
主 题:退款

退一半可以吗？""","不同意。",subject="回复:退款")
P("ja outlook dashes","""対応が遅すぎます。

-----Original Message-----
From: サポート <support@shop.example>
Sent: Monday, May 11, 2026 3:20 PM
To: 田中 <tanaka@mail.example>
Subject: Re: 返金

少々お待ちください。""","対応が遅すぎます。",subject="RE: 返金")
P("ja mobile docomo","""対応が遅すぎます。

Sent from my Xperia

2026/05/11 15:20 "サポート" <support@shop.example>:

> 少々お待ちください。
""","対応が遅すぎます。",subject="Re: 返金")
P("hey quoting without gt after wrote","""No thanks.

Shop Support <support@shop.example> wrote:

Would you accept a voucher?""","No thanks.","No thanks.\n\nShop Support <support@shop.example> wrote:\n\nWould you accept a voucher?")
P("reply below a quoted whole with Re","""> Would you accept a voucher?

No.""","No.")
P("attribution then content no quotes mobile","""No.

-------- Original message --------
From: Shop Support <support@shop.example>
Date: 11/05/2026 15:20 (GMT+00:00)
To: mei.tan@mail.example
Subject: Re: order 77120

Would you accept a voucher?""","No.")
P("sent from outlook app de","""Nein.

Outlook für Android<https://aka.ms/AAb9ysg> herunterladen
________________________________
Von: Shop <support@shop.example>
Gesendet: Montag, Mai 11, 2026 3:20:33 PM
An: Jan <jan@mail.example>
Betreff: Re: Gutschein

Gutschein?""","Nein.")
P("sent with Aqua etc","""Nope.

Sent from Aqua Mail for Android
https://www.mobisystems.com/aqua-mail
On 11 May 2026 15:20:33 Shop Support <support@shop.example> wrote:

> Voucher?""","Nope.")
P("spike","""Nope.

Sent with Spike

On May 11, 2026 at 15:20 GMT, Shop Support <support@shop.example> wrote:

Voucher?""","Nope.")
P("list numbers kept","""1) lid
2) handle
3) base
all broken""","1) lid\n2) handle\n3) base\nall broken",subject="Pot")
P("date line in complaint","""On 3 May 2026 at 10:00 your agent wrote me that the refund is on its way:
"Dear Mei, the refund was sent."
It never came.""","On 3 May 2026 at 10:00 your agent wrote me that the refund is on its way:\n\"Dear Mei, the refund was sent.\"\nIt never came.",subject="Refund")
P("fwd zh with comment no prefix","""你好，快递公司这样回复我，请处理：

---------- 转发的邮件 ----------
发件人： 快递 <info@courier.example>
时间： 2026年5月11日周一 15:20
主题： 包裹
收件人： <mei.tan@mail.example>

包裹已丢失。""","""你好，快递公司这样回复我，请处理：

---------- 转发的邮件 ----------
发件人： 快递 <info@courier.example>
时间： 2026年5月11日周一 15:20
主题： 包裹
收件人： <mei.tan@mail.example>

包裹已丢失。""",subject="包裹丢失投诉")
