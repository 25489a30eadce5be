"""What a case waits for: deterministic workflows that ask the state model and decide nothing."""
