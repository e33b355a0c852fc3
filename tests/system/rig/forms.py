"""A visitor of the form without a browser: opens it, sends it, reads what comes back; one kept connection, any client address."""
import http.client
import re
import urllib.parse


class Visitor:
    """`client` is told in X-Forwarded-For, for daemons that trust 127.0.0.1 as a proxy."""

    def __init__(self, daemon, client=None, form="contact"):
        self.path = f"/form/{form}"
        self.port = daemon.http_port
        self.client = client
        self.connection = None

    def ask(self, method, path, body=None, headers=None):
        headers = dict(headers or {})
        if self.client:
            headers["X-Forwarded-For"] = self.client
        for attempt in (1, 2):
            if self.connection is None:
                self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
            try:
                self.connection.request(method, path, body, headers)
                reply = self.connection.getresponse()
                text = reply.read().decode()
                if reply.will_close:
                    self.close()
                return reply, text
            except (http.client.HTTPException, OSError):
                self.close()
                if attempt == 2:
                    raise

    def close(self):
        if self.connection is not None:
            self.connection.close()
            self.connection = None

    def open(self, lang="en"):
        """The token of a fresh form."""
        _, page = self.ask("GET", f"{self.path}?lang={lang}")
        return re.search(r'name="token" value="([^"]+)"', page).group(1)

    def post(self, path, **fields):
        return self.ask("POST", path, urllib.parse.urlencode(fields), {"Content-Type": "application/x-www-form-urlencoded"})

    def send(self, token=None, lang="en", **fields):
        """(status, page) of one sent form."""
        fields = {"subject": "s", "text": "t", "contact": "ann@customers.example.net", **fields}
        reply, page = self.post(self.path, token=token or self.open(lang), lang=lang, **fields)
        return reply.status, page


def receipt(page):
    """(number, code) on a receipt page."""
    return re.search(r'id="number">([^<]+)<', page).group(1), re.search(r'id="code">([^<]+)<', page).group(1)
