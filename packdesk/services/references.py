"""Which finished pictures a panel's request shows the provider, so that all panels are one design."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from packdesk.domain.panels import LEAD_PANEL, neighbours
from packdesk.domain.request import Reference, ReferenceRole
from packdesk.errors import PackdeskError
from packdesk.textures.fitting import reference_copy

if TYPE_CHECKING:
    from collections.abc import Mapping

    from packdesk.domain.dimensions import PackageType
    from packdesk.domain.state import PanelTexture
    from packdesk.textures.reader import TextureReader

MOST_NEIGHBOURS = 2
_log = logging.getLogger(__name__)


class ReferenceShelf:
    """Reference pictures for the panels of one generation.

    Args:
        reader: reads texture URLs.
        package_type: of the package.
        on_package: what stands on panels this generation does not make anew.
        user_url: library URL of the user's own reference picture, or empty.
    """

    def __init__(
        self,
        reader: TextureReader,
        package_type: PackageType,
        on_package: Mapping[str, PanelTexture],
        user_url: str = "",
    ) -> None:
        self._reader = reader
        self._package_type = package_type
        self._on_package = on_package
        self._user_url = user_url
        self._copies: dict[str, asyncio.Future[bytes | None]] = {}

    async def for_panel(self, panel_id: str, made: Mapping[str, PanelTexture]) -> tuple[Reference, ...]:
        """The user's picture, then the lead panel, or without one the panels beside this one."""
        lead = LEAD_PANEL[self._package_type]
        shown = {**self._on_package, **made}
        wanted: list[tuple[ReferenceRole, str, str]] = [("user", "", self._user_url)]
        if lead in shown and lead != panel_id:
            wanted.append(("lead", lead, shown[lead].texture_url))
        if lead not in made:
            beside = (name for name in neighbours(self._package_type, panel_id) if name in shown)
            near = [name for name in beside if name != lead][:MOST_NEIGHBOURS]
            wanted += [("neighbour", name, shown[name].texture_url) for name in near]
        found = [await self._reference(*one) for one in wanted]
        return tuple(reference for reference in found if reference is not None)

    async def _reference(self, role: ReferenceRole, panel_id: str, url: str) -> Reference | None:
        if not url:
            return None
        if url not in self._copies:  # panels ask side by side, for the same pictures
            self._copies[url] = asyncio.ensure_future(asyncio.to_thread(self._small_copy, url))
        png = await asyncio.shield(self._copies[url])
        if png is None:
            return None
        return Reference(role=role, panel_id=panel_id, png=png)

    def _small_copy(self, url: str) -> bytes | None:
        try:
            return reference_copy(self._reader.read(url))
        except PackdeskError as error:  # one reference less; the panel can still be made
            _log.info("A reference picture is missing: %s", error.sentence)
            return None
