"""Commands that bring artwork onto panels: generate, generate-all, import."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from packdesk.app.choices import dieline_options
from packdesk.cli.candidates import print_candidates
from packdesk.cli.inside import InsideOption, put_inside
from packdesk.cli.output import JsonOption, ProgressPrinter, print_outcome, print_state, tell
from packdesk.cli.running import run_painting, run_service
from packdesk.cli.spend import tell_cost
from packdesk.domain.dieline.structures import panels_on_blank
from packdesk.domain.order import MOST_CANDIDATES, MOST_SEED, GenerationOrder
from packdesk.domain.pack_words import FIELDS, PackWords, words_in
from packdesk.domain.panels import PANEL_IDS
from packdesk.errors import InvalidInputError
from packdesk.settings import read_settings
from packdesk.textures.incoming import Part

if TYPE_CHECKING:
    from collections.abc import Sequence

    from packdesk.services.batch import GenerationOutcome
    from packdesk.services.candidates import Candidates
    from packdesk.services.container import Services

PanelArgument = Annotated[
    str, typer.Argument(help="front, back, left, right, top, bottom; body on a cylinder")
]
PromptArgument = Annotated[str, typer.Argument(help="What the artwork should show")]
ProviderOption = Annotated[
    Literal["auto", "gemini", "offline"] | None, typer.Option(help="auto takes Gemini where there is a key.")
]
ReferenceOption = Annotated[
    Path | None, typer.Option(help="A picture Gemini is shown, such as a logo or a mock-up.")
]
BrandOption = Annotated[
    str | None, typer.Option(help="The brand on the pack; without it the first quoted name.")
]
ProductOption = Annotated[str | None, typer.Option(help="The product; without it the second quoted name.")]
LineOption = Annotated[str | None, typer.Option(help="A line below it; without it the third quoted name.")]
WeightOption = Annotated[str | None, typer.Option(help="The net weight, such as “250 g”.")]
BarcodeOption = Annotated[
    str | None, typer.Option(help="The number of an EAN-13, checked by its last digit.")
]
SeedOption = Annotated[
    int | None,
    typer.Option(min=0, max=MOST_SEED, help="The variation; the same one paints the same picture."),
]
CandidatesOption = Annotated[
    int,
    typer.Option(
        min=1, max=MOST_CANDIDATES, help="Make that many pictures to choose from; the design stays."
    ),
]
SampleOption = Annotated[
    bool, typer.Option("--sample-text", help="Fill in invented words where none were given.")
]

PageOption = Annotated[int, typer.Option(min=1, help="The page of a PDF document.")]
LayerOption = Annotated[
    list[str] | None,
    typer.Option(help="Show only this layer of a PDF document; may be given several times."),
]


def generate(
    panel: PanelArgument,
    prompt: PromptArgument,
    provider: ProviderOption = None,
    reference: ReferenceOption = None,
    brand: BrandOption = None,
    product: ProductOption = None,
    line: LineOption = None,
    net_weight: WeightOption = None,
    barcode: BarcodeOption = None,
    sample_text: SampleOption = False,
    seed: SeedOption = None,
    candidates: CandidatesOption = 1,
    as_json: JsonOption = False,
) -> None:
    """Make artwork for one panel. Gemini is shown the panels beside it."""
    words = _words(prompt, (brand, product, line, net_weight, barcode), sample=sample_text)
    order = GenerationOrder(prompt, (panel,), reference, words, seed, candidates)
    _generate(order, as_json=as_json, provider=provider)


def generate_all(
    prompt: PromptArgument,
    panels: Annotated[
        list[str] | None, typer.Option("--panel", help="Only this panel; may be given several times.")
    ] = None,
    provider: ProviderOption = None,
    reference: ReferenceOption = None,
    brand: BrandOption = None,
    product: ProductOption = None,
    line: LineOption = None,
    net_weight: WeightOption = None,
    barcode: BarcodeOption = None,
    sample_text: SampleOption = False,
    seed: SeedOption = None,
    candidates: CandidatesOption = 1,
    chosen: Annotated[
        str | None,
        typer.Option(
            "--from", metavar="PICTURE", help="Put this picture on the front and have the rest follow."
        ),
    ] = None,
    parallel: Annotated[int | None, typer.Option(min=1, max=16, help="Panels made at the same time.")] = None,
    all_at_once: Annotated[
        bool, typer.Option("--all-at-once", help="Do not show Gemini the front first: faster, less alike.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Make artwork for all panels and commit it together."""
    words = _words(prompt, (brand, product, line, net_weight, barcode), sample=sample_text)
    if chosen is not None and candidates > 1:
        raise InvalidInputError("--from names the picture already.", "Leave --candidates away.")
    order = GenerationOrder(
        prompt, tuple(panels or ()) or None, reference, words, seed, candidates, chosen or ""
    )
    settings = {"provider": provider, "parallel": parallel, "all_at_once": all_at_once or None}
    _generate(order, as_json=as_json, **settings)


def import_picture(
    panel: PanelArgument,
    file: Annotated[Path, typer.Argument(help="A picture, or a drawing as PDF, AI or SVG")],
    page: PageOption = 1,
    layer: LayerOption = None,
    inside: InsideOption = False,
    as_json: JsonOption = False,
) -> None:
    """Put a picture file on a panel."""
    part = part_of(page, layer)
    if inside:
        put_inside(panel, file, part, as_json=as_json)
        tell_of_pages(file, page)
        return
    done = run_service(lambda services: services.pictures.import_picture(panel, file, part))
    tell_of_pages(file, page)
    print_state(done, as_json=as_json)


def part_of(page: int, layers: list[str] | None) -> Part:
    """What of a PDF document is meant."""
    return Part(page, frozenset(layers) if layers else None)


def tell_of_pages(file: Path, page: int) -> None:
    """Say which page of a document was taken, where it has several and nobody named one."""
    from packdesk.textures.check import picture_data  # noqa: PLC0415  (only what is run is loaded)
    from packdesk.textures.foreign.parts import parts_of  # noqa: PLC0415  (likewise)
    from packdesk.textures.kinds import PDF, kind_of  # noqa: PLC0415  (likewise)

    if page > 1 or kind_of(data := picture_data(file)) != PDF:
        return
    count = parts_of(data).count
    if count > 1:
        tell(f"This is page 1 of {count}: --page says another.")


def _words(prompt: str, said: Sequence[str | None], *, sample: bool) -> PackWords:
    """What options say, and the prompt itself where they say nothing; an empty option stays empty."""
    given = {name: text for name, text in zip(FIELDS, said, strict=True) if text is not None}
    return words_in(prompt).model_copy(update={**given, "sample": sample})


def _generate(order: GenerationOrder, *, as_json: bool, **settings: object) -> None:
    if order.candidates > 1:
        print_candidates(run_painting(partial(_make_candidates, order), **settings), as_json=as_json)
    else:
        print_outcome(run_painting(partial(make_artwork, order), **settings), as_json=as_json)


async def make_artwork(order: GenerationOrder, services: Services) -> GenerationOutcome:
    """Tell what an order costs, and carry it out."""
    order = await _printed(order, services)
    if order.chosen:
        order = replace(order, chosen=(await services.archive.named(order.chosen)).sha256)
    await _begin(order, services)
    outcome = await services.generation.generate(order, ProgressPrinter())
    if order.words is not None and order.change is None and outcome.finished:
        await services.generation.keep_words(order.words)
    return outcome


async def _printed(order: GenerationOrder, services: Services) -> GenerationOrder:
    """The order; for all panels, those that are on the blank."""
    if order.panel_ids is not None:
        return order
    state, shown = await services.designs.get_state(), services.appearance.read()
    style = ((shown and shown.blank) or dieline_options(read_settings())).style
    everything, printed = PANEL_IDS[state.package_type], panels_on_blank(state.package_type, style)
    if len(printed) == len(everything):
        return order
    left_out = ", ".join(name for name in everything if name not in printed)
    tell(f"Not on this blank, so nothing is made for: {left_out}. --panel names panels.")
    return replace(order, panel_ids=tuple(printed))


async def _make_candidates(order: GenerationOrder, services: Services) -> Candidates:
    await _begin(order, services)
    return await services.generation.candidates(order, ProgressPrinter("candidates"))


async def _begin(order: GenerationOrder, services: Services) -> None:
    count, chosen = order.candidates, bool(order.chosen)
    tell_cost(await services.generation.estimate(order.panel_ids, candidates=count, chosen=chosen))
