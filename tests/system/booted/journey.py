"""Runs inside a machine that systemd booted, with the package in it: one journey after the other, what was seen to /out/seen.json."""
import grp
import json
import os
import pathlib
import pwd
import smtplib
import subprocess
import time
import urllib.request

SEEN = {}


def run(*args):
    done = subprocess.run(args, capture_output=True, text=True, timeout=60)
    return done.stdout.strip() if done.returncode == 0 else f"[{done.returncode}] {done.stdout}{done.stderr}".strip()


def eventually(check, wait_s=15):
    until = time.monotonic() + wait_s
    while not check() and time.monotonic() < until:
        time.sleep(0.05)
    return check()


def active():
    return run("systemctl", "is-active", "intaked")


def tickets():
    return len(json.loads(run("intakectl", "--json", "list")))


def send_mail():
    """HTML in a Chinese character set: the mail reader loads what it needs before its sandbox closes."""
    text = f"<p>台灯 <b>{time.time_ns()}</b> 坏了".encode("gb2312")
    head = f"From: ann@customers.example.net\r\nTo: support@example.com\r\nSubject: Lamp\r\nMessage-ID: <{time.time_ns()}@x.example>\r\n"
    with smtplib.LMTP("127.0.0.1", 8024) as peer:
        return peer.sendmail("ann@customers.example.net", ["support@example.com"], head.encode() + b"Content-Type: text/html; charset=gb2312\r\n\r\n" + text + b"\r\n")


def form():
    with urllib.request.urlopen("http://127.0.0.1:8080/", timeout=20) as reply:
        return reply.status


def prepare():
    pathlib.Path("/usr/sbin/policy-rc.d").unlink(missing_ok=True)
    SEEN["install"] = run("dpkg", "-i", "/in/intaked.deb")[:4]
    SEEN["after_install"] = [run("systemctl", "is-enabled", "intaked"), active()]
    secrets = pathlib.Path("/etc/intaked/secrets")
    secrets.mkdir(mode=0o700, exist_ok=True)
    for name, text in (("hook", "whsec_" + "A" * 43 + "="), ("admin", "an-admin-token-of-0123456789abcdef")):
        (secrets / name).write_text(text + "\n")
        (secrets / name).chmod(0o600)
    unit = pathlib.Path("/etc/systemd/system/intaked.service.d")
    unit.mkdir(parents=True)
    (unit / "secrets.conf").write_text("[Service]\n" + "".join(f"LoadCredential={n}:/etc/intaked/secrets/{n}\n" for n in ("hook", "admin")))
    pathlib.Path("/etc/intaked/intaked.yaml").write_bytes(pathlib.Path("/in/intaked.yaml").read_bytes())
    run("systemctl", "daemon-reload")


def by_hand():
    """What an operator does first: check, start, look."""
    SEEN["check_without_credentials"] = run("intaked", "--check-config")
    SEEN["start"] = run("systemctl", "start", "intaked"), active()
    os.environ["CREDENTIALS_DIRECTORY"] = "/run/credentials/intaked.service"
    SEEN["check_with_credentials"] = run("intaked", "--check-config")
    SEEN["mail"], SEEN["form"] = send_mail(), form()
    SEEN["text"] = json.loads(run("intakectl", "--json", "show", json.loads(run("intakectl", "--json", "list"))[0]["number"]))["messages"][0]["text"]
    socket = os.stat("/run/intaked/control.sock")
    SEEN["socket"] = [oct(socket.st_mode & 0o777), pwd.getpwuid(socket.st_uid).pw_name, grp.getgrgid(socket.st_gid).gr_name]
    SEEN["group"] = run("runuser", "-u", "daemon", "-g", "intaked-admin", "--", "intakectl", "--json", "ledger")[:1]
    SEEN["others"] = run("runuser", "-u", "nobody", "--", "intakectl", "--json", "ledger")[:4]
    SEEN["state_folder"] = oct(os.stat("/var/lib/intaked").st_mode & 0o777)


def lifecycle():
    pid = run("systemctl", "show", "-P", "MainPID", "intaked")
    told = run("systemctl", "reload", "intaked")         # comes back before the daemon has said that it is ready again
    eventually(lambda: active() == "active")
    SEEN["reload"] = told, active(), run("systemctl", "show", "-P", "MainPID", "intaked") == pid
    SEEN["mail_after_reload"] = send_mail()
    run("systemctl", "kill", "--signal=KILL", "intaked")
    eventually(lambda: run("systemctl", "show", "-P", "NRestarts", "intaked") == "1" and active() == "active")
    SEEN["killed"] = active(), run("systemctl", "show", "-P", "NRestarts", "intaked")
    SEEN["mail_after_kill"] = send_mail()
    run("systemctl", "kill", "--kill-whom=main", "--signal=STOP", "intaked")
    SEEN["watchdog"] = run("systemctl", "show", "-P", "WatchdogUSec", "intaked")
    run("systemctl", "kill", "--kill-whom=main", "--signal=CONT", "intaked")
    run("systemctl", "stop", "intaked")
    SEEN["stopped"] = active(), run("systemctl", "show", "-P", "Result", "intaked")
    pathlib.Path("/etc/intaked/intaked.yaml").write_text("colour: blue\n")
    SEEN["bad_start"] = run("systemctl", "start", "intaked")[:3], active(), run("systemctl", "show", "-P", "ExecMainStatus", "intaked")
    time.sleep(3)
    SEEN["bad_start_again"] = run("systemctl", "show", "-P", "NRestarts", "intaked")
    pathlib.Path("/etc/intaked/intaked.yaml").write_bytes(pathlib.Path("/in/intaked.yaml").read_bytes())


def by_socket():
    """systemd holds the public address: a visitor starts the daemon, and a restart refuses nobody."""
    run("systemctl", "enable", "--now", "intaked.socket")
    SEEN["before_visit"] = active()
    SEEN["visit"] = form(), active()
    restart = subprocess.Popen(["systemctl", "restart", "intaked"])
    answers = []
    while restart.poll() is None or len(answers) < 3:
        answers.append(form())
    SEEN["during_restart"] = sorted(set(answers))
    SEEN["tickets"] = tickets()


def remove():
    SEEN["remove"] = run("dpkg", "-r", "intaked")[:1] != "[", active(), os.path.exists("/var/lib/intaked/intaked.db")
    SEEN["journal"] = run("journalctl", "-u", "intaked", "-o", "cat", "--no-pager")


pathlib.Path("/out/begun").touch()
try:
    for step in (prepare, by_hand, lifecycle, by_socket, remove):
        step()
except Exception as e:      # the reader of the file wants to know where it ended
    SEEN["ended"] = f"{step.__name__}: {e!r}"
    SEEN["journal"] = run("journalctl", "-u", "intaked", "-o", "cat", "--no-pager")
pathlib.Path("/out/seen.json").write_text(json.dumps(SEEN))
