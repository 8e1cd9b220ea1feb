"""The protocol of Google's picture models: what is asked, what is answered, and pictures to answer with."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import math
import re
import time
from dataclasses import dataclass, field
from typing import Any

from PIL import Image, ImageChops, ImageDraw

Json = dict[str, Any]
Colour = tuple[int, int, int]

RATIOS = ("1:1", "2:3", "3:2", "3:4", "4:3", "4:5", "5:4", "9:16", "16:9", "21:9")
STRIPS = ("1:4", "4:1", "1:8", "8:1")
SCALES = {"512": 0.5, "1K": 1.0, "2K": 2.0, "4K": 4.0}
SIDE_STEP = 8
GENERATE_PATH = re.compile(r"/v1(?:beta)?/models/([^/:]+):generateContent")

STATUS_NAMES = {
    400: "INVALID_ARGUMENT",
    401: "UNAUTHENTICATED",
    403: "PERMISSION_DENIED",
    404: "NOT_FOUND",
    429: "RESOURCE_EXHAUSTED",
    500: "INTERNAL",
    503: "UNAVAILABLE",
    504: "DEADLINE_EXCEEDED",
}


@dataclass(frozen=True)
class Model:
    """What one model can be asked for."""

    ratios: tuple[str, ...]
    sizes: tuple[str, ...]


MODELS = {
    "gemini-3.1-flash-image": Model(RATIOS + STRIPS, ("512", "1K", "2K", "4K")),
    "gemini-3.1-flash-lite-image": Model(RATIOS, ("1K",)),
    "gemini-3-pro-image": Model(RATIOS, ("1K", "2K", "4K")),
}


@dataclass(frozen=True)
class SeenRequest:
    """A request as it came in. The list of models is asked for without model, prompt and pictures."""

    path: str
    model: str
    headers: dict[str, str]
    body: dict[str, Any]
    prompt: str
    pictures: list[bytes]
    ratio: str
    size: str
    at: float = field(default_factory=time.monotonic)


def read_request(path: str, headers: dict[str, str], raw: bytes) -> SeenRequest:
    """Understand a request; the client writes some names in snake case and some in camel case."""
    body: dict[str, Any] = json.loads(raw or b"{}")
    parts = [part for content in body.get("contents", []) for part in content.get("parts", [])]
    inline = [part.get("inlineData") or part.get("inline_data") for part in parts]
    wanted = body.get("generationConfig", {}).get("imageConfig", {})
    named = GENERATE_PATH.fullmatch(path)
    return SeenRequest(
        path=path,
        model=named[1] if named else "",
        headers=headers,
        body=body,
        prompt="\n".join(part["text"] for part in parts if "text" in part),
        pictures=[base64.urlsafe_b64decode(data["data"]) for data in inline if data],
        ratio=wanted.get("aspectRatio", "1:1"),
        size=wanted.get("imageSize", "1K"),
    )


def pixel_size(ratio: str, size: str) -> tuple[int, int]:
    """Width and height of an answer: the area of its tier in the shape of its ratio."""
    width, height = (int(side) for side in ratio.split(":"))
    stretch = math.sqrt(width / height)
    sides = (round(1024 * factor / SIDE_STEP) * SIDE_STEP for factor in (stretch, 1 / stretch))
    across, down = (round(side * SCALES[size]) for side in sides)
    return across, down


# Pictures.


def ground_colour(prompt: str) -> Colour:
    """The colour of the answer to a prompt, to tell answers from each other."""
    red, green, blue = hashlib.sha256(prompt.encode()).digest()[:3]
    return red, green, blue


def draw_picture(request: SeenRequest, width: int, height: int) -> bytes:
    """A PNG with a circle in its middle, half as wide as the shorter side, on the prompt's colour."""
    return encode(circle_picture(ground_colour(request.prompt), width, height))


def circle_picture(ground: Colour, width: int, height: int) -> Image.Image:
    """The circle is white or black, whatever stands out more."""
    image = Image.new("RGB", (width, height), ground)
    red, green, blue = ground
    ink = "black" if 0.3 * red + 0.6 * green + 0.1 * blue > 127 else "white"
    radius = min(width, height) / 4
    ImageDraw.Draw(image).circle(((width - 1) / 2, (height - 1) / 2), radius, fill=ink)
    return image


def circle_box(picture: bytes) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of the circle in a picture: of all that differs from its corner."""
    with Image.open(io.BytesIO(picture)) as opened:
        image = opened.convert("RGB")
    corner = image.crop((0, 0, 1, 1)).resize(image.size)
    box = ImageChops.difference(image, corner).convert("L").point([0] * 64 + [255] * 192).getbbox()
    assert box, "there is no circle"
    return box


def encode(image: Image.Image, kind: str = "PNG") -> bytes:
    """The file of a picture; compressed quickly."""
    buffer = io.BytesIO()
    image.save(buffer, kind, compress_level=1)
    return buffer.getvalue()


# Protocol.


def text_part(text: str, **more: Any) -> Json:
    return {"text": text, **more}


def picture_part(data: bytes, mime: str = "image/png", **more: Any) -> Json:
    return {"inlineData": {"mimeType": mime, "data": base64.b64encode(data).decode()}, **more}


def answer(request: SeenRequest, *parts: Json, reason: str = "STOP") -> Json:
    """An answer with one candidate; without parts it has no content, as refused pictures have none."""
    content = {"content": {"parts": list(parts), "role": "model"}} if parts else {}
    return {"candidates": [{**content, "finishReason": reason, "index": 0}], **footer(request)}


def blocked(request: SeenRequest, reason: str) -> Json:
    """The prompt itself was refused."""
    rating = {"category": "HARM_CATEGORY_DANGEROUS_CONTENT", "probability": "HIGH", "blocked": True}
    return {"promptFeedback": {"blockReason": reason, "safetyRatings": [rating]}, **footer(request)}


def footer(request: SeenRequest) -> Json:
    """What every answer to a prompt ends with."""
    words, picture = len(request.prompt.split()), 1120
    usage = {
        "promptTokenCount": words,
        "candidatesTokenCount": picture,
        "totalTokenCount": words + picture,
        "candidatesTokensDetails": [{"modality": "IMAGE", "tokenCount": picture}],
    }
    number = hashlib.sha256(request.prompt.encode()).hexdigest()[:22]
    return {"usageMetadata": usage, "modelVersion": request.model, "responseId": number}


def model_list() -> Json:
    methods = ["generateContent", "countTokens"]
    return {
        "models": [
            {"name": f"models/{name}", "displayName": name, "supportedGenerationMethods": methods}
            for name in MODELS
        ]
    }


def error(code: int, message: str, *details: Json, name: str | None = None) -> Json:
    """Google's error envelope; `name` is for codes that have several."""
    told = {"code": code, "message": message, "status": name or STATUS_NAMES.get(code, "UNKNOWN")}
    return {"error": {**told, "details": list(details)} if details else told}


def refusal(seen: SeenRequest) -> Json | None:
    """What is wrong with a request for a picture, if anything."""
    model = MODELS.get(seen.model)
    if model is None:
        return error(404, f"models/{seen.model} is not found for this API version.")
    if seen.ratio not in model.ratios:
        return error(400, f"aspect_ratio {seen.ratio} is not supported by {seen.model}.")
    if seen.size not in model.sizes:
        return error(400, f"image_size {seen.size} is not supported by {seen.model}.")
    return None


def wrong_key() -> Json:
    service = "generativelanguage.googleapis.com"
    message = "API key not valid. Please pass a valid API key."
    info = detail(
        "ErrorInfo", reason="API_KEY_INVALID", domain="googleapis.com", metadata={"service": service}
    )
    return error(400, message, info, detail("LocalizedMessage", locale="en-US", message=message))


def retry_delay(seconds: float) -> Json:
    return detail("RetryInfo", retryDelay=f"{seconds:g}s")


def detail(kind: str, **content: Any) -> Json:
    return {"@type": f"type.googleapis.com/google.rpc.{kind}", **content}
