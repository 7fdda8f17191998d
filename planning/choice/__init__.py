"""What if: scenarios as lists of typed changes."""
