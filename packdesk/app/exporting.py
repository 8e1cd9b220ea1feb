"""The current design as a file for others, and a look through it before, without a window."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import subprocess
import tempfile
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from packdesk.app.core import open_services
from packdesk.app.display import some_display
from packdesk.app.examining import blank_of, check_seen, examine
from packdesk.app.interrupting import interruptible
from packdesk.app.launch import own_command
from packdesk.errors import DisplayError, InvalidInputError
from packdesk.export.flat.progress import silent
from packdesk.export.options import ExportFormat, ReviewOptions
from packdesk.export.writing import check_target
from packdesk.files import remove_tree
from packdesk.jobs.exporting import ExportOrder, export_design
from packdesk.stopping import undone_by

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from packdesk.domain.preflight import Finding
    from packdesk.export.flat.progress import Listener
    from packdesk.export.options import ExportOptions
    from packdesk.export.press.options import PressOptions
    from packdesk.jobs.exporting import Exported
    from packdesk.settings import Settings

SOURCE = "en"
PREVIEW_SIZE, PREVIEW_S = "800x600", 120
_log = logging.getLogger(__name__)


def export_to_file(
    settings: Settings,
    target: Path,
    options: ExportOptions,
    said: Mapping[str, Any],
    *,
    force: bool = False,
    before: Path | None = None,
    progress: Listener = silent,
    kind: ExportFormat | None = None,
    say: Callable[[str], str] = str,
) -> Exported:
    """Write the current design; raises as `export_design`. Only a bundle's preview needs a display.

    Args:
        settings: where the design is kept.
        target: the file or folder; its ending says which kind.
        options: how it is made; its blank is shaped as the design's is.
        said: what shapes the blank otherwise, by the names of `DielineOptions`.
        force: whether what is there may be replaced.
        before: a bundle a review page compares the design with.
        progress: told how many steps of how many are done.
        kind: of the file, where its name does not say it.
        say: puts sentences of preflight into the language of a proof sheet.
    """
    kind = check_target(target, force=force, kind=kind)
    _check_before(kind, before)
    with interruptible(), contextlib.ExitStack() as stack, open_services(settings) as services:
        preview = stack.enter_context(_preview()) if kind is ExportFormat.BUNDLE else None
        draws = kind is ExportFormat.PROOF and _has_screen(stack)
        review = ReviewOptions(_language(settings, kind, say), before)
        order = partial(ExportOrder, target=target, preview=preview, review=review, kind=kind, say=say)

        async def export() -> Exported:
            state = await services.designs.get_state()
            made = replace(options, dieline=blank_of(settings, services, state, said))
            check_seen(kind, made, state.package_type, said)
            return await export_design(services, order(state, options=made, draws=draws), progress)

        return asyncio.run(export())


def _check_before(kind: ExportFormat, before: Path | None) -> None:
    if before is not None and kind is not ExportFormat.REVIEW:
        raise InvalidInputError(
            "Only a review page shows an earlier version.", "Use a name that ends in .html, or leave it out."
        )


def _language(settings: Settings, kind: ExportFormat, say: Callable[[str], str]) -> str:
    """The window's, where what is written is put into it."""
    if kind is not ExportFormat.REVIEW and say is str:
        return SOURCE
    from packdesk.app.translations import spoken_language  # noqa: PLC0415  (brings Qt)

    return spoken_language(settings.language)


def _has_screen(stack: contextlib.ExitStack) -> bool:
    """Whether there is a display to draw on, or one can be had until the stack is closed."""
    try:
        stack.enter_context(some_display())
    except DisplayError:
        return False
    return True


def examine_design(
    settings: Settings,
    said: Mapping[str, Any],
    press: PressOptions | None = None,
    *,
    lettering: bool = False,
    live_text: bool = False,
) -> tuple[Finding, ...]:
    """Look through the current design as it would be printed, at the resolution the settings want.

    Args:
        settings: where the design is kept.
        said: as of `export_to_file`.
        press: that it is printed on, if that is known.
        lettering: whether words near a cut are looked for.
        live_text: whether words of objects shall be text in a PDF.

    Raises:
        InvalidInputError: the package is no box, and there are options only a box has; or the profile of the
            press is unusable.
    """
    with open_services(settings) as services:
        return asyncio.run(examine(settings, services, said, press, lettering=lettering, live_text=live_text))


@contextlib.contextmanager
def _preview() -> Iterator[Callable[[], bytes | None]]:
    """Begins to draw the current design as it looks; what is yielded waits for the PNG.

    None where nothing can be drawn: a bundle does without. Drawn by a process of its own, as Qt ends a whole
    program where a display is named but does not answer.
    """
    with tempfile.TemporaryDirectory(prefix="packdesk-") as folder, undone_by(partial(remove_tree, folder)):
        file = Path(folder) / "preview.png"
        command = own_command("render", str(file), "--size", PREVIEW_SIZE)
        try:
            process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603  (ourselves)
        except OSError as error:
            _log.info("There is no preview of the bundle: %s", error)
            yield lambda: None
            return
        with process, undone_by(process.terminate):  # its screen ends with it
            try:
                yield partial(_drawn, process, file)
            finally:
                process.terminate()


def _drawn(process: subprocess.Popen[bytes], file: Path) -> bytes | None:
    try:
        process.wait(PREVIEW_S)
        return file.read_bytes()
    except (OSError, subprocess.TimeoutExpired) as error:
        _log.info("There is no preview of the bundle: %s", error)
        return None
