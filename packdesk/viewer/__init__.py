"""The package in 3D: a widget to turn it in and pictures of it in any size."""
