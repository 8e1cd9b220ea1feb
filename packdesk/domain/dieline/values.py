"""A dieline as frozen values. Millimetres; x to the right, y downwards; the printed side faces the reader.

The sheet's origin is the upper left corner of the cut outline's bounding box, so that bleed has negative
coordinates.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Literal

from packdesk.domain.dieline.allowances import usual_glue
from packdesk.domain.dieline.board import Board  # noqa: TC001  (pydantic reads the annotations)

if TYPE_CHECKING:
    from packdesk.domain.curves import Path, Point2
    from packdesk.domain.dimensions import Dimensions, PackageType

Rotation = Literal[0, 90, 180, 270]
PanelShape = Literal["rectangle", "disc"]


class LineType(StrEnum):
    """What a line means to those who print, cut and glue."""

    CUT = "cut"
    CREASE = "crease"
    PERFORATION = "perforation"
    BLEED = "bleed"
    SAFE = "safe"
    GLUE = "glue"
    DIMENSION = "dimension"


class LineColours(StrEnum):
    """How lines are told from each other: presets, for the trade has no one convention."""

    PACKDESK = "packdesk"
    MAGENTA_CYAN = "magenta-cyan"
    BLACK = "black"


class DielineStyle(StrEnum):
    """How a package is laid out flat."""

    STRAIGHT_TUCK = "straight-tuck"
    REVERSE_TUCK = "reverse-tuck"
    CROSS = "cross"
    SEAL_END = "seal-end"
    TUCK_SEAL = "tuck-seal"
    HANG_TAB = "hang-tab"
    SNAP_LOCK = "snap-lock"
    AUTO_LOCK = "auto-lock"
    SLEEVE = "sleeve"
    MAILER = "mailer"
    TRAY_LID = "tray-lid"
    WRAP = "wrap"


class Sized(StrEnum):
    """Which size of the package is meant by the one that was typed."""

    CREASE = "crease"
    INSIDE = "inside"
    OUTSIDE = "outside"


class Lock(StrEnum):
    """What keeps a tuck flap from slipping out: nothing, or cuts at both ends of its crease."""

    NONE = "none"
    FRICTION = "friction"
    SLIT = "slit"


class Hand(StrEnum):
    """On which side of the front the glue flap is."""

    LEFT = "left"
    RIGHT = "right"


@dataclass(frozen=True)
class DielineOptions:
    """What shapes a dieline besides the package's sizes, in millimetres.

    Attributes:
        style: of a box; a cylinder is always a wrap.
        caliper: thickness of the board; that of `board` where there is one.
        glue_flap: width of the flap that closes the walls, or of a wrap's overlap; None for what suits the
            board. What it comes to is `glue`.
        tuck: depth of the flaps that are tucked in; None for 15 mm on a nominal blank, and with a board what
            suits the box.
        bleed: how far artwork runs over the trim.
        safe: how far from trim and creases lettering stays.
        perforated: whether the lid carries a line to tear along.
        board: what it is cut from, whose thickness is allowed for; None for a nominal blank.
        sized: which size was typed; a nominal blank knows creases only.
        lock: of the tuck flaps.
        glue_side: where the glue flap is.
        notch: whether the wall a lid is tucked behind has a notch for the thumb.
        flap_art: whether panels' artwork goes on over all of the tuck and dust flaps that hang on them.
        telescope: whether a cylinder's label and top disc are a lid that goes over a tube of bare board.
        nicks: gaps of the knife around each piece, that hold it in the sheet.
        nick_width: of each.
    """

    style: DielineStyle = DielineStyle.STRAIGHT_TUCK
    caliper: float = 0.5
    glue_flap: float | None = None
    tuck: float | None = None
    bleed: float = 3.0
    safe: float = 3.0
    perforated: bool = False
    board: Board | None = None
    sized: Sized = Sized.CREASE
    lock: Lock = Lock.NONE
    glue_side: Hand = Hand.LEFT
    notch: bool = False
    flap_art: bool = False
    telescope: bool = False
    nicks: int = 0
    nick_width: float = 0.4

    def __post_init__(self) -> None:
        """A board has one thickness, and a blank without one only its creases."""
        if self.board is not None:
            object.__setattr__(self, "caliper", self.board.caliper)
        else:
            object.__setattr__(self, "sized", Sized.CREASE)

    @property
    def glue(self) -> float:
        """Width of the glue flap or overlap: the one that was set, else what suits the board."""
        return usual_glue(self.caliper) if self.glue_flap is None else self.glue_flap


@dataclass(frozen=True)
class Line:
    """A path with its meaning."""

    kind: LineType
    path: Path


@dataclass(frozen=True)
class PlacedPanel:
    """Where a panel and its artwork lie on the sheet.

    Attributes:
        panel_id: the panel.
        x: left side of its rectangle on the sheet.
        y: upper side of its rectangle on the sheet.
        width: of the upright panel (for 90 and 270 degrees this runs down the sheet).
        height: of the upright panel.
        rotation: degrees the artwork is turned clockwise about the panel's middle.
        shape: a disc touches all four sides of its rectangle.
        artwork: closed outline of what the artwork covers on the sheet, bleed included. Beyond its picture it
            goes on mirrored, that of a cylinder's body to the sides from its other end.
        picture: width and height its upright picture has on the sheet, about the panel's middle; None where
            it is as large as the panel. A panel of thick board may be smaller than its picture, never larger.
    """

    panel_id: str
    x: float
    y: float
    width: float
    height: float
    rotation: Rotation
    shape: PanelShape
    artwork: Path
    picture: tuple[float, float] | None = None

    @property
    def picture_size(self) -> tuple[float, float]:
        """Width and height of its upright picture on the sheet."""
        return self.picture or (self.width, self.height)

    @property
    def sheet_size(self) -> tuple[float, float]:
        """Width and height of its rectangle as it lies on the sheet."""
        return (self.height, self.width) if self.rotation in {90, 270} else (self.width, self.height)

    @property
    def centre(self) -> Point2:
        """The middle of the panel on the sheet."""
        width, height = self.sheet_size
        return self.x + width / 2, self.y + height / 2

    def point(self, u: float, v: float) -> Point2:
        """Where a place of its picture lies on the sheet: shares of its width and height, from upper left."""
        width, height = self.picture_size
        right, down = (u - 0.5) * width, (v - 0.5) * height
        across, along = {
            0: (right, down),
            90: (-down, right),
            180: (-right, -down),
            270: (down, -right),
        }[self.rotation]
        middle = self.centre
        return middle[0] + across, middle[1] + along

    def contains(self, x: float, y: float) -> bool:
        """Whether a point of the sheet lies on the panel or on its edge."""
        width, height = self.sheet_size
        across, down = (x - self.x) / width, (y - self.y) / height
        if self.shape == "disc":
            return (across - 0.5) ** 2 + (down - 0.5) ** 2 <= 0.25
        return 0 <= across <= 1 and 0 <= down <= 1


@dataclass(frozen=True)
class Measure:
    """A dimension line: the distance from start to end, drawn `offset` to the left of that direction."""

    start: Point2
    end: Point2
    offset: float
    length: float


@dataclass(frozen=True)
class Dieline:
    """The whole blank.

    Attributes:
        package_type: box or cylinder.
        dimensions: the sizes that were asked for; `options.sized` says which they are.
        options: what it was made with.
        width: of the cut outline.
        height: of the cut outline.
        lines: all typed lines except dimensions; cuts that bound the blank come first, as closed paths.
        panels: those that are on the blank, in the package's panel order; a sleeve has no lids.
        measures: the dimension lines.
        manufacturing: the sizes from crease to crease it is laid out with.
    """

    package_type: PackageType
    dimensions: Dimensions
    options: DielineOptions
    width: float
    height: float
    lines: tuple[Line, ...]
    panels: tuple[PlacedPanel, ...]
    measures: tuple[Measure, ...]
    manufacturing: Dimensions

    def of_kind(self, kind: LineType) -> tuple[Path, ...]:
        """The paths of one meaning."""
        return tuple(line.path for line in self.lines if line.kind is kind)

    def panel(self, panel_id: str) -> PlacedPanel:
        """The panel of that name.

        Raises:
            KeyError: no such panel is on the blank.
        """
        for panel in self.panels:
            if panel.panel_id == panel_id:
                return panel
        raise KeyError(panel_id)

    def has(self, panel_id: str) -> bool:
        """Whether a panel is on the blank."""
        return any(panel.panel_id == panel_id for panel in self.panels)

    def panel_at(self, x: float, y: float) -> str | None:
        """The panel at a point of the sheet, None on a flap and beside the blank."""
        return next((panel.panel_id for panel in self.panels if panel.contains(x, y)), None)

    def next_panel(self, panel_id: str, right: int, down: int) -> str | None:
        """The nearest panel in a direction, such as (1, 0) for the right; None at the border.

        Raises:
            KeyError: no such panel is on the blank.
        """
        here = self.panel(panel_id).centre
        found: list[tuple[float, str]] = []
        for panel in self.panels:
            step = panel.centre[0] - here[0], panel.centre[1] - here[1]
            ahead = step[0] * right + step[1] * down
            aside = abs(step[0] * down) + abs(step[1] * right)
            if ahead > 0:
                found.append((ahead + 2 * aside, panel.panel_id))
        return min(found)[1] if found else None
