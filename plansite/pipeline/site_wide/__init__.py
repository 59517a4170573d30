"""The pages across plans: which are composed again, and from what."""
