"""A document without its long texts: each is named by its SHA-256 instead.

Pictures of other programs stand in the document as `data:` URLs of megabytes. What is compared and remembered
needs to know only which picture it is.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

LONG_TEXT = 1024
"""Texts of more characters are named."""

_MARK = "\x00sha256:"


def skeleton_of(value: Any) -> tuple[Any, dict[str, str]]:
    """A JSON value whose long texts are named, and these texts by name. Names stay names."""
    texts: dict[str, str] = {}

    def named(text: str) -> str:
        if len(text) <= LONG_TEXT:
            return text
        name = _MARK + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
        texts[name] = text
        return name

    return _with_texts(value, named), texts


def filled(value: Any, texts: dict[str, str]) -> Any:
    """The value with the texts in place of their names.

    Raises:
        KeyError: a text is not there.
    """
    return _with_texts(value, lambda text: texts[text] if text.startswith(_MARK) else text)


def encoded_skeleton(raw: bytes) -> bytes:
    """The skeleton of an encoded document: the very bytes where there is nothing long in it.

    Raises:
        ValueError: it is not JSON.
        RecursionError: it is nested too deeply.
    """
    if len(raw) <= LONG_TEXT:
        return raw
    skeleton, texts = skeleton_of(json.loads(raw))
    return json.dumps(skeleton, separators=(",", ":")).encode("ascii") if texts else raw


def _with_texts(value: Any, changed: Callable[[str], str]) -> Any:
    """A JSON value with every text in it changed, but for the names of fields."""
    if isinstance(value, str):
        return changed(value)
    if isinstance(value, dict):
        return {key: _with_texts(inner, changed) for key, inner in value.items()}
    if isinstance(value, list):
        return [_with_texts(inner, changed) for inner in value]
    return value
