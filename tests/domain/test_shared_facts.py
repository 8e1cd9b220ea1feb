"""Facts with one home that several rooms ask for: units, the sRGB curve, gentle steps, URLs of a state."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from packdesk.domain.colour import srgb_bytes, srgb_light, srgb_to_linear
from packdesk.domain.easing import smoothstep
from packdesk.domain.panels import FlatSize
from packdesk.domain.state import PanelTexture, default_state
from packdesk.domain.text import printable
from packdesk.domain.units import MAX_PIXELS_PER_SIDE, MM_PER_POINT, dpi_of, pixel_size, reached_dpi


def test_every_code_of_srgb_comes_back_from_its_light() -> None:
    codes = np.arange(256)
    light = srgb_light(codes / 255)
    assert (srgb_bytes(light) == codes).all()
    assert light.tolist() == pytest.approx([srgb_to_linear(code / 255) for code in codes])
    # IEC 61966-2-1: half of the light is code 188.
    assert srgb_bytes(np.array([-1, 0.5, 2])).tolist() == [0, 188, 255]


def test_a_gentle_step_is_held_at_both_ends_for_numbers_and_arrays() -> None:
    at = [0.0, 1.0, 1.5, 2.0, 3.0, 9.0]
    steps = [smoothstep(1, 3, one) for one in at]
    assert steps == pytest.approx([0, 0, 0.15625, 0.5, 1, 1])
    assert smoothstep(1, 3, np.array(at)).tolist() == steps


@given(st.floats(10, 2000), st.floats(10, 2000), st.floats(50, 1200))
def test_pixels_and_resolution_are_each_others_reverse(width: float, height: float, dpi: float) -> None:
    size = FlatSize(width=width, height=height)
    pixels, reached = pixel_size(size, dpi), reached_dpi(size, dpi)
    assert max(pixels) <= MAX_PIXELS_PER_SIDE
    assert dpi_of(*pixels, size) >= reached - 0.5 * 25.4 / min(width, height) - 1e-6
    assert pytest.approx(25.4) == 72 * MM_PER_POINT


def test_urls_are_those_of_the_packages_own_panels_in_order() -> None:
    named = {
        name: PanelTexture(panel_id=name, texture_url=f"file:{name}") for name in ("top", "body", "front")
    }
    state = default_state("box").model_copy(update={"panel_textures": named})
    assert list(state.texture_urls().items()) == [("front", "file:front"), ("top", "file:top")]


def test_printable_text_holds_nothing_that_xml_does_not() -> None:
    assert printable("a\ufffeb\U0001ffffc\x00d") == "a\ufffdb\ufffdc d"
