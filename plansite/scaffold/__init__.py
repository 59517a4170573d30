"""Files that plansite writes for people: a new site, and new files in one."""
