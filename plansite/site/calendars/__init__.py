"""The calendars that people subscribe to: their files, the page that says how, and links to them."""
