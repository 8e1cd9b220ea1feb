"""What of the user's words a panel does not carry as they were said, in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from packdesk.domain.tills import LEAST_MAGNIFICATION, NOMINAL_MODULE_MM, too_small_for_tills
from packdesk.generation.offline.lettering import settable
from packdesk.generation.offline.style import drawable
from packdesk.sentence import Sentence

if TYPE_CHECKING:
    from packdesk.generation.offline.canvas import Canvas
    from packdesk.generation.offline.style import Style

LEAST_MM = 0.9
"""Capitals lower than this, about 3.6 points of type, are hard to print and to read."""
LETTERED = ("brand", "product", "line", "net_weight")


def tell_words(canvas: Canvas, style: Style) -> None:
    """Note which of the user's words cannot be set, miss on the panel that carries all, or are too small."""
    for name in LETTERED:
        text = getattr(style.given, name)
        if text:
            canvas.notes += _told(text, canvas.lettering.get(name), canvas)


def _told(text: str, height: float | None, canvas: Canvas) -> list[str]:
    panel, plain = canvas.panel_id, drawable(text)
    notes: list[str] = [
        Sentence("“{text}” cannot be set in the fonts here and was left out.", text=word)
        for word in plain.split()
        if not settable(word)
    ]
    if not drawable(text, settable):
        return notes or [Sentence("“{text}” is not on the {panel} panel.", text=text, panel=panel)]
    if height is None:
        missing = Sentence("“{text}” is not on the {panel} panel.", text=text, panel=panel)
        return [*notes, missing] if canvas.whole else notes
    if plain != " ".join(text.split()):
        notes.append(
            Sentence(
                "“{text}” stands on the {panel} panel without the characters no font has.",
                text=text,
                panel=panel,
            )
        )
    if height < LEAST_MM:
        notes.append(
            Sentence(
                "“{text}” is only {height:.1f} mm high on the {panel} panel.",
                text=text,
                height=height,
                panel=panel,
            )
        )
    return notes


def tell_barcode(canvas: Canvas, style: Style, module_mm: float) -> None:
    """Note that the bars of the user's number became too narrow to be read at a till."""
    share = module_mm / NOMINAL_MODULE_MM
    if style.given.barcode and share < LEAST_MAGNIFICATION:
        canvas.notes.append(too_small_for_tills(canvas.panel_id, share))


def is_loss(note: Sentence) -> bool:
    """Whether words are missing or not as they were said, which no size tells."""
    return not {"height", "percent"} & set(note.values)
