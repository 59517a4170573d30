"""Rules on evidence: what was agreed, what counts no longer, and what published files hold."""
