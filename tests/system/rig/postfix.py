"""A real Postfix of its own on loopback: hands mail for example.com to our LMTP listener, relays what we send, and delivers
customers.example.net into Maildirs that Dovecot serves. Needs root, as Postfix does."""
import os
import pathlib
import pwd
import shutil
import socket
import subprocess
import time

from .ports import free_port

MASTER = """\
smtp      inet  n       -       n       -       -       smtpd
pickup    unix  n       -       n       60      1       pickup
cleanup   unix  n       -       n       -       0       cleanup
qmgr      unix  n       -       n       300     1       qmgr
rewrite   unix  -       -       n       -       -       trivial-rewrite
bounce    unix  -       -       n       -       0       bounce
defer     unix  -       -       n       -       0       bounce
trace     unix  -       -       n       -       0       bounce
verify    unix  -       -       n       -       1       verify
flush     unix  n       -       n       1000?   0       flush
proxymap  unix  -       -       n       -       -       proxymap
smtpunix  unix  -       -       n       -       -       smtp
relay     unix  -       -       n       -       -       smtp
showq     unix  n       -       n       -       -       showq
error     unix  -       -       n       -       -       error
retry     unix  -       -       n       -       -       error
discard   unix  -       -       n       -       -       discard
local     unix  -       n       n       -       -       local
virtual   unix  -       n       n       -       -       virtual
lmtp      unix  -       -       n       -       -       lmtp
anvil     unix  -       -       n       -       1       anvil
scache    unix  -       -       n       -       1       scache
postlog   unix-dgram n  -       n       -       1       postlogd
"""


class Postfix:
    """lmtp: where mail for example.com goes, "inet:127.0.0.1:8024" or "unix:/path". mail_root/ADDRESS/ are the Maildirs of customers.
    routes: further {domain: transport}. customers: local parts that exist at customers.example.net; others bounce."""

    def __init__(self, folder, lmtp, mail_root=None, mail_user="nobody", tls=None, routes=None, customers=("ann", "bob", "wang")):
        self.folder = pathlib.Path(folder) / "postfix"
        self.port = free_port()
        self.lmtp, self.tls, self.routes = lmtp, tls, routes or {}
        self.customers = customers
        user = pwd.getpwnam(mail_user)
        self.uid, self.gid = user.pw_uid, user.pw_gid
        self.mail_root = pathlib.Path(mail_root) if mail_root else self.folder / "mail"

    def start(self):
        conf, queue, data = self.folder / "conf", self.folder / "queue", self.folder / "data"
        for path in (conf, queue, data, self.mail_root):
            path.mkdir(parents=True, exist_ok=True)
        for path in [self.folder, *self.folder.parents][:2]:
            path.chmod(0o755)
        shutil.chown(data, "postfix")
        os.chown(self.mail_root, self.uid, self.gid)
        routes = {"example.com": f"lmtp:{self.lmtp}", **self.routes}
        inline = ", ".join(f"{{ {domain} = {transport} }}" for domain, transport in routes.items())
        master = MASTER.replace("smtp      inet", f"127.0.0.1:{self.port} inet", 1).replace("smtpunix", "smtp    ")
        (conf / "master.cf").write_text(master)
        main = f"""\
compatibility_level = 3.6
queue_directory = {queue}
data_directory = {data}
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
mail_owner = postfix
myhostname = mx.example.org
mydestination =
mynetworks = 127.0.0.0/8
inet_interfaces = loopback-only
inet_protocols = ipv4
relay_domains = {", ".join(routes)}
transport_maps = inline:{{ {inline} }}
virtual_mailbox_domains = customers.example.net
virtual_mailbox_base = {self.mail_root}
virtual_mailbox_maps = texthash:{conf}/boxes
virtual_minimum_uid = 1
virtual_uid_maps = static:{self.uid}
virtual_gid_maps = static:{self.gid}
virtual_mailbox_limit = 0
maillog_file = {self.folder}/log
maillog_file_prefixes = {self.folder}
smtpd_relay_restrictions = permit_mynetworks, reject
smtpd_client_connection_rate_limit = 0
smtpd_client_connection_count_limit = 0
minimal_backoff_time = 2s
maximal_backoff_time = 4s
queue_run_delay = 2s
transport_retry_time = 2s
lmtp_destination_concurrency_limit = 10
alias_maps =
alias_database =
"""
        if self.tls:
            cert, key = self.tls
            main += f"smtpd_tls_security_level = may\nsmtpd_tls_cert_file = {cert}\nsmtpd_tls_key_file = {key}\n"
        (conf / "main.cf").write_text(main)
        boxes = [f"{name}@customers.example.net" for name in self.customers]
        (conf / "boxes").write_text("".join(f"{box} {box}/\n" for box in boxes))
        subprocess.run(["postfix", "-c", str(conf), "start"], check=True, capture_output=True, timeout=60)
        until = time.monotonic() + 40
        while time.monotonic() < until:
            try:
                with socket.create_connection(("127.0.0.1", self.port), timeout=1) as s:
                    if s.recv(64).startswith(b"220"):
                        return self
            except OSError:
                time.sleep(0.05)
        raise AssertionError("Postfix does not answer:\n" + self.log())

    def log(self):
        path = self.folder / "log"
        return path.read_text(errors="replace")[-8000:] if path.exists() else ""

    def queue(self):
        run = subprocess.run(["postqueue", "-c", str(self.folder / "conf"), "-j"], capture_output=True, text=True)
        return [line for line in run.stdout.splitlines() if line]

    def mails(self, address):
        """The delivered mails of one customer, as bytes."""
        box = self.mail_root / address
        return [p.read_bytes() for sub in ("new", "cur") if (box / sub).is_dir() for p in sorted((box / sub).iterdir())]

    def stop(self):
        subprocess.run(["postfix", "-c", str(self.folder / "conf"), "stop"], capture_output=True, timeout=60)

    def __enter__(self):
        return self.start()

    def __exit__(self, *_):
        self.stop()
