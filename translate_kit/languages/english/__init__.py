"""What the toolkit knows about English."""
