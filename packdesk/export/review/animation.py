"""Pieces that turn and shift, as one animation of glTF."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from packdesk.export.glb import METRES, y_up

if TYPE_CHECKING:
    from packdesk.domain.geometry import FloatArray
    from packdesk.export.glb import Glb


class Animation:
    """Channels and samplers of one animation."""

    def __init__(self, file: Glb, times: FloatArray) -> None:
        self._file = file
        self._times = self._rows(times[:, None])
        self._samplers: list[dict[str, Any]] = []
        self._channels: list[dict[str, Any]] = []

    def move(self, node: int, matrices: FloatArray) -> None:
        """Bring a piece to where it is at each moment.

        Args:
            node: of the piece, whose corners are in metres on the sheet.
            matrices: (n, 4, 4) from the sheet to package space, both in millimetres.
        """
        widths = np.linalg.norm(matrices[:, :3, 0], axis=1)
        axes = np.stack([y_up(matrices[:, :3, column]) for column in range(3)], axis=2)
        axes[:, :, 0] /= widths[:, None]
        places = y_up(matrices[:, :3, 3]) * METRES
        self._channel(node, "translation", self._times, places)
        self._channel(node, "rotation", self._times, quaternions(axes))
        if np.ptp(widths) > 0:  # strips of a label get a little narrower
            scales = np.column_stack([widths, np.ones((len(widths), 2))])
            self._channel(node, "scale", self._times, scales)

    def scale(self, node: int, times: FloatArray, scales: tuple[float, ...]) -> None:
        """Make a node large or small, from one moment to the next."""
        rows = np.repeat(np.array(scales)[:, None], 3, axis=1)
        self._channel(node, "scale", self._rows(times[:, None]), rows, "STEP")

    def tracks(self) -> dict[str, Any]:
        """What glTF wants to know."""
        return {"samplers": self._samplers, "channels": self._channels}

    def _channel(self, node: int, path: str, times: int, rows: FloatArray, way: str = "LINEAR") -> None:
        sampler = {"input": times, "output": self._rows(rows), "interpolation": way}
        self._samplers.append(sampler)
        target = {"node": node, "path": path}
        self._channels.append({"sampler": len(self._samplers) - 1, "target": target})

    def _rows(self, rows: FloatArray) -> int:
        return self._file.accessor(rows.astype(np.float32))


def quaternions(rotations: FloatArray) -> FloatArray:
    """Unit quaternions x, y, z, w, each near the one before it.

    Args:
        rotations: (n, 3, 3) matrices.

    Source: Shepperd, "Quaternion from rotation matrix", Journal of Guidance and Control 1 (1978): the
    largest of the four is computed first, so that nothing is divided by almost nought.
    """
    made = np.array([_quaternion(rotation) for rotation in rotations])
    for index in range(1, len(made)):
        if made[index] @ made[index - 1] < 0:
            made[index] = -made[index]
    return made


def _quaternion(m: FloatArray) -> FloatArray:
    squares = np.array([*(2 * m.diagonal() - m.trace()), m.trace()]) + 1
    largest = int(squares.argmax())
    minus = (m[2, 1] - m[1, 2], m[0, 2] - m[2, 0], m[1, 0] - m[0, 1])
    row = np.array((*minus, squares[3]))
    if largest < 3:
        row = np.array([*(m[largest] + m[:, largest]), minus[largest]])
        row[largest] = squares[largest]
    made: FloatArray = row / np.linalg.norm(row)
    return made
