"""Why something does not follow its file, in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from packdesk.domain.links import SHEET
from packdesk.errors import LinkedFileError
from packdesk.sentence import Sentence

if TYPE_CHECKING:
    from pathlib import Path

    from packdesk.domain.links import Link
    from packdesk.domain.sheet.facts import SheetFacts
    from packdesk.errors import PackdeskError

_DRIVE = "Connect its drive or network folder, find the file again, or unlink it."

_AGAIN = "“packdesk import-sheet --follow” and “packdesk unlink --sheet” do that."


def gone(file: Path) -> LinkedFileError:
    """Why there is no such file. Blocks."""
    if _there(file):
        return LinkedFileError(Sentence("{file} is no file any more. The last picture stays.", file=file))
    if not _there(file.parent):
        return LinkedFileError(
            Sentence("The folder of the linked file {file} is missing. The last picture stays.", file=file),
            _DRIVE,
        )
    return LinkedFileError(Sentence("The linked file {file} is missing. The last picture stays.", file=file))


def silent(file: Path) -> LinkedFileError:
    """Its drive does not answer."""
    return LinkedFileError(
        Sentence("The drive of the linked file {file} does not answer. The last picture stays.", file=file),
        _DRIVE,
    )


def unreadable(file: Path, reason: PackdeskError) -> LinkedFileError:
    """It is no usable picture."""
    return LinkedFileError(
        Sentence(
            "The linked file {file} cannot be shown. The last picture stays. {reason}",
            file=file,
            reason=reason.sentence,
        ),
        "Save it again as a picture packdesk reads, or unlink it.",
    )


def replaced(link: Link) -> LinkedFileError:
    """Somebody put another picture there."""
    if link.target == SHEET:
        return LinkedFileError(
            Sentence(
                "Other artwork was put on all panels: they follow {file} no longer.", file=link.path.name
            ),
            "Put the file on the package again, or unlink it.",
            terminal=_AGAIN,
        )
    return LinkedFileError(
        Sentence(
            "Another picture was put on the panel “{panel}”: it follows {file} no longer.",
            panel=link.target.name,
            file=link.path.name,
        ),
        "Follow the file again, or unlink it.",
    )


def resized(link: Link, facts: SheetFacts) -> LinkedFileError:
    """A newer sheet has another size, and it is not certain where it lies."""
    assert link.sheet is not None, "only sheets have sizes"
    return LinkedFileError(
        Sentence(
            "The sheet {file} is {width:.1f} × {height:.1f} mm now, not {wide:.1f} × {high:.1f} mm, and "
            "where it lies is not certain. The last picture stays.",
            file=link.file,
            width=facts.width,
            height=facts.height,
            wide=link.sheet.width,
            high=link.sheet.height,
        ),
        "Put the file on the package again, or unlink it.",
        terminal=_AGAIN,
    )


def _there(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:
        return False
