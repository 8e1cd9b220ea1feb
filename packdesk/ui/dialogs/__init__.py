"""Dialogs that are made when they are first wanted: export and settings."""
