"""What most system tests say to the daemon: a mail by LMTP, a raw HTTP request, and waiting until something holds."""
import smtplib
import socket
import time


def eventually(check, wait_s=30):
    """The first true value of check(), or its last one when the time is over. What has to come is given more than a busy machine ever takes."""
    until = time.monotonic() + wait_s
    while True:
        value = check()
        if value or time.monotonic() > until:
            return value
        time.sleep(0.05)


def mail(text="The lamp flickers.", sender="Ann <ann@customers.example.net>", to="support@example.com", subject="Lamp", message_id=None, headers=()):
    """One plain mail as bytes; headers are further lines. A header named in `headers` replaces the usual one."""
    given = {line.split(":", 1)[0].lower() for line in headers}
    usual = [("From", sender), ("To", to), ("Subject", subject), ("Message-ID", f"<{message_id or time.time_ns()}@customers.example.net>"),
             ("Date", "Sun, 22 Nov 2026 10:00:00 +0000"), ("MIME-Version", "1.0"), ("Content-Type", "text/plain; charset=utf-8"),
             ("Content-Transfer-Encoding", "8bit")]
    lines = list(headers) + [f"{name}: {value}" for name, value in usual if value is not None and name.lower() not in given]
    return "\r\n".join([*lines, "", *text.split("\n"), ""]).encode()


def lmtp(port, data, sender="ann@customers.example.net", to="support@example.com", timeout=30):
    """Hands a mail to the LMTP listener; the code of the answer after its end."""
    with smtplib.LMTP("127.0.0.1", port, timeout=timeout) as peer:
        peer.ehlo("mx.example.org")
        peer.mail(sender)
        code, _ = peer.rcpt(to)
        if code != 250:
            return code
        return peer.data(data)[0]


def raw_http(port, data, timeout=10, end=False):
    """Everything a server says to these bytes until it closes; b"" when it says nothing, and None when it keeps the connection open."""
    with socket.create_connection(("127.0.0.1", port), timeout=timeout) as s:
        s.sendall(data)
        if end:
            s.shutdown(socket.SHUT_WR)
        got = b""
        try:
            while True:
                piece = s.recv(65536)
                if not piece:
                    return got
                got += piece
        except ConnectionResetError:
            return got
        except TimeoutError:
            return None if not got else got + b"\n(open)"
