"""The colours of `.streamlit/config.toml`: contrast after WCAG 2.2, and told apart by people who see fewer colours."""

import tomllib
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

THEME = tomllib.loads((Path(__file__).resolve().parents[1] / ".streamlit" / "config.toml").read_text())["theme"]
SHADES = ("red", "orange", "yellow", "green", "blue", "violet", "gray")
TEXT_CONTRAST, GRAPHIC_CONTRAST = 4.5, 3.0  # WCAG 2.2, success criteria 1.4.3 and 1.4.11
SMALLEST_DIFFERENCE = 10.0  # CIE76 distance; about 2.3 is the least a trained eye sees side by side
Triple = tuple[float, float, float]
# Machado, Oliveira and Fernandes (2009), table 1, severity 1.0, on linear RGB.
COLOUR_VISION: dict[str, tuple[Triple, Triple, Triple]] = {
    "full": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}


def test_cells_that_stay_in_sight_stand_on_the_surface_of_the_page() -> None:
    style = (Path(__file__).resolve().parents[1] / "pages" / "ui" / "style.css").read_text()
    surfaces = [THEME[shade]["backgroundColor"] for shade in ("light", "dark")]
    assert f"--tp-surface: light-dark({', '.join(surfaces)});" in style
    assert all(f"--tp-surface: {surface};" in style for surface in surfaces)


def parts(colour: str) -> list[int]:
    return [int(colour[i : i + 2], 16) for i in (1, 3, 5)]


def linear(colour: str) -> Triple:
    shares = (part / 255 for part in parts(colour))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in shares)
    return red, green, blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted(
        (sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear(x), strict=True)) for x in (one, other)),
        reverse=True,
    )
    return (lighter + 0.05) / (darker + 0.05)


def lab(rgb: Triple) -> Triple:
    """CIE L*a*b* of linear sRGB, white point D65."""
    rows = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
    xyz = [sum(w * c for w, c in zip(row, rgb, strict=True)) for row in rows]
    x, y, z = (
        t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116
        for t in (max(v, 0) / w for v, w in zip(xyz, (0.9505, 1, 1.089), strict=True))
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def difference(one: str, other: str, vision: str) -> float:
    def seen(colour: str) -> Triple:
        red, green, blue = (
            sum(w * c for w, c in zip(row, linear(colour), strict=True)) for row in COLOUR_VISION[vision]
        )
        return lab((red, green, blue))

    return sum((a - b) ** 2 for a, b in zip(seen(one), seen(other), strict=True)) ** 0.5


@pytest.fixture(params=["light", "dark"])
def colours(request: pytest.FixtureRequest) -> dict[str, Any]:
    return THEME[request.param]


def test_text_is_readable_on_every_surface(colours: dict[str, Any]) -> None:
    surfaces = [colours["backgroundColor"], colours["secondaryBackgroundColor"]]
    texts = [colours[name] for name in ("textColor", "linkColor", "grayTextColor")]
    texts += [colours[f"{shade}TextColor"] for shade in SHADES]
    assert min(contrast(text, surface) for text in texts for surface in surfaces) >= TEXT_CONTRAST


def test_captions_are_readable(colours: dict[str, Any]) -> None:
    """Streamlit draws captions, axis labels and placeholders in the text colour at 60 %."""
    surface = colours["backgroundColor"]
    faded = [round(0.6 * t + 0.4 * s) for t, s in zip(parts(colours["textColor"]), parts(surface), strict=True)]
    assert contrast("#" + "".join(f"{part:02x}" for part in faded), surface) >= TEXT_CONTRAST


def test_coloured_notes_are_readable(colours: dict[str, Any]) -> None:
    for shade in SHADES:
        assert contrast(colours[f"{shade}TextColor"], colours[f"{shade}BackgroundColor"]) >= TEXT_CONTRAST, shade
    assert contrast(colours["dataframeHeaderTextColor"], colours["dataframeHeaderBackgroundColor"]) >= TEXT_CONTRAST


def test_white_labels_are_readable_on_buttons(colours: dict[str, Any]) -> None:
    assert contrast(colours["primaryColor"], "#ffffff") >= TEXT_CONTRAST


def test_chart_colours_stand_out_from_the_page(colours: dict[str, Any]) -> None:
    for colour in colours["chartCategoricalColors"]:
        assert contrast(colour, colours["backgroundColor"]) >= GRAPHIC_CONTRAST, colour


@pytest.mark.parametrize("vision", COLOUR_VISION)
def test_the_first_six_chart_colours_are_told_apart(colours: dict[str, Any], vision: str) -> None:
    pairs = combinations(colours["chartCategoricalColors"][:6], 2)
    close = [(one, other) for one, other in pairs if difference(one, other, vision) < SMALLEST_DIFFERENCE]
    assert close == []


def test_charts_have_ten_steps_for_a_scale(colours: dict[str, Any]) -> None:
    assert len(colours["chartSequentialColors"]) == len(colours["chartDivergingColors"]) == 10
