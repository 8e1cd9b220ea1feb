"""Sizes, panels and prompts a user may type."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from packdesk.domain.dimensions import MAX_MM, MIN_MM, Dimensions, check_dimensions, check_package_type
from packdesk.domain.panels import FlatSize, check_panel
from packdesk.domain.prompts import MAX_PROMPT, check_prompt
from packdesk.domain.request import PanelRequest
from packdesk.domain.units import MAX_PIXELS_PER_SIDE
from packdesk.errors import InvalidInputError, PackdeskError


@pytest.mark.parametrize("value", [9.99, 2000.01, -1, 0, math.nan, math.inf, -math.inf])
@pytest.mark.parametrize("place", [0, 1, 2])
def test_sizes_out_of_range_are_refused(value: float, place: int) -> None:
    sides = [100.0, 100.0, 100.0]
    sides[place] = value
    with pytest.raises(InvalidInputError) as caught:
        check_dimensions("box", *sides)
    assert caught.value.remedy


@given(*[st.floats(MIN_MM, MAX_MM)] * 3)
def test_sizes_within_the_limits_are_taken(width: float, height: float, depth: float) -> None:
    assert check_dimensions("box", width, height, depth).as_tuple() == (width, height, depth)


def test_a_cylinder_is_round() -> None:
    with pytest.raises(InvalidInputError, match="deep as it is wide"):
        check_dimensions("cylinder", 80, 100, 81)


def test_unknown_types_and_panels_are_named() -> None:
    with pytest.raises(InvalidInputError, match="bag"):
        check_package_type("bag")
    with pytest.raises(InvalidInputError, match="body") as caught:
        check_panel("box", "body")
    assert "front" in caught.value.remedy


@pytest.mark.parametrize(
    "text", ["", "  ", "ab", "logo", "Texture", "nice design", "“logo”", "x" * (MAX_PROMPT + 1), "\x00\x01a"]
)
def test_unusable_prompts_get_advice(text: str) -> None:
    with pytest.raises(InvalidInputError) as caught:
        check_prompt(text)
    assert caught.value.remedy


@given(st.text())
def test_any_prompt_is_taken_or_refused_and_then_clean(text: str) -> None:
    try:
        prompt = check_prompt(text)
    except PackdeskError:
        return
    assert prompt == " ".join(prompt.split())
    prompt.encode("utf-8")
    assert "\x00" not in prompt


def request(width: float, height: float, dpi: float = 300) -> PanelRequest:
    return PanelRequest(
        prompt="floral",
        panel_id="front",
        size=FlatSize(width=width, height=height),
        package_type="box",
        package_dimensions=Dimensions(width=100, height=150, depth=100),
        dpi=dpi,
    )


def test_a_request_asks_for_print_pixels_within_limits() -> None:
    assert request(100, 150).pixel_size() == (1181, 1772)
    assert max(request(2000, 2000).pixel_size()) == MAX_PIXELS_PER_SIDE
    assert min(request(10, 2000).pixel_size()) >= 16
