"""The host names that the preview answers to, which stops DNS rebinding and requests from pages of other sites."""

from __future__ import annotations

import ipaddress
import socket

from plansite.deferred_dataclass import dataclass
from plansite.deferred_pattern import compile_lazily

_AUTHORITY = compile_lazily(r"(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+)(?::([0-9]{1,5}))?")
_LOCAL_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})
_HTTP_PORT = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class AllowedHosts:
    """The host of `--host`, and the port in use."""

    host: str
    port: int

    @property
    def url(self) -> str:
        """The address of the preview in a browser on this computer."""
        host = "127.0.0.1" if self.is_wildcard else self.host
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}/"

    @property
    def is_wildcard(self) -> bool:
        """Whether the preview is open to every network of this computer: `0.0.0.0` or `::`."""
        return _numeric_address(self.host) in {"0.0.0.0", "::"}  # noqa: S104  (recognised here, bound only when asked for)

    @property
    def is_loopback(self) -> bool:
        """Whether only this computer can reach the preview."""
        address = _numeric_address(self.host)
        return ipaddress.ip_address(address).is_loopback if address else self.host.lower() == "localhost"

    def allows_host(self, authority: str) -> bool:
        """Whether a `Host` header such as `localhost:4321` names the preview.

        A preview that is open to every network accepts any IP address, because the address by which it is reached is
        not known, and an address cannot be rebound as a name can.
        """
        match = _AUTHORITY.fullmatch(authority)
        if match is None or int(match[2] or _HTTP_PORT) != self.port:
            return False
        name = match[1].strip("[]").lower()
        address = _numeric_address(name)
        allowed = _LOCAL_NAMES | {self.host.lower(), _numeric_address(self.host)}
        if self.is_wildcard:
            return bool(address) or name in allowed or name == socket.gethostname().lower()
        return name in allowed or (bool(address) and address in allowed)

    def allows_origin(self, origin: str) -> bool:
        """Whether an `Origin` header such as `http://localhost:4321` is that of the preview."""
        scheme, _, authority = origin.partition("://")
        return scheme == "http" and self.allows_host(authority)


def _numeric_address(host: str) -> str:
    """An IP address in its canonical form; empty for a name."""
    try:
        return str(ipaddress.ip_address(host))
    except ValueError:
        return ""
