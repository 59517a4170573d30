"""The configuration and page of a content editor (Sveltia CMS or Decap CMS) for the files of a site."""
