"""tests/programs.sh: who reads the end of a log learns which test program failed, and why."""
import os
import pathlib
import subprocess

TOP = pathlib.Path(__file__).resolve().parents[2]
RUN, OK, FAILED = "[ RUN      ] ", "[       OK ] ", "[  FAILED  ] "

PROGRAMS = {
    "good": (0, [RUN + "fine", "a word by the way", OK + "fine"]),
    "red": (1, [RUN + "fine", "a word by the way", OK + "fine", RUN + "broken", 'row "seven": x is 7, expected 8', "[   LINE   ] --- t.c:12: error: Failure!",
                FAILED + "broken", RUN + "other", OK + "other", FAILED + "1 test(s), listed below:", FAILED + "broken",
                "==9==ERROR: LeakSanitizer: detected memory leaks", "#0 in broken t.c:11"]),
    "leaky": (1, [RUN + "fine", OK + "fine", "=====", "==9==ERROR: LeakSanitizer: detected memory leaks", "#0 in forget t.c:3"]),
    "torn": (134, [RUN + "fine", OK + "fine", RUN + "torn"] + ["noise"] * 50 + ["==9==ERROR: AddressSanitizer: heap-use-after-free", "#0 in use t.c:4", "Shadow bytes around it", "fa"]),
    "endless": (None, [RUN + "waits", "still here"]),
}
TOLD = """
FAILED {0}/red, status 1
  [ RUN      ] broken
  row "seven": x is 7, expected 8
  [   LINE   ] --- t.c:12: error: Failure!
  [  FAILED  ] broken

FAILED {0}/leaky, status 1
  ==9==ERROR: LeakSanitizer: detected memory leaks
  #0 in forget t.c:3

FAILED {0}/torn, status 134
  [ RUN      ] torn
  ==9==ERROR: AddressSanitizer: heap-use-after-free
  #0 in use t.c:4
"""
ENDLESS = "\nFAILED {0}/endless, status 124: no end in 1 s\n"


def run(folder, names, **more):
    paths = []
    for name in names:
        status, lines = PROGRAMS[name]
        (folder / (name + ".log")).write_text("\n".join(lines) + "\n")
        (folder / name).write_text("#!/bin/sh\ncat %s.log\n%s\n" % (folder / name, "sleep 100" if status is None else "exit %d" % status))
        (folder / name).chmod(0o700)
        paths.append(str(folder / name))
    return subprocess.run(["sh", str(TOP / "tests" / "programs.sh"), *paths], env={**os.environ, "JOBS": "2", **more},
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=60)


def test_the_last_lines_say_which_programs_failed_and_why(folder):
    done = run(folder, ["good", "red", "leaky", "torn"])
    assert done.returncode == 1
    assert done.stdout.endswith(TOLD.format(folder))
    assert done.stdout.count("a word by the way") == 2          # the whole output of each stands before


def test_a_program_that_does_not_end_is_ended_and_named(folder):
    done = run(folder, ["endless"], LIMIT="1")
    assert done.returncode == 1
    assert ENDLESS.format(folder) in done.stdout


def test_nothing_is_said_of_programs_that_are_good(folder):
    done = run(folder, ["good"])
    assert (done.returncode, done.stdout.count("FAILED")) == (0, 0)
