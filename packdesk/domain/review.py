"""What a reviewer says of a design: remarks with pins, and a verdict, as they come back in an answer.

An answer is JSON: `{"packdesk_answer": 1, "answer": TEXT, "mac": HEX}`. TEXT is JSON itself, so that what is
signed is a row of bytes and no way of writing numbers matters. The code is HMAC-SHA-256 (RFC 2104) of TEXT
under the key of the review page it was written in. So an answer nobody wrote in that page, or that was
changed since, is told from a true one; who has the page, however, can write any name.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from packdesk.domain.appearance import appearance_values
from packdesk.domain.moments import moment
from packdesk.domain.text import cut, printable
from packdesk.errors import AnswerError
from packdesk.sentence import Sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from packdesk.domain.appearance import Appearance
    from packdesk.domain.state import PackagingState

FORMAT, VERSION = "packdesk_answer", 1
ARMOUR = "-----{0} PACKDESK ANSWER-----"
"""Around a copied answer in Base64 (RFC 4648): mail programs break and quote its lines as they like."""
MAX_ANSWER_BYTES = 2 * 2**20
MAX_REMARKS = 500
LONGEST_REMARK = 2000
LONGEST_NAME = 80

_NO_BASE64 = re.compile(r"[^A-Za-z0-9+/=]")
Verdict = Literal["approved", "changes"]
"""`approved`, or `changes` are asked for."""


def _one_line(text: str) -> str:
    return cut(" ".join(printable(text).split()), LONGEST_NAME)


def _lines(text: str) -> str:
    return "\n".join(printable(line).rstrip() for line in text.splitlines()).strip()


def _checked_moment(text: str) -> str:
    if moment(text) is None:
        raise ValueError("no moment")
    return text


Name = Annotated[str, Field(max_length=1000), AfterValidator(_one_line)]
Words = Annotated[str, Field(max_length=LONGEST_REMARK), AfterValidator(_lines)]
Moment = Annotated[str, Field(max_length=40), AfterValidator(_checked_moment)]
Key = Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
Hash = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Share = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, defer_build=True)  # most designs were never reviewed


class Remark(_Part):
    """What somebody says of a place.

    Attributes:
        id: names it for good.
        panel: the panel it is pinned to; empty for the whole design.
        u: how far from the left edge of the panel's picture, 0 to 1.
        v: how far from its upper edge, likewise.
        text: plain text, maybe of several lines.
        at: when it was written, ISO 8601.
    """

    id: Key
    panel: Annotated[str, Field(max_length=40)] = ""
    u: Share = 0.5
    v: Share = 0.5
    text: Words
    at: Moment


class Tick(_Part):
    """A line of the checklist, and whether it was ticked off."""

    id: Annotated[str, Field(max_length=40)]
    done: bool = False


class ReviewedDesign(_Part):
    """Which design was looked at: its ID where it has one, its name, and `design_hash` of it."""

    id: Annotated[str, Field(max_length=40)] | None = None
    name: Name = ""
    hash: Hash


class Answer(_Part):
    """What one reviewer sent back.

    Attributes:
        review: names the review page it was written in.
        design: what that page showed.
        reviewer: who says so.
        at: when, ISO 8601.
        verdict: None where there is none yet.
        checklist: what was ticked off.
        remarks: in the order they were made.
    """

    review: Key
    design: ReviewedDesign
    reviewer: Name = ""
    at: Moment
    verdict: Verdict | None = None
    checklist: Annotated[tuple[Tick, ...], Field(max_length=50)] = ()
    remarks: Annotated[tuple[Remark, ...], Field(max_length=MAX_REMARKS)] = ()


class IssuedReview(_Part):
    """A review page that was written.

    Attributes:
        id: names it for good.
        key: 32 random bytes in hexadecimal; what signs its answers. A secret of those who have the page.
        hash: `design_hash` of what it shows.
        name: of the design then.
        at: when, ISO 8601.
    """

    id: Key
    key: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$", repr=False)]
    hash: Hash
    name: Name = ""
    at: Moment


@dataclass(frozen=True)
class SignedAnswer:
    """An answer, and the text it was read from, which is what is kept."""

    answer: Answer
    text: str


class _Envelope(BaseModel):
    model_config = ConfigDict(defer_build=True)

    packdesk_answer: int
    answer: str
    mac: str | None = None


def issue_review(design: str, name: str, now: str) -> IssuedReview:
    """A new review page's name and key.

    Args:
        design: `design_hash` of what it will show.
        name: of the design.
        now: ISO 8601.
    """
    return IssuedReview(id=secrets.token_hex(16), key=secrets.token_hex(32), hash=design, name=name, at=now)


def design_hash(state: PackagingState, pictures: Mapping[str, str], appearance: Appearance) -> str:
    """Names what a reviewer sees of a design, in 64 hexadecimal digits: another hash, another version.

    Args:
        state: its type and sizes.
        pictures: SHA-256 of the picture on each panel that has one.
        appearance: how it is shown; where it is looked at from does not matter.
    """
    shown = appearance_values(appearance)
    for unseen in ("view", "views", "inside"):  # a review page shows none of them
        del shown[unseen]
    if not appearance.areas:  # a page of an older version named none
        del shown["areas"]
    seen = {
        "package_type": state.package_type,
        "sizes": [float(side) for side in state.package_dimensions.as_tuple()],
        "pictures": dict(pictures),
        "appearance": shown,
    }
    return hashlib.sha256(json.dumps(seen, sort_keys=True).encode()).hexdigest()


def sign(text: str, key: str) -> str:
    """The code of an answer's text under a review's key."""
    return hmac.new(bytes.fromhex(key), text.encode("utf-8", "surrogatepass"), "sha256").hexdigest()


def read_answer(data: bytes | str, issued: Iterable[IssuedReview]) -> SignedAnswer:
    """Read what a reviewer sent back.

    Args:
        data: a file, or text that was copied.
        issued: the review pages of the design.

    Raises:
        AnswerError: it is no answer, one of a newer version, of another design, or a forged one.
    """
    envelope = _envelope(data)
    try:
        answer = Answer.model_validate_json(envelope.answer)
    except ValidationError as error:
        raise _damaged() from error
    review = next((one for one in issued if one.id == answer.review), None)
    if review is None:
        raise AnswerError(
            Sentence("The answer is of another review: “{name}”.", name=answer.design.name),
            "Open the design whose review page it was written in.",
        )
    signed = sign(envelope.answer, review.key)
    if not hmac.compare_digest(signed.encode(), (envelope.mac or "").encode("utf-8", "replace")):
        raise AnswerError(
            Sentence("The answer of “{name}” was changed after it was written.", name=answer.reviewer),
            "Ask for it once more.",
        )
    if answer.design.hash != review.hash:
        raise AnswerError(
            "The answer names another version of the design than its review page showed.",
            "Ask for it once more.",
        )
    return SignedAnswer(answer, _written(envelope))


def _envelope(data: bytes | str) -> _Envelope:
    if len(data) > MAX_ANSWER_BYTES:
        raise AnswerError("The file is too large for an answer.", "Choose the file the review page saved.")
    try:
        text = data.decode("utf-8-sig") if isinstance(data, bytes) else data
        envelope = _Envelope.model_validate_json(_unarmoured(text).strip())
    except ValueError as error:  # also what pydantic raises
        raise _damaged() from error
    if envelope.packdesk_answer > VERSION:
        raise AnswerError("The answer was written by a newer packdesk.", "Update this one.")
    return envelope


def _unarmoured(text: str) -> str:
    begun, mark, rest = text.partition(ARMOUR.format("BEGIN"))
    if not mark:
        return begun
    letters = _NO_BASE64.sub("", rest.partition(ARMOUR.format("END"))[0])
    return base64.b64decode(letters, validate=True).decode("utf-8")


def _written(envelope: _Envelope) -> str:
    return json.dumps({FORMAT: VERSION, "answer": envelope.answer, "mac": envelope.mac})


def _damaged() -> AnswerError:
    return AnswerError("The file is no answer of a reviewer, or is damaged.", "Ask for it once more.")
