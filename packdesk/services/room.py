"""Where lettering will lie over a picture that is asked for: it stays calm there. Blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from packdesk.domain.objects.anchoring import laid_on
from packdesk.domain.objects.reach import room_of
from packdesk.domain.objects.values import Shape
from packdesk.errors import BadRecipeError
from packdesk.services.placing import kept_objects

if TYPE_CHECKING:
    from packdesk.domain.objects.gestures import Box
    from packdesk.domain.objects.kept import KeptObjects
    from packdesk.domain.panels import FlatSize
    from packdesk.domain.request import Room
    from packdesk.domain.state import PanelTexture
    from packdesk.textures.library import TextureLibrary

MOST_ROOMS = 8
"""The largest; a painter heeds no more of them."""


def room_left(library: TextureLibrary, texture: PanelTexture | None, size: FlatSize) -> tuple[Room, ...]:
    """Boxes of the objects on a panel, with letters beyond them, whole millimetres within it.

    Shapes have nothing to be read.
    """
    try:
        kept = kept_objects(library, texture)
    except BadRecipeError:  # they do not lie over it, either
        return ()
    return () if kept is None else rooms_of(kept, size)


def rooms_of(kept: KeptObjects, size: FlatSize) -> tuple[Room, ...]:
    """The same of objects that are known."""
    read = [one for one in laid_on(kept.recipe, size).objects if not (one.hidden or isinstance(one, Shape))]
    rooms = [room for one in read if (room := _within(room_of(one, kept), size)) is not None]
    return tuple(sorted(rooms, key=lambda room: -room[2] * room[3])[:MOST_ROOMS])


def _within(box: Box, size: FlatSize) -> Room | None:
    left, top = max(0, round(box[0])), max(0, round(box[1]))
    right, bottom = min(round(size.width), round(box[2])), min(round(size.height), round(box[3]))
    return (left, top, right - left, bottom - top) if right > left and bottom > top else None
