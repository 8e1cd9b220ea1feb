"""A design on its way into a file: its pictures are read, then a writer puts them together."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from packdesk.domain.appearance import Appearance
from packdesk.export.flat.progress import silent
from packdesk.export.flat.sheet import NO_SHEETS
from packdesk.export.options import NO_REVIEW_OPTIONS, ExportFormat, export_format
from packdesk.sentence import Sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from packdesk.domain.state import PackagingState
    from packdesk.errors import PackdeskError
    from packdesk.export.flat.progress import Listener
    from packdesk.export.options import ExportOptions, ReviewOptions
    from packdesk.services.container import Services


@dataclass(frozen=True)
class Exported:
    """A file that was written.

    Attributes:
        target: the file.
        missing: why panels are bare in it, by panel.
        outlined: what else is to be told: objects another program took off, why texts stayed outlines where
            live text was asked for, or that there is nothing inside.
    """

    target: Path
    missing: Mapping[str, PackdeskError]
    outlined: tuple[Sentence, ...] = ()


@dataclass(frozen=True)
class ExportOrder:
    """What is to be written.

    Attributes:
        state: the design as it is shown.
        target: the file or folder; its ending says which kind.
        options: how it is made.
        preview: makes a PNG of the package for a bundle, in a worker; None where nothing can be drawn.
        shown: how the design is shown, for a bundle, a review page or a model; None as it is kept.
        review: what a review page says besides; its language is a proof sheet's, too.
        kind: of the file, where its name does not say it.
        say: puts sentences of preflight into that language.
        draws: whether there is a display on which a proof sheet's views are drawn.
    """

    state: PackagingState
    target: Path
    options: ExportOptions
    preview: Callable[[], bytes | None] | None = None
    shown: Appearance | None = None
    review: ReviewOptions = NO_REVIEW_OPTIONS
    kind: ExportFormat | None = None
    say: Callable[[str], str] = str
    draws: bool = True

    @property
    def format(self) -> ExportFormat:
        """The kind of file; raises as `export_format`."""
        return self.kind or export_format(self.target)


async def export_design(services: Services, order: ExportOrder, progress: Listener = silent) -> Exported:
    """Write a design to a file; what is there is replaced.

    Args:
        services: read its pictures.
        order: what is to be written.
        progress: called in a worker with how many steps of how many are done.

    Raises:
        InvalidInputError: there is no such kind of file, or an option is impossible.
        OutputUnwritableError: it cannot be written.
        BadPictureError: artwork cannot be decoded.
        BundleError: the design cannot be held by a bundle, or the earlier version's cannot be read.
        NotPossibleError: what review pages are built from is not installed.
    """
    exported = await _export(services, order, progress)
    off = await services.objects.off.pending(order.state)
    if not off:
        return exported
    told = Sentence("Objects another program took off are not in the file: {panels}.", panels=", ".join(off))
    return replace(exported, outlined=(told, *exported.outlined))


async def _export(services: Services, order: ExportOrder, progress: Listener) -> Exported:
    import asyncio  # noqa: PLC0415  (a window's first frame needs none of these)

    from packdesk.services.collecting import collect_artwork  # noqa: PLC0415

    target, kind = order.target, order.format
    if kind is ExportFormat.BUNDLE:
        preview = await asyncio.to_thread(order.preview) if order.preview else None
        return Exported(target, await services.bundles.save(target, preview, order.state, order.shown))
    artwork = await collect_artwork(order.state, services.pictures)
    outlined: tuple[Sentence, ...] = ()
    if kind is ExportFormat.REVIEW:
        from packdesk.jobs.review_pages import write_review  # noqa: PLC0415  (as above)

        await write_review(services, order, artwork.pictures, progress)
    elif kind is ExportFormat.PROOF:
        from packdesk.jobs.proofs import write_proof_sheet  # noqa: PLC0415  (as above)

        await write_proof_sheet(services, order, artwork, progress)
    else:
        outlined = await _write(services, order, artwork.pictures, progress)
    return Exported(target, artwork.missing, outlined)


async def _write(
    services: Services, order: ExportOrder, artwork: Mapping[str, bytes], progress: Listener
) -> tuple[Sentence, ...]:
    """What the design alone is enough for; returns what is to be told of it."""
    import asyncio  # noqa: PLC0415  (as above)

    from packdesk.export.writing import Besides, write_design  # noqa: PLC0415  (as above)

    kind = order.format
    flat = order.options.flat
    shown = kind.is_flat and flat.artwork and not flat.inside
    whole = await services.sheets.shown(order.state, vector=kind is ExportFormat.PDF) if shown else NO_SHEETS
    paths = shown and kind in {ExportFormat.PDF, ExportFormat.SVG}
    guides = kind is ExportFormat.DXF and not flat.inside
    objects = await services.objects.shown(order.state) if paths or guides else {}
    live = (
        await services.objects.live(order.state)
        if flat.live_text and objects and kind is ExportFormat.PDF
        else None
    )
    objects = live.over(objects) if live else objects
    finished = paths or kind is ExportFormat.GLB
    kept = await asyncio.to_thread(services.appearance.read) if finished else None
    areas = kept.areas if kept else ()
    options = await _as_shown(services, order) if kind.is_model else order.options
    inside = await _inside(services, order)
    besides = Besides(whole, objects, areas, inside)
    write = partial(write_design, order.state, artwork, order.target, options, progress)
    await asyncio.to_thread(partial(write, besides=besides, kind=kind))
    if flat.inside and flat.artwork and kind.has_artwork and not inside:
        return (Sentence("There is no artwork on the inside of any panel: the file shows lines alone."),)
    return live.told if live else ()


async def _inside(services: Services, order: ExportOrder) -> Mapping[str, bytes]:
    """The inside's pictures, for the files that show them."""
    from packdesk.domain.dieline.build import make_dieline  # noqa: PLC0415  (as above)

    kind, options, state = order.format, order.options, order.state
    second = kind is ExportFormat.PDF and options.flat.artwork
    thick = kind.is_model and options.model.flaps
    if not (options.flat.inside or second or thick):
        return {}
    dieline = make_dieline(state.package_type, state.package_dimensions, options.dieline)
    return (await services.inside.shown(state, dieline)).pictures


async def _as_shown(services: Services, order: ExportOrder) -> ExportOptions:
    """What a model shows, where nothing is said of it: finish and folding as the design is shown."""
    import asyncio  # noqa: PLC0415  (as above)

    asked = order.options.model
    shown = order.shown or await asyncio.to_thread(services.appearance.read) or Appearance()
    look = asked.look or shown.look
    folded = shown.view.folded if asked.folded is None and shown.view else asked.folded
    return replace(order.options, model=replace(asked, look=look, folded=folded))
