"""packdesk: design a package, see it in 3D, have artwork made for every panel."""

__version__ = "0.2.0"
