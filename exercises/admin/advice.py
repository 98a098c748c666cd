# Programs of fewer than four exercises go with better adherence (Bachmann 2018, a review of 14 studies).
MANY = 3
