"""The window itself: its frame, its commands and messages, and how all is connected."""
