"""Where the blank is on a sheet of artwork, and which way up."""

from __future__ import annotations

import random
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image, ImageDraw
from support.sheets import Ground, painted, turned

from packdesk.domain.dieline.board import even_board
from packdesk.domain.dieline.build import make_dieline
from packdesk.domain.dieline.values import Dieline, DielineOptions, DielineStyle, Lock
from packdesk.domain.dimensions import Dimensions
from packdesk.domain.panels import FlatSize
from packdesk.domain.sheet.doubts import why_not_sure
from packdesk.domain.sheet.facts import SheetFacts
from packdesk.domain.sheet.finding import FoundSheet, find_sheet
from packdesk.domain.sheet.placement import PlacementChange, SheetPlacement, piece_on
from packdesk.domain.sheet.template import KEY, TemplateNote, note_of, template_page

STYLES = (DielineStyle.STRAIGHT_TUCK, DielineStyle.REVERSE_TUCK, DielineStyle.CROSS)
BOX = make_dieline("box", Dimensions(width=100, height=150, depth=60))
PER_MM = 3
GROUNDS: tuple[Ground, ...] = ("clear", "board", "page")


def random_blank(rng: random.Random, most: float = 250) -> Dieline:
    sides = [round(rng.uniform(40, most), 1) for _ in range(3)]
    return make_dieline(
        "box", Dimensions(width=sides[0], height=sides[1], depth=sides[2]), DielineOptions(rng.choice(STYLES))
    )


def looked_at(sheet: Image.Image, facts: SheetFacts, dieline: Dieline) -> FoundSheet:
    small = sheet.copy()
    small.thumbnail((600, 600))
    return find_sheet(facts, np.asarray(small.convert("RGBA")), dieline)


def facts_of(sheet: Image.Image, *, sized: bool = True) -> SheetFacts:
    per_mm = PER_MM if sized else 300 / 25.4
    return SheetFacts(sheet.width / per_mm, sheet.height / per_mm, sized)


@pytest.mark.parametrize("around", [0, 3])
@pytest.mark.parametrize("ground", ["clear", "board"])
@pytest.mark.parametrize("style", STYLES)
def test_artwork_with_bleed_is_found_without_its_size(
    style: DielineStyle, ground: Ground, around: float
) -> None:
    """The blank, and the blank with bleed, differ by an eighth of a percent in ratio."""
    dieline = make_dieline("box", BOX.dimensions, DielineOptions(style))
    sheet = painted(dieline, random.Random(3), ground=ground, around=around, per_mm=PER_MM, bleed=3)
    found = looked_at(sheet, facts_of(sheet, sized=False), dieline)
    assert (found.how, found.placement.turns, found.sure, found.style) == ("ratio", 0, True, None)
    assert found.placement.scale * sheet.width / (300 / 25.4) == pytest.approx(
        dieline.width + 2 * around, abs=0.5
    )


@pytest.mark.parametrize("style", [DielineStyle.STRAIGHT_TUCK, DielineStyle.SNAP_LOCK, DielineStyle.CROSS])
def test_panels_alone_with_bleed_lie_upright(style: DielineStyle) -> None:
    """Three of the corners are printed then."""
    dieline = make_dieline("box", BOX.dimensions, DielineOptions(style))
    whole = painted(dieline, random.Random(4), ground="clear", around=0, per_mm=PER_MM, bleed=3)
    left, top = min(one.x for one in dieline.panels), min(one.y for one in dieline.panels)
    right = max(one.x + one.sheet_size[0] for one in dieline.panels)
    bottom = max(one.y + one.sheet_size[1] for one in dieline.panels)
    sheet = whole.crop(tuple(round(side * PER_MM) for side in (left, top, right, bottom)))  # type: ignore[arg-type]  # four
    found = looked_at(sheet, facts_of(sheet), dieline)
    assert (found.how, found.placement.turns, found.sure, found.style) == ("size", 0, True, None)


def test_a_page_that_has_the_ratio_by_chance_is_asked_for() -> None:
    noise = np.random.default_rng(1).integers(0, 255, (20, 22, 3), dtype=np.uint8)
    sheet = Image.fromarray(noise).resize((round(BOX.width * 2), round(BOX.height * 2)))
    found = looked_at(sheet, facts_of(sheet, sized=False), BOX)
    assert found.how == "ratio"
    assert not found.sure


@pytest.mark.parametrize("number", range(20))
def test_a_random_sheet_turned_by_quarters_is_found(number: int) -> None:
    rng = random.Random(number)
    dieline = random_blank(rng)
    turns, sized, around = number % 4, rng.random() < 0.7, rng.choice((0, 3, 30))
    ground: Ground = rng.choice(GROUNDS)
    sheet = turned(painted(dieline, rng, ground=ground, around=around, per_mm=PER_MM), turns)
    found = looked_at(sheet, facts_of(sheet, sized=sized or around == 30), dieline)
    place = found.placement
    assert (place.turns, place.mirrored, place.angle) == ((-turns) % 4, False, 0), found.how
    assert (place.x, place.y) == pytest.approx((dieline.width / 2, dieline.height / 2), abs=0.6)
    assert found.sure


def test_a_trim_box_is_believed() -> None:
    sheet = painted(BOX, random.Random(1), around=10)
    trim = 10.0, 10.0, 10 + BOX.width, 10 + BOX.height
    facts = SheetFacts(BOX.width + 20, BOX.height + 20, sized=True, trim=trim)
    found = looked_at(sheet, facts, BOX)
    assert (found.how, found.sure) == ("trim", True)
    assert found.placement.corners()[0] == pytest.approx((-10, -10))


def test_what_cannot_be_told_is_asked() -> None:
    plain = Image.new("RGB", (round(BOX.width * PER_MM), round(BOX.height * PER_MM)), "#808080")
    found = looked_at(plain, facts_of(plain), BOX)
    assert not found.sure
    doubt = why_not_sure(found, facts_of(plain), BOX)
    assert doubt is not None
    assert "how the artwork lies" in doubt.sentence


def test_a_sheet_of_the_wrong_ratio_is_told_with_the_blank_it_fits() -> None:
    narrow = DielineOptions(glue_flap=10)
    blank = make_dieline("box", BOX.dimensions, narrow)
    cross = make_dieline("box", BOX.dimensions, replace(narrow, style=DielineStyle.CROSS))
    sheet = painted(cross, random.Random(2), around=0, per_mm=PER_MM)
    found = looked_at(sheet, facts_of(sheet), blank)
    doubt = why_not_sure(found, facts_of(sheet), blank)
    assert doubt is not None
    assert f"ratio {blank.width / blank.height:.3f}" in doubt.sentence
    assert "cross" in doubt.full_text()


def test_artwork_of_another_style_of_the_same_size_is_noticed() -> None:
    cross = make_dieline("box", BOX.dimensions, DielineOptions(DielineStyle.CROSS))
    assert (cross.width, cross.height) == (BOX.width, BOX.height)
    sheet = painted(cross, random.Random(2), around=0, per_mm=PER_MM)
    found = looked_at(sheet, facts_of(sheet), BOX)
    assert found.style is DielineStyle.CROSS
    doubt = why_not_sure(found, facts_of(sheet), BOX)
    assert doubt is not None
    assert "cross" in doubt.sentence


def test_a_template_of_a_locked_blank_is_of_that_blank() -> None:
    options = DielineOptions(board=even_board("E flute", 1.6), lock=Lock.SLIT)
    locked = make_dieline("box", BOX.dimensions, options)
    read = note_of(locked, template_page(locked)).dieline()
    assert read is not None
    assert read.panel("top").height == locked.panel("top").height
    assert (read.width, read.height) == (locked.width, locked.height)


def test_the_note_of_a_template_is_checked() -> None:
    page = template_page(BOX)
    note = note_of(BOX, page)
    assert TemplateNote.read(f"words before {note.text()}") == note
    made_for = note.dieline()
    assert made_for is not None
    assert (made_for.width, made_for.height) == pytest.approx((BOX.width, BOX.height))
    strange = note.model_copy(update={"size": (0.0, 1.0, 1.0)})
    assert strange.dieline() is None
    for text in ("", KEY, f"{KEY} {{}}", f"{KEY} [", note.text().replace("100.0", "1e999")):
        assert TemplateNote.read(text) is None


def test_a_template_of_another_size_lies_on_its_own_blank() -> None:
    other = make_dieline("box", Dimensions(width=120, height=150, depth=60))
    page = template_page(other)
    facts = SheetFacts(page.width, page.height, sized=True, note=note_of(other, page).text())
    found = looked_at(Image.new("RGB", (800, 700), "white"), facts, BOX)
    assert (found.how, found.sure, found.dieline.width) == ("template", True, other.width)


def test_a_piece_is_upright_and_grows_from_its_middle() -> None:
    placement = SheetPlacement(BOX.width, BOX.height, BOX.width / 2, BOX.height / 2, turns=2)
    front = BOX.panel("front")
    piece = piece_on(front, placement)
    corner = piece.place.point(0, 0)
    assert corner == pytest.approx((1 - front.x / BOX.width, 1 - front.y / BOX.height))
    wider = piece.shown(FlatSize(width=200, height=150))
    middle = piece.place.point(front.width / 2, front.height / 2)
    assert wider.point(100, 75) == pytest.approx(middle)
    turned_piece = piece.shown(FlatSize(width=150, height=100), turns=1)
    assert turned_piece.point(150, 0) == pytest.approx(corner)


def test_what_somebody_says_of_a_placement_is_kept_exactly() -> None:
    placement = SheetPlacement(300, 200, 10, 20)
    said = PlacementChange(turns=1, scale=0.5, left=-5, top=7).applied(placement)
    assert min(x for x, _ in said.corners()) == pytest.approx(-5)
    assert min(y for _, y in said.corners()) == pytest.approx(7)
    assert (said.turns, said.scale, bool(PlacementChange())) == (1, 0.5, False)


@pytest.mark.parametrize("style", [DielineStyle.CROSS, DielineStyle.SLEEVE])
def test_a_rectangle_on_a_page_is_no_dieline(style: DielineStyle) -> None:
    dieline = make_dieline("box", BOX.dimensions, DielineOptions(style))
    page = Image.new("RGB", (600, 600), "white")
    ImageDraw.Draw(page).rectangle((100, 100, 400, 400), outline="black", width=3)
    for side in (1_000, 20_000):
        found = looked_at(page, SheetFacts(side, side, sized=True), dieline)
        assert (found.how, found.sure) == ("guess", False)
