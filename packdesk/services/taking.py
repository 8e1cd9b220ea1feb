"""A picture that comes in, checked and kept, to be laid on a panel. Blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from packdesk.domain.prompts import imported_note
from packdesk.domain.state import utc_text
from packdesk.services.placing import keep, kept
from packdesk.textures.incoming_reading import read_incoming
from packdesk.textures.notes import making_of

if TYPE_CHECKING:
    from packdesk.domain.panels import FlatSize
    from packdesk.services.placing import LaidPicture
    from packdesk.textures.holds import Hold
    from packdesk.textures.incoming import IncomingPicture
    from packdesk.textures.reader import TextureReader


def taken(
    reader: TextureReader, picture: IncomingPicture, panel_id: str, size: FlatSize, hold: Hold
) -> LaidPicture:
    """A picture that comes in, kept in the library; it will cover its panel, and never go on mirrored.

    Args:
        reader: asks addresses; has the library.
        picture: what comes in, or one that is kept already.
        panel_id: the panel it is for.
        size: of that panel.
        hold: keeps it from being deleted until a design names it.

    Raises:
        BadPictureError: it is no usable picture.
        TextureUnavailableError: its address is not answered, or must not be asked; or it has gone.
        LibraryUnwritableError: it cannot be kept.
    """
    if picture.kept:
        return kept(reader.library, picture.kept, panel_id, hold)
    note = making_of("import", imported_note(picture.name), utc_text(), panel_id, size)
    return keep(reader.library, read_incoming(picture, reader, size), note, hold, fit="crop")
