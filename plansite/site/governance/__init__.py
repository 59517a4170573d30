"""The governance report of a site, and the committee paper of each plan."""
