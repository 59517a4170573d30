"""Values as front matter writes them: any text comes back from a YAML reader as it was."""

from __future__ import annotations

import json
import re
from datetime import date

Value = str | int | float | date | tuple[str, ...]

#: Words that YAML leaves alone in any place: they begin with a letter or digit and hold no sign that steers it.
_PLAIN = re.compile("[^\\W_][\\w .;()/%£\u2019'+-]*(?<! )")
#: What a YAML reader may take for a number, a date or a truth value.
_TYPED = re.compile(r"[\d.+-][\w.+-]*|(?i:true|false|yes|no|on|off|y|n|null)")
#: What JSON leaves as it is and YAML does not allow, or takes for a line end.
_SPECIAL = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")


def written(value: Value) -> str:
    """A value for the place behind `name: `, on one line. An empty text or list is nothing at all."""
    match value:
        case date():
            return value.isoformat()
        case int() | float():
            return str(value).removesuffix(".0")
        case tuple():
            return f"[{', '.join(_text(each) for each in value)}]" if value else ""
        case _:
            return _text(value) if value else ""


def _text(text: str) -> str:
    if _PLAIN.fullmatch(text) and not _TYPED.fullmatch(text) and text.isprintable():
        return text
    quoted = json.dumps(text, ensure_ascii=False)
    return _SPECIAL.sub(lambda match: f"\\u{ord(match.group()):04x}", quoted)
