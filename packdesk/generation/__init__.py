"""Who makes the pictures: one interface, several providers.

`offline` paints on this machine. A provider that calls a model is one more module beside it.
"""
