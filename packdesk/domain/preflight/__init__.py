"""What a printer would send a design back for, found before it is sent: findings as plain values."""

from packdesk.domain.preflight.check import preflight
from packdesk.domain.preflight.values import Finding, Level, PictureFacts, has_errors

__all__ = ["Finding", "Level", "PictureFacts", "has_errors", "preflight"]
