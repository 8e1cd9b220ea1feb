"""The current design on a sheet to sign, without a window: in the window's language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication

from packdesk.app.exporting import export_to_file
from packdesk.app.translations import SOURCE_LANGUAGE, spoken_language, use_language
from packdesk.errors import InvalidInputError
from packdesk.export.flat.progress import silent
from packdesk.export.flat.sheet import FlatOptions
from packdesk.export.options import ExportFormat, ExportOptions
from packdesk.sentence import Sentence
from packdesk.ui.spoken import spoken

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from packdesk.export.flat.progress import Listener
    from packdesk.export.press.options import PressOptions
    from packdesk.jobs.exporting import Exported
    from packdesk.settings import Settings


def proof_to_file(
    settings: Settings,
    target: Path,
    said: Mapping[str, Any],
    press: PressOptions | None = None,
    *,
    force: bool,
    progress: Listener = silent,
) -> Exported:
    """Write the proof sheet of the current design; arguments and what it raises as of `export_to_file`.

    A press is told on the sheet, and preflight holds the artwork against it.
    Where there is no display, and none can be had, the sheet has no views of the package.
    """
    if target.suffix.lower() != ".pdf":
        raise InvalidInputError(
            Sentence("A proof sheet cannot be saved as “{name}”.", name=(target.name or str(target))[:60]),
            "End it in .pdf.",
        )
    application = _speaking(settings.language)
    exported = export_to_file(
        settings,
        target,
        ExportOptions(flat=FlatOptions(press=press)),
        said,
        force=force,
        progress=progress,
        kind=ExportFormat.PROOF,
        say=spoken,
    )
    del application  # it keeps the translation
    return exported


def _speaking(wanted: str) -> QCoreApplication | None:
    """What sentences are translated by; None where they stay as they are."""
    if spoken_language(wanted) == SOURCE_LANGUAGE:
        return None
    application = QCoreApplication.instance() or QCoreApplication(["packdesk"])
    use_language(application, wanted)
    return application
