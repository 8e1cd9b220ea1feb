"""The shared state, exactly as it stands at the key `packaging:current`.

Fields this version does not know are kept at every depth, and times stay the text they were, so that reading
and writing a document changes nothing but what was meant to change.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, Field, PrivateAttr

from packdesk.domain.dimensions import DEFAULT_DIMENSIONS, Dimensions, Millimetres, PackageType
from packdesk.domain.lenient import StandIn
from packdesk.domain.panels import PANEL_IDS

if TYPE_CHECKING:
    from packdesk.domain.panels import FlatSize


class _WireModel(BaseModel):
    model_config = ConfigDict(frozen=True, extra="allow", strict=True)


class PrintedSize(_WireModel):
    """The flat size a texture was made for, in millimetres. Other programs may leave it empty."""

    width: Millimetres | None = Field(default=None, exclude_if=lambda value: value is None)
    height: Millimetres | None = Field(default=None, exclude_if=lambda value: value is None)


class PanelTexture(_WireModel):
    """One picture on one panel: where it is, never its bytes."""

    panel_id: str
    texture_url: str
    prompt: str = ""
    generated_at: str | None = None
    dimensions: PrintedSize = PrintedSize()


class PackagingState(_WireModel):
    """The one current design and what is being generated for it."""

    package_type: PackageType
    package_dimensions: Dimensions
    panel_textures: dict[str, PanelTexture] = {}
    in_progress: bool = False
    generating_panel: str | None = None
    generating_panels: list[str] = []
    bulk_generation_in_progress: bool = False
    last_error: str | None = None
    created_at: str | None = None
    updated_at: str | None = None
    _stand_ins: tuple[StandIn, ...] = PrivateAttr(default=())

    @property
    def stand_ins(self) -> tuple[StandIn, ...]:
        """The parts that are shown as something else than what stands in the document."""
        return self._stand_ins

    @property
    def notes(self) -> tuple[str, ...]:
        """A sentence for each kind of such parts."""
        return tuple(dict.fromkeys(one.note for one in self._stand_ins if one.note))

    def standing_in(self, stand_ins: tuple[StandIn, ...]) -> PackagingState:
        """The same state with these parts shown as something else."""
        other = self.model_copy()
        other.__pydantic_private__ = {"_stand_ins": stand_ins}
        return other

    @property
    def generating(self) -> bool:
        """Whether any program is generating for this design."""
        return self.in_progress or self.bulk_generation_in_progress

    def texture_urls(self) -> dict[str, str]:
        """The URL of every picture on a panel the package has, in panel order."""
        # A foreign document may name any number of other panels.
        return {
            panel_id: self.panel_textures[panel_id].texture_url
            for panel_id in PANEL_IDS[self.package_type]
            if panel_id in self.panel_textures
        }

    def panels_in_work(self) -> tuple[str, ...]:
        """The panels being generated, as far as the state tells."""
        single = [self.generating_panel] if self.generating_panel else []
        return tuple(dict.fromkeys([*self.generating_panels, *single])) if self.generating else ()


class GenerationStatus(BaseModel):
    """The light answer for polling: no textures in it."""

    model_config = ConfigDict(frozen=True)

    in_progress: bool
    generating_panel: str | None
    generating_panels: list[str]
    bulk_generation_in_progress: bool
    last_error: str | None
    updated_at: str | None


def status_of(state: PackagingState) -> GenerationStatus:
    """The status part of a state; the one panel other programs name is among the panels, too."""
    return GenerationStatus(
        in_progress=state.generating,
        generating_panel=state.generating_panel,
        generating_panels=list(state.panels_in_work()) or state.generating_panels,
        bulk_generation_in_progress=state.bulk_generation_in_progress,
        last_error=state.last_error,
        updated_at=state.updated_at,
    )


def default_state(package_type: PackageType = "box") -> PackagingState:
    """The design that is shown while the store holds none."""
    return PackagingState(package_type=package_type, package_dimensions=DEFAULT_DIMENSIONS[package_type])


def new_texture(panel_id: str, url: str, prompt: str, size: FlatSize, now: str) -> PanelTexture:
    """A texture entry for a picture made or imported at `now` (UTC, see `utc_text`)."""
    return PanelTexture(
        panel_id=panel_id, texture_url=url, prompt=prompt, generated_at=now, dimensions=printed_size(size)
    )


def printed_size(size: FlatSize) -> PrintedSize:
    """A panel's size as it is written beside its texture: to a thousandth of a millimetre."""
    return PrintedSize(width=round(size.width, 3), height=round(size.height, 3))


def utc_now() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC)


def utc_text(moment: datetime | None = None) -> str:
    """A moment (default: now) as UTC ISO 8601 ending in Z, as the wire wants it."""
    return (moment or utc_now()).astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
