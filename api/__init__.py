"""JSON over HTTP: every command of the pathway, what may be done, and the lists, for programs."""
