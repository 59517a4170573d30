"""A real nginx on this computer that follows a recipe, and how to ask it under any name."""

from __future__ import annotations

import base64
import contextlib
import http.client
import os
import socket
import ssl
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import trustme

from tests.observatory.nginx import WHOLE
from tests.observatory.observatory import needed

NAMES = {"internal": "staff.example.org", "partners": "partners.example.org", "public": "plans.example.org"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """An nginx that runs. `folder` stands for /etc/nginx, and holds the socket that stands for port 80."""

    port: int
    folder: Path

    def ask(self, name: str, path: str, *, method: str = "GET", greeted: str | None = None, **fields: str) -> Answer:
        """One request over https. `greeted` is the name in the handshake, where it is not the one asked for."""
        tls = ssl.create_default_context(cafile=self.folder / "authority.pem")
        connection = http.client.HTTPConnection(name, timeout=20)
        plain = socket.create_connection(("127.0.0.1", self.port), timeout=20)
        connection.sock = tls.wrap_socket(plain, server_hostname=greeted or name)
        with contextlib.closing(connection):
            connection.request(method, path, headers={key.replace("_", "-"): value for key, value in fields.items()})
            answer = connection.getresponse()
            return Answer(status=answer.status, headers=answer.headers, body=answer.read())

    def ask_plainly(self, name: str) -> bytes:
        """What port 80 says to a request for a page under a name, as it comes."""
        with socket.socket(socket.AF_UNIX) as sock:
            sock.settimeout(20)
            sock.connect(str(self.folder / "plain"))
            sock.sendall(f"GET /a/b.html?c HTTP/1.0\r\nHost: {name}\r\n\r\n".encode())
            return sock.makefile("rb").read()


@dataclass(frozen=True, slots=True, kw_only=True)
class Here:
    """What stands on this computer for the places that a recipe names."""

    folder: Path
    sites: Path
    others: Mapping[str, str] = field(default_factory=dict)

    def certificate(self) -> None:
        """A certificate for all names of the recipes, and that of the authority which gave it."""
        authority = trustme.CA()
        given = authority.issue_cert(*NAMES.values())
        authority.cert_pem.write_to_path(str(self.folder / "authority.pem"))
        given.private_key_pem.write_to_path(str(self.folder / "plans.key"))
        for number, each in enumerate(given.cert_chain_pems):
            each.write_to_path(str(self.folder / "plans.pem"), append=number > 0)

    def settings(self, recipe: str, port: int) -> str:
        """The recipe with places that are to be had here; each of those that are named must be in it."""
        ours = {
            "listen 443 ssl": f"listen 127.0.0.1:{port} ssl",
            "listen 80": f"listen unix:{self.folder}/plain",
            "/etc/nginx/": f"{self.folder}/",
            "/srv/plans/sites/": f"{self.sites}/",
            **self.others,
        }
        for theirs, here in ours.items():
            assert theirs in recipe, theirs
            recipe = recipe.replace(theirs, here)
        user = "user root root;" if os.geteuid() == 0 else ""  # or else it would lay down the right to read the site
        return WHOLE.format(user=user, folder=self.folder, servers=recipe)


def login(name: str, password: str) -> str:
    """The field with which a browser sends both."""
    return "Basic " + base64.b64encode(f"{name}:{password}".encode()).decode()


@contextlib.contextmanager
def running(recipe: str, here: Here) -> Iterator[Running]:
    """Follow the recipe until the block ends. nginx takes over a socket that listens, so none is asked too early."""
    program = needed("nginx", "on Debian: apt-get install nginx-light")
    here.certificate()
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        (here.folder / "nginx.conf").write_text(here.settings(recipe, port))
        process = subprocess.Popen(
            [program, "-e", "stderr", "-p", here.folder, "-c", here.folder / "nginx.conf"],
            env={"PATH": os.environ["PATH"], "NGINX": f"{listening.fileno()};"},
            pass_fds=(listening.fileno(),),
            stderr=subprocess.PIPE,
        )
    try:
        server = Running(port=port, folder=here.folder)
        server.ask(NAMES["internal"], "/")  # which every recipe names; when it is answered, port 80 is open as well
        yield server
    finally:
        process.terminate()
        _, said = process.communicate(timeout=20)
        assert b"[emerg]" not in said, said.decode()
