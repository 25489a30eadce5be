"""The law, one chapter a file: each holds its commands, events, guards, rows and folds."""
