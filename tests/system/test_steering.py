"""reload tells what came of it, and what waits for a sink that is gone can be given up."""
import json
import os
import shutil
import subprocess
import tempfile
import threading

import pytest

from rig.intaked import BUILD, Intaked
from rig.talk import eventually


def ctl(daemon, *args, status=0):
    out = subprocess.run([str(BUILD / "intakectl"), "--socket", str(daemon.folder / "control.sock"), *args], capture_output=True, text=True, timeout=60)
    assert out.returncode == status, (out.returncode, out.stdout, out.stderr)
    return out


@pytest.fixture
def daemon(tmp_path):
    with Intaked(tmp_path / "gateway") as daemon:
        daemon.conf["sinks"]["desk"] = {"plugin": "webhook", "url": "http://127.0.0.1:9/", "secret": {"file": str(daemon.folder / "webhook.secret")}}
        daemon.start()
        yield daemon


def test_a_reload_is_in_force_when_the_command_ends(daemon):
    daemon.conf["channels"]["second"] = {"plugin": "form"}
    daemon.write_config()
    assert "in force" in ctl(daemon, "reload").stdout
    assert "second" in [c["name"] for c in daemon.ctl("status")["channels"]]
    assert json.loads(ctl(daemon, "--json", "reload").stdout) == {"ok": True, "problems": []}


def test_every_problem_of_a_refused_reload_is_told_with_its_place(daemon):
    good = daemon.config_path.read_text()
    daemon.config_path.write_text(good + "smpt:\n  host: x\nlog:\n  level: loud\n")
    refused = ctl(daemon, "reload", status=78)
    assert f"{daemon.config_path}:" in refused.stderr and "smpt" in refused.stderr and "stays in force" in refused.stderr
    told = json.loads(ctl(daemon, "--json", "reload", status=78).stdout)
    assert told["ok"] is False and any("smpt" in p and str(daemon.config_path) in p for p in told["problems"])
    daemon.config_path.write_text(good.replace("state", "elsewhere"))
    assert "restart" in ctl(daemon, "reload", status=78).stderr
    daemon.config_path.write_text(good)
    ctl(daemon, "reload")


def test_several_operators_and_a_stop_are_answered(daemon):
    codes = []
    def ask():
        codes.append(subprocess.run([str(BUILD / "intakectl"), "--socket", str(daemon.folder / "control.sock"), "reload"], capture_output=True, timeout=60).returncode)
    threads = [threading.Thread(target=ask) for _ in range(4)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    assert codes == [0, 0, 0, 0]
    late = [threading.Thread(target=ask) for _ in range(2)]
    for t in late:
        t.start()
    assert daemon.stop() == 0
    for t in late:
        t.join()
    assert set(codes[4:]) <= {0, 75}


def test_what_waits_for_a_sink_that_is_gone_is_given_up_on_an_operators_word(daemon):
    numbers = [json.loads(ctl(daemon, "--json", "add", "--channel", "phone", "--text", f"call {n}").stdout)["number"] for n in range(3)]
    assert eventually(lambda: len([d for d in daemon.ctl("outbox") if d["target"] == "sink:desk" and d["state"] == "pending"]) == 3)
    assert "takes its entries itself" in ctl(daemon, "outbox", "drop", "--sink", "desk", "--yes", status=64).stderr
    del daemon.conf["sinks"]["desk"]
    daemon.write_config()
    ctl(daemon, "reload")
    assert "3 wait for sink:desk" in ctl(daemon, "outbox", "drop", "--sink", "desk").stdout
    assert len([d for d in daemon.ctl("outbox") if d["target"] == "sink:desk" and d["state"] == "pending"]) == 3
    assert json.loads(ctl(daemon, "--json", "outbox", "drop", "--sink", "desk", "--yes").stdout)["dropped"] == 3
    assert {d["state"] for d in daemon.ctl("outbox") if d["target"] == "sink:desk"} == {"withheld"}
    counts = daemon.ctl("status")["counts"]["deliveries"]
    assert (counts["pending"], counts["withheld"]) == (0, 3)
    told = [row for row in daemon.ctl("show", numbers[0])["history"] if row["event"] == "duty.dropped"]
    assert told[0]["detail"] == "sink:desk" and told[0]["actor"].startswith("operator:")
    assert not [f for f in daemon.ctl("doctor", check=False) if f["check"] == "outbox" and not f["ok"]]
    assert "0 given up" in ctl(daemon, "outbox", "drop", "--sink", "desk", "--yes").stdout


@pytest.mark.parametrize("args, word", [(("drop",), "--sink NAME"), (("drop", "--sink", "a", "--channel", "b"), "--sink NAME"), (("drip",), "outbox drop")])
def test_wrong_use_names_the_remedy(tmp_path, args, word):
    with Intaked(tmp_path / "gateway") as daemon:
        daemon.start()
        assert word in ctl(daemon, "outbox", *args, status=64).stderr


COMMANDS = [("add", "--channel", "phone", "--text", "x"), ("import", "-"), ("export",), ("report",), ("erase", "202611-001", "--yes"), ("reload",), ("outbox", "drop", "--sink", "x", "--yes")]


@pytest.mark.skipif(os.geteuid() != 0, reason="another user is needed")
def test_nobody_else_may(tmp_path):
    with tempfile.TemporaryDirectory() as open_to_all, Intaked(tmp_path / "gateway") as daemon:
        os.chmod(open_to_all, 0o755)
        socket = os.path.join(open_to_all, "control.sock")
        program = shutil.copy(BUILD / "intakectl", open_to_all)
        daemon.conf["control"] = {"socket": socket}
        daemon.start(wait_s=0)
        assert eventually(lambda: os.path.exists(socket))
        os.chmod(socket, 0o666)         # past the file's mode, to who the kernel says it is
        for command in COMMANDS:
            out = subprocess.run([program, "--socket", socket, *command], input='{"text": "x"}\n', capture_output=True, text=True, timeout=30, user="nobody", group="nogroup", extra_groups=[])
            assert out.returncode == 77 and "not allowed" in out.stderr, (command, out.returncode, out.stderr)
        daemon.stop()
