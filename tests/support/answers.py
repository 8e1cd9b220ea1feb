"""Answers as a review page writes them."""

from __future__ import annotations

import json
from typing import Any

from packdesk.domain.review import IssuedReview, sign

HASH = "a" * 64
AT = "2026-11-28T07:00:00Z"
REVIEW = IssuedReview(id="1" * 32, key="2" * 64, hash=HASH, name="Yuzu tea", at=AT)


def remark(number: int = 1, text: str = "Larger, please.", **values: object) -> dict[str, Any]:
    """A remark for `answer`."""
    return {"id": f"{number:032x}", "panel": "front", "u": 0.5, "v": 0.25, "text": text, "at": AT, **values}


def answer(reviewer: str = "Ada", *remarks: dict[str, Any], **values: object) -> dict[str, Any]:
    """What stands inside of one."""
    design = {"id": None, "name": "Yuzu tea", "hash": HASH}
    return {
        "review": REVIEW.id,
        "design": design,
        "reviewer": reviewer,
        "at": AT,
        "verdict": None,
        "checklist": [],
        "remarks": list(remarks),
        **values,
    }


def sealed(values: object, review: IssuedReview = REVIEW, **envelope: object) -> str:
    """The file."""
    text = values if isinstance(values, str) else json.dumps(values)
    whole: dict[str, object] = {"packdesk_answer": 1, "answer": text, "mac": sign(text, review.key)}
    return json.dumps(whole | envelope)
