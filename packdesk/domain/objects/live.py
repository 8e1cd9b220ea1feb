"""Lettering as text with its typefaces, for files that hold it so: glyphs where the outlines have them."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from packdesk.domain.text import cut
from packdesk.sentence import Sentence

if TYPE_CHECKING:
    from collections.abc import Mapping

    from packdesk.domain.objects.values import Text

_SHOWN = 40


class LiveGlyph(NamedTuple):
    """A glyph on its baseline.

    Attributes:
        code: what the file calls it by.
        x: of its origin, in millimetres of the text's box.
        y: likewise, downwards.
    """

    code: int
    x: float
    y: float


class LiveSpan(NamedTuple):
    """Glyphs of one typeface, from left to right.

    Attributes:
        font: its name in `LiveLettering.fonts`.
        size: of the letters, in millimetres.
        glyphs: where they stand.
        words: what all of them are read as; empty where each is read as `LiveFont.words` says.
    """

    font: str
    size: float
    glyphs: tuple[LiveGlyph, ...]
    words: str = ""


@dataclass(frozen=True)
class LiveFont:
    """As much of a typeface as a file needs; lengths are thousandths of its size.

    Attributes:
        name: for readers of the file, by the rules of PDF.
        program: a bare CFF table, or a TrueType file.
        is_cff: which of both.
        widths: by code: how far the next letter stands.
        words: by code: what is read.
        box: around all letters: left, bottom, right, top; y upwards.
        ascent: of the letters above the baseline.
        descent: below it, negative.
        cap_height: of capitals.
        slant: degrees anticlockwise from upright.
        lean: how far its upright letters are leant to the right, as a share of their height.
    """

    name: str
    program: bytes = field(repr=False)
    is_cff: bool
    widths: Mapping[int, float] = field(repr=False)
    words: Mapping[int, str] = field(repr=False)
    box: tuple[float, float, float, float]
    ascent: float
    descent: float
    cap_height: float
    slant: float
    lean: float = 0.0


class Outlined(StrEnum):
    """Why a text stays outlines."""

    REFUSED = "refused"
    OTHER = "other"
    LETTERS = "letters"
    UNUSABLE = "unusable"
    SEEN_THROUGH = "seen-through"


@dataclass(frozen=True)
class LiveLettering:
    """Texts as a file can hold them.

    Attributes:
        texts: for each text its spans, or why it stays outlines.
        fonts: of the spans, by names that stand in the file.
    """

    texts: tuple[tuple[LiveSpan, ...] | Outlined, ...] = ()
    fonts: Mapping[str, LiveFont] = field(default_factory=dict)


def why_outlined(text: Text, reason: Outlined) -> Sentence:
    """What is said of a text that stays outlines where live text was asked for."""
    words, family = cut(" ".join((text.name or text.words).split()), _SHOWN), text.family
    if reason is Outlined.REFUSED:
        return Sentence(
            "“{text}” stays outlines: {family} may not be embedded in a file.", text=words, family=family
        )
    if reason is Outlined.OTHER:
        return Sentence(
            "“{text}” stays outlines: {family} on this computer draws other letters, or is not there.",
            text=words,
            family=family,
        )
    if reason is Outlined.LETTERS:
        return Sentence("“{text}” stays outlines: it has letters no typeface here can draw.", text=words)
    if reason is Outlined.SEEN_THROUGH:
        return Sentence("“{text}” stays outlines: it is seen through.", text=words)
    return Sentence(
        "“{text}” stays outlines: {family} cannot be embedded in a file.", text=words, family=family
    )
