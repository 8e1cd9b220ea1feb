"""Lettering of a PDF as text: read by another reader, where the outlines are, in the same ink."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pikepdf
import pypdfium2
import pytest
from support.live_text import lettered, text
from support.measuring import instructions
from support.placed_objects import panel_of_pdf, sheet_with

from packdesk.domain.dieline.build import make_dieline
from packdesk.domain.dimensions import Dimensions
from packdesk.domain.objects.inks import ink_of
from packdesk.domain.objects.outline import bounds
from packdesk.export.flat.pdf import write_pdf
from packdesk.export.flat.sheet import FlatOptions
from packdesk.textures.objects.live_setting import set_live

if TYPE_CHECKING:
    from pathlib import Path

    from packdesk.export.flat.sheet import Sheet

ARTWORK_ONLY = FlatOptions(kinds=frozenset())
TEXTS = (
    text("Office fluff AV", id="a", x=6, y=6, ink=ink_of("spot Tea Red: cmyk 0 90 80 10")),
    text("leant words", id="b", x=6, y=20, size=9, italic=True, ink=ink_of("cmyk 0 0 0 70")),
    text("שלום לא", "DejaVu Sans", id="c", x=6, y=30, ink=ink_of("#1a66b3")),
    text("السلام", "DejaVu Sans", id="d", x=6, y=44),
    text("שלום עולם", id="g", x=6, y=110),  # letters of another typeface, blanks of its own
    text("مرحبا بالعالم", id="h", x=6, y=120),
    text("ạ̇ soft\u00adly", "DejaVu Sans", id="f", x=6, y=100, letter_spacing=60),
    text(
        "Words of a paragraph that wraps", id="e", x=12, y=60, width=40, turn=90, align="justify", weight=600
    ),
)


@pytest.fixture(scope="module")
def sheet(qapp: object) -> Sheet:
    """A box with texts on its front, that run on to the side as guests."""
    del qapp
    dieline = make_dieline("box", Dimensions(width=100, height=150, depth=40))
    lettering = lettered(TEXTS)
    guest = text("Office fluff AV", id="a", x=-60, y=6, of="front")
    made = sheet_with(dieline, {"front": TEXTS, "right": (guest,)}, lettering | lettered((guest,)))
    found = set_live([(one, next(iter(lettered((one,)).values())).outline) for one in TEXTS])
    spans = {one.id: each for one, each in zip(TEXTS, found.texts, strict=True) if not isinstance(each, str)}
    assert len(spans) == len(TEXTS)
    shown = {name: replace(one, live=spans, fonts=found.fonts) for name, one in made.objects.items()}
    return replace(made, objects=shown)


def _outlined(sheet: Sheet) -> Sheet:
    return replace(sheet, objects={name: replace(one, live={}) for name, one in sheet.objects.items()})


def test_words_are_read_and_typefaces_are_embedded(sheet: Sheet, tmp_path: Path) -> None:
    write_pdf(sheet, tmp_path / "live.pdf", ARTWORK_ONLY)
    with pypdfium2.PdfDocument(tmp_path / "live.pdf") as document:
        lines = document[0].get_textpage().get_text_bounded().splitlines()
    found = "\n".join(lines)
    for words in (
        "Office fluff AV",
        "leant words",
        "שלום לא",
        "السلام",
        "ạ̇ softly",
        "שלום עולם",
        "مرحبا بالعالم",
        "that wraps",
    ):
        assert words in found
    assert len([line for line in lines if "Office" in line]) == 1  # the piece beyond the edge is outlines
    with pikepdf.open(tmp_path / "live.pdf") as pdf:
        fonts = [one for one in pdf.pages[0].Resources.Font.values() if one.Subtype == "/Type0"]
        kinds = {str(one.DescendantFonts[0].Subtype) for one in fonts}
        for font in fonts:
            descriptor = font.DescendantFonts[0].FontDescriptor
            assert "+" in str(font.BaseFont) == str(descriptor.FontName)
            assert "/FontFile2" in descriptor or descriptor.FontFile3.Subtype == "/CIDFontType0C"
            assert font.Encoding == "/Identity-H"
            assert b"beginbfchar" in font.ToUnicode.read_bytes()
    assert kinds == {"/CIDFontType0", "/CIDFontType2"}


def test_it_looks_as_the_outlines_do_in_the_same_inks(sheet: Sheet, tmp_path: Path) -> None:
    pages, steps = [], []
    for name, one in (("live", sheet), ("outlines", _outlined(sheet))):
        write_pdf(one, tmp_path / f"{name}.pdf", ARTWORK_ONLY)
        pages.append(np.asarray(panel_of_pdf(tmp_path / f"{name}.pdf", sheet, "front"), float))
        with pikepdf.open(tmp_path / f"{name}.pdf") as pdf:
            found = list(instructions(pdf.pages[0]))
        inks = {"scn", "k", "rg", "gs", "BDC"}
        steps.append([(step, [str(word) for word in words]) for step, words in found if step in inks])
    live, outlines = pages
    ink = np.minimum(live, outlines) < 250
    assert np.abs(live - outlines).mean() < 1
    assert np.abs(live - outlines)[ink].mean() < 25  # letters elsewhere differ by a hundred and more
    assert [one for one in steps[0] if one[1][:1] != ["/Span"]] == steps[1]


def test_letters_stand_where_the_outlines_do(sheet: Sheet, tmp_path: Path) -> None:
    pixels = []
    for name, made in (("live", sheet), ("outlines", _outlined(sheet))):
        write_pdf(made, tmp_path / f"{name}.pdf", ARTWORK_ONLY)
        drawn = panel_of_pdf(tmp_path / f"{name}.pdf", sheet, "front", dpi=600)
        pixels.append(255 - np.asarray(drawn, float))
    for one in TEXTS:
        outline = next(iter(lettered((one,)).values())).outline
        box = bounds(outline)
        assert box is not None
        corners = np.array([one.place.point(x, y) for x in box[::2] for y in box[1::2]]) * 600 / 25.4
        (left, top), (right, low) = corners.min(axis=0).astype(int) - 8, corners.max(axis=0).astype(int) + 8
        live, outlines = (_extent(each[top:low, left:right]) for each in pixels)
        assert live == pytest.approx(outlines, abs=0.05), one.words


def _extent(ink: np.ndarray) -> list[float]:
    """Left, top, right, bottom and middle of what is drawn, in millimetres at 600 dpi."""
    rows, columns = np.nonzero(ink > ink.max() / 2)
    ys, xs = np.mgrid[: ink.shape[0], : ink.shape[1]]
    middle = [(xs * ink).sum() / ink.sum(), (ys * ink).sum() / ink.sum()]
    edges = [columns.min(), rows.min(), columns.max(), rows.max()]
    return [float(place) / 600 * 25.4 for place in (*edges, *middle)]
