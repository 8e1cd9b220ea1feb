"""Options of an export that would change nothing are refused: who writes one expects something of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from packdesk.app.examining import option_of
from packdesk.errors import InvalidInputError
from packdesk.export.options import ExportFormat
from packdesk.sentence import Sentence

if TYPE_CHECKING:
    from collections.abc import Mapping

_DRAWN = frozenset({ExportFormat.PDF, ExportFormat.SVG, ExportFormat.DXF, ExportFormat.PNG})
_MODELS = frozenset({ExportFormat.GLB, ExportFormat.OBJ})
_BLANK = _DRAWN | _MODELS | {ExportFormat.CF2, ExportFormat.PROOF}
_CUT = _DRAWN | {ExportFormat.CF2, ExportFormat.PROOF}
_PRINTED = _DRAWN | _MODELS | {ExportFormat.PROOF}
_KINDS = {
    "--lines": _DRAWN,
    "--marks": _DRAWN,
    "--legend": _DRAWN,
    "--artwork-only": frozenset({ExportFormat.PNG}),
    "--dpi": frozenset({ExportFormat.PNG}),
    "--outlines": frozenset({ExportFormat.SVG}),
    "--live-text": frozenset({ExportFormat.PDF}),
    "--flaps": _MODELS,
    "--folded": _MODELS,
    "--bleed": _PRINTED,
    "--safe": _DRAWN | {ExportFormat.PROOF},
    "--perforated": _CUT,
    "--nicks": _CUT,
    "--nick-width": _CUT,
}
"""The kinds of files that an option shapes."""


def check_options(kind: ExportFormat, said: Mapping[str, Any], **given: object) -> None:
    """Make sure that a kind of file shows what is asked for.

    Args:
        kind: of the file.
        said: of the blank, by the names of `DielineOptions`.
        given: by option, what it was set to; false or None for what was not.

    Raises:
        InvalidInputError: an option has no effect on such a file.
    """
    for name, value in {**given, **dict.fromkeys(said, True)}.items():
        option = option_of(name)
        kinds = _KINDS.get(option, _BLANK)
        if value and kind not in kinds:
            raise InvalidInputError(
                Sentence("{option} changes nothing in such a file.", option=option),
                Sentence(
                    "Leave it out, or write a file that ends in {endings}.",
                    endings=", ".join(sorted(f".{one.value}" for one in kinds)),
                ),
            )
