"""Calendar files (iCalendar, RFC 5545): what is due in plans, as events that other calendars read."""
