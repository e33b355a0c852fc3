#!/usr/bin/python3
"""A real Dovecot 2.3 on loopback: IMAP and POP3, with TLS, with STARTTLS, static users, Maildir, everything in one temporary folder.

As a module:

    with Dovecot({"anna": "secret"}) as box:
        box.append("anna", b"Subject: hello\\r\\n\\r\\nHi\\r\\n")
        print(box.imap_port, box.imaps_port, box.pop3_port, box.pop3s_port, box.ca_file, box.list("anna"))

As a program: prints one line of JSON (ports, ca_file, dir) when it is ready, then obeys one line of JSON at a time
({"do": "append", "user": "anna", "raw": "..."}, "list", "flags", "clear"), answering each with a line, and stops at the end of input.
Runs as root (then Dovecot's own users are used) or as anybody.
"""
import argparse
import getpass
import grp
import imaplib
import os
import pwd
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import time

sys.path.append(os.path.dirname(os.path.abspath(__file__)))
sys.dont_write_bytecode = True
import counterpart  # noqa: E402
from ports import free_ports  # noqa: E402

CONFIG = """\
base_dir = {dir}/run
state_dir = {dir}/run
log_path = {dir}/dovecot.log
instance_name = rig
listen = 127.0.0.1
protocols = imap pop3
auth_mechanisms = plain login{mechanisms}
disable_plaintext_auth = {no_plain}
ssl = {ssl}
ssl_cert = <{dir}/server.crt
ssl_key = <{dir}/server.key
ssl_min_protocol = TLSv1.2
first_valid_uid = 1
first_valid_gid = 1
mail_location = maildir:{dir}/mail/%n
mail_fsync = never
mail_max_userip_connections = 200
login_greeting = ready
imap_hibernate_timeout = 0
namespace inbox {{
  inbox = yes
  separator = /
}}
{ids}
{oauth2}
passdb {{
  driver = passwd-file
  mechanisms = plain login
  args = scheme=PLAIN username_format=%u {dir}/users
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={dir}/mail/%n
}}
protocol pop3 {{
  pop3_uidl_format = %08Xu%08Xv
}}
service imap-login {{
  {chroot}
  service_count = 0
  inet_listener imap {{
    port = {imap_port}
  }}
  inet_listener imaps {{
    port = {imaps_port}
    ssl = yes
  }}
}}
service pop3-login {{
  {chroot}
  service_count = 0
  inet_listener pop3 {{
    port = {pop3_port}
  }}
  inet_listener pop3s {{
    port = {pop3s_port}
    ssl = yes
  }}
}}
service anvil {{
  {chroot}
}}
service stats {{
  {chroot}
}}
service auth {{
  unix_listener auth-userdb {{
    mode = 0600
  }}
}}
"""

# Tokens are shown to whoever gave them out, which answers with the name of the mailbox.
OAUTH2 = """\
passdb {{
  driver = oauth2
  mechanisms = xoauth2 oauthbearer
  args = {dir}/oauth2.conf
}}
"""
OAUTH2_CONF = """\
introspection_mode = auth
introspection_url = {url}
username_attribute = username
username_format = %Lu
active_attribute = active
active_value = true
"""


class Dovecot:
    def __init__(self, users, plain=False, ssl_on=True, parent=None, userinfo_url=None):
        self.users = dict(users)
        self.plain = plain          # logins without TLS are accepted
        self.ssl_on = ssl_on
        self.userinfo_url = userinfo_url    # given: XOAUTH2 is offered as well
        self.dir = tempfile.mkdtemp(prefix="intaked-dovecot-", dir=parent)
        self.process = None
        self.imap_port, self.imaps_port, self.pop3_port, self.pop3s_port = free_ports(4)
        self.ca_file = os.path.join(self.dir, "ca.crt")

    # ---- life

    def start(self):
        os.chmod(self.dir, 0o755)
        counterpart.certificates(self.dir)
        self._write_config()
        self.process = subprocess.Popen(["/usr/sbin/dovecot", "-F", "-c", os.path.join(self.dir, "dovecot.conf")],
                                        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        self._wait_ready()
        return self

    def stop(self):
        if self.process is not None:
            self.process.terminate()
            try:
                self.process.wait(5)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
            self.process.stderr.close()
            self.process = None
        shutil.rmtree(self.dir, ignore_errors=True)

    __enter__ = start

    def __exit__(self, *_):
        self.stop()

    def _write_config(self):
        is_root = os.geteuid() == 0
        if is_root:
            user = pwd.getpwnam("mail")
            ids = ""
            uid, gid = user.pw_uid, user.pw_gid
        else:
            uid, gid = os.geteuid(), os.getegid()
            name = getpass.getuser()
            ids = "\n".join(["default_login_user = " + name, "default_internal_user = " + name,
                             "default_internal_group = " + grp.getgrgid(gid).gr_name])
        mail = os.path.join(self.dir, "mail")
        os.mkdir(mail)
        if is_root:
            os.chown(mail, uid, gid)
        with open(os.path.join(self.dir, "users"), "w") as f:
            for name, password in self.users.items():
                f.write("%s:{PLAIN}%s\n" % (name, password))
        if self.userinfo_url is not None:
            with open(os.path.join(self.dir, "oauth2.conf"), "w") as f:
                f.write(OAUTH2_CONF.format(url=self.userinfo_url))
        with open(os.path.join(self.dir, "dovecot.conf"), "w") as f:
            f.write(CONFIG.format(mechanisms=" xoauth2 oauthbearer" if self.userinfo_url else "",
                                  oauth2=OAUTH2.format(dir=self.dir) if self.userinfo_url else "", dir=self.dir, uid=uid, gid=gid, ids=ids, chroot="" if is_root else "chroot =",
                                  no_plain="no" if self.plain else "yes", ssl="yes" if self.ssl_on else "no",
                                  imap_port=self.imap_port, imaps_port=self.imaps_port,
                                  pop3_port=self.pop3_port, pop3s_port=self.pop3s_port))

    def _wait_ready(self):
        deadline = time.monotonic() + 40
        for port in (self.imap_port, self.pop3_port):
            while True:
                try:
                    with socket.create_connection(("127.0.0.1", port), 1) as s:
                        s.settimeout(5)
                        if s.recv(1):
                            break
                except OSError:
                    pass
                if self.process.poll() is not None or time.monotonic() > deadline:
                    raise RuntimeError("dovecot did not start: %s %s" % (self.process.stderr.read1() if self.process.poll() is not None else b"",
                                                                        self.log()))
                time.sleep(0.02)

    def log(self):
        try:
            with open(os.path.join(self.dir, "dovecot.log"), errors="replace") as f:
                return f.read()
        except OSError:
            return ""

    # ---- mailbox helpers

    def connect(self, user):
        context = ssl.create_default_context(cafile=self.ca_file)
        box = imaplib.IMAP4_SSL("localhost", self.imaps_port, ssl_context=context, timeout=60)
        box.login(user, self.users[user])
        return box

    def append(self, user, *mails, folder="INBOX", came_at=None):
        """came_at: seconds since 1970, when the server says that it took them in."""
        box = self.connect(user)
        if folder != "INBOX":
            box.create('"%s"' % folder)
        for raw in mails:
            status, answer = box.append('"%s"' % folder, None, imaplib.Time2Internaldate(came_at) if came_at else None, raw)
            if status != "OK":
                raise RuntimeError("append: %r" % answer)
        box.logout()

    def make(self, user, folder):
        box = self.connect(user)
        box.create('"%s"' % folder)
        box.logout()

    def list(self, user, folder="INBOX"):
        """[(uid, flags, raw)] of a folder, read without touching its flags."""
        box = self.connect(user)
        found = []
        if box.select('"%s"' % folder, readonly=True)[0] == "OK":
            _, data = box.uid("FETCH", "1:*", "(FLAGS BODY.PEEK[])")
            for item in data:
                if isinstance(item, tuple):
                    head = item[0].decode()
                    uid = int(head.split("UID ")[1].split()[0].rstrip(")"))
                    flags = head.split("FLAGS (")[1].split(")")[0].split()
                    found.append((uid, [f for f in flags if f != "\\Recent"], item[1]))
        box.logout()
        return found

    def kick(self):
        """Ends every session of a mailbox, as a server does that starts anew."""
        subprocess.run(["/usr/bin/doveadm", "-c", os.path.join(self.dir, "dovecot.conf"), "kick", "*"], check=False, stdin=subprocess.DEVNULL,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def clear(self, user, folder="INBOX"):
        box = self.connect(user)
        box.select('"%s"' % folder)
        box.store("1:*", "+FLAGS.SILENT", "\\Deleted")
        box.expunge()
        box.logout()


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--user", action="append", metavar="NAME:PASSWORD", help="default: anna:secret")
    parser.add_argument("--plain", action="store_true", help="accept logins without TLS")
    parser.add_argument("--no-tls", action="store_true", help="offer no TLS at all")
    args = parser.parse_args()
    users = dict(u.split(":", 1) for u in args.user or ["anna:secret"])
    box = Dovecot(users, plain=args.plain or args.no_tls, ssl_on=not args.no_tls)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        box.start()
        counterpart.serve({"imap_port": box.imap_port, "imaps_port": box.imaps_port, "pop3_port": box.pop3_port, "pop3s_port": box.pop3s_port,
                   "ca_file": box.ca_file, "dir": box.dir}, {
            "append": lambda c: box.append(c["user"], c["raw"].encode("utf-8", "surrogateescape"), folder=c.get("folder", "INBOX")),
            "fill": lambda c: box.append(c["user"], *[("Subject: mail %d\r\n\r\nText %d\r\n" % (i, i)).encode() for i in range(c["count"])]),
            "make": lambda c: box.make(c["user"], c["folder"]),
            "clear": lambda c: box.clear(c["user"], c.get("folder", "INBOX")),
            "list": lambda c: [[uid, flags, raw.decode("latin-1")] for uid, flags, raw in box.list(c["user"], c.get("folder", "INBOX"))],
        })
    finally:
        box.stop()


if __name__ == "__main__":
    main()
