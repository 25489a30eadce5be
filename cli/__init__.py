"""The `baton` command: one edge among three, and it imports neither of the others."""
