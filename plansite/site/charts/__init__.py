"""Charts as SVG: line charts of measures, and the timeline of a plan."""
