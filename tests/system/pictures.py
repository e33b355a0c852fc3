"""Renews docs/pictures from a walk through the real pages: `make pictures`. Run it after a change of how a page looks, and look at them."""
import pathlib
import shutil
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from rig.intaked import TOP, Intaked  # noqa: E402
from test_pages import open_daemon, walk  # noqa: E402

# as the walk calls them -> as the documents do
KEPT = {"form-zh": "form-zh", "form-en-phone-dark": "form-en-phone-dark", "error-en-phone": "error-en-phone", "receipt-en": "receipt-en",
        "status-zh": "status-zh", "verify-zh-phone": "verify-zh-phone", "survey-en": "survey-en", "survey-zh-phone": "survey-zh-phone", "tickets-en": "tickets", "ticket-en": "ticket"}


def main():
    with tempfile.TemporaryDirectory(prefix="ik-") as folder, Intaked(pathlib.Path(folder) / "d") as daemon:
        shots = pathlib.Path(folder) / "shots"
        shots.mkdir()
        open_daemon(daemon)
        bad = {page: found for page, found in walk(daemon, shots).items() if found}
        for name, kept in KEPT.items():
            shutil.copyfile(shots / f"{name}.png", TOP / "docs" / "pictures" / f"{kept}.png")
        print("\n".join(f"{page}: {found}" for page, found in bad.items()) or f"{len(KEPT)} pictures renewed; axe-core found nothing")
        return 1 if bad else 0


sys.exit(main())
