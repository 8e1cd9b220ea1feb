"""What preflight says of objects."""

from __future__ import annotations

import pytest
from support.objects import one_of_each

from packdesk.domain.objects.kept import KeptObjects
from packdesk.domain.objects.lettering import Lettering, lettering_key
from packdesk.domain.objects.recipe import Recipe
from packdesk.domain.objects.symbology import Symbology
from packdesk.domain.objects.values import Barcode, Shape, Text
from packdesk.domain.preflight.object_rules import ObjectFacts, object_findings

GOOD = Text(id="t", x=10, y=10, width=40, height=10, words="Tea", size=12)
CODE = Barcode(id="c", x=10, y=40, width=37, height=26, value="4006381333931")


def rules(
    *objects: object,
    unread: set[str] | None = None,
    contrast: float = 9,
    told: dict[str, object] | None = None,
    red: dict[str, tuple[float, float]] | None = None,
) -> list[str]:
    recipe = Recipe(panel=(100, 150), objects=objects)
    texts = {lettering_key(text): Lettering.model_validate(told or {}) for text in recipe.texts}
    kept = KeptObjects.of(recipe, texts)
    facts = ObjectFacts(
        kept,
        None if unread is None else frozenset(unread),
        {text.id: contrast for text in recipe.texts},
        red or {},
    )
    return [finding.rule for finding in object_findings({"front": facts}, 3)]


def test_nothing_is_said_of_what_is_well_made() -> None:
    assert rules(GOOD, CODE, unread=set()) == []
    assert rules(*one_of_each()) == []
    assert rules(GOOD.model_copy(update={"x": -20.0, "hidden": True})) == []


@pytest.mark.parametrize(
    ("changed", "rule"),
    [
        ({"x": -5.0}, "object-cut-off"),
        ({"x": 2.0}, "object-unsafe"),
        ({"y": 139.0, "turn": 0.0}, "object-unsafe"),
        ({"size": 4.0}, "small-lettering"),
        ({"words": "{brand} Tea"}, "unfilled-field"),
    ],
)
def test_lettering(changed: dict[str, float], rule: str) -> None:
    assert rules(GOOD.model_copy(update=changed)) == [rule]


@pytest.mark.parametrize(
    ("told", "rule"),
    [
        ({"left_out": "😀"}, "letters-left-out"),
        ({"family": "DejaVu Sans"}, "typeface-substituted"),
        ({"height": 30.0}, "lettering-overflows"),
    ],
)
def test_how_it_could_be_set(told: dict[str, object], rule: str) -> None:
    assert rules(GOOD, told=told) == [rule]


def test_what_runs_on_is_not_cut_off_at_a_crease() -> None:
    band = GOOD.model_copy(update={"x": -5.0, "width": 120.0, "runs_on": True})
    assert rules(band) == []
    assert rules(band.model_copy(update={"y": 1.0})) == ["object-unsafe"]
    assert rules(GOOD.model_copy(update={"x": -5.0, "of": "left", "locked": True})) == []


LETTERS = {"outline": "M0 0L8 0L8 4L0 4ZM30 0L38 0L38 4L30 4Z", "width": 38, "height": 4}
"""Two words of 8 by 4 mm, 22 mm between them."""


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, []),
        ({"x": 60.0, "width": 10.0}, ["object-unsafe"]),
        ({"x": 70.0, "width": 10.0}, ["object-cut-off"]),
        ({"x": 70.0, "width": 10.0, "runs_on": True}, ["object-cut-off"]),
        ({"x": 70.0, "width": 31.0, "runs_on": True}, []),
        ({"x": 50.0, "y": 120.0, "width": 10.0, "turn": 90.0}, ["object-cut-off"]),
        ({"x": 5.0, "width": 200.0, "height": 145.0}, []),
    ],
)
def test_letters_count_and_not_their_box(changed: dict[str, object], expected: list[str]) -> None:
    assert rules(GOOD.model_copy(update=changed), told=LETTERS) == expected


def test_letters_over_a_code_are_found_and_a_box_without_letters_is_not() -> None:
    beside = GOOD.model_copy(update={"x": 5.0, "y": 30.0, "width": 4.0})  # its letters reach to 43 mm
    assert rules(CODE, beside, told=LETTERS) == []
    assert rules(CODE, beside.model_copy(update={"y": 39.0}), told=LETTERS) == ["quiet-zone"]
    gap = CODE.model_copy(update={"x": 14.0, "width": 20.0})  # it lies between the words
    assert rules(gap, beside.model_copy(update={"y": 41.0}), told=LETTERS) == []
    empty = GOOD.model_copy(update={"y": 20.0, "height": 80.0})
    assert rules(CODE, empty, told=LETTERS) == []


def test_codes_lines_and_faint_lettering() -> None:
    assert rules(GOOD, contrast=1.4) == ["faint-lettering"]
    assert rules(CODE, unread={"c"}) == ["unread-code"]
    assert rules(CODE.model_copy(update={"value": "{code}"})) == ["example-code"]
    assert rules(CODE.model_copy(update={"value": "{code}", "symbology": Symbology.QR})) == ["unfilled-field"]
    assert rules(CODE, red={"c": (0.02, 1.0)}) == []
    assert rules(CODE, red={"c": (0.75, 1.0)}) == ["red-light"]
    assert rules(CODE, red={"c": (0.02, 0.3)}) == ["red-light"]
    assert rules(CODE, red={"c": (1.0, 0.05)}) == ["light-bars"]
    assert rules(GOOD.model_copy(update={"words": " ", "y": 0.0})) == ["empty-text"]
    over = Shape(id="s", x=12, y=45, width=5, height=5)
    assert rules(CODE, over) == ["quiet-zone"]
    assert rules(over, CODE) == []
    small = CODE.model_copy(update={"symbology": Symbology.ITF14, "magnification": 80.0})
    assert rules(small) == ["small-code"]
    assert rules(Shape(id="l", form="line", thickness=0.05)) == ["hairline"]
