"""A TCP proxy on loopback that makes the way longer: every byte arrives delay_s later, in both directions, however many are under way."""
import queue
import socket
import threading
import time


class Delay:
    """with Delay(port, 0.015) as far: connect to far.port, a round trip takes 30 ms more."""

    def __init__(self, port, delay_s):
        self.target, self.delay_s = port, delay_s
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]

    def __enter__(self):
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.listener.close()

    def _accept(self):
        while True:
            try:
                near, _ = self.listener.accept()
                far = socket.create_connection(("127.0.0.1", self.target))
            except OSError:
                return
            for a, b in ((near, far), (far, near)):
                a.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                pieces = queue.Queue(maxsize=4096)
                threading.Thread(target=self._read, args=(a, pieces), daemon=True).start()
                threading.Thread(target=self._write, args=(b, pieces), daemon=True).start()

    def _read(self, sock, pieces):
        data = b"-"
        while data:
            try:
                data = sock.recv(65536)
            except OSError:
                data = b""
            pieces.put((time.monotonic() + self.delay_s, data))

    @staticmethod
    def _write(sock, pieces):
        while True:
            at, data = pieces.get()
            time.sleep(max(0, at - time.monotonic()))
            try:
                if not data:
                    sock.shutdown(socket.SHUT_RDWR)
                    return
                sock.sendall(data)
            except OSError:
                return
