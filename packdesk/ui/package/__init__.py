"""What the package is: type and sizes."""
