"""A small SMTP server in this process that records what it accepted, and can misbehave where a test asks for it."""
import socket
import socketserver
import threading


class _Handler(socketserver.StreamRequestHandler):
    disable_nagle_algorithm = True      # several short answers in a row

    def say(self, text):
        self.wfile.write(text.encode() + b"\r\n")
        self.wfile.flush()

    def handle(self):
        try:
            self.talk()
        except (ConnectionError, OSError):
            pass

    def talk(self):
        sink = self.server.sink
        self.say("220 sink.example.com ESMTP")
        sender, recipients = None, []
        while True:
            line = self.rfile.readline(4096)
            if not line:
                return
            verb = line[:4].upper()
            if verb in (b"EHLO", b"HELO"):
                self.say("250-sink.example.com\r\n250-PIPELINING\r\n250 8BITMIME")
            elif verb == b"MAIL":
                sender, recipients = line.decode(errors="replace").strip(), []
                self.say("250 2.1.0 ok")
            elif verb == b"RCPT":
                recipients.append(line.decode(errors="replace").split(":", 1)[1].strip().split(" ")[0].strip("<>"))
                self.say("250 2.1.5 ok")
            elif verb == b"DATA":
                self.say("354 go on")
                data = []
                while True:
                    row = self.rfile.readline(65536)
                    if not row:
                        return
                    if row == b".\r\n":
                        break
                    data.append(row[1:] if row.startswith(b".") else row)
                verdict = sink.judge(sender, recipients, b"".join(data))
                if verdict is None:
                    self.connection.shutdown(socket.SHUT_RDWR)
                    return
                self.say(verdict)
            elif verb == b"RSET":
                self.say("250 2.0.0 ok")
            elif verb == b"NOOP":
                self.say("250 2.0.0 ok")
            elif verb == b"QUIT":
                self.say("221 2.0.0 bye")
                return
            else:
                self.say("502 5.5.2 no")


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 128


class SmtpSink:
    """accepted: list of (sender line, recipients, bytes). on_data(recipients, bytes) may return another verdict: a reply line,
    or None to close the connection after the final dot without an answer (the mail counts as accepted then: it may be)."""

    def __init__(self, on_data=None):
        self.accepted = []
        self.ambiguous = []
        self.on_data = on_data
        self.lock = threading.Lock()
        self.server = _Server(("127.0.0.1", 0), _Handler)
        self.server.sink = self
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.2}, daemon=True).start()

    def judge(self, sender, recipients, data):
        verdict = self.on_data(recipients, data) if self.on_data else "250 2.0.0 taken"
        with self.lock:
            if verdict is None:
                self.ambiguous.append((sender, recipients, data))
            elif verdict.startswith("250"):
                self.accepted.append((sender, recipients, data))
        return verdict

    def stop(self):
        self.server.shutdown()
        self.server.server_close()
