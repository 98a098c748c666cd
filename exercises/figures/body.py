"""A plausible adult: how long each segment is, in centimetres.

Lengths are shares of standing height (Drillis and Contini 1966, as tabulated by Winter, "Biomechanics and Motor Control of
Human Movement").
"""

HEIGHT = 170.0
THIGH = 0.245 * HEIGHT
SHANK = 0.246 * HEIGHT
ANKLE_HEIGHT = 0.039 * HEIGHT
UPPER_ARM = 0.186 * HEIGHT
FOREARM = 0.146 * HEIGHT
HAND = 0.1 * HEIGHT
FOOT = 0.152 * HEIGHT
HIP_TO_WAIST = 0.1 * HEIGHT
WAIST_TO_SHOULDER = 0.164 * HEIGHT
WAIST_TO_NECK = 0.2 * HEIGHT
NECK = 0.054 * HEIGHT
HEAD = 0.13 * HEIGHT

HALF_HIPS = 0.051 * HEIGHT
HALF_SHOULDERS = 0.098 * HEIGHT
HEEL_BEHIND_ANKLE = 0.036 * HEIGHT
ANKLE_TO_BALL = 0.078 * HEIGHT
BALL_HEIGHT = 2.2
TOES = FOOT - HEEL_BEHIND_ANKLE - ANKLE_TO_BALL
