"""Runs the small programs under tests/system/js with the npm packages that `make deps` put under build/npm."""
import json
import os
import pathlib
import subprocess

from .intaked import TOP

JS = pathlib.Path(__file__).resolve().parents[1] / "js"


def node(script, *args, stdin=None, timeout=120):
    modules = TOP / "build" / "npm" / "node_modules"
    run = subprocess.run(["node", str(JS / script), *map(str, args)], input=stdin, capture_output=True, timeout=timeout,
                         env={**os.environ, "NODE_PATH": str(modules)})
    assert run.returncode == 0, run.stderr.decode(errors="replace")
    return json.loads(run.stdout) if run.stdout.lstrip()[:1] in (b"{", b"[") else run.stdout.decode().strip()
