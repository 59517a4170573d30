"""The documents of a site as frozen values, and what is computed from them. No IO."""
