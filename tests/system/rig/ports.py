"""TCP ports for the servers of a test.

They lie below the range the kernel takes the near end of outgoing connections from: a port of that range can
be free when asked for and be some client's own a moment later, and the server then cannot listen on it. And each
is claimed for as long as the process lives that asked: other tests that run at the same time are given others.
"""
import fcntl
import itertools
import os
import random
import socket
import struct
import tempfile

FIRST, LAST = 10000, 32000

_order = random.SystemRandom().sample(range(FIRST, LAST), LAST - FIRST)
_next = itertools.cycle(_order)
_claims = os.open(os.path.join(tempfile.gettempdir(), f"intaked-test-ports-{os.getuid()}"), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)


def is_ours(port):
    """Claims it by a lock on the byte of its number, which goes with the process; one of the open file, since a rig may import this file twice."""
    try:
        fcntl.fcntl(_claims, fcntl.F_OFD_SETLK, struct.pack("hhqqi4x", fcntl.F_WRLCK, os.SEEK_SET, port, 1, 0))
    except OSError:
        return False
    return True


def is_unused(port):
    with socket.socket() as s:
        s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            s.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def free_port():
    """A port of 127.0.0.1 that nobody listens on now, and not handed out before to this process or to another that lives."""
    for port in itertools.islice(_next, len(_order)):
        if is_ours(port) and is_unused(port):
            return port
    raise OSError("no free port")


def free_ports(count):
    """Several of them."""
    return [free_port() for _ in range(count)]
