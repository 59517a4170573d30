"""The colours behind the cells of a workbook, by the number of the style of the cell."""

from __future__ import annotations

import colorsys
import zipfile
from collections.abc import Mapping, Sequence
from xml.etree import ElementTree as ET

#: The colours of the palette that older programs number, from 8 on (ECMA-376, part 1, 18.8.27).
_PALETTE = (
    "000000", "FFFFFF", "FF0000", "00FF00", "0000FF", "FFFF00", "FF00FF", "00FFFF", "800000", "008000",
    "000080", "808000", "800080", "008080", "C0C0C0", "808080", "9999FF", "993366", "FFFFCC", "CCFFFF",
    "660066", "FF8080", "0066CC", "CCCCFF", "000080", "FF00FF", "FFFF00", "00FFFF", "800080", "800000",
    "008080", "0000FF", "00CCFF", "CCFFFF", "CCFFCC", "FFFF99", "99CCFF", "FF99CC", "CC99FF", "FFCC99",
    "3366FF", "33CCCC", "99CC00", "FFCC00", "FF9900", "FF6600", "666699", "969696", "003366", "339966",
    "003300", "333300", "993300", "993366", "333399", "333333",
)  # fmt: skip
#: The order in which styles number the colours of a theme.
_THEME_ORDER = ("lt1", "dk1", "lt2", "dk2", *(f"accent{number}" for number in range(1, 7)))


def read_style_colours(archive: zipfile.ZipFile) -> Mapping[int, str]:
    """The colour behind the cells of each style of a workbook, by its number; white is none."""
    try:
        styles = ET.fromstring(archive.read("xl/styles.xml"))  # noqa: S314  (as above)
    except (KeyError, ET.ParseError):
        return {}
    theme = _read_theme(archive)
    fills = [_read_fill(each, theme) for each in _list_children(styles, "fills")]
    found: dict[int, str] = {}
    for number, each in enumerate(_list_children(styles, "cellXfs")):
        fill = each.get("fillId", "0")
        colour = fills[int(fill)] if fill.isdecimal() and int(fill) < len(fills) else ""
        if colour and colour != "FFFFFF":
            found[number] = colour
    return found


def _list_children(root: ET.Element, name: str) -> Sequence[ET.Element]:
    return next((list(each) for each in root if each.tag.endswith(f"}}{name}")), [])


def _read_theme(archive: zipfile.ZipFile) -> Mapping[str, str]:
    """The colours of a theme by their names."""
    try:
        root = ET.fromstring(archive.read("xl/theme/theme1.xml"))  # noqa: S314  (as above)
    except (KeyError, ET.ParseError):
        return {}
    scheme: Sequence[ET.Element] = next((list(each) for each in root.iter() if each.tag.endswith("}clrScheme")), [])
    return {
        each.tag.rpartition("}")[2]: each[0].get("lastClr", "") or each[0].get("val", "")
        for each in scheme
        if len(each)
    }


def _read_fill(fill: ET.Element, theme: Mapping[str, str]) -> str:
    pattern = next((each for each in fill if each.tag.endswith("}patternFill")), None)
    if pattern is None or pattern.get("patternType") != "solid":
        return ""
    colour = next((each for each in pattern if each.tag.endswith("}fgColor")), None)
    return _read_colour(colour, theme) if colour is not None else ""


def _read_colour(colour: ET.Element, theme: Mapping[str, str]) -> str:
    number = colour.get("indexed", colour.get("theme", ""))
    value = colour.get("rgb", "")[-6:]
    if "indexed" in colour.attrib and number.isdecimal():
        value = _PALETTE[int(number) % 8 if int(number) < 8 else int(number) - 8] if int(number) < 64 else ""
    elif "theme" in colour.attrib and number.isdecimal() and int(number) < len(_THEME_ORDER):
        value = theme.get(_THEME_ORDER[int(number)], "")
    if len(value) != 6 or not all(letter in "0123456789abcdefABCDEF" for letter in value):
        return ""
    return _tint(value, colour.get("tint", "0")).upper()


def _tint(value: str, tint: str) -> str:
    """A colour made lighter (up to 1) or darker (down to -1)."""
    try:
        share = max(-1.0, min(1.0, float(tint)))
    except ValueError:
        share = 0.0
    if not share:
        return value
    red, green, blue = (int(value[start : start + 2], 16) / 255 for start in (0, 2, 4))
    hue, lightness, saturation = colorsys.rgb_to_hls(red, green, blue)
    lightness = lightness * (1 + share) if share < 0 else lightness * (1 - share) + share
    return "".join(f"{round(part * 255):02x}" for part in colorsys.hls_to_rgb(hue, lightness, saturation))
