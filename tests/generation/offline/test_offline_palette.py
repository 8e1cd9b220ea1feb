"""Colour sums, and that every design's lettering can be read."""

from __future__ import annotations

import itertools

import pytest
from PySide6.QtGui import QColor

from packdesk.generation.offline.families import FAMILIES
from packdesk.generation.offline.palette import TONES, contrast, make_palette, mix, readable


def test_contrast_of_black_and_white_is_21_both_ways() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#ffffff", "#000000") == pytest.approx(21)


def test_mix_begins_and_ends_with_its_colours() -> None:
    assert mix("#336699", "#ffcc00", 0).name() == "#336699"
    assert mix("#336699", "#ffcc00", 1).name() == "#ffcc00"


def test_readable_leaves_a_readable_colour_alone() -> None:
    assert readable("#111111", "#ffffff").name() == "#111111"


@pytest.mark.parametrize("ground", ["#000000", "#777777", "#c9a14a", "#ffffff"])
def test_readable_reaches_the_ratio_on_any_ground(ground: str) -> None:
    assert contrast(readable("#c9a14a", ground), ground) >= 4.5


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("dark", [False, True])
def test_lettering_on_every_plate_is_readable(family: str, dark: bool) -> None:
    for first, second in itertools.pairwise([*TONES, "green"]):
        palette = make_palette(family, (first, second), None, dark=dark)
        for lettering in (palette.plate_ink, palette.plate_accent):
            assert contrast(QColor(lettering.name()), QColor(palette.plate.name())) >= 4.45, (first, second)
        assert contrast(palette.plate_ink, palette.plate) >= 4.5


@pytest.mark.parametrize("metal", ["#c9a14a", "#b4bbc4", "#b87449"])
def test_rules_on_a_plate_can_be_seen(metal: str) -> None:
    for word in TONES:
        palette = make_palette("marble", (word, "grey"), metal, dark=False)
        assert contrast(palette.trim, palette.plate) > 1.9
