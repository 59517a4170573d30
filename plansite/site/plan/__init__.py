"""The pages of one plan: board, register, goals, timeline, actions, reviews, incidents."""
