"""What programs ask for, over HTTP or as an assistant: sizes, artwork, pictures and files, checked."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from packdesk.domain.dimensions import MAX_MM, MIN_MM
from packdesk.domain.look import Finish, Lighting
from packdesk.domain.panels import PANEL_IDS
from packdesk.domain.prompts import MAX_PROMPT, MIN_PROMPT
from packdesk.domain.size_edit import SizeEdit
from packdesk.settings.values import BoxStyle

PANELS = sorted({panel_id for panels in PANEL_IDS.values() for panel_id in panels})

# The limits are told, not checked here: who passes them gets the sentence every door of packdesk has.
Length = Annotated[
    float, Field(strict=True, allow_inf_nan=False, json_schema_extra={"minimum": MIN_MM, "maximum": MAX_MM})
]
Prompt = Annotated[str, Field(json_schema_extra={"minLength": MIN_PROMPT, "maxLength": MAX_PROMPT})]
PanelId = Annotated[str, Field(max_length=200, json_schema_extra={"enum": PANELS})]
PackageName = Literal["box", "cylinder"]
KINDS = {
    "pdf": "application/pdf",
    "svg": "image/svg+xml",
    "dxf": "image/vnd.dxf",
    "cf2": "text/plain",
    "png": "image/png",
    "zip": "application/zip",
    "glb": "model/gltf-binary",
    "html": "text/html; charset=utf-8",
    "packdesk": "application/zip",
}
MAX_SIDE = 4096


class Size(BaseModel):
    """Outer sizes in millimetres; of a cylinder the width is the diameter, whatever the depth."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    width: Length
    height: Length
    depth: Length

    def edit(self, package_type: PackageName, *, switches: bool) -> SizeEdit:
        """The edit that sets them; raises as `SizeEdit`."""
        # A page's slider for the diameter sets the width only.
        depth = self.width if package_type == "cylinder" else self.depth
        return SizeEdit.of(package_type, self.width, self.height, depth, switches=switches)


class PictureQuery(BaseModel):
    """How the package is photographed; without a word as the design is shown."""

    model_config = ConfigDict(extra="ignore")

    width: int = Field(default=1600, ge=16, le=MAX_SIDE)
    height: int = Field(default=1200, ge=16, le=MAX_SIDE)
    view: Annotated[str, Field(pattern=r"^[^\x00-\x1f\x7f]{1,60}$")] | None = None
    finish: Finish | None = None
    light: Lighting | None = None
    background: Annotated[str, Field(pattern=r"^(light|dark|transparent|#[0-9a-fA-F]{6})$")] | None = None
    exposure: Annotated[float, Field(ge=-4, le=4, allow_inf_nan=False)] | None = None
    azimuth: Annotated[float, Field(ge=-360, le=360, allow_inf_nan=False)] | None = None
    elevation: Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)] | None = None
    folded: Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)] | None = None

    def words(self) -> list[str]:
        """The same for a command line, each in one word, so that none is taken for an option."""
        told = self.model_dump(mode="json", exclude_none=True, exclude={"width", "height"})
        return [f"--size={self.width}x{self.height}", *(f"--{name}={value}" for name, value in told.items())]


class ExportQuery(BaseModel):
    """How a file is made; without a word as the design is shown."""

    model_config = ConfigDict(extra="ignore")

    style: BoxStyle | None = None
    bleed: Annotated[float, Field(ge=0, le=10, allow_inf_nan=False)] | None = None
    board: Annotated[str, Field(max_length=200)] | None = None
    sized: Literal["crease", "inside", "outside"] | None = None
    tuck: Annotated[float, Field(ge=0, le=200, allow_inf_nan=False)] | None = None
    lock: Literal["none", "friction", "slit"] | None = None
    glue_side: Literal["left", "right"] | None = None
    notch: bool | None = None
    flap_art: bool | None = None
    telescope: bool | None = None
    nicks: Annotated[int, Field(ge=0, le=100)] | None = None
    nick_width: Annotated[float, Field(ge=0, le=3, allow_inf_nan=False)] | None = None
    marks: bool = False
    legend: bool = False

    def words(self) -> list[str]:
        """The same for a command line."""
        told = {name.replace("_", "-"): getattr(self, name) for name in ExportQuery.model_fields}
        given = {name: value for name, value in told.items() if value is not None}
        return [
            f"--{'' if value else 'no-'}{name}" if isinstance(value, bool) else f"--{name}={value}"
            for name, value in given.items()
        ]
