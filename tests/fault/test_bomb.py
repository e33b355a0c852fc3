"""C3 at full scale: 100,000 forms for 1,000 people who never wrote to us, and a kill in the middle."""
import pathlib
import sys

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "system"))
from test_verification import bomb, open_daemon  # noqa: E402


@pytest.mark.long
@pytest.mark.timeout(7200)
def test_c3_a_hundred_thousand_forms_bring_a_thousand_victims_at_most_one_mail_each(daemon):
    open_daemon(daemon, per_domain_hour=1000000, global_hour=1000000)
    first = bomb(daemon, 50000, 1000)
    daemon.kill()
    daemon.start()
    got = bomb(daemon, 50000, 1000)
    assert set(first.values()) == {1} and set(got.values()) == {1}
    assert len(got) == 1000
