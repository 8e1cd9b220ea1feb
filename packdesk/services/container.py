"""All services of one running packdesk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from packdesk.domain.supplied import Overlay
    from packdesk.services.archive import ArchiveService
    from packdesk.services.bundles import BundleService
    from packdesk.services.designs import DesignService
    from packdesk.services.documents import DocumentService
    from packdesk.services.generation import GenerationService
    from packdesk.services.inside import InsideService
    from packdesk.services.links import LinkService
    from packdesk.services.objects import ObjectService
    from packdesk.services.pictures import PictureService
    from packdesk.services.reviews import ReviewService
    from packdesk.services.shared_state import SharedState
    from packdesk.services.sheets import SheetService
    from packdesk.services.shelf import ShelfService
    from packdesk.services.spending import SpendingService
    from packdesk.services.tidying import TidyService
    from packdesk.services.unfinished import UnfinishedService
    from packdesk.store.kept_appearance import KeptAppearance
    from packdesk.store.kept_file import KeptValue


@dataclass(frozen=True)
class Services:
    """What the window and the command line work with.

    Attributes:
        shared: what stands in the store.
        designs: the design itself.
        generation: artwork from prompts.
        pictures: artwork from files, and reading textures.
        objects: lettering, logos, codes and shapes over it.
        sheets: artwork of whole blanks.
        inside: artwork on the inside of panels.
        links: panels that follow files of this machine.
        unfinished: what interrupted generations have left.
        bundles: designs as files.
        documents: designs as other programs keep them.
        tidying: keeps the library small.
        spending: what pictures have cost.
        archive: every picture ever made or imported.
        appearance: how the design is shown.
        overlay: a supplier's dieline that lies under it.
        reviews: what reviewers say of it.
        shelf: the designs of this machine.
        store_kind: `local` or `shared`.
        store_place: where the design is kept, for people to read.
    """

    shared: SharedState
    designs: DesignService
    generation: GenerationService
    pictures: PictureService
    objects: ObjectService
    sheets: SheetService
    inside: InsideService
    links: LinkService
    unfinished: UnfinishedService
    bundles: BundleService
    documents: DocumentService
    tidying: TidyService
    spending: SpendingService
    archive: ArchiveService
    appearance: KeptAppearance
    overlay: KeptValue[Overlay]
    reviews: ReviewService
    shelf: ShelfService
    store_kind: str
    store_place: str

    async def aclose(self) -> None:
        """Let connections go that belong to the running event loop."""
        await self.generation.aclose()
        await self.objects.aclose()
        await self.archive.aclose()
        await self.tidying.aclose()
        await self.shelf.aclose()
