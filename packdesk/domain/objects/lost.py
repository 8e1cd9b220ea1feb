"""Objects another program took off, kept until somebody says what is to become of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict

from packdesk.domain.objects.recipe import Recipe

if TYPE_CHECKING:
    from packdesk.domain.state import PackagingState


class TakenOff(BaseModel):
    """What lay over the panels of a design.

    Attributes:
        began: when the design did.
        panels: the objects, by panel.
    """

    model_config = ConfigDict(frozen=True)

    began: str | None = None
    panels: dict[str, Recipe] = {}

    def of(self, state: PackagingState) -> dict[str, Recipe]:
        """Those of a design's panels; none where it is another one."""
        if self.began != state.created_at:
            return {}
        return {name: recipe for name, recipe in self.panels.items() if name in state.panel_textures}
