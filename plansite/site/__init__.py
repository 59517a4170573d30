"""From a site on a day to pages: each page a closed value that holds exactly what its template shows."""
