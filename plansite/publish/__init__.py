"""Publishing a site as a whole: staging, manifest, swap, lock, and security headers."""
