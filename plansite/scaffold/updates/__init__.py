"""Changes of an action that somebody sends: what they mean, and how they get into its file without any other change."""
