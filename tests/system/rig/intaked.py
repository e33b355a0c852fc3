"""Runs the real daemon in a folder of its own: configuration, start, signals, and questions through intakectl."""
import json
import os
import pathlib
import signal
import socket
import subprocess
import time

from .ports import free_port

TOP = pathlib.Path(__file__).resolve().parents[3]
BUILD = TOP / os.environ.get("TEST_BUILD", "build")
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


def to_yaml(value, indent=0):
    """The little YAML that configurations need: mappings, lists of texts, texts."""
    pad = "  " * indent
    lines = []
    for key, item in value.items():
        if isinstance(item, dict) and set(item) <= {"file", "credential"} and item:
            lines.append(f"{pad}{key}: {{{', '.join(f'{k}: {v}' for k, v in item.items())}}}")
        elif isinstance(item, dict):
            lines.append(f"{pad}{key}:")
            lines.append(to_yaml(item, indent + 1))
        elif isinstance(item, list):
            lines.append(f"{pad}{key}: [{', '.join(json.dumps(str(i)) for i in item)}]")
        elif isinstance(item, bool):
            lines.append(f"{pad}{key}: {'yes' if item else 'no'}")
        elif isinstance(item, int):
            lines.append(f"{pad}{key}: {item}")
        else:
            lines.append(f"{pad}{key}: {json.dumps(str(item))}")
    return "\n".join(line for line in lines if line)


class Intaked:
    """One daemon. `conf` may be changed before start(); ports are chosen once."""

    def __init__(self, folder, build=BUILD):
        self.folder = pathlib.Path(folder)
        self.build = pathlib.Path(build)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.http_port = free_port()
        self.admin_port = free_port()
        self.lmtp_port = free_port()
        self.process = None
        self.log_path = self.folder / "log"
        self.secret("webhook.secret", SECRET)
        self.secret("admin.token", "admin-token-of-the-tests-0123456789abcdef")
        self.conf = {
            "core": {"hostname": "intake.example.com"},
            "log": {"level": "info"},
            "store": {"dir": str(self.folder / "state")},
            "http": {"listen": [f"127.0.0.1:{self.http_port}"], "public_url": f"http://127.0.0.1:{self.http_port}"},
            "admin": {"listen": [f"127.0.0.1:{self.admin_port}"], "token": {"file": str(self.folder / "admin.token")}},
            "control": {"socket": str(self.folder / "control.sock")},
            "ack": {"from": "support@example.com", "own_addresses": ["support@example.com"],
                    "per_domain_hour": 1000000, "global_hour": 10000000, "breaker": False},
            "smtp": {"maildir": str(self.folder / "maildir")},
            "similar": {"enabled": False},     # most tests send the same words many times and count tickets
            "channels": {
                "hook": {"plugin": "webhook", "scheme": "standard-webhooks", "secret": {"file": str(self.folder / "webhook.secret")}},
                "mail": {"plugin": "lmtp", "listen": [f"127.0.0.1:{self.lmtp_port}"]},
                "contact": {"plugin": "form"},
            },
            "sinks": {"file": {"plugin": "jsonl", "path": str(self.folder / "tickets.jsonl")}},
        }
        (self.folder / "state").mkdir(exist_ok=True, mode=0o700)

    def secret(self, name, text):
        path = self.folder / name
        path.write_text(text + "\n")
        path.chmod(0o600)
        return path

    @property
    def config_path(self):
        return self.folder / "intaked.yaml"

    def write_config(self):
        self.config_path.write_text(to_yaml(self.conf) + "\n")

    def start(self, wait_s=40, env=None, prefix=(), stderr=None):
        self.write_config()
        log = open(self.log_path, "ab") if stderr is None else stderr
        self.process = subprocess.Popen([*prefix, str(self.build / "intaked"), "--config", str(self.config_path)], stderr=log,
                                        stdout=log, stdin=subprocess.DEVNULL, env={**os.environ, **(env or {})}, start_new_session=True)
        if stderr is None:
            log.close()
        if wait_s:
            self.wait_ready(wait_s)
        return self

    def wait_ready(self, wait_s=40):
        until = time.monotonic() + wait_s
        while time.monotonic() < until:
            if self.process.poll() is not None:
                raise AssertionError(f"intaked ended with {self.process.returncode}:\n{self.log()}")
            try:
                with socket.create_connection(("127.0.0.1", self.http_port), timeout=1) as s:
                    s.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                    is_healthy = s.recv(64).startswith(b"HTTP/1.1 200")
                with socket.socket(socket.AF_UNIX) as s:        # a killed daemon leaves its file behind
                    s.connect(str(self.folder / "control.sock"))
                if is_healthy:
                    return
            except OSError:
                pass
            time.sleep(0.01)
        raise AssertionError("intaked is not ready:\n" + self.log())

    def log(self):
        return self.log_path.read_text(errors="replace")[-20000:] if self.log_path.exists() else ""

    def signal(self, number):
        self.process.send_signal(number)

    def kill(self):
        """kill -9, as a power cut of the process."""
        if self.process is not None and self.process.poll() is None:
            self.process.kill()
            self.process.wait()

    def stop(self, wait_s=40):
        """SIGTERM; returns the exit status."""
        if self.process is None:
            return None
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(wait_s)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
                raise AssertionError("intaked did not stop in time:\n" + self.log()) from None
        return self.process.returncode

    def ctl(self, *args, check=True):
        run = subprocess.run([str(self.build / "intakectl"), "--socket", str(self.folder / "control.sock"), *args, "--json"],
                             capture_output=True, text=True, timeout=60)
        if check and run.returncode != 0:
            raise AssertionError(f"intakectl {' '.join(args)}: {run.returncode}\n{run.stdout}\n{run.stderr}")
        return json.loads(run.stdout) if run.stdout.strip() else None

    def tickets(self):
        """Every ticket with its messages, through the admin API, page by page."""
        import urllib.request
        out, before = [], None
        while True:
            url = f"http://127.0.0.1:{self.admin_port}/api/v1/tickets?messages=yes&limit=200" + (f"&before={before}" if before else "")
            request = urllib.request.Request(url, headers={"Authorization": "Bearer " + (self.folder / "admin.token").read_text().strip()})
            with urllib.request.urlopen(request, timeout=60) as reply:
                page = json.load(reply)
            rows = page["tickets"] if isinstance(page, dict) else page
            if not rows:
                return out
            out += rows
            before = page.get("next") if isinstance(page, dict) else None
            if not before:
                return out

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process is not None and self.process.poll() is None:
            try:
                self.stop()
            finally:
                self.kill()
        self.check_sanitizers()

    def check_sanitizers(self):
        """An instrumented build writes what it finds into the log; any finding fails the test."""
        if not self.log_path.exists():
            return
        text = self.log_path.read_text(errors="replace")
        for mark in ("ERROR: AddressSanitizer", "WARNING: ThreadSanitizer", "runtime error:", "ERROR: LeakSanitizer"):
            if mark in text:
                raise AssertionError(text[text.index(mark):][:6000])
