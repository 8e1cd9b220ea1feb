"""How a kept picture came to be: a small file beside it in the library, and another if it is a favourite.

The note is `<sha256>.made`, the mark an empty `<sha256>.star`. Whatever lists the pictures can be made
anew from these files. Anybody may put files into a shared folder: what cannot be used counts as absent.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Annotated, Literal, TypedDict, Unpack

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from packdesk.domain.moments import moment

if TYPE_CHECKING:
    from pathlib import Path

    from packdesk.domain.panels import FlatSize

NOTE, STAR, SIGNATURE = "made", "star", "signature"
MAX_SIGNATURE_BYTES = 4 * 2**20
"""Of what a maker gives with a picture; larger ones are not kept."""
LONGEST_WORDS = 4000
_MAX_BYTES = 32 * 1024
_log = logging.getLogger(__name__)

Kind = Literal["answer", "import", "opened", "reference"]
"""`answer`: of a provider. `import`: a file, or what was pasted or dropped. `opened`: with a design.
`reference`: only shown to a provider."""
Cost = Literal["", "free", "low", "medium", "high"]
"""What a provider took for it, as in docs/gemini.md; empty where nobody was asked for it."""

_LONGEST_NAME = 200
_LEAST, _MOST = 0.1, 100_000.0
_Name = Annotated[str, Field(max_length=_LONGEST_NAME)]
_Millimetres = Annotated[float, Field(ge=_LEAST, le=_MOST)]


class _Made(TypedDict, total=False):
    """What is noted of answers only; see `Making`."""

    provider: str
    model: str
    seed: int
    cost: Cost


class Making(BaseModel):
    """What is noted of a picture when it is kept.

    Attributes:
        kind: where it is from.
        words: the prompt, or the name of what was imported.
        at: when, as on the wire (UTC, ISO 8601).
        provider: who made it.
        model: its model, if it has several.
        seed: the variation.
        panel: the panel it was made for.
        size: that panel's width and height in millimetres.
        cost: its cost class.
        maker: which packdesk kept it, as in `Origin`.
    """

    model_config = ConfigDict(frozen=True)

    kind: Kind
    words: str = Field(default="", max_length=LONGEST_WORDS)
    at: str = Field(default="", max_length=40)
    provider: _Name = ""
    model: _Name = ""
    seed: int | None = Field(default=None, ge=-(2**63), lt=2**63)
    panel: _Name = ""
    size: tuple[_Millimetres, _Millimetres] | None = None
    cost: Cost = ""
    maker: str = Field(default="", max_length=64)


def making_of(
    kind: Kind, words: str, at: str, panel: str = "", size: FlatSize | None = None, **made: Unpack[_Made]
) -> Making:
    """A note of whatever is known: what stands in no note, in a design of a stranger, is left out or cut.

    Args:
        kind: see `Making`, as for the rest.
        words: likewise.
        at: likewise.
        panel: likewise.
        size: of the panel.
        made: what is known of an answer besides.
    """
    told = words[:LONGEST_WORDS].encode("utf-8", "replace").decode()
    sides = None if size is None else (size.width, size.height)
    usable = sides if sides and all(_LEAST <= side <= _MOST for side in sides) else None
    return Making(
        kind=kind, words=told, at=at if moment(at) else "", panel=panel[:_LONGEST_NAME], size=usable, **made
    )


def read_making(file: Path) -> Making | None:
    """The note in that file, or None."""
    try:
        if not file.is_file() or file.stat().st_size > _MAX_BYTES:
            return None
        return Making.model_validate_json(file.read_bytes())
    except (OSError, ValidationError) as error:
        _log.info("The note %s cannot be used: %s", file.name, type(error).__name__)
        return None
