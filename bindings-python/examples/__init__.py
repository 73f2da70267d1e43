"""Complete programs."""
