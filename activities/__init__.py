"""The doing: each activity is safe to do twice, and says plainly what will never work."""
