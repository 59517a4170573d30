"""`plansite headers`: what a host is to send with each page."""

from __future__ import annotations

from collections.abc import Callable

import click

from plansite.cli.manners import Manner, with_site
from plansite.content.settings import FILE, settings_of
from plansite.model.site import Settings
from plansite.publish import headers

_SERVER = "# From `plansite headers {host}`. Print it again after each update of plansite.\n"
_NGINX = "# Include this file in each location with an add_header of its own too: nginx would send that one alone.\n"


def _plain(settings: Settings) -> str:
    return "".join(f"{name}: {value}\n" for name, value in headers.sent(settings))


def _nginx(settings: Settings) -> str:
    return _SERVER.format(host="nginx") + _NGINX + headers.nginx(settings)


def _apache(settings: Settings) -> str:
    return _SERVER.format(host="apache") + headers.apache(settings)


def _github(_: Settings) -> str:
    return f'<meta http-equiv="Content-Security-Policy" content="{headers.meta_policy()}">\n'


_HOSTS: dict[str, Callable[[Settings], str]] = {
    "nginx": _nginx,
    "apache": _apache,
    "netlify": headers.netlify,
    "cloudflare": headers.netlify,
    "github": _github,
}
_ALREADY = {
    "netlify": "Nothing is to be done: each build holds this as the file _headers.",
    "cloudflare": "Nothing is to be done: each build holds this as the file _headers.",
    "github": "GitHub Pages sends no headers of yours. Each page holds this line, and nothing is to be done.",
}


@click.command("headers")
@click.argument("host", type=click.Choice(list(_HOSTS)), required=False)
@with_site
def command(manner: Manner, host: str | None) -> None:
    """Print the security headers as the HOST reads them.

    For nginx and apache they are lines for a file that the server's own settings include. The other hosts get them
    with each build. Without a HOST, each header is one plain line.
    """
    settings, _ = settings_of((manner.root / FILE).read_bytes())
    click.echo(_HOSTS.get(host or "", _plain)(settings).encode(), nl=False)
    if host in _ALREADY:
        manner.say(_ALREADY[host])
