"""The provider's promises."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from packdesk.domain.request import PanelRequest


class Provider(Protocol):
    """Makes one picture for one panel.

    Promises: several requests may run at the same time; cancelling the task that awaits `generate` ends the
    work soon and leaves nothing behind; failures are `GenerationFailedError` with a sentence for the user.
    """

    name: str

    async def generate(self, request: PanelRequest) -> bytes:
        """Return an encoded picture (PNG, JPEG or WebP) for the panel, unchecked."""
        ...
