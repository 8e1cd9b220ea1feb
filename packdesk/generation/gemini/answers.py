"""Answers of the service: limits while they arrive, then the picture in one or why there is none."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, NamedTuple

import httpx2

from packdesk.generation.gemini import faults

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from google.genai.types import Candidate, GenerateContentResponse, Part

    from packdesk.domain.spending import Billing
    from packdesk.errors import GenerationFailedError

MAX_ANSWER_BYTES = 64 * 2**20
"""Unpacked. The largest pictures of the models have about 25 MB, a third more as text."""
MAX_PIECES = 500_000
"""Values and brackets of an answer; each becomes an object, a picture is one."""
_UNPACKED_AT_ONCE = 2**18
_GZIP_OR_ZLIB = 47
_PLAIN = {"", "identity"}
_PACKED = {"gzip", "x-gzip", "deflate"}


class UnboundedAnswerError(Exception):
    """An answer is larger than any picture, or packed in a way nobody asked for."""


async def ask_plainly(request: httpx2.Request) -> None:
    """Ask for an answer that is not packed: pictures are already."""
    request.headers["accept-encoding"] = "identity"


async def bound(response: httpx2.Response) -> None:
    """Limit the body of an answer: reading it raises `UnboundedAnswerError` once it is too large.

    The client's own decoders unpack whatever comes, to the last byte.
    """
    coding = response.headers.get("content-encoding", "").strip().lower()
    if coding not in _PLAIN | _PACKED:
        raise UnboundedAnswerError(coding[:20])
    response.headers.pop("content-encoding", None)
    assert isinstance(response.stream, httpx2.AsyncByteStream)
    response.stream = _BoundedStream(response.stream, packed=coding in _PACKED)


class _BoundedStream(httpx2.AsyncByteStream):
    def __init__(self, stream: httpx2.AsyncByteStream, *, packed: bool) -> None:
        self._stream = stream
        self._unpacking = zlib.decompressobj(_GZIP_OR_ZLIB) if packed else None

    async def __aiter__(self) -> AsyncIterator[bytes]:
        size = pieces = 0
        async for raw in self._stream:
            for part in self._unpacked(raw):
                size += len(part)
                pieces += sum(map(part.count, (b",", b"[", b"{")))
                if size > MAX_ANSWER_BYTES or pieces > MAX_PIECES:
                    raise UnboundedAnswerError(size)
                yield part

    def _unpacked(self, raw: bytes) -> Iterator[bytes]:
        if self._unpacking is None:
            yield raw
            return
        while raw:
            yield self._unpacking.decompress(raw, _UNPACKED_AT_ONCE)
            raw = self._unpacking.unconsumed_tail

    async def aclose(self) -> None:
        await self._stream.aclose()


_PROPER_ENDS = {"", "STOP", "MAX_TOKENS", "FINISH_REASON_UNSPECIFIED"}


class Drawn(NamedTuple):
    """A picture as it came, and the signature that goes back with it when it shall be changed."""

    data: bytes
    signature: bytes = b""


def picture_in(answer: GenerateContentResponse) -> Drawn:
    """The final picture, encoded as it came; an error says whether one was billed all the same.

    Refusals and empty answers arrive as ordinary answers, so the order matters: was the prompt stopped, is
    there a candidate, is there a picture that is no draft, why not.

    Raises:
        PictureRefusedError: Google or the model will not draw this.
        BrokenAnswerError: there is no picture and no reason.
    """
    feedback = answer.prompt_feedback
    if feedback is not None and feedback.block_reason is not None:
        raise faults.prompt_refused(_name(feedback.block_reason))
    candidates = answer.candidates or []
    parts = _final_parts(candidates[0]) if candidates else []
    pictures = [
        Drawn(part.inline_data.data, part.thought_signature or b"")
        for part in parts
        if part.inline_data and part.inline_data.data
    ]
    if pictures:
        return pictures[-1]
    fault = _why_none(candidates[0], parts) if candidates else faults.no_picture()
    fault.billing = _billing(answer)
    raise fault


def _billing(answer: GenerateContentResponse) -> Billing:
    """What an answer without a picture cost: the tokens of one may be counted, and are billed."""
    usage = answer.usage_metadata
    if usage is None:
        return "perhaps"
    counted = usage.candidates_tokens_details or []
    drawn = any(_name(one.modality) == "IMAGE" and (one.token_count or 0) > 0 for one in counted)
    return "picture" if drawn else "none"


def _final_parts(candidate: Candidate) -> list[Part]:
    # Newer models send drafts along, marked as thoughts.
    content = candidate.content
    return [part for part in (content.parts or [] if content else []) if not part.thought]


def _why_none(candidate: Candidate, parts: list[Part]) -> GenerationFailedError:
    reason = _name(candidate.finish_reason)
    if reason == "NO_IMAGE":
        return faults.no_picture()
    if reason not in _PROPER_ENDS:
        return faults.picture_withheld(reason)
    text = " ".join(part.text for part in parts if part.text)
    return faults.only_words(text) if text.strip() else faults.no_picture()


def _name(value: object) -> str:
    return str(getattr(value, "name", value) or "")
