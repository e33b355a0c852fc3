"""Telegram through a strict stand-in for the Bot API: updates to tickets, acknowledgements exactly once, and the refusals it knows."""
import re
import time

import pytest

from rig.talk import eventually
from rig.telegram_fake import TelegramFake

TOKEN = "123456:test-token_A-not-for-the-log"


@pytest.fixture
def bot():
    with TelegramFake(token=TOKEN) as fake:
        yield fake


@pytest.fixture
def listener(daemon, bot):
    daemon.conf["channels"]["chat"] = {"plugin": "telegram", "token": {"file": str(daemon.secret("bot.token", TOKEN))}, "server": bot.url,
                                       "timeout": "5s", "interval": "1s"}
    daemon.conf["log"]["level"] = "debug"
    yield daemon.start()
    assert TOKEN not in daemon.log_path.read_text(errors="replace"), "the token is in the log"


def settled(daemon, sent, bot, wait_s=20):
    """Until so many answers were sent, and none more for a while."""
    assert eventually(lambda: len(bot.sent) >= sent, wait_s), (bot.sent, daemon.log())
    time.sleep(1)
    return bot.sent


def test_an_update_becomes_a_ticket_and_is_answered_exactly_once(listener, bot):
    bot.message("我的快递丢了", chat=7000000001, language="zh-hans")
    bot.message("My lamp flickers.", chat=7000000002)
    sent = settled(listener, 2, bot)
    tickets = {t["customer"]["handles"][0]["value"]: t for t in listener.ctl("list")}
    assert set(tickets) == {"7000000001", "7000000002"}
    assert [m["chat"]["id"] for m in sent] == sorted(m["chat"]["id"] for m in sent) and len(sent) == 2
    for message in sent:
        ticket = tickets[str(message["chat"]["id"])]
        assert ticket["code"] in message["text"]
        assert eventually(lambda t=ticket: listener.ctl("show", t["number"])["ack"]["state"] == "sent")
    assert re.search("[一-鿿]", next(m["text"] for m in sent if m["chat"]["id"] == 7000000001)), "in the customer's language"
    assert "快递" not in sent[0]["text"] + sent[1]["text"], "no word of the sender goes back"
    assert eventually(lambda: bot.updates == []), "confirmed by the next call's offset"


def test_a_kill_at_any_time_loses_and_doubles_no_update(listener, bot):
    for n in range(30):
        bot.message(f"serial-{n:08d}-end", chat=7000000100 + n)
        if n % 6 == 5:
            time.sleep(0.03 * n)
            listener.kill()
            listener.start()
    assert eventually(lambda: len(listener.ctl("list")) >= 30, 30), listener.log()
    assert eventually(lambda: listener.ctl("outbox", "--state", "pending") == [], 30)
    time.sleep(1)
    texts = [m["text"] for t in listener.tickets() for m in t["messages"]]
    assert sorted(texts) == [f"serial-{n:08d}-end" for n in range(30)]
    unknown = len(listener.ctl("outbox", "--state", "uncertain"))
    chats = [m["chat"]["id"] for m in bot.sent]
    assert len(chats) == len(set(chats)), "no chat is answered twice"
    assert len(chats) >= 30 - unknown


def test_an_answer_whose_reply_is_lost_is_uncertain_and_not_sent_twice(listener, bot):
    bot.drop_answer("sendMessage")
    bot.message("My lamp flickers.")
    unknown = eventually(lambda: listener.ctl("outbox", "--state", "uncertain"))
    assert len(unknown) == 1
    listener.kill()
    listener.start()
    time.sleep(2)
    assert len(bot.sent) == 1


REFUSALS = [
    ("another poller", "getUpdates", 409, {"ok": False, "error_code": 409, "description": "Conflict: terminated by other getUpdates request"}, "another program|409|Conflict"),
    ("too many calls", "getUpdates", 429, {"ok": False, "error_code": 429, "description": "Too Many Requests: retry after 2", "parameters": {"retry_after": 2}}, "too many requests"),
    ("trouble there", "getUpdates", 502, {"ok": False, "error_code": 502, "description": "Bad Gateway"}, "502|Bad Gateway"),
]


@pytest.mark.parametrize("name, method, status, body, words", REFUSALS, ids=[r[0] for r in REFUSALS])
def test_a_refused_call_is_told_in_words_and_made_again(listener, bot, name, method, status, body, words):
    bot.refuse(method, status, body)
    bot.message("wake up", chat=7000000001)
    bot.message("My lamp flickers.", chat=7000000002)
    assert eventually(lambda: len(listener.ctl("list")) == 2, 120), listener.log()          # a conflict parks the channel for a minute
    assert eventually(lambda: re.search(words, listener.log()), 30), listener.log()
    assert len(settled(listener, 2, bot)) == 2


def test_an_answer_that_comes_too_fast_waits_as_long_as_the_server_asks(listener, bot):
    bot.refuse("sendMessage", 429, {"ok": False, "error_code": 429, "description": "Too Many Requests: retry after 2", "parameters": {"retry_after": 2}})
    begin = time.monotonic()
    bot.message("My lamp flickers.")
    assert len(settled(listener, 1, bot, 30)) == 1
    assert time.monotonic() - begin >= 2
    assert len([c for c in bot.calls if c[0] == "sendMessage"]) == 2


def test_a_chat_that_blocked_the_bot_is_a_final_failure(listener, bot):
    bot.refuse("sendMessage", 403, {"ok": False, "error_code": 403, "description": "Forbidden: bot was blocked by the user"}, times=100)
    bot.message("My lamp flickers.")
    failed = eventually(lambda: [d for d in listener.ctl("outbox", "--state", "failed") if d["kind"] == "ack"])
    assert failed and "blocked" in failed[0]["last_error"]
    time.sleep(1)
    assert len([c for c in bot.calls if c[0] == "sendMessage"]) == 1


def test_an_edited_message_is_kept_once_beside_the_first(listener, bot):
    bot.message("My lamp flickers.", message_id=55)
    settled(listener, 1, bot)
    bot.message("My lamp flickers since Monday.", edited=True, message_id=55)
    assert eventually(lambda: any("since Monday" in m["text"] for t in listener.tickets() for m in t["messages"])), listener.log()
    listener.kill()
    listener.start()
    time.sleep(1)
    texts = sorted(m["text"] for t in listener.tickets() for m in t["messages"])
    assert texts == sorted(["My lamp flickers.", "My lamp flickers since Monday."])


def test_a_robot_is_passed_by(listener, bot):
    bot.message("I am a machine.", **{"from": {"id": 5, "is_bot": True, "first_name": "R"}})
    assert eventually(lambda: bot.updates == []), "confirmed"
    time.sleep(1)
    assert bot.sent == [] and listener.ctl("list") == []


def test_doctor_names_a_wrong_token(daemon, bot):
    daemon.conf["channels"]["chat"] = {"plugin": "telegram", "token": {"file": str(daemon.secret("bot.token", "1:wrong-token"))}, "server": bot.url, "timeout": "1s"}
    daemon.start()
    found = daemon.ctl("doctor", "chat", check=False)[0]
    assert found["ok"] is False and re.search("401|Unauthorized|token", found["detail"]) and "wrong-token" not in found["detail"]


def test_the_owner_asks_for_the_state_by_word_or_code_and_nobody_else_learns_anything(daemon, bot):
    daemon.conf["channels"]["chat"] = {"plugin": "telegram", "token": {"file": str(daemon.secret("bot.token", TOKEN))}, "server": bot.url,
                                       "timeout": "5s", "interval": "1s"}
    daemon.conf["ack"].update(per_address_hour=100, per_address_day=100)
    daemon.start()
    bot.message("My lamp flickers.", chat=7000000001)
    settled(daemon, 1, bot)
    ticket = daemon.ctl("list")[0]
    daemon.ctl("set-state", ticket["number"], "in_progress")
    settled(daemon, 2, bot)
    for n, asked in enumerate(("status", " 进度 ", ticket["code"].lower(), "STATUS " + ticket["code"].replace("-", ""))):
        bot.message(asked, chat=7000000001)
        sent = settled(daemon, 3 + n, bot)
        assert sent[-1]["chat"]["id"] == 7000000001 and ticket["code"] in sent[-1]["text"] and "in progress" in sent[-1]["text"], asked
    assert len(daemon.ctl("list")) == 1, "no ticket is made of it"
    bot.message(ticket["code"], chat=7000000002)
    bot.message("status", chat=7000000003)
    sent = settled(daemon, 8, bot)
    strangers = [m["text"] for m in sent if m["chat"]["id"] != 7000000001]
    assert len(strangers) == 2 and all(ticket["code"] not in text and "in progress" not in text for text in strangers)
    assert len(daemon.ctl("list")) == 3, "what asks about nothing of theirs is an ordinary message"
    lines = [line for line in daemon.ctl("ledger") if line["channel"] == "chat"]
    assert all(line["pending"] == 0 for line in lines) and sum(line["reasons"].get("status-query", 0) for line in lines) == 4
