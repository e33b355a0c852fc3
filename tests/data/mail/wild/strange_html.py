"""strange_html.py - HTML as senders hide, lay out and nest it; what is to be read is decided by what a person sees."""
from cases import *
def h(name, markup, want, **more): H(name, markup, subject="lamp", text=want, **more)
LAMP = "The lamp is broken."
hidden = {
 "display none": '<div style="display:none">secret</div>', "display none in capitals and spaces": '<DIV STYLE="DISPLAY : NONE ;">secret</DIV>', "display none important": '<p style="color:red; display:none !important">secret</p>',
 "visibility hidden": '<span style="visibility:hidden">secret</span>', "visibility collapse": '<table><tr style="visibility:collapse"><td>secret</td></tr></table>', "font size zero": '<span style="font-size:0">secret</span>',
 "font size zero with a unit": '<span style="font-size:0px;line-height:0">secret</span>', "font size zero and a fraction": '<span style="font-size:0.0em">secret</span>', "one pixel of type": '<div style="font-size:1px;line-height:1px;color:#fff">secret</div>',
 "opacity zero": '<div style="opacity:0">secret</div>', "opacity zero and a fraction": '<div style="opacity: 0.0">secret</div>', "mso-hide": '<div style="mso-hide:all">secret</div>',
 "max-height zero": '<div style="max-height:0;overflow:hidden">secret</div>', "height zero": '<div style="height:0;overflow:hidden">secret</div>', "width and height zero": '<div style="width:0px;height:0px;overflow:hidden">secret</div>',
 "off the screen": '<div style="position:absolute;left:-9999px">secret</div>', "off the screen above": '<div style="position:absolute; top:-10000px">secret</div>', "indented away": '<div style="text-indent:-9999px">secret</div>',
 "clipped away": '<span style="position:absolute;clip:rect(0,0,0,0);height:1px;width:1px;overflow:hidden">secret</span>', "hidden attribute": "<p hidden>secret</p>", "transparent": '<span style="color:transparent">secret</span>',
 "class in style": '<style>.preheader{display:none}</style><div class="preheader">secret</div>', "class among others": '<style type="text/css">\n.a, .pre-header { color:#fff; display: none !important; }\n</style><div class="x pre-header y">secret</div>',
 "id in style": '<style>#pre{font-size:0}</style><div id="pre">secret</div>', "element and class in style": '<style>div.gone{mso-hide:all;display:none}</style><div class="gone">secret</div>',
 "style in a comment": "<style><!-- .h{display:none} --></style><span class=h>secret</span>", "template": "<template>secret</template>", "noscript-free script": "<script>secret</script>",
 "conditional comment": "<!--[if mso]><p>secret</p><![endif]-->", "title": "<title>secret</title>", "xml islands": "<xml><o:p>secret</o:p></xml>",
}
for name, markup in hidden.items(): h("hidden: " + name, "<html><body>%s<p>%s</p></body></html>" % (markup, LAMP), LAMP)
JOINERS = "&zwnj;&nbsp;" * 40
h("preheader of joiners", '<div style="display:none">Hello%s</div><p>%s</p>' % (JOINERS, LAMP), LAMP)
h("visible run of joiners is nothing", "<div>%s</div><p>%s</p>" % ("&#847;&zwnj;&nbsp;&#8199;&shy;" * 30, LAMP), LAMP)
h("letters cut out of a background are seen", '<p style="background:linear-gradient(red,blue);-webkit-background-clip:text;color:transparent">%s</p>' % LAMP, LAMP)
h("aria-hidden is seen", '<p aria-hidden="true">%s</p>' % LAMP, LAMP)
h("role presentation is seen", '<table role="presentation"><tr><td>%s</td></tr></table>' % LAMP, LAMP)
h("white on white by class that does not apply", "<style>@media print{.p{display:none}}</style><p class=p>%s</p>" % LAMP, LAMP)
h("hidden on phones is seen", "<style>@media (max-width:600px){.p{display:none}}</style><p class=p>%s</p>" % LAMP, LAMP)
h("a class for another element", "<style>span.x{display:none}</style><p class=x>%s</p>" % LAMP, LAMP)
h("a class within another", "<style>.mail .x{display:none}</style><p class=x>%s</p>" % LAMP, LAMP)
h("display none undone in the element", '<style>.x{display:none}</style><p class=x style="display:block">%s</p>' % LAMP, LAMP)
h("noscript is seen", "<noscript><p>%s</p></noscript>" % LAMP, LAMP)
h("not mso is seen", "<!--[if !mso]><!--><p>%s</p><!--<![endif]-->" % LAMP, LAMP)
h("max-height with overflow seen", '<div style="max-height:100px;overflow:hidden">%s</div>' % LAMP, LAMP)
h("opacity of a half", '<p style="opacity:0.5">%s</p>' % LAMP, LAMP)
h("small type is read", '<p style="font-size:9px">%s</p>' % LAMP, LAMP)
h("negative margin of a little", '<p style="margin-left:-5px;position:relative;left:-2px">%s</p>' % LAMP, LAMP)
# blocks
h("layout table of three columns", "<table><tr><td>Order</td><td>48213</td><td>broken</td></tr></table>", ["Order 48213 broken", "Order\t48213\tbroken", "Order | 48213 | broken", "| Order | 48213 | broken |"])
h("data table with head", "<table border=1><tr><th>Item</th><th>Qty</th></tr><tr><td>Lamp</td><td>2</td></tr></table>", ["Item | Qty\nLamp | 2", "| Item | Qty |\n| Lamp | 2 |", "Item\tQty\nLamp\t2", "Item Qty\nLamp 2"])
h("list in a list", "<ul><li>one<ul><li>one a</li><li>one b</li></ul></li><li>two</li></ul>", ["- one\n  - one a\n  - one b\n- two", "* one\n  * one a\n  * one b\n* two"])
h("numbered list from three", "<ol start=3><li>three</li><li>four</li></ol>", "3. three\n4. four")
h("list without items", "<ul>one<br>two</ul>", "one\ntwo")
h("definition list", "<dl><dt>Lamp</dt><dd>broken</dd></dl>", ["Lamp\nbroken", "Lamp\n  broken", "Lamp\n    broken"])
h("paragraph within a list item", "<ul><li><p>one</p></li><li><p>two</p></li></ul>", ["- one\n- two", "- one\n\n- two", "* one\n* two"])
h("pre keeps lines and spaces", "<pre>E01  lamp\n  at 230 V</pre><p>bye</p>", "E01  lamp\n  at 230 V\n\nbye")
h("white space of code editors", "<div style='white-space:pre-wrap'>a  b\n c</div>", ["a  b\n c", "a b c"])
h("br at the end of a block is no line", "<div>one<br></div><div>two<br></div>", "one\ntwo")
h("empty blocks are blank lines", "<div>one</div><div><br></div><div>two</div>", "one\n\ntwo")
h("Outlook paragraphs of no-break space", '<p class="MsoNormal">one</p><p class="MsoNormal"><o:p>&nbsp;</o:p></p><p class="MsoNormal">two</p>', ["one\n\ntwo", "one\n\n\n\ntwo"])
h("span across blocks", "<span><div>one</div><div>two</div></span>", "one\ntwo")
h("inline elements join words", "<b>Lam</b>p <i>is</i> bro<u>ken</u>", "Lamp is broken")
h("line breaks of the source are spaces", "<p>The\nlamp\n\nis broken.</p>", LAMP)
h("entities of all kinds", "<p>5 &lt; 6 &amp; 7 &gt; 6 &#x20AC; &euro; &#8364; &hellip; &NotAnEntity; &amp;lt;</p>", "5 < 6 & 7 > 6 € € € … &NotAnEntity; &lt;")
h("entities without a semicolon", "<p>caf&eacute &copy 2026</p>", "café © 2026")
h("numbers of windows-1252", "<p>&#147;lamp&#148; &#150; &#133;</p>", "“lamp” – …")
h("picture with words", '<p>Look: <img src="cid:1" alt="broken lamp"></p>', ["Look:", "Look: [broken lamp]", "Look: broken lamp", "Look: [image: broken lamp]"])
h("link whose text is its address", '<a href="https://shop.example/o/1">https://shop.example/o/1</a>', "https://shop.example/o/1")
h("link to mail", '<a href="mailto:anna@b.example">anna@b.example</a>', "anna@b.example")
h("link of script", '<a href="javascript:alert(1)">click</a>', "click")
h("link around a block", '<a href="https://shop.example/o/1"><div>my order</div></a>', ["my order (https://shop.example/o/1)", "my order", "my order <https://shop.example/o/1>", "my order\n<https://shop.example/o/1>"])
h("right to left with marks", '<div dir="rtl">المصباح <bdo dir="ltr">X-200</bdo> معطل.</div>', "المصباح X-200 معطل.")
h("ruby", "<p><ruby>電灯<rp>(</rp><rt>でんとう</rt><rp>)</rp></ruby>が壊れた</p>", ["電灯(でんとう)が壊れた", "電灯が壊れた"])
h("sub and sup", "<p>10 m<sup>2</sup>, H<sub>2</sub>O</p>", ["10 m2, H2O", "10 m^2, H2O", "10 m², H2O", "10 m², H₂O"])
h("struck out stays", "<p>Price <del>20</del> 25</p>", "Price 20 25")
h("tags that never close", "<p>The <b>lamp<p>is <i>broken.", ["The lamp\n\nis broken."])
h("tags in the wrong order", "<b><p>The lamp</b> is</p> broken.", ["The lamp is\n\nbroken.", "The lamp is\nbroken."])
h("attributes without quotes and with angles", '<p title="a > b" data-x=y>%s</p>' % LAMP, LAMP)
h("comment with a tag in it", "<p>The <!-- <b>secret</b> --> lamp<!-- > --> is broken.</p>", LAMP)
h("a lone less-than sign", "<p>voltage < 5 V and > 3 V</p>", "voltage < 5 V and > 3 V")
h("CDATA and processing instructions", "<?xml version='1.0'?><p>The lamp <![CDATA[x]]>is broken.</p>", [LAMP, "The lamp x is broken.", "The lamp xis broken."])
h("two bodies", "<html><body><p>The lamp</p></body></html><html><body><p>is broken.</p></body></html>", "The lamp\n\nis broken.")
h("text behind the end", "<html><body><p>The lamp</p></body></html>is broken.", ["The lamp\n\nis broken.", "The lamp\nis broken."])
h("base64 picture in the source", '<p>The lamp <img src="data:image/png;base64,%s"> is broken.</p>' % ("A" * 4000), [LAMP, "The lamp  is broken."])
h("form fields", '<form><label>Name</label> <input value="secret"><textarea>typed</textarea><button>Send</button></form>', ["Name typed Send", "Name typedSend", "Name", "Name\ntyped\nSend", "Name typed\nSend", "Name Send"])
h("Word's list", '<p class="MsoListParagraph" style="mso-list:l0 level1 lfo1"><!--[if !supportLists]--><span style="font-family:Symbol"><span style="mso-list:Ignore">·<span>&nbsp;&nbsp; </span></span></span><!--[endif]-->lamp</p>', ["· lamp", "- lamp", "·   lamp", "lamp", "•   lamp", "·  lamp"])
h("emoji as pictures", '<p>broken <img class="emoji" alt="😡" src="x.png"></p>', ["broken 😡", "broken"])
h("Google's quote of a quote", '<div>mine</div><blockquote style="border-left:1px solid #ccc">cited<blockquote>older</blockquote></blockquote>', ["mine\n\n> cited\n\n>> older", "mine\n\n> cited\n>\n>> older", "mine\n> cited\n>> older", "mine\n\n> cited\n> > older", "mine\n\n> cited\n\n> > older"])
