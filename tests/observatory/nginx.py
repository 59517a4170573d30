"""A real nginx on this computer, with the settings that our page about hosting shows."""

from __future__ import annotations

import contextlib
import os
import re
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

from tests.observatory.host import Papers
from tests.observatory.observatory import needed

WHOLE = """
daemon off;
{user}
pid {folder}/pid;
error_log stderr;
events {{ }}
http {{
    types {{ text/html html; text/css css; text/javascript js; text/plain txt; }}
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    {servers}
}}
"""
#: Plain http at the port for https leads to https, as the scanner asks both at one port.
_HERE = """listen 127.0.0.1:{port} ssl;
    ssl_certificate {both};
    ssl_certificate_key {both};
    error_page 497 =301 https://$http_host$request_uri;"""


def shown(project: Path) -> str:
    """The settings on our page."""
    found = re.search(
        r"^```nginx\n(.*?)^```$", (project / "docs/hosting.md").read_text("utf-8"), re.MULTILINE | re.DOTALL
    )
    assert found
    return found[1]


def with_included(settings: str, headers: Path) -> str:
    """The same settings with a file of headers in place of their own."""
    return re.sub(r"(?:^ +add_header .*\n)+", f"    include {headers};\n", settings, flags=re.MULTILINE)


def _on_this_computer(settings: str, site: Path, papers: Papers, port: int, folder: Path) -> str:
    """Those settings with ports, certificate and folder that are to be had here."""
    ours = {
        "listen 443 ssl;": _HERE.format(port=port, both=papers.both),
        "listen 80;": f"listen unix:{folder}/plain;",
        "root /srv/plans/public;": f"root {site};",
    }
    for theirs, here in ours.items():
        assert settings.count(theirs) == 1, theirs
        settings = settings.replace(theirs, here)
    user = "user root root;" if os.geteuid() == 0 else ""  # or else it would lay down the right to read the site
    return WHOLE.format(user=user, folder=folder, servers=settings)


@contextlib.contextmanager
def running(settings: str, site: Path, papers: Papers, folder: Path) -> Iterator[int]:
    """Run it until the block ends; the port. It takes over a socket that listens already, so none is asked too early."""
    program = needed("nginx", "on Debian: apt-get install nginx-light")
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        (folder / "nginx.conf").write_text(_on_this_computer(settings, site, papers, port, folder))
        process = subprocess.Popen(
            [program, "-e", "stderr", "-p", folder, "-c", folder / "nginx.conf"],
            env={"PATH": os.environ["PATH"], "NGINX": f"{listening.fileno()};"},
            pass_fds=(listening.fileno(),),
            stderr=subprocess.PIPE,
        )
    try:
        yield port
    finally:
        process.terminate()
        _, said = process.communicate(timeout=20)
        assert b"[emerg]" not in said, said.decode()
