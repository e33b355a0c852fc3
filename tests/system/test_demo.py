"""What conf/demo-send.py tells of the message it sent: a new ticket the first time, the ticket it joins when it is sent again."""
import importlib.util
import re

import pytest

from rig.intaked import TOP


@pytest.fixture
def send(daemon):
    """The script's senders by name, as `make run` would have them meet the demo, but at this daemon's addresses."""
    spec = importlib.util.spec_from_file_location("demo_send", TOP / "conf" / "demo-send.py")
    demo = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(demo)
    demo.DEMO, demo.LMTP_PORT = daemon.folder, daemon.lmtp_port
    demo.PUBLIC, demo.ADMIN = f"http://127.0.0.1:{daemon.http_port}", f"http://127.0.0.1:{daemon.admin_port}"
    (daemon.folder / "secrets").mkdir()
    for name, kept in (("admin-token", "admin.token"), ("webhook-secret", "webhook.secret")):
        (daemon.folder / "secrets" / name).write_text((daemon.folder / kept).read_text())
    daemon.conf["similar"] = {"enabled": True}
    daemon.conf["channels"]["demo"] = daemon.conf["channels"].pop("hook")
    daemon.start()
    return {"mail": lambda: demo.send(demo.send_mail), "webhook": lambda: demo.send(demo.send_webhook)}


@pytest.mark.parametrize("kind, taken", [("mail", "250 taken"), ("webhook", '202 {"number":')])
def test_a_message_sent_again_is_told_to_be_a_repeat(daemon, send, capsys, kind, taken):
    said = []
    for _ in range(3):
        send[kind]()
        said.append(capsys.readouterr().out.splitlines())
    ticket, = daemon.ctl("list")
    assert all(lines[0].startswith(taken) for lines in said)
    assert said[0][1] == f"a new ticket: {ticket['number']}"
    for nth, lines in enumerate(said[1:], 2):
        assert re.fullmatch(rf"no new ticket: it is a repeat, and joins {ticket['number']} as its message {nth} \(intakectl explain {ticket['number']}\)", lines[1]), lines
    assert all(len(lines) == 2 for lines in said)
