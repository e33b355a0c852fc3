"""The public listener against requests that no honest client sends: refused with a status and a closed connection, and nothing secret in the log."""
import json
import socket
import threading
import time
import urllib.parse
import urllib.request

import pytest

from rig.intaked import SECRET, Intaked
from rig.oracle import sign
from rig.talk import eventually, lmtp, mail, raw_http


@pytest.fixture(scope="module")
def listener(tmp_path_factory):
    """One daemon for all rows, with short limits."""
    with Intaked(tmp_path_factory.mktemp("ik")) as d:
        d.conf["http"].update(max_body="1M", header_timeout="4s", body_timeout="4s", idle_timeout="4s")
        d.conf["log"]["level"] = "debug"
        yield d.start()


def request(line=b"GET /healthz HTTP/1.1", *headers, host=b"Host: localhost", body=b""):
    lines = [line] + ([host] if host else []) + list(headers)
    return b"\r\n".join(lines) + b"\r\n\r\n" + body


POST = b"POST /in/hook HTTP/1.1"
STRICT = [
    ("two lengths", request(POST, b"Content-Length: 2", b"Content-Length: 3", body=b"{}")),
    ("two equal lengths", request(POST, b"Content-Length: 2", b"Content-Length: 2", body=b"{}")),
    ("a list of lengths", request(POST, b"Content-Length: 2, 2", body=b"{}")),
    ("a signed length", request(POST, b"Content-Length: +2", body=b"{}")),
    ("a hexadecimal length", request(POST, b"Content-Length: 0x2", body=b"{}")),
    ("an endless length", request(POST, b"Content-Length: 99999999999999999999", body=b"{}")),
    ("length and chunks", request(POST, b"Content-Length: 2", b"Transfer-Encoding: chunked", body=b"2\r\n{}\r\n0\r\n\r\n")),
    ("another coding", request(POST, b"Transfer-Encoding: gzip, chunked", body=b"0\r\n\r\n")),
    ("a coding in disguise", request(POST, b"Transfer-Encoding: xchunked", body=b"0\r\n\r\n")),
    ("no host", request(host=None)),
    ("two hosts", request(b"GET /healthz HTTP/1.1", b"Host: other")),
    ("space before the colon", request(b"GET /healthz HTTP/1.1", b"Content-Length : 0")),
    ("a name with a control byte", request(b"GET /healthz HTTP/1.1", b"X-\x01A: 1")),
    ("a name with a NUL", request(b"GET /healthz HTTP/1.1", b"X-\x00A: 1")),
    ("a value with a NUL", request(b"GET /healthz HTTP/1.1", b"X-A: 1\x002")),
    ("a value with a control byte", request(b"GET /healthz HTTP/1.1", b"X-A: 1\x082")),
    ("a name that is none", request(b"GET /healthz HTTP/1.1", b"X(A): 1")),
    ("an empty name", request(b"GET /healthz HTTP/1.1", b": 1")),
    ("a folded header", request(b"GET /healthz HTTP/1.1", b"X-A: 1\r\n folded")),
    ("a line without a colon", request(b"GET /healthz HTTP/1.1", b"nonsense")),
    ("bare LF after the request line", b"GET /healthz HTTP/1.1\nHost: localhost\r\n\r\n"),
    ("bare LF in a header", b"GET /healthz HTTP/1.1\r\nHost: localhost\nX-A: 1\r\n\r\n"),
    ("bare CR in a value", request(b"GET /healthz HTTP/1.1", b"X-A: 1\rX-B: 2")),
    ("no such version", request(b"GET /healthz HTTP/3.7")),
    ("no version", request(b"GET /healthz")),
    ("control byte in the path", request(b"GET /health\x01z HTTP/1.1")),
    ("not HTTP at all", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n"),
]


@pytest.mark.parametrize("name, data", STRICT, ids=[s[0] for s in STRICT])
def test_a_request_that_two_readers_could_read_differently_is_refused_and_the_connection_closed(listener, name, data):
    smuggled = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nX-Smuggled: yes\r\n\r\n"
    answer = raw_http(listener.http_port, data + smuggled, timeout=30)
    assert answer is not None and not answer.endswith(b"(open)"), f"{name}: the connection stays open"
    if answer:      # what is not HTTP may also be cut off without a word
        assert answer.startswith((b"HTTP/1.1 400", b"HTTP/1.0 400", b"HTTP/1.1 505", b"HTTP/1.1 413")), (name, answer[:80])
        assert b"200 OK" not in answer, f"{name}: the second request was answered as well"
    assert raw_http(listener.http_port, request(b"GET /healthz HTTP/1.1", b"Connection: close")).startswith(b"HTTP/1.1 200")


GOOD = [
    ("usual", request(b"GET /healthz HTTP/1.1", b"Connection: close"), b"200"),
    ("HTTP/1.0", request(b"GET /healthz HTTP/1.0"), b"200"),
    ("empty value", request(b"GET /healthz HTTP/1.1", b"X-A:", b"Connection: close"), b"200"),
    ("bytes above 127 in a value", request(b"GET /healthz HTTP/1.1", "X-A: ä".encode(), b"Connection: close"), b"200"),
]


@pytest.mark.parametrize("name, data, status", GOOD, ids=[g[0] for g in GOOD])
def test_an_honest_request_is_served(listener, name, data, status):
    assert raw_http(listener.http_port, data).split(b" ")[1] == status


METHODS = [("GET", "/in/hook", 405), ("PUT", "/in/hook", 405), ("DELETE", "/form/contact", 405), ("POST", "/healthz", 405), ("TRACE", "/", 400),
           ("GET", "/nothing-here", 404), ("POST", "/in/nobody", 404), ("GET", "/in/hook/../../etc/passwd", 405), ("GET", "/%2e%2e/etc/passwd", 404)]


@pytest.mark.parametrize("method, path, status", METHODS, ids=[f"{m[0]} {m[1]}" for m in METHODS])
def test_wrong_methods_and_places(listener, method, path, status):
    data = f"{method} {path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode()
    answer = raw_http(listener.http_port, data)
    assert int(answer.split(b" ")[1]) == status, answer[:200]
    if status == 405:
        assert b"\r\nAllow:" in answer or b"\r\nallow:" in answer


def test_a_body_that_is_too_large_is_413_before_it_is_read(listener):
    answer = raw_http(listener.http_port, request(POST, b"Content-Type: application/json", b"Content-Length: 90000000", b"Expect: 100-continue"))
    assert answer.startswith(b"HTTP/1.1 413"), answer[:80]
    chunk = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"
    try:
        answer = raw_http(listener.http_port, request(POST, b"Content-Type: application/json", b"Transfer-Encoding: chunked", body=chunk * 40))
    except (BrokenPipeError, ConnectionResetError):
        answer = b""
    assert answer == b"" or answer.startswith(b"HTTP/1.1 413"), answer[:80]
    assert eventually(lambda: sum(r["refused"] for r in listener.ctl("ledger") if r["channel"] == "hook") >= 1)


SLOW = [
    ("headers by drops", b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n", b"X-A: 1\r\n"),
    ("a body by drops", request(POST, b"Content-Type: application/json", b"Content-Length: 1000"), b"x"),
    ("nothing at all", b"", b""),
]


@pytest.mark.parametrize("name, first, drop", SLOW, ids=[s[0] for s in SLOW])
def test_a_slow_client_is_cut_however_busy_it_looks_and_delays_nobody(listener, name, first, drop):
    begin, waits = time.monotonic(), []
    with socket.create_connection(("127.0.0.1", listener.http_port), timeout=10) as s:
        s.sendall(first)
        s.settimeout(0.3)
        is_cut = False
        while not is_cut and time.monotonic() - begin < 30:
            try:
                s.sendall(drop)
                is_cut = s.recv(4096) == b""
            except TimeoutError:
                pass
            except OSError:
                is_cut = True
            asked = time.monotonic()
            assert raw_http(listener.http_port, request(b"GET /healthz HTTP/1.1", b"Connection: close")).startswith(b"HTTP/1.1 200")
            if not is_cut:
                waits.append(time.monotonic() - asked)
    assert is_cut, f"{name}: {time.monotonic() - begin:.1f} s"
    assert min(waits) < 1, f"{waits}: others wait until it is cut"


def test_many_idle_connections_leave_room_for_others(listener):
    idle = []
    try:
        for _ in range(60):
            idle.append(socket.create_connection(("127.0.0.1", listener.http_port), timeout=5))
        answer = eventually(lambda: raw_http(listener.http_port, request(b"GET /healthz HTTP/1.1", b"Connection: close")))
        assert answer.startswith(b"HTTP/1.1 200")
    finally:
        for s in idle:
            s.close()


def test_nothing_secret_stands_in_the_log_at_its_loudest(daemon):
    """Codes, secrets, tokens, and what customers wrote, after every kind of request."""
    daemon.conf["log"]["level"] = "debug"
    daemon.conf["channels"]["box"] = {"plugin": "imap", "server": "imaps://127.0.0.1:1", "user": "anna@example.com",
                                      "password": {"file": str(daemon.secret("box.password", "canary-of-the-mailbox"))}}
    daemon.start()
    codes = []
    for n in range(3):
        body = json.dumps({"id": f"e{n}", "text": "canary-of-the-text", "subject": "canary-of-the-subject", "from": f"u{n}"}).encode()
        at = int(time.time())
        headers = {"webhook-id": f"evt_{n}", "webhook-timestamp": str(at), "webhook-signature": sign(SECRET, f"evt_{n}", at, body), "Content-Type": "application/json"}
        with urllib.request.urlopen(urllib.request.Request(f"http://127.0.0.1:{daemon.http_port}/in/hook", body, headers), timeout=10) as reply:
            codes.append(json.load(reply)["code"])
    assert lmtp(daemon.lmtp_port, mail("canary-of-the-text")) == 250
    codes.append(daemon.ctl("list")[0]["code"])
    for code in codes:
        for path in (f"/s/{code}", f"/s/{code.lower()}", f"/status?code={urllib.parse.quote(code)}"):
            raw_http(daemon.http_port, request(f"GET {path} HTTP/1.1".encode(), b"Connection: close"))
    raw_http(daemon.http_port, request(b"GET /s/AAAA-BBBB-CCCC-DDDD HTTP/1.1", b"Connection: close"))
    raw_http(daemon.http_port, request(POST, b"webhook-id: x", b"webhook-timestamp: 1", b"webhook-signature: v1,canary-of-the-signature", b"Content-Length: 2",
                                       b"Connection: close", body=b"{}"))
    daemon.ctl("doctor", check=False)
    assert daemon.stop() == 0
    log = daemon.log_path.read_text(errors="replace")
    token = (daemon.folder / "admin.token").read_text().strip()
    for secret in [*codes, *(c.replace("-", "") for c in codes), SECRET, SECRET[6:], token, "canary-of-the-mailbox", "canary-of-the-text",
                   "canary-of-the-subject", "canary-of-the-signature"]:
        assert secret.lower() not in log.lower(), secret


def test_many_clients_at_once_are_all_answered(listener):
    answers = []

    def ask(n):
        body = json.dumps({"id": f"many{n}", "text": "t"}).encode()
        at = int(time.time())
        data = request(POST, f"Content-Length: {len(body)}".encode(), b"Content-Type: application/json", f"webhook-id: many_{n}".encode(),
                       f"webhook-timestamp: {at}".encode(), f"webhook-signature: {sign(SECRET, f'many_{n}', at, body)}".encode(), b"Connection: close", body=body)
        answers.append(raw_http(listener.http_port, data, timeout=30)[9:12])

    threads = [threading.Thread(target=ask, args=(n,)) for n in range(48)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    assert answers.count(b"202") == 48, answers
