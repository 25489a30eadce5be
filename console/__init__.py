"""Pages for the people who do the work: what today holds, who needs whom, one case whole."""
