"""Pages and feeds about what changed: of a plan, of the site, and the history shown on an action's page."""
