"""signatures.py - the lines of programs and phones of China, and blocks of contacts below a text without delimiter or closing formula: those that are a signature,
and those that are what the customer wants to say."""
from cases import *

# ---- what programs and phones add ----
ADDED = """
发自企业微信
来自企业微信
发自企业微信邮箱
发自企业微信手机版
发自我的企业微信
通过企业微信发送
发自飞书
发自飞书邮箱
来自飞书
来自飞书邮箱
从飞书发送
通过飞书发送
发自飞书移动端
发自Lark
发自钉钉
发自钉钉邮箱
来自钉钉
来自钉钉邮箱
通过钉钉发送
发自139邮箱
[发自139邮箱]
来自139邮箱
发自手机139邮箱
来自中国移动139邮箱
发自189邮箱
来自189邮箱
发自天翼189邮箱
发自新浪邮箱
发自新浪邮箱客户端
来自新浪邮箱
发自新浪微博
发自腾讯企业邮
发自腾讯企业邮箱
来自腾讯企业邮箱
发自腾讯企业邮App
发自HarmonyOS
发自 HarmonyOS 设备
发自我的HarmonyOS手机
来自HarmonyOS
发自鸿蒙手机
发自鸿蒙系统
发自华为
发自华为平板
发自华为邮箱
发自vivo
发自我的vivo
发自vivo X100 Pro
从vivo手机发送
发自OPPO
发自OPPO Find X7
发自荣耀
发自荣耀手机
发自荣耀Magic6
来自荣耀手机
发自HONOR
发自HONOR Magic6
来自HONOR
发自小米
发自小米邮件
发自魅族
发自一加手机
发自realme
发自三星
发自网易邮箱大师
发自搜狐邮箱
发自阿里邮箱
发自微信
发自QQ邮箱
来自QQ邮箱
发自Foxmail
发自我的平板
發自企業微信
來自企業微信
發自飛書
來自飛書
發自釘釘
來自釘釘
發自釘釘郵箱
發自139郵箱
發自189郵箱
發自新浪郵箱
發自騰訊企業郵
發自騰訊企業郵箱
發自HarmonyOS
發自 HarmonyOS 裝置
發自鴻蒙手機
發自華為
來自華為手機
發自vivo
發自OPPO
發自榮耀
發自榮耀手機
來自榮耀手機
發自HONOR
發自小米
發自三星
Sent from WeCom
Sent from WeCom Mail
Sent from WeChat Work
Sent via WeCom
Sent from Lark
Sent from Lark Mail
Sent via Lark
Sent from Feishu
Sent from Feishu Mail
Sent from DingTalk
Sent from DingTalk Mail
Sent via DingTalk
Sent from DingMail
Sent from 139 Mail
Sent from 139mail
Sent from 189 Mail
Sent from Sina Mail
Sent from Tencent Exmail
Sent from Tencent Enterprise Mail
Sent from Exmail
Sent from HarmonyOS
Sent from my HarmonyOS phone
Sent from HONOR
Sent from HONOR Magic6
Sent from my Honor phone
Sent from vivo
Sent from my vivo
Sent from OPPO
Sent from my OPPO
Sent from realme
Sent from OnePlus
Sent from QQ Mail
Sent from Foxmail
Sent from NetEase Mail Master
Sent from Meizu
"""
for line in ADDED.strip().split("\n"):
    P("program: " + line, "还是没有收到，请查一下。\n\n" + line + "\n", "还是没有收到，请查一下。")
# a customer speaks of the same programs
for line in ("发自企业微信的消息我一条也没收到。", "来自飞书的通知一直没有停过", "通过钉钉发送的合同打不开", "發自飛書的通知打不開", "Sent from Lark this morning, and nobody answered", "sent from WeCom twice, no answer", "从荣耀手机换来的屏幕是坏的"):
    P("speaks of a program: " + line, "发票还是错的，请重开。\n\n" + line + "\n", "发票还是错的，请重开。\n\n" + line)

# ---- blocks of contacts that are a signature: out of the reply ----
def first_name(block): return block.split("\n")[0].split("|")[0].strip()
def mail_by(sender, name, body, *want):
    """sender: a display name, or name and address."""
    if "<" not in sender and "@" not in sender: sender = sender + " <k7@mail.example>"
    shown, _, address = sender.rpartition("<")
    shown = shown.strip()
    shown = "" if not shown else w(shown) + " <" if not shown.isascii() else '"%s" <' % shown
    add(name, head(sender=shown + address) + "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n" + body, reply=list(want))
def B(name, text, block, tail="", sender=None):
    mail_by(sender or first_name(block), "contacts: " + name, text + "\n\n" + block + "\n" + tail, text)
B("en name, role and firm, number", "The spindles came back unrepaired for the second time. We have lost three working days over this.", "Priya Raman\nPlant Manager, Kestrel Looms\n+91 422 555 0170")
B("en bars between", "You billed us twice for October and nobody answers the ticket.", "Owen Pritchard | Accounts\nHafod Slate & Stone\nD: 01286 496 011 | M: 07700 900 611")
B("en below closing and name", "The second delivery is short by four boxes. What happens now?\n\nRegards,\nMarta", "Marta Wieland | Operations Director\nNorthgate Catering\nT: 0191 498 0022")
B("en address of mail only", "The refund of 12 October still has not reached us, that is five weeks.", "Daniel Osei\nOsei Interiors Ltd.\ndaniel@osei.example")
B("en web below", "The proofs show the wrong logo on every page from 3 to 9.", "Lena Fox\nFox & Daughters Printing\n+44 7700 900 455\nwww.foxprint.example")
B("en firm first", "Your engineer broke the seal and left without a word. Please send someone who can fit a new one.", "Harbour View Guest House\nMarine Parade 14, Whitby\nTel. 01947 496 0330")
B("en three numbers in a line", "The lift has been out since Monday and two tenants cannot leave their flats.", "Gareth Moss\nMoss Property Management\nt +44 20 7946 0101 f +44 20 7946 0102")
B("en North America", "We still see charges on the cancelled line.", "Bill Ortega\nOrtega & Sons Roofing\n(206) 555-0147")
B("en above a phone's line", "The part does not fit, it is 4 mm too wide.", "Ann Doyle\nDoyle Cycles\n+353 1 555 0199", "\nSent from my iPhone\n")
B("en above what is quoted", "That is not what we agreed on the phone.", "Ruth Adler\nAdler Textiles\n+44 161 496 0770", "\nOn Mon, 4 May 2026 at 10:00, Shop <s@shop.example> wrote:\n> It was agreed.\n")
B("en above a notice", "The certificate you sent has expired in March.", "Tom Beck\nBeck Calibration\nPhone: +44 117 496 0005", "\nThis e-mail and any attachments are confidential and intended for the addressee.\n")
B("en label at the end of the number", "The meter runs backwards since you changed it.", "Sian Hughes\nHughes Dairy\n+44 7700 900 812 (mobile)")
B("zh name, firm, labels", "你们发来的轴承型号又错了，图纸上写的是6204，到货是6203，产线已经停了半天。", "周建国\n恒力传动设备有限公司 采购部\n电话：0571-8800 0000 转 206\n手机：138 0000 2217")
B("zh name and firm with role", "十月的账单把已经停用的三条专线也算进去了，请更正后重开发票。", "林晓\n海川数据 | 网络负责人\nT 0755-8200 0000")
B("zh name, department, firm", "冷柜半夜报警三次，值班电话没有人接，货全部化冻。", "高敏\n仓储部\n青岛海润食品有限公司\n电话：0532-8080 0000")
B("zh with address of the firm", "第二批地板颜色和样品明显不一样，工地要求全部退换。", "赵磊\n鼎盛装饰工程有限公司\n电话：025-8400 0000\n地址：南京市鼓楼区中山北路66号")
B("zh title and mobile", "说好周三给结果，今天已经周五了，没有一个人联系过我们。", "孙经理\n瑞丰物业服务中心\n手机 139 0000 4471")
B("zh mail only", "体检报告里有两页是别人的，名字都对不上。", "何婷\n北辰科技有限公司 人力资源部\nheting@beichen.example")
B("zh above quote", "问题依旧，重启过两次也没有用。", "邓洪\n蓝图设计院 信息中心\n电话：010-6200 0000", "\n发件人: 服务台 <s@shop.example>\n发送时间: 2026年6月3日 16:20\n收件人: 邓洪\n主题: 网络\n\n请重启。")
B("zh-Hant labels", "保費又多扣了一期，上次也是這樣，請把多扣的退回。", "陳怡君\n宏達保險經紀人 行政部\nTEL: 02-2700-0000 分機 318\nFAX: 02-2700-0001")
B("zh-Hant firm", "展位的電源到開展當天都沒有接好，損失誰負責？", "劉志豪\n大同展覽設計股份有限公司\n電話：02-2500-0000")
B("zh-Hant mail", "合約上的金額和報價單差了三千元。", "黃雅婷\n日光室內設計有限公司\nya-ting@sunroom.example")
B("de name, firm, street, number", "Die Fenster sind zwei Zentimeter zu schmal, so können wir nicht einbauen.", "Jörg Kampmann\nKampmann Fensterbau GmbH\nIndustriestraße 12 · 59192 Bergkamen\nTel.: 02307 000 00-0 · Fax: 02307 000 00-9")
B("de practice below closing and name", "Der Stuhl wackelt seit der Reparatur noch stärker. Was schlagen Sie vor?\n\nFreundliche Grüße\nAnja Reiter", "Zahnarztpraxis Dr. Reiter\nMarktplatz 3 · 86150 Augsburg\nTel.: 0821 000 00-0", sender="Reiter, Anja <reiter@praxis.example>")
B("de firm and department below closing", "Der zugesagte Termin ist verstrichen, wir brauchen einen neuen.\n\nViele Grüße\nUte Sommer", "Stadtwerke Lindau GmbH\nEinkauf\nTel. +49 8382 000 114", sender="Ute Sommer")
B("de mobile", "Seit dem Update druckt die Kasse keine Bons mehr.", "Mehmet Aydin\nBäckerei Aydin\nMobil: 0151 000 00 223")
B("de ends with register address", "Auf der Rechnung fehlt die Steuernummer, wir zahlen so nicht.", "Sabine Krug\nLeiterin Buchhaltung\nKrug & Partner\ns.krug@krugpartner.example\nwww.krugpartner.example")
B("fr role and firm", "La machine à glace est en panne depuis samedi et personne ne rappelle.", "Élodie Garnier\nGérante, Café des Halles\nTél. : 02 40 00 00 17")
B("fr firm and street", "Le devis ne correspond pas du tout à ce qui a été posé.", "Menuiserie Le Goff\n14 rue des Tanneurs, 29000 Quimper\nTél. 02 98 00 00 41")
B("fr mobile", "Deux palettes sur trois étaient mouillées à l'arrivée.", "Karim Haddad\nResponsable logistique\nPort. : 06 00 00 12 34")
B("es role and firm", "El técnico no se presentó y la cámara sigue sin enfriar.", "Lucía Ferrer Gil\nJefa de cocina · Restaurante La Marina, S.L.\nT. 964 000 000")
B("es mobile", "La factura de octubre incluye un servicio que nunca pedimos.", "Tomás Rueda\nAdministración\nMóvil: 600 000 114")
B("it firm", "Il frigorifero è arrivato ammaccato e il corriere non ha voluto annotarlo.", "Giulia Ferri\nFerri Arredamenti S.r.l.\nTel. 051 000 0147")
B("it mail", "La fattura riporta ancora la vecchia partita IVA.", "Marco Bassi\nUfficio Acquisti\nacquisti@bassi.example")
B("pt firm", "As portas chegaram riscadas e faltam as dobradiças. Quem paga a devolução?", "Rui Tavares\nTavares & Filhos, Lda.\nTlm. 910 000 221")
B("pt Brazil", "O boleto veio com o valor errado pela terceira vez.", "Camila Prado\nPrado Eventos Ltda.\n(11) 5555-0144")
B("nl bar and plain number", "De koelcel staat sinds gisteren stil en de monteur komt niet opdagen.\n\nGroet,\nSanne", "Sanne de Wit | Bedrijfsleider\nBloemenhuis Haarlem\n023 - 000 00 00")
B("nl firm", "De factuur klopt niet, er staan veertig uren te veel op.", "Pieter van der Meer\nVan der Meer Techniek B.V.\nTel. 030 000 0144")
B("ja firm", "納品された部品の寸法が図面と違います。本日中に状況をお知らせください。", "佐藤健一\n株式会社丸山製作所 購買部\nTEL: 03-5555-0110\nFAX: 03-5555-0111")
B("ja mail", "先月の請求に解約済みの回線が含まれています。", "中村由美\n有限会社みなと企画\nnakamura@minato.example")
B("ko two numbers in a line", "지난주에 교체한 펌프에서 또 소음이 납니다.", "이정민 대리\n한빛ENG 설비팀\nTel. 02-555-0110 / Mobile. 010-0000-0110")
B("ko firm", "계약서와 다른 제품이 도착했습니다. 회수 일정을 알려 주십시오.", "최수진\n(주)다온유통 구매팀\n전화: 031-555-0120")
B("ru firm", "Вторую неделю лифт стоит, жильцы носят коляски на руках.", "Ирина Соколова\nУправляющая компания «Уют»\nТел.: +7 495 000-00-17")
B("ru mail", "В акте указаны работы, которых никто не делал.", "Павел Громов\nГлавный инженер\ngromov@uyut.example")
B("pl firm", "Dostarczone palety były mokre, a kierowca odmówił spisania protokołu.", "Magdalena Wrona\nDrukarnia Fala Sp. z o.o.\ntel. 22 000 00 41")
B("sv firm", "Vi har väntat i tre veckor på reservdelen.", "Karin Lindqvist\nLindqvist Bygg AB\nTel: 08-000 01 44")
B("no firm", "Fakturaen er sendt til feil avdeling for tredje gang.", "Ola Hansen\nDaglig leder\nTlf. 22 00 01 10")
B("tr firm", "Teslim edilen ürünlerin yarısı kırık çıktı.", "Elif Demir\nDemir Mobilya Ltd.\nTel: 0212 000 01 10")
B("a lone address of mail, zh", "预约的安装师傅没有来，也没有人打招呼，白等了一天。", "zhanglin@mail.example", sender="zhanglin@mail.example")
B("a lone address of mail, zh above a header block", "合同第三条写的是三十天，不是六十天，请更正后再寄。", "wangqian@beta.example", "\n发件人： 李雷\n发送时间： 2026-10-26 09:12\n收件人： wangqian\n主题： 合同\n请看合同。", sender="wangqian@beta.example")
B("a lone address of mail, en", "The invoice still carries the old VAT number.", "accounts@hafod.example", sender="accounts@hafod.example")

# ---- what looks like such a block and is what the customer wants to say: stays ----
# All of these are sent by whom the first line names, for else it is told by that alone.
def K(name, text, block, tail="", sender=None):
    mail_by(sender or first_name(block), "words: " + name, text + "\n\n" + block + "\n" + tail, text + "\n\n" + block)
K("en another of the same name", "It is my mother who has had no line since Friday, not me.", "Maria Lind\nLind Lamps Ltd.\n+46 70 000 11 22", sender="Dana Lind <dana.lind@mail.example>")
K("en moved", "We moved last week and the old line is dead.", "Dana Lind\nLind Lamps Ltd.\n+46 70 000 11 22")
K("en misspelt", "You misspelt the customer on our contract.", "Dana Lind\nLind Lamps Ltd.\n+46 70 000 11 22")
K("zh a brother", "出问题的是我弟弟家的表，不是我家的，麻烦改过来。", "张国伟\n恒力传动设备有限公司 采购部\n电话：0571-8800 0000", sender="张国强")
K("zh a repairman's card", "上门的师傅态度恶劣，这是他留下的名片。", "张国强\n恒力传动设备有限公司 售后部\n电话：0571-8800 0000", sender="Li Wei <li.wei@mail.example>")
K("zh moved", "我们上周搬到新厂房了，旧线路已经停用。", "张国强\n恒力传动设备有限公司 采购部\n电话：0571-8800 0000")
K("en introduced by a colon", "Please use these details from now on:", "Priya Raman\nKestrel Looms\n+91 422 555 0170")
K("en asks for a call", "The heating is still off. Please call me on the number below.", "Owen Pritchard\nHafod Slate\n07700 900 611")
K("en ring me", "Nobody turned up again. Ring me before you come, I need an hour to get there.", "Marta Wieland\nNorthgate Catering\n0191 498 0022")
K("en deliver to", "It went back to the depot twice. Please deliver it to our workshop instead.", "Kestrel Looms\nMill Road 4, Leeds\n0113 496 0044")
K("en send the replacement to", "The chair arrived broken. Send the new one to my sister, she is at home all day.", "Ruth Adler\nElm Street 9, Bath\n01225 496 007")
K("en new address", "We have moved, the address is new.", "Hafod Slate & Stone\nQuarry Lane 2, Bethesda\n01248 496 010")
K("en invoice to another firm", "The bill names the wrong company. Please make it out to this one.", "Northgate Catering Ltd.\nHigh Street 5, Gateshead\naccounts@northgate.example")
K("en a form with labels", "Your site does not take my claim, so here it is by mail.", "Name: Tom Beck\nPhone: +44 117 496 0005\nOrder: 55012")
K("en half a form", "The claim form on your site does not work.", "Tom Beck\nOrder: 55012\nPhone: +44 117 496 0005")
K("en order facts", "Nothing has arrived since the notice of last week.", "Tom Beck\nOrder 55012\n+44 117 496 0005")
K("en list of people with numbers", "Three of the badges are missing, please print them again.", "Anna Berg\n07700 900 101\nTom Lee\n07700 900 102")
K("en list of people in lines", "Two guests could not check in.", "Anna Berg 07700 900 101\nTom Lee 07700 900 102")
K("en text breaks off", "The man your office sent was", "Peter Small\nSmall Plumbing Ltd.\n0161 496 0021")
K("en lower case chat", "the lamp is dead again and i am tired of it.", "tom from flat 9\n07700 900 101")
K("en shouted", "The lift is stuck again and there are people in it.", "CALL ME NOW\n07700 900 101")
K("en lines like verse", "I bought a lamp from you in May. It shone for just a single day.", "Now it sits dark\nand so do I\nno one picks up on 0800 496 0000")
K("en nothing but name and number", "Hello,", "Tom Beck\n+44 117 496 0005")
K("en little above", "Still broken.", "Tom Beck\nBeck Calibration\n+44 117 496 0005")
K("en price list", "The shelf prices differ from what the till charged.", "Blue Lamp\nGreen Lamp\n£12.50 each, card 0044 1234 567")
K("en table", "The readings do not match the bill.", "Kitchen\t4410\nHall\t0161 496 0021")
K("en items with marks", "These parts were missing from the crate.", "- Left Bracket\n- Right Bracket 0161 496 0021")
K("en opening hours", "You came when the shop was closed.", "Lamp House\nMon-Fri 9:30 to 18:00\n0161 496 0021")
K("en link to the product", "It is the one that flickers.", "Nordic Table Lamp\nwww.shop.example/lamps/nordic")
K("en account to pay to", "You said the refund bounced, so please try this account.", "Tom Beck\nNorthern Bank\n12-34-56 00012345\n+44 117 496 0005")
K("en serial number", "The second unit fails the same way.", "Oslo Lamp\nSerial 0012 345 678")
K("en digits alone", "You asked which meter it is and which number it shows.", "Meter Cellar\n0012345678")
K("en lone address asked for", "Please send the invoice by mail to this address.", "accounts@hafod.example", sender="accounts@hafod.example")
K("en lone address behind a colon", "My new address is:", "daniel@osei.example", sender="daniel@osei.example")
K("zh a first line that begins like a name", "师傅上次来的时候没有人在家，又白跑了。", "周末白天都在\n13800000000", sender="周末白天")
K("en three letters of another's address", "The contractor on site is not the one you announced.", "Dan Moss\nMoss Property\n+44 117 496 0005", sender="Jordan Hale <jordan@mail.example>")
K("en a text that breaks off below a greeting", "It broke again, all of it.\n\nKind regards to your fitter too\nwhose card I found under the sink today and it says", "Tom Beck\nBeck Calibration\n+44 117 496 0005")
K("en asked for above a sentence and thanks", "The lamp is dark again. Please call me before noon.\nIt has been like this since Monday.\nThanks!", "Tom Beck\nBeck Calibration\n+44 117 496 0005")
K("en asked for one sentence earlier", "The lamp is dark again. Please call me before noon.\nIt has been like this since Monday.", "Tom Beck\nBeck Calibration\n+44 117 496 0005")
B("de street and town", "Die gelieferten Stühle haben alle dieselbe schiefe Naht.", "Anna Berg\nBerg Interieur GmbH\nLindenallee 4\n48143 Münster\nTel. 0251 000 00-0")
B("en address with its link", "The second unit fails the same way.", "Anna Berg\nBerg Interiors\nE: anna@berg.example <mailto:anna@berg.example>")
K("en a street first", "It went back to the depot for the second time.", "Berg House, Mill Road 4\nBerg Ltd.\n+44 117 496 0005", sender="Anna Berg")
K("en a label nobody knows", "It went back to the depot for the second time.", "Tom Beck\nOrder: Blue Lamp\n+44 117 496 0005")
K("en a cry within", "It went back to the depot for the second time.", "Tom Beck\nLamp Dead Again!\n+44 117 496 0005")
K("en a number too short for a telephone", "It went back to the depot for the second time.", "Tom Beck\n+44 12")
K("en a number too long for a telephone", "It went back to the depot for the second time.", "Tom Beck\n+44 117 496 0005 1234 5678")
K("en a table without numbers", "These are the rooms and how they feel.", "Tom Beck\nCold\tKitchen\nWarm\tHall\n+44 117 496 0005")
mail_by("Tom Beck", "contacts: en one number below a closing formula", "It went back to the depot for the second time.\n\nKind regards\nTom Beck\n+44 117 496 0005\n", "It went back to the depot for the second time.\n\nKind regards")
mail_by("周建国", "contacts: zh one number below a closing formula", "轴承型号又错了，产线已经停了半天。\n\n祝好\n周建国\n手机：13800002217\n", "轴承型号又错了，产线已经停了半天。\n\n祝好")
K("en too many lines", "The crate was opened on the way and repacked.", "Anna Berg\nBerg Interiors\nDesign Office\nTel. +44 117 496 0005\nFax +44 117 496 0006\nMobile +44 7700 900 005\nE anna@berg.example\nE office@berg.example\nwww.berg.example")
K("en a first line that tells", "The heating went off on Sunday, two days ago.", "Tom Beck still sits here in his coat\n+44 117 496 0005")
K("en a line within that asks", "It went back to the depot for the second time.", "Tom Beck\nNew Delivery Address\n+44 117 496 0005")
K("en a first line of one word and a number", "It went back to the depot for the second time.", "Beck\n+44 117 496 0005")
K("en a line that is a sentence", "It went back to the depot for the second time.", "Tom Beck\nMy patience is ending.\n+44 117 496 0005")
K("en a line of small letters", "It went back to the depot for the second time.", "Tom Beck\nstill without a lamp\n+44 117 496 0005")
K("en a date below the name", "It went back to the depot for the second time.", "Tom Beck\n03.11.2026")
K("en a number with no sign of a telephone", "You asked which meter it is.", "Tom Beck\n4500 123 456")
K("en a site alone", "The picture on it is wrong, it shows another model.", "Tom Beck\nwww.beck.example")
K("en a page of a site", "The picture on it is wrong, it shows another model.", "Tom Beck\nwww.shop.example/lamps/44\n+44 117 496 0005")
K("en a price within", "The till charged more than the shelf said.", "Tom Beck\nTwelve Lamps £40\n+44 117 496 0005")
K("en invoices to a street, a private person", "It went back to the depot for the second time.", "Tom Beck\nMill Road 4\n+44 117 496 0005")
K("en a number and two streets, no house", "It went back to the depot for the second time.", "Tom Beck\nMill Road 4\nLeeds 44120\n+44 117 496 0005")
K("en shouted name", "It went back to the depot for the second time.", "TOM BECK WAITS\n+44 117 496 0005")
K("en ten lines short", "Ordered in May, came in June, broke in July.", "Tom Beck\nOne Lamp\nTwo Lamps\nThree Lamps\nFour Lamps\nFive Lamps\n+44 117 496 0005")
K("en address by mail asked for", "We need the invoice as a file. Please send the invoice by mail.", "accounts@hafod.example", sender="accounts@hafod.example")
K("zh sentence as first line", "水管又漏了，楼下的邻居都来找我们了。", "王小明还在等\n13800000000", sender="王小明")
K("zh words of a sentence in the block", "水管又漏了，楼下的邻居都来找我们了。", "王小明\n给个准确的时间\n13800000000")
K("zh long first line", "水管又漏了，楼下的邻居都来找我们了。", "恒力传动设备有限公司仓库二层西侧办公室天花板三处漏水地面积水严重货物受潮\n0571-8800 0000", sender="恒力传动设备有限公司")
K("th in letters whose names are not known", "สินค้าที่ส่งมาแตกทั้งหมดและไม่มีใครรับผิดชอบ.", "สมชาย ใจดี\n+66 2 000 0110")
H("words: en above a signature that the program marked", "<p>The contractor on site is not the one you announced.</p><p>Mei Tan<br>Tan Plumbing Ltd.<br>0161 496 0021</p><div id=\"Signature\"><p>Mei Tan<br>Head of Estates<br>+44 161 496 0044</p></div>", "The contractor on site is not the one you announced.\n\nMei Tan\nTan Plumbing Ltd.\n0161 496 0021")
H("contacts: above the line of a program that it marked", "<p>The contractor on site is not the one you announced.</p><p>Mei Tan<br>Tan Plumbing Ltd.<br>0161 496 0021</p><div id=\"ms-outlook-mobile-signature\"><p>Get Outlook for iOS</p></div>", "The contractor on site is not the one you announced.")
H("contacts: a signature marked by Lark", "<p>账单多算了两台机器，请更正。</p><div class=\"lark-mail-signature\"><p>许可<br>云帆科技</p></div>", "账单多算了两台机器，请更正。")
mail_by("Peter Small", "words: en an answer between quotes", "Hello, my answer is below, it has not changed since May.\n\n> Who is on site?\n\nPeter Small\nSmall Plumbing Ltd.\n0161 496 0021\n", "Hello, my answer is below, it has not changed since May.\n\nPeter Small\nSmall Plumbing Ltd.\n0161 496 0021")
mail_by("Peter Small", "words: en above a signature of its own", "The contractor on site is not the one you announced.\n\nPeter Small\nSmall Plumbing Ltd.\n0161 496 0021\n\n-- \nAnn\n", "The contractor on site is not the one you announced.\n\nPeter Small\nSmall Plumbing Ltd.\n0161 496 0021")
mail_by("Peter Small", "words: en above a closing and contacts", "The contractor on site is not the one you announced.\n\nPeter Small\nSmall Plumbing Ltd.\n0161 496 0021\n\nKind regards\nAnn Doyle\nTel. +353 1 555 0199\nwww.doyle.example\n", "The contractor on site is not the one you announced.\n\nPeter Small\nSmall Plumbing Ltd.\n0161 496 0021")
K("zh delivery address", "上次寄错了地方，请把新的寄到公司。", "王小明\n上海市浦东新区世纪大道100号\n13800000000")
K("zh delivery address without words for it", "快递说没有这个人，退回去了。", "王小明\n上海市浦东新区世纪大道100号\n13800000000")
K("zh call me with labels", "维修的人一直不来，请打我电话。", "姓名：王小明\n电话：13800000000")
K("zh call me", "维修的人一直不来，请直接打我电话约时间。", "王小明\n13800000000")
K("zh contact as follows", "后续请和我们的财务对接，联系方式如下：", "李静\n恒力传动设备有限公司\n电话：0571-8800 0000")
K("zh without colon", "后续请联系我们的财务。", "李静\n恒力传动设备有限公司\n电话：0571-8800 0000")
K("zh title of invoice", "发票抬头开错了，应该是这个。", "恒力传动设备有限公司\n税号 91330100000000000X\n电话：0571-8800 0000")
K("zh short and angry", "都一个星期了，到底退不退，给个说法吧。", "赶紧退钱\n13800000000")
K("zh short lines", "灯又坏了，这已经是第三个了，质量太差。", "别再发一样的来\n不然我打12315\n13800000000")
K("zh account", "退款请退到这张卡上，原来的卡已经注销。", "王小明\n招商银行\n6222 0000 0000 0000\n13800000000")
K("zh order and number", "到现在都没有发货，客服也不回。", "订单 20261101\n手机 13800000000")
K("zh list of people", "这几位同事的门禁卡还没有开通，麻烦处理一下。", "周建国 13800002217\n林晓 13900001188")
K("zh name and number only", "您好：", "王小明\n13800000000")
K("zh address with label", "说好上门的师傅没有来，等了一天。", "王小明\n电话：13800000000\n地址：上海市浦东新区世纪大道100号")
K("zh mail asked for", "请把电子发票发到邮箱。", "heting@beichen.example", sender="heting@beichen.example")
K("zh-Hant call me", "冷氣還是不冷，請回電約時間。", "陳怡君\n0912-000-000")
K("zh-Hant delivery", "上次送錯地方，請改送到公司。", "陳怡君\n宏達保險經紀人\n02-2700-0000")
K("de call back", "Die Heizung ist wieder aus. Ich bitte um Rückruf.", "Jörg Kampmann\nKampmann Fensterbau GmbH\nTel. 02307 000 00-0")
K("de deliver to", "Der Karton steht seit Tagen im Depot. Bitte liefern Sie an unsere Werkstatt.", "Kampmann Fensterbau GmbH\nIndustriestraße 12, 59192 Bergkamen\nTel. 02307 000 00-0")
K("de customer number", "Die Abbuchung ist doppelt erfolgt.", "Jörg Kampmann\nKundennummer 48213\nTel. 02307 000 00-0")
K("de text breaks off", "Vor Ort war Ihr Monteur", "Peter Klein\nKlein Haustechnik GmbH\nTel. 030 000 00 00")
K("de opening hours", "Sie kamen wieder, als niemand da war.", "Praxis Reiter\nMo-Fr 9:00 bis 12:30\nTel.: 0821 000 00-0")
K("fr call back", "La chaudière est encore en panne. Merci de me rappeler.", "Élodie Garnier\nCafé des Halles\nTél. : 02 40 00 00 17")
K("fr deliver", "Le colis est reparti. Livrez-le à notre atelier, s'il vous plaît.", "Menuiserie Le Goff\n14 rue des Tanneurs, 29000 Quimper\nTél. 02 98 00 00 41")
K("es call", "Sigue sin funcionar. Llámenme cuanto antes.", "Lucía Ferrer\nRestaurante La Marina\nT. 964 000 000")
K("it call", "La caldaia è ancora ferma. Richiamatemi subito.", "Giulia Ferri\nFerri Arredamenti S.r.l.\nTel. 051 000 0147")
K("pt call", "A porta continua a não fechar. Liguem-me por favor.", "Rui Tavares\nTavares & Filhos, Lda.\nTlm. 910 000 221")
K("nl call", "De verwarming doet het nog steeds niet. Graag even bellen.", "Sanne de Wit\nBloemenhuis Haarlem\n023 - 000 00 00")
K("ja where to send", "交換品は事務所ではなく工場に送ってください。", "佐藤健一\n株式会社丸山製作所\nTEL: 03-5555-0110")
K("ko call", "보일러가 또 꺼졌습니다. 전화 주세요.", "이정민 대리\n한빛ENG\nTel. 02-555-0110")
K("ru call", "Лифт опять стоит. Позвоните мне.", "Ирина Соколова\nУК «Уют»\nТел.: +7 495 000-00-17")
K("pl call", "Piec znowu nie działa. Proszę zadzwonić.", "Magdalena Wrona\nDrukarnia Fala Sp. z o.o.\ntel. 22 000 00 41")
K("sv call", "Värmen är borta igen. Ring mig.", "Karin Lindqvist\nLindqvist Bygg AB\nTel: 08-000 01 44")
K("a paragraph as long as a letter", "The crate was opened on the way and repacked.", "Anna Berg\nBerg Interiors\nFirst Floor\nEast Wing\nSouth Gate\nUpper Yard\nOld Mill\nNew Town\nFar End\n+44 117 496 0005")

# ---- what the sender's name and address tell ----
B("sender: the name turned around", "The belt tears at the same place as the last two did.", "Daniel Osei\nOsei Interiors Ltd.\n+44 161 496 0120", sender="Osei, Daniel <k7@mail.example>")
B("sender: no name, the address has it", "The belt tears at the same place as the last two did.", "Daniel Osei\nOsei Interiors Ltd.\n+44 161 496 0120", sender="daniel.osei@mail.example")
B("sender: the firm in the address", "The belt tears at the same place as the last two did.", "Osei Interiors Ltd.\nMill Road 4, Leeds\n+44 161 496 0120", sender="office@osei-interiors.example")
B("sender: the same address in the block", "合同里的金额写错了一位数，请改。", "市场部 小何\n北辰科技有限公司\n邮箱：heting@beichen.example", sender="北辰 <heting@beichen.example>")
B("sender: in Latin letters, a whole card in Chinese", "冷链车的温度记录缺了三个小时，请补齐。", "马琳\n质量部\n济宁医药有限公司\n电话：0537-220 0000", sender="Ma, Lin <lin.ma@pharma.example>")
B("sender: a group's mark behind the name", "The belt tears at the same place as the last two did.", "Daniel Osei\nOsei Interiors Ltd.\n+44 161 496 0120", sender="Daniel Osei via Support <support@lists.example>")
K("sender: in Latin letters, only a name and a number in Chinese", "孩子在学校，有事和家里说就行。", "李娟\n13500003344", sender="Wang, Lei <lei.wang@mail.example>")
K("sender: a nickname", "水管又漏了，楼下的邻居都来找我们了。", "王先生\n13500003344", sender="小鹿乱撞 <32190877@mail.example>")
K("sender: digits alone", "水管又漏了，楼下的邻居都来找我们了。", "王先生\n13500003344", sender="32190877@mail.example")
K("sender: somebody else's address alone", "My colleague has the file and answers next week.", "sam@brightwater.example", sender="Kim Vale <kim@brightwater.example>")
K("sender: another of the same house", "I leave the company on Friday and someone new takes over.", "Sam Okoro\nFacilities Manager\nsam@brightwater.example", sender="Kim Vale <kim@brightwater.example>")

# ---- thirty blocks and thirty people somebody writes of, written after the rule and before it knew the sender ----
B("later, en: Imogen Hale", "We asked for matt, you printed gloss. Two hundred of them.", "Imogen Hale\nHale & Finch Stationery\n+44 131 496 0188\nimogen@halefinch.example")
B("later, en: Robert Kessler", "The alarm code you gave us does nothing and the house is open.", "Robert Kessler\n14 Orchard Lane\nDunmow\n01371 496 021")
B("later, en: Accounts Payable", "Invoice 4410 is paid, please stop the reminders.", "Accounts Payable\nBrightwater Dental Group\naccounts@brightwater.example | 0117 496 0700")
B("later, en: Chef Andre Bell", "The mixer smokes when it runs above level two.", "Chef Andre Bell\nThe Copper Pot\nM +1 415 555 0132")
B("later, en: Mrs. Helen Ward", "I am still waiting for the electrician who was due on Tuesday.", "Mrs. Helen Ward\nTel: 020 7946 0333")
B("later, zh: 吴晓峰", "贵司的报价单里少了两项，总价也没有合计，麻烦重新发一份。", "吴晓峰\n采购主管\n华东精密仪器股份有限公司\nTel：021-6000 0000\nMobile：136 0000 8890\nE-mail：wuxf@hdjm.example")
B("later, zh: 蓝天幼儿园", "水表读数和账单差了四十吨，去年也是这样。", "蓝天幼儿园\n电话：0551-6300 0000")
B("later, zh: Linda Chen", "会议室的投影仪修了三次还是花屏。", "Linda Chen\n行政部\n卓越咨询（上海）有限公司\nT: 021-3300 0000")
B("later, zh: 欧阳静", "培训班的老师换了三个，课时却没有补。", "欧阳静\n13600005566")
B("later, zh-Hant: 林先生", "冷氣主機漏水，把地板都泡壞了。", "林先生\n0933-000-222")
B("later, zh-Hant: 吳佩珊", "訂的花送到時已經枯了，喪禮上很難看。", "吳佩珊\n佳禾國際有限公司 總務部\nTel: 04-2300-0000 #215")
B("later, de: Dr. Hans Meier", "Der Drucker zieht kein Papier mehr ein, auch nach dem Tausch der Walze.", "Dr. Hans Meier\nSteuerberater\nTel. 089 000 11 22")
B("later, de: Familie Yilmaz", "Die Heizkostenabrechnung enthält Kosten der Nachbarwohnung.", "Familie Yilmaz\n0176 000 33 445")
B("later, fr: M. Jean-Luc Morel", "Le carrelage posé n'est pas celui du devis.", "M. Jean-Luc Morel\nBoulangerie Morel\n04 76 00 00 18")
B("later, fr: Cabinet Dupuis & Associés", "La chambre n'avait ni eau chaude ni chauffage pendant deux nuits.", "Cabinet Dupuis & Associés\n3 place Bellecour, 69002 Lyon\nTél : +33 4 78 00 00 00")
B("later, es: María José Ortega", "El pedido llegó incompleto y sin albarán.", "María José Ortega\nCompras\nHotel Miramar S.A.\nTel.: +34 952 000 000")
B("later, it: Dott.ssa Paola Neri", "La merce consegnata non corrisponde al campione.", "Dott.ssa Paola Neri\nResponsabile Qualità\nNeri Tessuti S.p.A.\nTel. +39 0574 000 000")
B("later, pt: Inês Carvalho", "O software bloqueia sempre que emito uma fatura.", "Inês Carvalho\nContabilista Certificada\n+351 912 000 334")
B("later, nl: Fam. Jansen", "De vloer komt los, ook in de slaapkamer.", "Fam. Jansen\n06 000 11 223")
B("later, nl: Mark Bos", "De offerte is twee keer zo hoog als afgesproken.", "Mark Bos\nDirecteur\nBos Interieurbouw B.V.\nM 06 - 000 000 12\nE mark@bosinterieur.example")
B("later, ja: 株式会社あおば事務機 総務課", "先週納品された椅子のうち三脚にがたつきがあります。", "株式会社あおば事務機 総務課\n渡辺真理\nTEL 045-555-0133")
B("later, ja: 高橋", "見積もりの金額と請求書の金額が一致しません。", "高橋\n高橋工務店\n090-0000-1234")
B("later, ko: 김하늘", "정수기 필터 교체 기사님이 세 번째 약속을 어겼습니다.", "김하늘\n010-0000-2233")
B("later, ko: 정우성 팀장", "세금계산서 금액이 계약과 다릅니다.", "정우성 팀장\n주식회사 푸른들\nT. 02-555-0177 | F. 02-555-0178")
B("later, ru: Сергей Лапин", "Окна установлены с перекосом, створка не закрывается.", "Сергей Лапин\nООО Вектор\n+7 (812) 000-00-55")
B("later, pl: Tomasz Zieliński", "Faktura nadal zawiera błędny NIP.", "Tomasz Zieliński\nKierownik biura\ntel. kom. 600 000 118\nbiuro@zielinski.example")
B("later, sv: Erik Holm", "Kylen läcker vatten igen efter reparationen.", "Erik Holm\nRestaurang Bryggan\n070-000 12 34")
B("later, tr: Ahmet Kaya", "Klima üç gündür çalışmıyor.", "Ahmet Kaya\nOtel Müdürü\nOtel Deniz\n+90 242 000 00 11")
K("later, en person seen", "The guard who shouted at my mother had a badge.", "Kevin Stone\nNightwatch Security Ltd.\nBadge 4471", sender="Mei Tan <k7@mail.example>")
K("later, en next of kin", "I am in hospital until Friday, so someone else has to let the fitter in. My neighbour has the key.", "Joan Reeves\n0117 496 0440", sender="Mei Tan <k7@mail.example>")
K("later, en change of contact", "Our old manager has left the company. From Monday on it will be somebody else.", "Sam Okoro\nFacilities Manager\nsam@brightwater.example", sender="Mei Tan <k7@mail.example>")
K("later, en change the record", "The name on the contract is spelled wrong. It reads as follows in my passport.", "Margarethe Lindqvist-Hale\nPassport 0044123456", sender="Mei Tan <k7@mail.example>")
K("later, en two addresses", "You have two addresses for us in your system. Only the second is right.", "Hale & Finch Stationery\n3 Mill Court, Leith\n0131 496 0188", sender="Mei Tan <k7@mail.example>")
K("later, en witnesses", "Two people saw it happen.", "Rosa Diaz\nrosa@mail.example\nMo Ali\nmo@mail.example", sender="Mei Tan <k7@mail.example>")
K("later, en who else to bill", "The other half is for the tenant.", "Tom Beck\n44 Quay Road\ntom@mail.example", sender="Mei Tan <k7@mail.example>")
K("later, en wifi", "The router resets itself each night.", "Network Home\nKey 0044 1177 2299", sender="Mei Tan <k7@mail.example>")
K("later, en reference of a shop", "I bought it in a shop of yours.", "Lamp House Leeds\nMill Street 4", sender="Mei Tan <k7@mail.example>")
K("later, en visits", "The technician may come on these days only, please.", "Monday\nTuesday\n07700 900 121", sender="Mei Tan <k7@mail.example>")
K("later, zh pick up", "坏的那台放在门卫那里，你们来拿就行。", "门卫 老刘\n13700001122", sender="李雷 <k7@mail.example>")
K("later, zh guardian", "孩子在学校，请和他妈妈沟通。", "李娟\n13500003344", sender="李雷 <k7@mail.example>")
K("later, zh new account manager", "以后这个项目由我的同事负责。", "张蕾\n市场部\n021-6000 0000", sender="李雷 <k7@mail.example>")
K("later, zh fill in", "保修卡上的信息写错了，麻烦按这个填。", "吴晓峰\n华东精密仪器股份有限公司\n021-6000 0000", sender="李雷 <k7@mail.example>")
K("later, zh wrong driver", "送货的司机态度恶劣，还骂人，这是他的信息。", "刘强\n皖A00000\n13900002233", sender="李雷 <k7@mail.example>")
K("later, zh poem", "洗衣机响得像拖拉机，半夜不敢开。", "一开就跳\n一跳就停\n一停就是一天", sender="李雷 <k7@mail.example>")
K("later, zh complaint line phone", "我已经投诉到了消协。", "消费者协会\n12315", sender="李雷 <k7@mail.example>")
K("later, zh who to pay", "定金是付给这位业务员的。", "陈浩\n13400005566", sender="李雷 <k7@mail.example>")
K("later, zh-Hant visitor", "當天來的是這位師傅。", "陳志明\n0933-000-111", sender="李大同 <k7@mail.example>")
K("later, de driver", "Der Fahrer hat mir seine Karte gegeben, als er den Schaden sah.", "Spedition Adler GmbH\nJan Kowalski\n0170 000 55 66", sender="Mei Tan <k7@mail.example>")
K("later, de new tenant", "Ich bin ausgezogen, der Vertrag geht auf die Nachmieterin über.", "Lisa Brandt\nlisa@mail.example", sender="Mei Tan <k7@mail.example>")
K("later, de neighbour", "Das Paket kann beim Nachbarn bleiben.", "Familie Yilmaz\nErdgeschoss links\n0176 000 33 445", sender="Mei Tan <k7@mail.example>")
K("later, fr neighbor", "Le gardien a un double des clés, voyez avec lui.", "Monsieur Perrin\n06 00 00 11 22", sender="Mei Tan <k7@mail.example>")
K("later, fr new manager", "Je quitte l'entreprise vendredi, mon successeur prend la suite.", "Paul Lemaire\np.lemaire@morel.example", sender="Mei Tan <k7@mail.example>")
K("later, es insurance", "El parte lo lleva mi aseguradora.", "Seguros Norte S.A.\nExpediente 44120\n902 000 000", sender="Mei Tan <k7@mail.example>")
K("later, it porter", "Il portiere può aprire la cantina.", "Signor Bassi\n333 000 0011", sender="Mei Tan <k7@mail.example>")
K("later, nl buyer", "De fiets is verkocht, de garantie gaat over op de nieuwe eigenaar.", "Kees Bakker\nkees@mail.example", sender="Mei Tan <k7@mail.example>")
K("later, ja visitor", "当日の立ち会いは私ではなく妻がします。", "山本花子\n090-0000-5566", sender="斎藤健 <k7@mail.example>")
K("later, ko guard", "경비실에 맡겨 두시면 됩니다.", "관리사무소\n02-555-0188", sender="홍길동 <k7@mail.example>")
K("later, ru neighbor", "Ключ у соседки, она откроет мастеру.", "Анна Петрова\n+7 900 000-00-11", sender="Олег Зуев <k7@mail.example>")
K("later, pl neighbor", "Klucz ma sąsiadka, wpuści montera.", "Ewa Nowak\n600 000 119", sender="Mei Tan <k7@mail.example>")

# ---- eighteen blocks and twelve others, with the sender each mail has, written after that ----
B("third, 1 Rebecca Stone", "Your courier dropped the parcel over the gate and the vase is in pieces.", "Rebecca Stone\nStone & Co. Interiors\n+44 1273 496 011", sender="Rebecca Stone <rebecca@stoneandco.example>")
K("third, 2 Tim O'Connor", "You changed the tariff without telling me.", "Tim O'Connor\nUnit 4, Riverside Park\nTel: 021 496 0101", sender="Tim O'Connor <tim.oconnor@mail.example>")
B("third, 3 Kestrel Warehouse Team", "Pallet 7 has been short three times running.", "Kestrel Warehouse Team\nwarehouse@kestrel.example\n0113 496 0044", sender="warehouse@kestrel.example")
B("third, 4 Aisha Khan, Solicitor", "The scanner jams on every second page. It was serviced last week.", "Aisha Khan, Solicitor\nKhan Law LLP\nDirect: +44 20 7946 0555\nwww.khanlaw.example", sender="Aisha Khan <aisha@khanlaw.example>")
K("third, 5 Bob", "The battery lasts an hour at most.", "Bob\n07700 900 310", sender="Bob <bob77@mail.example>")
B("third, 6 Bob Finch", "The battery lasts an hour at most. What can you do?", "Bob Finch\n07700 900 310", sender="Bob Finch <bob77@mail.example>")
B("third, 7 Clara Weiss", "Die Gläser sind vertauscht, links und rechts.", "Clara Weiss\nWeiss Optik e.K.\nHauptstr. 7\n97070 Würzburg\nTel. 0931 000 00", sender="Clara Weiss <c.weiss@weiss-optik.example>")
K("third, 8 Nina Roth", "Die Gläser sind vertauscht. Meine Kollegin ist am Montag im Laden.", "Nina Roth\nWeiss Optik e.K.\nTel. 0931 000 01", sender="Clara Weiss <c.weiss@weiss-optik.example>")
K("third, 9 Uwe Lang", "Bitte rufen Sie mich vor der Anfahrt an.", "Uwe Lang\n0171 000 22 33", sender="Uwe Lang <uwe.lang@mail.example>")
B("third, 10 Uwe Lang", "Der Aufzug macht seit gestern wieder Geräusche.", "Uwe Lang\nHausverwaltung Lang\n0171 000 22 33", sender="Uwe Lang <uwe.lang@mail.example>")
B("third, 11 Sophie Blanc", "Le lave-vaisselle fuit depuis son installation.", "Sophie Blanc\nTraiteur Blanc\n06 00 00 77 88", sender="Sophie Blanc <sophie@blanc.example>")
K("third, 12 Sophie Blanc", "Le lave-vaisselle fuit. Voici la bonne adresse de livraison.", "Sophie Blanc\nTraiteur Blanc\n06 00 00 77 88", sender="Sophie Blanc <sophie@blanc.example>")
B("third, 13 Diego Mora", "La impresora mancha el papel desde el primer día.", "Diego Mora\nGestoría Mora\nTlf. 954 000 000", sender="Diego Mora <dmora@mora.example>")
B("third, 14 Chiara Riva", "Il corriere ha lasciato il pacco sotto la pioggia.", "Chiara Riva\n+39 333 000 0144", sender="Chiara Riva <chiara.riva@mail.example>")
B("third, 15 Marta Silva", "A garantia foi recusada sem explicação.", "Marta Silva\nSilva Ótica, Lda.\nTel. 22 000 00 00", sender="Marta Silva <marta@silva.example>")
B("third, 16 Eva Smit", "De printer geeft sinds de update een foutmelding.", "Eva Smit\nSmit Administratie\nT 010 - 000 00 00", sender="Eva Smit <eva@smit.example>")
B("third, 17 李明", "交货期一拖再拖，客户已经在催我们了。", "李明\n恒力传动 销售部\n13800001234", sender="李明 <liming@hengli.example>")
K("third, 18 王师傅", "交货期一拖再拖。货到了请找仓库签收。", "王师傅\n仓库\n13900001234", sender="李明 <liming@hengli.example>")
K("third, 19 小鱼", "衣服洗一次就缩水了，还掉色。", "小鱼\n13900001235", sender="小鱼 <8831@mail.example>")
K("third, 20 李明", "这是我们新的开票信息，请以后都按这个开。", "李明\n恒力传动设备有限公司\n0571-8800 0000", sender="李明 <liming@hengli.example>")
B("third, 21 陳美玲", "洗衣機脫水的時候會走路，維修兩次都沒好。", "陳美玲\n0910-000-111", sender="陳美玲 <ml.chen@mail.example>")
K("third, 22 林建宏", "下週我不在家，師傅來找我先生。", "林建宏\n0920-000-222", sender="陳美玲 <ml.chen@mail.example>")
B("third, 23 山田花子", "先日届いたテーブルの脚が一本短いです。", "山田花子\n山田デザイン事務所\n03-5555-0166", sender="山田花子 <hanako@yamada.example>")
B("third, 24 김민지", "세탁기에서 물이 새서 바닥이 젖었어요.", "김민지\n010-0000-7788", sender="김민지 <mj.kim@mail.example>")
B("third, 25 Олег Зуев", "Счётчик опечатали, а акт не выдали.", "Олег Зуев\nООО «Вектор»\n+7 812 000-00-66", sender="Олег Зуев <zuev@vektor.example>")
B("third, 26 Jan Nowak", "Lodówka hałasuje od pierwszego dnia.", "Jan Nowak\nSklep Nowak\ntel. 600 000 321", sender="Jan Nowak <jan@nowak.example>")
K("third, 27 Piotr Lis", "Lodówka hałasuje. Serwisant był u mnie wczoraj.", "Piotr Lis\nSerwis Chłód\n600 000 322", sender="Jan Nowak <jan@nowak.example>")
K("third, 28 Tom Ray Deliveries", "The driver signed for it himself, look.", "Tom Ray Deliveries\nVan 14\n0161 496 0190", sender="Tom Ray <tom@mail.example>")
K("third, 29 Tom Ray", "These are the guests for Saturday.", "Tom Ray\nAnna Ray\nMia Cole\n0161 496 0190", sender="Tom Ray <tom@mail.example>")
B("third, 30 Anders Holm", "Vaskemaskinen larmer stadig.", "Anders Holm\nHolm VVS ApS\nTlf. 33 00 00 11", sender="Anders Holm <anders@holm.example>")
