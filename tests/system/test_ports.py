"""rig/ports.py: no two tests that run at the same time are given one port."""
import itertools
import pathlib
import subprocess
import sys

import pytest

from rig import ports

CHILD = "import sys; sys.path.insert(0, %r); from rig import ports; print(ports.free_port(), flush=True); sys.stdin.read()"


def test_a_port_is_given_to_one_process_as_long_as_it_lives(monkeypatch):
    here = str(pathlib.Path(__file__).resolve().parent)
    child = subprocess.Popen([sys.executable, "-c", CHILD % here], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    port = int(child.stdout.readline())
    monkeypatch.setattr(ports, "_order", [port])
    monkeypatch.setattr(ports, "_next", itertools.cycle([port]))
    with pytest.raises(OSError):
        ports.free_port()
    child.communicate("")
    assert ports.free_port() == port
