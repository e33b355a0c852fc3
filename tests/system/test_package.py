"""The package: it builds, holds what the guide promises, installs into an empty root, and what it installed works there."""
import fcntl
import os
import pathlib
import re
import shutil
import subprocess

import pytest

from rig.intaked import TOP

VERSION = re.search(r"^## \[([0-9.]+)\]", (TOP / "CHANGELOG.md").read_text(), re.M).group(1)
needs_dh = pytest.mark.skipif(shutil.which("dh") is None, reason="debhelper is not installed")
# In a chroot whose / is no mount point no process gets mounts of its own.
needs_mounts = pytest.mark.skipif(subprocess.run(["unshare", "-m", "true"], capture_output=True).returncode != 0, reason="no mounts of one's own here")
needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="installs into a root of its own: needs root")

HOLDS = [("/usr/sbin/intaked", "-rwxr-xr-x"), ("/usr/bin/intakectl", "-rwxr-xr-x"), ("/usr/lib/intaked/channels/imap.so", "-rw-r--r--"),
         ("/usr/lib/intaked/sinks/webhook.so", "-rw-r--r--"), ("/etc/intaked/intaked.yaml", "-rw-r-----"), ("/etc/intaked/conf.d/", "drwxr-xr-x"),
         ("/usr/lib/systemd/system/intaked.service", "-rw-r--r--"), ("/usr/lib/systemd/system/intaked.socket", "-rw-r--r--"),
         ("/usr/lib/sysusers.d/intaked.conf", "-rw-r--r--"), ("/usr/lib/tmpfiles.d/intaked.conf", "-rw-r--r--"),
         ("/usr/share/intaked/rules/reply.tsv", "-rw-r--r--"), ("/usr/share/intaked/calendars/china.cal", "-rw-r--r--"),
         ("/usr/share/man/man8/intaked.8.gz", "-rw-r--r--"), ("/usr/share/man/man1/intakectl.1.gz", "-rw-r--r--"),
         ("/usr/share/man/man5/intaked.yaml.5.gz", "-rw-r--r--"), ("/usr/share/doc/intaked/docs/operations.md", "-rw-r--r--"),
         ("/usr/share/doc/intaked/copyright", "-rw-r--r--"), ("/usr/share/doc/intaked/CHANGELOG.md", "-rw-r--r--")]


def run(*args, check=True, **more):
    done = subprocess.run([str(a) for a in args], capture_output=True, text=True, timeout=580, **more)
    assert not check or done.returncode == 0, (args, done.stdout[-3000:], done.stderr[-3000:])
    return done


@pytest.fixture(scope="module")
def package():
    """Built once a run, also when the tests of this file run beside each other."""
    run_id = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))
    (TOP / "build").mkdir(exist_ok=True)
    with open(TOP / "build" / "deb.lock", "a+") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        lock.seek(0)
        if lock.read() != run_id:
            run("make", "deb", cwd=TOP, env={k: v for k, v in os.environ.items() if not k.startswith("MAKE") and k not in ("MFLAGS", "BUILD", "SANITIZE", "DEV")})
            lock.truncate(0)
            lock.write(run_id)
    built = list((TOP / "build").glob(f"intaked_{VERSION}_*.deb"))
    assert len(built) == 1
    return built[0]


@pytest.fixture
def root(package, tmp_path):
    """An empty root with the package in it, as dpkg installs it, and the libraries of this machine."""
    for folder in ("var/lib/dpkg/info", "var/lib/dpkg/updates", "var/lib/intaked", "etc", "run/intaked", "dev"):
        (tmp_path / folder).mkdir(parents=True)
    for file in ("var/lib/dpkg/status", "var/lib/dpkg/available", "etc/passwd", "etc/group", "dev/null"):
        (tmp_path / file).write_text("")
    run("dpkg", f"--root={tmp_path}", "--force-depends", "--force-script-chrootless", f"--log={tmp_path}/dpkg.log", "--install", package)
    return tmp_path


def inside(root, *args, check=True):
    """Runs a program in the root; nothing of this machine is visible there but its libraries and time zones."""
    triplet = run("gcc", "-print-multiarch").stdout.strip()
    script = f"""
        mkdir -p usr/lib/{triplet} usr/lib64 usr/share/zoneinfo etc/alternatives && ln -sfn usr/lib lib && ln -sfn usr/lib64 lib64 &&
        mount --bind /usr/lib/{triplet} usr/lib/{triplet} && mount --bind /usr/lib64 usr/lib64 && mount --bind /usr/share/zoneinfo usr/share/zoneinfo && mount --bind /etc/alternatives etc/alternatives &&
        exec chroot . "$@" """
    return run("unshare", "-m", "sh", "-c", script, "sh", *args, cwd=root, check=check)


@needs_dh
def test_the_package_holds_what_the_guide_says_with_the_right_modes(package):
    rows = [line.split(None, 5) for line in run("dpkg-deb", "-c", package).stdout.splitlines()]
    held = {row[5].lstrip("."): (row[0], row[1]) for row in rows}
    for path, mode in HOLDS:
        assert held.get(path) == (mode, "root/root"), path
    built = {p.name for kind in ("channels", "sinks") for p in (TOP / "build" / kind).glob("*.so")}
    assert {pathlib.Path(p).name for p in held if p.endswith(".so")} >= built
    assert not [p for p in held if "/tests/" in p or "/build/" in p or p.endswith((".o", ".a"))]
    assert run("dpkg-deb", "-I", package, "conffiles").stdout.split() == ["/etc/intaked/intaked.yaml"]
    assert run("dpkg-deb", "-f", package, "Version").stdout.strip() == VERSION
    depends = run("dpkg-deb", "-f", package, "Depends").stdout
    for needed in ("libsqlite3-0", "libcurl", "libesmtp6", "ca-certificates", "systemd"):
        assert needed in depends, "plugins and programs name the libraries they link"


@needs_dh
@needs_root
@needs_mounts
def test_what_is_installed_works_in_an_empty_root(root):
    assert re.search(r"^intaked:", (root / "etc/passwd").read_text(), re.M) and re.search(r"^intaked-admin:", (root / "etc/group").read_text(), re.M)
    conf, group = root / "etc/intaked/intaked.yaml", re.search(r"^intaked:[^:]*:(\d+):", (root / "etc/group").read_text(), re.M).group(1)
    assert (conf.stat().st_mode & 0o777, conf.stat().st_uid, conf.stat().st_gid) == (0o640, 0, int(group)), "the daemon may read it, others not"
    checked = inside(root, "/usr/sbin/intaked", "--check-config")
    assert (checked.stdout, checked.stderr) == ("", "")
    assert inside(root, "/usr/sbin/intaked", "--version").stdout.split() == ["intaked", VERSION]
    assert "imaps" in inside(root, "/usr/sbin/intaked", "--show-channel", "imap").stdout, "plugins are found and load"
    conf.write_text(conf.read_text() + "\ncolour: blue\n")
    wrong = inside(root, "/usr/bin/intakectl", "config", "check", check=False)
    assert wrong.returncode == 78 and "colour" in wrong.stderr


@needs_dh
@needs_root
def test_purging_keeps_the_tickets(root):
    (root / "var/lib/intaked/intaked.db").write_text("tickets")
    run("dpkg", f"--root={root}", "--force-script-chrootless", f"--log={root}/dpkg.log", "--purge", "intaked")
    assert (root / "var/lib/intaked/intaked.db").exists()
    assert not (root / "etc/intaked/intaked.yaml").exists() and not (root / "usr/sbin/intaked").exists()


def test_a_package_of_another_version_than_the_changelog_says_is_not_built(tmp_path):
    shutil.copytree(TOP / "debian", tmp_path / "debian")
    for name in ("Makefile", "CHANGELOG.md"):
        shutil.copy(TOP / name, tmp_path / name)
    text = (tmp_path / "CHANGELOG.md").read_text()
    (tmp_path / "CHANGELOG.md").write_text(text.replace(f"## [{VERSION}]", "## [99.0.0]\n\n" + f"## [{VERSION}]", 1))
    done = run("make", "deb", cwd=tmp_path, check=False)
    assert done.returncode != 0 and "debian/changelog does not begin with version 99.0.0" in done.stderr


def test_the_package_is_built_with_the_libraries_that_the_list_names():
    """tests/deps-build.txt is what `make deps` installs; debian/control has to ask for the same."""
    listed = [line.split("#")[0].strip() for line in (TOP / "tests" / "deps-build.txt").read_text().splitlines()]
    control = (TOP / "debian" / "control").read_text().split("Build-Depends:")[1].split("\n\n")[0]
    asked = {re.split(r"[ (|]", item.strip())[0] for item in control.replace("\n", " ").split(",")}
    part_of_every_build = {"gcc", "libc6-dev", "make", "ca-certificates", "tzdata"}
    missing = {name.split("|")[0] for name in listed if name} - part_of_every_build - asked
    assert not missing, f"add to Build-Depends of debian/control: {', '.join(sorted(missing))}"
