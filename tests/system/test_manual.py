"""The manual pages say what the tables say: every option, command and plugin is there, and the pages are in order for man."""
import json
import os
import re
import shutil
import subprocess

import pytest

from rig.intaked import BUILD

PAGES = [("intaked.8", "intaked", ["--manual", "intaked.8"]), ("intaked.yaml.5", "intaked", ["--manual", "intaked.yaml.5"]), ("intakectl.1", "intakectl", ["--manual"])]


def output(program, *args):
    return subprocess.run([str(BUILD / program), *args], capture_output=True, text=True, timeout=30, check=True).stdout


def plain(roff):
    """What a reader sees: fonts and escapes taken away, lines joined."""
    for escape, char in ((r"\fB", ""), (r"\fR", ""), (r"\fI", ""), (r"\-", "-"), (r"\(aq", "'"), (r"\(ga", "`"), (r"\(ti", "~"), (r"\(ha", "^"), (r"\(dq", '"'),
                         (r"\&", ""), (r"\e", "\\")):
        roff = roff.replace(escape, char)
    return " ".join(roff.split())


def rows(options, prefix=""):
    for row in options:
        if row["kind"] == "section":
            yield from rows(row["options"], f"{prefix}{row['name']}.")
        else:
            yield prefix + row["name"], row


def test_every_option_of_the_configuration_is_in_its_manual():
    page = plain(output("intaked", "--manual", "intaked.yaml.5"))
    schema = json.loads(output("intakectl", "--json", "config", "schema"))
    headings = {"channels": '.SH "CHANNELS"', "sinks": '.SH "SINKS"'}
    seen = 0
    for part, held in schema.items():
        heading = headings.get(part) or (f'.SS "plugin: {part.split()[1]}"' if " " in part else f'.SS "{part}"')
        places = [re.split(r"\.S[SH] ", page[m.end():], maxsplit=1)[0] for m in re.finditer(re.escape(heading), page)]      # a channel and a sink may share a name
        assert places, heading
        for name, row in rows(held["options"]):
            said = rf"\.TP {re.escape(name)} \(.{{0,300}}?\) {re.escape(' '.join((row['help'] or '').split()))}"
            assert any(re.search(said, place) for place in places), (part, name)
            if row.get("default"):
                assert any(f"; default {row['default']}" in place for place in places), (part, name)
            seen += 1
    assert seen > 80


def test_every_command_and_option_of_the_programs_is_in_their_manuals():
    page = plain(output("intakectl", "--manual"))
    commands = re.findall(r"^  ([a-z-]+) +[A-Z]", output("intakectl", "--help"), re.M)
    assert len(commands) > 12
    for command in commands:
        assert f'.SS "{command}' in page, command
        for option in re.findall(r"--[a-z-]+", output("intakectl", command, "--help").split("Everywhere:")[0]):
            assert option in page, (command, option)
    page, said = plain(output("intaked", "--manual", "intaked.8")), output("intaked", "--help")
    for option in re.findall(r"^ +(?:-., )?(--[a-z-]+)", said, re.M):
        assert option in page or option in ("--help", "--usage", "--version"), option
    assert "--manual" not in said, "for the makefile"


@pytest.mark.skipif(shutil.which("man") is None, reason="man is not installed")
@pytest.mark.parametrize("page, program, args", PAGES, ids=[p[0] for p in PAGES])
def test_man_reads_the_pages_without_a_warning(folder, page, program, args):
    (folder / page).write_text(output(program, *args))
    shown = subprocess.run(["man", "--warnings", "-l", str(folder / page)], capture_output=True, text=True, timeout=30,
                           env={**os.environ, "MANPAGER": "cat", "LC_ALL": "C.UTF-8", "MANWIDTH": "100"})
    assert shown.returncode == 0 and shown.stderr == ""
    assert "NAME" in shown.stdout and page.rsplit(".", 1)[0] in shown.stdout


def test_an_unknown_page_is_refused():
    done = subprocess.run([str(BUILD / "intaked"), "--manual", "intaked.9"], capture_output=True, text=True, timeout=30)
    assert done.returncode == os.EX_CONFIG and "no manual page intaked.9" in done.stderr
