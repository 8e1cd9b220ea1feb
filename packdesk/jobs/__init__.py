"""Threads and signals between the services and the window. Nothing here knows a widget."""
