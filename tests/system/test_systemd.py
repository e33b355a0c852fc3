"""The units: systemd understands them, they expose little, and the users and folders they name are made by the shipped files."""
import os
import pathlib
import re
import shutil
import subprocess

import pytest

UNITS = pathlib.Path(__file__).resolve().parents[2] / "systemd"
THRESHOLD = 15      # systemd-analyze counts in tenths

needs_analyze = pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not installed")


@pytest.fixture
def units(folder):
    """Copies that name a program which exists, so that only the units themselves are judged."""
    for unit in ("intaked.service", "intaked.socket"):
        text = (UNITS / unit).read_text()
        (folder / unit).write_text(text.replace("/usr/sbin/intaked", "/bin/true"))
    return folder


def analyze(*args, **env):
    done = subprocess.run(["systemd-analyze", *args], capture_output=True, text=True, timeout=60, env={**os.environ, **env})
    return done.returncode, done.stdout + done.stderr


@needs_analyze
def test_units_verify_without_a_word(units):
    status, said = analyze("verify", "--man=no", "--recursive-errors=no", str(units / "intaked.service"), str(units / "intaked.socket"))
    assert (status, said.strip()) == (0, "")


@needs_analyze
def test_exposure_is_within_the_goal(units):
    status, said = analyze("security", "--offline=yes", f"--threshold={THRESHOLD}", "--no-pager", str(units / "intaked.service"))
    level = re.search(r"Overall exposure level for .*: ([0-9.]+)", said)
    print(level.group(0) if level else said)
    assert status == 0, said


@needs_analyze
def test_exposure_goal_would_notice(units):
    """The control: without its hardening the same unit fails the same goal."""
    unit = units / "intaked.service"
    kept = [line for line in unit.read_text().splitlines() if not re.match(r"(Protect|Private|Restrict|SystemCall|Capability|NoNew)", line)]
    unit.write_text("\n".join(kept) + "\n")
    status, _ = analyze("security", "--offline=yes", f"--threshold={THRESHOLD}", "--no-pager", str(unit))
    assert status != 0


@needs_analyze
def test_system_calls_the_mail_reader_needs_are_allowed():
    """The worker limits and sandboxes itself: its calls must pass the filter of the unit."""
    text = (UNITS / "intaked.service").read_text()
    allowed, denied = set(), set()
    for line in re.findall(r"^SystemCallFilter=(.*)$", text, re.M):
        into = denied if line.startswith("~") else allowed
        for name in line.lstrip("~").split():
            into.update(filter_calls(name) if name.startswith("@") else {name})
    for call in ("prlimit64", "seccomp", "landlock_create_ruleset", "landlock_add_rule", "landlock_restrict_self", "prctl", "close_range",
                 "execve", "clone3", "fsync", "fdatasync", "epoll_wait", "flock", "fcntl", "statx", "getrandom"):
        assert call in allowed - denied, call


def filter_calls(name, seen=()):
    _, said = analyze("syscall-filter", name, "--no-pager")
    calls = set()
    for word in (line.strip().split(" ")[0] for line in said.splitlines()[1:]):
        if word.startswith("@") and word not in seen:
            calls |= filter_calls(word, (*seen, name))
        elif re.fullmatch(r"[a-z0-9_]+", word):
            calls.add(word)
    return calls


@pytest.mark.skipif(shutil.which("systemd-sysusers") is None, reason="systemd-sysusers is not installed")
def test_users_and_folders_are_made(folder):
    (folder / "etc").mkdir()
    unit = (UNITS / "intaked.service").read_text()
    done = subprocess.run(["systemd-sysusers", f"--root={folder}", str(UNITS / "intaked.sysusers")], capture_output=True, text=True, timeout=60)
    if done.returncode != 0 and os.geteuid() != 0:
        pytest.skip("systemd-sysusers --root needs root here")
    assert done.returncode == 0, done.stderr
    users = {line.split(":")[0] for line in (folder / "etc/passwd").read_text().splitlines()}
    groups = {line.split(":")[0] for line in (folder / "etc/group").read_text().splitlines()}
    assert re.search(r"^User=(.*)$", unit, re.M).group(1) in users
    for name in re.findall(r"^(?:Group|SupplementaryGroups)=(.*)$", unit, re.M):
        assert name in groups
    if shutil.which("systemd-tmpfiles") is None or os.geteuid() != 0:
        pytest.skip("systemd-tmpfiles needs root")
    done = subprocess.run(["systemd-tmpfiles", f"--root={folder}", "--create", str(UNITS / "intaked.tmpfiles")], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert oct((folder / "etc/intaked").stat().st_mode & 0o777) == "0o750"
    assert oct((folder / "etc/intaked/secrets").stat().st_mode & 0o777) == "0o700"
