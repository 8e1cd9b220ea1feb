"""What a process is told of one row, as plain JSON on its way to another process or machine."""

from __future__ import annotations

from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field, field_validator

from packdesk.domain.dieline.build import check_option_ranges
from packdesk.domain.dieline.values import DielineOptions, LineColours
from packdesk.domain.ranges.row import RangeRow
from packdesk.errors import InvalidInputError


class OutputKind(StrEnum):
    """What is made of each row."""

    PDF = "pdf"
    PNG = "png"
    GLB = "glb"
    RENDER = "render"
    BUNDLE = "bundle"
    PROOF = "proof"

    @property
    def ending(self) -> str:
        """Of its file's name."""
        return {"render": ".render.png", "bundle": ".packdesk", "proof": ".proof.pdf"}.get(self, f".{self}")

    @property
    def draws(self) -> bool:
        """Whether it shows the package in 3D."""
        return self in {OutputKind.RENDER, OutputKind.PROOF}


class RowOrder(BaseModel):
    """One row to be made.

    Attributes:
        row: what the table says.
        name: of its files, without an ending.
        prompts: what each panel that is painted anew shows, by panel.
        shared: those of them other rows have, too: they are kept for them.
    """

    model_config = ConfigDict(frozen=True)

    row: RangeRow
    name: str
    prompts: dict[str, str] = {}
    shared: tuple[str, ...] = ()


class RangeOptions(BaseModel):
    """How all rows are made, wherever that is.

    Attributes:
        kinds: of files.
        dpi: resolution of artwork and PNG files.
        seed: the variation that is painted.
        picture_size: width and height of pictures in pixels.
        blank: what shapes every blank.
        colours: of lines.
        language: of proof sheets.
    """

    model_config = ConfigDict(frozen=True)

    kinds: tuple[OutputKind, ...] = (OutputKind.PDF,)
    dpi: float = 300.0
    seed: int = 0
    picture_size: tuple[int, int] = (1600, 1200)
    blank: DielineOptions = DielineOptions()
    colours: LineColours = LineColours.PACKDESK
    language: str = Field(default="en", max_length=8)

    @field_validator("blank")
    @classmethod
    def _possible(cls, blank: DielineOptions) -> DielineOptions:
        try:
            check_option_ranges(blank)
        except InvalidInputError as error:
            raise ValueError(str(error)) from error
        return blank

    def file_names(self, name: str) -> dict[OutputKind, str]:
        """What the files of a row of that name are called."""
        return {kind: f"{name}{kind.ending}" for kind in self.kinds}
