"""A chat endpoint in the manner of OpenAI that refuses whatever the published format does not allow, and answers as the test says."""
import http.server
import json
import threading
import time

KEYS = {"model", "temperature", "max_tokens", "stream", "response_format", "messages"}


def complaint(handler, body):
    """What is wrong with a request; None when nothing is."""
    if handler.path != "/v1/chat/completions":
        return f"no such path: {handler.path}"
    if handler.headers.get("Content-Type") != "application/json":
        return "the content type is not application/json"
    if handler.headers.get("Authorization") != "Bearer " + handler.server.fake.token:
        return "wrong token"
    try:
        asked = json.loads(body)
    except ValueError as error:
        return f"no JSON: {error}"
    if set(asked) - KEYS or not {"model", "messages"} <= set(asked):
        return f"unknown or missing keys: {sorted(asked)}"
    if asked["temperature"] != 0 or asked["stream"] is not False or asked["model"] != "test-model":
        return "temperature, stream or model"
    if asked.get("response_format", {"type": "json_object"}) != {"type": "json_object"}:
        return "response_format"
    roles = [message.get("role") for message in asked["messages"]]
    if roles != ["system", "user"] or any(set(m) != {"role", "content"} or not isinstance(m["content"], str) for m in asked["messages"]):
        return f"messages: {roles}"
    if "json" not in asked["messages"][0]["content"].lower():
        return "response_format json_object asks for the word JSON in the messages"
    if set(json.loads(asked["messages"][1]["content"])) != {"subject", "text"}:
        return "the user's content"
    return None


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        fake = self.server.fake
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        wrong = complaint(self, body)
        with fake.lock:
            fake.wrong += [wrong] if wrong else []
            if not wrong:
                fake.asked.append(json.loads(json.loads(body)["messages"][1]["content"]))
                fake.prompts.append(json.loads(body)["messages"][0]["content"])
            fake.at_once += 1
            fake.most_at_once = max(fake.most_at_once, fake.at_once)
            answer = fake.answer
        try:
            status, headers, reply = (400, {}, json.dumps({"error": wrong})) if wrong else answer(fake.asked[-1])
            data = reply.encode() if isinstance(reply, str) else reply
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)
        except OSError:
            pass        # the daemon gave up waiting
        finally:
            with fake.lock:
                fake.at_once -= 1

    def log_message(self, *_):
        pass


def completion(content, **more):
    """What an endpoint answers when its model said this."""
    return json.dumps({"id": "chatcmpl-1", "object": "chat.completion", "created": 1, "model": "test-model",
                       "choices": [{"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": content}, **more}],
                       "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}})


class ChatFake:
    def __init__(self):
        self.token = "token-of-the-chat-endpoint"
        self.lock = threading.Lock()
        self.asked, self.prompts, self.wrong = [], [], []
        self.at_once = self.most_at_once = 0
        self.released = threading.Event()
        self.says({})

    def says(self, words, status=200, headers=None, wait_s=0, held=False, **more):
        """words: an object or the raw content of the model; status other than 200: an error. held: not before released is set."""
        content = words if isinstance(words, str) else json.dumps(words)

        def answer(_):
            if wait_s:
                time.sleep(wait_s)
            if held:
                self.released.wait(60)
            return status, headers or {}, completion(content, **more) if status == 200 else json.dumps({"error": {"message": "no"}})
        self.answer = answer

    def replies(self, raw):
        self.answer = lambda _: (200, {}, raw)

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server.server_address[1]}/v1/chat/completions"

    def __enter__(self):
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
        self.server.daemon_threads = True
        self.server.fake = self
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()
