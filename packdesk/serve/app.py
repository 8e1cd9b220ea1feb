"""The server's application: a table of endpoints, which its routes and its OpenAPI page are made from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pydantic.json_schema import models_json_schema
from starlette.applications import Starlette
from starlette.convertors import Convertor, register_url_convertor
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.responses import JSONResponse
from starlette.routing import Route

from packdesk import __version__
from packdesk.app.asked import KINDS, PANELS, ExportQuery, PictureQuery
from packdesk.domain.state import GenerationStatus, PackagingState, PanelTexture
from packdesk.errors import PackdeskError
from packdesk.serve import shapes
from packdesk.serve.answers import for_failure, for_http
from packdesk.serve.endpoints import Endpoints
from packdesk.serve.guard import REVIEW_PATH, Guard
from packdesk.textures.addresses import TEXTURE_PATH

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from pydantic import BaseModel
    from starlette.requests import Request
    from starlette.responses import Response

    from packdesk.app.made_files import FileMaker
    from packdesk.serve.design import ServedDesign
    from packdesk.serve.options import ServeOptions

    Handler = Callable[[Request], Awaitable[Response]]

_REFS = "#/components/schemas/{model}"


class _Hash(Convertor[str]):
    regex = "[0-9a-f]{64}"

    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return value


register_url_convertor("sha256", _Hash())


@dataclass(frozen=True)
class Endpoint:
    """One address and method.

    Attributes:
        method: of HTTP.
        path: with its parameters as Starlette writes them.
        handler: answers; its docstring says what it does.
        body: the shape of the request's JSON.
        query: the shape of its query.
        answer: the shape of the answer's JSON, or its media type.
        refusals: statuses besides 200, and what they mean.
        parameters: schemas of the parameters of the path.
    """

    method: str
    path: str
    handler: Handler
    answer: type[BaseModel] | str
    body: type[BaseModel] | None = None
    query: type[BaseModel] | None = None
    refusals: Mapping[int, str] = field(default_factory=dict)
    parameters: Mapping[str, Any] = field(default_factory=dict)


_STORE = {503: "the store of the design does not answer", 409: "the design as it is does not allow it"}
_CHANGE = {**_STORE, 422: "the request cannot be used", 413: "it is too large", 429: "too many requests"}
_FILE = {**_STORE, 422: "it cannot be made so"}
_NONE = {404: "there is no such panel, or nothing on it"}
_TEXTURE = "/packaging/panels/{panel_id}/texture"
_PANEL = {"panel_id": {"type": "string", "enum": PANELS}}


def endpoints_of(handlers: Endpoints) -> list[Endpoint]:
    """Every address of the server."""
    return [*_reading(handlers), *_changing(handlers), *_files(handlers)]


def _reading(handlers: Endpoints) -> list[Endpoint]:
    in_work = {**_STORE, **_NONE, 202: "it is being made"}
    return [
        Endpoint("GET", "/health", handlers.health, shapes.Health),
        Endpoint("GET", "/packaging/state", handlers.state, PackagingState, refusals=_STORE),
        Endpoint("GET", "/packaging/status", handlers.status, GenerationStatus, refusals=_STORE),
        Endpoint("GET", _TEXTURE, handlers.texture, PanelTexture, refusals=in_work, parameters=_PANEL),
        Endpoint("GET", "/packaging/events", handlers.events, "text/event-stream", refusals=_STORE),
    ]


def _changing(handlers: Endpoints) -> list[Endpoint]:
    def post(path: str, handler: Handler, answer: type[BaseModel], body: type[BaseModel] | None) -> Endpoint:
        return Endpoint("POST", f"/packaging/{path}", handler, answer, body, refusals=_CHANGE)

    gone = {**_CHANGE, **_NONE}
    return [
        post("update-dimensions", handlers.update_dimensions, shapes.Updated, shapes.Sizes),
        post("clear", handlers.clear, PackagingState, None),
        post("review/answers", handlers.answers, shapes.Taken, shapes.SealedAnswer),
        post("panels/generate", handlers.generate, shapes.Generating, shapes.PanelOrder),
        post("panels/generate-all", handlers.generate_all, shapes.GeneratingAll, shapes.AllOrder),
        Endpoint(
            "DELETE", _TEXTURE, handlers.delete_texture, shapes.Deleted, refusals=gone, parameters=_PANEL
        ),
    ]


def _files(handlers: Endpoints) -> list[Endpoint]:
    kept = {404: "it is not here", 206: "a part of it", 304: "it is known", 416: "no such part"}
    name = {"sha256": {"type": "string", "pattern": f"^{_Hash.regex}$"}}
    path, render, export = (
        f"{TEXTURE_PATH}{{sha256:sha256}}.png",
        "/packaging/render.png",
        "/packaging/export",
    )
    return [
        Endpoint("GET", path, handlers.picture, "image/png", refusals=kept, parameters=name),
        Endpoint("GET", REVIEW_PATH, handlers.review, "text/html", refusals=_FILE),
        Endpoint("GET", render, handlers.render, "image/png", query=PictureQuery, refusals=_FILE),
        *(
            Endpoint("GET", f"{export}.{kind}", handlers.export, media, query=ExportQuery, refusals=_FILE)
            for kind, media in KINDS.items()
        ),
    ]


def make_app(design: ServedDesign, files: FileMaker, options: ServeOptions) -> Starlette:
    """The application, behind its guard."""
    endpoints = endpoints_of(Endpoints(design, files))
    description = openapi(endpoints, with_token=options.token is not None)

    async def describe(_request: Request) -> Response:
        return JSONResponse(description)

    routes = [_route(path, endpoints) for path in dict.fromkeys(one.path for one in endpoints)]
    return Starlette(
        routes=[*routes, Route("/openapi.json", describe)],
        middleware=[_cors(options), Middleware(Guard, options)],
        exception_handlers={
            PackdeskError: for_failure,
            HTTPException: for_http,
            shapes.UnusableError: shapes.for_unusable,
        },
    )


def _route(path: str, endpoints: list[Endpoint]) -> Route:
    """One route for all methods of an address, so that a refusal names them all."""
    handlers = {one.method: one.handler for one in endpoints if one.path == path}

    async def answer(request: Request) -> Response:
        return await handlers["GET" if request.method == "HEAD" else request.method](request)

    return Route(path, answer, methods=list(handlers))


def _cors(options: ServeOptions) -> Middleware:
    return Middleware(
        CORSMiddleware,
        allow_origins=options.origins,
        allow_methods=("GET", "POST", "DELETE"),
        allow_headers=("Authorization", "Content-Type"),
        allow_private_network=True,
        expose_headers=("Packdesk-Missing", "Retry-After"),
    )


def openapi(endpoints: list[Endpoint], *, with_token: bool) -> dict[str, Any]:
    """The description of an API. Source: OpenAPI 3.1.0, https://spec.openapis.org/oas/v3.1.0."""
    answers = {one.answer for one in endpoints if not isinstance(one.answer, str)} | {shapes.Refusal}
    bodies = {one.body for one in endpoints if one.body is not None}
    wanted = [(one, "serialization") for one in answers] + [(one, "validation") for one in bodies]
    wanted.sort(key=lambda pair: pair[0].__name__)
    names, schemas = models_json_schema(wanted, ref_template=_REFS)  # type: ignore[arg-type]  # the mode is a word
    paths: dict[str, Any] = {}
    for one in endpoints:
        path = one.path.replace(":sha256}", "}")
        paths.setdefault(path, {})[one.method.lower()] = _operation(one, names)
    document: dict[str, Any] = {
        "openapi": "3.1.0",
        "info": {"title": "packdesk", "version": __version__},
        "paths": paths,
        "components": {"schemas": schemas["$defs"]},
    }
    if with_token:
        document["components"]["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
        document["security"] = [{"token": []}]
    return document


def _operation(endpoint: Endpoint, names: Mapping[Any, Any]) -> dict[str, Any]:
    refusal = {"application/json": {"schema": names[shapes.Refusal, "serialization"]}}
    made = (
        {endpoint.answer: {}}
        if isinstance(endpoint.answer, str)
        else {"application/json": {"schema": names[endpoint.answer, "serialization"]}}
    )
    answers: dict[str, Any] = {"200": {"description": "done", "content": made}}
    for status, meaning in endpoint.refusals.items():
        content = {"content": refusal} if status >= 400 else {}
        answers[str(status)] = {"description": meaning, **content}
    operation: dict[str, Any] = {
        "summary": (endpoint.handler.__doc__ or "").strip(),
        "parameters": [*_in_path(endpoint), *_in_query(endpoint)],
        "responses": answers,
    }
    if endpoint.body is not None:
        schema = names[endpoint.body, "validation"]
        operation["requestBody"] = {"required": True, "content": {"application/json": {"schema": schema}}}
    return operation


def _in_path(endpoint: Endpoint) -> list[dict[str, Any]]:
    return [
        {"name": name, "in": "path", "required": True, "schema": schema}
        for name, schema in endpoint.parameters.items()
    ]


def _in_query(endpoint: Endpoint) -> list[dict[str, Any]]:
    if endpoint.query is None:
        return []
    return [
        {"name": name, "in": "query", "schema": schema}
        for name, schema in _plain(endpoint.query.model_json_schema())["properties"].items()
    ]


def _plain(schema: dict[str, Any]) -> dict[str, Any]:
    """A query's schema with its definitions put in, and without null, which no query can say."""
    definitions = schema.get("$defs", {})

    def plain(part: Any) -> Any:
        if isinstance(part, list):
            return [plain(one) for one in part]
        if not isinstance(part, dict):
            return part
        if "$ref" in part:
            return definitions[part["$ref"].rpartition("/")[2]]
        kinds = [one for one in part.get("anyOf", ()) if one != {"type": "null"}]
        if len(kinds) == 1:
            return plain(kinds[0])
        return {name: plain(one) for name, one in part.items()}

    inside = {name: one for name, one in schema.items() if name != "$defs"}
    return {**inside, "properties": plain(inside["properties"])}
