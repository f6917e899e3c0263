"""How the staff desk writes numbers and times where Django's way reads badly."""
