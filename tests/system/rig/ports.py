"""TCP ports for the servers of a test.

They lie below the range the kernel takes the near end of outgoing connections from: a port of that range can
be free when asked for and be some client's own a moment later, and the server then cannot listen on it.
"""
import itertools
import random
import socket

FIRST, LAST = 10000, 32000

_order = random.SystemRandom().sample(range(FIRST, LAST), LAST - FIRST)
_next = itertools.cycle(_order)


def free_port():
    """A port of 127.0.0.1 that nobody listens on now, and not handed out before by this process."""
    for port in itertools.islice(_next, len(_order)):
        with socket.socket() as s:
            s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                s.bind(("127.0.0.1", port))
            except OSError:
                continue
        return port
    raise OSError("no free port")


def free_ports(count):
    """Several of them."""
    return [free_port() for _ in range(count)]
