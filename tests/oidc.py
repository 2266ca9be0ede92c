"""A local OpenID Connect provider for tests, whose answers can be tampered with."""

import json
import os
import threading
from contextlib import contextmanager
from urllib.parse import parse_qs, urlsplit

import requests
from oidc_provider_mock import app
from werkzeug.serving import make_server

CLIENT = "netralitas"
SECRET = "rahasia-klien"


class Provider:
    """The provider at `url`. `tamper` maps a path to what changes the JSON answered there;
    `asked` keeps the bodies of token requests.
    """

    def __init__(self):
        os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"
        self.honest = app()
        self.tamper, self.asked, self.url = {}, [], ""

    def settings(self, **changes):
        """What the environment would name."""
        named = {"client_id": CLIENT, "client_secret": SECRET, "name": "SSO ASN"}
        return {"server_url": self.url, "nip_claim": "nip", **named, **changes}

    def add_user(self, sub, **claims):
        """Somebody who can log in there."""
        requests.put(f"{self.url}/users/{sub}", json=claims, timeout=10).raise_for_status()

    def log_in(self, address, sub):
        """Log `sub` in at the authorization address; returns where the browser is sent back to."""
        answer = requests.post(address, data={"sub": sub}, allow_redirects=False, timeout=10)
        back = urlsplit(answer.headers["Location"])
        return f"{back.path}?{back.query}"

    def __call__(self, environ, start_response):
        """The honest provider's answer, or what a test makes of it."""
        path = environ["PATH_INFO"]
        if path == "/oauth2/token":
            body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
            self.asked.append({name: value[0] for name, value in parse_qs(body.decode()).items()})
            environ["wsgi.input"] = Body(body)
        change = self.tamper.get(path)
        if change is None:
            return self.honest(environ, start_response)
        answer = b"".join(self.honest(environ, lambda status, headers, exc_info=None: None))
        changed = json.dumps(change(json.loads(answer))).encode()
        start_response("200 OK", [("Content-Type", "application/json")])
        return [changed]


class Body:
    """A request body to be read once more."""

    def __init__(self, content):
        self.content = content

    def read(self, size=-1):
        """What is left, as a stream gives it."""
        size = len(self.content) if size is None or size < 0 else size
        read, self.content = self.content[:size], self.content[size:]
        return read


@contextmanager
def running():
    """A provider on a free port of this machine."""
    provider = Provider()
    server = make_server("localhost", 0, provider, threaded=True)
    provider.url = f"http://localhost:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
