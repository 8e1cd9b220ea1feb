"""Changes of a picture in words: what is sent, and what of the answer is taken over."""

from __future__ import annotations

import asyncio
import math
from dataclasses import replace
from typing import TYPE_CHECKING

from packdesk.domain.area import on_panel, pixel_box
from packdesk.domain.panels import panel_sizes
from packdesk.domain.request import EarlierTurn, PictureChange
from packdesk.domain.units import dpi_of
from packdesk.errors import InvalidInputError, NotPossibleError
from packdesk.sentence import Sentence
from packdesk.services.placing import beneath, noted
from packdesk.textures.changing import changed_inside, pixels_of
from packdesk.textures.fitting import fit_picture

if TYPE_CHECKING:
    from collections.abc import Sequence

    from packdesk.domain.order import GenerationOrder, PanelChange
    from packdesk.domain.panels import FlatSize
    from packdesk.domain.request import PanelRequest
    from packdesk.domain.state import PackagingState
    from packdesk.textures.check import CleanPicture
    from packdesk.textures.reader import TextureReader


def check_change(state: PackagingState, panel_ids: Sequence[str], order: GenerationOrder) -> None:
    """Whether a change can be carried out on the design; nothing to check where none is asked for.

    Raises:
        NotPossibleError: there is no picture on the panel.
        InvalidInputError: several panels, or a rectangle that is not on the panel.
    """
    if order.change is None:
        return
    if len(panel_ids) != 1:
        raise InvalidInputError("A change is made on one panel at a time.", "Select one panel.")
    (panel_id,) = panel_ids
    if panel_id not in state.panel_textures:
        raise NotPossibleError(
            Sentence("There is no picture on the panel “{panel}”.", panel=panel_id),
            "Generate or import one first.",
        )
    if order.change.area is not None:
        on_panel(
            order.change.area, panel_id, panel_sizes(state.package_type, state.package_dimensions)[panel_id]
        )


class ChangeReader:
    """Reads what a change begins from."""

    def __init__(self, reader: TextureReader) -> None:
        self._reader = reader

    async def with_change(
        self, state: PackagingState, request: PanelRequest, change: PanelChange
    ) -> PanelRequest:
        """The request with the panel's picture as it is shown, at its pixels.

        Raises:
            TextureUnavailableError: the picture cannot be had on this machine.
            BadPictureError: what another program put there is no usable picture.
        """
        return await asyncio.to_thread(self._with_change, state, request, change)

    def _with_change(self, state: PackagingState, request: PanelRequest, change: PanelChange) -> PanelRequest:
        texture, size = state.panel_textures[request.panel_id], request.size
        png = self._beneath(texture.texture_url)
        shown = fit_picture(
            png, size, dpi=max(request.dpi, _own_dpi(png, size)), wraps=request.wraps, fit="crop"
        ).picture
        box = 0, 0, shown.width, shown.height
        if change.area is not None:
            box = pixel_box(on_panel(change.area, request.panel_id, size), size, shown.width, shown.height)
        told = PictureChange(
            present=shown.png,
            width=shown.width,
            height=shown.height,
            box=box,
            brief=texture.prompt,
            earlier=self._earlier(texture.texture_url),
        )
        return request.model_copy(update={"change": told})

    def _beneath(self, url: str) -> bytes:
        """What the panel shows without its objects: they lie over the change as well."""
        laid = noted(self._reader.library, url)
        artwork = beneath(self._reader.library, url) if laid is not None and laid.objects else None
        return artwork or self._reader.read(url)

    def _earlier(self, url: str) -> EarlierTurn | None:
        library = self._reader.library
        origin = library.origin(url)
        signature = library.signature(origin.source) if origin else b""
        if origin is None or not signature or not library.has(origin.source):
            return None
        making = library.making(origin.source)
        words = making.words if making else ""
        return EarlierTurn(words=words, png=library.read(origin.source), signature=signature)


def _own_dpi(png: bytes, size: FlatSize) -> float:
    return math.ceil(dpi_of(*pixels_of(png), size)) + 1


def taken_over(change: PictureChange, answer: CleanPicture) -> CleanPicture:
    """The present picture with the answer where it may change. Blocks."""
    made = changed_inside(change.present, answer.png, change.box)
    return replace(made, signature=answer.signature)


def resolution_of(request: PanelRequest) -> float:
    """Resolution to cut an answer at: of a changed picture every pixel stays."""
    change = request.change
    if change is None:
        return request.dpi
    return max(request.dpi, math.ceil(dpi_of(change.width, change.height, request.size)) + 1)
