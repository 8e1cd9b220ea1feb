"""Notes in files beside the library's pictures: how a kept one came to be, and what a cut is made of.

The answer of a provider is kept as it came; what stands on a panel is cut from it. The note of a cut,
`<sha256>.json`, lets another panel size be cut from the same answer, tells how fine the print will be, and is
the recipe by which a cut that was removed is made again. That of a kept picture is `<sha256>.made`, and an
empty `<sha256>.star` marks a favourite. `<sha256>.drawing` is the PDF or SVG file a picture was drawn from.
What lies over a cut, lettering and the like, stands in `<sha256>.objects`, named by what that file contains.
Whatever lists the pictures can be made anew from these files. Anybody may put files into a shared folder:
what cannot be used counts as absent.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Annotated, Literal, TypedDict, TypeVar, Unpack

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from packdesk.domain.affine import Affine
from packdesk.domain.moments import moment
from packdesk.domain.sheet.placement import SheetPiece

if TYPE_CHECKING:
    from pathlib import Path

    from packdesk.domain.panels import FlatSize

NOTE, STAR, SIGNATURE, DRAWING, OBJECTS = "made", "star", "signature", "drawing", "objects"
MAX_SIGNATURE_BYTES = 4 * 2**20
"""Of what a maker gives with a picture; larger ones are not kept."""
LONGEST_WORDS = 4000
_MOST_OF_AN_ORIGIN, _MOST_OF_A_MAKING = 4096, 32 * 1024  # bytes
_LONGEST_NAME = 200
_LEAST, _MOST = 0.1, 100_000.0
_HASH = r"^[0-9a-f]{64}$"
_Hash = Annotated[str, Field(pattern=_HASH)]
MOST_PICTURES = 40
"""On one panel, among its objects: a note with more would not be read."""
_Name = Annotated[str, Field(max_length=_LONGEST_NAME)]
_Number = Annotated[float, Field(ge=-_MOST, le=_MOST, allow_inf_nan=False)]
_Millimetres = Annotated[float, Field(ge=_LEAST, le=_MOST)]
_Note = TypeVar("_Note", bound=BaseModel)
_log = logging.getLogger(__name__)

Fit = Literal["fill", "fit", "crop"]
"""How a picture lies on its panel: `crop` covers the panel, and what does not fit is cropped; `fill` as well,
but where that costs much it goes on mirrored, as a painted answer may; `fit` shows all of it on board."""

Kind = Literal["answer", "import", "opened", "reference"]
"""`answer`: of a provider. `import`: a file, or what was pasted or dropped. `opened`: with a design.
`reference`: only shown to a provider."""
Cost = Literal["", "free", "low", "medium", "high"]
"""What a provider took for it, as in docs/gemini.md; empty where nobody was asked for it."""


class Piece(BaseModel):
    """A panel's piece of a sheet, as of `domain.sheet.placement.SheetPiece`."""

    model_config = ConfigDict(frozen=True)

    place: tuple[_Number, _Number, _Number, _Number, _Number, _Number]
    width: _Millimetres
    height: _Millimetres

    @classmethod
    def of(cls, piece: SheetPiece) -> Piece:
        """As it is noted."""
        return cls(place=tuple(piece.place), width=piece.width, height=piece.height)

    def value(self) -> SheetPiece:
        """As it is used."""
        return SheetPiece(Affine(*self.place), self.width, self.height)


class Above(BaseModel):
    """Objects that lie over a cut.

    Attributes:
        recipe: SHA-256 of the file that has them.
        pictures: SHA-256 of the library pictures they show.
    """

    model_config = ConfigDict(frozen=True)

    recipe: str = Field(pattern=_HASH)
    pictures: Annotated[tuple[_Hash, ...], Field(max_length=MOST_PICTURES)] = ()


class Origin(BaseModel):
    """What is noted of a fitted picture.

    Attributes:
        source: SHA-256 of the picture it was cut from.
        dpi: source pixels per inch of the panel, in the worse direction.
        wraps: whether its left and right edges meet.
        turns: quarter turns to the right the source was given before it was cut.
        fit: how it lies on the panel.
        panel: width and height of the panel in millimetres; None in notes of older versions, whose cuts
            cannot be made again.
        wanted_dpi: the resolution that was asked for; likewise.
        maker: which packdesk made the cut; empty where nobody noted it.
        kept: whether the very same picture came as an answer or import, too, and so stays.
        piece: what of the source lies on the panel, where that is artwork of a whole blank.
        objects: what lies over the cut; None for nothing.
        now: SHA-256 of what the same recipe gave when this cut had gone and the encoder made other bytes.
    """

    model_config = ConfigDict(frozen=True)

    source: str = Field(pattern=_HASH)
    dpi: float = Field(gt=0, le=1_000_000, allow_inf_nan=False)
    wraps: bool = False
    turns: int = Field(default=0, ge=0, le=3)  # notes of older versions have neither this nor what follows
    fit: Fit = "fill"
    panel: tuple[_Millimetres, _Millimetres] | None = None
    wanted_dpi: float | None = Field(default=None, ge=1, le=100_000)
    maker: str = Field(default="", max_length=64)
    kept: bool = False
    piece: Piece | None = None
    objects: Above | None = None
    now: str | None = Field(default=None, pattern=_HASH)

    @property
    def needs(self) -> tuple[str, ...]:
        """The pictures it is made of."""
        return (self.source, *(self.objects.pictures if self.objects else ()))

    def same_cut(self, other: Origin | None) -> bool:
        """Whether both describe the same cut, whoever made it."""
        unmarked = {"maker": "", "kept": False, "now": None}
        return other is not None and self.model_copy(update=unmarked) == other.model_copy(update=unmarked)


class _Made(TypedDict, total=False):
    """What is noted of answers only; see `Making`."""

    provider: str
    model: str
    seed: int
    cost: Cost


class Making(BaseModel):
    """What is noted of a picture when it is kept.

    Attributes:
        kind: where it is from.
        words: the prompt, or the name of what was imported.
        at: when, as on the wire (UTC, ISO 8601).
        provider: who made it.
        model: its model, if it has several.
        seed: the variation.
        panel: the panel it was made for.
        size: that panel's width and height in millimetres.
        cost: its cost class.
        maker: which packdesk kept it, as in `Origin`.
        came_in: the name of the colours its file had; empty for sRGB, and in notes of older versions.
        drawn_from: SHA-256 of the picture that was drawn first, where the same drawing was drawn anew for a
            larger panel; None for that one, and for all that was not drawn.
    """

    model_config = ConfigDict(frozen=True)

    kind: Kind
    words: str = Field(default="", max_length=LONGEST_WORDS)
    at: str = Field(default="", max_length=40)
    provider: _Name = ""
    model: _Name = ""
    seed: int | None = Field(default=None, ge=-(2**63), lt=2**63)
    panel: _Name = ""
    size: tuple[_Millimetres, _Millimetres] | None = None
    cost: Cost = ""
    maker: str = Field(default="", max_length=64)
    came_in: _Name = ""
    drawn_from: str | None = Field(default=None, pattern=_HASH)


def making_of(
    kind: Kind, words: str, at: str, panel: str = "", size: FlatSize | None = None, **made: Unpack[_Made]
) -> Making:
    """A note of whatever is known: what stands in no note, in a design of a stranger, is left out or cut.

    Args:
        kind: see `Making`, as for the rest.
        words: likewise.
        at: likewise.
        panel: likewise.
        size: of the panel.
        made: what is known of an answer besides.
    """
    told = words[:LONGEST_WORDS].encode("utf-8", "replace").decode()
    sides = None if size is None else (size.width, size.height)
    usable = sides if sides and all(_LEAST <= side <= _MOST for side in sides) else None
    return Making(
        kind=kind, words=told, at=at if moment(at) else "", panel=panel[:_LONGEST_NAME], size=usable, **made
    )


def read_origin(file: Path) -> Origin | None:
    """The note of a cut in that file, or None."""
    return _read(file, Origin, _MOST_OF_AN_ORIGIN)


def read_making(file: Path) -> Making | None:
    """The note of a kept picture in that file, or None."""
    return _read(file, Making, _MOST_OF_A_MAKING)


def _read(file: Path, kind: type[_Note], most_bytes: int) -> _Note | None:
    try:
        if not file.is_file() or file.stat().st_size > most_bytes:
            return None
        return kind.model_validate_json(file.read_bytes())
    except (OSError, ValidationError) as error:
        _log.info("The note %s cannot be used: %s", file.name, type(error).__name__)
        return None
