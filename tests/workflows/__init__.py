"""The workflows, on a real engine that skips time."""
