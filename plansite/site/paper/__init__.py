"""The pages of a plan that are made for paper: the plan itself, and the review pack."""
