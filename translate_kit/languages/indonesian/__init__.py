"""What the toolkit knows about Indonesian."""
