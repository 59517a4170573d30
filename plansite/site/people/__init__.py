"""The pages of owners and agencies."""
