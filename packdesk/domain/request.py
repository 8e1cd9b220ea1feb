"""One value that holds everything that influences a generated picture."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from packdesk.domain.dimensions import Dimensions, PackageType
from packdesk.domain.pack_words import PackWords
from packdesk.domain.panels import FlatSize, goes_around
from packdesk.domain.units import pixel_size

ReferenceRole = Literal["lead", "neighbour", "user"]
"""`lead`: this design's front or body. `neighbour`: a panel beside. `user`: the user's own picture."""


class Reference(BaseModel):
    """A picture a provider is shown beside the words, so that one design runs over all panels.

    Attributes:
        role: what it is for.
        panel_id: the panel it shows; empty for the user's own picture.
        png: the encoded picture, checked and small.
    """

    model_config = ConfigDict(frozen=True)

    role: ReferenceRole
    panel_id: str = ""
    png: bytes = Field(repr=False)


class EarlierTurn(BaseModel):
    """What was said before about a picture, and what came of it.

    Attributes:
        words: what was asked for.
        png: the answer.
        signature: what its maker gave with it, to be handed back as it is.
    """

    model_config = ConfigDict(frozen=True)

    words: str
    png: bytes = Field(repr=False)
    signature: bytes = Field(repr=False)


class PictureChange(BaseModel):
    """A picture that is there, of which something shall change.

    Attributes:
        present: the picture, checked, in the panel's shape.
        width: in pixels.
        height: in pixels.
        box: left, top, right and bottom of what may change, in pixels.
        brief: the words the picture was made for.
        earlier: the last turn, where its maker can be reminded of it.
    """

    model_config = ConfigDict(frozen=True)

    present: bytes = Field(repr=False)
    width: int
    height: int
    box: tuple[int, int, int, int]
    brief: str = ""
    earlier: EarlierTurn | None = None

    @property
    def whole(self) -> bool:
        """Whether all of it may change."""
        return self.box == (0, 0, self.width, self.height)


Room = tuple[int, int, int, int]
"""An area in millimetres: from the panel's left edge, from its upper edge, across, down."""


class PanelRequest(BaseModel):
    """What a provider is asked for: one panel's artwork at its flat size.

    Without `words` those the prompt says itself stand on it, the rest filled in with sample text. What the
    user letters is laid over `room` afterwards: the picture is calm there, and has no lettering itself.
    """

    model_config = ConfigDict(frozen=True)

    prompt: str
    panel_id: str
    size: FlatSize
    package_type: PackageType
    package_dimensions: Dimensions
    dpi: float = Field(default=300, gt=0, le=1200)
    seed: int = 0
    references: tuple[Reference, ...] = ()
    words: PackWords | None = None
    change: PictureChange | None = None
    room: tuple[Room, ...] = ()

    @property
    def wraps(self) -> bool:
        """Whether the picture's left and right edges meet on the package."""
        return goes_around(self.panel_id)

    def pixel_size(self) -> tuple[int, int]:
        """Width and height of the wanted picture in pixels."""
        return pixel_size(self.size, self.dpi)
