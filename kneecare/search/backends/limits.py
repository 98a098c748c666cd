LIMIT = (
    60  # documents that are weighed against each other, and so the most that are shown
)
