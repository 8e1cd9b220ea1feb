"""Every kind of file a design is written to, told apart by the ending of its name, and how it is made."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from packdesk.domain.dieline.values import DielineOptions
from packdesk.errors import InvalidInputError
from packdesk.export.flat.sheet import FlatOptions
from packdesk.sentence import Sentence

if TYPE_CHECKING:
    from pathlib import Path

    from packdesk.domain.look import Look


class ExportFormat(StrEnum):
    """The kinds, by the ending of their names without its dot."""

    PDF = "pdf"
    SVG = "svg"
    DXF = "dxf"
    CF2 = "cf2"
    PNG = "png"
    PANELS = "zip"
    FOLDER = ""
    GLB = "glb"
    OBJ = "obj"
    REVIEW = "html"
    BUNDLE = "packdesk"
    PROOF = "proof.pdf"

    @property
    def is_flat(self) -> bool:
        """Whether it shows the dieline."""
        return self in {ExportFormat.PDF, ExportFormat.SVG, ExportFormat.PNG} or self.is_lines

    @property
    def is_lines(self) -> bool:
        """Whether it holds nothing but lines."""
        return self in {ExportFormat.DXF, ExportFormat.CF2}

    @property
    def has_artwork(self) -> bool:
        """Whether it may show the panels' pictures."""
        return not self.is_lines

    @property
    def keeps_look(self) -> bool:
        """Whether it tells how the design is shown: light, finish, view."""
        return self in {ExportFormat.REVIEW, ExportFormat.BUNDLE, ExportFormat.PROOF}

    @property
    def is_model(self) -> bool:
        """Whether it is the package in 3D."""
        return self in {ExportFormat.GLB, ExportFormat.OBJ}


@dataclass(frozen=True)
class ModelOptions:
    """What a 3D model shows.

    Attributes:
        flaps: whether it is the blank with its flaps, as thick as its board; else the closed outside.
        folded: how far that blank is folded, 1 for closed; None as the design is shown.
        look: whose finish it has; None as the design is shown.
    """

    flaps: bool = False
    folded: float | None = None
    look: Look | None = None


@dataclass(frozen=True)
class ExportOptions:
    """How a file is made, as far as its kind has a say in it.

    Attributes:
        dieline: what shapes the blank.
        flat: what a flat file shows.
        dpi: resolution of a PNG file.
        lines: whether a PNG file shows lines; else there is artwork only.
        model: what a 3D model shows.
        line_table: a file that says by which numbers a die maker knows lines in CF2; None for the usual ones.
    """

    dieline: DielineOptions = field(default_factory=DielineOptions)
    flat: FlatOptions = field(default_factory=FlatOptions)
    dpi: float = 300.0
    lines: bool = True
    model: ModelOptions = field(default_factory=ModelOptions)
    line_table: Path | None = None


@dataclass(frozen=True)
class ReviewOptions:
    """What a review page says besides the design.

    Attributes:
        language: `en` or `de`.
        before: a bundle of the earlier version it is compared with; None for none.
    """

    language: str = "en"
    before: Path | None = None


NO_REVIEW_OPTIONS = ReviewOptions()


def export_format(target: Path) -> ExportFormat:
    """The kind of file a name asks for; without an ending, a folder of panels' pictures.

    Raises:
        InvalidInputError: there is no such kind.
    """
    if target.name.lower() in {f".{kind}" for kind in ExportFormat if kind}:
        raise InvalidInputError(
            Sentence("“{name}” is an ending without a name.", name=target.name),
            Sentence("Write a name before it, as in {example}.", example=f"package{target.name}"),
        )
    if target.name.lower().endswith(f".{ExportFormat.PROOF}"):
        return ExportFormat.PROOF
    endings = ", ".join(f".{kind}" for kind in ExportFormat if kind and kind is not ExportFormat.PROOF)
    try:
        return ExportFormat(target.suffix.lower().removeprefix("."))
    except ValueError:
        raise InvalidInputError(
            Sentence("A design cannot be exported as “{name}”.", name=(target.name or str(target))[:60]),
            Sentence("Use a name that ends in {endings}, or a folder name without a dot.", endings=endings),
        ) from None
