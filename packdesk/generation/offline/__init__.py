"""The offline provider: paints artwork from the prompt alone."""

from __future__ import annotations

from packdesk.generation.offline.provider import OfflineProvider, ProcessWorkers

__all__ = ["OfflineProvider", "ProcessWorkers"]
