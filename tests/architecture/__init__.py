"""The house holds its own shape."""
