"""The parts of the benchmark. Each takes (folder, runs), prints its figures, and returns the goals it missed in words."""
import hashlib
import hmac
import http.server
import json
import os
import re
import statistics
import subprocess
import threading
import time

from rig.intaked import BUILD, Intaked

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


def stalls(folder, runs):
    """No stall at 256 and 1,000 clients in short runs: every run ends with answers in its last second."""
    times, bad = 100, 0
    script = folder / "requests.lua"
    with hook_daemon(folder / "d").start() as daemon:
        for n in range(times):
            requests_file(script, 6000, f"s{n}")
            _, _, p99, most, errors = wrk(daemon, script, 256 if n % 2 else 1000, 1)
            bad += errors > 0 or most > 5000
    print(f"   {times} runs, {bad} stalled")
    return [f"{bad} of {times} runs stalled"] if bad else []


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


ALL = {"webhook": webhook, "stalls": stalls, "idle": idle}
