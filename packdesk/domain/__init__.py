"""What a package is: plain values and pure functions. No Qt, no input or output."""
