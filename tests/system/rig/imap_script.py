#!/usr/bin/python3
"""An IMAP server that does what it is told, wrong things included; for clients that must not lose or double mail.

Faults, given per UID, at body fetches (a fault with "times" wears off):
    cut      half of the literal, then the connection closes       no       NO [SERVERBUG], nothing else
    over     a literal that says 100 bytes more than it has         under    one that says half of what it has
    huge     says 100 TB                                            other    answers with another UID's number
    gone     OK without any FETCH answer
    bye      BYE and close before the answer                        slow     waits 2 minutes before the answer
    expunged somebody else deleted it meanwhile                     twice    the same mail two times
    endless  a line without end                                     chatter  300,000 untagged lines
    tail     its UID behind the literal, other items between        quoted   the body as a quoted text; nil: NIL
Switches: caps (text), greeting ("OK", "PREAUTH"), starttls ("yes", "no", "inject"), needs_id, uidvalidity, login ("yes", "no", "busy"),
          bearer (token that XOAUTH2 must bring), move ("yes", "no"), news (untagged FETCH lines before a SEARCH),
          uidnext (whether it is told), logout ("yes", "slow"),
          idle ("yes", "no", "bye"; offered when caps say so), foreign (lists sizes in no IMAP at all),
          since_uid (first UID that SEARCH SINCE finds, whatever the day).
As a module: ImapScript(...).start(); as a program: JSON lines, see counterpart.serve.
"""
import argparse
import base64
import os
import re
import select
import shutil
import socket
import sys
import tempfile
import time

sys.path.append(os.path.dirname(os.path.abspath(__file__)))
sys.dont_write_bytecode = True
import counterpart  # noqa: E402


def uid_set(text, mails):
    """The mails named by a set such as 3:7,9 or 4:*; N:* names the last one even when N lies behind it."""
    last = max([m["uid"] for m in mails], default=0)
    wanted = set()
    for part in text.split(","):
        a, _, b = part.partition(":")
        low = last if a == "*" else int(a)
        high = low if not b else last if b == "*" else int(b)
        low, high = min(low, high), max(low, high)
        wanted.update(m["uid"] for m in mails if low <= m["uid"] <= high)
    return [m for m in mails if m["uid"] in wanted]


class ImapSession(counterpart.LineSession):
    def run(self):
        s = self.server
        self.authenticated = s.switch["greeting"] == "PREAUTH"
        self.readonly = True
        self.identified = False
        self.send("* %s [CAPABILITY %s] ready\r\n" % (s.switch["greeting"], self.caps()))
        while True:
            line = self.read_line()
            s.note(("TLS " if self.is_tls else "") + line)
            tag, _, rest = line.partition(" ")
            word, _, args = rest.partition(" ")
            self.tag = tag
            handler = getattr(self, "do_" + word.lower(), None)
            if handler is None:
                self.say("BAD unknown command")
            else:
                handler(args)

    def caps(self):
        s = self.server
        words = ["IMAP4rev1", s.switch["caps"]]
        if s.switch["starttls"] != "no" and not self.is_tls and s.context:
            words.append("STARTTLS")
        return " ".join(w for w in words if w)

    def say(self, text):
        self.send("%s %s\r\n" % (self.tag, text))

    def do_capability(self, _):
        self.send("* CAPABILITY %s\r\n" % self.caps())
        self.say("OK done")

    def do_starttls(self, _):
        s = self.server
        if s.switch["starttls"] == "no":
            return self.say("BAD no")
        extra = "* CAPABILITY IMAP4rev1 INJECTED\r\n" if s.switch["starttls"] == "inject" else ""
        self.send("%s OK go\r\n%s" % (self.tag, extra))
        self.start_tls()

    def has_hung_up(self):
        if not select.select([self.sock], [], [], 0)[0]:
            return False
        try:
            return not self.is_tls and not self.sock.recv(1, socket.MSG_PEEK)
        except OSError:
            return True

    def ponder(self):
        """A login takes its time; how many are at it at once is counted, those that gave up not among them."""
        s = self.server
        with s.lock:
            s.logging_in.add(self)
            s.most_logging_in = max(s.most_logging_in, sum(not one.has_hung_up() for one in s.logging_in))
        time.sleep(s.switch["login_s"])
        with s.lock:
            s.logging_in.remove(self)

    def admitted(self, ok):
        self.ponder()
        mode = self.server.switch["login"]
        if mode == "busy":
            return self.say("NO [UNAVAILABLE] come back later \x1b[31m")
        if mode == "no" or not ok:
            return self.say("NO [AUTHENTICATIONFAILED] wrong password")
        self.authenticated = True
        self.say("OK [CAPABILITY %s] in" % self.caps())

    def do_login(self, args):
        self.admitted(args.replace('"', "") == "anna secret")

    def do_authenticate(self, args):
        s = self.server
        mechanism, _, initial = args.partition(" ")
        if not initial:
            self.send("+ \r\n")
            initial = self.read_line()
        text = base64.b64decode(initial).decode("utf-8", "replace")
        if mechanism.upper() == "XOAUTH2":
            ok = text == "user=anna\x01auth=Bearer %s\x01\x01" % s.switch["bearer"]
            if not ok:
                self.send("+ %s\r\n" % base64.b64encode(b'{"status":"401"}').decode())
                self.read_line()
            return self.admitted(ok)
        self.admitted(text == "\0anna\0secret")

    def do_id(self, _):
        self.identified = True
        self.send("* ID NIL\r\n")
        self.say("OK thanks")

    def do_noop(self, _):
        self.say("OK")

    def do_logout(self, _):
        if self.server.switch["logout"] == "slow":
            time.sleep(120)
        self.send("* BYE\r\n")
        self.say("OK")
        self.cut()

    def open_folder(self, readonly):
        s = self.server
        if not self.authenticated:
            return self.say("NO log in first")
        if s.switch["needs_id"] and not self.identified:
            return self.say("NO Unsafe Login. Please contact the operator")
        self.readonly = readonly
        uidnext = max([m["uid"] for m in s.mails] + [s.uidnext - 1]) + 1
        self.send("* %d EXISTS\r\n* FLAGS (\\Seen \\Deleted)\r\n" % len(s.mails))
        self.send("* OK [UIDVALIDITY %d] valid\r\n" % s.switch["uidvalidity"])
        if s.switch["uidnext"]:
            self.send("* OK [UIDNEXT %d] next\r\n" % uidnext)
        self.say("OK [%s] open" % ("READ-ONLY" if readonly else "READ-WRITE"))

    def do_select(self, _):
        self.open_folder(False)

    def do_examine(self, _):
        self.open_folder(True)

    def do_uid(self, args):
        word, _, rest = args.partition(" ")
        names, _, rest = rest.partition(" ")
        if names == "UID":
            names = rest
        if names == "SINCE":
            rest, names = names, "%d:4294967295" % self.server.switch["since_uid"]
        found = uid_set(names, self.server.mails)
        getattr(self, "uid_" + word.lower())(found, rest)

    def uid_fetch(self, found, what):
        if "BODY" in what.upper():
            return self.fetch_bodies(found, what.upper())
        self.send("".join("* %d FETCH (FLAGS ())\r\n" % (i + 1) for i in range(self.server.switch["news"])))
        if self.server.switch["foreign"]:
            return self.send("%s: listed\n" % self.tag)
        for m in found:
            self.send("* %d FETCH (UID %d RFC822.SIZE %d)\r\n" % (self.number(m), m["uid"], m.get("size", len(m["raw"]))))
        self.say("OK listed")

    def uid_search(self, found, _):
        news = self.server.switch["news"]
        self.send("".join("* %d FETCH (FLAGS ())\r\n" % (i + 1) for i in range(news)))
        self.send("* SEARCH%s\r\n" % "".join(" %d" % m["uid"] for m in found))
        self.say("OK found")

    def number(self, m):
        return self.server.mails.index(m) + 1

    def fetch_bodies(self, found, what):
        """Many in one go, as real servers do; the first that is refused ends the command."""
        for m in found:
            if not self.fetch_body(m, what):
                return
        self.say("OK fetched")

    def fetch_body(self, m, what):
        """False: the command is answered already."""
        raw = m["raw"]
        section = "BODY[]"
        if "HEADER" in what:
            section = "BODY[HEADER]"
            raw = raw.split(b"\r\n\r\n", 1)[0] + b"\r\n\r\n"
        elif "PEEK" not in what and not self.readonly and "\\Seen" not in m["flags"]:
            m["flags"].append("\\Seen")
        kind = "" if "HEADER" in what else self.server.take_fault(m["uid"])
        uid = m["uid"] + (1000 if kind == "other" else 0)
        head = "* %d FETCH (UID %d %s {%%d}\r\n" % (self.number(m), uid, section)
        if kind == "no":
            self.say("NO [SERVERBUG] internal \x07error")
            return False
        if kind == "gone":
            return True
        if kind == "expunged":
            self.send("* %d EXPUNGE\r\n" % self.number(m))
            self.server.remove([m])
            return True
        if kind == "bye":
            self.send("* BYE too busy\r\n")
            self.cut()
        if kind == "slow":
            time.sleep(120)
        if kind == "cut":
            self.send(head % len(raw))
            self.send(raw[:len(raw) // 2])
            self.cut()
        if kind == "endless":
            self.send("* %d FETCH (UID %d FLAGS (" % (self.number(m), uid) + "a" * 50 + " x" * 200000)
        if kind == "chatter":
            self.send("* OK still here\r\n" * 300000)
        if kind == "twice":
            self.send((head % len(raw)).encode() + raw + b")\r\n")
        if kind == "tail":                              # the number behind the literal, and a value to be passed over
            self.send(("* %d FETCH (FLAGS (\\Seen $a) BODY[] {%d}\r\n" % (self.number(m), len(raw))).encode() + raw)
            self.send(' INTERNALDATE "22-Nov-2026 10:00:00 +0000" ENVELOPE (NIL {7}\r\n)\r\n* 9 ("a\\"(") NIL) UID %d)\r\n' % uid)
            return True
        if kind == "quoted":
            self.send('* %d FETCH (UID %d BODY[] "Subject: quoted")\r\n' % (self.number(m), uid))
            return True
        if kind == "nil":
            self.send("* %d FETCH (UID %d BODY[] NIL)\r\n" % (self.number(m), uid))
            return True
        declared = {"over": len(raw) + 100, "under": len(raw) // 2, "huge": 10 ** 14}.get(kind, len(raw))
        self.send(head % declared)
        self.send(raw)
        self.send(")\r\n")
        return True

    def do_idle(self, _):
        """Tells of every change within a moment, until the client says DONE."""
        if "IDLE" not in self.server.switch["caps"]:
            return self.say("BAD unknown command")
        if self.server.switch["idle"] == "no":
            return self.say("NO not now")
        known = len(self.server.mails)
        self.server.note("(idles)")
        self.send("+ idling\r\n")
        while True:
            if self.server.switch["idle"] == "bye":
                self.send("* BYE tired\r\n")
                self.cut()
            if len(self.server.mails) != known:
                known = len(self.server.mails)
                self.send("* %d EXISTS\r\n" % known)
            if self.buffer or select.select([self.sock], [], [], 0.1)[0]:
                break
        line = self.read_line()
        self.server.note(line)
        self.say("OK" if line == "DONE" else "BAD")

    def uid_store(self, found, what):
        if self.readonly:
            return self.say("NO [READ-ONLY]")
        flags = re.search(r"\(([^)]*)\)", what).group(1).split()
        for m in found:
            m["flags"] += [f for f in flags if f not in m["flags"]]
        self.say("OK stored")

    def uid_copy(self, found, what):
        self.server.other.extend(m["uid"] for m in found)
        self.say("OK copied")

    def uid_expunge(self, found, _):
        self.server.remove([m for m in found if "\\Deleted" in m["flags"]])
        self.say("OK expunged")

    def uid_move(self, found, what):
        if self.readonly or self.server.switch["move"] == "no":
            return self.say("NO cannot move")
        self.server.other.extend(m["uid"] for m in found)
        self.server.remove(found)
        self.say("OK moved")


class ImapScript(counterpart.LineServer):
    session = ImapSession

    def __init__(self, folder=None, implicit_tls=False, **switches):
        super().__init__(folder, implicit_tls)
        self.mails, self.other, self.faults = [], [], {}
        self.logging_in, self.most_logging_in = set(), 0
        self.uidnext = 1
        self.switch = {"caps": "AUTH=PLAIN SASL-IR UIDPLUS MOVE", "greeting": "OK", "starttls": "yes", "needs_id": False,
                       "uidvalidity": 7, "login": "yes", "login_s": 0, "bearer": "", "move": "yes", "news": 0, "uidnext": True, "logout": "yes", "idle": "yes", "foreign": False, "since_uid": 1}
        self.switch.update(switches)

    def add(self, raw, uid=None):
        with self.lock:
            uid = uid or self.uidnext
            self.mails.append({"uid": uid, "raw": raw, "flags": []})
            self.uidnext = max(self.uidnext, uid + 1)
        return uid

    def remove(self, mails):
        with self.lock:
            self.mails = [m for m in self.mails if m not in mails]

    def renumber(self, uidvalidity, first=1):
        """What a server does that was restored from a backup: the same mails, other numbers."""
        with self.lock:
            self.switch["uidvalidity"] = uidvalidity
            for i, m in enumerate(self.mails):
                m["uid"] = first + i
            self.uidnext = first + len(self.mails)

    def fault(self, uid, kind, times=None):
        with self.lock:
            if kind:
                self.faults[uid] = {"kind": kind, "times": times}
            else:
                self.faults.pop(uid, None)

    def take_fault(self, uid):
        with self.lock:
            f = self.faults.get(uid)
            if f is None:
                return ""
            if f["times"] is not None:
                f["times"] -= 1
                if f["times"] <= 0:
                    del self.faults[uid]
            return f["kind"]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--tls", choices=["none", "starttls", "implicit"], default="none")
    parser.add_argument("--name", default="localhost", help="name in the certificate")
    args = parser.parse_args()
    folder = None
    if args.tls != "none":
        folder = tempfile.mkdtemp(prefix="intaked-imap-")
        counterpart.certificates(folder, names=(args.name,))
    server = ImapScript(folder, implicit_tls=args.tls == "implicit").start()
    try:
        counterpart.serve({"port": server.port, "ca_file": os.path.join(folder, "ca.crt") if folder else ""}, {
            "add": lambda c: server.add(c["raw"].encode("utf-8", "surrogateescape") * c.get("times", 1), c.get("uid")),
            "fill": lambda c: [server.add(("Subject: mail %d\r\nMessage-ID: <%d@example.net>\r\n\r\nText %d\r\n" % (i, i, i)).encode(),
                                          c["from"] + i * c.get("step", 1) if "from" in c else None) for i in range(c["count"])][-1],
            "remove": lambda c: server.remove([m for m in server.mails if m["uid"] == c["uid"]]),
            "fault": lambda c: server.fault(c["uid"], c.get("kind"), c.get("times")),
            "switch": lambda c: server.switch.update(c["set"]),
            "size": lambda c: [m.update(size=c["size"]) for m in server.mails if m["uid"] == c["uid"]] and None,
            "renumber": lambda c: server.renumber(c["uidvalidity"], c.get("first", 1)),
            "drop": lambda c: server.drop(),
            "log": lambda c: server.log,
            "forget": lambda c: server.log.clear(),
            "list": lambda c: [[m["uid"], m["flags"]] for m in server.mails],
            "moved": lambda c: server.other,
        })
    finally:
        server.stop()
        if folder:
            shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
