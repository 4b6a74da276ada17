"""What the steps of training and the objectives alone have in common."""

LOSSES = {
    "alphaRanking": 1.0,
    "betaCrossLingual": 0.3,
    "alignmentShare": 0.5,
    "contrastShare": 2.0,
    "activationShare": 1.5,
    "leadAlignmentShare": 0.7,
    "activationMargin": 1.0,
    "temperature": 0.8,
}
EXCLUDED = -1e9


def mean_of_present(x, present):
    return (x * present).sum() / present.sum().clamp(min=1)


def align(left, right, present):
    either = ((left > 0) | (right > 0)).sum(1).clamp(min=1)
    return mean_of_present(((left - right) ** 2).sum(1) / either, present)


def align_in_proportion(left, right, present):
    size = (left**2).sum(1) + (right**2).sum(1)
    return mean_of_present(((left - right) ** 2).sum(1) / size.clamp(min=1e-6), present)
