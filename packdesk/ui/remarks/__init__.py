"""What reviewers say of the design: the list in its dock, and pins over the views."""
