"""Bytes of the shared document to state and back, losing nothing in between.

The newer web application has a layout of its own, which is read, never written: `current_package_type` names
the package that is shown; `box_state` and `cylinder_state` each hold `dimensions` and `panel_textures`.
"""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any, NoReturn

from pydantic import ValidationError

from packdesk.domain.dimensions import PACKAGE_TYPES
from packdesk.domain.lenient import StandIn, put_at, readable, value_at
from packdesk.domain.state import PackagingState
from packdesk.errors import ForeignDocumentError, OtherLayoutError
from packdesk.sentence import Sentence

if TYPE_CHECKING:
    from packdesk.domain.dimensions import PackageType

KEPT_APART = "This is the layout of the newer web application: box and cylinder kept apart."


def is_kept_apart(document: dict[str, Any]) -> bool:
    """Whether a document has that layout."""
    return "current_package_type" in document and "package_type" not in document


def put_together(document: dict[str, Any], package_type: PackageType | None = None) -> dict[str, Any]:
    """The document of one package in the layout of `packaging:current`, still unchecked.

    Args:
        document: the whole document.
        package_type: which package; without one, the one that is shown there.
    """
    shown = document.get("current_package_type")
    kind = package_type or (shown if shown in PACKAGE_TYPES else PACKAGE_TYPES[0])
    part = document.get(f"{kind}_state")
    part = part if isinstance(part, dict) else {}
    return {
        "package_type": kind,
        "package_dimensions": part.get("dimensions"),
        "panel_textures": part.get("panel_textures"),
        "created_at": document.get("created_at"),
        "updated_at": document.get("updated_at"),
    }


MAX_DOCUMENT_BYTES = 256 * 2**20
"""Programs that keep `data:` URLs in the state reach tens of megabytes; more is not a design."""


def decode_state(raw: bytes) -> PackagingState:
    """Read a stored document.

    Raises:
        ForeignDocumentError: it is not JSON, not this contract, or beyond all size.
    """
    return state_of(_parsed(raw))


def design_of(raw: bytes) -> PackagingState:
    """Read a design in any layout known; it need not be one that is written back.

    Raises:
        ForeignDocumentError: it has none of them.
    """
    document = _parsed(raw)
    apart = isinstance(document, dict) and is_kept_apart(document)
    return state_of(put_together(document) if apart else document)


def _parsed(raw: bytes) -> Any:
    if len(raw) > MAX_DOCUMENT_BYTES:
        raise ForeignDocumentError(Sentence("The stored design is too large: {size:,} bytes.", size=len(raw)))
    try:
        return json.loads(raw.decode("utf-8"), parse_constant=_refuse, parse_float=_finite)
    except (ValueError, RecursionError) as error:
        raise ForeignDocumentError("The stored design cannot be read: it is not valid JSON.") from error


def state_of(document: object) -> PackagingState:
    """Read a stored document that is parsed already.

    Raises:
        ForeignDocumentError: it is not this contract.
    """
    if not isinstance(document, dict):
        raise ForeignDocumentError("The stored design cannot be read: it is not a JSON object.")
    if is_kept_apart(document):
        raise OtherLayoutError(KEPT_APART)
    try:
        return _decoded(document)
    except ValidationError as error:
        sentence = Sentence("The stored design cannot be read: {reason}.", reason=_first_problem(error))
        raise ForeignDocumentError(sentence) from error
    except (ValueError, RecursionError) as error:
        raise ForeignDocumentError("The stored design cannot be read: it is nested too deeply.") from error


def _decoded(document: dict[str, Any]) -> PackagingState:
    plain, places = readable(document)
    state = PackagingState.model_validate(plain)
    written = state.model_dump(mode="json")
    stand_ins = tuple(
        StandIn(path, value_at(written, path), value_at(document, path), note)
        for path, note in places.items()
    )
    _encoded(written)  # what cannot be written back whole must not be changed
    return state.standing_in(stand_ins) if stand_ins else state


def encode_state(state: PackagingState) -> bytes:
    """Write a state as one line of plain ASCII JSON."""
    document = state.model_dump(mode="json")
    for path, shown, kept, _ in state.stand_ins:
        if value_at(document, path) == shown:  # nobody has changed it
            put_at(document, path, kept)
    return _encoded(document)


def _encoded(document: dict[str, Any]) -> bytes:
    return json.dumps(document, separators=(",", ":"), allow_nan=False).encode("ascii")


def _refuse(name: str) -> NoReturn:
    raise ValueError(name)


def _finite(text: str) -> float:
    number = float(text)
    return number if math.isfinite(number) else _refuse(text)


def _first_problem(error: ValidationError) -> str:
    problem = error.errors()[0]
    place = ".".join(str(part) for part in problem["loc"])
    if problem["type"] == "missing":
        return Sentence("“{place}” is missing", place=place[:80])
    return Sentence("packdesk cannot use what stands at “{place}”", place=place[:80])
