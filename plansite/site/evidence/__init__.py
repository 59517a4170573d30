"""Evidence on pages: what was planned and received for an action, the list of a plan, what an owner keeps."""
