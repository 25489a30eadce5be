"""What people decide and machines differ in: policy, calendars, settings, and the words for it."""
