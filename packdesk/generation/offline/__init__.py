"""The provider that needs nothing but the prompt: it paints."""

from __future__ import annotations

from packdesk.generation.offline.provider import OfflineProvider, ProcessWorkers

__all__ = ["OfflineProvider", "ProcessWorkers"]
