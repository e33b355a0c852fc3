"""`intakectl map test`: what a channel would make of a payload, as the daemon would, with nothing stored and no daemon."""
import json
import subprocess
import time

import pytest

from rig.intaked import BUILD, SECRET, Intaked
from rig.oracle import sign


@pytest.fixture(scope="module")
def gateway(tmp_path_factory):
    """A configuration; the daemon is not started."""
    daemon = Intaked(tmp_path_factory.mktemp("map") / "gateway")
    daemon.conf["channels"]["shop"] = {"plugin": "webhook", "secret": {"file": str(daemon.folder / "webhook.secret")},
                                       "map": {"subject": "data.topic", "text": "data.message", "sender": "data.customer.email", "sender_type": "=email"}}
    daemon.write_config()
    return daemon


def run(daemon, *args, payload=None, as_json=True):
    return subprocess.run([str(BUILD / "intakectl"), *(["--json"] if as_json else []), "--config", str(daemon.config_path), "map", *args],
                          input=payload, capture_output=True, text=True, timeout=30)


def test_every_field_is_told_with_its_path_and_value(gateway):
    out = run(gateway, "test", "shop", "-", payload=json.dumps({"data": {"topic": "灯", "message": "坏了", "customer": {"email": "li@example.net"}}}))
    assert out.returncode == 0, out.stderr
    result = json.loads(out.stdout)
    fields = {f["field"]: (f["path"], f["value"]) for f in result["fields"]}
    assert fields["subject"] == ("data.topic", "灯") and fields["text"] == ("data.message", "坏了") and fields["sender_type"] == ("=email", "email")
    assert result["missing"] == ["external_id", "sender_name", "language", "order_number", "sent_at", "conversation", "followers", "reply_until", "replies"]
    assert result["taken"] is True and result["status"] == 202 and result["signature"] == "not checked"
    assert result["messages"][0]["sender"] == "li@example.net"
    assert list((gateway.folder / "state").iterdir()) == []


@pytest.mark.parametrize("payload, status, word", [
    ('{"data": {"topic": "Lamp"}}', 400, "no text at 'data.message'"),
    ("[1]", 400, "not an object"), ("{", 400, "unreadable"), ('{"data": 1, "data": 2}', 400, "unreadable"),
    pytest.param('{"data": {"message": "%s"}}' % ("x" * 1100000), 413, "too-large", id="too large"),
])
def test_what_would_be_refused_says_why(gateway, payload, status, word):
    out = run(gateway, "test", "shop", "-", payload=payload)
    result = json.loads(out.stdout)
    assert out.returncode == 65 and result["taken"] is False and result["status"] == status
    assert word in result["refused"], result


def test_a_signature_is_checked_when_headers_are_given(gateway, tmp_path):
    body = '{"data": {"message": "hello"}}'
    path = tmp_path / "payload.json"
    path.write_text(body)
    at = str(int(time.time()))
    headers = ["-H", "webhook-id: evt-1", "-H", f"webhook-timestamp: {at}", "--header", "webhook-signature: " + sign(SECRET, "evt-1", at, body.encode())]
    good = run(gateway, "test", "shop", str(path), *headers)
    assert good.returncode == 0 and json.loads(good.stdout)["signature"] == "checked" and json.loads(good.stdout)["messages"][0]["external_id"] == "evt-1"
    path.write_text(body + " ")
    bad = run(gateway, "test", "shop", str(path), *headers)
    assert bad.returncode == 65 and json.loads(bad.stdout)["status"] == 401 and json.loads(bad.stdout)["fields"], bad.stdout


@pytest.mark.parametrize("args, status, word", [
    (("test", "shopp", "-"), 64, "did you mean 'shop'"), (("test", "mail", "-"), 64, "maps no payloads"), (("try", "shop", "-"), 64, "map test CHANNEL PAYLOAD"),
    (("test", "shop"), 64, "missing"), (("test", "shop", "/nonexistent.json"), 66, "/nonexistent.json"), (("test", "shop", "-", "-H", "nocolon"), 64, "Name: value"),
])
def test_wrong_use_names_the_remedy(gateway, args, status, word):
    out = run(gateway, *args, payload="{}")
    assert out.returncode == status and word in out.stderr, (out.returncode, out.stderr)


def test_the_table_shows_marks_of_strangers_as_numbers(gateway):
    out = run(gateway, "test", "shop", "-", payload=json.dumps({"data": {"message": "a\u202e\u001b[31mb"}}), as_json=False)
    assert out.returncode == 0 and "\x1b" not in out.stdout and "u{202e}" in out.stdout and "would be taken" in out.stdout
