"""What requests and answers look like: the names and shapes the web application of the design uses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from packdesk.app.asked import PackageName, PanelId, Prompt, Size
from packdesk.problems import problem_words
from packdesk.serve.answers import refused

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import JSONResponse

    from packdesk.domain.size_edit import SizeEdit


class _Body(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class FlatSize(_Body):
    """The flat size of a panel in millimetres. It follows from the package's; what is said is not used."""

    width: Annotated[float, Field(strict=True)] | None = None
    height: Annotated[float, Field(strict=True)] | None = None


class Sizes(_Body):
    """Type and sizes to set."""

    package_type: PackageName
    dimensions: Size

    def edit(self) -> SizeEdit:
        """What they set; raises as `SizeEdit`."""
        return self.dimensions.edit(self.package_type, switches=True)


class _Order(_Body):
    prompt: Prompt
    package_type: PackageName
    package_dimensions: Size | None = None
    reference_mockup: str | None = None
    """A picture to show the model, as a `data:` URL."""

    def edit(self) -> SizeEdit | None:
        """The sizes that are restated, for a package of that type only; raises as `SizeEdit`."""
        if self.package_dimensions is None:
            return None
        return self.package_dimensions.edit(self.package_type, switches=False)


class PanelOrder(_Order):
    """Artwork for one panel."""

    panel_id: PanelId
    panel_dimensions: FlatSize | None = None


class AllOrder(_Order):
    """Artwork for several panels; without any named, for all."""

    panel_ids: Annotated[list[PanelId], Field(max_length=100)] | None = None
    panels_info: dict[str, FlatSize] | None = None


class Updated(BaseModel):
    """Sizes are stored."""

    status: Literal["updated"]
    package_type: PackageName
    dimensions: dict[str, Any]


class Generating(BaseModel):
    """A panel is in work."""

    status: Literal["generating"]
    panel_id: str
    message: str


class GeneratingAll(BaseModel):
    """Panels are in work."""

    status: Literal["generating"]
    panel_ids: list[str]
    message: str
    total_panels: int


class Deleted(BaseModel):
    """A panel is bare."""

    status: Literal["deleted"]
    panel_id: str


class SealedAnswer(_Body):
    """What a review page sends."""

    packdesk_answer: int
    answer: str
    mac: str | None = None


class Taken(BaseModel):
    """An answer of a reviewer is kept with the design."""

    status: Literal["taken", "known"]
    reviewer: str
    stale: bool


class Health(BaseModel):
    """The server answers."""

    status: Literal["healthy"]


class Refusal(BaseModel):
    """Nothing was done: a sentence, or what is wrong with which part of the request."""

    detail: str | list[dict[str, Any]]


B = TypeVar("B", bound=BaseModel)


class UnusableError(Exception):
    """The body or query is not of the shape it must have; `answer` says where."""

    def __init__(self, part: Literal["body", "query"], error: ValidationError) -> None:
        super().__init__(f"unusable {part}")
        problems = error.errors(include_input=False, include_url=False, include_context=True)[:20]
        told = [
            {"type": one["type"], "loc": [part, *one["loc"]], "msg": problem_words(one)} for one in problems
        ]
        self.told = told

    def answer(self) -> JSONResponse:
        """422 with a list, as pydantic's users know it; nothing of what was sent is in it."""
        return refused(422, self.told)


async def for_unusable(_request: Request, error: Exception) -> JSONResponse:
    """The answer for a body or query of another shape."""
    assert isinstance(error, UnusableError)  # what it is registered for
    return error.answer()


async def body_of(request: Request, shape: type[B]) -> B:
    """The body of a request.

    Raises:
        UnusableError: it is not JSON, or of another shape.
    """
    try:
        return shape.model_validate_json(await request.body())
    except ValidationError as error:
        raise UnusableError("body", error) from None


def query_of(request: Request, shape: type[B]) -> B:
    """The query of a request.

    Raises:
        UnusableError: it is of another shape.
    """
    try:
        return shape.model_validate(dict(request.query_params))
    except ValidationError as error:
        raise UnusableError("query", error) from None
