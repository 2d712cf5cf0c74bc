"""The steps of a heat map around 0, on a light ground and on a dark one, and the text that reads on each.

On either ground a stronger step is further from it: darker on paper, brighter in the dark.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from portrait.style import colours

if TYPE_CHECKING:
    from matplotlib.colors import ListedColormap

N_STEPS = 12
"""On each side of 0."""
_ENDS = {
    "less": {"light": (colours.PAPER, "#a9bcd8", "#6f8fb5"), "dark": (colours.DARK["paper"], "#8fb4e8")},
    "more": {"light": (colours.PAPER, "#dfab8c", "#8a2f14"), "dark": (colours.DARK["paper"], "#f2a17f")},
}
"""From 0 to the furthest step. Blue and rust are distinct in every kind of colour vision; on paper the rust
end is darker, so that they are distinct in greyscale too. None is exactly a colour of another scale."""
_TO_LIGHT, _TO_DARK = "#040404", "#fdfdfd"
"""Text that is dark on paper and light in the dark, and the contrary; each is like no other colour."""
_LEAST_LUMINANCE = 0.18
"""Luminance of a cell below which white text is easier to read than ink."""


def _mixed(points: tuple[str, ...], part: float) -> str:
    """Return the colour at a part, from 0 to 1, of the way through equally distant points."""
    place = min(int(part * (len(points) - 1)), len(points) - 2)
    within = part * (len(points) - 1) - place
    ends = ([int(each[at : at + 2], 16) for at in (1, 3, 5)] for each in points[place : place + 2])
    return "#" + "".join(f"{round(low + within * (high - low)):02x}" for low, high in zip(*ends, strict=True))


def _steps(ground: str) -> dict[str, str]:
    return {
        f"{side}-{step}": _mixed(ends[ground], step / N_STEPS)
        for side, ends in _ENDS.items()
        for step in range(1, N_STEPS + 1)
    }


LIGHT = MappingProxyType({**_steps("light"), "on-weak": _TO_LIGHT, "on-strong": _TO_DARK})
DARK = MappingProxyType({**_steps("dark"), "on-weak": colours.SCALE_PAPER, "on-strong": colours.SCALE_INK})
"""Colour of each step by role, and of text that is on a weak step or on a strong one."""


def steps_around_0(every: int) -> list[str]:
    """Return the colour on paper of one of so many steps, from the furthest below 0 to that above it.

    >>> len(steps_around_0(3)), steps_around_0(6)[2] == colours.PAPER
    (9, True)
    """
    counts = range(N_STEPS, 0, -every)
    less, more = [LIGHT[f"less-{n}"] for n in counts], [LIGHT[f"more-{n}"] for n in counts]
    return [*less, colours.PAPER, *reversed(more)]


def diverging_map() -> ListedColormap:
    """Return the steps as the scale of a heat map around 0, which is exactly `colours.PAPER`."""
    from matplotlib.colors import ListedColormap

    return ListedColormap(steps_around_0(1), "portrait-diverging")


def text_on(step: str) -> str:
    """Return the colour of text on a step, by its colour on paper; its role if that changes in the dark.

    >>> text_on(LIGHT["more-1"]) == LIGHT["on-weak"], text_on(LIGHT["more-12"]) == LIGHT["on-strong"]
    (True, True)
    """
    [role] = [role for role, colour in LIGHT.items() if colour == step]
    by_ground = {
        (True, True): colours.SCALE_INK,
        (True, False): _TO_LIGHT,
        (False, True): _TO_DARK,
        (False, False): colours.SCALE_PAPER,
    }
    return by_ground[_is_bright(LIGHT[role]), _is_bright(DARK[role])]


def _is_bright(colour: str) -> bool:
    """Tell whether dark text is the easier to read on a colour."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in channels]
    weights = (0.2126, 0.7152, 0.0722)
    return sum(weight * each for weight, each in zip(weights, linear, strict=True)) >= _LEAST_LUMINANCE
