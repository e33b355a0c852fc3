"""What a stop or a reload finds under way: it ends in time, nothing that goes out is cut off, and a bad configuration changes nothing."""
import concurrent.futures
import contextlib
import http.client
import json
import signal
import socket
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from rig.intaked import SECRET, Intaked
from rig.talk import eventually, lmtp, mail

UPDATE = {"update_id": 7, "message": {"message_id": 1, "date": 1795000000, "chat": {"id": 42, "type": "private"},
                                      "from": {"id": 42, "is_bot": False, "first_name": "Ann", "language_code": "en"}, "text": "The lamp flickers."}}


@contextlib.contextmanager
def silent_server():
    """A port that takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0), backlog=64) as s:
        yield s.getsockname()[1]


class SlowBot:
    """A Bot API server that takes two seconds to send."""

    def __init__(self):
        self.sent, self.is_sending = 0, threading.Event()
        bot = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])) or b"{}")
                result = {"message_id": 2}
                if self.path.endswith("/getUpdates"):
                    result = [UPDATE] if asked.get("offset", 0) <= UPDATE["update_id"] else []
                    time.sleep(0 if result else 0.2)
                elif self.path.endswith("/sendMessage"):
                    bot.is_sending.set()
                    time.sleep(2)
                    bot.sent += 1
                body = json.dumps({"ok": True, "result": result}).encode()
                with contextlib.suppress(OSError):
                    self.send_response(200)
                    self.send_header("Content-Length", str(len(body)))
                    self.end_headers()
                    self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"


def with_bot(daemon, bot):
    daemon.conf["channels"]["bot"] = {"plugin": "telegram", "token": {"file": str(daemon.secret("bot.token", "123456:token_A"))}, "server": bot.url}
    return daemon


def test_a_stop_waits_for_no_receiver_that_hangs(tmp_path):
    with silent_server() as port, Intaked(tmp_path) as d:
        d.conf["sinks"]["dead"] = {"plugin": "webhook", "url": f"http://127.0.0.1:{port}/", "timeout": "60s", "secret": {"file": str(d.secret("dead.secret", SECRET))}}
        d.start()
        assert lmtp(d.lmtp_port, mail()) == 250
        assert eventually(lambda: any(o["target"] == "sink:dead" and o["state"] == "sending" for o in d.ctl("outbox")))
        assert d.stop(20) == 0


def test_an_acknowledgement_on_its_way_is_not_cut_off(tmp_path):
    for number in (signal.SIGHUP, signal.SIGTERM):
        bot = SlowBot()
        with with_bot(Intaked(tmp_path / number.name), bot) as d:
            d.start()
            assert bot.is_sending.wait(30)
            if number == signal.SIGHUP:
                d.signal(number)
            else:
                assert d.stop() == 0
                d.start()
            assert eventually(lambda: [t["ack"]["state"] for t in d.tickets()] == ["sent"]), d.tickets()
            assert bot.sent == 1


def test_a_doctor_at_a_dead_server_holds_up_no_stop(tmp_path):
    with silent_server() as port, Intaked(tmp_path) as d:
        d.conf["channels"]["box"] = {"plugin": "imap", "server": f"imap://127.0.0.1:{port}", "user": "ann", "timeout": "60s",
                                     "password": {"file": str(d.secret("box.password", "x"))}}
        d.start()
        doctor = threading.Thread(target=lambda: d.ctl("doctor", "box", check=False), daemon=True)
        doctor.start()
        time.sleep(1)
        assert d.stop(20) == 0
        doctor.join(30)


def test_a_configuration_that_cannot_be_put_into_force_changes_nothing(tmp_path):
    with silent_server() as taken, Intaked(tmp_path) as d:
        d.start()
        listen = d.conf["http"]["listen"]
        d.conf["http"]["listen"] = [f"127.0.0.1:{taken}"]
        d.write_config()
        d.signal(signal.SIGHUP)
        assert eventually(lambda: "the old configuration stays in force" in d.log()), d.log()
        d.wait_ready()
        assert lmtp(d.lmtp_port, mail()) == 250
        d.conf["http"]["listen"] = listen
        d.write_config()
        d.signal(signal.SIGHUP)
        assert eventually(lambda: "the new configuration is in force" in d.log())
        d.wait_ready()
        assert d.stop() == 0


def test_no_request_on_a_fresh_connection_is_cut_off_by_a_reload(tmp_path):
    with Intaked(tmp_path) as d:
        d.start()
        ended = threading.Event()
        answers = []

        def ask():
            while not ended.is_set():
                link = http.client.HTTPConnection("127.0.0.1", d.http_port, timeout=60)
                begin = time.monotonic()
                link.connect()
                time.sleep(0.01)                    # a slow client: connected, nothing said yet
                try:
                    link.request("GET", "/healthz")
                    answers.append(link.getresponse().status)
                except (OSError, http.client.HTTPException):
                    if time.monotonic() - begin < 0.4:      # later than that it may be cut
                        raise
                link.close()

        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            asking = [pool.submit(ask) for _ in range(4)]
            for _ in range(6):
                d.signal(signal.SIGHUP)
                time.sleep(0.4)
            ended.set()
            for one in asking:
                one.result()
        assert len(answers) > 50 and set(answers) == {200}
