"""The services of a window, which are made when they are first needed: the first frame needs none of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from packdesk.services.container import Services


REFUSED = frozenset({"read-only", "unwritable"})
"""What a window's connection is called while its store takes no changes: a shared one, or this machine's."""


class Opening:
    """Makes the services once, and knows before what a window shows of them.

    Attributes:
        store_kind: see `Services`.
        store_place: see `Services`.
        provider: the name of who makes artwork, as far as it is known before anybody looks for a key.
    """

    def __init__(
        self, made: Callable[[], Services], *, store_kind: str, store_place: str, provider: str
    ) -> None:
        """Take what makes the services; it is called on the loop thread, and may take a while there."""
        self._made = made
        self._services: Services | None = None
        self.store_kind, self.store_place, self.provider = store_kind, store_place, provider

    @classmethod
    def of(cls, services: Services) -> Opening:
        """Services that are made already."""
        return cls(
            lambda: services,
            store_kind=services.store_kind,
            store_place=services.store_place,
            provider=services.generation.provider_name,
        )

    def services(self) -> Services:
        """The services. On the loop thread only; raises what making them raises."""
        if self._services is None:
            self._services = self._made()
            self.store_place = self._services.store_place
        return self._services
