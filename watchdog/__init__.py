"""The watchdog: judges from outside whether any case is stuck, and imports nothing of ours."""
