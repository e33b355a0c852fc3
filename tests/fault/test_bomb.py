"""C3 and C7 at full scale: 100,000 forms for 1,000 people who never wrote to us, and a kill in the middle; 20,000 timings of wrong codes."""
import pathlib
import sys

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "system"))
from test_forms import answers_to_wrong_codes  # noqa: E402
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


@pytest.mark.long
@pytest.mark.timeout(1800)
def test_c7_twenty_thousand_timings_tell_nothing_of_a_code(daemon):
    daemon.conf["http"]["lookups"] = 1000000
    open_daemon(daemon)
    assert any(answers_to_wrong_codes(daemon, 4000) < 4.5 for attempt in range(3))
