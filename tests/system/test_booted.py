"""The package under a systemd that booted: this machine's own root once more, in a container, with everything written there thrown away."""
import json
import os
import pathlib
import shutil
import subprocess

import pytest

from test_package import package  # noqa: F401

BOOTED = pathlib.Path(__file__).resolve().parent / "booted"
WHY_NOT = "needs root, systemd-nspawn and a machine that lets a container boot"


def boot(folder, root, wait_s=240):
    """Boots the container into the journey; what it saw. Skipped when no container boots here."""
    lists = [f"--bind-ro={folder}/in:/in", f"--bind={folder}/out:/out", f"--bind-ro={BOOTED}/journey.service:/etc/systemd/system/journey.service"]
    try:
        done = subprocess.run(["systemd-nspawn", "--quiet", "--register=no", "--keep-unit", "--private-network", "--volatile=overlay", "--machine=intaked-test", "--directory", str(root),
                               *lists, "--boot", "systemd.unit=journey.service"], stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=wait_s)
        said = done.stdout[-3000:] + done.stderr[-1000:]
    except subprocess.TimeoutExpired as e:
        said = f"not over after {wait_s} s: {(e.stdout or b'')[-3000:]!r}"
    if (folder / "out" / "seen.json").exists():
        return json.loads((folder / "out" / "seen.json").read_text())
    if not (folder / "out" / "begun").exists():
        pytest.skip(f"{WHY_NOT}: {said[-300:]}")
    raise AssertionError(said)


@pytest.fixture
def seen(folder, package):  # noqa: F811
    if os.geteuid() != 0 or shutil.which("systemd-nspawn") is None:
        pytest.skip(WHY_NOT)
    for name in ("in", "out", "root"):
        (folder / name).mkdir()
    shutil.copy(package, folder / "in" / "intaked.deb")
    for name in ("journey.py", "intaked.yaml"):
        shutil.copy(BOOTED / name, folder / "in" / name)
    if subprocess.run(["mount", "--bind", "/", str(folder / "root")], capture_output=True).returncode != 0:
        pytest.skip(WHY_NOT)
    try:
        yield boot(folder, folder / "root")
    finally:
        subprocess.run(["umount", "-l", str(folder / "root")], check=True)


@pytest.mark.skipif(shutil.which("dh") is None, reason="debhelper is not installed")
def test_the_package_lives_under_systemd(seen):
    journal = seen.pop("journal")
    assert "ended" not in seen, f"{seen['ended']}\n{seen}\n{journal[-3000:]}"
    assert seen["after_install"] == ["[1] disabled", "[3] inactive"], "installing starts and enables nothing"
    assert "CREDENTIALS_DIRECTORY=/run/credentials/intaked.service" in seen["check_without_credentials"] and seen["check_with_credentials"] == ""
    assert seen["start"] == ["", "active"] and seen["mail"] == {} and seen["form"] == 200 and seen["text"].startswith("台灯")
    assert seen["socket"] == ["0o660", "intaked", "intaked-admin"] and seen["state_folder"] == "0o700"
    assert seen["group"] == "[" and seen["others"] != "[" and seen["others"].startswith("[7"), "members of the group may ask, others not"
    assert seen["reload"] == ["", "active", True] and seen["mail_after_reload"] == {}
    assert seen["killed"] == ["active", "1"] and seen["mail_after_kill"] == {}
    assert seen["stopped"] == ["[3] inactive", "success"] and seen["watchdog"] not in ("", "0", "infinity")
    assert seen["bad_start"] == ["[1]", "[3] failed", "78"] and seen["bad_start_again"] == "0", "a wrong configuration is not tried again"
    assert seen["before_visit"] in ("[3] inactive", "[3] failed") and seen["visit"] == [200, "active"] and seen["during_restart"] == [200]
    assert seen["tickets"] == 3
    assert seen["remove"] == [True, "[3] inactive", True], "removing stops the daemon and keeps the tickets"
    assert "parse worker ended" not in journal and "denied" not in journal.lower() and "not permitted" not in journal, journal
