"""Parses CSS colours, and computes the contrast ratio of two of them (WCAG 2.2)."""

from __future__ import annotations

import colorsys
import re
from collections.abc import Mapping

from plansite.deferred_pattern import compile_lazily

Colour = tuple[float, float, float]

_FUNCTION = compile_lazily(r"(rgb|hsl)a?\(([^()]*)\)")
_NUMBER = compile_lazily(r"[+-]?(\d+\.?\d*|\.\d+)%?")
_VAR = compile_lazily(r"var\(\s*--([\w-]+)\s*(?:,(.*))?\)", re.DOTALL)
_LIGHT_DARK = compile_lazily(r"light-dark\((.*)\)", re.DOTALL)
#: The basic colour names of CSS. Other names are not understood.
_NAMED_COLOURS = {
    "black": "#000000",
    "silver": "#c0c0c0",
    "gray": "#808080",
    "grey": "#808080",
    "white": "#ffffff",
    "maroon": "#800000",
    "red": "#ff0000",
    "purple": "#800080",
    "fuchsia": "#ff00ff",
    "green": "#008000",
    "lime": "#00ff00",
    "olive": "#808000",
    "yellow": "#ffff00",
    "navy": "#000080",
    "blue": "#0000ff",
    "teal": "#008080",
    "aqua": "#00ffff",
    "orange": "#ffa500",
}


def contrast_ratio(one: Colour, other: Colour) -> float:
    """The contrast ratio of two colours, from 1 to 21 (WCAG 2.2, "contrast ratio")."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Colour) -> float:
    """Relative luminance of an sRGB colour (WCAG 2.2, "relative luminance")."""
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def parse_colour(value: str, properties: Mapping[str, str], *, dark: bool) -> Colour | None:
    """An opaque colour as red, green and blue from 0 to 1. `properties` has the values of custom properties by name.

    Understands hexadecimal notation, `rgb()`, `hsl()`, basic names, `var()` and `light-dark()`. None for all else.
    """
    return _parse_colour(value, properties, dark, 8)


def _parse_colour(value: str, properties: Mapping[str, str], dark: bool, depth: int) -> Colour | None:
    text = value.strip().lower()
    if not depth:
        return None
    if match := _VAR.fullmatch(text):
        name, default = match.groups()
        return _parse_colour(properties.get(name, default or ""), properties, dark, depth - 1)
    if match := _LIGHT_DARK.fullmatch(text):
        parts = _split_on_commas(match.group(1))
        return _parse_colour(parts[dark], properties, dark, depth - 1) if len(parts) == 2 else None
    if match := _FUNCTION.fullmatch(text):
        return _parse_function(*match.groups())
    return _parse_hexadecimal(_NAMED_COLOURS.get(text, text))


def _split_on_commas(text: str) -> list[str]:
    """The parts of a text between commas outside of brackets."""
    return re.split(r",(?![^(]*\))", text)


def _parse_hexadecimal(text: str) -> Colour | None:
    if re.fullmatch(r"#[0-9a-f]{3}f?", text):
        text = "#" + "".join(2 * digit for digit in text[1:4])
    if not re.fullmatch(r"#[0-9a-f]{6}(ff)?", text):
        return None
    red, green, blue = (int(text[start : start + 2], 16) / 255 for start in (1, 3, 5))
    return red, green, blue


def _parse_function(name: str, text: str) -> Colour | None:
    """A colour from the arguments of `rgb()` or `hsl()`; None for other arguments and for transparent colours."""
    parts = re.split(r"[\s,/]+", text.strip().replace("deg", ""))
    if len(parts) not in (3, 4) or not all(_NUMBER.fullmatch(part) for part in parts):
        return None
    if len(parts) == 4 and _parse_fraction(parts[3], 1) < 1:
        return None
    if name == "hsl":
        hue, saturation, lightness = (
            float(parts[0].rstrip("%")) / 360 % 1,
            *(_parse_fraction(part, 100) for part in parts[1:3]),
        )
        return colorsys.hls_to_rgb(hue, lightness, saturation)
    red, green, blue = (_parse_fraction(part, 255) for part in parts[:3])
    return red, green, blue


def _parse_fraction(number: str, maximum: float) -> float:
    """A percentage, or a number from 0 to `maximum`, as a number from 0 to 1."""
    value = float(number[:-1]) / 100 if number.endswith("%") else float(number) / maximum
    return min(max(value, 0), 1)
