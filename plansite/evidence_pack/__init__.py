"""Evidence packs: what was agreed, done and shown, in one file that opens anywhere, and the check of such a file."""
