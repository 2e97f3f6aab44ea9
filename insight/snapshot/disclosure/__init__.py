"""What the public site withholds, so that no suppressed figure follows from ours."""
