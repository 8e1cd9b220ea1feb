"""Every tool: a table of what is asked and what is done."""

from __future__ import annotations

import asyncio
import base64
import binascii
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from mcp_types import CallToolResult, InputRequiredResult, Tool, ToolAnnotations

from packdesk.app.asked import KINDS
from packdesk.app.examining import examine
from packdesk.assistant import requests
from packdesk.assistant.answers import answer, picture, state_values
from packdesk.domain.order import GenerationOrder
from packdesk.domain.panels import check_panel
from packdesk.domain.preflight import has_errors
from packdesk.domain.text import cut_names
from packdesk.errors import BadPictureError, InvalidInputError
from packdesk.files import write_output
from packdesk.sentence import Sentence

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from mcp.server.context import ServerRequestContext
    from mcp_types import InputResponses
    from pydantic import BaseModel

    from packdesk.assistant.agreement import Agreement
    from packdesk.assistant.desk import Desk
    from packdesk.domain.state import PackagingState
    from packdesk.services.batch import GenerationOutcome, Progress

    Outcome = CallToolResult | InputRequiredResult
    Work = Callable[["Call", Any], Awaitable[Outcome]]

MOST_DESIGNS = 200
MORE = "and {0} more"


@dataclass(frozen=True)
class Call:
    """One call of a tool.

    Attributes:
        desk: what is worked on.
        agreement: to what is paid.
        context: of the protocol.
        responses: what the user was asked on behalf of this call, and has answered.
    """

    desk: Desk
    agreement: Agreement
    context: ServerRequestContext
    responses: InputResponses | None = None


@dataclass(frozen=True)
class ToolEntry:
    """One tool.

    Attributes:
        name: as it is called.
        words: what it does, for the assistant.
        shape: of its arguments.
        work: does it.
        reads: whether it changes nothing.
        destroys: whether something may be lost by it.
        alone: whether it waits until nothing else is done with the design.
    """

    name: str
    words: str
    shape: type[BaseModel]
    work: Work
    reads: bool = False
    destroys: bool = False
    alone: bool = False

    def told(self) -> Tool:
        """The same as a client is told."""
        hints = ToolAnnotations(
            read_only_hint=self.reads, destructive_hint=self.destroys, open_world_hint="generate" in self.name
        )
        schema = self.shape.model_json_schema()
        return Tool(name=self.name, description=self.words, input_schema=schema, annotations=hints)


async def state(call: Call, _asked: requests.Nothing) -> Outcome:
    """The design."""
    return answer(await _shown(call.desk, await call.desk.state()))


async def set_dimensions(call: Call, asked: requests.Sizes) -> Outcome:
    """Set sizes, and cut the artwork anew for them."""
    services = call.desk.services
    present = await services.designs.get_state()
    await services.designs.update_dimensions(asked.edit(present.package_type))
    return answer(await _shown(call.desk, await services.pictures.refit()))


async def generate_panel(call: Call, asked: requests.OnePanel) -> Outcome:
    """Artwork for one panel."""
    return await _generated(call, asked, GenerationOrder(asked.prompt, (asked.panel,), seed=asked.seed))


async def generate_all(call: Call, asked: requests.AllPanels) -> Outcome:
    """Artwork for several."""
    panels = None if asked.panels is None else tuple(dict.fromkeys(asked.panels))
    return await _generated(call, asked, GenerationOrder(asked.prompt, panels, seed=asked.seed))


async def import_picture(call: Call, asked: requests.Import) -> Outcome:
    """A picture on a panel."""
    services = call.desk.services
    check_panel((await services.designs.get_state()).package_type, asked.panel)
    if (asked.file is None) is (asked.data is None):
        raise InvalidInputError("There must be one picture.", "Say either file or data.")
    if asked.file is not None:
        changed = await services.pictures.import_picture(asked.panel, call.desk.folder.source(asked.file))
    else:
        changed = await services.pictures.put_picture(asked.panel, _decoded(asked.data or ""), "assistant")
    return answer(await _shown(call.desk, changed))


async def render(call: Call, asked: requests.Render) -> Outcome:
    """A picture of the package."""
    made = await call.desk.files.make("render", "packdesk.png", asked.words())
    size = f"{asked.width} × {asked.height} pixels."
    return picture(made.content, " ".join([size, *_bare(made.missing)]))


async def preflight(call: Call, _asked: requests.Nothing) -> Outcome:
    """What a printer would send back."""
    findings = await examine(call.desk.settings, call.desk.services, {})
    return answer({"printable": not has_errors(findings), "findings": [asdict(one) for one in findings]})


async def export(call: Call, asked: requests.Export) -> Outcome:
    """A file for others."""
    kind = asked.name.rpartition(".")[2].lower()
    if kind not in KINDS:
        raise InvalidInputError(
            Sentence("“{name}” names no kind of file packdesk writes.", name=asked.name[:60]),
            Sentence("End it in one of {kinds}.", kinds=", ".join(f".{one}" for one in KINDS)),
        )
    target = call.desk.folder.target(asked.name, force=asked.replace)
    made = await call.desk.files.make("export", f"packdesk.{kind}", asked.words())
    await asyncio.to_thread(
        write_output, call.desk.folder.target(asked.name, force=asked.replace), made.content
    )
    return answer({"file": str(target), "bytes": len(made.content), "notes": _bare(made.missing)})


async def designs(call: Call, asked: requests.Search) -> Outcome:
    """The designs of this machine."""
    services = call.desk.services
    found, own = await services.shelf.find(asked.search), await services.shelf.own()
    listed = [
        {
            "id": one.id,
            "name": one.name,
            "changed_at": one.newest,
            "chosen": own is not None and one.id == own.id,
        }
        for one in found[:MOST_DESIGNS]
    ]
    return answer({"designs": listed, "more": max(0, len(found) - MOST_DESIGNS)})


async def choose_design(call: Call, asked: requests.Choice) -> Outcome:
    """Work on another design."""
    await call.desk.choose(asked.design)
    return answer(await _shown(call.desk, await call.desk.state()))


async def _generated(
    call: Call, asked: requests.OnePanel | requests.AllPanels, order: GenerationOrder
) -> Outcome:
    generation = call.desk.services.generation
    await call.desk.services.designs.clear_dead_generation()
    estimate = await generation.estimate(order.panel_ids)
    question = await call.agreement.reach(estimate, order, asked.confirm_cost, call.context, call.responses)
    if question is not None:
        return question
    telling: set[asyncio.Task[None]] = set()

    def tell(progress: Progress) -> None:
        words = f"{progress.panel_id}: {'done' if progress.finished else progress.error or 'being made'}"
        report = call.context.session.report_progress(progress.done, progress.total, words)
        telling.add(asyncio.ensure_future(report))

    try:
        outcome = await generation.generate(order, tell)
    finally:
        await asyncio.gather(*telling, return_exceptions=True)  # a client that has gone hears nothing
    return await _outcome(call.desk, outcome)


async def _outcome(desk: Desk, outcome: GenerationOutcome) -> Outcome:
    told = {
        "finished": list(outcome.finished),
        "failed": dict(outcome.failures),
        "notes": list(outcome.notes),
        "state": await _shown(desk, outcome.state),
    }
    return answer(told, failed=bool(outcome.failures))


async def _shown(desk: Desk, shown: PackagingState) -> dict[str, Any]:
    own = await desk.services.shelf.own()
    return state_values(shown, "" if own is None else own.name, desk.services.store_kind)


def _bare(panels: tuple[str, ...]) -> list[str]:
    return [f"Bare, as their pictures could not be had: {cut_names(panels, MORE)}."] if panels else []


def _decoded(data: str) -> bytes:
    try:
        return base64.b64decode(data.partition(",")[2] if data.startswith("data:") else data, validate=True)
    except (binascii.Error, ValueError) as error:
        raise BadPictureError("The picture is not Base64.", "Send PNG, JPEG or WebP as Base64.") from error


TOOLS = (
    ToolEntry(
        "state",
        "The current design: type, sizes in mm, what is on each panel, what is being generated.",
        requests.Nothing,
        state,
        reads=True,
    ),
    ToolEntry(
        "set_dimensions",
        "Set the sizes in mm (10 to 2000); artwork is cut anew. Another type clears the artwork.",
        requests.Sizes,
        set_dimensions,
        destroys=True,
    ),
    ToolEntry(
        "generate_panel",
        "Make artwork for one panel. Where it costs money the amount is told first.",
        requests.OnePanel,
        generate_panel,
        destroys=True,
    ),
    ToolEntry(
        "generate_all",
        "Make matching artwork for all panels (or some); it appears together. "
        "Where it costs money the amount is told first.",
        requests.AllPanels,
        generate_all,
        destroys=True,
    ),
    ToolEntry(
        "import_picture",
        "Put a picture on a panel, from a file in the folder of files or as Base64.",
        requests.Import,
        import_picture,
        destroys=True,
    ),
    ToolEntry("render", "Look at the package: a picture of it in 3D.", requests.Render, render, reads=True),
    ToolEntry(
        "preflight", "What a printer would send back, with remedies.", requests.Nothing, preflight, reads=True
    ),
    ToolEntry(
        "export",
        "Write the design to a file in the folder of files, which was named when packdesk was started.",
        requests.Export,
        export,
    ),
    ToolEntry(
        "designs", "The designs of this machine, the newest first.", requests.Search, designs, reads=True
    ),
    ToolEntry(
        "choose_design",
        "Work on another design of this machine from now on.",
        requests.Choice,
        choose_design,
        alone=True,
    ),
)
