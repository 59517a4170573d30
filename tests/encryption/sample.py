"""A small site to be encrypted: every word of it is one that must not be found in the output."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

from tests.sites import write

PHRASE = "violin harbour pencil sunset gravel teapot"


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


#: A picture of three by two points.
PICTURE = (
    b"\x89PNG\r\n\x1a\n"
    + _chunk(b"IHDR", struct.pack(">IIBBBBB", 3, 2, 8, 0, 0, 0, 0))
    + _chunk(b"IDAT", zlib.compress(b"\0\x20\x40\x60" * 2))
    + _chunk(b"IEND", b"")
)

FILES: dict[str, str | bytes] = {
    "plansite.yaml": "title: Sample plans\ntimezone: Europe/London\ncontact: zebra@example.org\n",
    "content/index.md": "---\ntitle: Welcome\n---\nZebrafront words.\n",
    "content/owners/porter.md": "---\ntitle: Porter Zebraowner\n---\n",
    "content/plans/falls/plan.md": "---\ntitle: Fewer falls\nobjective: Zebraobjective\n---\n",
    "content/plans/falls/actions/lights.md": (
        "---\ntitle: Mend the lights\nref: 1\nowner: Porter Zebraowner\nstatus: in progress\ndue: 2025-01-10\n"
        "evidence:\n- {label: Audit, url: evidence/audit.csv}\n"
        "- {label: Guidance, url: 'https://zebra.example.org/'}\n---\n"
        "Zebrabody. ![The stairs](evidence/stairs.png)\n\n## Steps\n- [ ] Buy zebrabulbs\n"
    ),
    "content/plans/falls/actions/rails.md": "---\ntitle: Fit zebrarails\nref: 2\n---\n",
    "content/plans/falls/actions/evidence/audit.csv": "secret,audit\n",
    "content/plans/falls/actions/evidence/stairs.png": PICTURE,
}


def sample(root: Path) -> Path:
    """Write it."""
    return write(root, FILES)
