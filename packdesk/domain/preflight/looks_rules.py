"""What is looked at in the pixels of each panel's artwork."""

from __future__ import annotations

from typing import TYPE_CHECKING

from packdesk.domain.preflight.findings import Finding, Level
from packdesk.domain.tills import INSIDE_STORES, LEAST_MAGNIFICATION, too_small_for_tills
from packdesk.sentence import Sentence

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from packdesk.domain.preflight.findings import DrawnMarks, PictureFacts, PictureLooks

ENDS_SHARE = 0.02
"""Less of an edge than this is a flaw of the picture, or of how it is cut."""
MOST_THIN_MM = 30.0
"""Thin light lines shorter than this in all are dots and sparkles."""
_WORDS = 40
_EXACT = 0.01


def looks_findings(pictures: Mapping[str, PictureFacts], safe: float) -> Iterator[Finding]:
    """Artwork that ends before the edge, lines that fill in, lettering near a cut or a crease.

    Args:
        pictures: as of `preflight`.
        safe: how far lettering has to stay inside, in millimetres.
    """
    for panel_id, picture in pictures.items():
        if picture.looks is not None and not picture.drawn:
            yield from _on_panel(panel_id, picture.looks)
        if picture.looks is not None:
            yield from _codes(panel_id, picture.looks)
            yield from _finishes(panel_id, picture.looks)
        if picture.marks is not None:
            yield from _in_drawing(panel_id, picture.marks)
    looked = {panel_id: one.looks for panel_id, one in pictures.items() if one.looks is not None}
    if safe:
        yield from _lettering(looked, safe)


def _on_panel(panel_id: str, looks: PictureLooks) -> Iterator[Finding]:
    if ENDS_SHARE < looks.rim < 1 - ENDS_SHARE:
        yield Finding(
            Level.WARNING,
            "short-artwork",
            Sentence(
                "The artwork of the {panel} panel does not reach all of its edge, nor the bleed beyond.",
                panel=panel_id,
            ),
            "Have it fill the panel, or leave the board bare all around.",
            panel_id,
            place=looks.short,
        )
    if looks.thin > MOST_THIN_MM:
        yield Finding(
            Level.WARNING,
            "thin-lines",
            Sentence(
                "Thin light lines or small light lettering on the {panel} panel may fill in: "
                "their ground is dark, of several inks.",
                panel=panel_id,
            ),
            "Make them at least 0.18 mm (half a point) wide, or the ground of one ink.",
            panel_id,
            place=looks.thin_at,
        )


def _codes(panel_id: str, looks: PictureLooks) -> Iterator[Finding]:
    for code in looks.codes:
        if code.share < LEAST_MAGNIFICATION - _EXACT and not code.number.startswith(INSIDE_STORES):
            remedy = "Make it at least 30 mm wide with the white beside it, 22 mm for eight digits."
            sentence = too_small_for_tills(panel_id, code.share)
            yield Finding(Level.WARNING, "small-code", sentence, remedy, panel_id, place=code.place)


def _finishes(panel_id: str, looks: PictureLooks) -> Iterator[Finding]:
    for kind in looks.bare:
        sentence = Sentence(
            "The finish “{finish}” takes nothing of the {panel} panel: its plate is empty there.",
            finish=kind.value,
            panel=panel_id,
        )
        remedy = "Choose a colour its artwork has, a wider tolerance, or take the finish off."
        yield Finding(Level.WARNING, "empty-finish", sentence, remedy, panel_id)


def _in_drawing(panel_id: str, marks: DrawnMarks) -> Iterator[Finding]:
    if marks.linked_at is not None:
        sentence = Sentence(
            "The drawing on the {panel} panel links to a picture that is not in its file: it is left out.",
            panel=panel_id,
        )
        remedy = "Embed the picture in the drawing, and import it again."
        yield Finding(Level.WARNING, "linked-picture", sentence, remedy, panel_id, place=marks.linked_at)
    if marks.lost_at is not None:
        sentence = Sentence(
            "The drawing on the {panel} panel has words that flow in a frame: they are left out.",
            panel=panel_id,
        )
        remedy = "Turn them into plain text or into paths, and import it again."
        yield Finding(Level.WARNING, "lost-words", sentence, remedy, panel_id, place=marks.lost_at)
    if marks.line is not None:
        sentence = Sentence(
            "The drawing on the {panel} panel has a line of {width:.2f} mm: it is too thin to print.",
            panel=panel_id,
            width=marks.line,
        )
        remedy = "Make lines at least 0.1 mm wide, light ones on a dark ground 0.18 mm."
        yield Finding(Level.WARNING, "drawn-hairline", sentence, remedy, panel_id, place=marks.line_at)
    if marks.words is not None:
        sentence = Sentence(
            "The drawing on the {panel} panel has light lettering of {size:.1f} pt: it may fill in.",
            panel=panel_id,
            size=marks.words,
        )
        remedy = "Use at least 5 pt, or dark lettering on a light ground."
        yield Finding(Level.WARNING, "small-negative", sentence, remedy, panel_id, place=marks.words_at)


def _lettering(looked: Mapping[str, PictureLooks], safe: float) -> Iterator[Finding]:
    read = {panel_id: one.lettering for panel_id, one in looked.items() if one.lettering is not None}
    if read:
        told = Sentence("Words in the pictures were looked for, as far as a program can read them.")
        yield Finding(Level.NOTE, "lettering", told)
    for panel_id, found in read.items():
        near = sorted((one for one in found if one.inside < safe), key=lambda one: one.inside)
        if near:
            yield Finding(
                Level.WARNING,
                "near-edge",
                Sentence(
                    "“{words}” on the {panel} panel is {inside:.1f} mm from an edge; {safe:g} mm are safe.",
                    words=near[0].words[:_WORDS],
                    panel=panel_id,
                    inside=max(near[0].inside, 0.0),
                    safe=safe,
                ),
                "Move it inwards: it may be cut or folded.",
                panel_id,
                place=near[0].place,
            )
