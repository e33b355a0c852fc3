#!/usr/bin/python3
"""Composes the labelled streams of this folder: tuned.jsonl from topics_tuned.py, held.jsonl from topics_held.py.

Every line is an input line of `intakectl dedup-eval` with two fields more: "expect" (the verdict) and "customer"; "of" is the id of the
message that opened the ticket, for "related" the list of the ids of the incident. "kind" names how the line was made.
Run it in this folder; the same seed gives the same bytes. Needs uconv (ICU) for Traditional characters."""
import datetime, html, json, random, re, subprocess, sys
import topics_held, topics_tuned

GREET_ZH = ["您好，", "你好！", "尊敬的客服：\n", "客服您好，\n\n", "各位好，"]
CLOSE_ZH = ["\n谢谢！", "\n\n此致\n敬礼\n{n}", "\n\n祝好\n{n}\n电话：{t}", "\n\n{n} 敬上", "\n发自我的iPhone", "\n\n-- \n{n}\n某某科技有限公司 市场部\n{t}"]
GREET_EN = ["Hello,\n\n", "Dear Sir or Madam,\n\n", "Hi team,\n", "To whom it may concern,\n\n", "Good morning, "]
CLOSE_EN = ["\n\nKind regards,\n{n}", "\n\nThanks,\n{n}\nTel. {t}", "\n\nYours faithfully\n{n}", "\n\nSent from my iPhone", "\n\n-- \n{n}\nHead of Accounts, Example Ltd\n{t}", "\n\nBest wishes\n{n}"]
NAMES_ZH = "王芳 李伟 张敏 刘洋 陈静 杨帆 赵磊 黄丽 周涛 吴娟 徐强 孙悦 马超 朱琳 胡斌 郭靖 何洁 高峰 林丹 罗毅".split()
NAMES_EN = "Ann Lee|Tom Hardy|Priya Shah|Omar Khan|Julia Stone|Mark Finch|Eve Long|Sam Reed|Nora Quinn|Ian Cole|Zoe Hart|Leo Park".split("|")
SOUND = {"务": "wù", "服": "fú", "单": "dān", "退": "tuì", "款": "kuǎn", "请": "qǐng", "收": "shōu", "家": "jiā", "员": "yuán", "电": "diàn", "号": "hào", "门": "mén", "水": "shuǐ"}
TYPO_ZH = {"的": "得", "在": "再", "做": "作", "已": "己", "账": "帐", "试": "式", "坏": "怀", "到": "道", "以": "已", "像": "象", "这": "着", "那": "哪", "修": "休", "店": "点"}
ASKS_ZH = ["请问有结果了吗？", "三天过去了，处理进度怎么样？", "怎么还没人联系我，到底什么时候能处理？", "催一下，我的投诉处理得怎么样了"]
ASKS_EN = ["Any update on this?", "It has been three days, when will this be dealt with?", "I am still waiting for an answer to my complaint.", "Could you tell me the status please?"]
CHAT_ZH = ["在吗", "图片我发不出来，你们加我微信看吧", "快点啊", "我人就在店门口等着", "刚才那个是上周六发生的", "你们到底有没有人？"]
CHAT_EN = ["hello??", "I can send you photos if needed", "it happened right after lunch btw", "are you there", "I am standing at your counter now"]
FORMS_ZH = [("电热毯", "不发热"), ("剃须刀", "充不进电"), ("书包", "拉链脱落"), ("台灯", "频闪刺眼"), ("保温杯", "不保温"), ("雨伞", "伞骨折断"), ("鼠标", "双击失灵"), ("玩具车", "遥控无反应"),
            ("体重秤", "数字乱跳"), ("电风扇", "摇头卡住"), ("毛巾", "严重掉毛"), ("指甲刀", "生锈"), ("闹钟", "走时不准"), ("菜刀", "卷刃"), ("拖把", "杆子弯了"), ("门锁", "指纹识别不了")]
FORMS_EN = [("desk lamp", "flickers"), ("rucksack", "zip came off"), ("thermos", "does not keep warm"), ("mouse", "double clicks"), ("toy car", "remote does nothing"), ("bathroom scale", "digits jump"),
            ("fan", "stuck and will not swivel"), ("alarm clock", "loses ten minutes"), ("bread knife", "blade bent"), ("mop", "handle bent"), ("door lock", "rejects fingerprints"), ("razor", "will not charge")]
SECOND_ZH = [("发票抬头", "上回开的发票抬头写错了一个字，能不能重新开一张电子票？单号{o}。"), ("停车收费", "在你们商场停车场才停了二十分钟，就按两小时收费，小票{o}。"),
             ("积分清零", "我攒的积分到年底一声不响就清零了，没有任何提醒，会员{o}，请恢复。"), ("收银员", "东门收银台那位女员工把零钱扔在台面上，眼睛都不抬，小票号{o}。")]
SECOND_EN = [("Invoice heading", "The name of our firm is misspelled on the invoice; could you issue it again? Number {o}."), ("Car park fee", "Your car park billed two hours for a stop of twenty minutes. Slip {o}."),
             ("Points expired", "My bonus points vanished at the end of the year without a word of warning. Member {o}, please restore them."), ("Cashier", "The cashier at the east door threw the coins on the belt without looking up. Slip {o}.")]
STRANGERS_ZH = ["帮同事问一下单号%s现在到谁手里了，我这边也想买同款，能给个优惠吗？", "群里有人发了%s这个号码，说报它可以免运费，是真的吗？", "我捡到一张写着%s的纸条，是不是你们客户掉的？",
                "请把%s的进度发给我，我是他的律师，委托书下周寄出。"]
STRANGERS_EN = ["A colleague showed me reference %s. I am thinking of buying from you too, is there a discount code?", "Somebody posted %s in a forum and says that quoting it gives free postage. Is that so?",
                "I picked up a slip of paper with %s on it outside your office; did one of your clients lose it?", "Kindly send me the status of %s. I act as the solicitor and the mandate follows by post."]
SHORT_ZH = ["还没收到货", "太差了", "退钱！", "怎么没人理我", "电话打不通", "东西坏了"]
SHORT_EN = ["still nothing", "terrible service", "refund me", "nobody answers", "it broke"]
LETTERS = ["email", "form", "webform"]
CHATS = ["wechat", "whatsapp", "weibo", "telegram", "line"]


def traditional(texts):
    joined = "\x1e".join(texts)
    out = subprocess.run(["uconv", "-f", "utf-8", "-t", "utf-8", "-x", "Hans-Hant"], input=joined.encode(), capture_output=True, check=True).stdout.decode()
    return out.split("\x1e")


class Stream:
    def __init__(self, seed, topics):
        self.r = random.Random(seed)
        self.topics = topics
        self.lines = []
        self.customers = 0
        self.start = datetime.datetime(2026, 3, 2, 8, 0, tzinfo=datetime.timezone.utc)

    def customer(self, lang):
        self.customers += 1
        n = self.customers
        name = self.r.choice(NAMES_ZH if lang == "zh" else NAMES_EN)
        phone = "138%08d" % self.r.randrange(10**8) if lang == "zh" else "07700 9%05d" % self.r.randrange(10**5)
        return {"id": "c%d" % n, "name": name, "phone": phone, "lang": lang,
                "email": "u%d@%s" % (1000 + n, self.r.choice(["example.com", "example.cn", "mail.example.org"])), "chat": "id_%06x" % self.r.randrange(16**6)}

    def order(self):
        kind = self.r.randrange(4)
        if kind == 0: return "%d" % self.r.randrange(10**9, 10**10)
        if kind == 1: return "JD%d" % self.r.randrange(10**11, 10**12)
        if kind == 2: return "2026%08d" % self.r.randrange(10**8)
        return "A%d-%04d" % (self.r.randrange(100, 999), self.r.randrange(10**4))

    def put(self, who, channel, text, at, expect="new", of=None, subject="", kind="base", external=None, sender=None):
        line = {"channel": channel, "sender": sender or (who["chat"] if channel in CHATS else who["email"]), "at": at, "subject": "" if channel in CHATS else subject,
                "text": text, "expect": expect, "of": of, "customer": who["id"], "kind": kind, "external_id": external}
        self.lines.append(line)
        return line

    # ---- writing one text in another way
    def greet(self, text, who):
        g, c = (GREET_ZH, CLOSE_ZH) if who["lang"] == "zh" else (GREET_EN, CLOSE_EN)
        return self.r.choice(g) + text + self.r.choice(c).format(n=who["name"], t=who["phone"])

    def forward(self, text, who, subject):
        if who["lang"] == "zh":
            return "---------- 转发的邮件 ----------\n发件人：%s <%s>\n日期：2026年3月3日 星期二 10:12\n主题：%s\n收件人：service@shop.example\n\n%s" % (who["name"], who["email"], subject, text)
        return "---------- Forwarded message ---------\nFrom: %s <%s>\nDate: Tue, 3 Mar 2026 at 10:12\nSubject: %s\nTo: <service@shop.example>\n\n%s" % (who["name"], who["email"], subject, text)

    def markup(self, text):
        parts = "".join("<p style=\"margin:0\">%s</p>" % html.escape(p) for p in re.split(r"\n+", text))
        return self.r.choice(["<div>%s</div>", "<html><body>%s<br></body></html>", "%s&nbsp;"]) % parts

    def wide(self, text):
        return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)

    def typos(self, text, lang):
        out = list(text)
        spots = [i for i, c in enumerate(out) if c in TYPO_ZH] if lang == "zh" else [m.start() for m in re.finditer(r"(?<=[a-z])[a-z](?=[a-z]{2})", text)]
        self.r.shuffle(spots)
        for i in spots[:2]:
            if lang == "zh": out[i] = TYPO_ZH[out[i]]
            elif self.r.random() < 0.5: out[i], out[i + 1] = out[i + 1], out[i]
            else: out[i] = ""
        return "".join(out)

    def reorder(self, text, lang):
        parts = [p for p in re.split(r"(?<=[。！？])|(?<=[.!?]) ", text) if p.strip()]
        if len(parts) < 2:
            parts = [p for p in re.split(r"，", text.rstrip("。"))]
            if lang != "zh" or len(parts) < 3: return text
            k = self.r.randrange(1, len(parts))
            return "，".join(parts[k:] + parts[:k]) + "。"
        k = self.r.randrange(1, len(parts))
        return ("" if lang == "zh" else " ").join(parts[k:] + parts[:k])

    def sounds(self, text):
        return "".join(c + "(%s)" % SOUND[c] if c in SOUND and self.r.random() < 0.7 else c for c in text)

    def variants(self, t, text, who, order):
        lang = who["lang"]
        ways = [("greeting", self.greet(text, who)), ("forward", self.forward(text, who, t["s"])), ("html", self.markup(text)), ("typos", self.typos(text, lang)),
                ("order-of-sentences", self.reorder(text, lang)), ("reworded", t["reword"].format(o=order, p=who["phone"][-3:])), ("same", text),
                ("html+greeting", self.markup(self.greet(text, who)))]
        if lang == "zh": ways += [("traditional", traditional([text])[0]), ("wide", self.wide(text)), ("sounds", self.sounds(text)),
                                  ("traditional+greeting", traditional([self.greet(text, who)])[0]), ("reworded+traditional", traditional([t["reword"].format(o=order, p=who["phone"][-3:])])[0])]
        else: ways += [("wide", self.wide(text)), ("quoted", "\n".join("> " + x for x in text.split("\n"))), ("capitals", text.upper())]
        return ways

    # ---- one matter of one customer
    def matter(self, t, lang, at, who=None):
        who = who or self.customer(lang)
        order = self.order()
        text = t["base"].format(o=order, p=who["phone"][-3:])
        channel = self.r.choice(LETTERS if self.r.random() < 0.7 else CHATS)
        external = "ext-%d" % self.r.randrange(10**9)
        first = self.put(who, channel, text if self.r.random() < 0.6 else self.greet(text, who), at, subject=t["s"], external=external)
        has_order = "{o}" in t["base"]
        hours = lambda a, b: datetime.timedelta(seconds=self.r.randrange(int(a * 3600), int(b * 3600)))
        ways = self.variants(t, text, who, order)
        self.r.shuffle(ways)
        for name, new in ways[:3]:
            if channel in CHATS and name in ("forward", "html", "html+greeting", "quoted"): continue
            self.put(who, channel, new, at + hours(1, 300), "duplicate", first, t["s"] if self.r.random() < 0.7 else "", name)
        if self.r.random() < 0.4: self.put(who, channel, first["text"], at + hours(0.01, 30), "duplicate", first, t["s"], "redelivery", external)
        if has_order and self.r.random() < 0.6:
            other = self.r.choice([c for c in LETTERS + CHATS if c != channel])
            name, new = self.r.choice([w for w in ways if other not in CHATS or w[0] not in ("forward", "html", "html+greeting", "quoted")])
            self.put(who, other, new, at + hours(1, 200), "duplicate", first, t["s"], "other-channel+" + name, sender="alt_" + who["id"] if other in CHATS else "second-%s@example.net" % who["id"])
        for _ in range(1):
            pick = self.r.randrange(5)
            if pick == 0 and has_order: self.put(who, channel, t["other"].format(o=order), at + hours(20, 300), "followup", first, "", "other-words")
            if pick == 1: self.put(who, channel, text + ("" if lang == "zh" else " ") + t["fact"], at + hours(20, 300), "followup", first, t["s"], "new-fact")
            if pick == 2 and has_order: self.put(who, channel, t["news"].format(o=order, p=who["phone"][-3:]), at + hours(100, 400), "followup", first, "", "opposite-news")
            if pick == 3 and channel not in CHATS:
                body = self.r.choice((ASKS_ZH if lang == "zh" else ASKS_EN) + [t["other"].format(o=order), t["fact"]])
                quote = "\n\n在 2026年3月3日，客服 <service@shop.example> 写道：\n> " if lang == "zh" else "\n\nOn Tue, 3 Mar 2026 at 10:12, Service <service@shop.example> wrote:\n> "
                if channel == "email": body += quote + text.replace("\n", "\n> ")
                self.put(who, channel, body, at + hours(20, 300), "followup", first, ("Re: " if self.r.random() < 0.6 or lang == "en" else "回复：") + t["s"], "reply")
            if pick == 4 and channel in CHATS: self.put(who, channel, self.r.choice(CHAT_ZH if lang == "zh" else CHAT_EN), at + hours(0.02, 0.4), "followup", first, "", "chat-line")
        return who, first, text, order, channel

    # ---- what must stay apart
    def negatives(self, t, lang, at, made):
        who, first, text, order, channel = made
        later = lambda h: at + datetime.timedelta(hours=h * (0.8 + 0.4 * self.r.random()))
        has_order = "{o}" in t["base"]
        if has_order and not t["related"] and self.r.random() < 0.6: self.put(who, channel, t["base"].format(o=self.order(), p=who["phone"][-3:]), later(30), subject=t["s"], kind="other-order")
        if self.r.random() < 0.3: self.put(who, channel, text, at + datetime.timedelta(days=370 + self.r.randrange(60)), subject=t["s"], kind="year-later")
        if has_order and self.strangers[lang] and self.r.random() < 0.4:
            self.put(self.customer(lang), self.r.choice(LETTERS), self.strangers[lang].pop() % order, later(50), kind="stranger-with-number")
        left = self.second[lang]
        if left and self.r.random() < 0.3:
            subject, say = left.pop()
            self.put(who, channel if channel not in CHATS else "email", say.format(o=self.order()), later(200), subject=subject, kind="second-matter", sender=who["chat"] if channel in CHATS else None)

    def amounts(self, lang, at):
        who = self.customer(lang)
        a, b = self.r.sample([38, 52.5, 99, 128, 260, 399, 1280], 2)
        d, e = self.r.sample(range(1, 28), 2)
        if lang == "zh":
            one = "贵店%d月%d日从我的储值卡里划走了%s元的美发费用，可是那天我人在外地出差，没有到店消费，请说明并归还。"
            parts = lambda m, day, x: one % (m, day, x)
        else:
            one = "On %d %s your salon took $%s off my prepaid card for a haircut, yet I was travelling on that day and never came in. Please explain and give it back."
            parts = lambda m, day, x: one % (day, ["", "January", "February", "March", "April"][m], x)
        self.put(who, "email", parts(2, d, a), at, subject="储值卡" if lang == "zh" else "Prepaid card")
        self.put(who, "email", parts(2, e, b), at + datetime.timedelta(days=3), subject="储值卡" if lang == "zh" else "Prepaid card", kind="other-amount-and-day")
        self.put(who, "email", parts(3, d, a), at + datetime.timedelta(days=9), subject="储值卡" if lang == "zh" else "Prepaid card", kind="other-day")

    def forms(self, lang, at, count):
        items = self.r.sample(FORMS_ZH if lang == "zh" else FORMS_EN, count)
        for i, (thing, fault) in enumerate(items):
            who = self.customer(lang)
            if lang == "zh":
                text = "姓名：%s\n联系电话：%s\n订单号：%s\n商品名称：%s\n投诉内容：购买后发现%s，联系客服一直没有人处理，要求退款。\n期望处理：退款" % (who["name"], who["phone"], self.order(), thing, fault)
            else:
                text = "Name: %s\nPhone: %s\nOrder number: %s\nProduct: %s\nComplaint: after a short time it %s; customer service has not helped. I want my money back.\nExpected: refund" % (who["name"], who["phone"], self.order(), thing, fault)
            first = self.put(who, "webform", text, at + datetime.timedelta(hours=3 * i), kind="form", subject="投诉表单" if lang == "zh" else "Complaint form")
            if self.r.random() < 0.5: self.put(who, "webform", text, at + datetime.timedelta(hours=3 * i, minutes=7), "duplicate", first, kind="form-twice", subject="投诉表单" if lang == "zh" else "Complaint form")
            if self.r.random() < 0.4:
                again = re.sub(r"(订单号：|Order number: )\S+", lambda m: m.group(1) + self.order(), text)
                self.put(who, "webform", again, at + datetime.timedelta(hours=3 * i + 1), kind="form-other-order", subject="投诉表单" if lang == "zh" else "Complaint form")

    def incidents(self, t, lang, at, first, made):
        cluster = [first]
        for text in t["related"]:
            for _ in range(2):
                who = self.customer(lang)
                new = self.r.choice([text, self.greet(text, who), traditional([text])[0] if lang == "zh" else text.upper() if self.r.random() < 0.2 else self.typos(text, "en")])
                line = self.put(who, self.r.choice(LETTERS + CHATS), new, at + datetime.timedelta(hours=self.r.randrange(2, 120)), "related", list(cluster), t["s"], "incident")
                cluster.append(line)

    def shorts(self, lang, at):
        for text in (SHORT_ZH if lang == "zh" else SHORT_EN):
            for k in range(2): self.put(self.customer(lang), self.r.choice(LETTERS + CHATS), text, at + datetime.timedelta(hours=self.r.randrange(400)), kind="short")
        who = self.customer(lang)
        first = self.put(who, "form", (SHORT_ZH if lang == "zh" else SHORT_EN)[0], at, kind="short")
        self.put(who, "form", first["text"], at + datetime.timedelta(minutes=2), "duplicate", first, kind="short-at-once")

    def hotline(self, lang, at):
        for i in range(4):
            who = self.customer(lang)
            text = "拨打你们公布的电话021-55667788四十分钟没人接听，语音提示前面还有九十九人排队。" if lang == "zh" else "I rang 020 7946 0011, the number on your page, for forty minutes; the voice said that ninety-nine callers were before me."
            line = self.put(who, ["email", "form", "wechat", "weibo"][i], text, at + datetime.timedelta(hours=i), "new" if i == 0 else "related", [x for x in self.hot] if i else None, kind="public-number")
            self.hot.append(line)

    def compose(self, background):
        for rounds in range(2):
            self.strangers = {"zh": list(STRANGERS_ZH), "en": list(STRANGERS_EN)}
            self.second = {"zh": list(SECOND_ZH), "en": list(SECOND_EN)}
            for lang in ("zh", "en"):
                for t in getattr(self.topics, lang.upper()):
                    at = self.start + datetime.timedelta(hours=self.r.randrange(0, 24 * 40)) + datetime.timedelta(days=60 * rounds)
                    made = self.matter(t, lang, at)
                    self.negatives(t, lang, at, made)
                    if t["related"]: self.incidents(t, lang, at, made[1], made)
        for lang in ("zh", "en"):
            for k in range(3): self.amounts(lang, self.start + datetime.timedelta(days=5 + 45 * k))
            self.forms(lang, self.start + datetime.timedelta(days=20), 10)
            self.shorts(lang, self.start + datetime.timedelta(days=3))
            self.hot = []
            self.hotline(lang, self.start + datetime.timedelta(days=33))
        for k, (lang, text) in enumerate(background):
            who = self.customer(lang)
            at = self.start + datetime.timedelta(hours=self.r.randrange(24 * 130))
            first = self.put(who, self.r.choice(LETTERS + CHATS), text, at, kind="background")
            if k % 4 == 0 and len(text) > (18 if lang == "zh" else 60):
                way = self.r.choice([self.greet, lambda x, w: self.typos(x, lang), lambda x, w: traditional([x])[0] if lang == "zh" else x.upper(), lambda x, w: self.wide(x)])
                self.put(who, first["channel"], way(text, who), at + datetime.timedelta(hours=self.r.randrange(1, 400)), "duplicate", first, kind="background-again")

    def write(self, path):
        self.lines.sort(key=lambda x: (x["at"], x["kind"] != "base"))
        for i, line in enumerate(self.lines): line["id"] = "m%04d" % (i + 1)
        place = {id(line): i for i, line in enumerate(self.lines)}
        with open(path, "w", encoding="utf-8") as f:
            for i, line in enumerate(self.lines):
                of = line["of"]
                if isinstance(of, list): of = [x["id"] for x in of]
                elif of is not None: assert place[id(of)] < i, line; of = of["id"]
                out = {"id": line["id"], "channel": line["channel"], "sender": line["sender"], "received_at": line["at"].strftime("%Y-%m-%dT%H:%M:%SZ"), "subject": line["subject"], "text": line["text"],
                       "expect": line["expect"], "of": of, "customer": line["customer"], "kind": line["kind"]}
                if line["external_id"]: out["external_id"] = line["external_id"]
                f.write(json.dumps(out, ensure_ascii=False) + "\n")
        print(path, len(self.lines), {v: sum(x["expect"] == v for x in self.lines) for v in ("new", "duplicate", "followup", "related")})


def background(part):
    texts = []
    for lang in ("zh", "en"):
        rows = [json.loads(x) for x in open("../classify/%s.jsonl" % lang, encoding="utf-8")]
        texts += [(lang, r["text"]) for i, r in enumerate(rows) if i % 2 == part and "coffee machine" not in r["text"]]
    return texts


for name, topics, seed, part in (("tuned", topics_tuned, 20260504, 0), ("held", topics_held, 77, 1)):
    s = Stream(seed, topics)
    s.compose(background(part))
    s.write(name + ".jsonl")
