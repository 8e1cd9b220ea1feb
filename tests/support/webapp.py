"""A program that shares the key and knows nothing of packdesk: it reads all, thinks, and writes all.

It keeps the fields it knows, writes every moment in its own text, restates type and sizes with each
generation, puts pictures into the document, and knows no lease. It remembers what it wanted, so that its
losses can be counted.
"""

from __future__ import annotations

import json
import random
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from packdesk.domain.moments import moment
from packdesk.store.base import KEY

if TYPE_CHECKING:
    import redis

_KNOWN = {
    "package_type": "box",
    "package_dimensions": {},
    "panel_textures": {},
    "in_progress": False,
    "generating_panel": None,
    "generating_panels": [],
    "bulk_generation_in_progress": False,
    "last_error": None,
    "created_at": None,
    "updated_at": None,
}
_SIZES = [(100, 150, 100), (120, 150, 100), (120, 180, 60)]


def picture(size: int, mark: str) -> str:
    """A `data:` URL of about that many characters."""
    return "data:image/png;base64," + mark.ljust(max(size, len(mark)), "A")


class WebApp:
    """One such program.

    Args:
        client: its own connection.
        seed: of its thinking times and choices.
        thinks_s: mean seconds between reading and writing.
        picture_bytes: how long a picture of its own is.
        panel: the panel it generates and clears.
    """

    def __init__(
        self,
        client: redis.Redis,
        seed: int,
        *,
        thinks_s: float = 0.003,
        picture_bytes: int = 400,
        panel: str = "top",
    ) -> None:
        self._client = client
        self._choice = random.Random(seed)
        self._thinks_s = thinks_s
        self._picture_bytes = picture_bytes
        self._panel = panel
        self._texture: str | None = None
        self._sizes: tuple[Any, ...] | None = None
        self._number = 0
        self.lost = 0
        self.undone = 0
        self.writes = 0

    def act(self) -> None:
        """One of the things its page asks for: a size, a picture made, a picture taken away."""
        what = self._choice.choice(
            [self.update_dimensions, self.update_dimensions, self.generate, self.delete]
        )
        what()

    def update_dimensions(self) -> None:
        """Set one of a few sizes, so that old ones come back."""
        document = self._read()
        self._sizes = self._choice.choice(_SIZES)
        self._restate(document)
        self._write(document)

    def generate(self) -> None:
        """Raise the flags, then put a picture on its panel and lower them."""
        document = self._read()
        self._restate(document)
        document |= {"in_progress": True, "generating_panel": self._panel, "generating_panels": [self._panel]}
        self._write(document)
        document = self._read()
        self._number += 1
        self._texture = picture(self._picture_bytes, f"theirs{self._number}/")
        document["panel_textures"][self._panel] = {
            "panel_id": self._panel,
            "texture_url": self._texture,
            "prompt": None,
            "generated_at": datetime.now(UTC).isoformat(),
            "dimensions": None,
        }
        document |= {"in_progress": False, "generating_panel": None, "generating_panels": []}
        self._write(document)

    def delete(self) -> None:
        """Take the picture off its panel."""
        document = self._read()
        document["panel_textures"].pop(self._panel, None)
        self._texture = None
        self._write(document)

    def look(self) -> None:
        """Read, and count what is not as it was left."""
        self._read()

    def _restate(self, document: dict[str, Any]) -> None:
        if self._sizes is not None:
            sides = zip(("width", "height", "depth"), self._sizes, strict=True)
            document["package_type"], document["package_dimensions"] = "box", dict(sides)

    def _read(self) -> dict[str, Any]:
        found = json.loads(self._client.get(KEY) or b"{}")
        document: dict[str, Any] = {name: found.get(name, usual) for name, usual in _KNOWN.items()}
        document["panel_textures"] = dict(document["panel_textures"] or {})
        self._count(document)
        return document

    def _count(self, document: dict[str, Any]) -> None:
        if self.writes == 0:
            return
        stands = (document["panel_textures"].get(self._panel) or {}).get("texture_url")
        self.lost += stands != self._texture
        self._texture = stands
        sizes = document["package_dimensions"] or {}
        stand = tuple(sizes.get(side) for side in ("width", "height", "depth"))
        self.undone += self._sizes is not None and stand != self._sizes
        self._sizes = stand if self._sizes is not None else None

    def _write(self, document: dict[str, Any]) -> None:
        time.sleep(self._choice.uniform(0.5, 1.5) * self._thinks_s)
        document["updated_at"] = datetime.now(UTC).isoformat()
        if document["created_at"]:
            document["created_at"] = _rewritten(document["created_at"])
        for texture in document["panel_textures"].values():
            texture["generated_at"] = _rewritten(texture["generated_at"])
        self._client.set(KEY, json.dumps(document))
        self.writes += 1


def _rewritten(text: str | None) -> str | None:
    """The same moment as another library writes it: with six digits."""
    when = moment(text)
    return text if when is None else when.isoformat(timespec="microseconds").replace("+00:00", "Z")
