"""The pages of standards, the self-assessments of a plan, and links to standards on other pages."""
