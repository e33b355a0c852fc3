"""What the test counterparts share: certificates, a threaded line server, and the conversation of a program with its test."""
import json
import os
import socket
import ssl
import subprocess
import sys
import threading


def openssl(*args, **kwargs):
    subprocess.run(("openssl",) + args, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **kwargs)


def certificates(folder, names=("localhost",), days="2"):
    """A certificate authority of its own (ca.crt) and a server certificate (server.crt, server.key) for names and 127.0.0.1."""
    def at(name):
        return os.path.join(folder, name)

    subject = ",".join(["DNS:" + n for n in names] + ["IP:127.0.0.1"])
    openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", at("ca.key"), "-out", at("ca.crt"),
            "-days", days, "-subj", "/CN=Test authority", "-addext", "basicConstraints=critical,CA:TRUE")
    openssl("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", at("server.key"), "-out", at("server.csr"),
            "-subj", "/CN=" + names[0])
    with open(at("server.ext"), "w") as f:
        f.write("subjectAltName=%s\nbasicConstraints=CA:FALSE\n" % subject)
    openssl("x509", "-req", "-in", at("server.csr"), "-CA", at("ca.crt"), "-CAkey", at("ca.key"), "-CAcreateserial", "-days", days,
            "-extfile", at("server.ext"), "-out", at("server.crt"))


def server_context(folder):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_cert_chain(os.path.join(folder, "server.crt"), os.path.join(folder, "server.key"))
    return context


class Cut(Exception):
    """Raised by a session that closes the connection on purpose."""


class LineSession:
    """One connection of a scripted line protocol; subclasses have run()."""

    def __init__(self, server, sock):
        self.server, self.sock = server, sock
        self.buffer = b""
        self.is_tls = False

    def send(self, data):
        self.sock.sendall(data if isinstance(data, bytes) else data.encode("utf-8", "surrogateescape"))

    def read_line(self):
        while b"\r\n" not in self.buffer:
            got = self.sock.recv(65536)
            if not got:
                raise Cut()
            self.buffer += got
        line, self.buffer = self.buffer.split(b"\r\n", 1)
        return line.decode("utf-8", "surrogateescape")

    def start_tls(self):
        self.buffer = b""
        self.sock = self.server.context.wrap_socket(self.sock, server_side=True)
        self.is_tls = True

    def cut(self):
        raise Cut()


class LineServer:
    """Accepts on a loopback port and runs one thread a connection. log is a list of what the clients said, in order."""

    session = LineSession

    def __init__(self, folder=None, implicit_tls=False):
        self.context = server_context(folder) if folder else None
        self.implicit_tls = implicit_tls
        self.log = []
        self.lock = threading.RLock()
        self.listener = None
        self.port = 0
        self.connections = set()

    def start(self):
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def stop(self):
        if self.listener is not None:
            self.listener.close()
            self.listener = None
        self.drop()

    def drop(self):
        """Cuts every open connection."""
        with self.lock:
            for sock in list(self.connections):
                try:
                    sock.shutdown(socket.SHUT_RDWR)
                except OSError:
                    pass

    __enter__ = start

    def __exit__(self, *_):
        self.stop()

    def note(self, text):
        with self.lock:
            self.log.append(text)

    def _accept(self):
        while self.listener is not None:
            try:
                sock, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self._talk, args=(sock,), daemon=True).start()

    def _talk(self, sock):
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        session = self.session(self, sock)
        with self.lock:
            self.connections.add(sock)
        try:
            if self.implicit_tls:
                session.start_tls()
            session.run()
        except (Cut, OSError, ssl.SSLError, ValueError):
            pass
        finally:
            with self.lock:
                self.connections.discard(sock)
            try:
                session.sock.close()
            except OSError:
                pass


def serve(ready, commands):
    """Says `ready`, then answers one line of JSON after another until the end of input."""
    print(json.dumps(ready), flush=True)
    for line in sys.stdin:
        try:
            command = json.loads(line)
            answer = {"ok": True, "result": commands[command["do"]](command)}
        except Exception as problem:  # told to the test, which fails on it
            answer = {"ok": False, "error": repr(problem)}
        print(json.dumps(answer), flush=True)
