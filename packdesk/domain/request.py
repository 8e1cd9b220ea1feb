"""One value that holds everything that influences a generated picture."""

from __future__ import annotations

import hashlib

from pydantic import BaseModel, ConfigDict, Field

from packdesk.domain.dimensions import Dimensions, PackageType
from packdesk.domain.panels import FlatSize, goes_around
from packdesk.domain.reference import Reference
from packdesk.domain.units import pixel_size


class PanelRequest(BaseModel):
    """What a provider is asked for: one panel's artwork at its flat size."""

    model_config = ConfigDict(frozen=True)

    prompt: str
    panel_id: str
    size: FlatSize
    package_type: PackageType
    package_dimensions: Dimensions
    dpi: float = Field(default=300, gt=0, le=1200)
    seed: int = 0
    model: str = ""
    references: tuple[Reference, ...] = ()

    @property
    def wraps(self) -> bool:
        """Whether the picture's left and right edges meet on the package."""
        return goes_around(self.panel_id)

    def pixel_size(self) -> tuple[int, int]:
        """Width and height of the wanted picture in pixels."""
        return pixel_size(self.size, self.dpi)

    def digest(self) -> str:
        """SHA-256 of the request in hexadecimal: equal requests, equal names."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()
