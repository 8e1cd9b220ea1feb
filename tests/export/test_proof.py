"""The sheet to sign: one page that tells what is drawn, in both languages."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pypdfium2
import pytest
from support.flat import strip_sheet

from packdesk.domain.area_finish import AreaFinish, AreaKind
from packdesk.domain.curves import Arc
from packdesk.domain.dieline.board import Board
from packdesk.domain.dieline.build import make_dieline
from packdesk.domain.dieline.drawn import flaps_of
from packdesk.domain.dieline.outline import flattened
from packdesk.domain.dieline.sizes import sizes_of
from packdesk.domain.dieline.values import DielineOptions, DielineStyle, LineType, Lock, Sized
from packdesk.domain.dimensions import Dimensions, PackageType
from packdesk.domain.panels import PANEL_IDS
from packdesk.domain.preflight import Finding, Level, PictureFacts
from packdesk.export.flat.area_plates import AREA_STYLES
from packdesk.export.flat.layout import draw_sheet
from packdesk.export.flat.pdf import Page
from packdesk.export.flat.sheet import FlatOptions, Sheet
from packdesk.export.press.options import PressOptions
from packdesk.export.proof.facts import Known, sections
from packdesk.export.proof.page import Proof, write_proof
from packdesk.export.proof.words import Words

if TYPE_CHECKING:
    from pathlib import Path

    from packdesk.domain.dieline.values import Dieline
    from packdesk.export.flat.drawing import Layer

BOX = Dimensions(width=100, height=150, depth=60)
CAN = Dimensions(width=80, height=150, depth=80)
FLUTE = Board("E flute", 1.6, 0.8, 0.8)


class Noting(Words):
    """German, with all that there was no word for."""

    def __init__(self) -> None:
        super().__init__("de")
        self.missing: set[str] = set()

    def __call__(self, words: str, *values: object) -> str:
        if words not in self._known:
            self.missing.add(words)
        return super().__call__(words, *values)


def proof_of(kind: PackageType, size: Dimensions, options: DielineOptions | None = None) -> Proof:
    dieline = make_dieline(kind, size, options)
    lead, other, *_ = PANEL_IDS[kind]
    facts = {lead: PictureFacts(1181, 1772), other: PictureFacts(problem="gone")}
    findings = (
        Finding(Level.ERROR, "coarse", "A picture is coarse.", panel_id=lead),
        *(Finding(Level.WARNING, "w", f"Warning number {number} says so.") for number in range(40)),
        Finding(Level.NOTE, "n", "Only a note."),
    )
    picture = next(iter(strip_sheet().artwork.values()))
    sheet = Sheet(dieline, {lead: picture}, "Box")
    known = Known(dieline, facts, {lead: ("EAN-13 4006381333931",)}, findings, say=str.upper)
    return Proof("Halden Sencha", "0123456789abcdef", "2026-11-28", sheet, known, (picture, picture))


def told(file: Path) -> str:
    document = pypdfium2.PdfDocument(file)
    assert len(document) == 1
    assert [round(side / 72 * 25.4) for side in document[0].get_size()] == [420, 297]
    text: str = document[0].get_textpage().get_text_bounded()
    document.close()
    return " ".join(text.split())


@pytest.mark.parametrize(
    ("kind", "size", "options"),
    [
        ("box", BOX, None),
        ("cylinder", CAN, None),
        ("box", BOX, DielineOptions(DielineStyle.SEAL_END, board=FLUTE, caliper=1.6)),
        ("box", BOX, DielineOptions(DielineStyle.TUCK_SEAL, board=FLUTE, caliper=1.6)),
        ("cylinder", CAN, DielineOptions(DielineStyle.WRAP, board=FLUTE, caliper=1.6)),
        *(("box", BOX, DielineOptions(style)) for style in (*DielineStyle,)[5:-1]),
    ],
)
def test_every_word_is_there_in_german(
    kind: PackageType, size: Dimensions, options: DielineOptions | None, tmp_path: Path
) -> None:
    words = Noting()
    write_proof(proof_of(kind, size, options), tmp_path / "a.pdf", words)
    bare = proof_of(kind, size, options)
    known = replace(bare.known, codes=None, findings=(), pictures={})
    write_proof(replace(bare, known=known, views=()), tmp_path / "b.pdf", words)
    assert words.missing == set()
    text = told(tmp_path / "a.pdf")
    assert ("Freigabebogen".upper() in text, "Unterschrift" in text, "Fassung 0123456789ab" in text) == (
        True,
    ) * 3
    assert "packdesk[codes]" in told(tmp_path / "b.pdf")


def test_no_depth_lies_over_another_and_none_is_just_a_flap(tmp_path: Path) -> None:
    for style in DielineStyle:
        if style is not DielineStyle.WRAP:
            proof = proof_of("box", BOX, DielineOptions(style))
            known = replace(proof.known, findings=())
            labels = {row.label for section in sections(known, Words()) for row in section.rows}
            assert "Flap" not in labels
    write_proof(proof, tmp_path / "a.pdf", Words())


def test_locks_notches_and_nicks_are_told_as_they_are_drawn(tmp_path: Path) -> None:
    tall, flat = BOX, Dimensions(width=100, height=150, depth=7)
    styles = (
        (DielineOptions(lock=Lock.SLIT, notch=True, nicks=8), tall, ("slit lock", "2")),
        (
            DielineOptions(DielineStyle.TUCK_SEAL, lock=Lock.FRICTION, notch=True),
            tall,
            ("friction lock", "1"),
        ),
        (DielineOptions(lock=Lock.SLIT), flat, ("not locked", None)),
        (DielineOptions(DielineStyle.SLEEVE, lock=Lock.SLIT, notch=True), tall, (None, None)),
        (DielineOptions(DielineStyle.MAILER, notch=True), tall, ("not locked", None)),
    )
    for options, size, said in styles:
        proof = proof_of("box", size, options)
        rows = {row.label: row.value for part in sections(proof.known, Words()) for row in part.rows}
        assert (rows.get("Lock"), rows.get("Thumb notch")) == said
        arcs = _notches(proof.sheet.dieline)
        assert rows.get("Thumb notch", "0") == str(arcs)
        assert ("Nicks" in rows) == (options.nicks > 0)
        (legend,) = [
            one for one in draw_sheet(proof.sheet, FlatOptions(legend=True)).layers if one.name == "legend"
        ]
        words = " ".join(text.words for text in legend.texts)
        assert (said[0] or "lock") in words or said[0] in {None, "not locked"}
        assert ("slit lock" in words) == (said[0] == "slit lock")
        assert ("thumb notch" in words) == (said[1] is not None)


def _notches(dieline: Dieline) -> int:
    arcs = (
        curve for path in dieline.of_kind(LineType.CUT) for curve in path.curves if isinstance(curve, Arc)
    )
    return sum(arc.sweep == -180 for arc in arcs)


@pytest.mark.parametrize("sides", [(100, 150, 60), (400, 300, 120), (40, 60, 30)])
@pytest.mark.parametrize("style", [style for style in DielineStyle if style is not DielineStyle.WRAP])
def test_no_depth_lies_over_a_line(
    style: DielineStyle, sides: tuple[float, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    size = Dimensions(**dict(zip(("width", "height", "depth"), sides, strict=True)))
    proof = proof_of("box", size, DielineOptions(style))
    layers: list[Layer] = []
    monkeypatch.setattr(Page, "draw_layer", lambda _, layer: layers.append(layer))
    write_proof(replace(proof, views=()), tmp_path / "a.pdf", Words())
    lines = np.concatenate(
        [
            np.linspace(start, end, 200)
            for layer in layers
            if layer.name in {"cut", "crease"}
            for stroke in layer.strokes
            for start, end in pairwise([*flattened(stroke.path.curves), stroke.path.curves[-1].end])
        ]
    )
    depths = {Words().length(flap.depth) for flap in flaps_of(proof.sheet.dieline)}
    texts = [
        text for layer in layers for text in layer.texts if text.anchor == "middle" and text.words in depths
    ]
    for text in texts:
        half = 0.25 * text.size * len(text.words)
        over = (np.abs(lines[:, 0] - text.x) < half) & (
            np.abs(lines[:, 1] - text.y + text.size / 3) < text.size / 3
        )
        assert not np.any(over), text.words


def test_what_is_printed_is_told_and_on_what(tmp_path: Path) -> None:
    proof = proof_of("box", BOX, DielineOptions(DielineStyle.SLEEVE))
    codes = {"front": ("EAN-13 4006381333931",), "top": ("EAN-13 2112345678900",)}
    areas = (AreaFinish("front", AreaKind.FOIL), AreaFinish("top", AreaKind.WHITE))
    press = PressOptions(tmp_path / "coated.icc", separated=True, ink_limit=280)
    known = replace(proof.known, codes=codes, areas=areas, press=press, findings=())
    write_proof(replace(proof, known=known), tmp_path / "a.pdf", Words())
    text = told(tmp_path / "a.pdf")
    assert "4006381333931" in text
    assert "2112345678900" not in text, "a sleeve has no top"
    assert "For coated.icc, at most 280 % of ink" in text
    assert f"{AREA_STYLES[AreaKind.FOIL].spot}: front" in text
    assert str(AREA_STYLES[AreaKind.WHITE].spot) not in text


def test_what_it_tells(tmp_path: Path) -> None:
    write_proof(proof_of("box", BOX), tmp_path / "a.pdf", Words())
    text = told(tmp_path / "a.pdf")
    for said in (
        "Halden Sencha",
        "Crease to crease 100 × 150 × 60 mm",
        "Dust flap 4 × 37.5 mm",
        "Glue flap 15 mm",
        "1181 × 1772 px, 300 dpi",
        "EAN-13 4006381333931",
        "CutContour",
        "A PICTURE IS COARSE.",
        "more",
        "Approved with changes",
    ):
        assert said in text, said
    assert "note" not in text.lower()


def test_with_a_board_all_three_sizes_are_those_of_the_window(tmp_path: Path) -> None:
    options = DielineOptions(board=FLUTE, caliper=1.6, sized=Sized.INSIDE)
    write_proof(proof_of("box", BOX, options), tmp_path / "a.pdf", Words())
    text, sizes = told(tmp_path / "a.pdf"), sizes_of("box", BOX, options)
    assert "Made for E flute Thickness 1.6 mm" in text
    assert "Inside 100 × 150 × 60 mm" in text
    for label, size in (("Crease to crease", sizes.manufacturing), ("Outside", sizes.outside)):
        assert f"{label} {Words().lengths(*size.as_tuple())}" in text


def test_tabs_are_told_once_and_not_written_around_their_disc(tmp_path: Path) -> None:
    options = DielineOptions(DielineStyle.WRAP, board=FLUTE, caliper=1.6)
    tabs = [flap for flap in flaps_of(make_dieline("cylinder", CAN, options)) if flap.kind == "tab"]
    assert len(tabs) > 8
    write_proof(proof_of("cylinder", CAN, options), tmp_path / "a.pdf", Words())
    text = told(tmp_path / "a.pdf")
    assert text.count(f"Tab {len(tabs)} × {Words().lengths(tabs[0].depth)}") == 1
    assert f" {Words().length(tabs[0].depth)} " * 2 not in text


def test_flaps_are_as_deep_as_they_are_drawn() -> None:
    tiny = flaps_of(make_dieline("box", Dimensions(width=10, height=10, depth=10), DielineOptions()))
    assert {flap.kind: round(flap.depth, 2) for flap in tiny}["glue"] < 15
    (overlap,) = flaps_of(make_dieline("cylinder", CAN, DielineOptions(glue_flap=12)))
    assert overlap.kind == "overlap"
    assert overlap.depth == pytest.approx(12)
