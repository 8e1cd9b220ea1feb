"""Properties of pure functions are not timed: a busy machine fails none of them."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("patient", deadline=None)
settings.load_profile("patient")
