"""Which pages and layers a PDF document has, and one page of it as a document of its own."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from packdesk.domain.sheet.template import GUIDE_LABEL
from packdesk.domain.text import printable
from packdesk.errors import BadPictureError
from packdesk.textures.foreign.apart import WORD, CrashedError, conversation
from packdesk.textures.foreign.decoding import fault_of
from packdesk.textures.foreign.limits import SECONDS
from packdesk.textures.foreign.parts_worker import LONGEST_NAME, MOST_LAYERS, MOST_TOLD_PAGES, run
from packdesk.textures.incoming import MAX_BYTES

if TYPE_CHECKING:
    from packdesk.textures.foreign.apart import Ending
    from packdesk.textures.incoming import Part

_MOST_TOLD_BYTES = 2**20


@dataclass(frozen=True)
class Parts:
    """What can be chosen of a document.

    Attributes:
        count: of its pages.
        pages: width and height of the first 1,000 in millimetres.
        layers: the name of each layer, and whether it is shown.
    """

    count: int
    pages: tuple[tuple[float, float], ...]
    layers: tuple[tuple[str, bool], ...]

    @property
    def any_choice(self) -> bool:
        """Whether there is anything to choose."""
        return self.count > 1 or len(self.layers) > 1

    def without_guides(self) -> Parts:
        """Without the guide layers of our templates."""
        return replace(self, layers=tuple(one for one in self.layers if not one[0].endswith(GUIDE_LABEL)))


def parts_of(data: bytes) -> Parts:
    """What a PDF document has. Blocks for 5 seconds and the start of a process, at most.

    Raises:
        BadPictureError: it is damaged, locked, or takes too long.
    """
    answer = _asked(data, None, _MOST_TOLD_BYTES)
    try:
        told = json.loads(answer)
        pages = [(float(width), float(height)) for width, height in told["pages"]]
        layers = [(printable(str(name))[:LONGEST_NAME], bool(shown)) for name, shown in told["layers"]]
        return Parts(int(told["count"]), tuple(pages[:MOST_TOLD_PAGES]), tuple(layers[:MOST_LAYERS]))
    except (LookupError, TypeError, ValueError) as error:
        raise fault_of("damaged", "PDF") from error


def page_alone(data: bytes, part: Part, ending: Ending | None = None) -> bytes:
    """One page as a document of its own, with the layers that were chosen; blocks as `parts_of`.

    Raises:
        BadPictureError: there is no such page or layer; else as `parts_of`.
    """
    layers = None if part.layers is None else sorted(part.layers)
    return _asked(data, (part.page, layers), MAX_BYTES, ending)


def _asked(data: bytes, wanted: object, most_bytes: int, ending: Ending | None = None) -> bytes:
    try:
        with conversation(run, "PDF", SECONDS, ending) as pipe:
            pipe.send_bytes(json.dumps(wanted).encode())
            pipe.send_bytes(data)
            answer = pipe.recv_bytes(WORD)
            if answer == b"parts":
                return pipe.recv_bytes(most_bytes)
    except CrashedError as error:
        raise fault_of("large" if error.too_much else "damaged", "PDF") from error
    raise _fault(answer.decode("ascii", "replace"))


def _fault(fault: str) -> BadPictureError:
    if fault == "no page":
        return BadPictureError("The document has no such page.", "Choose one of its pages.")
    if fault == "no layer":
        return BadPictureError("The document has no such layer.", "Choose layers by their exact names.")
    return fault_of(fault, "PDF")
