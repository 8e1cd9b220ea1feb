"""Lettering set in a process of its own: fonts need Qt, and what calls this runs without."""

from __future__ import annotations

import asyncio
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from packdesk.domain.objects.lettering import lettering_key
from packdesk.domain.objects.live import LiveLettering
from packdesk.errors import NotPossibleError
from packdesk.processes import own_processes
from packdesk.textures.qt_process import begin

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from PySide6.QtGui import QGuiApplication

    from packdesk.domain.objects.lettering import Lettering
    from packdesk.domain.objects.values import Text

P = ParamSpec("P")
T = TypeVar("T")


class ProcessLetterer:
    """Sets texts. The process starts with the first one, and ends with this one."""

    def __init__(self) -> None:
        self._pool: ProcessPoolExecutor | None = None

    async def set(self, texts: Iterable[Text]) -> dict[str, Lettering]:
        """The outlines of texts, by `lettering_key`.

        Raises:
            NotPossibleError: the process ended.
        """
        wanted = {lettering_key(text): text for text in texts}
        made = await self._asked(_set, list(wanted.values())) if wanted else []
        return dict(zip(wanted, made, strict=True))

    async def set_live(self, texts: Iterable[tuple[Text, str]]) -> LiveLettering:
        """Texts as files can hold them, as of `live_setting`; raises as `set`."""
        wanted = list(texts)
        return await self._asked(_set_live, wanted) if wanted else LiveLettering()

    async def families(self) -> list[str]:
        """The typefaces there are; raises as `set`."""
        return await self._asked(_families)

    async def _asked(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return await asyncio.wrap_future(self._started().submit(work, *args, **kwargs))
        except BrokenProcessPool as error:
            self._pool = None
            raise NotPossibleError("Lettering could not be set.", "Try again.") from error

    async def aclose(self) -> None:
        """As `close`."""
        self.close()

    def close(self) -> None:
        """End the process; it starts again on demand."""
        pool, self._pool = self._pool, None
        if pool:
            pool.shutdown(wait=False, cancel_futures=True)

    def _started(self) -> ProcessPoolExecutor:
        if self._pool is None:
            self._pool = ProcessPoolExecutor(1, own_processes(), initializer=_set_up)
        return self._pool


_application: QGuiApplication | None = None


def _set_up() -> None:
    global _application  # noqa: PLW0603  (the only state a process of a pool can have)
    _application = begin()


def _set(texts: list[Text]) -> list[Lettering]:
    from packdesk.textures.objects.shaping import shaped  # noqa: PLC0415  (only in that process)

    return [shaped(text) for text in texts]


def _set_live(texts: list[tuple[Text, str]]) -> LiveLettering:
    from packdesk.textures.objects.live_setting import set_live  # noqa: PLC0415  (as above)

    return set_live(texts)


def _families() -> list[str]:
    from packdesk.textures.objects.shaping import families  # noqa: PLC0415  (as above)

    return families()
