"""Shared by the system and the fault tests: the daemon in a fresh folder, and what a failed test leaves for the reader."""
import pathlib
import shutil
import sys
import tempfile

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent / "system"))
from rig.intaked import Intaked  # noqa: E402


def pytest_configure(config):
    config.addinivalue_line("markers", "long: takes long; run by make fault only")


@pytest.fixture
def folder():
    """A short path: Unix socket names are limited."""
    path = pathlib.Path(tempfile.mkdtemp(prefix="ik-"))
    yield path
    shutil.rmtree(path, ignore_errors=True)


@pytest.fixture
def daemon(folder):
    """A configured daemon that is not started yet; stopped and its log shown at the end of a failed test."""
    with Intaked(folder) as d:
        yield d
        print(d.log())
