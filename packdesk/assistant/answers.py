"""What the tools answer: text for the model, the same for programs, and failures as sentences."""

from __future__ import annotations

import base64
import json
import logging
from typing import TYPE_CHECKING, Any

from mcp_types import CallToolResult, ImageContent, TextContent

from packdesk.domain.panels import panel_sizes
from packdesk.domain.text import cut
from packdesk.problems import problem_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pydantic import ValidationError

    from packdesk.domain.state import PackagingState
    from packdesk.errors import PackdeskError

FOREIGN_LENGTH = 600
"""Characters of a text that another program may have written."""
MOST_PROBLEMS = 5
_log = logging.getLogger(__name__)


def answer(told: dict[str, Any], *, failed: bool = False) -> CallToolResult:
    """Values, as JSON for the model and as they are for programs."""
    text = TextContent(text=json.dumps(told, ensure_ascii=False))
    return CallToolResult(content=[text], structured_content=told, is_error=failed)


def picture(png: bytes, words: str) -> CallToolResult:
    """A PNG, and words that go with it."""
    image = ImageContent(data=base64.b64encode(png).decode("ascii"), mime_type="image/png")
    return CallToolResult(content=[image, TextContent(text=words)])


def refusal(sentence: str) -> CallToolResult:
    """Nothing was done, and why."""
    return CallToolResult(content=[TextContent(text=cut(sentence, 8000))], is_error=True)


def for_failure(error: PackdeskError) -> CallToolResult:
    """A failure that has a sentence."""
    return refusal(error.full_text())


def for_arguments(error: ValidationError) -> CallToolResult:
    """Arguments of another shape; nothing of what was sent is in the answer but names."""
    problems = error.errors(include_input=False, include_url=False)[:MOST_PROBLEMS]
    told = [f"{_where(one['loc'])}: {problem_words(one)}" for one in problems]
    return refusal(f"The arguments cannot be used: {'; '.join(told)}.")


def for_fault(error: Exception) -> CallToolResult:
    """A fault of ours; the details are in the log only."""
    _log.warning("Something unexpected went wrong (%s).", type(error).__name__)
    _log.info("The unexpected error", exc_info=error)
    return refusal(f"Something unexpected went wrong ({type(error).__name__}). The log has the details.")


def state_values(state: PackagingState, design: str, place: str) -> dict[str, Any]:
    """A design as an assistant reads it: without addresses of pictures, which may be megabytes.

    Args:
        state: it.
        design: its name on this machine; empty in a shared store.
        place: `local` or `shared`.
    """
    sizes = panel_sizes(state.package_type, state.package_dimensions)
    panels = {name: _panel(state, name, size.width, size.height) for name, size in sizes.items()}
    width, height, depth = state.package_dimensions.as_tuple()
    return {
        "design": design or None,
        "store": place,
        "package_type": state.package_type,
        "size_mm": {"width": width, "height": height, "depth": depth},
        "panels": panels,
        "generating": [cut(one, 40) for one in state.panels_in_work()[:20]],
        "last_error": cut(state.last_error, FOREIGN_LENGTH) if state.last_error else None,
    }


def _panel(state: PackagingState, panel_id: str, width: float, height: float) -> dict[str, Any]:
    texture = state.panel_textures.get(panel_id)
    told: dict[str, Any] = {"size_mm": [round(width, 2), round(height, 2)], "artwork": texture is not None}
    if texture is not None:
        told["prompt"] = cut(texture.prompt or "", FOREIGN_LENGTH)
    return told


def _where(loc: Sequence[int | str]) -> str:
    return cut(".".join(str(one) for one in loc), 60) or "the whole"
