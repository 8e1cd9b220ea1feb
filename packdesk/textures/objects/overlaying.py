"""Objects laid over what a panel shows: its cut becomes another one, whose note names them."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Protocol

from packdesk.domain.objects.anchoring import laid_on
from packdesk.domain.objects.kept import KeptObjects, read_objects
from packdesk.domain.panels import FlatSize
from packdesk.errors import BadRecipeError, PackdeskError
from packdesk.textures.changing import pixels_of
from packdesk.textures.notes import Above
from packdesk.textures.objects.drawing import drawn_objects
from packdesk.textures.objects.flattening import flattened, marked

if TYPE_CHECKING:
    from packdesk.domain.objects.drawn import DrawnObject
    from packdesk.textures.check import CleanPicture
    from packdesk.textures.notes import Origin
    from packdesk.textures.recipes import Cut

_log = logging.getLogger(__name__)


class Shelf(Protocol):
    """Where pictures and objects are read: the library."""

    def read(self, sha256: str) -> bytes:
        """A picture."""
        ...

    def objects(self, name: str) -> bytes:
        """Objects as they are kept; empty where they are not there."""
        ...

    def has_objects(self, name: str) -> bool:
        """Whether there is a file of that name, whatever is in it."""
        ...

    def add_objects(self, packed: bytes) -> str:
        """Keep objects."""
        ...


class ShownPictures:
    """The pictures among objects, each read once. One that has gone is not drawn."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._read: dict[str, bytes] = {}

    def png(self, sha256: str) -> bytes:
        """A picture; empty where it has gone."""
        if sha256 not in self._read:
            try:
                self._read[sha256] = self._shelf.read(sha256)
            except PackdeskError as error:
                _log.warning("A picture on a panel has gone: %s", error.sentence)
                self._read[sha256] = b""
        return self._read[sha256]

    def shape(self, sha256: str) -> tuple[float, float] | None:
        """Its pixels across and down."""
        png = self.png(sha256)
        return pixels_of(png) if png else None


def objects_above(shelf: Shelf, note: Origin | None) -> KeptObjects | None:
    """The objects a note names; None where it names none.

    Raises:
        BadRecipeError: they have gone, are damaged, or of a newer version.
    """
    if note is None or note.objects is None:
        return None
    packed = shelf.objects(note.objects.recipe)
    if not packed and shelf.has_objects(note.objects.recipe):
        raise BadRecipeError("The objects of this panel are damaged.")
    if not packed:
        raise BadRecipeError("The objects of this panel are not on this computer.")
    return read_objects(packed)


def drawn_over(shelf: Shelf, kept: KeptObjects) -> tuple[tuple[DrawnObject, ...], ShownPictures]:
    """What objects draw, and the pictures among it."""
    pictures = ShownPictures(shelf)
    return drawn_objects(kept, pictures.shape), pictures


def covered(shelf: Shelf, cut: Cut, kept: KeptObjects) -> Cut:
    """A cut with objects over it, which are kept; they are laid out for its panel's size. Slow.

    Raises:
        LibraryUnwritableError: the objects cannot be kept.
    """
    if cut.note.panel is None or not kept.recipe.objects:
        return cut
    size = FlatSize(width=cut.note.panel[0], height=cut.note.panel[1])
    laid = kept.model_copy(update={"recipe": laid_on(kept.recipe, size)})
    name = shelf.add_objects(laid.packed())
    above = Above(recipe=name, pictures=laid.pictures)
    picture = marked(_flat(shelf, cut.picture, laid, size, cut.note).png, name)
    return cut._replace(picture=picture, note=cut.note.model_copy(update={"objects": above}))


def covered_again(shelf: Shelf, note: Origin, cut: CleanPicture) -> CleanPicture | None:
    """As `covered`, for a cut that was made again; None where its objects have gone."""
    try:
        kept = objects_above(shelf, note)
    except BadRecipeError as error:
        _log.info("A picture cannot be made again: %s", error.sentence)
        return None
    if kept is None or note.objects is None or note.panel is None:
        return None
    size = FlatSize(width=note.panel[0], height=note.panel[1])
    return marked(_flat(shelf, cut, kept, size, note).png, note.objects.recipe)


def _flat(shelf: Shelf, cut: CleanPicture, kept: KeptObjects, size: FlatSize, note: Origin) -> CleanPicture:
    objects, pictures = drawn_over(shelf, kept)
    return flattened(cut.png, objects, size, pictures.png, note.wanted_dpi or 0)
