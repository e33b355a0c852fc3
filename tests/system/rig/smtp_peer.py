"""The scriptable SMTP server of tests/system/smtp_peer.py as a process of its own, and what it logged."""
import json
import pathlib
import subprocess
import sys
import tempfile

PROGRAM = pathlib.Path(__file__).resolve().parents[1] / "smtp_peer.py"


class SmtpPeer:
    """SmtpPeer("--rule", "dot=late@1", "--tls", "localhost"): see the program for its options."""

    def __init__(self, *options, port=0):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="ik-peer-"))
        self.log_path = self.folder / "log"
        self.log_path.touch()
        self.process = subprocess.Popen([sys.executable, str(PROGRAM), "--log", str(self.log_path), "--dir", str(self.folder), "--port", str(port),
                                         *options], stdout=subprocess.PIPE, text=True)
        word = self.process.stdout.readline().split()
        assert word[:1] == ["PORT"], word
        self.port = int(word[1])

    @property
    def ca_file(self):
        return self.folder / "ca.pem"

    def log(self):
        return [json.loads(line) for line in self.log_path.read_text().splitlines() if line.endswith("}")]

    def mails(self):
        """Those it took, each with its bytes."""
        return [entry for entry in self.log() if entry.get("mail")]

    def stop(self):
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()
