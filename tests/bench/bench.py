#!/usr/bin/python3
"""Speed as ratios: every figure is taken beside its yardstick, interleaved, and the median of the ratios counts.

    make bench                     everything
    make bench ONLY="webhook idle" some of it
    make bench RUNS=9              more repetitions (default 5)

Absolute figures drift with the machine; a ratio of one run does not."""
import os
import pathlib
import shutil
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "system"))
sys.path.insert(0, str(HERE))

import parts  # noqa: E402


def main():
    only = os.environ.get("ONLY", "").split() or list(parts.ALL)
    runs = int(os.environ.get("RUNS", "5"))
    missed = []
    for name in only:
        if name not in parts.ALL:
            sys.exit(f"bench: no part called {name}; there are: {' '.join(parts.ALL)}")
        folder = pathlib.Path(tempfile.mkdtemp(prefix="ikb-"))
        try:
            print(f"== {name}: {parts.ALL[name].__doc__.splitlines()[0]}", flush=True)
            missed += parts.ALL[name](folder, runs) or []
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    print("\ngoals missed: " + ("; ".join(missed) if missed else "none"))


if __name__ == "__main__":
    main()
