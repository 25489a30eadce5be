"""Drills: faults planted on the whole of it, with real processes, stores and engine."""
