"""The outline of each segment, as it is seen from the side, the front and the back, in centimetres.

An outline is a closed run of points ``(along, across)`` in the segment's own frame: ``along`` runs from the near joint to the far
one, ``across`` to the front when seen from the side, and to the body's outer side when seen from the front or the back.
"""

from exercises.figures.body import (
    ANKLE_HEIGHT,
    ANKLE_TO_BALL,
    BALL_HEIGHT,
    FOREARM,
    HEEL_BEHIND_ANKLE,
    SHANK,
    THIGH,
    TOES,
    UPPER_ARM,
)
from exercises.figures.curves import sleeve

SIDE = {
    "pelvis": sleeve((0, 8.2, 9.2), (5, 8.8, 10.4), (11, 8.9, 9.0), (18, 8.6, 7.4)),
    "chest": sleeve(
        (-5.5, 9.2, 9.0),
        (-1, 8.9, 7.9),
        (5, 8.7, 7.3),
        (13, 9.8, 8.2),
        (22, 10.0, 9.6),
        (28, 8.2, 9.2),
        (33, 5.4, 7.6),
        start=0.06,
        end=0.25,
    ),
    "neck": sleeve((-4, 5.4, 6.2), (3, 4.7, 5.2), (9, 5.0, 4.9)),
    "thigh": sleeve(
        (0, 8.4, 8.4), (9, 8.7, 8.2), (20, 7.9, 7.2), (32, 6.3, 5.6), (THIGH, 5.5, 5.2)
    ),
    "shank": sleeve(
        (0, 5.4, 5.1),
        (6, 5.0, 5.7),
        (13, 4.7, 6.6),
        (23, 4.1, 5.4),
        (33, 3.4, 3.7),
        (SHANK, 3.3, 3.5),
    ),
    "upper_arm": sleeve(
        (0, 5.3, 5.3), (9, 4.9, 4.9), (20, 4.1, 4.2), (UPPER_ARM, 3.7, 3.7)
    ),
    "forearm": sleeve(
        (0, 3.7, 3.7),
        (7, 4.0, 3.8),
        (17, 3.0, 3.0),
        (FOREARM, 2.4, 2.4),
        (FOREARM + 6, 3.3, 2.9),
        (FOREARM + 12, 2.6, 2.5),
        (FOREARM + 15, 1.7, 1.8),
    ),
    "foot": [
        (-3.4, 3.6),
        (-4.2, -0.6),
        (-HEEL_BEHIND_ANKLE, -4.2),
        (-4.4, -ANKLE_HEIGHT),
        (4, -ANKLE_HEIGHT + 0.2),
        (ANKLE_TO_BALL - 1.5, -ANKLE_HEIGHT),
        (ANKLE_TO_BALL + 1.6, -ANKLE_HEIGHT + 0.7),
        (ANKLE_TO_BALL + 1.6, -ANKLE_HEIGHT + 3.6),
        (9.5, -1.1),
        (5.2, 1.2),
        (3.2, 4),
    ],
    "toes": sleeve(
        (0, 2.1, BALL_HEIGHT), (3.4, 1.2, BALL_HEIGHT), (TOES - 1.6, 0.1, BALL_HEIGHT)
    ),
    "head": [
        (-1.2, 2.5),
        (-0.6, -4.6),
        (5.5, -8.0),
        (11.5, -9.0),
        (17.2, -6.6),
        (20.8, -0.6),
        (19.8, 5.4),
        (15.4, 8.8),
        (11.2, 9.3),
        (8.9, 9.4),
        (6.6, 11.3),
        (5.4, 9.9),
        (3.4, 9.6),
        (1.6, 9.2),
        (-0.9, 8.2),
        (-1.8, 5.6),
    ],
    "hair": [
        (16.0, 8.9),
        (20.2, 6.4),
        (22.2, -0.6),
        (18.4, -7.6),
        (11.7, -10.1),
        (5.2, -9.2),
        (1.4, -6.2),
        (4.2, -3.6),
        (8.2, -2.4),
        (11.4, -0.2),
        (13.0, 3.6),
    ],
    "sleeve": sleeve(
        (0, 5.6, 5.6), (8, 5.4, 5.4), (14.5, 5.4, 5.4), start=0.72, end=0.15
    ),
    "shorts": sleeve(
        (0, 8.6, 8.6), (9, 8.9, 8.5), (19, 8.4, 7.8), (24, 8.2, 7.6), end=0.12
    ),
}
FRONT = {
    "pelvis": sleeve(
        (0, 16.4, 16.4),
        (6, 16.2, 16.2),
        (12, 14.6, 14.6),
        (18, 13.3, 13.3),
        start=0.3,
        end=0.2,
    ),
    "chest": sleeve(
        (-5.5, 15.0, 15.0),
        (-1, 13.9, 13.9),
        (5, 13.0, 13.0),
        (13, 14.0, 14.0),
        (21, 15.4, 15.4),
        (28, 17.6, 17.6),
        (31.8, 16.4, 16.4),
        (33.8, 12.4, 12.4),
        (35.4, 8.6, 8.6),
        start=0.06,
        end=-0.12,
    ),
    "neck": sleeve(
        (-4, 14, 14),
        (-0.6, 10.4, 10.4),
        (1.4, 7.2, 7.2),
        (4, 5.5, 5.5),
        (9, 5.3, 5.3),
        start=0.1,
    ),
    "thigh": sleeve(
        (0, 8.1, 7.6), (9, 8.1, 7.7), (20, 7.1, 6.9), (32, 5.3, 5.6), (THIGH, 4.7, 4.9)
    ),
    "shank": sleeve(
        (0, 4.7, 4.9),
        (6, 4.7, 4.9),
        (13, 5.7, 5.6),
        (22, 4.8, 4.5),
        (33, 3.2, 3.1),
        (SHANK, 3.2, 3.2),
    ),
    "upper_arm": SIDE["upper_arm"],
    "forearm": SIDE["forearm"],
    "foot": [
        (-3, 3.1),
        (0.6, 3.3),
        (3.4, 5.2),
        (ANKLE_HEIGHT - 1.4, 6.6),
        (ANKLE_HEIGHT, 5.2),
        (ANKLE_HEIGHT, -2.4),
        (ANKLE_HEIGHT - 1.2, -4.0),
        (3.4, -3.9),
        (0.6, -3.2),
        (-3, -3.1),
    ],
    "head": [
        (-1.4, 3.2),
        (-1.9, 0),
        (-1.4, -3.2),
        (2.6, -6.2),
        (6.2, -7.6),
        (9.8, -8.5),
        (15.5, -7.2),
        (19.6, -4.4),
        (20.9, 0),
        (19.6, 4.4),
        (15.5, 7.2),
        (9.8, 8.5),
        (6.2, 7.6),
        (2.6, 6.2),
    ],
    "hair": [
        (10.4, -8.1),
        (16.2, -8.3),
        (20.6, -5.2),
        (22.1, 0),
        (20.6, 5.2),
        (16.2, 8.3),
        (10.4, 8.1),
        (14.2, 6.2),
        (16.4, 2.4),
        (16.2, -2.6),
        (14.2, -6.2),
    ],
    "sleeve": SIDE["sleeve"],
    "shorts": sleeve(
        (0, 8.3, 7.7), (9, 8.4, 7.9), (19, 7.9, 7.5), (24, 7.6, 7.2), end=0.12
    ),
}
BACK = FRONT | {
    "foot": [
        (-3, 3.1),
        (1, 2.9),
        (3.8, 3.8),
        (ANKLE_HEIGHT - 1.2, 4.2),
        (ANKLE_HEIGHT, 2.9),
        (ANKLE_HEIGHT, -2.5),
        (ANKLE_HEIGHT - 1.2, -3.8),
        (3.8, -3.6),
        (1, -2.9),
        (-3, -3.1),
    ],
    "hair": [
        (3.4, -6.9),
        (10, -8.4),
        (16.2, -8.2),
        (20.6, -5.2),
        (22.1, 0),
        (20.6, 5.2),
        (16.2, 8.2),
        (10, 8.4),
        (3.4, 6.9),
        (2.2, 3.4),
        (1.9, 0),
        (2.2, -3.4),
    ],
}
OUTLINES = {"side": SIDE, "front": FRONT, "back": BACK}
