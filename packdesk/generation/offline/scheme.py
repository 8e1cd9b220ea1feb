"""From colour words to the named colours of one design."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtGui import QColor

from packdesk.generation.offline.palette import (
    BLACK,
    DEFAULT_METAL,
    TONES,
    WHITE,
    Tones,
    contrast,
    mix,
    readable,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

KRAFT_PAPER = "#c39c6d"
KRAFT_LABEL = "#f6ead3"
_PALE_PRINT = ("white", "cream", "ivory")


@dataclass(frozen=True)
class Palette:
    """The colours of one design; every panel uses the same.

    Attributes:
        ground: the panel itself.
        ink: lines and lettering on the ground.
        main, deep, second, soft, accent: the motifs.
        metal: the foil.
        plate: the label, `plate_ink` its lettering, `plate_accent` its small coloured lettering.
        trim: the label's rules.
        dark: the ground is darker than the ink.
    """

    ground: QColor
    ink: QColor
    main: QColor
    deep: QColor
    second: QColor
    soft: QColor
    accent: QColor
    metal: QColor
    plate: QColor
    plate_ink: QColor
    plate_accent: QColor
    trim: QColor
    dark: bool

    @property
    def motifs(self) -> tuple[QColor, QColor, QColor, QColor]:
        """The colours a motif may take, the most important first."""
        return self.main, self.deep, self.second, self.soft

    def with_motifs(self, main: QColor, deep: QColor, second: QColor, soft: QColor) -> Palette:
        """The same design with other motif colours, for a layer that stands back."""
        return replace(self, main=main, deep=deep, second=second, soft=soft)

    def receding(self, share: float) -> Palette:
        """The motifs washed towards the ground."""
        return self.with_motifs(*(mix(colour, self.ground, share) for colour in self.motifs))


def make_palette(
    family: str, hues: Sequence[str], metal: str | None, *, dark: bool, pastel: bool = False
) -> Palette:
    """Build the colours of a design from two or three colour words, the ground's word first."""
    first, second, third = (_tones(word, pastel=pastel) for word in (*hues, hues[-1])[:3])
    foil = QColor(metal or DEFAULT_METAL)
    if family == "kraft":
        return _kraft(hues[0], first, foil)
    if dark:
        return _dark(first, second, third, foil)
    return _light(first, second, third, foil)


def _tones(word: str, *, pastel: bool) -> Tones:
    tones = TONES[word]
    return tones._replace(mid=mix(tones.mid, WHITE, 0.35).name()) if pastel else tones


def _dark(first: Tones, second: Tones, third: Tones, foil: QColor) -> Palette:
    ground = QColor(first.deep)
    return _with_label(
        ground=ground,
        ink=QColor(first.light),
        motifs=(
            QColor(first.mid),
            mix(first.deep, first.mid, 0.45),
            QColor(second.mid),
            mix(first.mid, first.light, 0.45),
        ),
        accent=mix(third.mid, third.light, 0.35) if third == second else QColor(third.mid),
        foil=foil,
        plate=mix(ground, BLACK, 0.12),
        dark=True,
    )


def _light(first: Tones, second: Tones, third: Tones, foil: QColor) -> Palette:
    ground = QColor(first.light)
    return _with_label(
        ground=ground,
        ink=QColor(first.deep),
        motifs=(
            QColor(first.mid),
            QColor(first.deep),
            QColor(second.mid),
            mix(first.mid, first.light, 0.55),
        ),
        accent=mix(third.mid, third.deep, 0.35) if third == second else QColor(third.mid),
        foil=foil,
        plate=mix(ground, WHITE, 0.65),
        dark=False,
    )


def _kraft(word: str, tones: Tones, foil: QColor) -> Palette:
    # Paper soaks ink up: dark inks go darker, only white and its kin print pale.
    ink = QColor(tones.light) if word in _PALE_PRINT else mix(tones.deep, "#2b1d12", 0.25)
    return _with_label(
        ground=QColor(KRAFT_PAPER),
        ink=ink,
        motifs=(ink, ink, ink, ink),
        accent=mix(ink, KRAFT_PAPER, 0.25),
        foil=foil,
        plate=QColor(KRAFT_LABEL),
        dark=False,
    )


def _with_label(
    *,
    ground: QColor,
    ink: QColor,
    motifs: tuple[QColor, QColor, QColor, QColor],
    accent: QColor,
    foil: QColor,
    plate: QColor,
    dark: bool,
) -> Palette:
    main, deep, second, soft = motifs
    plate_ink = readable(ink, plate, 6.0)
    return Palette(
        ground=ground,
        ink=ink,
        main=main,
        deep=deep,
        second=second,
        soft=soft,
        accent=accent,
        metal=foil,
        plate=plate,
        plate_ink=plate_ink,
        plate_accent=readable(foil, plate),
        trim=foil if contrast(foil, plate) > 1.9 else plate_ink,
        dark=dark,
    )
