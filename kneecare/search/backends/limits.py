# Documents that are weighed against each other, and so the most that are shown.
LIMIT = 40
