"""A document without its long texts: each is named by its SHA-256 instead.

Pictures of other programs stand in the document as `data:` URLs of megabytes. What is compared and remembered
needs to know only which picture it is.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

LONG_TEXT = 1024
"""Texts of more characters are named."""

_MARK = "\x00sha256:"


def skeleton_of(value: Any) -> tuple[Any, dict[str, str]]:
    """A JSON value whose long texts are named, and these texts by name. Names stay names."""
    texts: dict[str, str] = {}
    return _named(value, texts), texts


def filled(value: Any, texts: dict[str, str]) -> Any:
    """The value with the texts in place of their names.

    Raises:
        KeyError: a text is not there.
    """
    if isinstance(value, str):
        return texts[value] if value.startswith(_MARK) else value
    if isinstance(value, dict):
        return {key: filled(inner, texts) for key, inner in value.items()}
    if isinstance(value, list):
        return [filled(inner, texts) for inner in value]
    return value


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


def _named(value: Any, texts: dict[str, str]) -> Any:
    if isinstance(value, str):
        if len(value) <= LONG_TEXT:
            return value
        name = _MARK + hashlib.sha256(value.encode("utf-8", "surrogatepass")).hexdigest()
        texts[name] = value
        return name
    if isinstance(value, dict):
        return {key: _named(inner, texts) for key, inner in value.items()}
    if isinstance(value, list):
        return [_named(inner, texts) for inner in value]
    return value
