"""The mainline: the commits with which changes landed on the published branch, and the folders the site lay in."""
