"""The middle of the window: the package in 3D, and what floats over it."""
