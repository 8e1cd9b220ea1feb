"""Which texts are text in a file: what is read, whose typefaces are embedded, and what stays outlines."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from fontTools.cffLib import CFFFontSet
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables.TupleVariation import TupleVariation
from support.live_text import TRUETYPE, font_of, install, live, text, words_of

from packdesk.domain.objects.live import Outlined
from packdesk.domain.objects.outline import bounds
from packdesk.textures.objects.embedding import TABLES, Typefile, may_embed
from packdesk.textures.objects.live_setting import set_live
from packdesk.textures.objects.shaping import shaped

if TYPE_CHECKING:
    from packdesk.domain.objects.values import Text

pytestmark = pytest.mark.usefixtures("qapp")
HEBREW, ARABIC, READ_BACKWARDS = "שלום לא", "السلام", "مﻻسلا"
_NAMES = {"O": "O", "ff": "f_f", "A": "A", "g": "g"}


@pytest.mark.parametrize(
    ("one", "read"),
    [
        (text("Office fluff\nTo AV"), "Office fluffTo AV"),  # readers know lines by where they lie
        (text("Office", letter_spacing=80), "Office"),
        (text("wraps over\u00a0lines of a box", width=30, align="justify"), "wrapsover\u00a0linesof a box"),
        (text(HEBREW, "DejaVu Sans"), HEBREW[::-1]),
        (text(ARABIC, "DejaVu Sans"), READ_BACKWARDS),
        (text("ạ̇ é", "DejaVu Sans"), "ạ̇ é"),
        (text("soft\u00adhyphen"), "softhyphen"),
        (text("up", vertical=True), "up"),
    ],
)
def test_clusters_are_read_as_the_words(one: Text, read: str) -> None:
    assert words_of(one, live(one)) == read


def test_a_part_of_a_typeface_draws_its_letters_under_the_codes() -> None:
    made = live(text("Off"), text("Ag", weight=700))
    for font, read in zip(made.fonts.values(), ({"O", "ff"}, {"A", "g"}), strict=True):
        assert font.is_cff
        assert set(font.words.values()) == read
        assert len(font.program) < 2000
        cff = CFFFontSet()
        cff.decompile(io.BytesIO(font.program), None)
        assert cff.fontNames == [font.name]
        assert font.name[6] == "+"
        drawn = {code: cff[0].charset[code] for code in font.words}
        assert {font.words[code]: name for code, name in drawn.items()}.items() <= _NAMES.items()
        assert len(cff[0].charset) == 3  # the box of letters that are not there is always among them


@pytest.mark.parametrize(
    ("fs_type", "allowed"),
    [(0, True), (2, False), (4, True), (8, True), (0x0C, True), (0x0A, True), (0x100, True), (0x200, False)],
)
def test_the_licence_of_a_typeface_is_kept_to(fs_type: int, allowed: bool) -> None:
    assert may_embed(fs_type) is allowed


def test_a_typeface_that_may_not_be_embedded_keeps_its_texts_outlines() -> None:
    def restrict(font: TTFont) -> None:
        font["OS/2"].fsType = 2

    made = live(text("Office", install("Restricted Test", restrict)), text("Office"))
    assert made.texts[0] is Outlined.REFUSED
    assert not isinstance(made.texts[1], Outlined)
    assert len(made.fonts) == 1


def test_one_that_may_not_be_cut_is_embedded_whole() -> None:
    def forbid_parts(font: TTFont) -> None:
        font["OS/2"].fsType = 0x100

    one = text("Office", install("Whole Test", forbid_parts, TRUETYPE))
    made = live(one)
    assert words_of(one, made) == "Office"
    font = font_of(made)
    assert font.name == "WholeTest"
    assert len(TTFont(io.BytesIO(font.program)).getGlyphOrder()) == len(TTFont(TRUETYPE).getGlyphOrder())


def test_what_is_drawn_otherwise_or_not_at_all_stays_outlines() -> None:
    there, other = text("Office"), text("Offices")
    made = set_live([(there, shaped(other).outline), (text("a\U0001f9d1b"), "")])
    assert made.texts == (Outlined.OTHER, Outlined.LETTERS)
    assert made.fonts == {}


def test_leant_letters_are_leant_by_the_file() -> None:
    """Qt leans letters of a family without an italic; those of upright texts stay upright beside them."""
    upright, leant = text("lll"), text("lll", italic=True)
    made = live(upright, leant, upright)
    assert [font.lean for font in made.fonts.values()] == pytest.approx([0, 0.2126], abs=0.001)
    wide = [bounds(shaped(one).outline) for one in (upright, leant, upright)]
    assert wide[0] == wide[2] != wide[1]


def test_of_a_variable_typeface_the_instance_is_embedded_that_is_drawn() -> None:
    boxes = {1: (0.0, -700.0, 300.0, 0.0)}  # half way from 100 to 500 units
    tables = TTFont(io.BytesIO(_variable()))
    made = Typefile({tag: tables.reader[tag] for tag in TABLES if tag in tables}, weight=650)
    assert made.refusal is None
    assert not made.draws({1: (0.0, -700.0, 350.0, 0.0)})
    assert made.draws(boxes)
    font, codes = made.embedded({1: "I"})
    part = TTFont(io.BytesIO(font.program))
    assert "fvar" not in part
    assert part["glyf"][part.getGlyphOrder()[codes[1]]].xMax == 300


def _variable() -> bytes:
    """A typeface of one letter, a bar that is 100 units wide at weight 400 and 500 at 900."""
    builder = FontBuilder(1000)
    builder.setupGlyphOrder([".notdef", "I"])
    builder.setupCharacterMap({ord("I"): "I"})
    pen, none = TTGlyphPen(None), TTGlyphPen(None)
    for number, corner in enumerate(((0, 0), (0, 700), (100, 700), (100, 0))):
        (pen.lineTo if number else pen.moveTo)(corner)
    pen.closePath()
    builder.setupGlyf({".notdef": none.glyph(), "I": pen.glyph()})
    builder.setupHorizontalMetrics({".notdef": (500, 0), "I": (500, 0)})
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupOS2(fsType=0)
    builder.setupNameTable({"familyName": "Bar", "styleName": "Regular", "psName": "Bar"})
    builder.setupPost()
    builder.setupFvar([("wght", 400, 400, 900, "Weight")], [])
    wider = [(0, 0), (0, 0), (400, 0), (400, 0), (0, 0), (0, 0), (0, 0), (0, 0)]
    builder.setupGvar({"I": [TupleVariation({"wght": (0.0, 1.0, 1.0)}, wider)]})
    buffer = io.BytesIO()
    builder.save(buffer)
    return buffer.getvalue()


def test_a_damaged_typeface_is_not_embedded() -> None:
    made = Typefile({"head": b"\x00" * 54, "glyf": b"\xff", "loca": b"\x00"})
    assert made.refusal is Outlined.UNUSABLE


def test_a_script_no_typeface_here_knows_is_left_out() -> None:
    made = shaped(text("न", "DejaVu Sans"))  # where it is not there, Qt has a typeface of boxes for it
    assert made.left_out == ("" if made.outline else "न")
