"""The template a designer draws on: its page, its registration marks, and what its file says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from packdesk.domain.dieline.board import Board
from packdesk.domain.dieline.build import make_dieline
from packdesk.domain.dieline.tucks import tuck_depth
from packdesk.domain.dieline.values import DielineOptions, DielineStyle, Hand, Lock, Sized
from packdesk.domain.dimensions import Dimensions, PackageType
from packdesk.errors import PackdeskError

if TYPE_CHECKING:
    from packdesk.domain.curves import Point2
    from packdesk.domain.dieline.values import Dieline

MOST_TEXT = 1000
"""Letters of a note, in whatever file it stands."""
KEY = "packdesk-template"
"""What the note begins with, and its name where a format has names."""
GUIDE = "packdesk-guide"
"""The ids of guide layers begin with it, and their names end in `GUIDE_LABEL`: they are no artwork."""
GUIDE_LABEL = "(packdesk guide)"

MARK_MODULES = 7
"""Side of a mark, in modules: a black ring of one, a white one of one, a black square of three."""
_MODULES_OF_LONGEST, _LEAST_MODULE_MM = 300.0, 1.0
_INSET, _BEYOND = 5.5, 10.5  # modules from the page's edge to a mark's middle, and to the bleed

_ITS_BOARD = "Board of the template"
_Length = Annotated[float, Field(ge=0, le=2000, allow_inf_nan=False)]
_Side = Annotated[float, Field(gt=1, le=20_000, allow_inf_nan=False)]
_Place = Annotated[float, Field(ge=-10_000, le=20_000, allow_inf_nan=False)]


class Page(NamedTuple):
    """An upright rectangle around the blank, in its millimetres."""

    left: float
    top: float
    width: float
    height: float


class TemplateNote(BaseModel):
    """What a template says of itself. It comes back in files of strangers, so it is checked.

    Attributes:
        version: of the note.
        package_type: of the package it was made for.
        size: its width, height and depth in millimetres.
        style: of its blank.
        caliper: as in `DielineOptions`, like the rest.
        glue_flap: likewise.
        tuck: likewise.
        bleed: likewise.
        inside_loss: of its board; with the gain 0 for a nominal blank.
        outside_gain: likewise.
        sized: as in `DielineOptions`.
        glue_side: likewise.
        lock: likewise; of a slit lock lids are shallower.
        page: left, top, width and height of the file's page on the blank.
        design: a hash that names the design it was made for.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    version: Literal[1] = 1
    package_type: PackageType
    size: tuple[_Length, _Length, _Length]
    style: DielineStyle
    caliper: _Length
    glue_flap: _Length
    tuck: _Length
    bleed: _Length
    inside_loss: _Length = 0.0
    outside_gain: _Length = 0.0
    sized: Sized = Sized.CREASE
    glue_side: Hand = Hand.LEFT
    lock: Lock = Lock.NONE
    page: tuple[_Place, _Place, _Side, _Side]
    design: str = Field(default="", max_length=64)

    def text(self) -> str:
        """As it stands in a file."""
        return f"{KEY} {self.model_dump_json()}"

    @classmethod
    def read(cls, text: str) -> TemplateNote | None:
        """The note in a text, None where there is none."""
        _, key, json = text[: 2 * MOST_TEXT].partition(f"{KEY} ")
        try:
            return cls.model_validate_json(json.strip()) if key else None
        except ValidationError:
            return None

    def dieline(self) -> Dieline | None:
        """The blank it was made for; None where there is no such blank."""
        width, height, depth = self.size
        try:
            size = Dimensions(width=width, height=height, depth=depth)
            return make_dieline(self.package_type, size, self._options())
        except (PackdeskError, ValidationError):
            return None

    def _options(self) -> DielineOptions:
        """What shapes that blank.

        Raises:
            InvalidInputError: its board is none.
        """
        thick = self.inside_loss + self.outside_gain > 0
        board = Board(_ITS_BOARD, self.caliper, self.inside_loss, self.outside_gain) if thick else None
        return DielineOptions(
            self.style,
            self.caliper,
            self.glue_flap,
            self.tuck,
            self.bleed,
            board=board,
            sized=self.sized,
            glue_side=self.glue_side,
            lock=self.lock,
        )


def note_of(dieline: Dieline, page: Page, design: str = "") -> TemplateNote:
    """What the template of a blank says of itself."""
    options = dieline.options
    board = options.board
    return TemplateNote(
        package_type=dieline.package_type,
        size=dieline.dimensions.as_tuple(),
        style=options.style,
        caliper=options.caliper,
        glue_flap=options.glue,
        tuck=tuck_depth(dieline.manufacturing, options),
        bleed=options.bleed,
        inside_loss=board.inside_loss if board else 0.0,
        outside_gain=board.outside_gain if board else 0.0,
        sized=options.sized,
        glue_side=options.glue_side,
        lock=options.lock,
        page=tuple(page),
        design=design,
    )


def template_page(dieline: Dieline) -> Page:
    """The page of a blank's template: bleed, and room for the marks around it."""
    beyond = dieline.options.bleed + _BEYOND * module_mm(dieline)
    return Page(-beyond, -beyond, dieline.width + 2 * beyond, dieline.height + 2 * beyond)


def module_mm(dieline: Dieline) -> float:
    """Side of a mark's module: so large that a small copy of the page still shows it."""
    return max(_LEAST_MODULE_MM, max(dieline.width, dieline.height) / _MODULES_OF_LONGEST)


def mark_centres(dieline: Dieline) -> tuple[Point2, Point2, Point2]:
    """The middles of the marks on the blank: upper left, upper right, lower left. No mark is lower right."""
    page, inset = template_page(dieline), _INSET * module_mm(dieline)
    left, top = page.left + inset, page.top + inset
    right, bottom = page.left + page.width - inset, page.top + page.height - inset
    return (left, top), (right, top), (left, bottom)
