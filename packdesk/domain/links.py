"""Links: parts of a design that follow a file on this machine.

A link is no field of the shared document: other programs know nothing of the files of this machine. What it
follows is named by the file, what it has put into the design by the pictures' names in the library.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from packdesk.domain.affine import Affine
from packdesk.domain.sheet.placement import SheetPiece
from packdesk.domain.sheet.template import TemplateNote
from packdesk.domain.state import utc_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from packdesk.domain.sheet.facts import SheetFacts
    from packdesk.errors import PackdeskError

MOST_LINKS, MOST_WORKS = 32, 100
"""Links of one design; versions of a file that are remembered as the link's own."""
MOST_PAGE, MOST_LAYERS, LONGEST_LAYER = 1_000_000, 200, 120
_SAME_MM, _SAME_SHARE = 0.2, 0.001
_Layer = Annotated[str, Field(max_length=LONGEST_LAYER)]
_Finite = Annotated[float, Field(allow_inf_nan=False)]
_Hash = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]

Stamp = tuple[int, ...]
"""What tells a file from its former self without reading it: size, times in nanoseconds, place on disk."""

TargetKind = Literal["panel", "sheet"]


class LinkTarget(BaseModel):
    """What follows a file.

    Attributes:
        kind: `panel`, or `sheet` for all panels that show a piece of one sheet.
        name: of the panel, as on the wire; empty for a sheet.
    """

    model_config = ConfigDict(frozen=True)

    kind: TargetKind = "panel"
    name: str = Field(default="", max_length=64)


def panel_target(panel_id: str) -> LinkTarget:
    """A panel that follows a file."""
    return LinkTarget(kind="panel", name=panel_id)


SHEET = LinkTarget(kind="sheet")
"""The whole blank follows a file."""


class LinkedPiece(BaseModel):
    """What of a sheet lies on a panel that shows a certain picture.

    Cuts are noted by their pictures, and panels may look alike: of those only the link knows whose is which.

    Attributes:
        shown: the picture's URL; another one is there once somebody has turned it or put it elsewhere.
        place: as of `SheetPiece`.
        width: likewise.
        height: likewise.
        turns: quarter turns to the right.
    """

    model_config = ConfigDict(frozen=True)

    shown: Annotated[str, Field(max_length=2000)]
    place: tuple[_Finite, _Finite, _Finite, _Finite, _Finite, _Finite]
    width: float = Field(gt=0, le=100_000, allow_inf_nan=False)
    height: float = Field(gt=0, le=100_000, allow_inf_nan=False)
    turns: int = Field(default=0, ge=0, le=3)

    @classmethod
    def of(cls, shown: str, piece: SheetPiece, turns: int = 0) -> LinkedPiece:
        """A piece as it is shown now."""
        return cls(
            shown=shown, place=tuple(piece.place), width=piece.width, height=piece.height, turns=turns % 4
        )

    def value(self) -> SheetPiece:
        """As it is used."""
        return SheetPiece(Affine(*self.place), self.width, self.height)


class LinkedSheet(BaseModel):
    """How artwork of a whole blank was laid.

    Attributes:
        width: of the sheet, in millimetres, as its file said.
        height: likewise.
        as_found: whether it lies where it was found; else somebody has put it there.
        blank: what shapes the blank it was laid on.
        pieces: by panel.
    """

    model_config = ConfigDict(frozen=True)

    width: float = Field(gt=0, le=100_000, allow_inf_nan=False)
    height: float = Field(gt=0, le=100_000, allow_inf_nan=False)
    as_found: bool
    blank: TemplateNote
    pieces: Annotated[dict[str, LinkedPiece], Field(max_length=32)] = {}

    def lies_as(self, facts: SheetFacts) -> bool:
        """Whether a newer sheet is as large, but for whole pixels, so that its pieces are where they were.

        Of one whose file does not say how large it is, the proportions count: it was saved with other pixels.
        """
        larger = 1.0 if facts.sized else (facts.width * facts.height / (self.width * self.height)) ** 0.5
        pairs = (facts.width, self.width * larger), (facts.height, self.height * larger)
        return all(abs(one - other) <= max(_SAME_MM, _SAME_SHARE * other) for one, other in pairs)


class Link(BaseModel):
    """One link.

    Attributes:
        target: what follows the file.
        file: its absolute path.
        works: the names (`placing.work_of`) of what it has put there, the newest last.
        digest: SHA-256 of the bytes it has read last; empty where it has to read.
        stamp: of the file it has read last; its second number is when the file was saved (ns since 1970).
        page: of a PDF document, counted from 1.
        layers: the names of its layers that are shown; None for those the document shows by itself.
        sheet: how artwork of the whole blank lies; None for a panel.
        made: another one for each time a target was linked.
    """

    model_config = ConfigDict(frozen=True)

    target: LinkTarget
    file: str = Field(min_length=1, max_length=4096)
    works: tuple[_Hash, ...] = Field(default=(), max_length=MOST_WORKS)
    digest: str = Field(default="", pattern=r"^([0-9a-f]{64})?$")
    stamp: Stamp = Field(default=(), max_length=8)
    page: int = Field(default=1, ge=1, le=MOST_PAGE)
    layers: tuple[_Layer, ...] | None = Field(default=None, max_length=MOST_LAYERS)
    sheet: LinkedSheet | None = None
    made: str = Field(default="", max_length=32)

    @property
    def path(self) -> Path:
        """The file."""
        return Path(self.file)

    @property
    def saved_at(self) -> str:
        """When the file was saved, in seconds since 1970 as UTC (ISO 8601); empty where that is not known."""
        return time_of(self.stamp)

    def panels_in(self, shown: Mapping[str, str]) -> tuple[str, ...]:
        """The panels that follow the file.

        Args:
            shown: the works on the panels, by panel.
        """
        if self.target != SHEET:
            return (self.target.name,)
        return tuple(panel_id for panel_id, work in shown.items() if work in self.works)

    def with_work(self, work: str) -> Link:
        """The link that has put this there, too."""
        others = [one for one in self.works if one != work]
        return self.model_copy(update={"works": tuple([*others, work][-MOST_WORKS:])})


class Links(BaseModel):
    """All links of a design, one for each target."""

    model_config = ConfigDict(frozen=True)

    links: tuple[Link, ...] = Field(default=(), max_length=MOST_LINKS)

    def of(self, target: LinkTarget) -> Link | None:
        """The link of a target."""
        return next((link for link in self.links if link.target == target), None)

    def having(self, link: Link) -> Links:
        """With this one, in the place of another of its target."""
        others = [one for one in self.links if one.target != link.target]
        return Links(links=tuple([*others, link][-MOST_LINKS:]))

    def without(self, *targets: LinkTarget) -> Links:
        """Without the links of these."""
        return Links(links=tuple(one for one in self.links if one.target not in targets))


def carried_links(
    kept: Links, ended: Links, shown: Mapping[str, str], panel_ids: Sequence[str]
) -> tuple[Links, Links]:
    """What becomes of links when somebody here has changed panels.

    A link moves with its picture, ends where another one was put, and is there again when its picture is. One
    of the whole blank ends with its last piece.

    Args:
        kept: the links.
        ended: those that were ended so before.
        shown: the works on the panels, by panel.
        panel_ids: the panels that were changed.

    Returns:
        The links, and those that are ended.
    """
    (after, left), moving = _carried_sheets(kept, ended, shown), []
    for link in (one for one in kept.links if one.target != SHEET):
        panel_id = link.target.name
        rests = panel_id not in shown and panel_id not in panel_ids
        if rests or shown.get(panel_id) in link.works:
            after = after.having(link)
        else:
            moving.append(link)
    for link in (*moving, *(one for one in ended.links if one.target != SHEET)):
        moves = link in moving
        places = panel_ids if moves else [link.target.name]
        at = next((name for name in places if shown.get(name) in link.works), None)
        if at is not None and after.of(panel_target(at)) is None:
            after = after.having(link.model_copy(update={"target": panel_target(at)}))
        elif moves and link.target.name not in shown and after.of(link.target) is None:
            after = after.having(link)
        else:
            left = left.having(link)
    return after, left


def _carried_sheets(kept: Links, ended: Links, shown: Mapping[str, str]) -> tuple[Links, Links]:
    """Of these those of the whole blank, and which of them are ended."""
    after, left = Links(), Links()
    for link in (one for one in (*kept.links, *ended.links) if one.target == SHEET):
        goes_on = bool(link.panels_in(shown)) or (not shown and link in kept.links)
        if goes_on and after.of(SHEET) is None:
            after = after.having(link)
        else:
            left = left.having(link)
    return after, left


LinkState = Literal["followed", "waiting", "missing", "unreadable", "replaced", "resting"]
"""`followed`: what is shown is what the file was when it was read last. `waiting`: a newer one will be shown.
`missing`: the file is not there, or its drive does not answer. `unreadable`: it is no usable picture.
`replaced`: somebody put another picture there. `resting`: nothing is there, or no such panel."""


@dataclass(frozen=True, eq=False)
class LinkView:
    """A link and how it fares; two are equal if they say the same.

    Attributes:
        link: the link.
        state: see `LinkState`.
        error: why it does not follow, where that is known.
        panels: those that follow the file; none where other artwork was put on all panels of a sheet.
    """

    link: Link
    state: LinkState = "followed"
    error: PackdeskError | None = None
    panels: tuple[str, ...] = ()

    def __eq__(self, other: object) -> bool:
        """Errors have no equality of their own."""
        return isinstance(other, LinkView) and self._said() == other._said()

    def __hash__(self) -> int:
        """As `__eq__`."""
        return hash(self._said())

    def fares_as(self, former: LinkView | None) -> bool:
        """Whether the same was said of the same file before; what is noted of the link may be another."""
        if former is None or self.link.file != former.link.file:
            return False
        return replace(self, link=former.link, panels=former.panels) == former

    def _said(self) -> tuple[Link, LinkState, str, tuple[str, ...]]:
        return self.link, self.state, "" if self.error is None else self.error.full_text(), self.panels


def time_of(stamp: Stamp) -> str:
    """When a file of that stamp was saved, as on the wire; empty where that is not known."""
    from datetime import UTC, datetime  # noqa: PLC0415  (seldom asked)

    try:
        return utc_text(datetime.fromtimestamp(stamp[1] / 1e9, UTC)) if len(stamp) > 1 else ""
    except (ValueError, OverflowError, OSError):
        return ""
