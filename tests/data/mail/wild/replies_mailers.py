"""replies_mailers.py - replies as some ninety mail programs and languages write them."""
from cases import *
# ---- QQ / Tencent
P("qq web text", """你好，换货申请已经提交三天了，一直显示“待审核”。
请问还要等多久？





------------------&nbsp;原始邮件&nbsp;------------------
发件人:                                                                                                                        "商城客服"                                                                                    <support@shop.example>;
发送时间:&nbsp;2026年5月11日(星期一) 下午3:20
收件人:&nbsp;"谭梅"<mei.tan@mail.example>;

主题:&nbsp;Re: 换货申请



您好，您的换货申请我们已收到。""","你好，换货申请已经提交三天了，一直显示“待审核”。\n请问还要等多久？",subject="回复：换货申请")
P("qq mobile original", """还是没有收到退款，麻烦查一下

---Original---
From: "商城客服"<support@shop.example>
Date: Mon, May 11, 2026 15:20 PM
To: "谭梅"<mei.tan@mail.example>;
Subject: Re:退款

您的退款已经受理。""","还是没有收到退款，麻烦查一下",subject="回复：退款")
H("qq web html","""<meta http-equiv="Content-Type" content="text/html; charset=GB18030"><div>还是<b>没有</b>收到退款。</div><div><br></div><div>流水号 20260511-8832，麻烦查一下。</div><div><br></div><div style="position:relative;"><div></div><div style="position: relative;margin-top:0px;margin-bottom:0px;" class="xm_sign"></div><div><br></div><div style="font-size: 12px;font-family: Arial Narrow;padding:2px 0 2px 0;">------------------&nbsp;原始邮件&nbsp;------------------</div><div style="font-size: 12px;background:#efefef;padding:8px;"><div id="menu_sender"><b>发件人:</b>&nbsp;"商城客服"&lt;support@shop.example&gt;;</div><div><b>发送时间:</b>&nbsp;2026年5月11日(星期一) 下午3:20</div><div><b>收件人:</b>&nbsp;"谭梅"&lt;mei.tan@mail.example&gt;;<wbr></div><div></div><div><b>主题:</b>&nbsp;Re:退款</div></div><div><br></div>您的退款已经受理，预计 3 个工作日到账。</div>""","还是没有收到退款。\n\n流水号 20260511-8832，麻烦查一下。",subject="回复：退款")
H("wecom exmail html en labels","""<div>The invoice title is still wrong, it must read 上海梅谭贸易有限公司.</div><div><br></div><div><includetail><div>&nbsp;</div><div>&nbsp;</div><div style="font:Verdana normal 14px;color:#000;"><div style="FONT-SIZE: 12px;FONT-FAMILY: Arial Narrow;padding:2px 0 2px 0;">------------------&nbsp;Original&nbsp;------------------</div><div style="FONT-SIZE: 12px;background:#efefef;padding:8px;"><div id="menu_sender"><b>From: </b>&nbsp;"Shop Support"&lt;support@shop.example&gt;;</div><div><b>Date: </b>&nbsp;Mon, May 11, 2026 03:20 PM</div><div><b>To: </b>&nbsp;"mei.tan"&lt;mei.tan@mail.example&gt;;</div><div><b>Subject: </b>&nbsp;Re: invoice</div></div><div>&nbsp;</div><div>Please find the invoice attached.</div></div></includetail></div>""","The invoice title is still wrong, it must read 上海梅谭贸易有限公司.")
P("wecom new text","""收到，但是发票抬头还是错的。

---原始邮件---
发件人:商城客服<support@shop.example>
发件时间:2026年5月11日 (周一) 15:20
收件人:谭梅<mei.tan@mail.example>
主题:发票

附件是您的发票。""","收到，但是发票抬头还是错的。",subject="回复:发票")
# ---- NetEase
P("163 web","""您好：
   我购买的扫地机器人第三次返修了，还是不能充电。
   订单号：DD202605040017。请给我退货！







在 2026-05-11 15:20:33，"商城客服" <support@shop.example> 写道：
>尊敬的客户：
>    您的机器已经修好寄出。
>
""","您好：\n   我购买的扫地机器人第三次返修了，还是不能充电。\n   订单号：DD202605040017。请给我退货！",subject="Re:维修进度")
P("163 en attribution","""It has been two weeks now.

At 2026-05-11 15:20:33, "Shop Support" <support@shop.example> wrote:
>Dear customer,
>we are checking.
""","It has been two weeks now.")
P("netease master text","""发票收到了，但是金额少了20元
| |
谭梅
|
|
mei.tan@mail.example
|
签名由网易邮箱大师定制
在2026年5月11日 15:20，商城客服<support@shop.example> 写道：
您好，发票已开。""","发票收到了，但是金额少了20元",subject="回复：发票")
P("netease new quoted table","""请把保修卡补寄给我。



---- 回复的原邮件 ----
| 发件人 | 商城客服<support@shop.example> |
| 日期 | 2026年05月11日 15:20 |
| 收件人 | 谭梅<mei.tan@mail.example> |
| 抄送至 | |
| 主题 | 保修卡 |
您好，保修卡随机附带。""","请把保修卡补寄给我。",subject="回复：保修卡")
H("netease new html","""<!DOCTYPE html><html><head><meta charset="UTF-8"></head><body><div id="content" style="font-size:14px"><div><div>请把保修卡补寄给我。</div></div></div><div><br></div><div id="ntes-pcmac-signature" style="font-family:'微软雅黑'"><div style="font-size:14px;padding:0;margin:0"><table><tbody><tr><td>谭梅</td></tr><tr><td>mei.tan@mail.example</td></tr></tbody></table></div></div><div class="ntes-mailmaster-quote" style="padding-top:1px;padding-bottom:1px"><div style="margin-top:2em;margin-bottom:1em;font-size:14px;line-height:1.25;color:#78787a">---- 回复的原邮件 ----</div><div style="background:#f5f5f5"><table><tbody><tr><td>发件人</td><td>商城客服&lt;support@shop.example&gt;</td></tr><tr><td>日期</td><td>2026年05月11日 15:20</td></tr><tr><td>主题</td><td>保修卡</td></tr></tbody></table></div><div><div>您好，保修卡随机附带。</div></div></div></body></html>""","请把保修卡补寄给我。","请把保修卡补寄给我。\n\n谭梅\nmei.tan@mail.example",subject="回复：保修卡")
H("163 web html","""<div style="line-height:1.7;color:#000000;font-size:14px;font-family:Arial"><div>第三次返修了，还是坏的。</div><div><br></div><div>我要退货。</div><br><br><br><br><div style="position:relative;zoom:1"></div><div id="divNeteaseMailCard"></div><br><pre>在 2026-05-11 15:20:33，"商城客服" &lt;support@shop.example&gt; 写道：</pre><blockquote id="isReplyContent" style="PADDING-LEFT: 1ex; MARGIN: 0px 0px 0px 0.8ex; BORDER-LEFT: #ccc 1px solid"><div>您的机器已修好。</div></blockquote></div>""","第三次返修了，还是坏的。\n\n我要退货。",subject="Re:维修")
# ---- Foxmail
P("foxmail text","""不是这个型号的问题，是你们发错货了。



mei.tan@mail.example
 
发件人： 商城客服
发送时间： 2026-05-11 15:20
收件人： 谭梅
主题： 回复: 型号不符
您好，请确认型号。""","不是这个型号的问题，是你们发错货了。","不是这个型号的问题，是你们发错货了。\n\nmei.tan@mail.example",subject="回复: 回复: 型号不符")
H("foxmail html","""<html><head><meta http-equiv="content-type" content="text/html; charset=GB2312"><style>body { line-height: 1.5; }blockquote { margin-top: 0px; }</style></head><body>
<div><span></span>不是型号的问题，是发错货了。<div>我要的是<font color="#ff0000">黑色 XL</font>。</div></div>
<div><br></div><hr style="width: 210px; height: 1px;" color="#b5c4df" size="1" align="left">
<div><span><div style="MARGIN: 10px; FONT-FAMILY: verdana; FONT-SIZE: 10pt"><div>mei.tan@mail.example</div></div></span></div>
<blockquote style="margin-Top: 0px; margin-Bottom: 0px; margin-Left: 0.5em"><div>&nbsp;</div><div style="border:none;border-top:solid #B5C4DF 1.0pt;padding:3.0pt 0cm 0cm 0cm"><div style="PADDING-RIGHT: 8px; PADDING-LEFT: 8px; FONT-SIZE: 12px;FONT-FAMILY:tahoma;COLOR:#000000; BACKGROUND: #efefef; PADDING-BOTTOM: 8px; PADDING-TOP: 8px"><div><b>发件人：</b>&nbsp;<a href="mailto:support@shop.example">商城客服</a></div><div><b>发送时间：</b>&nbsp;2026-05-11&nbsp;15:20</div><div><b>收件人：</b>&nbsp;<a href="mailto:mei.tan@mail.example">谭梅</a></div><div><b>主题：</b>&nbsp;型号不符</div></div></div><div>您好，请确认型号。</div></blockquote>
</body></html>""","不是型号的问题，是发错货了。\n我要的是黑色 XL。","不是型号的问题，是发错货了。\n我要的是黑色 XL。\n\nmei.tan@mail.example",subject="回复: 型号不符")
# ---- Lark, DingTalk
H("lark html","""<div><div style="white-space:pre-wrap"><div>快递显示已签收，但我没收到。</div></div></div><div id="lark-mail-meta-reply" data-x="1"></div><div class="history-quote-wrapper" id="lark-mail-quote-177"><div style="list-style-position:inside"><div class="adit-html-block adit-html-block--collapsed"><div><div class="adit-html-block__attr history-quote-meta-wrapper history-quote-gap-tag" style="padding:12px;background:rgb(245,246,247)"><div><span style="white-space:nowrap">发件人: </span>商城客服&lt;<a href="mailto:support@shop.example">support@shop.example</a>&gt;</div><div>日期: 2026年5月11日周一 15:20</div><div>主题: 快递</div><div>收件人: 谭梅&lt;mei.tan@mail.example&gt;</div></div><div>您好，快递已送达。</div></div></div></div></div>""","快递显示已签收，但我没收到。",subject="Re: 快递")
P("lark text en","""Courier says delivered, I have nothing.
From: "Shop Support"<support@shop.example>
Date: Mon, May 11, 2026, 15:20
Subject: courier
To: "Mei Tan"<mei.tan@mail.example>
Hello, the parcel was delivered.""","Courier says delivered, I have nothing.")
P("dingtalk","""快递显示已签收，但我没收到。

谭梅
------------------------------------------------------------------
发件人：商城客服 <support@shop.example>
发送时间：2026年5月11日(星期一) 15:20
收件人：谭梅 <mei.tan@mail.example>
主　题：快递

您好，快递已送达。""","快递显示已签收，但我没收到。\n\n谭梅","快递显示已签收，但我没收到。",subject="回复：快递")
H("dingtalk html","""<div class="__aliyun_email_body_block"><div style="font-family:Tahoma,Arial"><div>快递显示已签收，但我没收到。</div><div><br></div><div class="__aliyun_signature_wrap"><div>发自我的钉钉</div></div><blockquote style="margin-right:0;margin-top:0;margin-bottom:0"><div style="clear:both"><span style="font-family:Tahoma">------------------------------------------------------------------</span></div><div style="clear:both">发件人：商城客服 &lt;support@shop.example&gt;</div><div style="clear:both">发送时间：2026年5月11日(星期一) 15:20</div><div>收件人：谭梅 &lt;mei.tan@mail.example&gt;</div><div>主　题：快递</div><div><br></div><div>您好，快递已送达。</div></blockquote></div></div>""","快递显示已签收，但我没收到。",subject="回复：快递")
P("sina","""一直没有人联系我。

----- 原始邮件 -----
发件人：商城客服 <support@shop.example>
收件人：mei.tan <mei.tan@mail.example>
主题：投诉
日期：2026年05月11日 15点20分

我们会尽快联系您。""","一直没有人联系我。",subject="回复：投诉")
P("coremail","""价格怎么又变了？下单的时候是 199。


-----原始邮件-----
发件人:"商城客服" <support@shop.example>
发送时间:2026-05-11 15:20:33 (星期一)
收件人: "谭梅" <mei.tan@mail.example>
抄送: 
主题: 价格

以页面为准。""","价格怎么又变了？下单的时候是 199。",subject="Re: 价格")
P("139","""我不同意这个处理结果。


----邮件原文----
发件人：商城客服 <support@shop.example>
收件人：13800000000 <13800000000@mobile.example>
抄　送： (无)
发送时间：2026-05-11 15:20:33
主题：处理结果

我们只能退一半。""","我不同意这个处理结果。",subject="回复：处理结果")
# ---- phones zh
P("ios zh","""师傅爽约两次了，没有任何电话通知！

发自我的iPhone

> 在 2026年5月11日，下午3:20，商城客服 <support@shop.example> 写道：
> 
> 安装师傅会联系您。
""","师傅爽约两次了，没有任何电话通知！",subject="Re: 安装")
P("ios zh no marks","""师傅爽约两次了

发自我的 iPad

在 2026年5月11日，15:20，商城客服 <support@shop.example> 写道：

﻿安装师傅会联系您。
""","师傅爽约两次了",subject="回复：安装")
P("macos zh","""请把差价退给我。

> 2026年5月11日 下午3:20，商城客服 <support@shop.example> 写道：
> 
> 差价可以申请。
""","请把差价退给我。",subject="Re: 差价")
P("macos zh hant","""請把差價退給我，謝謝。

> 商城客服 <support@shop.example> 於 2026年5月11日 下午3:20 寫道：
> 
> 差價可以申請。
""","請把差價退給我，謝謝。",subject="Re: 差價")
P("gmail zh hant wrapped","""東西壞了兩次，我要退錢。

商城客服團隊（售後服務部） <support@shop.example> 於 2026年5月11日 週一 下午3:20
寫道：

> 已為您更換新品。
>
""","東西壞了兩次，我要退錢。",subject="Re: 退款")
P("gmail zh hans","""东西坏了两次。

商城客服 <support@shop.example> 于2026年5月11日周一 15:20写道：

> 已为您更换新品。
""","东西坏了两次。",subject="Re: 退款")
P("huawei","""屏幕还是会闪。

发自我的华为手机


-------- 原始邮件 --------
发件人：商城客服 <support@shop.example>
日期：2026年5月11日周一 15:20
收件人：谭梅 <mei.tan@mail.example>
主题：Re: 屏幕
您好，请重启试试。""","屏幕还是会闪。",subject="回复：屏幕")
P("xiaomi","""屏幕还是会闪。
发自我的小米手机
在 商城客服 <support@shop.example>，2026年5月11日 下午3:20写道：
您好，请重启试试。""","屏幕还是会闪。",subject="回复：屏幕")
P("samsung zh","""屏幕还是会闪。



从我的 Galaxy 发送


-------- 原始邮件 --------
发件人： 商城客服 <support@shop.example>
日期： 2026/5/11 15:20 (GMT+08:00)
收件人： 谭梅 <mei.tan@mail.example>
主题： Re: 屏幕

您好，请重启试试。""","屏幕还是会闪。",subject="回复：屏幕")
P("outlook ios zh","""屏幕还是会闪。

获取 Outlook for iOS
________________________________
发件人: 商城客服 <support@shop.example>
发送时间: Monday, May 11, 2026 3:20:33 PM
收件人: 谭梅 <mei.tan@mail.example>
主题: Re: 屏幕

您好，请重启试试。""","屏幕还是会闪。",subject="回复: 屏幕")
P("outlook zh hant","""螢幕還是會閃。

寄件者: 商城客服 <support@shop.example> 
寄件日期: 2026年5月11日 下午 03:20
收件者: 譚梅 <mei.tan@mail.example>
副本: 
主旨: RE: 螢幕

您好，請重新開機。""","螢幕還是會閃。",subject="RE: 螢幕")
P("outlook zh hant 2","""螢幕還是會閃。

-----原始郵件-----
從： 商城客服 [mailto:support@shop.example] 
傳送： 2026年5月11日 15:20
到： 譚梅
主題： RE: 螢幕

您好，請重新開機。""","螢幕還是會閃。",subject="RE: 螢幕")
# ---- thunderbird
P("tb zh","""在 2026/5/11 15:20, 商城客服 写道:
> 您好，
> 请提供照片。
照片在附件里。
""","照片在附件里。",subject="Re: 照片")
P("tb fr","""Le 11/05/2026 à 15:20, Service Client a écrit :
> Bonjour,
> pouvez-vous envoyer une photo ?

Voici la photo, la vis manque.

> Quel est le numéro de série ?

Le numéro est FR-2208-X.
""","Voici la photo, la vis manque.\n\nLe numéro est FR-2208-X.")
P("tb de","""Guten Tag,

das Ersatzteil passt nicht.

Am 11.05.26 um 15:20 schrieb Shop Support:
> Das Ersatzteil ist unterwegs.
>

-- 
Jörg Müller
Hauptstr. 4, 50667 Köln
""","Guten Tag,\n\ndas Ersatzteil passt nicht.")
P("tb pl","""Nadal nie działa.

W dniu 11.05.2026 o 15:20, Shop Support pisze:
> Proszę zresetować urządzenie.
""","Nadal nie działa.")
P("tb sv","""Den fungerar fortfarande inte.

Den 2026-05-11 kl. 15:20, skrev Shop Support:
> Starta om enheten.
""","Den fungerar fortfarande inte.")
P("tb da","""Den virker stadig ikke.

Den 11.05.2026 kl. 15.20 skrev Shop Support:
> Genstart enheden.
""","Den virker stadig ikke.")
P("tb fi","""Se ei vieläkään toimi.

Shop Support kirjoitti 11.5.2026 klo 15.20:
> Käynnistä laite uudelleen.
""","Se ei vieläkään toimi.")
P("tb ru","""Всё ещё не работает.

11.05.2026 15:20, Shop Support пишет:
> Перезагрузите устройство.
""","Всё ещё не работает.")
P("tb tr","""Hâlâ çalışmıyor.

11.05.2026 15:20 tarihinde Shop Support yazdı:
> Cihazı yeniden başlatın.
""","Hâlâ çalışmıyor.")
P("tb nl","""Het werkt nog steeds niet.

Op 11-05-2026 om 15:20 schreef Shop Support:
> Start het apparaat opnieuw.
""","Het werkt nog steeds niet.")
P("tb it","""Non funziona ancora.

Il 11/05/2026 15:20, Shop Support ha scritto:
> Riavvii il dispositivo.
""","Non funziona ancora.")
P("tb es","""Sigue sin funcionar.

El 11/5/26 a las 15:20, Shop Support escribió:
> Reinicie el dispositivo.
""","Sigue sin funcionar.")
P("tb pt","""Continua sem funcionar.

Em 11/05/2026 15:20, Shop Support escreveu:
> Reinicie o aparelho.
""","Continua sem funcionar.")
P("tb no","""Den virker fortsatt ikke.

Den 11.05.2026 15:20, skrev Shop Support:
> Start enheten på nytt.
""","Den virker fortsatt ikke.")
P("gmail vi","""Máy vẫn không hoạt động.

Vào Th 2, 11 thg 5, 2026 vào lúc 15:20 Shop Support <support@shop.example>
đã viết:

> Vui lòng khởi động lại.
""","Máy vẫn không hoạt động.")
P("gmail sv","""Fortfarande trasig.

Den mån 11 maj 2026 kl 15:20 skrev Shop Support <support@shop.example>:

> Starta om.
""","Fortfarande trasig.")
P("gmail fi","""Edelleen rikki.

ma 11. toukok. 2026 klo 15.20 Shop Support (support@shop.example) kirjoitti:

> Käynnistä uudelleen.
""","Edelleen rikki.")
P("gmail tr","""Hâlâ bozuk.

Shop Support <support@shop.example>, 11 May 2026 Pzt, 15:20 tarihinde şunu yazdı:

> Yeniden başlatın.
""","Hâlâ bozuk.")
P("gmail ru","""Всё ещё сломано.

пн, 11 мая 2026 г. в 15:20, Shop Support <support@shop.example>:

> Перезагрузите.
""","Всё ещё сломано.")
P("gmail ko","""아직도 고장입니다.

2026년 5월 11일 (월) 오후 3:20, Shop Support <support@shop.example>님이 작성:

> 다시 시작해 주세요.
""","아직도 고장입니다.")
P("gmail pl","""Dalej zepsute.

pon., 11 maj 2026 o 15:20 Shop Support <support@shop.example> napisał(a):

> Proszę zrestartować.
""","Dalej zepsute.")
P("gmail en wrapped three","""Still broken, both of them.

On Mon, May 11, 2026 at 3:20 PM The Shop Example Customer Care Team for
Household Appliances and Spare Parts <
support+ticket-88213-long-plus-address@service.shop.example> wrote:

> Please restart.
""","Still broken, both of them.")
P("gmail en narrow nbsp","""Still broken.

On Mon, May 11, 2026 at 3:20\u202fPM Shop Support <support@shop.example> wrote:

> Please restart.
""","Still broken.")
P("apple en","""Still broken.

> On May 11, 2026, at 3:20\u202fPM, Shop Support <support@shop.example> wrote:
> 
> Please restart.
""","Still broken.")
P("apple de","""Immer noch kaputt.

> Am 11.05.2026 um 15:20 schrieb Shop Support <support@shop.example>:
> 
> ﻿Bitte neu starten.
""","Immer noch kaputt.")
P("apple ja","""まだ壊れています。

iPhoneから送信

> 2026/05/11 15:20、Shop Support <support@shop.example>のメール:
> 
> 再起動してください。
""","まだ壊れています。")
P("outlook ja","""まだ壊れています。
至急対応してください。

________________________________
差出人: Shop Support <support@shop.example>
送信日時: 2026年5月11日 15:20
宛先: 田中 <tanaka@mail.example>
件名: Re: 修理

再起動してください。""","まだ壊れています。\n至急対応してください。")
P("outlook ko","""아직도 고장입니다.

________________________________
보낸 사람: Shop Support <support@shop.example>
보낸 날짜: 2026년 5월 11일 월요일 오후 3:20
받는 사람: 김 <kim@mail.example>
제목: Re: 수리

다시 시작해 주세요.""","아직도 고장입니다.")
P("naver","""아직도 고장입니다. 환불 요청합니다.

-----Original Message-----
From: "Shop Support"<support@shop.example>
To: <kim@mail.example>;
Cc:
Sent: 2026-05-11 (월) 15:20:33 (GMT+09:00)
Subject: Re: 수리

다시 시작해 주세요.""","아직도 고장입니다. 환불 요청합니다.")
P("daum","""환불 요청합니다.

--------- 원본 메일 ---------
보낸사람: Shop Support <support@shop.example>
받는사람 : 김 <kim@mail.example>
날짜: 2026년 5월 11일 월요일, 15시 20분 33초 +0900
제목: Re: 수리

다시 시작해 주세요.""","환불 요청합니다.")
for lang,labels,new in (("ru",("От","Отправлено","Кому","Тема"),"Всё ещё не работает."),("pl",("Od","Wysłane","Do","Temat"),"Nadal nie działa."),("sv",("Från","Skickat","Till","Ämne"),"Fungerar inte."),("da",("Fra","Sendt","Til","Emne"),"Virker ikke."),("no",("Fra","Sendt","Til","Emne"),"Virker ikke fortsatt."),("fi",("Lähettäjä","Lähetetty","Vastaanottaja","Aihe"),"Ei toimi."),("tr",("Kimden","Gönderildi","Kime","Konu"),"Çalışmıyor."),("vi",("Từ","Đã gửi","Đến","Chủ đề"),"Không hoạt động."),("it",("Da","Inviato","A","Oggetto"),"Non va."),("es",("De","Enviado","Para","Asunto"),"No funciona."),("pt",("De","Enviado","Para","Assunto"),"Não funciona."),("nl",("Van","Verzonden","Aan","Onderwerp"),"Werkt niet."),("fr",("De","Envoyé","À","Objet"),"Ne marche pas."),("cs",("Od","Odesláno","Komu","Předmět"),"Nefunguje to."),("hu",("Feladó","Elküldve","Címzett","Tárgy"),"Nem működik."),("de",("Von","Gesendet","An","Betreff"),"Geht nicht.")):
    P("outlook block "+lang, new+"\n\n"+"%s: Shop Support <support@shop.example>\n%s: 11.05.2026 15:20\n%s: Jan K <jan@mail.example>\n%s: Re: 77120\n\nPlease restart.\n"%labels, new)
# ---- other clients
P("yahoo","""   Still waiting for my refund.
    On Monday, May 11, 2026 at 03:20:33 PM GMT+8, Shop Support <support@shop.example> wrote:  
 
 Dear Mei,
your refund is on its way.
  ""","   Still waiting for my refund.","Still waiting for my refund.")
H("yahoo html","""<html><head></head><body><div class="ydp1yahoo-style-wrap" style="font-family:Helvetica"><div></div><div dir="ltr" data-setdir="false">Still waiting for my refund.</div><div><br></div></div><div id="ydp99yahoo_quoted_2" class="ydp99yahoo_quoted"><div style="font-family:'Helvetica Neue'"><div>On Monday, May 11, 2026 at 03:20:33 PM GMT+8, Shop Support &lt;support@shop.example&gt; wrote: </div><div><br></div><div>your refund is on its way.</div></div></div></body></html>""","Still waiting for my refund.")
P("aol","""Still waiting.


-----Original Message-----
From: Shop Support <support@shop.example>
To: mei.tan@mail.example <mei.tan@mail.example>
Sent: Mon, May 11, 2026 3:20 pm
Subject: Re: refund

On its way.""","Still waiting.")
P("proton","""Still waiting.

Sent with [Proton Mail](https://proton.me/mail/home) secure email.

On Monday, May 11th, 2026 at 3:20 PM, Shop Support <support@shop.example> wrote:

> On its way.
""","Still waiting.")
P("zoho","""Still waiting.




---- On Mon, 11 May 2026 15:20:33 +0800 Shop Support <support@shop.example> wrote ---

On its way.""","Still waiting.")
P("gmx de","""Immer noch nichts da.
 

Gesendet: Montag, 11. Mai 2026 um 15:20 Uhr
Von: "Shop Support" <support@shop.example>
An: joerg@mail.example
Betreff: Re: Bestellung

Ist unterwegs.""","Immer noch nichts da.")
P("mail.ru","""Деньги так и не пришли.
  
>Понедельник, 11 мая 2026, 15:20 +03:00 от Shop Support <support@shop.example>:
>
>Скоро будут.""","Деньги так и не пришли.")
P("yandex","""Деньги так и не пришли.

11.05.2026, 15:20, "Shop Support" <support@shop.example>:
> Скоро будут.
""","Деньги так и не пришли.")
P("k9","""Nope, still dead.
-- 
Sent from my Android device with K-9 Mail. Please excuse my brevity.

On 11 May 2026 15:20:33 BST, Shop Support <support@shop.example> wrote:
>Please restart.
""","Nope, still dead.")
P("k9 top no sig","""Nope, still dead.

On 11 May 2026 15:20:33 BST, Shop Support <support@shop.example> wrote:
>Please restart.

-- 
Sent from my Android device with K-9 Mail. Please excuse my brevity.""","Nope, still dead.")
P("evolution","""On Mon, 2026-05-11 at 15:20 +0800, Shop Support wrote:
> Please restart.

Did that. Twice.
""","Did that. Twice.")
P("mutt","""On Mon, May 11, 2026 at 03:20:33PM +0800, Shop Support wrote:
> Please restart.

Did that.

> Is the lamp on?

No.
""","Did that.\n\nNo.")
P("mutt star","""* Shop Support <support@shop.example> [2026-05-11 15:20]:
> Please restart.

Did that.
""","Did that.")
P("gnus","""Shop Support <support@shop.example> writes:

> Please restart.

Did that, no change.
""","Did that, no change.")
P("kmail","""On Monday, 11 May 2026 15:20:33 CEST Shop Support wrote:
> Please restart.

No change.
""","No change.")
P("becky two lines","""動きません。

On Mon, 11 May 2026 15:20:33 +0900
Shop Support <support@shop.example> wrote:

> 再起動してください。
""","動きません。")
P("em client","""Still no luck.

------ Original Message ------
From "Shop Support" <support@shop.example>
To "Mei Tan" <mei.tan@mail.example>
Date 5/11/2026 3:20:33 PM
Subject Re: order 77120

Please restart.
""","Still no luck.")
P("em client colon","""Still no luck.

------ Original Message ------
From: "Shop Support" <support@shop.example>
To: "Mei Tan" <mei.tan@mail.example>
Sent: 11/05/2026 15:20:33
Subject: Re: order 77120

>Please restart.
""","Still no luck.")
P("the bat","""Hello Shop,

Monday, May 11, 2026, 3:20:33 PM, you wrote:

SS> Please restart.

I did. It is dead.

SS> Is it under warranty?

Yes.

-- 
Best regards,
 Mei                            mailto:mei.tan@mail.example""","Hello Shop,\n\nI did. It is dead.\n\nYes.","I did. It is dead.\n\nYes.")
P("spark","""Still no luck.
On 11 May 2026 at 3:20 PM +0800, Shop Support <support@shop.example>, wrote:
> Please restart.
""","Still no luck.")
P("airmail","""Still no luck.

On 11 May 2026 at 15:20:33, Shop Support (support@shop.example) wrote:

Please restart.
""","Still no luck.")
P("win10 mail","""Still no luck.

Sent from Mail for Windows

From: Shop Support
Sent: Monday, May 11, 2026 3:20 PM
To: Mei Tan
Subject: Re: order 77120

Please restart.
""","Still no luck.")
P("superhuman","""Still no luck.

On Mon, May 11, 2026 at 3:20 PM, Shop Support < support@shop.example > wrote:

> Please restart.
""","Still no luck.")
P("blackberry","""Still no luck.

Sent from my BlackBerry 10 smartphone.
  Original Message  
From: Shop Support
Sent: Monday, May 11, 2026 3:20 PM
To: Mei Tan
Reply To: support@shop.example
Subject: Re: order 77120

Please restart.""","Still no luck.")
P("zendesk marker","""Still no luck.

##- Please type your reply above this line -##

Your request (88213) has been updated.

Shop Support: Please restart.""","Still no luck.")
P("notes","""Still no luck.

Shop Support <support@shop.example> wrote on 05/11/2026 03:20:33 PM:

> From: Shop Support <support@shop.example>
> To: Mei Tan <mei.tan@mail.example>
> Date: 05/11/2026 03:20 PM
> Subject: Re: order 77120
> 
> Please restart.
""","Still no luck.")
P("samsung en","""Still no luck.



Sent from my Galaxy


-------- Original message --------
From: Shop Support <support@shop.example>
Date: 5/11/26 3:20 p.m. (GMT+08:00)
To: Mei Tan <mei.tan@mail.example>
Subject: Re: order 77120

Please restart.
""","Still no luck.")
P("samsung de","""Geht immer noch nicht.



Von meinem Galaxy gesendet


-------- Ursprüngliche Nachricht --------
Von: Shop Support <support@shop.example>
Datum: 11.05.26 15:20 (GMT+01:00)
An: Jörg <joerg@mail.example>
Betreff: Re: 77120

Bitte neu starten.
""","Geht immer noch nicht.")
P("samsung fr","""Toujours en panne.



Envoyé depuis mon appareil Galaxy


-------- Message d’origine --------
De : Service Client <support@shop.example>
Date : 11/05/2026 15:20 (GMT+01:00)
À : Luc <luc@mail.example>
Objet : Re: 77120

Redémarrez.
""","Toujours en panne.")
P("orange webmail fr","""Toujours en panne.

> Message du 11/05/26 15:20
> De : "Service Client" <support@shop.example>
> A : "Luc" <luc@mail.example>
> Copie à : 
> Objet : Re: 77120
> 
> Redémarrez.
""","Toujours en panne.")
P("web.de app","""Immer noch kaputt.
-- 
Diese Nachricht wurde von meinem Android Mobiltelefon mit WEB.DE Mail gesendet.
Am 11.05.26, 15:20, Shop Support <support@shop.example> schrieb:

> Bitte neu starten.
""","Immer noch kaputt.")
P("outlook en underscore","""Hi,

The second one is broken too.

Thanks
Mei
________________________________
From: Shop Support <support@shop.example>
Sent: Monday, May 11, 2026 3:20 PM
To: Mei Tan <mei.tan@mail.example>
Cc: claims@shop.example <claims@shop.example>
Subject: Re: order 77120

Please restart.""","Hi,\n\nThe second one is broken too.\n\nThanks\nMei","Hi,\n\nThe second one is broken too.")
P("outlook 2003 mailto","""The second one is broken too.

-----Original Message-----
From: Shop Support [mailto:support@shop.example] 
Sent: Monday, May 11, 2026 3:20 PM
To: Mei Tan
Subject: RE: order 77120
Importance: High

Please restart.""","The second one is broken too.")
P("outlook mac","""The second one is broken too.

From: Shop Support <support@shop.example>
Date: Monday, May 11, 2026 at 3:20 PM
To: Mei Tan <mei.tan@mail.example>
Subject: Re: order 77120
Please restart.""","The second one is broken too.")
P("outlook bold text","""The second one is broken too.

*From:* Shop Support <support@shop.example>
*Sent:* Monday, May 11, 2026 3:20 PM
*To:* Mei Tan <mei.tan@mail.example>
*Subject:* Re: order 77120

Please restart.""","The second one is broken too.")
P("roundcube","""The second one is broken too.

W dniu 2026-05-11 15:20, Shop Support napisał(a):
> Please restart.
""","The second one is broken too.")
P("roundcube en","""The second one is broken too.

On 2026-05-11 15:20, Shop Support wrote:
> Please restart.
""","The second one is broken too.")
P("hey front","""The second one is broken too.

On May 11, 2026, at 3:20 PM GMT+8 support@shop.example <support@shop.example> wrote:

Please restart.
""","The second one is broken too.")
P("freemail hu","""Nem működik.

Shop Support <support@shop.example> ezt írta (időpont: 2026. máj. 11., H, 15:20):

> Indítsa újra.
""","Nem működik.")
P("gmail cs","""Nefunguje.

po 11. 5. 2026 v 15:20 odesílatel Shop Support <support@shop.example> napsal:

> Restartujte.
""","Nefunguje.")
P("gmail ar","""لا يزال معطلا.

في الاثنين، 11 مايو 2026 في 3:20 م تمت كتابة ما يلي بواسطة Shop Support <support@shop.example>:

> أعد التشغيل.
""","لا يزال معطلا.")
P("gmail th","""ยังใช้ไม่ได้

ในวันที่ จ. 11 พ.ค. 2026 เวลา 15:20 Shop Support <support@shop.example> เขียนว่า:

> รีสตาร์ท
""","ยังใช้ไม่ได้")
P("gmail id","""Masih rusak.

Pada Sen, 11 Mei 2026 pukul 15.20 Shop Support <support@shop.example> menulis:

> Mulai ulang.
""","Masih rusak.")
P("gmail uk","""Досі не працює.

пн, 11 трав. 2026 р. о 15:20 Shop Support <support@shop.example> пише:

> Перезавантажте.
""","Досі не працює.")
P("gmail ro","""Tot nu merge.

În lun., 11 mai 2026 la 15:20, Shop Support <support@shop.example> a scris:

> Reporniți.
""","Tot nu merge.")
P("gmail el","""Δεν λειτουργεί.

Στις Δευ 11 Μαΐ 2026 στις 3:20 μ.μ., ο/η Shop Support <support@shop.example> έγραψε:

> Επανεκκίνηση.
""","Δεν λειτουργεί.")
P("gmail pt-br","""Continua quebrado.

Em seg., 11 de mai. de 2026 às 15:20, Shop Support <support@shop.example>
escreveu:

> Reinicie.
""","Continua quebrado.")
P("gmail es la","""Sigue roto.

El lun, 11 de may de 2026, 3:20 p. m., Shop Support <support@shop.example>
escribió:

> Reinicie.
""","Sigue roto.")
