#!/usr/bin/python3
"""A strict stand-in for the Bot API server, as far as a polling bot uses it.

Bot side, POST or GET /bot<TOKEN>/METHOD: getUpdates, sendMessage, getMe, getWebhookInfo, getFile; files at /file/bot<TOKEN>/PATH.
 - getUpdates: an offset forgets every update below it; what was not confirmed comes again; an offset beyond all falls back to nothing held;
   long polling up to 50 s; limit 1-100; a second call while one waits ends the first with 409.
 - sendMessage: chat_id must be a whole number of a chat that wrote before, text 1-4096 UTF-16 units, no parse_mode.
Test side, JSON, POST /control/NAME (or the same words by the class, or as lines of JSON, see counterpart.serve):
   message {"text", "chat", "from", "language", ...}  update {"update": {...}}  file {"path", "base64"}  refuse {"method", "status", "body", "times"}
   drop_answer {"method", "times"}: the call is obeyed, but the connection closes before the answer   sent {}   calls {}   pending {}
"""
import argparse
import base64
import json
import os
import signal
import sys
import threading
import time
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

sys.path.append(os.path.dirname(os.path.abspath(__file__)))
sys.dont_write_bytecode = True
import counterpart  # noqa: E402

METHODS = ("getUpdates", "sendMessage", "getMe", "getWebhookInfo", "getFile")


class Refused(Exception):
    def __init__(self, status, text, **parameters):
        super().__init__(text)
        self.status, self.text, self.parameters = status, text, parameters


def whole(value, name):
    if isinstance(value, bool) or not isinstance(value, int):
        raise Refused(400, "Bad Request: %s must be a whole number" % name)
    return value


class TelegramFake:
    def __init__(self, token="123456:test-token_A", port=0):
        self.token = token
        self.lock = threading.Condition()
        self.updates, self.sent, self.calls = [], [], []
        self.files, self.refusals, self.chats = {}, {}, set()
        self.dropped = {}
        self.next_update, self.next_message, self.poll = 900000001, 1, 0
        self.stopping = False
        fake = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                fake.answer(self)

            do_GET = do_POST

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
        self.server.daemon_threads = True
        self.port = self.server.server_address[1]

    @property
    def url(self):
        return "http://127.0.0.1:%d" % self.port

    def start(self):
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def stop(self):
        with self.lock:
            self.stopping = True
            self.lock.notify_all()
        self.server.shutdown()
        self.server.server_close()

    __enter__ = start

    def __exit__(self, *_):
        self.stop()

    # ---- test side

    def message(self, text, chat=7000000001, sender=None, name="Ana", language="en", edited=False, **extra):
        """A person writes; the update's id."""
        with self.lock:
            body = {"message_id": self.next_message, "date": int(time.time()), "text": text,
                    "from": {"id": sender or chat, "is_bot": False, "first_name": name, "language_code": language},
                    "chat": {"id": chat, "type": "private" if chat > 0 else "group"}}
            body.update(extra)
            self.next_message += 1
            return self.update({"edited_message" if edited else "message": body})

    def update(self, update):
        with self.lock:
            update = dict(update, update_id=update.get("update_id", self.next_update))
            self.next_update = update["update_id"] + 1
            for kind in ("message", "edited_message"):
                if "chat" in update.get(kind, {}):
                    self.chats.add(update[kind]["chat"]["id"])
            self.updates.append(update)
            self.lock.notify_all()
            return update["update_id"]

    def refuse(self, method, status, body=None, times=1):
        """The next calls of a method get this answer."""
        with self.lock:
            self.refusals[method] = [status, body or {"ok": False, "error_code": status, "description": "refused"}, times]

    def drop_answer(self, method, times=1):
        with self.lock:
            self.dropped[method] = times

    # ---- bot side

    def answer(self, handler):
        length = int(handler.headers.get("Content-Length") or 0)
        body = handler.rfile.read(length)
        path = urllib.parse.urlsplit(handler.path)
        if path.path.startswith("/control/"):
            return self.send(handler, 200, self.control(path.path[9:], json.loads(body or b"{}")))
        prefix = "/bot%s/" % self.token
        if path.path.startswith("/file" + prefix):
            data = self.files.get(path.path[len("/file" + prefix):])
            return self.send(handler, 404 if data is None else 200, {"ok": False} if data is None else None, data)
        if not path.path.startswith(prefix):
            return self.send(handler, 401, {"ok": False, "error_code": 401, "description": "Unauthorized"})
        return self.bot_call(handler, path.path[len(prefix):], path.query, body)

    def bot_call(self, handler, method, query, body):
        try:
            arguments = dict(urllib.parse.parse_qsl(query))
            arguments = {k: int(v) if v.lstrip("-").isdigit() else v for k, v in arguments.items()}
            if body:
                arguments.update(json.loads(body))
            with self.lock:
                self.calls.append([method, arguments])
                refusal = self.refusals.get(method)
                if refusal and refusal[2] > 0:
                    refusal[2] -= 1
                    return self.send(handler, refusal[0], refusal[1])
            if method not in METHODS:
                raise Refused(404, "Not Found")
            result = getattr(self, "do_" + method)(arguments)
            with self.lock:
                if self.dropped.get(method, 0) > 0:
                    self.dropped[method] -= 1
                    handler.close_connection = True
                    return None
            return self.send(handler, 200, {"ok": True, "result": result})
        except Refused as no:
            answer = {"ok": False, "error_code": no.status, "description": no.text}
            if no.parameters:
                answer["parameters"] = no.parameters
            return self.send(handler, no.status, answer)

    @staticmethod
    def send(handler, status, value, data=None):
        data = json.dumps(value).encode() if data is None else data
        try:
            handler.send_response(status)
            handler.send_header("Content-Type", "application/json")
            handler.send_header("Content-Length", str(len(data)))
            handler.end_headers()
            handler.wfile.write(data)
        except OSError:
            pass

    def do_getMe(self, _):
        return {"id": int(self.token.split(":")[0]), "is_bot": True, "first_name": "Test", "username": "test_bot"}

    def do_getWebhookInfo(self, _):
        return {"url": "", "has_custom_certificate": False, "pending_update_count": len(self.updates)}

    def do_getUpdates(self, arguments):
        offset, limit = whole(arguments.get("offset", 0), "offset"), whole(arguments.get("limit", 100), "limit")
        wait = min(whole(arguments.get("timeout", 0), "timeout"), 50)
        if not 1 <= limit <= 100 or offset < 0:
            raise Refused(400, "Bad Request: offset or limit out of range")
        wanted = arguments.get("allowed_updates") or ["message", "edited_message", "channel_post"]
        with self.lock:
            self.poll += 1
            mine = self.poll
            self.lock.notify_all()
            self.updates = [u for u in self.updates if u["update_id"] >= offset and any(k in u for k in wanted)]
            deadline = time.monotonic() + wait
            while not self.updates and not self.stopping and time.monotonic() < deadline:
                self.lock.wait(deadline - time.monotonic())
                if self.poll != mine:
                    raise Refused(409, "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running")
            return self.updates[:limit]

    def do_sendMessage(self, arguments):
        chat, text = whole(arguments.get("chat_id"), "chat_id"), arguments.get("text")
        if not isinstance(text, str) or not text.strip():
            raise Refused(400, "Bad Request: message text is empty")
        if len(text.encode("utf-16-le")) // 2 > 4096:
            raise Refused(400, "Bad Request: message is too long")
        if "parse_mode" in arguments:
            raise Refused(400, "Bad Request: can't parse entities")
        reply = arguments.get("reply_parameters", {"allow_sending_without_reply": True})
        with self.lock:
            if chat not in self.chats:
                raise Refused(400, "Bad Request: chat not found")
            if not reply.get("allow_sending_without_reply"):
                raise Refused(400, "Bad Request: message to be replied not found")
            message = {"message_id": self.next_message, "date": int(time.time()), "chat": {"id": chat}, "text": text}
            self.next_message += 1
            self.sent.append(dict(message, reply_to=reply.get("message_id")))
            return message

    def do_getFile(self, arguments):
        path = arguments.get("file_id")
        if path not in self.files:
            raise Refused(400, "Bad Request: invalid file_id")
        return {"file_id": path, "file_size": len(self.files[path]), "file_path": path}

    def control(self, word, c):
        """What the test side may say, by HTTP and by lines alike."""
        if word == "message":
            c = {k: v for k, v in c.items() if k != "do"}
            return self.message(c.pop("text"), sender=c.pop("from", None), **c)
        if word == "update":
            return self.update(c["update"])
        if word == "file":
            self.files[c["path"]] = base64.b64decode(c["base64"])
            return None
        if word == "refuse":
            return self.refuse(c["method"], c["status"], c.get("body"), c.get("times", 1))
        if word == "drop_answer":
            return self.drop_answer(c["method"], c.get("times", 1))
        return {"sent": self.sent, "calls": self.calls, "pending": self.updates}[word]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--token", default="123456:test-token_A")
    parser.add_argument("--port", type=int, default=0)
    args = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    fake = TelegramFake(args.token, args.port).start()
    try:
        words = ("message", "update", "file", "refuse", "drop_answer", "sent", "calls", "pending")
        counterpart.serve({"port": fake.port, "url": fake.url, "token": fake.token}, {w: (lambda c, w=w: fake.control(w, c)) for w in words})
    finally:
        fake.stop()


if __name__ == "__main__":
    main()
