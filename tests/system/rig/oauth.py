"""A token server of npm's oauth2-mock-server on loopback, steered by lines of JSON; see js/oauth.js."""
import json
import os
import subprocess

from .intaked import TOP
from .node import JS


class TokenServer:
    def __enter__(self):
        modules = TOP / "build" / "npm" / "node_modules"
        self.process = subprocess.Popen(["node", str(JS / "oauth.js")], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                                        env={**os.environ, "NODE_PATH": str(modules)})
        self.port = json.loads(self.process.stdout.readline())["port"]
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process.stdout.close()

    @property
    def token_url(self):
        return f"http://127.0.0.1:{self.port}/token"

    @property
    def userinfo_url(self):
        return f"http://127.0.0.1:{self.port}/userinfo"

    def do(self, what, **more):
        self.process.stdin.write(json.dumps({"do": what, **more}) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())["result"]

    def set(self, **values):
        self.do("set", values=values)

    def log(self):
        return self.do("log")
