"""The names that people have for colours."""

from __future__ import annotations

import colorsys

#: Where the hues begin, as parts of a circle of 360.
_HUES = ((15, "red"), (48, "amber"), (70, "yellow"), (170, "green"), (255, "blue"), (325, "purple"), (361, "red"))
_GREY_SATURATION = 0.12
#: Other names of colours in legends.
_SAME_NAMES = {"orange": "amber", "gray": "grey", "pink": "red", "violet": "purple", "gold": "amber"}
COLOUR_NAMES = frozenset({"red", "amber", "yellow", "green", "blue", "purple", "grey", "black", "white", *_SAME_NAMES})


def name_colour(colour: str) -> str:
    """The name of a colour of six hexadecimal digits, such as green for 00B050 and C6EFCE."""
    red, green, blue = (int(colour[start : start + 2], 16) / 255 for start in (0, 2, 4))
    hue, lightness, saturation = colorsys.rgb_to_hls(red, green, blue)
    if saturation < _GREY_SATURATION or max(red, green, blue) - min(red, green, blue) < _GREY_SATURATION / 2:
        return "white" if lightness > 0.97 else "black" if lightness < 0.12 else "grey"
    return next(name for end, name in _HUES if hue * 360 < end)


def fold_colour(word: str) -> str:
    """The name of a colour as this module has it: grey for Gray. Other words stay."""
    folded = word.strip().casefold()
    return _SAME_NAMES.get(folded, folded)
