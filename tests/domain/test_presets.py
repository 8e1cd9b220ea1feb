"""Common packages, and what follows from a package's size."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.outlines import mesh_area

from packdesk.domain.dieline.build import make_dieline
from packdesk.domain.dieline.drawn import panel_area
from packdesk.domain.dieline.values import DielineOptions
from packdesk.domain.dimensions import (
    MAX_MM,
    MIN_MM,
    PACKAGE_TYPES,
    Dimensions,
    PackageType,
    check_dimensions,
    scaled,
)
from packdesk.domain.geometry import package_meshes
from packdesk.domain.panels import volume
from packdesk.domain.presets import PRESETS, Preset

BOX = Dimensions(width=100, height=150, depth=60)
CAN = Dimensions(width=66, height=115, depth=66)
side = st.floats(MIN_MM, MAX_MM)


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.name)
def test_every_preset_can_be_set(preset: Preset) -> None:
    size = preset.dimensions
    assert check_dimensions(preset.package_type, *size.as_tuple()) == size


def test_names_are_unique_and_both_types_are_there() -> None:
    assert len({preset.name for preset in PRESETS}) == len(PRESETS) >= 14
    assert {preset.package_type for preset in PRESETS} == set(PACKAGE_TYPES)


@pytest.mark.parametrize(("kind", "size"), [("box", BOX), ("cylinder", CAN)])
def test_surface_and_volume_are_those_of_the_meshes(kind: PackageType, size: Dimensions) -> None:
    assert panel_area(make_dieline(kind, size, DielineOptions())) == pytest.approx(
        sum(mesh_area(mesh) for mesh in package_meshes(kind, size)), rel=0.001
    )
    assert volume("box", size) == pytest.approx(size.width * size.height * size.depth)
    assert volume("cylinder", CAN) == pytest.approx(math.pi * 33**2 * 115)


@given(st.tuples(side, side, side), st.integers(0, 2), side)
def test_scaling_keeps_proportions_and_limits(
    sides: tuple[float, float, float], which: int, value: float
) -> None:
    base = Dimensions(width=sides[0], height=sides[1], depth=sides[2])
    new = scaled(base, which, value).as_tuple()
    assert all(MIN_MM <= length <= MAX_MM for length in new)
    factor = min(max(value / sides[which], MIN_MM / min(sides)), MAX_MM / max(sides))
    assert new == pytest.approx([length * factor for length in sides], abs=0.051)


@given(st.integers(0, 2), st.floats(60, 500))
def test_the_leading_side_is_as_asked_for(which: int, value: float) -> None:
    assert scaled(BOX, which, value).as_tuple()[which] == value


def test_a_cylinder_stays_round() -> None:
    size = scaled(CAN, 0, 71.377)
    assert size.width == size.depth == 71.377
