#!/usr/bin/python3
"""A scriptable SMTP server for tests, on loopback, with a log that an oracle can read.

Prints "PORT N" when it listens. Every connection, command, TLS handshake and mail becomes one JSON line in --log.

  --rule STAGE=ACTION[@N]   what to do instead of "yes" at the N-th mail (every mail without @N). May be repeated.
       STAGE   greet ehlo starttls auth mail rcpt data dot quit
       ACTION  a reply code (450, 554, ...), close (hang up without a word), stall (say nothing), half (read half of the data, hang up),
               late (accept the mail durably, then hang up without a word; only at dot)
  --tls NAME                make a certificate for NAME in --dir (ca.pem) and offer STARTTLS
  --implicit                TLS from the first byte instead
  --tls13                   refuse everything older than TLS 1.3
  --user NAME --secret S    offer AUTH PLAIN, LOGIN and XOAUTH2 once TLS is on (or always with --plain-auth) and require it
  --refuse-tokens N         accept any XOAUTH2 token but the first N different ones
  --chunking                offer BDAT
  --delay-ms N              wait before every answer to a mail's end
"""
import argparse
import base64
import ctypes
import json
import os
import socket
import ssl
import subprocess
import sys
import threading
import time


class Peer:
    def __init__(self, args):
        self.args = args
        self.lock = threading.Lock()
        self.log_file = open(args.log, "a", encoding="utf-8") if args.log else sys.stderr
        self.mails = 0
        self.tokens = []
        self.rules = []
        for rule in args.rule:
            stage, action = rule.split("=", 1)
            number = None
            if "@" in action:
                action, number = action.split("@", 1)
            self.rules.append((stage, action, int(number) if number else None))
        self.context = self.make_context() if args.tls else None

    def make_context(self):
        folder = self.args.dir
        cert, key = os.path.join(folder, "ca.pem"), os.path.join(folder, "key.pem")
        kind = "IP" if self.args.tls.replace(".", "").isdigit() else "DNS"
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", key,
                        "-out", cert, "-days", "2", "-subj", "/CN=test", "-addext", "subjectAltName=%s:%s" % (kind, self.args.tls)],
                       check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(cert, key)
        if self.args.tls13:
            context.minimum_version = ssl.TLSVersion.TLSv1_3
        return context

    def log(self, **entry):
        with self.lock:
            self.log_file.write(json.dumps(entry) + "\n")
            self.log_file.flush()

    def action(self, stage):
        """What the script says for this stage now; None means yes."""
        for at, action, number in self.rules:
            if at == stage and number in (None, self.mails):
                return action
        return None


class Hangup(Exception):
    pass


class Connection:
    def __init__(self, peer, sock):
        self.peer, self.sock = peer, sock
        self.buffer = b""
        self.is_tls = False
        self.is_known = not peer.args.user
        self.sender = self.recipient = None
        self.chunks = b""

    def line(self):
        while b"\r\n" not in self.buffer:
            if len(self.buffer) > 65536:
                raise Hangup
            self.more()
        line, self.buffer = self.buffer.split(b"\r\n", 1)
        return line

    def more(self):
        data = self.sock.recv(65536)
        if not data:
            raise Hangup
        self.buffer += data

    def say(self, text):
        self.sock.sendall(text.encode() + b"\r\n")

    def answer(self, stage, yes):
        """Says yes, or what the script wants. Returns whether it was yes."""
        action = self.peer.action(stage)
        if action is None:
            self.say(yes)
            return True
        if action in ("close", "late"):
            raise Hangup
        if action == "stall":
            time.sleep(3600)
        self.say("%s scripted %s" % (action, stage))
        if action.startswith("421"):
            raise Hangup
        return False

    def start_tls(self):
        try:
            self.sock = self.peer.context.wrap_socket(self.sock, server_side=True)
        except (ssl.SSLError, OSError) as error:
            self.peer.log(tls="failed", why=str(error))
            raise Hangup from error
        self.is_tls = True
        self.buffer = b""
        self.peer.log(tls="ok", version=self.sock.version())

    def greet(self, words):
        name = words[1].decode("latin-1") if len(words) > 1 else ""
        self.peer.log(ehlo=name)
        if self.peer.action("ehlo") is not None:
            return self.answer("ehlo", "")
        lines = ["peer.test", "PIPELINING", "SIZE 50000000", "8BITMIME", "ENHANCEDSTATUSCODES"]
        args = self.peer.args
        if self.peer.context and not self.is_tls:
            lines.append("STARTTLS")
        if args.chunking:
            lines.append("CHUNKING")
        if args.user and (self.is_tls or args.plain_auth):
            lines.append("AUTH " + args.mechanisms)
        self.say("\r\n".join("250%s%s" % ("-" if i + 1 < len(lines) else " ", text) for i, text in enumerate(lines)))
        return True

    def auth(self, words):
        mechanism = words[1].upper() if len(words) > 1 else b""
        given = base64.b64decode(words[2]) if len(words) > 2 else b""
        args = self.peer.args
        if mechanism == b"LOGIN":
            self.say("334 VXNlcm5hbWU6")
            user = base64.b64decode(self.line())
            self.say("334 UGFzc3dvcmQ6")
            given = b"\0" + user + b"\0" + base64.b64decode(self.line())
        elif not given:
            self.say("334 ")
            given = base64.b64decode(self.line())
        self.peer.log(auth=mechanism.decode("latin-1"), given=given.decode("latin-1"), tls=self.is_tls)
        good = b"\0%s\0%s" % (args.user.encode(), args.secret.encode())
        bearer = b"user=%s\x01auth=Bearer %s\x01\x01" % (args.user.encode(), args.secret.encode())
        self.is_known = given.endswith(good) or given == bearer
        if mechanism == b"XOAUTH2" and args.refuse_tokens >= 0:
            with self.peer.lock:
                if given not in self.peer.tokens:
                    self.peer.tokens.append(given)
                self.is_known = given.startswith(b"user=%s\x01auth=Bearer " % args.user.encode()) and self.peer.tokens.index(given) >= args.refuse_tokens
        if self.is_known:
            self.answer("auth", "235 2.7.0 welcome")
        elif mechanism == b"XOAUTH2":
            self.say("334 eyJzdGF0dXMiOiI0MDEifQ==")
            self.line()
            self.say("535 5.7.8 bad token")
        else:
            self.say("535 5.7.8 bad credentials")

    def data(self):
        if not self.recipient:
            self.say("554 5.5.1 no valid recipients")
            return
        if not self.answer("data", "354 go on"):
            return
        half = self.peer.action("dot") == "half"
        while b"\r\n.\r\n" not in b"\r\n" + self.buffer:
            self.more()
            if half:
                raise Hangup
        whole = b"\r\n" + self.buffer
        body, self.buffer = whole.split(b"\r\n.\r\n", 1)
        body = body[2:] + b"\r\n"
        plain = b"\r\n".join(part[1:] if part.startswith(b".") else part for part in body.split(b"\r\n"))
        self.take(plain)

    def chunk(self, words):
        """BDAT of RFC 3030: the last chunk ends the mail as the dot does."""
        size, is_last = int(words[1]), len(words) > 2
        while len(self.buffer) < size:
            self.more()
        self.chunks += self.buffer[:size]
        self.buffer = self.buffer[size:]
        if not self.recipient:
            self.chunks = b""
            self.say("554 5.5.1 no valid recipients")
        elif not is_last:
            self.answer("data", "250 2.0.0 chunk")
        else:
            whole, self.chunks = self.chunks, b""
            self.take(whole)

    def take(self, whole):
        if self.peer.args.delay_ms:
            time.sleep(self.peer.args.delay_ms / 1000)
        taken = self.peer.action("dot") in (None, "late", "stall")
        self.peer.log(mail=taken, sender=self.sender, to=self.recipient, tls=self.is_tls, data=base64.b64encode(whole).decode())
        self.answer("dot", "250 2.0.0 taken")
        self.sender = self.recipient = None

    def path(self, rest):
        return rest[rest.index(b"<") + 1:rest.index(b">")].decode("latin-1")

    def command(self, line):
        words = line.split()
        verb = words[0].upper() if words else b""
        if verb != b"AUTH":
            self.peer.log(command=line.decode("latin-1"))
        if verb in (b"EHLO", b"HELO"):
            self.greet(words)
        elif verb == b"STARTTLS" and self.peer.context:
            if self.answer("starttls", "220 go"):
                self.start_tls()
        elif verb == b"AUTH":
            self.auth(words)
        elif verb == b"MAIL":
            self.peer.mails += 1
            self.recipient = None
            if not self.is_known:
                self.say("530 5.7.0 login first")
            elif self.answer("mail", "250 2.1.0 ok"):
                self.sender = self.path(line)
        elif verb == b"RCPT":
            if self.answer("rcpt", "250 2.1.5 ok"):
                self.recipient = self.path(line)
        elif verb == b"DATA":
            self.data()
        elif verb == b"BDAT" and self.peer.args.chunking:
            self.chunk(words)
        elif verb in (b"RSET", b"NOOP"):
            self.say("250 2.0.0 ok")
        elif verb == b"QUIT":
            self.answer("quit", "221 2.0.0 bye")
            raise Hangup
        else:
            self.say("502 5.5.2 what?")

    def serve(self):
        self.peer.log(connection="open")
        try:
            if self.peer.args.implicit:
                self.start_tls()
            if self.answer("greet", "220 peer.test ESMTP"):
                while True:
                    self.command(self.line())
        except (Hangup, OSError, ValueError):
            pass
        self.peer.log(connection="closed")
        try:
            self.sock.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        self.sock.close()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--log")
    parser.add_argument("--dir", default=".")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--rule", action="append", default=[])
    parser.add_argument("--tls")
    parser.add_argument("--implicit", action="store_true")
    parser.add_argument("--tls13", action="store_true")
    parser.add_argument("--chunking", action="store_true")
    parser.add_argument("--plain-auth", action="store_true")
    parser.add_argument("--user")
    parser.add_argument("--secret", default="")
    parser.add_argument("--refuse-tokens", type=int, default=-1)
    parser.add_argument("--mechanisms", default="PLAIN LOGIN XOAUTH2")
    parser.add_argument("--delay-ms", type=int, default=0)
    args = parser.parse_args()
    ctypes.CDLL(None).prctl(1, 9)  # PR_SET_PDEATHSIG: never outlive the test
    peer = Peer(args)
    server = socket.create_server(("127.0.0.1", args.port))
    print("PORT", server.getsockname()[1], flush=True)
    while True:
        sock, _ = server.accept()
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        threading.Thread(target=Connection(peer, sock).serve, daemon=True).start()


if __name__ == "__main__":
    main()
