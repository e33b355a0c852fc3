#!/usr/bin/python3
"""A POP3 server that does what it is told, wrong things included. Deletions take effect at QUIT only.

Faults, given per mail (its number in the list of all mails, from 1), at RETR:
    cut      half of the mail, then the connection closes        err      -ERR, nothing else
    slow     waits 2 minutes before the answer                        endless  lines without end
Switches: uidl, top, login, stls ("yes", "no"), quit ("yes", "cut": closes at QUIT and forgets the deletions, "slow"), dele ("yes", "cut").
As a module: Pop3Script(...).start(); as a program: JSON lines, see counterpart.serve.
"""
import argparse
import base64
import os
import shutil
import sys
import tempfile
import time

sys.path.append(os.path.dirname(os.path.abspath(__file__)))
sys.dont_write_bytecode = True
import counterpart  # noqa: E402


class Pop3Session(counterpart.LineSession):
    def run(self):
        s = self.server
        self.user = ""
        self.mails = None
        self.deleted = set()
        self.send("+OK ready\r\n")
        while True:
            line = self.read_line()
            s.note(("TLS " if self.is_tls else "") + line)
            word, _, args = line.partition(" ")
            handler = getattr(self, "do_" + word.lower(), None)
            if handler is None:
                self.send("-ERR unknown command\r\n")
            else:
                handler(args)

    def block(self, head, data):
        self.send("+OK %s\r\n" % head)
        if data and not data.endswith(b"\r\n"):
            data += b"\r\n"
        stuffed = b"\r\n".join(b"." + line if line.startswith(b".") else line for line in data.split(b"\r\n"))
        self.send(stuffed + b".\r\n")

    def do_capa(self, _):
        s = self.server
        words = ["USER", "SASL PLAIN XOAUTH2"]
        words += [w for w, on in (("UIDL", s.switch["uidl"] == "yes"), ("TOP", s.switch["top"] == "yes"),
                                  ("STLS", s.context and not self.is_tls and s.switch["stls"] == "yes")) if on]
        self.block("", "\r\n".join(words).encode())

    def do_stls(self, _):
        self.send("+OK go\r\n")
        self.start_tls()

    def admit(self, ok):
        if self.server.switch["login"] != "yes" or not ok:
            return self.send("-ERR %swrong password\r\n" % ("[IN-USE] " if self.server.switch["login"] == "busy" else "[AUTH] "))
        self.mails = list(self.server.mails)
        self.send("+OK in\r\n")

    def do_user(self, args):
        self.user = args
        self.send("+OK\r\n")

    def do_pass(self, args):
        self.admit((self.user, args) == ("anna", "secret"))

    def do_auth(self, args):
        mechanism, _, initial = args.partition(" ")
        if not initial:
            self.send("+ \r\n")
            initial = self.read_line()
        text = base64.b64decode(initial).decode("utf-8", "replace")
        self.admit(text in ("\0anna\0secret", "user=anna\x01auth=Bearer ya29.FAKE\x01\x01"))

    def do_noop(self, _):
        self.send("+OK\r\n")

    def shown(self):
        return [(i + 1, m) for i, m in enumerate(self.mails) if i not in self.deleted]

    def do_stat(self, _):
        self.send("+OK %d %d\r\n" % (len(self.shown()), sum(len(m["raw"]) for _, m in self.shown())))

    def do_list(self, _):
        self.block("list", "".join("%d %d\r\n" % (n, len(m["raw"])) for n, m in self.shown()).encode())

    def do_uidl(self, _):
        if self.server.switch["uidl"] != "yes":
            return self.send("-ERR no UIDL here\r\n")
        self.block("uidl", "".join("%d %s\r\n" % (n, m["uidl"]) for n, m in self.shown()).encode())

    def mail(self, args):
        n = int(args.split()[0])
        return self.mails[n - 1] if 0 < n <= len(self.mails) and n - 1 not in self.deleted else None

    def do_top(self, args):
        m = self.mail(args)
        if m is None or self.server.switch["top"] != "yes":
            return self.send("-ERR\r\n")
        self.block("top", m["raw"].split(b"\r\n\r\n", 1)[0] + b"\r\n\r\n")

    def do_retr(self, args):
        m = self.mail(args)
        kind = m and self.server.take_fault(m)
        if m is None or kind == "err":
            return self.send("-ERR internal \x07error\r\n")
        if kind == "slow":
            time.sleep(120)
        if kind == "cut":
            self.send("+OK\r\n")
            self.send(m["raw"][:len(m["raw"]) // 2])
            self.cut()
        if kind == "endless":
            self.send("+OK\r\n")
            while True:
                self.send(b"and so on\r\n" * 1000)
        self.block("%d octets" % len(m["raw"]), m["raw"])

    def do_dele(self, args):
        if self.server.switch["dele"] == "cut":
            self.cut()
        n = int(args)
        if self.mail(args) is None:
            return self.send("-ERR no such mail\r\n")
        self.deleted.add(n - 1)
        self.send("+OK\r\n")

    def do_quit(self, _):
        if self.server.switch["quit"] == "cut":
            self.cut()
        if self.server.switch["quit"] == "slow":
            time.sleep(120)
        if self.mails is not None:
            gone = [self.mails[i] for i in self.deleted]
            with self.server.lock:
                self.server.mails = [m for m in self.server.mails if m not in gone]
        self.send("+OK bye\r\n")
        self.cut()


class Pop3Script(counterpart.LineServer):
    session = Pop3Session

    def __init__(self, folder=None, implicit_tls=False, **switches):
        super().__init__(folder, implicit_tls)
        self.mails, self.faults, self.made = [], {}, 0
        self.switch = {"uidl": "yes", "top": "yes", "login": "yes", "stls": "yes", "quit": "yes", "dele": "yes"}
        self.switch.update(switches)

    def add(self, raw, uidl=None):
        with self.lock:
            self.made += 1
            self.mails.append({"id": self.made, "uidl": uidl or "u%04d" % self.made, "raw": raw})
            return self.made

    def fault(self, mail, kind, times=None):
        with self.lock:
            self.faults[mail] = [kind, times]

    def take_fault(self, mail):
        with self.lock:
            kind, times = self.faults.get(mail["id"], (None, None))
            if times is not None:
                self.faults[mail["id"]] = [kind, times - 1] if times > 1 else [None, None]
            return kind


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--tls", choices=["none", "stls", "implicit"], default="none")
    args = parser.parse_args()
    folder = None
    if args.tls != "none":
        folder = tempfile.mkdtemp(prefix="intaked-pop3-")
        counterpart.certificates(folder)
    server = Pop3Script(folder, implicit_tls=args.tls == "implicit").start()
    try:
        counterpart.serve({"port": server.port, "ca_file": os.path.join(folder, "ca.crt") if folder else ""}, {
            "add": lambda c: server.add(c["raw"].encode("utf-8", "surrogateescape") * c.get("times", 1), c.get("uidl")),
            "fill": lambda c: [server.add(("Subject: mail %d\r\nMessage-ID: <%d@example.net>\r\n\r\nText %d\r\n" % (i, i, i)).encode())
                               for i in range(c["count"])][-1],
            "fault": lambda c: server.fault(c["mail"], c.get("kind"), c.get("times")),
            "switch": lambda c: server.switch.update(c["set"]),
            "log": lambda c: server.log,
            "forget": lambda c: server.log.clear(),
            "list": lambda c: [m["id"] for m in server.mails],
        })
    finally:
        server.stop()
        if folder:
            shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
