"""Puts the program together: settings to store, provider, textures; those to services; those to a window."""
