"""The list of an encrypted site's paths: with it a browser tells a page that was taken away from one that never was."""

from __future__ import annotations

import json
from collections.abc import Iterable

#: The path under which the list itself is encrypted. No page begins with a full stop.
LIST = ".paths"


def listed(paths: Iterable[str]) -> bytes:
    """The list, as JSON."""
    return json.dumps(sorted(paths), ensure_ascii=False).encode()
