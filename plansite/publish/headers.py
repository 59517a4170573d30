"""The headers every page is sent with. They are fixed here; nothing that anybody writes in content can reach them."""

from __future__ import annotations

from plansite.model.settings import Settings

Header = tuple[str, str]

#: What a page may load: its own site's files and nothing else; no forms, no frames, no script within pages.
_POLICY: tuple[tuple[str, str], ...] = (
    ("default-src", "'none'"),
    ("script-src", "'self'"),
    ("style-src", "'self'"),
    ("img-src", "'self'"),
    ("font-src", "'self'"),
    ("connect-src", "'self'"),
    ("manifest-src", "'self'"),
    ("base-uri", "'none'"),
    ("form-action", "'none'"),
    ("frame-ancestors", "'none'"),
    ("upgrade-insecure-requests", ""),
)
#: Browsers ignore these in a page and complain.
_HEADER_ONLY = frozenset({"frame-ancestors"})
#: Would make a site that stands on plain http, such as a preview, look for its style sheets where nobody answers.
_HTTPS_ONLY = frozenset({"upgrade-insecure-requests"})
_HSTS: Header = ("Strict-Transport-Security", "max-age=63072000")
#: Only names that browsers know: others are reported in the console of every reader.
_DENIED = (
    "accelerometer",
    "autoplay",
    "camera",
    "display-capture",
    "encrypted-media",
    "fullscreen",
    "geolocation",
    "gyroscope",
    "hid",
    "idle-detection",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "picture-in-picture",
    "publickey-credentials-get",
    "screen-wake-lock",
    "serial",
    "usb",
    "xr-spatial-tracking",
)
_COMMON: tuple[Header, ...] = (
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Referrer-Policy", "no-referrer"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Permissions-Policy", ", ".join(f"{feature}=()" for feature in _DENIED)),
    ("X-Robots-Tag", "noindex, nofollow, noarchive"),
)
#: A reader's own browser may keep a copy, and asks whether it still holds before each use. One rule for every path:
#: hosts join the values of rules that overlap.
_CACHE: Header = ("Cache-Control", "private, no-cache")


def published_headers(settings: Settings) -> tuple[Header, ...]:
    """The security headers of a published site, in order; a site at a plain `http:` address keeps to what works there.

    The rules are those of the Mozilla Observatory: with them a site served over https scores A+.
    """
    if settings.base_url.lower().startswith("http:"):
        return preview_headers()
    return (("Content-Security-Policy", _policy()), _HSTS, *_COMMON)


def preview_headers() -> tuple[Header, ...]:
    """The same headers less what would force https, for pages sent over plain http on this computer."""
    return (("Content-Security-Policy", _policy(_HTTPS_ONLY)), *_COMMON)


def response_headers(settings: Settings) -> tuple[Header, ...]:
    """Everything that a host is to send with each file, in order: the security headers and the cache rule."""
    return (*published_headers(settings), _CACHE)


def netlify(settings: Settings) -> str:
    """The text of a `_headers` file: every security header and the cache rule, for Netlify and Cloudflare Pages."""
    lines = (f"  {name}: {value}\n" for name, value in response_headers(settings))
    return "/*\n" + "".join(lines)


def nginx(settings: Settings) -> str:
    """The same as directives of nginx, to include in a `server` block and in each `location` with headers of its own.

    `always` sends them with errors such as 404 too. No value holds a quotation mark, a backslash or a dollar sign,
    which nginx would read as its own.
    """
    return "".join(f'add_header {name} "{value}" always;\n' for name, value in response_headers(settings))


def apache(settings: Settings) -> str:
    """The same as directives of Apache's module `headers`; `always` as for nginx."""
    return "".join(f'Header always set {name} "{value}"\n' for name, value in response_headers(settings))


def meta_policy() -> str:
    """The policy for a `<meta>` in each page, for hosts that send no headers.

    It leaves out what browsers take from a header alone, and what forces https: the same page is also previewed,
    and read from disk.
    """
    return _policy(_HEADER_ONLY | _HTTPS_ONLY)


def _policy(less: frozenset[str] = frozenset()) -> str:
    return "; ".join(f"{name} {value}".rstrip() for name, value in _POLICY if name not in less)
