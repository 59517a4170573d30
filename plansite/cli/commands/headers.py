"""`plansite headers`: the security headers that a host has to send, in the form that it reads."""

from __future__ import annotations

from collections.abc import Callable

import click

from plansite.cli.context import CommandContext
from plansite.cli.site_options import site_options
from plansite.content.settings import load_settings
from plansite.model.settings import Settings
from plansite.publish import headers

_GENERATED_NOTE = "# From `plansite headers {host}`. Print it again after each update of plansite.\n"
_NGINX_NOTE = (
    "# Include this file in each location with an add_header of its own too: nginx would send only that one.\n"
)


def _format_plain(settings: Settings) -> str:
    return "".join(f"{name}: {value}\n" for name, value in headers.response_headers(settings))


def _format_nginx(settings: Settings) -> str:
    return _GENERATED_NOTE.format(host="nginx") + _NGINX_NOTE + headers.nginx(settings)


def _format_apache(settings: Settings) -> str:
    return _GENERATED_NOTE.format(host="apache") + headers.apache(settings)


def _format_github(_: Settings) -> str:
    return f'<meta http-equiv="Content-Security-Policy" content="{headers.meta_policy()}">\n'


_HOSTS: dict[str, Callable[[Settings], str]] = {
    "nginx": _format_nginx,
    "apache": _format_apache,
    "netlify": headers.netlify,
    "cloudflare": headers.netlify,
    "github": _format_github,
}
_NOTHING_TO_DO = {
    "netlify": "There is nothing to do: each build has this as the file _headers.",
    "cloudflare": "There is nothing to do: each build has this as the file _headers.",
    "github": "GitHub Pages does not send headers of yours. Each page has this line, so there is nothing to do.",
}


@click.command("headers")
@click.argument("host", type=click.Choice(list(_HOSTS)), required=False)
@site_options
def command(context: CommandContext, host: str | None) -> None:
    """Print the security headers in the form that HOST reads.

    For nginx and apache they are lines for a file that the server's settings include. Each build already contains those
    for the other hosts. Without a HOST, each header is one plain line.
    """
    settings = load_settings(context.root)
    click.echo(_HOSTS.get(host or "", _format_plain)(settings).encode(), nl=False)
    if host in _NOTHING_TO_DO:
        context.print_message(_NOTHING_TO_DO[host])
