"""A design on its way into a review page: what answers are known by is noted, then the page is written."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from packdesk.domain.appearance import Appearance, shown_with_kept
from packdesk.domain.design_name import LONGEST
from packdesk.domain.dieline.build import make_dieline
from packdesk.domain.text import cut
from packdesk.export.review.changes import Earlier
from packdesk.export.review.page import Reviewed, review_page
from packdesk.files import write_output
from packdesk.services.reviews import SeenDesign
from packdesk.store.bundle.files import read_bundle

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from packdesk.export.flat.progress import Listener
    from packdesk.jobs.exporting import ExportOrder
    from packdesk.services.container import Services


async def write_review(
    services: Services, order: ExportOrder, artwork: Mapping[str, bytes], progress: Listener
) -> None:
    """Write a review page; raises as `export_design`.

    Args:
        services: know the design's name, and how it is shown.
        order: what is to be written.
        artwork: checked PNG by panel.
        progress: called in a worker with how many steps of how many are done.
    """
    state = order.state
    kept = await asyncio.to_thread(services.appearance.read) or Appearance()
    shown = kept if order.shown is None else shown_with_kept(order.shown, kept)
    own = await services.shelf.own()
    name = own.name if own is not None else order.target.stem
    earlier = await asyncio.to_thread(_earlier, order.review.before)
    reviewed = Reviewed(
        name,
        make_dieline(state.package_type, state.package_dimensions, order.options.dieline),
        artwork,
        shown.look,
        await services.reviews.issue(name, SeenDesign(state, order.shown)),
        None if own is None else own.id,
        shown.view,
        shown.views,
        "de" if order.review.language == "de" else "en",
        earlier,
        shown.areas,
    )

    def write() -> None:
        write_output(order.target, review_page(reviewed, progress))

    await asyncio.to_thread(write)


def _earlier(file: Path | None) -> Earlier | None:
    if file is None:
        return None
    contents = read_bundle(file)
    artwork = {panel_id: picture.clean.png for panel_id, picture in contents.pictures.items()}
    return Earlier(cut(file.stem, LONGEST), contents.state, artwork)
