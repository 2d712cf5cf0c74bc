"""Colours are readable and distinct in every kind of colour vision and in greyscale; fonts are ours."""

from __future__ import annotations

import itertools
import subprocess
import sys
from collections.abc import Mapping, Sequence

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.colors import to_rgb

from portrait.style import colours, theme, typefaces
from portrait.style.marks import HOLLOW, sheet

SMALLEST_DIFFERENCE = 10.0

# Machado, Oliveira, Fernandes (2009), full severity, on linear RGB.
VISIONS = {
    "common": np.eye(3),
    "protanopia": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritanopia": np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ]
    ),
}


def linear(colour: str) -> np.ndarray:
    channels = np.array(to_rgb(colour))
    return np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)


def luminance(colour: str) -> float:
    return float(linear(colour) @ (0.2126, 0.7152, 0.0722))


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def lab(rgb: np.ndarray) -> np.ndarray:
    to_xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
    ratios = to_xyz @ rgb.clip(0, 1) / (0.9505, 1.0, 1.089)
    f = np.where(ratios > 0.008856, np.cbrt(ratios), 7.787 * ratios + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def lightness(colour: str) -> float:
    return float(lab(linear(colour))[0])


FILLED = ("production", "retired", "development")
"""Statuses whose marks are fills; the others are outlines."""
SCALES = {
    "status": tuple(colours.STATUS_COLOURS[status] for status in FILLED),
    "status, dark": tuple(colours.DARK[f"status-{status}"] for status in FILLED),
    "categorical": colours.CATEGORICAL,
    "changes": (colours.INK, colours.ACCENT, colours.MUTED),
    "changes, dark": tuple(colours.DARK[role] for role in ("ink", "accent", "context")),
}


@pytest.mark.parametrize("colours", SCALES.values(), ids=SCALES)
@pytest.mark.parametrize("vision", VISIONS)
def test_group_colours_are_distinct_in_every_kind_of_colour_vision(
    colours: Sequence[str], vision: str
) -> None:
    seen = [lab(VISIONS[vision] @ linear(colour)) for colour in colours]
    assert min(np.linalg.norm(a - b) for a, b in itertools.combinations(seen, 2)) > SMALLEST_DIFFERENCE


@pytest.mark.parametrize("colours", SCALES.values(), ids=SCALES)
def test_group_colours_are_distinct_in_greyscale(colours: Sequence[str]) -> None:
    levels = sorted(map(lightness, colours))
    assert min(b - a for a, b in itertools.pairwise(levels)) > SMALLEST_DIFFERENCE


def test_the_sequential_scale_gets_darker_at_each_step() -> None:
    levels = [lightness(colour) for colour in colours.SEQUENTIAL]
    assert all(a - b > SMALLEST_DIFFERENCE / 2 for a, b in itertools.pairwise(levels))


def test_the_colour_of_an_earlier_year_is_lighter_and_still_visible() -> None:
    assert contrast(colours.MUTED, colours.PAPER) >= 3
    assert lightness(colours.MUTED) - lightness(colours.ACCENT) > SMALLEST_DIFFERENCE


@pytest.mark.parametrize("colours", [colours.LIGHT, colours.DARK], ids=["light", "dark"])
def test_every_text_contrasts_with_its_background(colours: Mapping[str, str]) -> None:
    for text, behind in itertools.product(("ink", "muted", "accent"), ("paper", "wash")):
        assert contrast(colours[text], colours[behind]) >= 4.5, (text, behind)
    assert contrast(colours["notice-ink"], colours["notice"]) >= 4.5
    assert contrast(colours["ink"], colours["notice"]) >= 4.5  # a number in a bar of no answer


def test_dark_mode_has_a_colour_for_every_role_and_each_role_has_its_own() -> None:
    assert set(colours.DARK) == set(colours.LIGHT)
    assert len(set(colours.LIGHT.values())) == len(colours.LIGHT)
    assert contrast(colours.DARK["context"], colours.DARK["paper"]) >= 3


def test_a_number_in_a_bar_of_gold_or_grey_is_black_and_reaches_six_to_one() -> None:
    assert ".marks .row :is(.in-development,.in-context){fill:#000}" in sheet()
    for behind in (colours.STATUS_COLOURS["development"], colours.MUTED):
        assert contrast("#000000", behind) >= 6


def test_text_on_the_cells_of_a_heat_map_contrasts_with_them_and_has_no_role() -> None:
    assert contrast(colours.SCALE_INK, colours.SEQUENTIAL[2]) >= 4.5
    assert contrast(colours.SCALE_PAPER, colours.ACCENT) >= 4.5
    assert {colours.SCALE_INK, colours.SCALE_PAPER}.isdisjoint(colours.LIGHT.values())


def test_every_font_file_exists() -> None:
    assert all(path.is_file() for path in typefaces.font_files())


def test_the_theme_applies_inside_the_block_only() -> None:
    before = mpl.rcParams["svg.hashsalt"], list(mpl.rcParams["font.family"])
    with theme.apply():
        assert mpl.rcParams["font.family"] == [typefaces.SANS, typefaces.FALLBACK]
        assert mpl.rcParams["svg.hashsalt"] == "portrait"
    assert (mpl.rcParams["svg.hashsalt"], list(mpl.rcParams["font.family"])) == before


def test_the_theme_ignores_the_settings_of_the_machine():
    with theme.apply():
        ours = dict(mpl.rcParams)
    with mpl.rc_context({"lines.linewidth": 9, "savefig.dpi": 11, "xtick.major.pad": 30}):
        with theme.apply():
            assert dict(mpl.rcParams) == ours
        assert mpl.rcParams["lines.linewidth"] == 9


SCRIPT = """
import sys
from fontTools.ttLib import TTFont
from matplotlib.font_manager import FontProperties, findfont, fontManager
from portrait.style import theme, typefaces

borrowed = TTFont(typefaces.font_files()[-2])
for record in borrowed["name"].names:
    if record.nameID in (1, 16):
        record.string = typefaces.SANS
borrowed.save(sys.argv[1])
fontManager.addfont(sys.argv[1])
assert findfont(FontProperties(family=typefaces.SANS)) == sys.argv[1]
with theme.apply():
    print(findfont(FontProperties(family=typefaces.SANS)))
"""


def test_a_package_of_fonts_that_is_not_there_is_named(monkeypatch):
    monkeypatch.setattr(typefaces, "FACES", {"no_such_fonts": ("A.ttf",)})
    with pytest.raises(ModuleNotFoundError, match="No package 'no_such_fonts' to take fonts from"):
        typefaces.font_files()


def test_a_font_of_the_machine_does_not_replace_ours(tmp_path):
    result = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(tmp_path / "own.ttf")], capture_output=True, text=True, check=True
    )
    assert result.stdout.strip() == str(typefaces.font_files()[0])


@pytest.mark.slow
@pytest.mark.parametrize("before", ["sys", "scipy.special"])
def test_drawing_imports_no_statistics_of_scipy_and_leaves_them_importable(before: str) -> None:
    code = (
        f"import sys, {before}\nfrom portrait.style import theme\nwith theme.apply():\n    import seaborn\n"
        "assert 'scipy.stats' not in sys.modules\nimport scipy.stats\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize("colours", [colours.LIGHT, colours.DARK], ids=["light", "dark"])
def test_the_mark_of_every_status_and_of_a_decrease_is_seen_on_the_page(colours: Mapping[str, str]) -> None:
    marks = [colour for role, colour in colours.items() if role.startswith(("status-", "context"))]
    assert all(contrast(mark, colours["paper"]) >= 3 for mark in marks)


def test_no_status_is_louder_than_the_finding_on_a_dark_ground() -> None:
    finding = contrast(colours.DARK["accent"], colours.DARK["paper"])
    assert max(contrast(colours.DARK[f"status-{each}"], colours.DARK["paper"]) for each in FILLED) < finding


def test_on_a_dark_ground_development_is_the_brightest_status_and_production_is_soft() -> None:
    seen = {each: contrast(colours.DARK[f"status-{each}"], colours.DARK["paper"]) for each in FILLED}
    assert max(seen, key=seen.__getitem__) == "development"
    assert seen["production"] < 7


def test_on_a_dark_ground_a_status_that_is_not_known_is_quieter_than_each_that_is() -> None:
    dark = colours.DARK
    seen = {each: contrast(dark[f"status-{each}"], dark["paper"]) for each in (*FILLED, *HOLLOW)}
    assert max(seen[each] for each in HOLLOW) < min(seen[each] for each in FILLED)
    assert min(contrast(dark[role], dark["wash"]) for role in HOLLOW.values()) >= 3
