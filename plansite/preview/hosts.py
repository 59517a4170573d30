"""Which names the preview answers to. A page of somebody else's, or a name turned to this computer, gets nothing."""

from __future__ import annotations

import ipaddress
import re
import socket
from dataclasses import dataclass

_AUTHORITY = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+)(?::([0-9]{1,5}))?")
_LOCAL_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})
_HTTP_PORT = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class AllowedHosts:
    """The host as it was asked for and the port in use."""

    host: str
    port: int

    @property
    def url(self) -> str:
        """The address to type into a browser on this computer."""
        host = "127.0.0.1" if self.is_wildcard else self.host
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}/"

    @property
    def is_wildcard(self) -> bool:
        """Whether every network this computer is part of was asked for."""
        return _numeric_address(self.host) in {"0.0.0.0", "::"}  # noqa: S104  (recognised here, bound only when asked for)

    @property
    def is_loopback(self) -> bool:
        """Whether only this computer can reach the preview."""
        number = _numeric_address(self.host)
        return ipaddress.ip_address(number).is_loopback if number else self.host.lower() == "localhost"

    def allows_host(self, authority: str) -> bool:
        """Whether a `Host` such as `localhost:4321` is ours.

        A number cannot be turned to another computer as a name can, so any number will do for a preview that was
        opened to every network: nobody knows there by which number it is reached.
        """
        parts = _AUTHORITY.fullmatch(authority)
        if parts is None or int(parts[2] or _HTTP_PORT) != self.port:
            return False
        name = parts[1].strip("[]").lower()
        number = _numeric_address(name)
        ours = _LOCAL_NAMES | {self.host.lower(), _numeric_address(self.host)}
        if self.is_wildcard:
            return bool(number) or name in ours or name == socket.gethostname().lower()
        return name in ours or (bool(number) and number in ours)

    def allows_origin(self, origin: str) -> bool:
        """Whether an `Origin` such as `http://localhost:4321` is a page of ours."""
        scheme, _, authority = origin.partition("://")
        return scheme == "http" and self.allows_host(authority)


def _numeric_address(host: str) -> str:
    """A numeric address in its one short form; empty for a name."""
    try:
        return str(ipaddress.ip_address(host))
    except ValueError:
        return ""
