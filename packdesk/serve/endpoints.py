"""Every address the server answers at: what is asked, what is done, what is answered."""

from __future__ import annotations

import asyncio
import contextlib
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.responses import FileResponse, JSONResponse, Response

from packdesk.app.asked import KINDS, ExportQuery, PictureQuery
from packdesk.domain.order import GenerationOrder
from packdesk.domain.panels import PANEL_IDS, check_panel
from packdesk.errors import BadPictureError, InvalidInputError, TextureUnavailableError
from packdesk.export.review.policy import policy_of
from packdesk.serve import shapes
from packdesk.serve.answers import refused
from packdesk.serve.review_pages import ReviewPages
from packdesk.serve.shapes import body_of, query_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.requests import Request

    from packdesk.app.made_files import FileMaker
    from packdesk.serve.design import ServedDesign

_FRESH = {"Cache-Control": "no-store"}
_FOR_EVER = "public, max-age=31536000, immutable"


class Endpoints:
    """The handlers of one server.

    Args:
        design: what is served.
        files: makes pictures and files.
    """

    def __init__(self, design: ServedDesign, files: FileMaker) -> None:
        self._design = design
        self._files = files
        self._reviews = ReviewPages(design.services, files)

    async def health(self, _request: Request) -> Response:
        """Whether the server answers."""
        return JSONResponse({"status": "healthy"}, headers=_FRESH)

    async def state(self, request: Request) -> Response:
        """The whole design."""
        return JSONResponse(await self._design.state(base_of(request)), headers=_FRESH)

    async def status(self, _request: Request) -> Response:
        """What is being generated, and the last error."""
        return JSONResponse(self._design.status(), headers=_FRESH)

    async def update_dimensions(self, request: Request) -> Response:
        """Set type and sizes; another type clears the artwork."""
        sizes = await body_of(request, shapes.Sizes)
        state = await self._design.update_dimensions(sizes.edit())
        stored = state.package_dimensions.model_dump(mode="json", include={"width", "height", "depth"})
        return JSONResponse({"status": "updated", "package_type": state.package_type, "dimensions": stored})

    async def clear(self, request: Request) -> Response:
        """Back to the default design."""
        state = await self._design.clear()
        return JSONResponse(await self._design.shown(state, base_of(request)))

    async def generate(self, request: Request) -> Response:
        """Begin artwork for one panel."""
        body = await body_of(request, shapes.PanelOrder)
        check_panel(body.package_type, body.panel_id)
        await self._begin(body, (body.panel_id,))
        message = f"Artwork for {body.panel_id} is being made."
        return JSONResponse({"status": "generating", "panel_id": body.panel_id, "message": message})

    async def generate_all(self, request: Request) -> Response:
        """Begin artwork for several panels, which appears on all of them at once."""
        body = await body_of(request, shapes.AllOrder)
        panels = tuple(dict.fromkeys(body.panel_ids or PANEL_IDS[body.package_type]))
        for panel_id in panels:
            check_panel(body.package_type, panel_id)
        await self._begin(body, panels)
        message = f"Artwork for {len(panels)} panels is being made."
        answer = {
            "status": "generating",
            "panel_ids": panels,
            "message": message,
            "total_panels": len(panels),
        }
        return JSONResponse(answer)

    async def texture(self, request: Request) -> Response:
        """The picture on a panel: 202 while it is in work, 404 when there is none."""
        panel_id = request.path_params["panel_id"]
        state = await self._design.services.designs.get_state()
        if panel_id in state.panels_in_work():
            told = {"status": "generating", "panel_id": panel_id, "detail": "The picture is being made."}
            return JSONResponse(told, 202, _FRESH)
        if panel_id not in PANEL_IDS[state.package_type] or panel_id not in state.panel_textures:
            return refused(404, "There is no picture on that panel.")
        shown = await self._design.shown(state, base_of(request))
        return JSONResponse(shown["panel_textures"][panel_id], headers=_FRESH)

    async def delete_texture(self, request: Request) -> Response:
        """Take the picture off a panel; a bare one stays bare."""
        panel_id = request.path_params["panel_id"]
        try:
            await self._design.services.pictures.clear_panels(panel_id)
        except InvalidInputError as error:
            return refused(404, error.full_text())
        return JSONResponse({"status": "deleted", "panel_id": panel_id})

    async def picture(self, request: Request) -> Response:
        """A picture of the library: it never changes under its name."""
        sha256 = request.path_params["sha256"]
        headers = {"Cache-Control": _FOR_EVER, "ETag": f'"{sha256}"'}
        known = request.headers.get("if-none-match", "")
        if f'"{sha256}"' in known or known.strip() == "*":
            return Response(status_code=304, headers=headers)
        file = await self._design.services.pictures.kept_file(sha256)
        if file is not None:
            return FileResponse(file, headers=headers, media_type="image/png")
        content = await self._design.services.pictures.kept_picture(sha256)
        return Response(content, headers=headers, media_type="image/png")

    async def events(self, _request: Request) -> Response:
        """What happens, as server-sent events: revision, progress, failure."""
        return self._design.events()

    async def render(self, request: Request) -> Response:
        """The package as a picture."""
        query = query_of(request, PictureQuery)
        return await self._made("render", "packdesk.png", query.words(), "inline")

    async def export(self, request: Request) -> Response:
        """The design as a file for others."""
        query, kind = query_of(request, ExportQuery), request.url.path.rpartition(".")[2]
        return await self._made("export", f"packdesk.{kind}", query.words(), "attachment")

    async def review(self, _request: Request) -> Response:
        """The design as a page to review it on, which sends its answers here."""
        page = await self._reviews.page()
        policy = f"{policy_of(page)}; frame-ancestors 'none'"
        return Response(page, headers={**_FRESH, "Content-Security-Policy": policy}, media_type=KINDS["html"])

    async def answers(self, request: Request) -> Response:
        """Take the answer of a review page."""
        taken = await self._design.services.reviews.take(await request.body())
        told = shapes.Taken(
            status="known" if taken.known else "taken", reviewer=taken.answer.reviewer, stale=taken.stale
        )
        return JSONResponse(told.model_dump())

    async def _made(self, command: str, name: str, words: list[str], shown: str) -> Response:
        made = await self._files.make(command, name, words)
        headers = {**_FRESH, "Content-Disposition": f'{shown}; filename="{name}"'}
        if made.missing:
            headers["Packdesk-Missing"] = ", ".join(made.missing)
        return Response(made.content, headers=headers, media_type=KINDS[name.rpartition(".")[2]])

    async def _begin(self, body: shapes.PanelOrder | shapes.AllOrder, panels: tuple[str, ...]) -> None:
        async with _kept(body.reference_mockup, self._design) as reference:
            order = GenerationOrder(body.prompt, panels, reference)
            await self._design.generate(order, body.edit(), body.package_type)


@contextlib.asynccontextmanager
async def _kept(mockup: str | None, design: ServedDesign) -> AsyncIterator[Path | None]:
    """The reference picture as a file, until the generation has taken it through the door of all pictures."""
    if not mockup:
        yield None
        return
    if not mockup.startswith("data:"):
        raise BadPictureError(
            "A reference picture must come inside the request, as a data: URL.", "Send the picture itself."
        )
    try:
        png = await design.services.pictures.read_picture(mockup)
    except TextureUnavailableError as error:
        raise BadPictureError("The reference picture is damaged.") from error
    with tempfile.TemporaryDirectory(prefix="packdesk-") as folder:
        file = Path(folder) / "reference.png"
        await asyncio.to_thread(file.write_bytes, png)
        yield file


def base_of(request: Request) -> str:
    """Scheme, host and port, as the client sees them; the guard has looked at them."""
    return f"{request.url.scheme}://{request.headers['host']}"
