"""What the objects of a panel draw, from the bottom to the top."""

from __future__ import annotations

from typing import TYPE_CHECKING

from packdesk.domain.affine import Affine
from packdesk.domain.objects.drawn import DrawnObject, InkedPath, PlacedPicture, shape_parts
from packdesk.domain.objects.lettering import lettering_key
from packdesk.domain.objects.values import Barcode, PictureObject, Shape
from packdesk.domain.text import cut, printable
from packdesk.textures.objects.bars import drawn_code

if TYPE_CHECKING:
    from collections.abc import Callable

    from packdesk.domain.objects.kept import KeptObjects
    from packdesk.domain.objects.values import PanelObject

_LONGEST_LABEL = 200


def drawn_objects(
    kept: KeptObjects, shape_of: Callable[[str], tuple[float, float] | None]
) -> tuple[DrawnObject, ...]:
    """What is drawn of a panel's objects; hidden ones are left out.

    Args:
        kept: the objects with their lettering.
        shape_of: width and height, in any unit, of a library picture; None where it has gone.
    """
    return tuple(
        DrawnObject(
            one.id,
            one.kind,
            label_of(one),
            one.place,
            one.opacity,
            _parts(one, kept, shape_of),
            (one.width, one.height),
            bool(one.of),
        )
        for one in kept.recipe.objects
        if not one.hidden
    )


def label_of(one: PanelObject) -> str:
    """What an object is called where nobody named it."""
    told = one.name or getattr(one, "words", "") or getattr(one, "value", "") or one.id
    return cut(" ".join(printable(told).split()), _LONGEST_LABEL)


def _parts(
    one: PanelObject, kept: KeptObjects, shape_of: Callable[[str], tuple[float, float] | None]
) -> tuple[InkedPath | PlacedPicture, ...]:
    if isinstance(one, Shape):
        return shape_parts(one)
    if isinstance(one, Barcode):
        return drawn_code(one).parts(one)
    if isinstance(one, PictureObject):
        shape = shape_of(one.picture)
        return () if shape is None else (PlacedPicture(one.picture, _whole(one, shape)),)
    lettering = kept.lettering.get(lettering_key(one))
    return (InkedPath(lettering.outline, one.ink),) if lettering and lettering.outline else ()


def _whole(one: PictureObject, shape: tuple[float, float]) -> Affine:
    """Where a picture lies when all of it is seen in the middle of its box."""
    scale = min(one.width / shape[0], one.height / shape[1])
    width, height = shape[0] * scale, shape[1] * scale
    return Affine.scaling(width, height).then(
        Affine.shift((one.width - width) / 2, (one.height - height) / 2)
    )
