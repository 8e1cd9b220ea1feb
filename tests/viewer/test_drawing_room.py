"""A process that draws many packages has one context and one renderer for all of them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QOpenGLContext
from support.drawing import render_image

from packdesk.domain.dimensions import Dimensions
from packdesk.errors import DisplayError
from packdesk.viewer.camera import Camera
from packdesk.viewer.drawing_room import DrawingRoom
from packdesk.viewer.render import opened_renderer
from packdesk.viewer.scene import Scene

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

SIZES = (Dimensions(width=110, height=150, depth=70), Dimensions(width=60, height=80, depth=40))
SCENES = [Scene("box", sides) for sides in SIZES]
SCENES.append(replace(SCENES[0], backdrop=None))


def test_packages_one_after_the_other_are_drawn_as_each_alone(qapp: QApplication) -> None:
    del qapp
    room, renderers = DrawingRoom(), set()
    for scene in SCENES:
        with opened_renderer(scene, 120, 90, room=room) as renderer:
            image = renderer.draw(Camera())
            renderers.add(id(renderer._renderer))
        alone = render_image(scene, Camera(), 120, 90)
        assert bytes(image.constBits()) == bytes(alone.constBits())
    assert len(renderers) == 1
    with pytest.raises(DisplayError), opened_renderer(SCENES[0], 120, 90, room=room):
        raise DisplayError("not enough memory")
    with opened_renderer(SCENES[0], 120, 90, room=room) as renderer:
        assert not renderer.draw(Camera()).isNull()
    room.close()
    assert QOpenGLContext.currentContext() is None, "nothing is left of it"
