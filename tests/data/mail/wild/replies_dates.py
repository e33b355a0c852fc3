"""replies_dates.py - One answer over the attribution or header block of each program, unmarked and marked, with its dates; inline answers, forwards, HTML containers."""
from cases import add, P, H, A, w, head
def alts(core, *tails):
    out=[core]
    for t in tails: out.append(out[-1]+t)
    return out
O="\n\nWe shipped it on Monday.\n\nRegards\nShop\n"
# short answers over many original shapes, unmarked and marked
for i,(ans,block) in enumerate((
("Nope","On 7 Aug 2026 at 14:02 +0200, Shop Support <support@shop.example>, wrote:"),
("Nope","On Fri, Aug 07, 2026 at 02:02:11PM +0200, Shop Support wrote:"),
("Nope","Shop Support <support@shop.example> writes:"),
("Nope","On Friday, August 7, 2026, Shop Support <support@shop.example> wrote:"),
("Nope","On Aug 7, 2026, at 2:02 PM, Shop Support\n<support@shop.example> wrote:"),
("Nope","--- On Fri, 8/7/26, Shop Support <support@shop.example> wrote:"),
("Nope","-----Original Message-----\nFrom: Shop Support [mailto:support@shop.example] \nSent: 07 August 2026 14:02\nTo: Al\nSubject: RE: parcel"),
("Nope","________________________________\nFrom: Shop Support\nSent: 07 August 2026 14:02:11\nTo: Al\nSubject: RE: parcel"),
("Nope","From: Shop Support <support@shop.example>\nDate: Friday, 7 August 2026 at 14:02\nTo: Al <al@mail.example>\nSubject: Re: parcel"),
("Nope","From:        \"Shop Support\" <support@shop.example>\nTo:        al@mail.example\nDate:        07/08/2026 14:02\nSubject:        Re: parcel"),
("Nein","Am Freitag, 7. August 2026, 14:02:11 MESZ hat Shop Support <support@shop.example> Folgendes geschrieben:"),
("Nein","Am 07.08.26, 14:02 schrieb \"Shop Support\" <support@shop.example>:"),
("Nein","Von: Shop Support <support@shop.example>\nDatum: Freitag, 7. August 2026 um 14:02\nAn: Al <al@mail.example>\nBetreff: Re: parcel"),
("Nein","-----Ursprüngliche Nachricht-----\nVon: Shop Support\nGesendet: Freitag, 7. August 2026 14:02\nAn: Al\nBetreff: AW: parcel"),
("Nein","--- Original-Nachricht ---\nVon: Shop Support\nBetreff: parcel\nDatum: 07.08.2026, 14:02 Uhr\nAn: Al"),
("Non","Le vendredi 7 août 2026 à 14:02:11 UTC+2, Shop Support <support@shop.example> a écrit :"),
("Non","-------- Message d'origine --------\nDe : Shop Support <support@shop.example>\nDate : 07/08/2026 14:02 (GMT+01:00)\nÀ : al@mail.example\nObjet : Re: parcel"),
("Non","De : Shop Support <support@shop.example>\nEnvoyé : vendredi 7 août 2026 14:02\nÀ : Al\nCc : Boss\nObjet : RE: parcel"),
("Non","Envoyé: vendredi 7 août 2026 à 14:02\nDe: \"Shop Support\" <support@shop.example>\nÀ: al@gmx.fr\nObjet: parcel"),
("No","El vie., 7 ago. 2026 14:02, Shop Support <support@shop.example> escribió:"),
("No","De: Shop Support <support@shop.example>\nFecha: viernes, 7 de agosto de 2026, 14:02\nPara: Al\nAsunto: Re: parcel"),
("No","Il ven 7 ago 2026, 14:02 Shop Support <support@shop.example> ha scritto:"),
("No","Da: Shop Support <support@shop.example>\nInviato: venerdì 7 agosto 2026 14:02\nA: Al\nOggetto: R: parcel"),
("Não","Em 07/08/2026 14:02, Shop Support escreveu:"),
("Não","De: Shop Support <support@shop.example>\nData: sexta-feira, 7 de agosto de 2026 às 14:02\nPara: Al\nAssunto: Re: parcel"),
("Nee","Op vr 7 aug. 2026 om 14:02 schreef Shop Support <support@shop.example>:"),
("Nee","Van: Shop Support <support@shop.example>\nDatum: vrijdag 7 augustus 2026 om 14:02\nAan: Al\nOnderwerp: Re: parcel"),
("Nej","Den fre 7 aug. 2026 14:02Shop Support <support@shop.example> skrev:"),
("Nej","Fra: Shop Support <support@shop.example>\nSendt: 7. august 2026 14:02\nTil: Al\nEmne: SV: parcel"),
("Nei","fre. 7. aug. 2026, 14:02 skrev Shop Support <support@shop.example>:"),
("Ei","pe 7. elok. 2026 klo 14.02 Shop Support <support@shop.example> kirjoitti:"),
("Nie","W dniu pt., 7.08.2026 o 14:02 Shop Support <support@shop.example> napisał(a):"),
("Nie","Od: Shop Support <support@shop.example>\nData: piątek, 7 sierpnia 2026 14:02\nDo: Al\nTemat: Re: parcel"),
("Нет","пт, 7 авг. 2026 г., 14:02 Shop Support <support@shop.example>:"),
("Нет","От: Shop Support <support@shop.example>\nДата: пятница, 7 августа 2026 г. в 14:02\nКому: Al\nТема: Re: parcel"),
("Нет","07.08.2026 14:02, Shop Support пишет:"),
("Hayır","7 Ağu 2026 Cum 14:02 tarihinde Shop Support <support@shop.example> şunu yazdı:"),
("Không","Vào T6, 7 thg 8, 2026 lúc 14:02 Shop Support <support@shop.example> đã viết:"),
("いいえ","2026年8月7日(金) 14:02 Shop Support <support@shop.example>:"),
("いいえ","On 2026/08/07 14:02, Shop Support wrote:"),
("いいえ","-----Original Message-----\nFrom: Shop Support <support@shop.example>\nSent: Friday, August 7, 2026 2:02 PM\nTo: 'Al'\nSubject: Re: parcel"),
("いいえ","差出人: Shop Support <support@shop.example>\n日時: 2026年8月7日 金曜日 14:02\n宛先: Al\n件名: Re: parcel"),
("아니요","보낸 사람: Shop Support <support@shop.example>\n날짜: 2026년 8월 7일 금요일 오후 2:02\n받는 사람: Al\n제목: Re: parcel"),
("아니요","-----Original Message-----\nFrom: \"Shop Support\"<support@shop.example>\nTo: \"Al\"<al@naver.example>;\nCc:\nSent: 2026-08-07 (금) 14:02:11 (GMT+09:00)\nSubject: parcel"),
("没有","Shop Support <support@shop.example> 于2026年8月7日周五 14:02写道："),
("没有","在 2026年8月7日 14:02，Shop Support<support@shop.example> 写道："),
("没有","在2026年08月07日 14:02，Shop Support 写道:"),
("没有","At 2026-08-07 14:02:11, \"Shop Support\" <support@shop.example> wrote:"),
("没有","------------------&nbsp;原始邮件&nbsp;------------------\n发件人: \"Shop Support\" <support@shop.example>;\n发送时间:&nbsp;2026年8月7日(星期五) 下午2:02\n收件人:&nbsp;\"Al\"<al@qq.com>;\n主题:&nbsp;Re: parcel"),
("没有","------------------ Original ------------------\nFrom: \"Shop Support\" <support@shop.example>;\nDate: Fri, Aug 7, 2026 02:02 PM\nTo: \"Al\"<al@qq.com>;\nSubject: Re: parcel"),
("没有","发件人： Shop Support\n发送时间： 2026-08-07  14:02\n收件人： al\n抄送： boss\n主题： Re: parcel"),
("没有","发件人：Shop Support<support@shop.example>\n日期：2026年8月7日(周五) 14:02\n主题：Re: parcel\n收件人：Al<al@corp.example>"),
("没有","发自：Shop Support <support@shop.example>\n时间：2026-08-07 14:02\n收件：Al\n标题：Re: parcel"),
("沒有","寄件者: Shop Support <support@shop.example>\n寄件日期: 2026年8月7日 下午 02:02\n收件者: Al\n主旨: RE: parcel"),
("沒有","Shop Support <support@shop.example> 於 2026/8/7 14:02 寫道："),
("沒有","寄件人：Shop Support <support@shop.example>\n傳送時間：2026年8月7日星期五 下午2:02\n收件人：Al\n主題：Re: parcel"),
)):
    P("shape %02d %s"%(i,block.split("\n")[0][:36]), ans+"\n\n"+block+O, ans)
    if i%3==0: P("shape %02d marked"%i, ans+"\n\n"+block+"\n"+"".join("> "+l+"\n" for l in O.strip().split("\n")), ans)
    if i%5==0: P("shape %02d all marked"%i, ans+"\n\n"+"".join("> "+l+"\n" for l in (block+O).strip().split("\n")), ans)
P("twice inline long","Hello,\n\nOn 07/08/2026 14:02, Shop wrote:\n> Please tell us the colour and the size, and whether you want to keep\n> the first parcel.\n\nRed, M.\nKeep it.\n\n> Where shall we send it?\n\nSame address.\n\nAl\n", *alts("Hello,\n\nRed, M.\nKeep it.\n\nSame address.","\n\nAl"))
P("indent quote", "Yes.\n\nShop <support@shop.example> wrote on 07.08.2026 14:02:\n\n    Is it working?\n    Shop\n", "Yes.")
P("pipe quote", "Yes.\n\nOn Fri, 7 Aug 2026, Shop wrote:\n\n| Is it working?\n| Shop\n", "Yes.")
P("initials quote", "SH> Is it working?\nYes it is.\n", "Yes it is.", "SH> Is it working?\nYes it is.")
P("phone zh oppo", "今天还没到\n\n发自我的OPPO手机\n\n-------- 原始邮件 --------\n发件人：Shop <support@shop.example>\n时间：2026-08-07 14:02\n收件人：al\n主题：Re: parcel\n您好", "今天还没到","今天还没到\n\n发自我的OPPO手机")
P("vivo", "不要了，退款吧\n来自vivo手机\n", "不要了，退款吧","不要了，退款吧\n来自vivo手机")
P("signature with card zh", "请开专票。\n\n--------------------------------\n刘洋  采购经理\n某某股份有限公司\n地址：上海市浦东新区1号\n电话：021-12345678\n手机：13800000000\n邮箱：ly@corp.example\n", "请开专票。", "请开专票。\n\n--------------------------------\n刘洋  采购经理\n某某股份有限公司\n地址：上海市浦东新区1号\n电话：021-12345678\n手机：13800000000\n邮箱：ly@corp.example")
P("de grussformel kontakt", "Der Schlauch ist undicht.\n\nMit freundlichem Gruß\n\ni. A. Karl Otto\nEinkauf\n\nOtto KG\nWeg 1\n12345 Stadt\nTel.: 030 1234567\nFax: 030 1234568\nkarl@otto.example\n", *alts("Der Schlauch ist undicht.","\n\nMit freundlichem Gruß","\n\ni. A. Karl Otto","\nEinkauf","\n\nOtto KG\nWeg 1\n12345 Stadt\nTel.: 030 1234567\nFax: 030 1234568\nkarl@otto.example"))
P("forwarded by lotus", "please handle\n\n----- Forwarded by Al/CORP on 07.08.2026 14:02 -----\n\nFrom: Courier <c@courier.example>\nTo: Al\nDate: 06.08.2026\nSubject: lost\n\nWe lost it.\n", "please handle\n\n----- Forwarded by Al/CORP on 07.08.2026 14:02 -----\n\nFrom: Courier <c@courier.example>\nTo: Al\nDate: 06.08.2026\nSubject: lost\n\nWe lost it.", subject="Fw: lost")
f="看看这个\n\n---------- 转发的邮件 ----------\n发件人：快递 <c@kd.example>\n日期：2026年8月6日\n主题：丢件\n收件人：我\n\n包裹丢失\n"
P("forward 126", f, f, subject="Fw:丢件")
f="---------- Forwarded message ---------\nDe: Courier <c@courier.example>\nDate: jeu. 6 août 2026 à 10:00\nSubject: perdu\nTo: <al@mail.example>\n\nColis perdu.\n"
P("forward fr without comment", f, f, subject="Fwd: perdu")
for n,t in (("prices with angle","Sizes < 40 are free.\n> 40 costs 5 EUR.\nI have 42 and paid 9. Why?"),
 ("minutes","Call minutes:\n10:02 Agent: hello\n10:05 Agent hung up.\n10:09 called again.\n\nNobody helped."),
 ("customer cites date and said","On 7 August 2026 your Mr. Berg said by phone:\n\"You get a new one.\"\nNothing came."),
 ("legal letter","Re: contract 5512\nDate: 7 August 2026\n\nDear Sirs,\nI hereby withdraw from the contract.\n\nAl Berg"),
 ("steps","1. From the menu: choose Export\n2. To the folder: Desktop\n3. Date: today\n\nThen it crashes."),
 ("zh steps","操作步骤：\n1、打开\n2、设置\n---------\n结果：黑屏\n---------\n请指导。"),
 ("email in text","write me at al@mail.example at 14:02:\nno, at 15:00."),
 ("kv csv","date;item;fault\n2026-08-07;lamp;dark\n2026-08-08;cup;crack"),
 ("markdown","# Problem\n\n> It says \"error\".\n\n## Wish\n\n* fix it\n"),
 ("sig like end","I want three things:\n--\nrefund, apology and a new lamp, and I want them before the end of this month because we move on the first of September to a new house?")):
    P("trap "+n, t, t, subject="lamp")
H("html netease 126 quote by blockquote id", '<div>换颜色</div><br><div>在 2026-08-07 14:02:11，"Shop" &lt;s@shop.example&gt; 写道：</div><blockquote name="replyContent" class="ReferenceQuote"><div>您好</div></blockquote>', "换颜色")
H("html qq with includetail", '<div>换颜色</div><div><includetail><div>&nbsp;</div><div style="font:Verdana normal 14px;color:#000;"><div style="FONT-SIZE: 12px;">------------------&nbsp;Original&nbsp;------------------</div><div style="background:#efefef"><div id="menu_sender"><b>From: </b>&nbsp;"Shop"&lt;s@shop.example&gt;;</div><div><b>Date: </b>&nbsp;Fri, Aug 7, 2026 02:02 PM</div><div><b>To: </b>&nbsp;"al"&lt;al@qq.com&gt;;</div><div><b>Subject: </b>&nbsp;Re: parcel</div></div><div>hello</div></div></includetail></div>', "换颜色")
H("html foxmail 7 mix", '<div><span></span>可以，谢谢</div><div><br></div><div><hr style="width:210px;height:1px;" color="#b5c4df" size="1" align="left"><div><span><div style="MARGIN:10px"><div>Al</div></div></span></div></div><blockquote style="margin-top:0px"><div>&nbsp;</div><div style="border-top:solid #B5C4DF 1.0pt"><div style="background:#EFEFEF"><div><b>From:</b>&nbsp;<a href="mailto:s@shop.example">Shop</a></div><div><b>Date:</b>&nbsp;2026-08-07&nbsp;14:02</div><div><b>To:</b>&nbsp;al</div><div><b>Subject:</b>&nbsp;Re: parcel</div></div></div><div>hi</div></blockquote>', "可以，谢谢","可以，谢谢\n\nAl")
H("html apple mail mac forward", '<html><body>See this.<br><div><br><blockquote type="cite"><div>Begin forwarded message:</div><br><div><b>From: </b>Courier &lt;c@courier.example&gt;</div><div><b>Subject: </b>lost</div><div><b>Date: </b>6 August 2026</div><div><b>To: </b>Al</div><br><div>We lost it.</div></blockquote></div></body></html>', "See this.\n\n> Begin forwarded message:\n>\n> From: Courier <c@courier.example>\n> Subject: lost\n> Date: 6 August 2026\n> To: Al\n>\n> We lost it.","See this.\n\n> Begin forwarded message:\n\n> From: Courier <c@courier.example>\n> Subject: lost\n> Date: 6 August 2026\n> To: Al\n\n> We lost it.","See this.\n\nBegin forwarded message:\n\nFrom: Courier <c@courier.example>\nSubject: lost\nDate: 6 August 2026\nTo: Al\n\nWe lost it.", subject="Fwd: lost")
H("html yahoo intl", '<div>Nein, noch nicht.</div><div class="ydpyahoo_quoted"><div>Am Freitag, 7. August 2026 um 14:02:11 MESZ hat Shop &lt;s@shop.example&gt; Folgendes geschrieben:</div><div>da?</div></div>', "Nein, noch nicht.")
H("html tutanota", '<div>Not yet.</div><br><div><br></div>07.08.2026, 14:02 by s@shop.example:<br><blockquote class="tutanota_quote" style="border-left:1px solid #93A3B8"><div>there?</div></blockquote>', "Not yet.")
H("html hey", '<div class="trix-content"><div>Not yet.</div><br><br></div><div>On August 7, 2026, Shop &lt;s@shop.example&gt; wrote:</div><blockquote>there?</blockquote>', "Not yet.")
H("html missive", '<div>Not yet.</div><div class="missive_quote">On Aug 7, 2026 at 14:02, Shop &lt;s@shop.example&gt; wrote:<blockquote>there?</blockquote></div>', "Not yet.")
H("html letter with quote style paragraph", '<p>The manual states:</p><p style="margin-left:40px"><i>Keep dry.</i></p><p>But you sold it as a bath lamp.</p>', "The manual states:\n\nKeep dry.\n\nBut you sold it as a bath lamp.", subject="lamp")
H("html outlook inline red", '<p class=MsoNormal>Answers in red below.</p><div style="border:none;border-top:solid #E1E1E1 1.0pt"><p class=MsoNormal><b>From:</b> Shop<br><b>Sent:</b> Friday, August 7, 2026 2:02 PM<br><b>To:</b> Al<br><b>Subject:</b> RE: parcel</p></div><p class=MsoNormal>Colour? <span style="color:red">red</span></p>', "Answers in red below.")
