"""The security headers of every page. They are fixed: content cannot change them."""

from __future__ import annotations

from plansite.model.settings import Settings

Header = tuple[str, str]

#: A page may load files of its own site only; no forms, no frames, no inline scripts.
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
#: Directives that browsers ignore in a `<meta>` and report in the console.
_HEADER_ONLY = frozenset({"frame-ancestors"})
#: Directives that break a site served over plain http, such as a preview: its files would be requested over https.
_HTTPS_ONLY = frozenset({"upgrade-insecure-requests"})
HSTS: Header = ("Strict-Transport-Security", "max-age=63072000")
#: Features that are switched off. Browsers report unknown names in the console, so there are only known ones.
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
#: Only the reader's browser may cache a file, and revalidates it before each use. There is one rule for all paths,
#: because hosts join the values of rules that overlap.
_CACHE: Header = ("Cache-Control", "private, no-cache")


def published_headers(settings: Settings) -> tuple[Header, ...]:
    """The security headers of a published site, in order. With an `http:` address, those that need https are left out.

    The rules are those of the Mozilla Observatory: with them a site served over https scores A+.
    """
    if settings.base_url.lower().startswith("http:"):
        return preview_headers()
    return (("Content-Security-Policy", _policy()), HSTS, *_COMMON)


def preview_headers() -> tuple[Header, ...]:
    """The headers of the preview: those of a published site without those that need https."""
    return (("Content-Security-Policy", _policy(_HTTPS_ONLY)), *_COMMON)


def common_headers() -> tuple[Header, ...]:
    """The headers that are the same for every page, whatever it may load."""
    return _COMMON


def response_headers(settings: Settings) -> tuple[Header, ...]:
    """All headers that a host sends with each file, in order: the security headers and the cache rule."""
    return (*published_headers(settings), _CACHE)


def netlify(settings: Settings) -> str:
    """The text of a `_headers` file for Netlify and Cloudflare Pages."""
    lines = (f"  {name}: {value}\n" for name, value in response_headers(settings))
    return "/*\n" + "".join(lines)


def nginx(settings: Settings) -> str:
    """Directives of nginx, to include in a `server` block and in each `location` with headers of its own.

    `always` sends them with errors such as 404 too. No value has a quotation mark, a backslash or a dollar sign, which
    are special in nginx.
    """
    return "".join(f'add_header {name} "{value}" always;\n' for name, value in response_headers(settings))


def apache(settings: Settings) -> str:
    """Directives of Apache's module `headers`. `always` sends them with errors too."""
    return "".join(f'Header always set {name} "{value}"\n' for name, value in response_headers(settings))


def meta_policy(*, is_encrypted: bool = False) -> str:
    """The content security policy for a `<meta>` in each page, for hosts that send no headers.

    Directives that work in a header only are left out, and so are those that need https, because the same page is
    also previewed and opened from disk. A page of an encrypted site decrypts images itself, and shows them from memory.
    """
    policy = _policy(_HEADER_ONLY | _HTTPS_ONLY)
    return policy.replace("img-src 'self'", "img-src 'self' blob:") if is_encrypted else policy


def _policy(without: frozenset[str] = frozenset()) -> str:
    return "; ".join(f"{name} {value}".rstrip() for name, value in _POLICY if name not in without)
