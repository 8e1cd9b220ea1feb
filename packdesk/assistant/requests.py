"""What the tools are asked with; their schemas tell it, and what is not of their shape is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import BaseModel, ConfigDict, Field

from packdesk.app.asked import ExportQuery, Length, PackageName, PanelId, PictureQuery, Prompt, Size
from packdesk.domain.order import MOST_SEED
from packdesk.errors import InvalidInputError

if TYPE_CHECKING:
    from packdesk.domain.size_edit import SizeEdit

MAX_PICTURE = 40_000_000
"""Characters of a picture inside a request; the door of all pictures judges what they hold."""
MAX_RENDERED = 2048
_STRICT = ConfigDict(frozen=True, extra="forbid")

Name = Annotated[str, Field(min_length=1, max_length=200)]


class Nothing(BaseModel):
    """No arguments."""

    model_config = _STRICT


class Sizes(BaseModel):
    """Outer sizes in millimetres."""

    model_config = _STRICT

    width: Annotated[Length, Field(description="Of a cylinder its diameter.")]
    height: Length
    depth: Annotated[Length, Field(description="Boxes only.")] | None = None
    package_type: (
        Annotated[
            PackageName, Field(description="Another type clears all artwork; without it the type stays.")
        ]
        | None
    ) = None

    def edit(self, present: PackageName) -> SizeEdit:
        """What they set; raises as `SizeEdit`, and InvalidInputError for a box without a depth."""
        package_type = self.package_type or present
        if self.depth is None and package_type == "box":
            raise InvalidInputError("A box has a depth, too.", "Say width, height and depth.")
        size = Size(width=self.width, height=self.height, depth=self.depth or self.width)
        return size.edit(package_type, switches=self.package_type is not None)


class _Generation(BaseModel):
    model_config = _STRICT

    prompt: Annotated[
        Prompt,
        Field(description="What the artwork shows. Names in quotes are lettered: brand, product, a line."),
    ]
    seed: Annotated[int, Field(strict=True, ge=0, le=MOST_SEED, description="The variation.")] | None = None
    confirm_cost: (
        Annotated[
            float,
            Field(allow_inf_nan=False, description="US dollars as they were told, once the user has agreed."),
        ]
        | None
    ) = None


class OnePanel(_Generation):
    """Artwork for one panel."""

    panel: PanelId


class AllPanels(_Generation):
    """Artwork for all panels, or for those named."""

    panels: Annotated[list[PanelId], Field(min_length=1, max_length=20)] | None = None


class Import(BaseModel):
    """A picture for a panel, from the folder of files or inside the request."""

    model_config = _STRICT

    panel: PanelId
    file: Annotated[Name, Field(description="A picture or drawing in the folder of files.")] | None = None
    data: Annotated[str, Field(max_length=MAX_PICTURE, description="The same, Base64-encoded.")] | None = None


class Render(PictureQuery):
    """A picture of the package; without a word as the design is shown."""

    model_config = _STRICT

    width: int = Field(default=1024, ge=16, le=MAX_RENDERED)
    height: int = Field(default=768, ge=16, le=MAX_RENDERED)


class Export(ExportQuery):
    """A file in the folder of files."""

    model_config = _STRICT

    name: Annotated[
        Name,
        Field(
            description="Its ending says the kind: .pdf, .svg, .dxf, .cf2 or .png of the dieline, .zip of "
            "the panels, .glb (3D), .html (a page to review on), .packdesk (everything)."
        ),
    ]
    replace: bool = False


class Search(BaseModel):
    """Designs of this machine."""

    model_config = _STRICT

    search: Annotated[str, Field(max_length=200, description="Words in the name.")] = ""


class Choice(BaseModel):
    """One of them."""

    model_config = _STRICT

    design: Annotated[Name, Field(description="Its name or ID.")]
