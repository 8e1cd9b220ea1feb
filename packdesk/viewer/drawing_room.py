"""One OpenGL context and one renderer for the pictures of many packages, in a process that shows nothing."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

from packdesk.viewer import gl
from packdesk.viewer.renderer import Renderer
from packdesk.viewer.setup import offscreen_context

if TYPE_CHECKING:
    from collections.abc import Iterator


class DrawingRoom:
    """Opened when something is drawn first; its shaders are compiled once, and what two packages share stays.

    Its context is the current one from then on: nothing else may draw with OpenGL on that thread.
    """

    def __init__(self) -> None:
        self._opened = ExitStack()
        self._renderer: Renderer | None = None

    @contextmanager
    def renderer(self) -> Iterator[Renderer]:
        """What draws; begun anew after a picture that could not be drawn.

        Raises:
            DisplayError: there is no usable OpenGL.
        """
        try:
            if self._renderer is None:
                self._opened.enter_context(offscreen_context())
                self._renderer = Renderer(for_file=True)
            yield self._renderer
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Free what is on the graphics card."""
        renderer, self._renderer = self._renderer, None
        with gl.no_collection():
            if renderer is not None:
                renderer.release()
            self._opened.close()
