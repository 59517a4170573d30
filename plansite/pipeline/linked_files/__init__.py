"""Files beside the content that pages link to: what is in them, who gets them, and the copies that are published."""
