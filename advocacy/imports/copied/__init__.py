"""A page of the old site, copied off the screen: what is on it, proposed as drafts for an editor."""
