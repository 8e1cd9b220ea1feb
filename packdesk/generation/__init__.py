"""Providers of artwork behind one interface.

`offline` paints on this machine. `gemini` calls Google's models, `auto` chooses one of them.
"""
