"""The Markdown dialect: texts parsed into the parts of an action and rendered to HTML that is safe to publish."""
