"""The measures of a plan: what their readings show, the chart of each, their pages, and their CSV files."""
