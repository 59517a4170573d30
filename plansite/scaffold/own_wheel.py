"""A wheel made of the installed files of plansite, so that a new site can bring the package that it is built with."""

from __future__ import annotations

import base64
import hashlib
import io
import zipfile
from importlib.metadata import Distribution

#: Files that an installer adds, and that are not part of a wheel.
_OF_INSTALLER = frozenset({"INSTALLER", "REQUESTED", "RECORD", "direct_url.json"})
#: The earliest time that a zip archive can hold; with a fixed time, equal files give equal bytes.
_TIME = (1980, 1, 1, 0, 0, 0)
_FILE_MODE = 0o100644


def pack_wheel(distribution: Distribution) -> tuple[str, bytes]:
    """The file name and the bytes of a wheel with the files of an installed pure Python package.

    Raises OSError if a file is missing, and LookupError if the installation has no list of files.
    """
    name, version = distribution.name.replace("-", "_"), distribution.version
    info = f"{name}-{version}.dist-info"
    paths = sorted(
        file
        for file in distribution.files or ()
        if file.parts[0] in (name, info) and "__pycache__" not in file.parts and file.name not in _OF_INSTALLER
    )
    metadata = distribution.read_text("WHEEL") or ""
    tags = [line.partition(":")[2].strip() for line in metadata.splitlines() if line.startswith("Tag:")]
    if not paths or len(tags) != 1:
        raise LookupError(f"the installation of {name} does not list its files")
    contents = {file.as_posix(): file.read_binary() for file in paths}
    rows = [f"{path},sha256={_hash(data)},{len(data)}" for path, data in contents.items()]
    record = "\n".join([*rows, f"{info}/RECORD,,", ""])
    return f"{name}-{version}-{tags[0]}.whl", _zip({**contents, f"{info}/RECORD": record.encode()})


def _hash(data: bytes) -> str:
    """The hash of a file as a RECORD has it: URL-safe base64 without padding."""
    return base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()


def _zip(contents: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, data in contents.items():
            entry = zipfile.ZipInfo(path, _TIME)
            entry.external_attr = _FILE_MODE << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)
    return buffer.getvalue()
